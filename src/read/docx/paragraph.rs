//! A paragraph while it is being read: its text, how it is set, and the blocks it ends as.

use super::numbering::Label;
use super::styles::{ParagraphProperties, RunProperties, Style, Styles};
use crate::document::{Block, BlockKind};
use crate::read::style::{Run, SetText};

/// A paragraph that is being read.
pub(super) struct Paragraph<'a> {
    styles: &'a Styles,
    pub(super) style: &'a Style,
    pub(super) properties: ParagraphProperties,
    run: Run,
    font: String,
    /// The automatic number was looked for.
    pub(super) numbered: bool,
    pub(super) label: Option<Label>,
    text: SetText,
    /// A page break stands before the paragraph, or before what is left of it.
    pub(super) page_break: bool,
    pub(super) page: u32,
    /// The paragraph ends a section; whether that section begins on a new page.
    pub(super) section: Option<bool>,
    /// A tracked change deletes the paragraph mark.
    pub(super) mark_deleted: bool,
    /// Made for text that stands outside of any paragraph.
    pub(super) implicit: bool,
    /// Parts of the paragraph before page breaks.
    pieces: Vec<Block>,
    /// Blocks of text boxes anchored in the paragraph.
    pub(super) after: Vec<Block>,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(styles: &'a Styles, page: u32) -> Self {
        let mut paragraph = Self {
            styles,
            style: styles.paragraph(None),
            properties: ParagraphProperties::default(),
            run: Run::default(),
            font: String::new(),
            numbered: false,
            label: None,
            text: SetText::default(),
            page_break: false,
            page,
            section: None,
            mark_deleted: false,
            implicit: false,
            pieces: Vec::new(),
            after: Vec::new(),
        };
        paragraph.start_run(RunProperties::default(), None, String::new());
        paragraph
    }

    /// A paragraph made for text that stands outside of any.
    pub(super) fn implicit(styles: &'a Styles, page: u32) -> Self {
        Self { implicit: true, ..Self::new(styles, page) }
    }

    /// Starts a run, or gives it its properties.
    pub(super) fn start_run(&mut self, direct: RunProperties, character: Option<&Style>, font: String) {
        let (bold, italic, half_points) = self.styles.resolve(self.style, character, direct);
        self.run = Run { bold, italic, half_points };
        self.font = font;
    }

    pub(super) fn has_text(&self) -> bool {
        self.text.has_text()
    }

    /// Adds text set as the current run is.
    pub(super) fn add(&mut self, text: &str) {
        self.text.add(text, self.run, &self.font);
    }

    /// Ends a piece of the paragraph at a page break.
    pub(super) fn split(&mut self, kind: BlockKind) {
        let piece = self.take_block(kind);
        self.pieces.push(piece);
    }

    /// The blocks of the paragraph, in order: its own and those of its text boxes.
    pub(super) fn into_blocks(mut self, kind: BlockKind) -> impl Iterator<Item = Block> {
        let last = self.take_block(kind);
        self.pieces.into_iter().chain([last]).chain(self.after)
    }

    /// The list the paragraph is counted in, if any, with its level if it states one itself.
    pub(super) fn list(&self) -> Option<(i64, Option<u8>)> {
        let id = self.properties.list.or(self.style.paragraph.list).filter(|id| *id != 0)?;
        Some((id, self.properties.list_level))
    }

    /// Whether the paragraph goes away with the tracked changes.
    pub(super) fn is_deleted(&self) -> bool {
        self.mark_deleted && !self.has_text()
    }

    fn take_block(&mut self, kind: BlockKind) -> Block {
        let (text, style, indent) = self.text.take();
        let label = self.label.take();
        let heading = self.properties.heading.or(self.style.paragraph.heading).flatten();
        let (kind, level) = match (kind, heading, &label) {
            (BlockKind::Paragraph, Some(level), _) => (BlockKind::Heading, Some(level)),
            (BlockKind::Paragraph, None, Some(label)) => (BlockKind::ListItem, Some(label.level)),
            _ => (kind, None),
        };
        Block {
            level,
            label: label.map(|label| label.text),
            style,
            indent,
            page: Some(self.page),
            page_break: std::mem::take(&mut self.page_break),
            ..Block::new(kind, text)
        }
    }
}
