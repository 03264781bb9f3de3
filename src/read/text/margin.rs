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

use super::layout::list_mark;

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

impl Place {
    /// Where the text in the column begins.
    fn begins(&self) -> Option<usize> {
        match self {
            Self::Column(begins) | Self::Margin(Some(begins)) => Some(*begins),
            Self::Margin(None) | Self::Other => None,
        }
    }
}

/// A text without the margin beside it.
pub(super) struct Unfolded<'a> {
    /// The text with what stands in the margin in one piece before what stands beside it.
    pub(super) text: Cow<'a, str>,
    /// The lines of the column alone, where there is one.
    pub(super) column: Option<String>,
}

/// The text with what stands in the margin in one piece: a label before its text, a TAB between them, and the number and title
/// of a case over it. The hyphens of words that the margin broke are left out. Other texts are as they were.
pub(super) fn unfolded(text: &str) -> Unfolded<'_> {
    let lines: Vec<&str> = text.split('\n').collect();
    let Some(column) = column(&lines) else { return Unfolded { text: text.into(), column: None } };
    let inside: Vec<&str> = lines.iter().filter_map(|l| in_column(l, column)).collect();
    let width = inside.iter().map(|t| t.chars().count()).max().unwrap_or_default();
    let mut out: Vec<Cow<str>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        match place(line, column) {
            Place::Margin(Some(_)) => {
                let run = run(&lines[at..], column);
                at += run.len();
                if heads_case(run, column) {
                    out.push(over_text(run, column).into());
                    continue;
                }
                let labels: Vec<&[&str]> = run.chunk_by(|above, l| goes_on(above, l, column, width)).collect();
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
    Unfolded { text: out.join("\n").into(), column: Some(inside.join("\n")) }
}

/// The lines at the beginning of `lines` that have words in the margin.
fn run<'r, 't>(lines: &'r [&'t str], column: usize) -> &'r [&'t str] {
    let beside = |l: &&&str| matches!(under(l, column), Place::Margin(_)) && !l.starts_with('\u{C}');
    &lines[..=lines[1..].iter().take_while(beside).count()]
}

/// Whether the margin of some lines has the number of a case and its title under it, and no labels: `Sak 22/86`, `Ny kai`.
fn heads_case(run: &[&str], column: usize) -> bool {
    let number = in_margin(run[0], column);
    let titled = run[1..].iter().map(|l| in_margin(l, column)).filter(|words| !words.contains(':'));
    number.contains(|c: char| c.is_ascii_digit()) && !number.contains(':') && titled.count() > 0
}

/// What some lines have in the margin, and under it their text.
fn over_text(run: &[&str], column: usize) -> String {
    let mut text: Vec<&str> =
        run.iter().map(|l| l[under(l, column).begins().unwrap_or(l.len())..].trim_end()).collect();
    text.truncate(text.iter().rposition(|t| !t.is_empty()).map_or(0, |last| last + 1));
    format!("{}\n\n{}", joined(run, column), text.join("\n"))
}

/// Whether the words in the margin of a line go on with those of the line above: no text stands beside them, a word is broken, or
/// the text above fills its line.
fn goes_on(above: &str, line: &str, column: usize, width: usize) -> bool {
    let text_of = |line: &'_ str| under(line, column).begins().map(|at| line[at..].trim().to_owned());
    let (before, text) = match (text_of(above), text_of(line)) {
        (Some(before), Some(text)) => (before, text),
        // "Sak 18/97   RUTEPLAN", and under it "Arkiv: 811.2"
        (_, None) => return !line.contains(": "),
        (None, _) => return !above.contains(": "),
    };
    let label = in_margin(above, column);
    let first = text.split(' ').next().unwrap_or_default();
    let is_full = before.chars().count() + first.chars().count() >= width;
    label.ends_with('-') || is_full && !before.ends_with('.') || line.trim_start().starts_with('(')
}

/// The text of a line in the column.
fn in_column(line: &str, column: usize) -> Option<&str> {
    place(line, column).begins().map(|begins| line[begins..].trim_end())
}

/// The words that a line has in the margin.
fn in_margin(line: &str, column: usize) -> &str {
    line[..under(line, column).begins().unwrap_or(line.len())].trim()
}

/// The words in the margin of some lines; a dash stays, and the hyphen of a broken word goes.
fn joined(lines: &[&str], column: usize) -> String {
    let mut words = String::new();
    for line in lines {
        if words.ends_with('-') && !words.ends_with(" -") {
            words.pop();
        } else if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(in_margin(line, column));
    }
    words
}

/// The words in the margin of some lines, a TAB, and their text. The points of a list stand under the label, and so does what
/// stands beside a number.
fn labelled(lines: &[&str], column: usize) -> String {
    let text: Vec<&str> = lines.iter().filter_map(|l| Some(l[under(l, column).begins()?..].trim_end())).collect();
    let label = joined(lines, column);
    if text.is_empty() {
        return label;
    }
    let is_list = text.first().is_some_and(|t| list_mark(t).is_some());
    // "J.nr. 988/89", and beside it "Innstilling:"
    let heads = label.contains(|c: char| c.is_ascii_digit()) && text.first().is_some_and(|t| t.ends_with(':'));
    format!("{label}{}{}", if is_list || heads { "\n\n" } else { "\t" }, text.join("\n"))
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

/// The same of a line under words in the margin, where one space may be all that parts them from the text.
fn under(line: &str, column: usize) -> Place {
    placed(line, column, " ")
}

fn place(line: &str, column: usize) -> Place {
    placed(line, column, "  ")
}

fn placed(line: &str, column: usize, gap: &str) -> Place {
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
            Some(at) if line[..at].ends_with(gap) && (gap.len() == 1 || !line[at..].starts_with(' ')) => {
                Place::Margin(Some(at))
            }
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
        assert_eq!(unfolded(text).text, expected);
        // Paragraphs that hang under their numbers have no labels beside them.
        let hanging = text.replace("Møte      ", "Sak 39/73 ").replace("Til stede", "Sak 40/73");
        assert_eq!(unfolded(&hanging).text, hanging);
        // In capitals, over lines without text.
        let broken = text.replace(
            "Vedtak        Belgen blir bytt, og\n(enst.)       orgelet stemt.",
            "SAKS-         Økonomien er slik, og\nOPPLYS-       orgelet stemt.\nNINGER",
        );
        let expected = "\n\nSAKSOPPLYSNINGER\tØkonomien er slik, og\norgelet stemt.\n";
        // Spaces at the end of a line change nothing.
        for text in [broken.clone(), broken.replace("slik, og\n", "slik, og \n")] {
            let unfolded = unfolded(&text).text;
            assert!(unfolded.contains(expected), "{unfolded}");
        }
    }

    #[test]
    fn the_number_and_title_of_a_case_stand_over_its_text() {
        let text = "Til stede:          Eva Lie, leder\n                    Per Ås\n\nSak 22/86           I brev av 2. april søker lærer Moe om\n\
                    Permisjonssøknad -  permisjon uten lønn skoleåret 1986/87.\nlærer Moe ved       Grunnen er videreutdan-\n\
                    skole nr. 2 i bygde ning.\nlaget\n\nJ.nr. 12/86         Rektors innstilling:\n                    Moe får permisjon.\n\n\
                    Sak 23/86           NY LEIRSKOLE\nArkiv: 033\n                    Prisen er gått opp.\n\n\
                    Fylkesmannens       1. Leiren godkjennes med de endrin-\ninnstilling            ger som går fram av saken.\n";
        let expected = "Til stede:\tEva Lie, leder\nPer Ås\n\nSak 22/86 Permisjonssøknad - lærer Moe ved skole nr. 2 i bygde laget\n\n\
                        I brev av 2. april søker lærer Moe om\npermisjon uten lønn skoleåret 1986/87.\nGrunnen er videreutdan-\nning.\n\n\
                        J.nr. 12/86\n\nRektors innstilling:\nMoe får permisjon.\n\nSak 23/86\tNY LEIRSKOLE\nArkiv: 033\nPrisen er gått opp.\n\n\
                        Fylkesmannens innstilling\n\n1. Leiren godkjennes med de endrin-\n   ger som går fram av saken.\n";
        let unfolded = unfolded(text);
        assert_eq!(unfolded.text, expected);
        assert!(unfolded.column.is_some_and(|column| column.starts_with("Eva Lie, leder\nPer Ås\nI brev av")));
    }
}
