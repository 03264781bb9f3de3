//! **motebok** (from *møtebok*, the minute book) turns agendas and minutes in old office files into
//! structured, checked, searchable data.
//!
//! The modules stand in layer order: each may use those above it and none below. `tests/architecture.rs`
//! reads every `use crate::` path against this list.

pub mod mask;
pub mod source;

pub mod document;
pub mod limits;

pub mod finding;
pub mod lang;
pub mod model;
pub mod validate;

pub mod closed;
pub mod correction;
pub mod identify;
pub mod verdict;

pub mod read;

pub mod extract;

pub mod facts;

pub mod bodies;
pub mod rules;

pub mod messages;

pub mod archive;
pub mod compare;
pub mod schema;
pub mod search;

pub mod pipeline;

pub mod eval;

pub mod report;

pub mod serve;
