//! **motebok** (from *møtebok*, the minute book) turns agendas and minutes in old office files into
//! structured, checked, searchable data.
//!
//! The modules stand in layer order: each may use those above it and none below. `tests/architecture.rs`
//! reads every `use crate::` path against this list.

pub mod document;
pub mod extract;
pub mod finding;
pub mod identify;
pub mod lang;
pub mod limits;
pub mod model;
pub mod read;
pub mod rules;
pub mod source;
