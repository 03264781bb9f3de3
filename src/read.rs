//! Readers: one file a format, each turning bytes into a [`Document`](crate::document::Document).
//!
//! A reader never fails for part of a file: what is lost becomes a problem beside the document.

use crate::identify::Format;

pub mod doc;
pub mod docx;
pub mod text;

/// Every format, in the order in which they are tried. Text comes last, since nearly everything could be text.
pub const FORMATS: &[&Format] = &[&doc::FORMAT, &docx::FORMAT, &text::MARKDOWN, &text::FORMAT];
