//! Markdown to blocks, lenient about what converters write: stray marks, unbalanced emphasis, empty list items.

use super::tables;
use crate::document::{Block, BlockKind, Document, Style, visible_chars};
use crate::limits::Limits;

/// A line that the page's width broke has so many characters at least.
const FILLED: usize = 50;

/// Reads clean Markdown (line ends are LF) into `document`.
pub(super) fn read(text: &str, limits: &Limits, document: &mut Document) {
    let body = front_matter(text, document);
    let body = without_comments(body);
    let lines: Vec<&str> = body.split(['\n', '\u{C}']).collect();
    let mut reader =
        Reader { document, open: None, indents: Vec::new(), cells: limits.cells, no_table_before: 0, declared: 0 };
    let mut i = 0;
    while i < lines.len() {
        i = reader.line(&lines, i);
    }
    reader.close();
    let declared = reader.declared;
    document.declared_chars = Some(declared);
}

/// Takes the properties from a block of `key: value` lines between `---` at the beginning; the text after it.
fn front_matter<'t>(text: &'t str, document: &mut Document) -> &'t str {
    let Some(inside) = text.trim_start().strip_prefix("---\n") else { return text };
    let Some((head, rest)) = inside
        .split_once("\n---")
        .filter(|(_, rest)| rest.trim_start_matches(['-', ' ']).starts_with('\n') || rest.trim().is_empty())
    else {
        return text;
    };
    let pair = |line: &'t str| {
        line.split_once(':').filter(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        })
    };
    let mut lines = head.lines().filter(|l| !l.trim().is_empty());
    if head.lines().count() > 60
        || !lines.clone().any(|l| pair(l).is_some())
        || !lines.all(|l| pair(l).is_some() || l.starts_with([' ', '-', '#']))
    {
        return text;
    }
    for (key, value) in head.lines().filter_map(pair) {
        let (key, value) = (key.trim().to_lowercase(), value.trim().trim_matches(['\'', '"']));
        // Title and day head the document, so they are text as well.
        match key.as_str() {
            "title" => document.push(Block { level: Some(1), ..Block::new(BlockKind::Heading, value) }),
            "date" => document.push(Block::new(BlockKind::Paragraph, value)),
            _ => {}
        }
        if !value.is_empty() {
            document.properties.insert(key, value.to_owned());
        }
    }
    rest.trim_start_matches(['-', ' '])
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        // A comment that never ends is text.
        let Some((_, after)) = comment.split_once("-->") else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A block whose lines are still being gathered, with its markup.
struct Open {
    block: Block,
    raw: String,
    /// A line ended without a hard break.
    soft: bool,
    hard: bool,
}

struct Reader<'d> {
    document: &'d mut Document,
    open: Option<Open>,
    /// Indents of the list items that enclose the current one.
    indents: Vec<usize>,
    cells: usize,
    /// No table begins before this line.
    no_table_before: usize,
    /// Visible characters of all that is text rather than markup.
    declared: u64,
}

impl Reader<'_> {
    /// Deals with the line at `i`, or with a block that begins there; the index of the next line.
    fn line(&mut self, lines: &[&str], i: usize) -> usize {
        let line = lines[i];
        let text = line.trim();
        if text.is_empty() {
            self.close();
            return i + 1;
        }
        let indent = indent_of(line);
        if let Some(fence) = ["```", "~~~"].into_iter().find(|f| text.starts_with(f)) {
            return self.code(lines, i, fence);
        }
        if let Some(level) = heading_level(text) {
            self.close();
            self.indents.clear();
            let heading = text[level..].trim().trim_end_matches('#').trim_end();
            self.open(Block { level: u8::try_from(level).ok(), ..Block::new(BlockKind::Heading, "") }, heading);
            self.close();
            return i + 1;
        }
        if let Some(level) = self.underline(text) {
            if let Some(open) = &mut self.open {
                open.block.kind = BlockKind::Heading;
                open.block.level = Some(level);
            }
            self.close();
            return i + 1;
        }
        if is_rule(text) {
            self.close();
            self.indents.clear();
            return i + 1;
        }
        if let Some(end) = self.table(lines, i) {
            return end;
        }
        if let Some((mark, rest)) = list_item(text) {
            self.close();
            let level = self.depth(indent);
            let bullet = mark.len() == 1;
            let label = bullet.then(|| mark.to_owned());
            let raw = if bullet { rest.to_owned() } else { format!("{mark} {rest}") };
            let item = Block { level: Some(level), label, ..Block::new(BlockKind::ListItem, "") };
            self.open(item, &raw);
            self.note_break(line);
            return i + 1;
        }
        let text = text.trim_start_matches(['>', ' ']);
        if let Some(open) = &mut self.open {
            open.raw.push('\n');
            open.raw.push_str(text.strip_suffix('\\').unwrap_or(text));
        } else {
            if indent == 0 {
                self.indents.clear();
            }
            self.open(Block::default(), text.strip_suffix('\\').unwrap_or(text));
        }
        self.note_break(line);
        i + 1
    }

    fn open(&mut self, block: Block, raw: &str) {
        self.open = Some(Open { block, raw: raw.to_owned(), soft: false, hard: false });
    }

    /// Remembers how a line ends: with a hard break (two spaces or a backslash) or not.
    fn note_break(&mut self, line: &str) {
        if let Some(open) = &mut self.open {
            let hard = line.ends_with("  ") || line.ends_with('\\') || line.trim_end().ends_with("<br>");
            open.hard |= hard;
            open.soft |= !hard;
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let (text, style) = inline(&open.raw);
        let text = text.trim();
        self.declared += visible_chars(text);
        // Who types `Sak 5/14: Referat` and goes on under it means two lines, whatever Markdown makes of it.
        let breaks = |pair: &[&str]| pair[0].chars().count() < FILLED && !pair[1].starts_with(char::is_lowercase);
        let filled = !text.lines().collect::<Vec<_>>().windows(2).any(breaks);
        let wrapped = filled && text.contains('\n') && open.soft && !open.hard;
        self.document.push(Block { text: text.to_owned(), style, wrapped, ..open.block });
    }

    /// Lines between fences, as they are.
    fn code(&mut self, lines: &[&str], i: usize, fence: &str) -> usize {
        self.close();
        let end = (i + 1..lines.len()).find(|&k| lines[k].trim().starts_with(fence)).unwrap_or(lines.len());
        let text = lines[i + 1..end].join("\n");
        self.declared += visible_chars(&text);
        self.document.push(Block::new(BlockKind::Paragraph, text.trim()));
        end + 1
    }

    /// The level of a heading whose text is open and which this line underlines.
    fn underline(&self, text: &str) -> Option<u8> {
        self.open
            .as_ref()
            .filter(|o| o.block.kind == BlockKind::Paragraph && o.raw.len() <= 400 && !o.raw.contains('\n'))?;
        let all = |c: char| text.len() >= 2 && text.chars().all(|d| d == c);
        if all('=') {
            Some(1)
        } else if all('-') {
            Some(2)
        } else {
            None
        }
    }

    /// A pipe table with its delimiter row, or lines with TABs.
    fn table(&mut self, lines: &[&str], i: usize) -> Option<usize> {
        if i < self.no_table_before {
            return None;
        }
        let (rows, end) = if lines[i].contains('|') && lines.get(i + 1).is_some_and(|l| is_delimiter(l)) {
            let run = lines[i + 2..].iter().take_while(|l| l.contains('|') && !l.trim().is_empty());
            let rows: Vec<Vec<String>> = std::iter::once(&lines[i]).chain(run).map(|l| pipe_cells(l)).collect();
            let end = i + 1 + rows.len();
            (rows, end)
        } else if lines[i].contains('\t') {
            if list_item(lines[i].trim()).is_some() {
                return None;
            }
            let stop = lines[i..].iter().take_while(|l| l.trim().contains('\t')).count();
            let run: Vec<&str> = lines[i..i + stop].iter().map(|l| l.trim_matches(' ')).collect();
            self.no_table_before = i + stop;
            let rows = tables::tabbed(&run)?;
            (rows, i + stop)
        } else {
            return None;
        };
        self.no_table_before = end;
        self.cells = self.cells.checked_sub(tables::cell_count(&rows))?;
        self.close();
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| row.iter().map(|cell| inline(cell).0.trim().to_owned()).collect()).collect();
        self.declared += rows.iter().flatten().map(|cell| visible_chars(cell)).sum::<u64>();
        self.document.push(tables::block(rows));
        Some(end)
    }

    /// List depth, from 1, of an item with this indent.
    fn depth(&mut self, indent: usize) -> u8 {
        while self.indents.last().is_some_and(|&i| i >= indent) {
            self.indents.pop();
        }
        self.indents.push(indent);
        u8::try_from(self.indents.len()).unwrap_or(u8::MAX)
    }
}

fn indent_of(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The level of a heading in the `#` form.
fn heading_level(text: &str) -> Option<usize> {
    let level = text.bytes().take_while(|&b| b == b'#').count();
    ((1..=6).contains(&level) && text[level..].starts_with([' ', '\t'])).then_some(level)
}

/// `---`, `* * *`, `___`.
fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| matches!(c, '-' | '*' | '_')) else { return false };
    let mut count = 1;
    marks.all(|c| {
        count += 1;
        c == first
    }) && count >= 3
}

/// The mark of a list item and what follows it; a mark alone is an item without text.
fn list_item(text: &str) -> Option<(&str, &str)> {
    let (mark, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let bullet = matches!(mark, "-" | "*" | "+" | "•");
    let number = mark
        .strip_suffix(['.', ')'])
        .is_some_and(|n| (1..=4).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    // A sentence may end in a number: a line "2023." begins no list.
    (bullet || number && !rest.trim().is_empty()).then(|| (mark, rest.trim()))
}

/// The row under a table's head: `|---|:--:|`.
fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row of a pipe table; `\|` is a bar in a cell.
fn pipe_cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').filter(|l| !l.ends_with('\\')).unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            _ => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|c| c.trim().to_owned()).collect()
}

/// Text without its inline markup, and the style that all of its letters share.
fn inline(raw: &str) -> (String, Style) {
    let mut parser = Inline {
        out: String::with_capacity(raw.len()),
        bold: false,
        italic: None,
        all_bold: true,
        all_italic: true,
        letters: false,
        unclosed: [false; 2],
    };
    parser.run(raw, 0);
    let style =
        Style { bold: parser.letters && parser.all_bold, italic: parser.letters && parser.all_italic, size: None };
    (parser.out, style)
}

struct Inline {
    out: String,
    bold: bool,
    /// The mark that began italics.
    italic: Option<char>,
    all_bold: bool,
    all_italic: bool,
    letters: bool,
    /// Whether a search for a mark that ends `*` or `_` was in vain, so that it is not made again.
    unclosed: [bool; 2],
}

impl Inline {
    fn run(&mut self, raw: &str, depth: usize) {
        let mut rest = raw;
        let mut previous = ' ';
        while let Some(c) = rest.chars().next() {
            let used = match c {
                '\\' => match rest[1..].chars().next().filter(char::is_ascii_punctuation) {
                    Some(escaped) => {
                        self.put(escaped);
                        2
                    }
                    None => self.put(c),
                },
                '`' => self.code(rest),
                '!' if rest.starts_with("![") && depth < 8 => match link(&rest[1..]) {
                    Some((text, used)) => {
                        self.within(text, depth);
                        used + 1
                    }
                    None => self.put(c),
                },
                '[' if depth < 8 => match link(rest) {
                    Some((text, used)) => {
                        self.within(text, depth);
                        used
                    }
                    None => self.put(c),
                },
                '<' => self.tag(rest),
                '&' => self.entity(rest),
                '*' | '_' => self.emphasis(rest, c, previous),
                _ => self.put(c),
            };
            previous = rest[..used].chars().next_back().unwrap_or(' ');
            rest = &rest[used..];
        }
    }

    /// The text of a link or picture, which has its own emphasis.
    fn within(&mut self, text: &str, depth: usize) {
        let unclosed = std::mem::take(&mut self.unclosed);
        self.run(text, depth + 1);
        self.unclosed = unclosed;
    }

    /// Takes a character of the text; how many bytes it has.
    fn put(&mut self, c: char) -> usize {
        if c.is_alphanumeric() {
            self.letters = true;
            self.all_bold &= self.bold;
            self.all_italic &= self.italic.is_some();
        }
        self.out.push(c);
        c.len_utf8()
    }

    fn put_all(&mut self, text: &str) {
        text.chars().for_each(|c| {
            self.put(c);
        });
    }

    /// A code span, taken as it is.
    fn code(&mut self, rest: &str) -> usize {
        let ticks = rest.bytes().take_while(|&b| b == b'`').count();
        let window = rest.as_bytes().get(ticks..).unwrap_or_default();
        let window = window.get(..2000).unwrap_or(window);
        match memchr::memmem::find(window, &rest.as_bytes()[..ticks]) {
            Some(end) => {
                self.put_all(rest[ticks..ticks + end].trim());
                ticks + end + ticks
            }
            None => {
                self.put_all(&rest[..ticks]);
                ticks
            }
        }
    }

    /// `<br>` is a line break, `<https://...>` an address; other tags are markup.
    fn tag(&mut self, rest: &str) -> usize {
        let inner = rest.get(1..).unwrap_or_default();
        let end = inner
            .char_indices()
            .take(200)
            .find(|&(_, c)| c == '>' || c == '<')
            .filter(|&(_, c)| c == '>')
            .map(|(n, _)| n);
        let Some(end) = end.filter(|_| inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')) else {
            return self.put('<');
        };
        let tag = &inner[..end];
        if tag.contains("://") || tag.contains('@') && !tag.contains(' ') {
            self.put_all(tag);
        } else if tag.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br") {
            self.out.push('\n');
            if inner[end + 1..].starts_with('\n') {
                return end + 3;
            }
        }
        end + 2
    }

    fn entity(&mut self, rest: &str) -> usize {
        const ENTITIES: [(&str, char); 8] = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&nbsp;", '\u{A0}'),
            ("&aring;", 'å'),
            ("&oslash;", 'ø'),
            ("&aelig;", 'æ'),
        ];
        match ENTITIES.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, c)) => {
                self.put(*c);
                name.len()
            }
            None => self.put('&'),
        }
    }

    /// One run of `*` or `_`. Pairs of them are bold, also where spaces make them invalid by the book, since converters write
    /// such; a single one is emphasis only where another ends it.
    fn emphasis(&mut self, rest: &str, mark: char, previous: char) -> usize {
        let length = rest.bytes().take_while(|&b| b == mark as u8).count();
        let next = rest[length..].chars().next().unwrap_or(' ');
        let alone = previous.is_whitespace() && next.is_whitespace();
        let inside = mark == '_' && previous.is_alphanumeric() && next.is_alphanumeric();
        if length > 3 || inside || alone && !(self.bold && length >= 2) {
            self.put_all(&rest[..length]);
            return length;
        }
        if length >= 2 {
            self.bold = !self.bold;
        }
        if length != 2 {
            let closes = self.italic == Some(mark) && (!previous.is_whitespace() || length == 3);
            if closes {
                self.italic = None;
            } else if self.italic.is_none() && !next.is_whitespace() && self.is_closed(&rest[length..], mark) {
                self.italic = Some(mark);
            } else if length == 1 {
                self.put(mark);
            }
        }
        length
    }

    /// Whether a mark later on ends an emphasis.
    fn is_closed(&mut self, rest: &str, mark: char) -> bool {
        let known = usize::from(mark == '_');
        if self.unclosed[known] {
            return false;
        }
        let bytes = rest.as_bytes();
        let mark = mark as u8;
        let mut i = 0;
        while let Some(at) = memchr::memchr(mark, &bytes[i..]).map(|n| n + i) {
            let length = bytes[at..].iter().take_while(|&&b| b == mark).count();
            let after_text = at > 0 && !bytes[at - 1].is_ascii_whitespace() && bytes[at - 1] != b'\\';
            let word_goes_on = mark == b'_' && bytes.get(at + length).is_some_and(u8::is_ascii_alphanumeric);
            if length != 2 && after_text && !word_goes_on {
                return true;
            }
            i = at + length;
        }
        self.unclosed[known] = true;
        false
    }
}

/// A link `[text](address)` at the beginning: its text and how many bytes it takes.
fn link(rest: &str) -> Option<(&str, usize)> {
    let mut depth = 0;
    let mut close = None;
    for (i, c) in rest.char_indices().take(1000) {
        match c {
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    close = Some(i);
                    break;
                }
            }
            _ => {}
        }
    }
    let close = close?;
    let address = rest.get(close + 1..)?.strip_prefix('(')?;
    let mut depth = 1;
    let end = address.char_indices().take(2000).find(|&(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some((&rest[1..close], close + 2 + end.0 + 1))
}
