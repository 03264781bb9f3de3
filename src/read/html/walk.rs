//! Walks over a parsed page and makes blocks of what it shows.

use std::collections::HashSet;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use crate::document::{Block, BlockKind, DeletedText, Document};
use crate::limits::Limits;
use crate::read::label::write_number;
use crate::read::style::{Run, SetText};
use crate::read::table::{Table, nested, unnested};
use crate::read::xml;

/// A cell with more text than this, in bytes, makes its table one for layout.
const MAX_CELL_TEXT: usize = 3000;

/// Walks over a page and fills the document. Returns whether there were too many table cells.
pub(super) fn walk(text: &str, limits: &Limits, document: &mut Document) -> bool {
    let page = Html::parse_document(text);
    let mut walker = Walker {
        document,
        layout: layout_tables(&page),
        fields: field_lists(&page),
        text: SetText::default(),
        space: false,
        at_start: true,
        run: Run::default(),
        around: Vec::new(),
        heading: None,
        lists: Vec::new(),
        label: None,
        word_list: None,
        ignored: None,
        preformatted: 0,
        deleting: None,
        break_next: false,
        descriptions: Vec::new(),
        tables: Vec::new(),
        captioned: Vec::new(),
        cells: 0,
        limits,
    };
    let mut hidden = 0_usize;
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if hidden > 0 || is_hidden(element) => {
                    hidden += 1;
                    if element.name() == "title" && hidden == 1 {
                        let title: String =
                            node.children().filter_map(|c| c.value().as_text().map(|t| t.text.to_string())).collect();
                        walker.property("title", &title);
                    }
                }
                Node::Element(element) => walker.open(element, node.id()),
                Node::Text(text) if hidden == 0 => walker.add(text),
                Node::Comment(comment) => walker.comment(comment),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(_) if hidden > 0 => hidden -= 1,
                Node::Element(element) => walker.close(element),
                _ => {}
            },
        }
    }
    walker.end_paragraph();
    while !walker.tables.is_empty() {
        walker.end_table();
    }
    let last = walker.document.blocks.len().checked_sub(1).map(|n| n as u32);
    for deleted in &mut walker.document.deleted {
        deleted.block = deleted.block.min(last);
    }
    walker.cells > limits.cells
}

/// Elements that show nothing as text.
fn is_hidden(element: &Element) -> bool {
    matches!(
        element.name(),
        "script"
            | "style"
            | "template"
            | "title"
            | "noscript"
            | "iframe"
            | "object"
            | "svg"
            | "select"
            | "audio"
            | "video"
    )
}

/// Tables that only lay out a page: those of one cell, and those that hold tables, headings or very long texts.
fn layout_tables(page: &Html) -> HashSet<NodeId> {
    #[derive(Default)]
    struct Seen {
        cells: usize,
        heads: bool,
        layout: bool,
        cell_text: usize,
    }
    let mut layout = HashSet::new();
    let mut open: Vec<Seen> = Vec::new();
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match (node.value(), open.last_mut()) {
                (Node::Element(element), seen) if element.name() == "table" => {
                    if let Some(seen) = seen {
                        seen.layout = true;
                    }
                    let layout = element.attr("role") == Some("presentation");
                    open.push(Seen { layout, ..Seen::default() });
                }
                (Node::Element(element), Some(seen)) => match element.name() {
                    "td" | "th" => {
                        seen.cells += 1;
                        seen.heads |= element.name() == "th";
                        seen.cell_text = 0;
                    }
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => seen.layout = true,
                    _ => {}
                },
                (Node::Text(text), Some(seen)) => {
                    seen.cell_text += text.trim().len();
                    seen.layout |= seen.cell_text > MAX_CELL_TEXT;
                }
                _ => {}
            },
            Edge::Close(node) => {
                if node.value().as_element().is_some_and(|element| element.name() == "table")
                    && let Some(seen) = open.pop()
                    && (seen.cells <= 1 || (seen.layout && !seen.heads))
                {
                    layout.insert(node.id());
                }
            }
        }
    }
    layout
}

/// A description in a list of fields has so many bytes at most.
const FIELD_BYTES: usize = 80;

/// Description lists that set fields beside their labels: those of short texts alone.
fn field_lists(page: &Html) -> HashSet<NodeId> {
    let is =
        |node: NodeRef<'_, Node>, names: &[&str]| node.value().as_element().is_some_and(|e| names.contains(&e.name()));
    let is_short = |node: NodeRef<'_, Node>| {
        let texts = node.descendants().filter_map(|n| n.value().as_text()).map(|text| text.trim().len());
        let has_block = node.descendants().skip(1).any(|n| n.value().as_element().is_some_and(|e| is_block(e.name())));
        texts.sum::<usize>() <= FIELD_BYTES && !has_block
    };
    let are_fields = |list: &NodeRef<'_, Node>| {
        let parts = || list.descendants().filter(|n| is(*n, &["dt", "dd"]));
        parts().filter(|n| is(*n, &["dt"])).count() > 1 && parts().all(is_short)
    };
    let lists = page.tree.root().descendants().filter(|node| is(*node, &["dl"]));
    lists.filter(are_fields).map(|list| list.id()).collect()
}

struct List {
    ordered: bool,
    format: &'static str,
    next: i64,
}

struct Walker<'d> {
    document: &'d mut Document,
    layout: HashSet<NodeId>,
    /// See [`field_lists`].
    fields: HashSet<NodeId>,
    text: SetText,
    /// White space was met and not yet shown.
    space: bool,
    /// Nothing was shown since the last line break.
    at_start: bool,
    run: Run,
    /// How the text around each open element is set.
    around: Vec<Run>,
    heading: Option<u8>,
    lists: Vec<List>,
    label: Option<String>,
    /// Level of a list item as Word marks it.
    word_list: Option<u8>,
    /// The printed label being read, in an element at this depth.
    ignored: Option<(usize, String)>,
    preformatted: usize,
    deleting: Option<String>,
    break_next: bool,
    /// Open description lists, outermost first: whether each is one of fields.
    descriptions: Vec<bool>,
    /// Open tables, outermost first; `None` for those that only lay out the page.
    tables: Vec<Option<Table>>,
    /// Tables whose captions are open, to go on after them.
    captioned: Vec<Option<Table>>,
    cells: usize,
    limits: &'d Limits,
}

impl Walker<'_> {
    fn open(&mut self, element: &Element, id: NodeId) {
        let style = element.attr("style").unwrap_or_default().to_ascii_lowercase();
        self.around.push(self.run);
        self.set(element, &style);
        let name = element.name();
        if name == "dd" && self.descriptions.last() == Some(&true) {
            self.text.add("\t", self.run, "");
            (self.space, self.at_start) = (false, true);
        } else if is_block(name) {
            self.end_paragraph();
        }
        if style.contains("page-break-before") && declares(&style, "page-break-before", "always") {
            self.end_paragraph();
            self.break_next = true;
        }
        match name {
            "br" => self.line_break(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            "ul" | "ol" | "menu" | "dir" => {
                let format = match element.attr("type").unwrap_or_default() {
                    "a" => "lowerLetter",
                    "A" => "upperLetter",
                    "i" => "lowerRoman",
                    "I" => "upperRoman",
                    _ if style.contains("lower-alpha") => "lowerLetter",
                    _ if style.contains("upper-alpha") => "upperLetter",
                    _ if style.contains("lower-roman") => "lowerRoman",
                    _ if style.contains("upper-roman") => "upperRoman",
                    _ => "decimal",
                };
                let next = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push(List { ordered: name == "ol", format, next });
            }
            "dl" => self.descriptions.push(self.fields.contains(&id)),
            "li" => self.start_item(element),
            "pre" | "listing" | "xmp" => self.preformatted += 1,
            "del" => self.deleting = self.deleting.take().or_else(|| Some(String::new())),
            "meta" => self.meta(element),
            "table" => {
                let is_data = !self.layout.contains(&id);
                self.tables.push(is_data.then(|| Table::new(1)));
            }
            // A caption stands over its table, not in it.
            "caption" => self.captioned.push(self.tables.last_mut().and_then(Option::take)),
            "td" | "th" => self.start_cell(element),
            _ => {}
        }
        if style.contains("mso-list") {
            self.word_list(&style);
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if let Some((_, label)) = self.ignored.take_if(|(depth, _)| *depth >= self.around.len()) {
            let label = label.trim();
            let bullet = matches!(label, "·" | "§" | "o" | "Ø" | "ü" | "q" | "v" | "\u{F0B7}" | "\u{F0A7}");
            let label = if bullet { "•" } else { label };
            self.label = Some(label.to_owned()).filter(|label| !label.is_empty());
        }
        // A field's value stands on the line of its label.
        if is_block(name) && !(name == "dt" && self.descriptions.last() == Some(&true)) {
            self.end_paragraph();
        }
        match name {
            "dl" => drop(self.descriptions.pop()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ul" | "ol" | "menu" | "dir" => drop(self.lists.pop()),
            "caption" => {
                let table = self.captioned.pop().flatten();
                if let Some(open) = self.tables.last_mut() {
                    *open = table;
                }
            }
            "li" => self.label = None,
            "pre" | "listing" | "xmp" => self.preformatted = self.preformatted.saturating_sub(1),
            "del" => {
                let text = self.deleting.take().unwrap_or_default();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    let block = self.document.blocks.len() as u32;
                    self.document.deleted.push(DeletedText { text, block: Some(block), ..DeletedText::default() });
                }
            }
            "tr" => {
                if let Some(Some(table)) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
        if let Some(run) = self.around.pop() {
            self.run = run;
        }
    }

    /// Takes in how an element sets its text.
    fn set(&mut self, element: &Element, style: &str) {
        match element.name() {
            "b" | "strong" => self.run.bold = true,
            "i" | "em" | "cite" => self.run.italic = true,
            _ => {}
        }
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim();
            match property.trim() {
                "font-weight" => {
                    self.run.bold = value.starts_with("bold") || value.parse().is_ok_and(|weight: u32| weight >= 600);
                }
                "font-style" => self.run.italic = matches!(value, "italic" | "oblique"),
                "font-size" => {
                    let points = value.strip_suffix("pt").and_then(|size| size.trim().parse::<f32>().ok());
                    self.run.half_points = points.map(|points| (points * 2.0) as u16).or(self.run.half_points);
                }
                _ => {}
            }
        }
    }

    // Text.

    fn add(&mut self, text: &str) {
        if let Some((_, label)) = &mut self.ignored {
            label.push_str(text);
            return;
        }
        if let Some(deleted) = &mut self.deleting {
            deleted.push_str(text);
            return;
        }
        if self.preformatted > 0 {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            self.text.add(&text, self.run, "");
            self.at_start = text.ends_with('\n');
            return;
        }
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.at_start {
                shown.push(' ');
            }
            self.at_start = false;
            shown.push(c);
        }
        if !shown.is_empty() {
            self.text.add(&shown, self.run, "");
        }
    }

    fn line_break(&mut self) {
        if self.ignored.is_none() && self.deleting.is_none() {
            self.text.add("\n", self.run, "");
            self.space = false;
            self.at_start = true;
        }
    }

    fn end_paragraph(&mut self) {
        self.space = false;
        self.at_start = true;
        let (text, style, _) = self.text.take();
        if text.is_empty() {
            return;
        }
        let label = self.label.take();
        let word_list = self.word_list.take();
        let (kind, level) = match (self.heading, &label) {
            (Some(level), _) => (BlockKind::Heading, Some(level)),
            (None, Some(_)) => {
                let depth = self.lists.len().min(usize::from(u8::MAX)) as u8;
                (BlockKind::ListItem, Some(word_list.unwrap_or(depth.max(1))))
            }
            (None, None) => (BlockKind::Paragraph, None),
        };
        self.deliver(Block { level, label, style, ..Block::new(kind, text) });
    }

    fn deliver(&mut self, mut block: Block) {
        if let Some(table) = self.tables.iter_mut().rev().flatten().next() {
            let label = block.label.take();
            table.add_paragraph(label.as_deref(), &nested(block));
        } else {
            block.page_break = std::mem::take(&mut self.break_next);
            unnested(block).into_iter().for_each(|block| self.document.push(block));
        }
    }

    // Lists.

    fn start_item(&mut self, element: &Element) {
        self.label = match self.lists.last_mut() {
            Some(list) if list.ordered => {
                let number = element.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(list.next);
                list.next = number.saturating_add(1);
                Some(format!("{}.", write_number(u32::try_from(number).unwrap_or(0), list.format)))
            }
            _ => Some("•".to_owned()),
        };
    }

    /// Word's own marks: `mso-list:l0 level2 lfo1` on the paragraph, `mso-list:Ignore` on the label it printed.
    fn word_list(&mut self, style: &str) {
        let value = style.split(';').find_map(|declaration| declaration.trim().strip_prefix("mso-list:"));
        let value = value.unwrap_or_default().trim();
        if value == "ignore" {
            self.ignored = Some((self.around.len(), String::new()));
        } else if let Some(level) = value.split_whitespace().find_map(|word| word.strip_prefix("level")) {
            self.word_list = level.parse().ok();
        }
    }

    // Tables.

    fn start_cell(&mut self, element: &Element) {
        let Some(Some(table)) = self.tables.last_mut() else { return };
        self.cells += 1;
        if self.cells > self.limits.cells {
            return;
        }
        let number = |name| element.attr(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1_u32);
        table.start_cell();
        table.set_span(number("colspan"));
        table.set_rows(number("rowspan").min(65_534));
    }

    fn end_table(&mut self) {
        let Some(Some(table)) = self.tables.pop() else { return };
        let block = Block { page: None, ..table.finish() };
        if !block.text.trim().is_empty() {
            self.deliver(block);
        }
    }

    // What the page says about itself.

    fn property(&mut self, key: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            self.document.properties.entry(key.to_owned()).or_insert(value);
        }
    }

    fn meta(&mut self, element: &Element) {
        let key = match element.attr("name").unwrap_or_default().to_ascii_lowercase().as_str() {
            "author" | "dc.creator" => "author",
            "generator" => "producer",
            "description" => "description",
            "keywords" => "keywords",
            "created" | "date" | "dc.date" => "created",
            "changed" => "modified",
            _ => return,
        };
        let value = element.attr("content").unwrap_or_default();
        // Programs write a time without a date where they know none.
        if key == "modified" && !value.chars().take(4).all(|c| c.is_ascii_digit()) {
            return;
        }
        self.property(key, value);
    }

    /// Word keeps the document's properties in a comment.
    fn comment(&mut self, comment: &str) {
        if !comment.contains("DocumentProperties") {
            return;
        }
        for (name, value) in xml::leaves(comment, "DocumentProperties") {
            match name.as_str() {
                "Author" => self.property("author", &value),
                "LastAuthor" => self.property("last_modified_by", &value),
                "Created" => self.property("created", &value),
                "LastSaved" => self.property("modified", &value),
                "Company" => self.property("company", &value),
                "Pages" => self.document.pages = value.parse().ok().filter(|pages| *pages > 0),
                _ => {}
            }
        }
    }
}

fn declares(style: &str, property: &str, value: &str) -> bool {
    style
        .split(';')
        .any(|declaration| declaration.split_once(':').is_some_and(|(p, v)| p.trim() == property && v.trim() == value))
}

/// Elements that begin and end a paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "menu"
            | "dir"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "listing"
            | "xmp"
            | "address"
            | "center"
            | "form"
            | "fieldset"
            | "legend"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "nav"
            | "main"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "hr"
            | "body"
            | "table"
            | "caption"
            | "tr"
            | "td"
            | "th"
    )
}
