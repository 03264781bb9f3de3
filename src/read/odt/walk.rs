//! Walks over a part and makes blocks of what stands in it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::list::Counters;
use super::styles::{OUTLINE, Sheet, Styles};
use crate::document::{Block, BlockKind, DeletedText, Document, Problem, ProblemCode};
use crate::limits::Limits;
use crate::read::style::{Run, SetText};
use crate::read::table::{Table, nested, unnested};
use crate::read::xml;

/// A cell is not repeated more often than this.
const MAX_REPEATS: u32 = 100;

/// Walks over the parts of a document.
pub(super) struct Walker<'l> {
    limits: &'l Limits,
    stories: Vec<Story>,
    headers: Vec<Block>,
    notes: Vec<Block>,
    footers: Vec<Block>,
    comments: Vec<Block>,
    /// Deleted texts by the id of their change.
    deleted: Vec<(String, DeletedText)>,
    change: String,
    /// How far each list has counted, by the names of its style and by its id.
    counted: HashMap<String, Counters>,
    outline: Counters,
    /// The text of the element being read where it stands in no paragraph.
    leaf: String,
    in_number: bool,
    note_label: String,
    page: u32,
    paged: bool,
    cells: usize,
    too_deep: bool,
    /// Texts of heads and feet met so far.
    furniture: HashSet<(BlockKind, String)>,
    problems: Vec<Problem>,
}

/// A stream of paragraphs and tables: the body, a note, a header, a text box.
#[derive(Default)]
struct Story {
    kind: BlockKind,
    blocks: Vec<Block>,
    paragraph: Option<Paragraph>,
    /// Blocks of what is anchored in the open paragraph.
    after: Vec<Block>,
    tables: Vec<OpenTable>,
    lists: Vec<List>,
    break_next: bool,
    /// An empty paragraph came last.
    gap: bool,
    /// Made for a paragraph in a drawing.
    implicit: bool,
    deleting: Option<DeletedText>,
}

#[derive(Default)]
struct Paragraph {
    text: SetText,
    run: Run,
    /// How the text around each open span is set.
    around: Vec<Run>,
    ends_in_space: bool,
    heading: Option<u8>,
    label: Option<String>,
    list_level: Option<u8>,
    page_break: bool,
    page: u32,
    /// Changes that delete text in the paragraph.
    changes: Vec<String>,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    repeats: u32,
}

#[derive(Default)]
struct List {
    style: String,
    id: Option<String>,
    counters: Counters,
    /// The open item has not had its label.
    fresh: bool,
    start: Option<u32>,
    /// The label as the file has it.
    printed: Option<String>,
}

impl<'l> Walker<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            stories: vec![Story::default()],
            headers: Vec::new(),
            notes: Vec::new(),
            footers: Vec::new(),
            comments: Vec::new(),
            deleted: Vec::new(),
            change: String::new(),
            counted: HashMap::new(),
            outline: Counters::default(),
            leaf: String::new(),
            in_number: false,
            note_label: String::new(),
            page: 1,
            paged: false,
            cells: 0,
            too_deep: false,
            furniture: HashSet::new(),
            problems: Vec::new(),
        }
    }

    /// Walks over the part called `name`, whose styles stand in `sheets`, nearest first.
    pub(super) fn walk(&mut self, text: &str, name: &str, sheets: &[&Sheet]) {
        let styles = Styles(sheets);
        let mut reader = xml::reader(text);
        let mut depth = 0_usize;
        let broken = loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    if depth >= self.limits.depth {
                        self.too_deep = true;
                        xml::skip(&mut reader);
                    } else if self.start(&element, Some(&mut reader), styles) {
                        depth += 1;
                    }
                }
                Ok(Event::Empty(element)) => {
                    if self.start(&element, None, styles) {
                        self.end(element.local_name().as_ref());
                    }
                }
                Ok(Event::End(element)) => {
                    depth = depth.saturating_sub(1);
                    self.end(element.local_name().as_ref());
                }
                Ok(Event::Text(text)) => self.read(&text),
                Ok(Event::CData(text)) => self.read(&text),
                Ok(Event::GeneralRef(reference)) => {
                    if let Some(c) = xml::resolve(&reference) {
                        self.read(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Ok(Event::Eof) => break depth > 0,
                Err(_) => break true,
                Ok(_) => {}
            }
        };
        if broken && !text.is_empty() {
            let at = reader.buffer_position();
            let message = format!("{name}: the XML breaks off at byte {at} of {}", text.len());
            self.problems.push(Problem::new(ProblemCode::Damaged, message));
        }
        while self.stories.len() > 1 {
            self.end_story();
        }
        self.end_paragraph();
        while self.story().tables.last().is_some() {
            self.end_table();
        }
    }

    /// What came out.
    pub(super) fn finish(mut self) -> (Document, Vec<Problem>) {
        let mut document = Document::default();
        for block in self.headers.iter_mut().chain(&mut self.footers) {
            block.page = None;
        }
        let headers = std::mem::take(&mut self.headers);
        headers.into_iter().for_each(|block| document.push(block));
        let before = document.blocks.len() as u32;
        let body = std::mem::take(&mut self.story().blocks);
        for block in body.into_iter().chain(self.notes).chain(self.footers).chain(self.comments) {
            document.push(block);
        }
        if !self.paged {
            document.blocks.iter_mut().for_each(|block| block.page = None);
        }
        let placed = |deleted: DeletedText| DeletedText { block: deleted.block.map(|n| n + before), ..deleted };
        document.deleted = self.deleted.into_iter().map(|(_, deleted)| placed(deleted)).collect();
        if self.too_deep {
            let message = format!("elements nested deeper than {} were left out", self.limits.depth);
            self.problems.push(Problem::new(ProblemCode::LimitExceeded, message));
        }
        if self.cells > self.limits.cells {
            let message = format!("more than {} table cells; the rest were put into one", self.limits.cells);
            self.problems.push(Problem::new(ProblemCode::LimitExceeded, message));
        }
        (document, self.problems)
    }

    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    /// Takes in the start of an element; `reader` is there where the element is not empty. Returns whether the element is
    /// still open, so that its end comes by itself.
    fn start(&mut self, element: &BytesStart, reader: Option<&mut Reader<&[u8]>>, styles: Styles) -> bool {
        let local_name = element.local_name();
        let get = |key: &str| xml::attribute(element, key).map(Cow::into_owned);
        self.leaf.clear();
        match local_name.as_ref() {
            name @ ("p" | "h") => self.start_paragraph(name == "h", element, styles),
            "span" => {
                let name = get("style-name");
                if let Some(paragraph) = &mut self.story().paragraph {
                    paragraph.around.push(paragraph.run);
                    if let Some(name) = name {
                        paragraph.run = styles.span(&name, paragraph.run);
                    }
                }
            }
            "s" => {
                let count = get("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.add(&" ".repeat(count.min(1000)));
            }
            "tab" => self.add("\t"),
            "line-break" => self.add("\n"),
            "soft-page-break" => self.turn_page(),
            "list" => self.start_list(element, styles),
            "list-item" => {
                if let Some(list) = self.story().lists.last_mut() {
                    list.fresh = true;
                    list.start = get("start-value").and_then(|start| start.parse().ok());
                    list.printed = None;
                }
            }
            "list-header" => {
                if let Some(list) = self.story().lists.last_mut() {
                    list.fresh = false;
                }
            }
            "number" => self.in_number = true,
            "table" => {
                self.end_paragraph();
                let page = self.page;
                self.story().tables.push(OpenTable { table: Table::new(page), ..OpenTable::default() });
            }
            "table-cell" => self.start_cell(element),
            // The cells that cover it tell how far they reach.
            "covered-table-cell" => return leave_out(reader),
            "note-body" => self.start_story(BlockKind::Footnote),
            "annotation" => self.start_story(BlockKind::Comment),
            "text-box" => {
                let kind = self.story().kind;
                self.start_story(kind);
            }
            "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first" => {
                if get("display").as_deref() == Some("false") {
                    return leave_out(reader);
                }
                let header = local_name.as_ref().starts_with("header");
                self.start_story(if header { BlockKind::Header } else { BlockKind::Footer });
            }
            "changed-region" => self.change = get("id").unwrap_or_default(),
            "deletion" => {
                self.start_story(BlockKind::Paragraph);
                self.story().deleting = Some(DeletedText::default());
            }
            "change" => {
                if let (Some(id), Some(paragraph)) = (get("change-id"), &mut self.story().paragraph) {
                    paragraph.changes.push(id);
                }
            }
            // 19.797: notes are numbered by the program; the file keeps what it showed.
            "note-citation" => {
                self.note_label.clear();
                if let Some(reader) = reader {
                    self.note_label = text_within(reader);
                }
                return false;
            }
            // Fields of the same local names are text.
            "title" | "desc" if element.name().as_ref().starts_with("svg:") => return leave_out(reader),
            "meta" if element.name().as_ref().starts_with("office:") => return leave_out(reader),
            "binary-data" | "event-listeners" | "ruby-text" | "hidden-text" | "hidden-paragraph" | "object"
            | "script" | "scripts" | "sequence-decls" | "forms" => {
                return leave_out(reader);
            }
            name if name.ends_with("-source") => return leave_out(reader),
            _ => {}
        }
        true
    }

    /// Takes in the end of an element.
    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.end_paragraph();
                if self.stories.len() > 1 && self.story().implicit {
                    self.end_story();
                }
            }
            "span" => {
                if let Some(paragraph) = &mut self.story().paragraph
                    && let Some(around) = paragraph.around.pop()
                {
                    paragraph.run = around;
                }
            }
            "number" => {
                self.in_number = false;
                let printed = std::mem::take(&mut self.leaf).trim().to_owned();
                let story = self.story();
                if let Some(paragraph) = &mut story.paragraph {
                    paragraph.label = Some(printed).filter(|label| !label.is_empty());
                } else if let Some(list) = story.lists.last_mut() {
                    list.printed = Some(printed).filter(|label| !label.is_empty());
                }
            }
            "list" => self.end_list(),
            "table-cell" => self.end_cell(),
            "table-row" => {
                if let Some(open) = self.story().tables.last_mut() {
                    open.table.end_row();
                }
            }
            "table" => self.end_table(),
            "creator" | "date" => {
                let value = std::mem::take(&mut self.leaf);
                if let Some(deleting) = &mut self.story().deleting {
                    let place = if name == "creator" { &mut deleting.author } else { &mut deleting.date };
                    *place = Some(value);
                }
            }
            "note-body" | "annotation" | "text-box" | "header" | "header-left" | "header-first" | "footer"
            | "footer-left" | "footer-first" | "deletion"
                if self.stories.len() > 1 =>
            {
                self.end_story();
            }
            _ => {}
        }
    }

    // Text.

    /// Text as it stands in the XML: white space counts as one space (6.1.2).
    fn read(&mut self, text: &str) {
        let in_number = self.in_number;
        let story = self.story();
        let Some(paragraph) = story.paragraph.as_mut().filter(|_| !in_number) else {
            if self.leaf.len() < 1000 {
                self.leaf.push_str(text);
            }
            return;
        };
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !space {
                shown.push(c);
            } else if !paragraph.ends_in_space {
                shown.push(' ');
            }
            paragraph.ends_in_space = space;
        }
        paragraph.text.add(&shown, paragraph.run, "");
    }

    /// Characters that an element stands for.
    fn add(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.story().paragraph {
            paragraph.ends_in_space = false;
            paragraph.text.add(text, paragraph.run, "");
        }
    }

    // Paragraphs and lists.

    fn start_paragraph(&mut self, heading: bool, element: &BytesStart, styles: Styles) {
        if self.story().paragraph.is_some() {
            let kind = self.story().kind;
            self.start_story(kind);
            self.story().implicit = true;
        }
        let get = |key: &str| xml::attribute(element, key).map(Cow::into_owned);
        let style = styles.paragraph(get("style-name").as_deref());
        let outline = heading.then(|| get("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1));
        let is_header = get("is-list-header").as_deref() == Some("true");
        let list_style = style.list.as_deref().unwrap_or_default();
        let mut label = None;
        let mut list_level = None;
        let story = self.stories.last_mut();
        if let Some((list, level)) = story.and_then(|story| {
            let level = story.lists.len().saturating_sub(1);
            Some((story.lists.last_mut()?, level))
        }) {
            // An item that is empty shows nothing, but counts.
            if std::mem::take(&mut list.fresh) {
                let name = if list.style.is_empty() { list_style } else { &list.style };
                let style = styles.list(name);
                let counted = style.and_then(|style| style.count(&mut list.counters, level, list.start.take()));
                label = list.printed.take().or(counted);
                list_level = Some(level as u8 + 1);
            }
        } else if let Some(level) = outline.filter(|_| !is_header && style.list.as_deref() != Some(""))
            && let Some(outline) = styles.outline()
        {
            label = outline.count(&mut self.outline, usize::from(level.max(1)) - 1, None);
        }
        let is_first = self.stories.len() == 1 && self.stories.iter().all(|story| story.blocks.is_empty());
        let page_break = style.page_break && !is_first;
        if page_break && self.stories.len() == 1 {
            self.page = self.page.saturating_add(1);
        }
        let page = self.page;
        self.story().paragraph = Some(Paragraph {
            run: style.run,
            ends_in_space: true,
            heading: outline.or(style.outline),
            label,
            list_level,
            page_break,
            page,
            ..Paragraph::default()
        });
    }

    fn end_paragraph(&mut self) {
        let story = self.story();
        let after = std::mem::take(&mut story.after);
        if let Some(mut paragraph) = story.paragraph.take() {
            let (text, style, indent) = paragraph.text.take();
            let (kind, level) = match (story.kind, paragraph.heading, paragraph.list_level) {
                (BlockKind::Paragraph, Some(level), _) => (BlockKind::Heading, Some(level)),
                (BlockKind::Paragraph, None, Some(level)) if paragraph.label.is_some() => {
                    (BlockKind::ListItem, Some(level))
                }
                (kind, ..) => (kind, None),
            };
            self.deliver(Block {
                level,
                label: paragraph.label,
                style,
                indent,
                page: Some(paragraph.page),
                page_break: paragraph.page_break,
                ..Block::new(kind, text)
            });
            let block = (self.stories.len() == 1).then(|| self.story().blocks.len().saturating_sub(1) as u32);
            for id in paragraph.changes {
                if let Some((_, deleted)) = self.deleted.iter_mut().find(|(known, _)| *known == id) {
                    deleted.block = block;
                }
            }
        }
        for block in after {
            self.deliver(block);
        }
    }

    fn start_list(&mut self, element: &BytesStart, styles: Styles) {
        self.end_paragraph();
        let get = |key: &str| xml::attribute(element, key).map(Cow::into_owned);
        let outer = self.story().lists.last();
        let style = get("style-name").filter(|name| styles.list(name).is_some());
        let style = style.or_else(|| outer.map(|list| list.style.clone())).unwrap_or_default();
        let inherited = outer.map(|list| list.counters.clone());
        let continued = match (get("continue-list"), get("continue-numbering").as_deref()) {
            (Some(id), _) => self.counted.get(&id),
            (None, Some("true")) => self.counted.get(&style),
            _ => None,
        };
        let counters = inherited.or_else(|| continued.cloned()).unwrap_or_default();
        let list = List { style, id: get("id"), counters, ..List::default() };
        self.story().lists.push(list);
    }

    fn end_list(&mut self) {
        self.end_paragraph();
        let Some(list) = self.story().lists.pop() else { return };
        match self.story().lists.last_mut() {
            Some(outer) => outer.counters = list.counters,
            None => {
                if let Some(id) = list.id {
                    self.counted.insert(id, list.counters.clone());
                }
                if list.style == OUTLINE {
                    self.outline = list.counters.clone();
                }
                self.counted.insert(list.style, list.counters);
            }
        }
    }

    fn turn_page(&mut self) {
        self.page = self.page.saturating_add(1);
        self.paged = true;
        let page = self.page;
        if let Some(paragraph) = &mut self.story().paragraph
            && !paragraph.text.has_text()
        {
            paragraph.page = page;
        }
    }

    // Tables.

    fn start_cell(&mut self, element: &BytesStart) {
        let number = |key: &str| xml::attribute(element, key).and_then(|n| n.parse().ok()).unwrap_or(1_u32);
        self.cells += 1;
        let has_room = self.cells <= self.limits.cells;
        let Some(open) = self.story().tables.last_mut().filter(|_| has_room) else { return };
        open.repeats = number("number-columns-repeated").clamp(1, MAX_REPEATS);
        open.table.start_cell();
        open.table.set_span(number("number-columns-spanned"));
        open.table.set_rows(number("number-rows-spanned"));
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        let room = self.limits.cells.saturating_sub(self.cells);
        let Some(open) = self.story().tables.last_mut() else { return };
        let repeats = std::mem::replace(&mut open.repeats, 1).saturating_sub(1).min(room as u32);
        open.table.repeat_cell(repeats);
        open.table.end_cell();
        self.cells += repeats as usize;
    }

    fn end_table(&mut self) {
        self.end_paragraph();
        let kind = self.story().kind;
        let Some(open) = self.story().tables.pop() else { return };
        let mut block = open.table.finish();
        if kind != BlockKind::Paragraph {
            block.kind = kind;
        }
        self.deliver(block);
    }

    // Stories.

    fn start_story(&mut self, kind: BlockKind) {
        self.stories.push(Story { kind, ..Story::default() });
    }

    fn end_story(&mut self) {
        self.end_paragraph();
        while !self.story().tables.is_empty() {
            self.end_table();
        }
        let Some(mut story) = self.stories.pop() else { return };
        if let Some(mut deleting) = story.deleting {
            let texts: Vec<&str> = story.blocks.iter().map(|block| block.text.as_str()).collect();
            deleting.text = texts.join("\n").trim().to_owned();
            if !deleting.text.is_empty() {
                self.deleted.push((self.change.clone(), deleting));
            }
            return;
        }
        let around = self.story().kind;
        if story.kind == BlockKind::Footnote
            && around != story.kind
            && let Some(first) = story.blocks.first_mut()
        {
            let label = std::mem::take(&mut self.note_label);
            first.label = Some(label).filter(|label| !label.is_empty()).or(first.label.take());
        }
        let place = match story.kind {
            kind if kind == around => return self.story().after.extend(story.blocks),
            BlockKind::Header => &mut self.headers,
            BlockKind::Footer => &mut self.footers,
            BlockKind::Footnote => &mut self.notes,
            BlockKind::Comment => &mut self.comments,
            _ => return self.story().after.extend(story.blocks),
        };
        let furniture = matches!(story.kind, BlockKind::Header | BlockKind::Footer);
        for block in story.blocks {
            // Page styles repeat their heads and feet; each text counts once.
            if !furniture || self.furniture.insert((story.kind, block.text.clone())) {
                place.push(block);
            }
        }
    }

    /// Puts a block where it belongs: into the open cell, or out.
    fn deliver(&mut self, mut block: Block) {
        let story = self.story();
        if let Some(open) = story.tables.last_mut() {
            if block.text.is_empty() {
                return;
            }
            let label = block.label.take();
            open.table.add_paragraph(label.as_deref(), &nested(block));
            return;
        }
        block.page_break |= std::mem::take(&mut story.break_next);
        if block.text.trim().is_empty() {
            story.break_next = block.page_break;
            story.gap = true;
        } else {
            block.set_off = std::mem::take(&mut story.gap);
            story.blocks.extend(unnested(block));
        }
    }
}

/// Leaves out an element with what it holds.
fn leave_out(reader: Option<&mut Reader<&[u8]>>) -> bool {
    if let Some(reader) = reader {
        xml::skip(reader);
    }
    false
}

/// The text inside the element whose start was just read, and reads past its end.
fn text_within(reader: &mut Reader<&[u8]>) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::End(_)) if depth == 0 => return text.trim().to_owned(),
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) | Err(_) => return text.trim().to_owned(),
            Ok(_) => {}
        }
    }
}
