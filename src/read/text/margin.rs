//! Labels in the margin: typescripts whose text stands in a column of its own, with case numbers and labels beside it.
//!
//! ```text
//! Sak 42/73      Reparasjon av orgelet.
//!
//! Vedtak         Menighetsrådet godtar anbudet fra Iversens Orgel-
//! (enst.)        verksted.
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The text's column begins so many characters from the left at least, and at most.
const LEAST_MARGIN: usize = 8;
const MOST_MARGIN: usize = 28;

/// So many labels without a number stand in the margin of such a text at least; others hang their paragraphs under numbers.
const LEAST_LABELS: usize = 3;

/// So many labels on lines one after another are the first column of a table.
const LEAST_ROWS: usize = 3;

/// What a line has in the margin and in the column, in bytes.
enum Place {
    /// A blank line, or one that keeps to neither.
    Other,
    /// Text in the column, or further in.
    Column(usize),
    /// Words in the margin, and where text stands beside them, where it begins.
    Margin(Option<usize>),
}

/// The text with what stands in the margin in one piece before its text, a TAB between them; the hyphens of words that the margin
/// broke are left out. Other texts are as they were.
pub(super) fn unfolded(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let Some(column) = column(&lines) else { return text.into() };
    let width = lines.iter().filter_map(|l| in_column(l, column)).map(|t| t.chars().count()).max().unwrap_or_default();
    let mut out: Vec<Cow<str>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        match place(line, column) {
            Place::Margin(Some(_)) => {
                let beside = |l: &&&str| matches!(place(l, column), Place::Margin(_)) && !l.starts_with('\u{C}');
                let run = &lines[at..=at + lines[at + 1..].iter().take_while(beside).count()];
                let labels: Vec<&[&str]> = run.chunk_by(|above, l| goes_on(above, l, column, width)).collect();
                at += run.len();
                if labels.len() >= LEAST_ROWS {
                    out.extend(run.iter().map(|l| Cow::from(*l)));
                    continue;
                }
                out.extend(labels.into_iter().map(|lines| labelled(lines, column).into()));
                continue;
            }
            Place::Column(begins) if line.starts_with('\u{C}') => out.push(format!("\u{C}{}", &line[begins..]).into()),
            Place::Column(begins) => out.push(line[begins..].into()),
            Place::Margin(None) | Place::Other => out.push((*line).into()),
        }
        at += 1;
    }
    out.join("\n").into()
}

/// Whether the words in the margin of a line go on with those of the line above: no text stands beside them, a word is broken, or
/// the text above fills its line.
fn goes_on(above: &str, line: &str, column: usize, width: usize) -> bool {
    let (Some(before), Some(text)) = (in_column(above, column), in_column(line, column)) else { return true };
    let label = above.trim_end().strip_suffix(before).unwrap_or_default().trim_end();
    let first = text.split(' ').next().unwrap_or_default();
    let is_full = before.chars().count() + first.chars().count() >= width;
    label.ends_with('-') || is_full && !before.ends_with('.') || line.trim_start().starts_with('(')
}

/// The text of a line in the column.
fn in_column(line: &str, column: usize) -> Option<&str> {
    match place(line, column) {
        Place::Column(begins) | Place::Margin(Some(begins)) => Some(line[begins..].trim_end()),
        Place::Margin(None) | Place::Other => None,
    }
}

/// The words in the margin of some lines, a TAB, and their text.
fn labelled(lines: &[&str], column: usize) -> String {
    let (mut label, mut text) = (String::new(), Vec::new());
    for line in lines {
        let Place::Margin(begins) = place(line, column) else { continue };
        if label.ends_with('-') {
            label.pop();
        } else if !label.is_empty() {
            label.push(' ');
        }
        label.push_str(line[..begins.unwrap_or(line.len())].trim_end());
        text.extend(begins.map(|at| line[at..].trim_end()));
    }
    format!("{label}\t{}", text.join("\n"))
}

/// Where the text's column begins, in characters, where labels stand beside most of it.
fn column(lines: &[&str]) -> Option<usize> {
    let mut indents: BTreeMap<usize, usize> = BTreeMap::new();
    let written = || lines.iter().filter(|l| !l.trim().is_empty());
    for line in written() {
        *indents.entry(indent(line)).or_default() += 1;
    }
    let (&column, _) = indents.range(LEAST_MARGIN..=MOST_MARGIN).max_by_key(|(_, count)| *count)?;
    let (mut beside, mut labels, mut under) = (0, 0, 0);
    for line in written() {
        match place(line, column) {
            Place::Margin(Some(begins)) => {
                beside += 1;
                // Labels with a colon are understood as they stand.
                let label = line[..begins].trim_end();
                labels += usize::from(!label.ends_with(':') && !label.contains(|c: char| c.is_ascii_digit()));
            }
            Place::Margin(None) | Place::Column(_) => under += 1,
            Place::Other => {}
        }
    }
    (labels >= LEAST_LABELS && under * 2 >= beside && (beside + under) * 4 >= written().count() * 3).then_some(column)
}

fn indent(line: &str) -> usize {
    line.trim_start_matches('\u{C}').chars().take_while(|c| *c == ' ').count()
}

fn place(line: &str, column: usize) -> Place {
    let lead = line.len() - line.trim_start_matches('\u{C}').len();
    let indent = indent(line);
    let byte = |chars: usize| line[lead..].char_indices().nth(chars).map(|(at, _)| lead + at);
    if line.trim().is_empty() {
        Place::Other
    } else if indent >= column {
        byte(column).map_or(Place::Other, Place::Column)
    } else if indent > LEAST_MARGIN / 2 {
        Place::Other
    } else {
        match byte(column) {
            None => Place::Margin(None),
            Some(at) if line[..at].ends_with("  ") && !line[at..].starts_with(' ') => Place::Margin(Some(at)),
            Some(_) => Place::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_the_margin_stand_before_their_text() {
        let text = "        VIK SOKNERÅD\n\nMøte          torsdag 11. oktober\n              1973 kl. 19.\n\nTil stede     Eva Lie, Per Ås.\n\n\
                    Sak 41/73     Orgelet.\n\n              Belgen er sprukket, og\n              det haster med å få den\n              bytt.\n\nVedtak        Belgen blir \
                    bytt, og\n(enst.)       orgelet stemt.\n\n              Rådet takker.\n";
        let expected = "        VIK SOKNERÅD\n\nMøte\ttorsdag 11. oktober\n1973 kl. 19.\n\nTil stede\tEva Lie, Per Ås.\n\n\
                        Sak 41/73\tOrgelet.\n\nBelgen er sprukket, og\ndet haster med å få den\nbytt.\n\nVedtak (enst.)\tBelgen blir bytt, og\norgelet \
                        stemt.\n\nRådet takker.\n";
        assert_eq!(unfolded(text), expected);
        // Paragraphs that hang under their numbers have no labels beside them.
        let hanging = text.replace("Møte      ", "Sak 39/73 ").replace("Til stede", "Sak 40/73");
        assert_eq!(unfolded(&hanging), hanging);
        // In capitals, over lines without text.
        let broken = text.replace(
            "Vedtak        Belgen blir bytt, og\n(enst.)       orgelet stemt.",
            "SAKS-         Økonomien er slik, og\nOPPLYS-       orgelet stemt.\nNINGER",
        );
        let expected = "\n\nSAKSOPPLYSNINGER\tØkonomien er slik, og\norgelet stemt.\n";
        // Spaces at the end of a line change nothing.
        for text in [broken.clone(), broken.replace("slik, og\n", "slik, og \n")] {
            let unfolded = unfolded(&text);
            assert!(unfolded.contains(expected), "{unfolded}");
        }
    }
}
