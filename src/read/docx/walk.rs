//! Walks over one part with text (the body, a header, the notes) and makes blocks of it.
//!
//! The walk keeps its own stack of open paragraphs and tables: text boxes put paragraphs into paragraphs and cells hold
//! whatever the body does.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::styles::{RunProperties, Styles};
use crate::document::{Block, BlockKind, DeletedText, Problem, ProblemCode, visible_chars};
use crate::limits::Limits;
use crate::read::label::write_number;
use crate::read::symbol::symbol;
use crate::read::table::{Table, nested, unnested};
use crate::read::xml;

/// What the parts of a document have in common while they are walked over.
pub(super) struct Shared<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: Numbering,
    pub(super) limits: &'a Limits,
    pub(super) cells: usize,
    /// Characters of live text met in text elements, white space apart.
    pub(super) chars: u64,
    pub(super) problems: Vec<Problem>,
}

/// What came out of a part.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) blocks: Vec<Block>,
    /// `block` counts within `blocks`.
    pub(super) deleted: Vec<DeletedText>,
    /// Relationship ids of headers and footers, as sections refer to them.
    pub(super) furniture: Vec<String>,
    /// The notes that the part refers to.
    pub(super) notes: Notes,
    /// Imported files (`altChunk`): the relationship id and how many blocks stand before.
    pub(super) chunks: Vec<(usize, String)>,
    /// Embedded objects: the relationship id and the program they belong to.
    pub(super) objects: HashMap<String, String>,
}

impl Story {
    /// Appends the blocks and deleted texts of another part.
    pub(super) fn extend(&mut self, other: Self) {
        let before = self.blocks.len() as u32;
        self.blocks.extend(other.blocks);
        self.deleted.extend(
            other
                .deleted
                .into_iter()
                .map(|deleted| DeletedText { block: deleted.block.map(|n| n + before), ..deleted }),
        );
    }
}

/// Foot- and endnotes by id, with their numbers in the order of reference.
#[derive(Debug, Default)]
pub(super) struct Notes {
    foot: HashMap<String, u32>,
    end: HashMap<String, u32>,
}

/// Walks over a part. `kind` is what its blocks are; `Paragraph` for the body, whose blocks go by their style.
pub(super) fn walk(text: &str, name: &str, kind: BlockKind, notes: &Notes, shared: &mut Shared) -> Story {
    let mut walker = Walker {
        shared,
        kind,
        known_notes: notes,
        story: Story::default(),
        open: None,
        outer: Vec::new(),
        reading: None,
        deleting: Vec::new(),
        fields: Vec::new(),
        alternatives: Vec::new(),
        break_next: false,
        gap: false,
        page: 1,
        paged: false,
        section_start: 0,
        settled: 0,
        note_label: None,
        too_deep: false,
        too_many_cells: false,
    };
    let mut reader = xml::reader(text);
    let mut depth = 0_usize;
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                if depth >= walker.shared.limits.depth {
                    walker.too_deep = true;
                    xml::skip(&mut reader);
                } else if walker.start(&element, Some(&mut reader)) {
                    depth += 1;
                }
            }
            Ok(Event::Empty(element)) => {
                if walker.start(&element, None) {
                    walker.end(element.local_name().as_ref());
                }
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                walker.end(element.local_name().as_ref());
            }
            Ok(Event::Text(text)) => walker.read(&text),
            Ok(Event::CData(text)) => walker.read(&text),
            Ok(Event::GeneralRef(reference)) => {
                if let Some(c) = xml::resolve(&reference) {
                    walker.read(c.encode_utf8(&mut [0; 4]));
                }
            }
            Ok(Event::Eof) => break depth > 0,
            Err(_) => break true,
            Ok(_) => {}
        }
    };
    if broken {
        let message = format!("{name}: the XML breaks off at byte {} of {}", reader.buffer_position(), text.len());
        walker.shared.problems.push(Problem::new(ProblemCode::Damaged, message));
    }
    walker.finish(name)
}

/// An open paragraph or table.
enum Frame<'a> {
    Paragraph(Box<Paragraph<'a>>),
    Table(Box<Table>),
}

/// What the text of the element that is being read is.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Live,
    Deleted,
}

struct Walker<'w, 'a> {
    shared: &'w mut Shared<'a>,
    kind: BlockKind,
    known_notes: &'w Notes,
    story: Story,
    /// The innermost open paragraph, unless a table is further in.
    open: Option<Box<Paragraph<'a>>>,
    /// What is open around it, outermost first.
    outer: Vec<Frame<'a>>,
    reading: Option<Reading>,
    deleting: Vec<DeletedText>,
    /// Open fields; `true` while the instruction is being read.
    fields: Vec<bool>,
    /// Open alternatives: the count of characters before each.
    alternatives: Vec<u64>,
    break_next: bool,
    /// An empty paragraph came last.
    gap: bool,
    page: u32,
    paged: bool,
    section_start: usize,
    /// How many deleted texts are tied to their blocks.
    settled: usize,
    note_label: Option<String>,
    too_deep: bool,
    too_many_cells: bool,
}

impl<'a> Walker<'_, 'a> {
    /// Takes in the start of an element; `reader` is there where the element is not empty. Returns whether the element is still
    /// open, so that its end comes by itself: `false` where it was left out or read to its end.
    fn start(&mut self, element: &BytesStart, reader: Option<&mut Reader<&[u8]>>) -> bool {
        let local_name = element.local_name();
        match local_name.as_ref() {
            "p" => {
                self.suspend();
                self.open = Some(Box::new(Paragraph::new(self.shared.styles, self.page)));
            }
            "r" => self.paragraph().start_run(RunProperties::default(), None, String::new()),
            "t" => self.reading = Some(Reading::Live),
            "delText" => self.reading = Some(Reading::Deleted),
            "pPr" => return self.paragraph_properties(reader),
            "rPr" => return self.run_properties(reader),
            "tab" | "ptab" => self.add("\t"),
            "cr" => self.add("\n"),
            "br" if xml::attribute(element, "type").as_deref() == Some("page") => self.break_page(),
            "br" => self.add("\n"),
            "noBreakHyphen" => self.add("-"),
            "sym" => {
                let code = xml::attribute(element, "char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    let font = xml::attribute(element, "font").unwrap_or_default();
                    self.add(symbol(c, &font).encode_utf8(&mut [0; 4]));
                }
            }
            "lastRenderedPageBreak" => self.turn_page(),
            "tbl" => {
                self.suspend();
                self.outer.push(Frame::Table(Box::new(Table::new(self.page))));
            }
            "tc" => self.start_cell(),
            "tcPr" => return self.cell_properties(reader),
            "trPr" => return self.row_properties(reader),
            "sectPr" => {
                let starts_page = self.section_properties(reader);
                self.end_section(starts_page);
                return false;
            }
            "fldChar" => self.field_character(element),
            "AlternateContent" => self.alternatives.push(self.shared.chars),
            "Choice" | "Fallback" if self.alternatives.last().is_some_and(|before| self.shared.chars > *before) => {
                return leave_out(reader);
            }
            "del" | "moveFrom" => {
                let get = |key| xml::attribute(element, key).map(Into::into);
                self.deleting.push(DeletedText { author: get("author"), date: get("date"), ..DeletedText::default() });
            }
            "footnoteReference" => refer_to(&mut self.story.notes.foot, element),
            "endnoteReference" => refer_to(&mut self.story.notes.end, element),
            name @ ("footnote" | "endnote") => {
                // 17.18.33: the other types are the rule above the notes and the like.
                if xml::attribute(element, "type").is_some_and(|kind| kind != "normal") {
                    return leave_out(reader);
                }
                self.note_label = xml::attribute(element, "id").and_then(|id| self.note_number(name, &id));
            }
            "altChunk" => {
                if let Some(id) = xml::attribute(element, "id") {
                    self.story.chunks.push((self.story.blocks.len(), id.into_owned()));
                }
            }
            "OLEObject" => {
                if let (Some(id), Some(program)) = (xml::attribute(element, "id"), xml::attribute(element, "ProgID")) {
                    self.story.objects.insert(id.into_owned(), program.into_owned());
                }
            }
            "sdtPr" | "sdtEndPr" | "tblPr" | "tblPrEx" | "tblGrid" | "ctrlPr" | "rubyPr" | "instrText"
            | "delInstrText" | "fldData" | "ffData" | "rt" => return leave_out(reader),
            _ => {}
        }
        true
    }

    /// Takes in the end of an element.
    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.take() {
                    self.end_paragraph(paragraph);
                    self.resume();
                }
            }
            "t" | "delText" => self.reading = None,
            "tc" => {
                if let Some(table) = self.table() {
                    table.end_cell();
                }
            }
            "tr" => {
                if let Some(table) = self.table() {
                    table.end_row();
                }
            }
            "tbl" => self.end_table(),
            // The line of a fraction (22.1.2.36).
            "num" => self.add("/"),
            "AlternateContent" => drop(self.alternatives.pop()),
            "del" | "moveFrom" => {
                if let Some(mut deleted) = self.deleting.pop() {
                    deleted.text = deleted.text.trim().to_owned();
                    if !deleted.text.is_empty() {
                        self.story.deleted.push(deleted);
                    }
                }
            }
            "footnote" | "endnote" | "comment" | "body" => self.end_all(),
            _ => {}
        }
    }

    fn finish(mut self, name: &str) -> Story {
        self.end_all();
        self.settle();
        if !self.paged {
            for block in &mut self.story.blocks {
                block.page = None;
            }
        }
        let limits = self.shared.limits;
        if self.too_deep {
            let message = format!("{name}: elements nested deeper than {} were left out", limits.depth);
            self.shared.problems.push(Problem::new(ProblemCode::LimitExceeded, message));
        }
        if self.too_many_cells {
            let message = format!("{name}: more than {} table cells; the rest were put into one", limits.cells);
            self.shared.problems.push(Problem::new(ProblemCode::LimitExceeded, message));
        }
        self.story
    }

    // Text.

    /// Text as it stands in the XML.
    fn read(&mut self, text: &str) {
        match self.reading {
            None => return,
            Some(Reading::Deleted) => {
                if let Some(deleted) = self.deleting.last_mut() {
                    deleted.text.push_str(text);
                }
                return;
            }
            Some(Reading::Live) => {}
        }
        if self.is_live() {
            self.shared.chars += visible_chars(text);
        }
        self.add(text);
    }

    /// Whether text is part of the document as it stands.
    fn is_live(&self) -> bool {
        self.deleting.is_empty() && !self.in_instruction()
    }

    /// Whether a field's result stands inside the instruction of another.
    fn in_instruction(&self) -> bool {
        self.fields.iter().rev().skip(1).any(|instruction| *instruction)
    }

    fn add(&mut self, text: &str) {
        if let Some(deleted) = self.deleting.last_mut() {
            deleted.text.push_str(text);
        } else if !self.in_instruction() {
            self.paragraph().add(text);
        }
    }

    fn field_character(&mut self, element: &BytesStart) {
        match xml::attribute(element, "fldCharType").as_deref() {
            Some("begin") => self.fields.push(true),
            Some("separate") => {
                if let Some(instruction) = self.fields.last_mut() {
                    *instruction = false;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    // Properties.

    fn paragraph_properties(&mut self, reader: Option<&mut Reader<&[u8]>>) -> bool {
        let Some(reader) = reader else { return false };
        let styles = self.shared.styles;
        let mut section = None;
        let mut furniture = Vec::new();
        let mut in_mark = false;
        let paragraph = self.paragraph();
        xml::within(
            reader,
            &["pPrChange", "rPrChange", "sectPrChange", "numberingChange"],
            |name, element| match name {
                "sectPr" => section = Some(true),
                "rPr" => in_mark = true,
                "del" | "moveFrom" if in_mark => paragraph.mark_deleted = true,
                "pStyle" => paragraph.style = styles.paragraph(xml::value(element).as_deref()),
                _ => match &mut section {
                    Some(starts_page) => read_section(name, element, starts_page, &mut furniture),
                    None if !in_mark => paragraph.properties.set(name, element),
                    None => {}
                },
            },
        );
        paragraph.section = section;
        paragraph.start_run(RunProperties::default(), None, String::new());
        self.story.furniture.append(&mut furniture);
        false
    }

    fn run_properties(&mut self, reader: Option<&mut Reader<&[u8]>>) -> bool {
        let Some(reader) = reader else { return false };
        let styles = self.shared.styles;
        let paragraph = self.paragraph();
        let mut direct = RunProperties::default();
        let mut character = None;
        let mut font = String::new();
        xml::within(reader, &["rPrChange"], |name, element| match name {
            "rStyle" => character = xml::value(element).and_then(|id| styles.get(&id)),
            "rFonts" => font = xml::attribute(element, "ascii").unwrap_or_default().into_owned(),
            _ => direct.set(name, element),
        });
        paragraph.start_run(direct, character, font);
        false
    }

    fn cell_properties(&mut self, reader: Option<&mut Reader<&[u8]>>) -> bool {
        let (Some(reader), Some(table)) = (reader, self.table()) else { return false };
        xml::within(reader, &["tcPrChange"], |name, element| match name {
            "gridSpan" => table.set_span(xml::number(element).unwrap_or(1)),
            "vMerge" if xml::value(element).as_deref() != Some("restart") => table.continue_above(),
            "hMerge" if xml::value(element).as_deref() != Some("restart") => table.continue_left(),
            _ => {}
        });
        false
    }

    fn row_properties(&mut self, reader: Option<&mut Reader<&[u8]>>) -> bool {
        let (Some(reader), Some(table)) = (reader, self.table()) else { return false };
        xml::within(reader, &["trPrChange"], |name, element| {
            if name == "gridBefore" {
                table.indent_row(xml::number(element).unwrap_or(0));
            }
        });
        false
    }

    /// Reads a section's properties; whether the section starts on a new page.
    fn section_properties(&mut self, reader: Option<&mut Reader<&[u8]>>) -> bool {
        let mut starts_page = true;
        if let Some(reader) = reader {
            let furniture = &mut self.story.furniture;
            xml::within(reader, &["sectPrChange"], |name, element| {
                read_section(name, element, &mut starts_page, furniture);
            });
        }
        starts_page
    }

    fn note_number(&self, name: &str, id: &str) -> Option<String> {
        let (numbers, format) = if name == "footnote" {
            (&self.known_notes.foot, "decimal")
        } else {
            (&self.known_notes.end, "lowerRoman")
        };
        numbers.get(id).map(|number| write_number(*number, format))
    }

    // Pages and sections.

    fn break_page(&mut self) {
        if !self.is_live() {
            return;
        }
        if !self.outer.is_empty() || self.kind != BlockKind::Paragraph {
            self.add("\n");
        } else if let Some(mut paragraph) = self.open.take() {
            if paragraph.has_text() {
                self.number(&mut paragraph);
                paragraph.split(self.kind);
            }
            paragraph.page_break = true;
            self.open = Some(paragraph);
        }
    }

    fn turn_page(&mut self) {
        self.page = self.page.saturating_add(1);
        self.paged = true;
        let page = self.page;
        if let Some(paragraph) = &mut self.open
            && !paragraph.has_text()
        {
            paragraph.page = page;
        }
    }

    /// The properties at the end of a section say how the section began.
    fn end_section(&mut self, starts_page: bool) {
        if starts_page
            && self.section_start > 0
            && let Some(block) = self.story.blocks.get_mut(self.section_start)
        {
            block.page_break = true;
        }
        self.section_start = self.story.blocks.len();
    }

    // Frames.

    /// The open paragraph. Where text stands outside of any, one is made.
    fn paragraph(&mut self) -> &mut Paragraph<'a> {
        let (styles, page) = (self.shared.styles, self.page);
        self.open.get_or_insert_with(|| Box::new(Paragraph::implicit(styles, page)))
    }

    /// Puts the open paragraph aside for one inside it. One that was made for stray text ends.
    fn suspend(&mut self) {
        match self.open.take() {
            Some(paragraph) if paragraph.implicit => self.end_paragraph(paragraph),
            Some(paragraph) => self.outer.push(Frame::Paragraph(paragraph)),
            None => {}
        }
    }

    /// Goes back to the paragraph that was put aside last, unless a table was opened in it.
    fn resume(&mut self) {
        if let Some(Frame::Paragraph(_)) = self.outer.last()
            && let Some(Frame::Paragraph(paragraph)) = self.outer.pop()
        {
            self.open = Some(paragraph);
        }
    }

    /// The innermost open table, after paragraphs left open in it are ended.
    fn table(&mut self) -> Option<&mut Table> {
        if self.outer.iter().any(|frame| matches!(frame, Frame::Table(_))) {
            while let Some(paragraph) = self.open.take() {
                self.end_paragraph(paragraph);
                self.resume();
            }
        }
        match self.outer.last_mut() {
            Some(Frame::Table(table)) => Some(table),
            _ => None,
        }
    }

    fn start_cell(&mut self) {
        let has_room = self.shared.cells < self.shared.limits.cells;
        let Some(table) = self.table() else { return };
        if has_room {
            table.start_cell();
            self.shared.cells += 1;
        } else {
            self.too_many_cells = true;
        }
    }

    fn end_table(&mut self) {
        if self.table().is_some()
            && let Some(Frame::Table(table)) = self.outer.pop()
        {
            let mut block = table.finish();
            if self.kind != BlockKind::Paragraph {
                block.kind = self.kind;
            }
            self.deliver(block);
            self.settle();
        }
        self.resume();
    }

    fn end_paragraph(&mut self, mut paragraph: Box<Paragraph<'a>>) {
        self.number(&mut paragraph);
        let properties = paragraph.properties.page_break_before.or(paragraph.style.paragraph.page_break_before);
        let section = paragraph.section;
        // No instruction goes on past its paragraph, so that a field that is never separated cannot hide the rest.
        self.fields.fill(false);
        for (n, mut block) in paragraph.into_blocks(self.kind).enumerate() {
            block.page_break |= n == 0 && properties == Some(true);
            self.deliver(block);
        }
        self.settle();
        if let Some(starts_page) = section {
            self.end_section(starts_page);
        }
    }

    fn number(&mut self, paragraph: &mut Paragraph) {
        if paragraph.numbered || paragraph.is_deleted() {
            return;
        }
        paragraph.numbered = true;
        if let Some((list, level)) = paragraph.list() {
            let style = paragraph.style;
            let styles = self.shared.styles;
            paragraph.label =
                self.shared.numbering.count(list, level, &style.lineage, style.paragraph.list_level, styles);
        }
    }

    fn end_all(&mut self) {
        loop {
            if let Some(paragraph) = self.open.take() {
                self.end_paragraph(paragraph);
                self.resume();
            } else if self.outer.is_empty() {
                return;
            } else {
                self.end_table();
            }
        }
    }

    /// Puts a finished block where it belongs: into the cell or behind the paragraph around it, or into the story.
    fn deliver(&mut self, mut block: Block) {
        match self.outer.last_mut() {
            Some(Frame::Paragraph(around)) => around.after.push(block),
            Some(Frame::Table(table)) => {
                let label = block.label.take();
                table.add_paragraph(label.as_deref(), &nested(block));
            }
            None => {
                block.page_break |= std::mem::take(&mut self.break_next);
                if block.text.trim().is_empty() {
                    self.break_next = block.page_break;
                    self.gap = true;
                    return;
                }
                block.set_off = std::mem::take(&mut self.gap);
                block.label = self.note_label.take().or(block.label);
                self.story.blocks.extend(unnested(block));
            }
        }
    }

    /// Ties the text deleted since the last call to the block that was made last.
    fn settle(&mut self) {
        if self.outer.is_empty() {
            let block = self.story.blocks.len().checked_sub(1).map(|n| n as u32);
            for deleted in &mut self.story.deleted[self.settled..] {
                deleted.block = block;
            }
            self.settled = self.story.deleted.len();
        }
    }
}

/// Numbers a note at the first reference to it.
fn refer_to(numbers: &mut HashMap<String, u32>, reference: &BytesStart) {
    if let Some(id) = xml::attribute(reference, "id") {
        let next = numbers.len() as u32 + 1;
        numbers.entry(id.into_owned()).or_insert(next);
    }
}

/// Takes in an element of a section's properties (17.6): its type and its headers and footers.
fn read_section(name: &str, element: &BytesStart, starts_page: &mut bool, furniture: &mut Vec<String>) {
    match name {
        "type" => *starts_page = !matches!(xml::value(element).as_deref(), Some("continuous" | "nextColumn")),
        "headerReference" | "footerReference" => furniture.extend(xml::attribute(element, "id").map(Into::into)),
        _ => {}
    }
}

/// Leaves out an element with what it holds.
fn leave_out(reader: Option<&mut Reader<&[u8]>>) -> bool {
    match reader {
        Some(reader) => {
            xml::skip(reader);
            false
        }
        None => true,
    }
}
