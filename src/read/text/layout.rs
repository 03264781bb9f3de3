//! Lines of plain text to blocks: paragraphs, headings, list items, tables, page heads and feet.

use super::pages::mark_pages;
use super::tables;
use super::{frames, margin};
use crate::document::{Block, BlockKind, Document, visible_chars};
use crate::limits::Limits;

/// What a line is before blocks are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Text,
    Blank,
    /// A drawn line: `-----`, `=====`, `_____`.
    Rule,
    /// A page head, or the rule under it.
    Head,
    /// A page foot, or the rule over it.
    Foot,
}

/// One line of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The text without spaces at its end.
    pub(super) text: &'a str,
    pub(super) kind: LineKind,
    /// The page it stands on, from 1.
    pub(super) page: u32,
    /// A form feed stands before it.
    pub(super) form_feed: bool,
}

impl<'a> Line<'a> {
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }

    pub(super) fn is_text(&self) -> bool {
        self.kind == LineKind::Text
    }
}

/// Reads clean text (line ends are LF, pages are divided by form feeds) into `document`.
pub(in crate::read) fn read(text: &str, limits: &Limits, document: &mut Document) {
    let opened = frames::opened(text);
    let unfolded = margin::unfolded(&opened);
    let text = &*unfolded.text;
    let mut lines = split(text);
    let paged = mark_pages(&mut lines);
    let width = unfolded.column.and_then(|column| wrap_width(&split(&column))).or_else(|| wrap_width(&lines));
    let pages = lines.iter().filter(|l| l.kind != LineKind::Blank).map(|l| l.page).max();
    document.pages = pages.filter(|_| paged);
    document.declared_chars = Some(visible_chars(text));
    let mut builder = Builder {
        lines: &lines,
        width,
        paged,
        document,
        open: None,
        gap_before: true,
        last_page: 1,
        cells: limits.cells,
        no_table_before: 0,
        dropped: 0,
    };
    builder.run();
    let dropped = builder.dropped;
    document.declared_chars = document.declared_chars.map(|all| all.saturating_sub(dropped));
}

fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 40 + 1);
    let mut page = 1;
    for raw in text.split('\n') {
        for (piece, text) in raw.split('\u{C}').enumerate() {
            page += u32::from(piece > 0);
            let text = text.trim_end();
            // A form feed at a line's end leaves an empty piece that stands for no line.
            if piece > 0 || !raw.contains('\u{C}') || !text.is_empty() {
                let kind = match text {
                    _ if text.trim().is_empty() => LineKind::Blank,
                    _ if is_rule(text) => LineKind::Rule,
                    _ => LineKind::Text,
                };
                lines.push(Line { text, kind, page, form_feed: piece > 0 });
            }
        }
    }
    lines
}

/// A paragraph is set in deeper than the one above it by so many spaces.
const DEEPER: usize = 2;

/// A text ends a sentence within so many lines.
const TEXT_LINES: usize = 4;

/// So many strokes make a rule, and so many dots.
const STROKES: usize = 3;
const DOTS: usize = 10;

/// Whether a line is drawn, not written: some of one kind of stroke, spaces between allowed.
pub(in crate::read) fn is_rule(line: &str) -> bool {
    let stroke =
        |c: char| matches!(c, '-' | '=' | '_' | '*' | '~' | '─' | '═' | '–' | '—' | '━' | '¯' | '\u{203E}' | '.');
    let inner = line.trim().trim_matches(['!', '|', '+']);
    let mut strokes = inner.chars().filter(|c| !c.is_whitespace());
    let Some(first) = strokes.next().filter(|&c| stroke(c)) else { return false };
    let mut count = 1;
    strokes.all(|c| {
        count += 1;
        c == first
    }) && count >= if first == '.' { DOTS } else { STROKES }
}

/// Whether lines of a text end where no more words fitted.
pub(in crate::read) fn is_wrapped(text: &str) -> bool {
    wrap_width(&split(text)).is_some()
}

/// The width at which the file's lines are wrapped, where they are: lines that go on in lower case end near it, and hardly
/// any line is longer.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let mut wrapped = Vec::new();
    for pair in lines.windows(2).filter(|p| p[0].is_text() && p[1].is_text()) {
        let goes_on = pair[1].trimmed().starts_with(char::is_lowercase) && list_mark(pair[1].trimmed()).is_none();
        if goes_on && !pair[0].trimmed().contains("   ") {
            wrapped.push(pair[0].width());
        }
    }
    wrapped.sort_unstable();
    let prose = || lines.iter().filter(|l| l.is_text() && !l.trimmed().contains("   ")).map(Line::width);
    let is_wrapped = |width: usize| {
        let near = wrapped.iter().filter(|&&w| w <= width * 12 / 10 && w * 10 >= width * 8).count();
        let long = prose().filter(|&w| w * 10 >= width * 6).count();
        let longer = prose().filter(|&w| w * 10 > width * 12).count();
        // A title may go on in lower case too.
        let most = near * 2 > wrapped.len() || wrapped.len() == 2 && near == 1;
        most && longer * 16 <= long
    };
    // A few lines may be longer than the others.
    let widest = wrapped.len() * 9 / 10;
    let mut widths = wrapped.get(wrapped.len() / 2..=widest)?.to_vec();
    widths.dedup();
    widths.into_iter().rev().filter(|width| (40..=130).contains(width)).find(|width| is_wrapped(*width))
}

/// A block under construction.
struct Open {
    block: Block,
    /// Index of its last line.
    last: usize,
    lines: usize,
    indent: usize,
    /// See [`hanging`].
    hangs: Option<usize>,
    role: Role,
    /// It begins the file or follows a blank line, a rule or another heading.
    set_off: bool,
    /// Page heads and feet met on the way, to stand after it.
    margins: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Prose,
    /// `Label ....: value`.
    Field,
    /// A bullet or a typed number.
    Item,
    Heading,
}

struct Builder<'a> {
    lines: &'a [Line<'a>],
    /// See [`wrap_width`].
    width: Option<usize>,
    paged: bool,
    document: &'a mut Document,
    open: Option<Open>,
    /// What stands before the next line divides it from the text above.
    gap_before: bool,
    last_page: u32,
    /// How many more table cells may be made.
    cells: usize,
    /// No table begins before this line.
    no_table_before: usize,
    /// Visible characters of rules, bullets and borders, which are no text.
    dropped: u64,
}

impl<'a> Builder<'a> {
    fn run(&mut self) {
        let mut i = 0;
        while let Some(line) = self.lines.get(i) {
            i = match line.kind {
                LineKind::Text if self.breaks_page(i) => self.cross_gap(i),
                LineKind::Text => self.text_line(i),
                LineKind::Rule => self.rule(i),
                LineKind::Blank | LineKind::Head | LineKind::Foot => self.cross_gap(i),
            };
        }
        self.close(true);
    }

    /// Whether a page ends between the open block and text line `i`.
    fn breaks_page(&self, i: usize) -> bool {
        self.lines[i].form_feed
            && self.open.as_ref().is_some_and(|o| o.last + 1 == i && self.lines[o.last].page != self.lines[i].page)
    }

    /// Passes blank lines, page heads and feet from `i` on; a paragraph that a page break cuts goes on behind it.
    fn cross_gap(&mut self, i: usize) -> usize {
        let next = (i..self.lines.len())
            .find(|&k| matches!(self.lines[k].kind, LineKind::Text | LineKind::Rule))
            .unwrap_or(self.lines.len());
        let margins: Vec<usize> =
            (i..next).filter(|&k| matches!(self.lines[k].kind, LineKind::Head | LineKind::Foot)).collect();
        if let (Some(open), Some(line)) = (&mut self.open, self.lines.get(next)) {
            let page_break = !margins.is_empty() || line.page != self.lines[open.last].page;
            let unfinished = !open.block.text.ends_with(['.', ':', ';', '!', '?']) && open.role != Role::Heading;
            let text = line.trimmed();
            if page_break
                && unfinished
                && line.is_text()
                && text.starts_with(char::is_lowercase)
                && list_mark(text).is_none()
            {
                open.margins.extend(margins);
                open.append(text, next);
                return next + 1;
            }
        }
        self.close(true);
        for k in margins {
            self.margin(k);
        }
        self.gap_before = true;
        // A form feed before the text line has been dealt with here.
        match self.lines.get(next) {
            Some(line) if line.is_text() => self.text_line(next),
            _ => next,
        }
    }

    fn margin(&mut self, i: usize) {
        let line = &self.lines[i];
        if is_rule(line.text) {
            self.dropped += visible_chars(line.text);
            return;
        }
        let kind = if line.kind == LineKind::Head { BlockKind::Header } else { BlockKind::Footer };
        self.push(Block::new(kind, line.trimmed()), i);
    }

    /// A rule ends a paragraph, and makes a heading of one or two lines right above it. The line after it.
    fn rule(&mut self, i: usize) -> usize {
        let line = &self.lines[i];
        self.dropped += visible_chars(line.text);
        if let Some(open) = &mut self.open {
            let underline = !line.trimmed().starts_with('_') && open.last + 1 == i;
            let sentence = open.block.text.ends_with(['.', ',']) && open.lines > 1;
            if underline && open.lines <= 3 && !sentence && matches!(open.role, Role::Prose | Role::Heading) {
                open.role = Role::Heading;
                // A title on two lines may be underlined on both.
                let more = self.lines.get(i + 1).filter(|l| l.is_text()).map(Line::trimmed);
                let is_underlined = self.lines.get(i + 2).is_some_and(|l| l.kind == LineKind::Rule);
                let must_go_on = is_open(&open.block.text) || ends_in_word(&open.block.text);
                let goes_on = |text: &&str| is_underlined && (must_go_on || text.starts_with(char::is_lowercase));
                if let Some(text) = more.filter(goes_on) {
                    open.append(text, i + 1);
                    return i + 2;
                }
            }
        }
        self.close(true);
        self.gap_before = true;
        i + 1
    }

    fn text_line(&mut self, i: usize) -> usize {
        let line = &self.lines[i];
        if self.open.as_ref().is_some_and(|o| o.role == Role::Field) && self.continues(i) {
            return self.append(i);
        }
        if let Some(end) = self.table(i) {
            return end;
        }
        if self.continues(i) {
            return self.append(i);
        }
        let next_is_caps = is_caps(line.trimmed());
        let after_heading = self.close(next_is_caps);
        let text = line.trimmed();
        let (role, label, text) = match list_mark(text) {
            Some(Lead::Bullet(end)) => {
                self.dropped += visible_chars(&text[..end]);
                (Role::Item, Some(text[..end].trim().to_owned()), text[end..].trim_start())
            }
            Some(Lead::Number) => (Role::Item, None, text),
            None if is_caps_label(text) || is_letter_spaced(text) => (Role::Heading, None, text),
            None if field(text).is_some() => (Role::Field, None, text),
            None => (Role::Prose, None, text),
        };
        let kind = if label.is_some() { BlockKind::ListItem } else { BlockKind::Paragraph };
        let block = Block { label, ..Block::new(kind, text) };
        self.open = Some(Open {
            block,
            last: i,
            lines: 1,
            indent: line.indent(),
            hangs: hanging(line.text),
            role,
            set_off: self.gap_before || after_heading,
            margins: Vec::new(),
        });
        self.gap_before = false;
        i + 1
    }

    fn append(&mut self, i: usize) -> usize {
        if let Some(open) = &mut self.open {
            open.append(self.lines[i].trimmed(), i);
        }
        i + 1
    }

    /// Whether line `i` goes on with the open block.
    fn continues(&self, i: usize) -> bool {
        let Some(open) = self.open.as_ref().filter(|o| o.last + 1 == i) else { return false };
        let line = &self.lines[i];
        let text = line.trimmed();
        let full = self.is_full(open.last, text);
        let lower = text.starts_with(char::is_lowercase);
        if is_caps_label(text) || is_letter_spaced(text) || is_hashed(&open.block.text) || is_hashed(text) {
            return false;
        }
        match list_mark(text) {
            // A dash or an ordinal (`12. mars`) may begin a wrapped line.
            Some(Lead::Bullet(end))
                if !(full
                    && text.starts_with(['-', '–'])
                    && open.role != Role::Item
                    && !ends_sentence(&open.block.text)
                    && text[end..].trim_start().starts_with(char::is_lowercase)) =>
            {
                return false;
            }
            Some(Lead::Number) if !(full && is_ordinal(text)) => return false,
            _ => {}
        }
        let is_label = text.ends_with(':') && ends_sentence(&open.block.text);
        match field(text) {
            Some(Field::Clear) => return false,
            Some(_) if is_label => return false,
            Some(Field::Likely) if !full => return false,
            _ => {}
        }
        // What stands under a number's title, not under the number, goes on with it.
        if open.hangs.is_some() && open.lines == 1 && !lower && line.indent() == open.indent {
            return self.is_brimful(open.last, text);
        }
        if lower && ends_in_word(&open.block.text) {
            return true;
        }
        // "     Brev fra velforeningen, som ber om", and at the margin "bidrag": a paragraph whose first line is set in.
        let is_set_in = |i: usize| self.lines.get(i + 1).is_some_and(|next| next.indent() < line.indent());
        if !lower
            && line.indent() > self.lines[open.last].indent() + 2
            && ends_sentence(&open.block.text)
            && is_set_in(i)
        {
            return false;
        }
        // "  Revisor hadde ingen merknader.", and set in deeper "    Rekneskapen vert godkjend.": another paragraph.
        let is_deeper = line.indent() >= self.lines[open.last].indent() + DEEPER;
        if is_deeper && !lower && open.role == Role::Prose && ends_sentence(&open.block.text) {
            return false;
        }
        let long_enough = self.width.is_some_and(|w| self.lines[open.last].width() * 10 >= w * 6);
        match open.role {
            // "Varamann:      Eva Lie for Per Ås", and under it at the margin "Frå kontoret møtte Jon Moe.": what belongs to the
            // field hangs under its value.
            Role::Field => {
                let hangs = open.block.text.lines().next().is_some_and(|first| first.contains(":   "));
                let is_open = lower || open.block.text.ends_with(',') || self.is_brimful(open.last, text);
                line.indent() >= open.indent + 3 || full && (is_open || !hangs)
            }
            // Under the words of a point stands its text: `31. Skatteinnfordringen.`
            Role::Item => {
                let had_room = !long_enough && !lower;
                line.indent() > open.indent && !had_room || full || (lower && long_enough)
            }
            Role::Heading => full && open.lines < 3 && !open.block.text.ends_with(':'),
            // Under a title in capitals a text begins: `12/14   BUDSJETT`.
            Role::Prose => {
                let hangs = open.hangs == Some(line.indent());
                if hangs && open.lines == 1 && !lower && is_prose(&self.lines[i..]) {
                    return is_open(&open.block.text) && full;
                }
                // Columns of numbers end no line of text.
                let is_row = open.hangs.is_none() && self.lines[open.last].trimmed().contains("     ");
                full && !is_row || (lower && long_enough) || hangs && is_caps(&open.block.text) == is_caps(text)
            }
        }
    }

    /// Whether line `i` had no room for the first word of `next`, so that its end is the width's doing.
    fn is_full(&self, i: usize, next: &str) -> bool {
        // Where a sentence ends the author may have ended the line too.
        if ends_sentence(self.lines[i].text) {
            self.is_brimful(i, next)
        } else {
            self.width.is_some_and(|width| self.needed(i, next) * 10 > width * 8)
        }
    }

    /// Whether it hardly had room for it even if the lines are uneven.
    fn is_brimful(&self, i: usize, next: &str) -> bool {
        self.width.is_some_and(|width| self.needed(i, next) * 20 > width * 19)
    }

    /// The width of line `i` with the first word of `next`.
    fn needed(&self, i: usize, next: &str) -> usize {
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        self.lines[i].width() + 1 + word
    }

    /// Makes a table from the lines at `i` where they are one; the index of the line after it.
    fn table(&mut self, i: usize) -> Option<usize> {
        if i < self.no_table_before {
            return None;
        }
        let table = match tables::find(self.lines.get(i..)?, self.width) {
            Ok(table) => table,
            Err(tried) => {
                // Half of them, so that a table may still begin in what was tried, yet no line is tried often.
                self.no_table_before = i + tried / 2;
                return None;
            }
        };
        let Some(cells) = self.cells.checked_sub(tables::cell_count(&table.rows)) else {
            self.no_table_before = i + table.lines;
            return None;
        };
        self.cells = cells;
        self.close(true);
        self.dropped += table.dropped;
        self.push(tables::block(table.rows), i);
        self.gap_before = true;
        Some(i + table.lines)
    }

    /// Finishes the open block; whether it was a heading. `gap` says that what follows is set off from it.
    fn close(&mut self, gap: bool) -> bool {
        let Some(mut open) = self.open.take() else { return false };
        let caps = open.set_off
            && gap
            && open.role == Role::Prose
            && open.lines <= 2
            && open.block.text.len() <= 100
            && is_caps(&open.block.text);
        let heading = caps || open.role == Role::Heading;
        if heading {
            open.block.kind = BlockKind::Heading;
        }
        open.block.wrapped = open.lines > 1;
        let first = open.last + 1 - open.lines.min(open.last + 1);
        let first = open.margins.first().map_or(first, |&m| m.saturating_sub(1));
        self.push(open.block, first);
        for margin in open.margins {
            self.margin(margin);
        }
        heading
    }

    /// Appends a block that begins on line `i`.
    fn push(&mut self, mut block: Block, i: usize) {
        let page = self.lines[i].page;
        if self.paged {
            block.page = Some(page);
        }
        block.page_break = page != self.last_page;
        self.last_page = page;
        self.document.push(block);
    }
}

impl Open {
    fn append(&mut self, text: &str, i: usize) {
        self.block.text.push('\n');
        self.block.text.push_str(text);
        self.last = i;
        self.lines += 1;
    }
}

/// Whether one of the first lines, as far as they stand set in alike, ends a sentence: they are a text and no title.
pub(super) fn is_prose(lines: &[Line]) -> bool {
    let indent = lines.first().map_or(0, Line::indent);
    let alike = lines.iter().take_while(|l| l.is_text() && l.indent() == indent);
    alike.take(TEXT_LINES).any(|l| ends_sentence(l.text))
}

/// Whether a text ends within a word: `Kari Mo-`.
pub(super) fn ends_in_word(text: &str) -> bool {
    text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Where the text begins that stands beside a number and goes on under itself: `12/14   Tilskudd til`.
fn hanging(line: &str) -> Option<usize> {
    let (number, text) = without_spaced_word(line.trim_start()).split_once("  ")?;
    let is_number = number.contains(|c: char| c.is_ascii_digit()) && number.chars().count() <= NUMBER_WIDTH;
    is_number.then(|| line[..line.len() - text.trim_start().len()].chars().count())
}

/// A line without the letter-spaced word at its beginning: `S a k  41.  Tomtesalg`.
fn without_spaced_word(line: &str) -> &str {
    let letters =
        line.split(' ').take_while(|letter| letter.chars().count() == 1 && letter.starts_with(char::is_alphabetic));
    let width: usize = letters.clone().map(|letter| letter.len() + 1).sum();
    if letters.count() < 3 { line } else { line[width.min(line.len())..].trim_start() }
}

/// A number in a column of its own is so wide at most.
const NUMBER_WIDTH: usize = 16;

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ':', '!', '?'])
}

/// Whether a title must go on: it ends in a comma, or in a short word as `for` and `til` are.
pub(super) fn is_open(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or_default();
    title.ends_with(',') || last.chars().count() <= 3 && last.chars().all(char::is_lowercase)
}

/// What begins an item of a list.
pub(super) enum Lead {
    /// A bullet; the text begins at this byte or after spaces from there.
    Bullet(usize),
    /// A typed number or letter: `1.`, `a)`.
    Number,
}

/// The mark with which a line begins, where it begins an item.
pub(super) fn list_mark(text: &str) -> Option<Lead> {
    let (mark, rest) = text.split_once([' ', '\t'])?;
    if rest.trim().is_empty() {
        return None;
    }
    if matches!(mark, "-" | "–" | "—" | "*" | "•" | "·" | "▪" | "●" | "o" | "\u{F0B7}") {
        return Some(Lead::Bullet(mark.len()));
    }
    let stem = mark.strip_prefix('(').unwrap_or(mark).strip_suffix(['.', ')'])?;
    let number = (1..=3).contains(&stem.len()) && stem.bytes().all(|b| b.is_ascii_digit());
    let letter =
        stem.len() == 1 && stem.bytes().all(|b| b.is_ascii_lowercase()) || mark.ends_with(')') && stem.len() == 1;
    let roman = (2..=4).contains(&stem.len())
        && (stem.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
            || stem.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')));
    (number || letter || roman).then_some(Lead::Number)
}

/// Whether a line is a heading by the signs before it: `### 13/09 Prisar`.
fn is_hashed(text: &str) -> bool {
    text.trim_start_matches('#').len() < text.len() && text.trim_start_matches('#').starts_with(' ')
}

/// Whether a number at a line's beginning belongs to a sentence: `12. mars`.
fn is_ordinal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.split_once(". ").is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase))
}

/// How surely a line is a labelled value.
pub(super) enum Field {
    /// Dot leaders, or a value set off by spaces.
    Clear,
    /// A short label and a colon.
    Likely,
}

/// Whether a line is `Label: value`, by its shape alone.
pub(super) fn field(text: &str) -> Option<Field> {
    let at = text.find(':').filter(|&at| at <= 48)?;
    let (before, after) = (&text[..at], &text[at + 1..]);
    let label = before.trim_end_matches(['.', ' ', '_', '…']);
    let short = label.chars().count() <= 34 && label.split_whitespace().count() <= 4;
    if !short || !label.starts_with(char::is_alphabetic) || label.contains([',', ';', '"', '«']) || label.contains(". ")
    {
        return None;
    }
    if !after.is_empty() && !after.starts_with([' ', '\t']) {
        return None;
    }
    let leaders = before.len() > label.len() + 1;
    if leaders
        || after.starts_with("  ")
        || after.starts_with('\t')
        || before.len() > label.len() && before.ends_with(' ')
    {
        return Some(Field::Clear);
    }
    label.starts_with(char::is_uppercase).then_some(Field::Likely)
}

/// `SAKSOPPLYSNINGER:` – capitals to a colon that ends the line.
fn is_caps_label(text: &str) -> bool {
    text.ends_with(':') && text.len() <= 80 && is_caps(text)
}

/// Whether a text has letters and all are capitals.
fn is_caps(text: &str) -> bool {
    let mut letters = 0;
    text.chars().filter(|c| c.is_alphabetic()).all(|c| {
        letters += 1;
        c.is_uppercase()
    }) && letters >= 3
}

/// `M Ø T E B O K`, `S A K  10/88   Title`: at least three single capitals at the beginning, single spaces between.
pub(super) fn is_letter_spaced(text: &str) -> bool {
    let singles = text.split(' ').take_while(|t| {
        let mut chars = t.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none_or(|c| !c.is_alphanumeric())
    });
    singles.count() >= 3
}
