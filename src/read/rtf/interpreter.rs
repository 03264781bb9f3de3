//! Follows the control words of a file and fills flows of text from it.

mod words;

use std::collections::{HashMap, HashSet};

use super::flow::{Flow, ParagraphEnd};
use super::list::Lists;
use super::token::{Token, Tokens};
use crate::document::{Block, BlockKind, DeletedText, Embedded, Problem, ProblemCode, Properties};
use crate::limits::Limits;
use crate::read::codepage::CodePage;
use crate::read::style::{Run, heading_level};

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Destination {
    /// The document.
    Live,
    /// Nowhere.
    Nowhere,
    /// A drawing: nowhere but for the text boxes in it.
    Drawing,
    FontTable,
    StyleSheet,
    ListTable,
    LevelText,
    ListOverrides,
    ListText,
    Info,
    Property(&'static str),
    Reviewers,
    ObjectClass,
}

/// What a group inherits from the one around it.
#[derive(Debug, Clone, Copy)]
struct State {
    destination: Destination,
    /// Where text would go if it had not the representation in Unicode that follows (`\upr`).
    alternative: Option<Destination>,
    font: i32,
    /// How many characters stand for one `\u`.
    fallback: usize,
    run: Run,
    hidden: bool,
    deleted: bool,
    reviewer: usize,
    date: i32,
    style: i32,
    outline: Option<u8>,
    list: Option<i32>,
    list_level: u8,
    in_table: bool,
    nesting: Option<usize>,
    nested_properties: bool,
    page_break_before: bool,
}

/// The size of text where none is given: 12 points.
const DEFAULT_HALF_POINTS: u16 = 24;

impl State {
    const FIRST: Self = Self {
        destination: Destination::Live,
        alternative: None,
        font: 0,
        fallback: 1,
        run: Run { bold: false, italic: false, half_points: Some(DEFAULT_HALF_POINTS) },
        hidden: false,
        deleted: false,
        reviewer: 0,
        date: 0,
        style: 0,
        outline: None,
        list: None,
        list_level: 0,
        in_table: false,
        nesting: None,
        nested_properties: false,
        page_break_before: false,
    };

    fn plain(&mut self) {
        self.run = Self::FIRST.run;
        self.hidden = false;
        self.deleted = false;
    }

    fn default_paragraph(&mut self) {
        self.style = 0;
        self.outline = None;
        self.list = None;
        self.list_level = 0;
        self.in_table = false;
        self.nesting = None;
        self.page_break_before = false;
    }

    /// How deep in tables the paragraph stands.
    fn depth_in_tables(&self) -> usize {
        self.nesting.unwrap_or(0).max(usize::from(self.in_table))
    }
}

#[derive(Debug, Default)]
struct Font {
    name: String,
    page: Option<CodePage>,
}

/// What a file holds.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) headers: Vec<Block>,
    pub(super) body: Vec<Block>,
    pub(super) notes: Vec<Block>,
    pub(super) footers: Vec<Block>,
    pub(super) comments: Vec<Block>,
    /// Of the body; `block` counts within it.
    pub(super) deleted: Vec<DeletedText>,
    pub(super) properties: Properties,
    pub(super) pages: Option<u32>,
    pub(super) embedded: Vec<Embedded>,
    pub(super) problems: Vec<Problem>,
}

/// Reads a file.
pub(super) fn interpret(bytes: &[u8], limits: &Limits) -> Contents {
    let mut interpreter = Interpreter {
        limits,
        contents: Contents::default(),
        state: State::FIRST,
        stack: Vec::new(),
        too_deep: 0,
        flows: vec![Flow::new(BlockKind::Paragraph, 0)],
        page: CodePage::WINDOWS,
        default_font: 0,
        fonts: HashMap::new(),
        font: 0,
        headings: HashMap::new(),
        style: (0, String::new(), None),
        lists: Lists::default(),
        reviewers: Vec::new(),
        pending: Vec::new(),
        surrogate: None,
        skip: 0,
        starred: false,
        opened: false,
        collected: String::new(),
        date: [0; 5],
        notes: [0, 0],
        cells: 0,
        lost: 0,
        has_been_too_deep: false,
        furniture: HashSet::new(),
    };
    interpreter.run(bytes);
    interpreter.contents
}

struct Interpreter<'l> {
    limits: &'l Limits,
    contents: Contents,
    state: State,
    stack: Vec<State>,
    /// Groups open beyond the limit.
    too_deep: usize,
    /// The body and what is open in it.
    flows: Vec<Flow>,
    page: CodePage,
    default_font: i32,
    fonts: HashMap<i32, Font>,
    /// The font being defined.
    font: i32,
    /// Heading levels of styles by number.
    headings: HashMap<i32, u8>,
    /// The style being defined: number, name, outline level.
    style: (i32, String, Option<u8>),
    lists: Lists,
    reviewers: Vec<String>,
    /// Bytes of text not yet decoded.
    pending: Vec<u8>,
    /// The first half of a surrogate pair.
    surrogate: Option<u16>,
    /// Characters still to be passed over after `\u`.
    skip: usize,
    /// `\*` was read and its control word is to come.
    starred: bool,
    /// A group was opened, whose first control word may be a destination.
    opened: bool,
    /// The text of the small destination that is open.
    collected: String,
    /// Year, month, day, hour, minute of the date being read.
    date: [i32; 5],
    /// How many foot- and endnotes there are so far.
    notes: [u32; 2],
    cells: usize,
    lost: usize,
    has_been_too_deep: bool,
    /// Texts of heads and feet met so far.
    furniture: HashSet<(BlockKind, String)>,
}

impl Interpreter<'_> {
    fn run(&mut self, bytes: &[u8]) {
        let mut tokens = Tokens::new(bytes);
        let mut stray = 0_usize;
        while let Some(token) = tokens.next() {
            if self.too_deep > 0 && !matches!(token, Token::Open | Token::Close) {
                continue;
            }
            match token {
                Token::Open => self.open(),
                Token::Close => {
                    self.close();
                    // Whatever follows the last group is padding, unless it is RTF again.
                    if self.stack.is_empty() && self.too_deep == 0 {
                        if memchr::memmem::find(tokens.rest(), b"\\par").is_none() {
                            break;
                        }
                        stray += 1;
                        self.state.destination = Destination::Live;
                    }
                }
                Token::Word(name, value) => self.word(name, value),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.bytes(&[byte]),
                Token::Text(text) => self.bytes(text),
            }
            if !matches!(token, Token::Open | Token::Symbol(b'*')) {
                self.opened = false;
                self.starred = false;
            }
        }
        let open = self.stack.len();
        self.flush();
        while !self.stack.is_empty() {
            self.close();
        }
        let end = self.paragraph_end();
        if let Some(mut body) = self.flows.pop() {
            body.finish(end);
            self.contents.body = body.blocks;
            self.contents.deleted = body.deleted;
        }
        self.report(open, stray);
    }

    fn report(&mut self, open: usize, stray: usize) {
        let problems = &mut self.contents.problems;
        if open > 0 {
            let message = format!("the file breaks off: groups left open: {open}");
            problems.push(Problem::new(ProblemCode::Damaged, message));
        }
        if stray > 0 {
            let message = format!("the file goes on after its last group, times: {stray}");
            problems.push(Problem::new(ProblemCode::Damaged, message));
        }
        if self.has_been_too_deep {
            let message = format!("groups nested deeper than {} were left out", self.limits.depth);
            problems.push(Problem::new(ProblemCode::LimitExceeded, message));
        }
        if self.cells > self.limits.cells {
            let message = format!("more than {} table cells; the rest were put into one", self.limits.cells);
            problems.push(Problem::new(ProblemCode::LimitExceeded, message));
        }
        if self.lost > 0 {
            let message = format!("{} byte sequences stand for no character in their code page", self.lost);
            problems.push(Problem::new(ProblemCode::TextIncomplete, message));
        }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    // Groups.

    fn open(&mut self) {
        self.flush();
        self.skip = 0;
        if self.too_deep > 0 || self.stack.len() >= self.limits.depth {
            self.too_deep += 1;
            self.has_been_too_deep = true;
            return;
        }
        self.stack.push(self.state);
        self.opened = true;
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.flush();
        self.skip = 0;
        let Some(outer) = self.stack.pop() else { return };
        while self.flows.len() > 1 && self.flows.last().is_some_and(|flow| flow.depth > self.stack.len()) {
            self.end_flow();
        }
        let inner = std::mem::replace(&mut self.state, outer);
        if inner.destination == Destination::StyleSheet && outer.destination == Destination::StyleSheet {
            self.end_style();
        }
        if inner.destination != outer.destination {
            self.end_destination(inner.destination);
        }
    }

    fn end_destination(&mut self, destination: Destination) {
        match destination {
            Destination::LevelText => {
                let text = std::mem::take(&mut self.collected);
                self.lists.define_text(&text);
            }
            Destination::ListText => {
                let label = std::mem::take(&mut self.collected);
                let label = label.trim();
                if !label.is_empty() {
                    self.flow().label = Some(label.to_owned());
                }
            }
            Destination::Property(key) => {
                let mut value = std::mem::take(&mut self.collected).trim().trim_end_matches(';').to_owned();
                if matches!(key, "created" | "modified" | "last_printed") {
                    let [year, month, day, hour, minute] = std::mem::take(&mut self.date);
                    value = if year > 0 {
                        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00")
                    } else {
                        String::new()
                    };
                }
                if !value.is_empty() {
                    self.contents.properties.insert(key.to_owned(), value);
                }
            }
            Destination::ObjectClass => {
                let program = std::mem::take(&mut self.collected);
                let n = self.contents.embedded.len() + 1;
                self.contents.embedded.push(Embedded {
                    name: format!("object {n}"),
                    bytes: None,
                    media_type: Some(program.trim().to_owned()).filter(|program| !program.is_empty()),
                });
            }
            _ => self.collected.clear(),
        }
    }

    fn end_style(&mut self) {
        let (number, name, outline) = std::mem::take(&mut self.style);
        let level = heading_level(name.split([';', ',']).next().unwrap_or_default()).or(outline);
        if let Some(level) = level {
            self.headings.insert(number, level);
        }
    }

    /// Begins a flow in the group that was just opened.
    fn start_flow(&mut self, kind: BlockKind) {
        self.flows.push(Flow::new(kind, self.stack.len()));
        self.state.destination = Destination::Live;
        self.state.default_paragraph();
        self.state.plain();
    }

    fn end_flow(&mut self) {
        let end = self.paragraph_end();
        let Some(mut flow) = self.flows.pop() else { return };
        flow.finish(end);
        let place = match flow.kind {
            BlockKind::Footnote => &mut self.contents.notes,
            BlockKind::Comment => &mut self.contents.comments,
            BlockKind::Header => &mut self.contents.headers,
            BlockKind::Footer => &mut self.contents.footers,
            _ => return self.flow().anchor(flow.blocks),
        };
        if self.flows.len() > 1 && self.flows.last().is_some_and(|around| around.kind == flow.kind) {
            return self.flow().anchor(flow.blocks);
        }
        let furniture = matches!(flow.kind, BlockKind::Header | BlockKind::Footer);
        for block in flow.blocks {
            // Sections repeat their heads and feet; each text counts once.
            if !furniture || self.furniture.insert((flow.kind, block.text.clone())) {
                place.push(block);
            }
        }
    }

    // Text.

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' if self.opened => self.starred = true,
            b'~' => self.character("\u{A0}"),
            b'_' => self.character("-"),
            b'-' => self.character(""),
            b'\t' => self.character("\t"),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
    }

    /// Text that stands in the code page of its font.
    fn bytes(&mut self, mut bytes: &[u8]) {
        if self.skip > 0 {
            let skipped = self.skip.min(bytes.len());
            self.skip -= skipped;
            bytes = bytes.get(skipped..).unwrap_or_default();
        }
        if !matches!(self.state.destination, Destination::Nowhere | Destination::Drawing | Destination::Info) {
            self.pending.extend_from_slice(bytes);
        }
    }

    /// One character that a control word or symbol stands for.
    fn character(&mut self, text: &str) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.flush();
            self.add(text);
        }
    }

    fn unicode(&mut self, value: i32) {
        self.flush();
        self.skip = self.state.fallback;
        let unit = (value & 0xFFFF) as u16;
        match (self.surrogate.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.surrogate = Some(unit),
            (Some(high), 0xDC00..=0xDFFF) => {
                if let Some(Ok(c)) = char::decode_utf16([high, unit]).next() {
                    self.add(c.encode_utf8(&mut [0; 4]));
                }
            }
            // Some programs write characters beyond 65535 as one number.
            _ if value > 0xFFFF => {
                if let Some(c) = char::from_u32(value as u32) {
                    self.add(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => match char::from_u32(u32::from(unit)) {
                Some(c) => self.add(c.encode_utf8(&mut [0; 4])),
                None => self.lost += 1,
            },
        }
    }

    fn code_page(&self) -> CodePage {
        match self.state.destination {
            Destination::Live | Destination::ListText | Destination::LevelText => {
                self.fonts.get(&self.state.font).and_then(|font| font.page).unwrap_or(self.page)
            }
            _ => self.page,
        }
    }

    /// Decodes the bytes at hand.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let destination = self.state.destination;
        let text = if destination == Destination::LevelText && matches!(self.code_page(), CodePage::Symbol) {
            bytes.iter().map(|&b| if b < 0x20 { char::from(b) } else { '•' }).collect()
        } else {
            let (text, lost) = self.code_page().decode(&bytes);
            if destination == Destination::Live {
                self.lost += lost;
            }
            text
        };
        self.add(&text);
        self.pending = bytes;
        self.pending.clear();
    }

    /// Puts text where it goes.
    fn add(&mut self, text: &str) {
        match self.state.destination {
            Destination::Live => self.add_live(text),
            Destination::FontTable => {
                let font = self.fonts.entry(self.font).or_default();
                if font.name.len() < 100 {
                    font.name.push_str(text);
                }
            }
            Destination::StyleSheet => self.style.1.push_str(text),
            Destination::ListText => {
                let name = self.fonts.get(&self.state.font).map_or("", |font| font.name.as_str());
                self.collected.extend(text.chars().map(|c| crate::read::symbol::symbol(c, name)));
            }
            Destination::Reviewers => {
                let names = text.split(';').map(str::to_owned);
                self.reviewers.extend(names.filter(|name| !name.trim().is_empty()));
            }
            Destination::LevelText | Destination::Property(_) | Destination::ObjectClass => {
                self.collected.push_str(text);
            }
            Destination::Nowhere
            | Destination::Drawing
            | Destination::Info
            | Destination::ListTable
            | Destination::ListOverrides => {}
        }
    }

    fn add_live(&mut self, text: &str) {
        let State { run, hidden, deleted, reviewer, date, font, .. } = self.state;
        if hidden {
            return;
        }
        let Some(flow) = self.flows.last_mut() else { return };
        if deleted {
            let reviewer = self.reviewers.get(reviewer).map(String::as_str).filter(|name| *name != "Unknown");
            flow.add_deleted(text, reviewer, write_date(date));
        } else {
            let font = self.fonts.get(&font).map_or("", |font| font.name.as_str());
            flow.add(text, run, font);
        }
    }

    // Paragraphs, cells, pages.

    fn paragraph_end(&mut self) -> ParagraphEnd {
        let state = &self.state;
        let nesting = state.depth_in_tables();
        let heading = state.outline.or_else(|| self.headings.get(&state.style).copied());
        let list = state.list;
        let list_level = state.list_level;
        let page_break_before = state.page_break_before;
        if let Some(id) = list
            && self.flows.last().is_some_and(Flow::has_text)
        {
            let computed = self.lists.count(id, usize::from(list_level));
            let flow = self.flow();
            flow.label = flow.label.take().or(computed);
        }
        ParagraphEnd { heading, list_level: list_level.saturating_add(1), nesting, page_break_before }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.state.destination == Destination::Live {
            let end = self.paragraph_end();
            self.flow().end_paragraph(end);
        }
    }

    fn end_cell(&mut self, nesting: usize) {
        self.flush();
        if self.state.destination != Destination::Live {
            return;
        }
        let end = ParagraphEnd { nesting, ..self.paragraph_end() };
        self.cells += 1;
        if self.cells > self.limits.cells {
            self.flow().end_paragraph(end);
        } else {
            self.flow().end_cell(end);
        }
    }

    fn end_row(&mut self, nesting: usize) {
        self.flush();
        self.flow().end_row(nesting);
    }

    fn break_page(&mut self) {
        self.flush();
        if self.state.destination != Destination::Live {
            return;
        }
        if self.flows.len() > 1 || self.state.depth_in_tables() > 0 {
            return self.add("\n");
        }
        if self.flow().has_text() {
            self.end_paragraph();
        }
        self.flow().break_next = true;
    }

    fn end_section(&mut self) {
        if self.flows.len() > 1 {
            return self.end_paragraph();
        }
        if self.flow().has_text() {
            self.end_paragraph();
        }
        let flow = self.flow();
        flow.break_next = true;
        flow.section_starts = true;
    }
}

/// A date and time packed into 32 bits (MS-DOC 2.9.67): minute, hour, day, month, years since 1900.
fn write_date(packed: i32) -> Option<String> {
    let bits = |from: u32, count: u32| (packed as u32 >> from) & ((1 << count) - 1);
    (packed != 0).then(|| {
        format!("{}-{:02}-{:02}T{:02}:{:02}:00", 1900 + bits(20, 9), bits(16, 4), bits(11, 5), bits(6, 5), bits(0, 6))
    })
}
