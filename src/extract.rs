//! Blocks to documents: segmentation and one small grammar over cues. A total function: it never fails.

use crate::document::Block;
use crate::model::{Document, Language};

/// What was found in the blocks of one file.
#[derive(Debug, Default)]
pub struct Extracted {
    /// The language of the text.
    pub language: Language,
    /// The constituent documents.
    pub documents: Vec<Document>,
}

/// Extracts the constituent documents from the blocks of a file called `name`.
#[must_use]
pub fn extract(_blocks: &[Block], _name: &str) -> Extracted {
    Extracted::default()
}
