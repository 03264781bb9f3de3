//! Parsers of single values: small pure functions over folded text, usable alone.

pub mod amount;
pub mod date;
pub mod name;
pub mod number;
pub mod time;
