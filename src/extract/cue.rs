//! Cues: what a line announces. Grammars work on cues, not on text.

mod case_head;
mod label;
mod phrase;
mod title;

pub use case_head::{CaseHead, case_head, is_archive_number, names_archive};
pub use label::{Label, label, label_of, may_mark};
pub use phrase::proposes;
pub use title::{Title, title};

/// Signs that stand before a heading or a label.
const SIGNS: [char; 14] = ['-', '*', '•', '#', '_', '>', '=', '▶', '►', '→', '➢', '■', '▪', '●'];
