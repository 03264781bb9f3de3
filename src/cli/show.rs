//! `motebok show`

use std::io::Write;
use std::path::PathBuf;

use motebok::document::{Block, BlockKind};
use motebok::finding::Finding;
use motebok::mask::mask;
use motebok::model::{At, Case, Document, Record, Sourced, Table, Vote};
use motebok::pipeline;
use serde::Serialize;

use super::{Context, Exit};

#[derive(clap::Args)]
#[command(after_help = "\
Each value stands with its place: [12:4-14] is block 12, bytes 4 to 14.
A container shows its entries one after the other.")]
pub(super) struct Args {
    /// File to read
    file: PathBuf,
    /// The record as JSON; several, one a line, where the file is a container
    #[arg(long)]
    json: bool,
    /// Show the texts whole
    #[arg(long)]
    full: bool,
    /// Show national identity numbers
    #[arg(long)]
    unmask: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let (records, findings) = pipeline::in_memory(std::slice::from_ref(&args.file), &context.options(None))?;
    for record in &records {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(record)?)?;
        } else {
            Show { args, context, out: &mut *out }.record(record, &findings)?;
        }
    }
    Ok(Exit::Done)
}

/// How much of a text is shown, in characters.
const SHORT: usize = 90;

struct Show<'a> {
    args: &'a Args,
    context: &'a Context,
    out: &'a mut dyn Write,
}

impl Show<'_> {
    fn record(&mut self, record: &Record, findings: &[Finding]) -> std::io::Result<()> {
        let (lang, paint) = (self.context.lang, self.context.paint);
        let source = &record.source;
        writeln!(self.out, "{}", paint.style("1", &source.path))?;
        let puid = source.format.puid.as_deref().unwrap_or("–");
        self.plain("format", &format!("{} ({puid}; {})", source.format.name, source.format.basis))?;
        for warning in &source.format.warnings {
            self.plain("", &paint.style("33", warning))?;
        }
        self.plain("status", &format!("{} ({})", status(record), lang.status(record.status)))?;
        for problem in &record.problems {
            self.plain("problem", &paint.style("31", &format!("{}: {}", problem.code.as_str(), problem.message)))?;
        }
        if let Some(encoding) = &source.encoding {
            self.plain("encoding", &encoding.chosen)?;
        }
        self.plain("language", &format!("{:?}", record.language).to_lowercase())?;
        self.head(&format!("{} {}", record.blocks.len(), lang.pick("blokker", "blocks")))?;
        for block in &record.blocks {
            self.block(block)?;
        }
        for document in &record.documents {
            self.document(document)?;
        }
        let findings: Vec<&Finding> = findings.iter().filter(|f| f.path == source.path).collect();
        self.head(&format!("{} {}", findings.len(), lang.pick("funn", "findings")))?;
        for finding in findings {
            let level = paint.level(finding.level, &format!("{:7}", finding.level.as_str()));
            let cases = finding.cases.join(", ");
            let message = self.clean(lang.message(finding));
            writeln!(self.out, "  {level} {}  {cases}  {message}", finding.rule)?;
        }
        writeln!(self.out)
    }

    fn block(&mut self, block: &Block) -> std::io::Result<()> {
        let kind = match block.kind {
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "para",
            BlockKind::ListItem => "item",
            BlockKind::Table => "table",
            BlockKind::Header => "header",
            BlockKind::Footer => "footer",
            BlockKind::Footnote => "note",
            BlockKind::Comment => "comment",
        };
        let label = block.label.as_deref().map(|l| format!("{l} ")).unwrap_or_default();
        let text = self.short(&block.text);
        let id = self.context.paint.style("2", &format!("{:>5} {kind:8}", block.id));
        writeln!(self.out, "{id} {label}{text}")
    }

    fn document(&mut self, document: &Document) -> std::io::Result<()> {
        let (first, last) = document.blocks;
        self.head(&format!("{} {} ({first}–{last})", document.id, word(&document.kind)))?;
        let meeting = &document.meeting;
        for (name, value) in [
            ("title", &document.title),
            ("body", &document.body),
            ("municipality", &document.municipality),
            ("reference", &document.reference),
            ("case officer", &document.case_officer),
            ("document date", &document.document_date),
            ("meeting date", &meeting.date),
            ("end date", &meeting.end_date),
            ("start", &meeting.start),
            ("end", &meeting.end),
            ("place", &meeting.place),
            ("number", &meeting.number),
            ("chair", &meeting.chair),
            ("secretary", &meeting.secretary),
        ] {
            self.optional(name, value.as_ref())?;
        }
        let coverage = document.coverage;
        if let Some(share) = (100 * coverage.explained).checked_div(coverage.seen) {
            self.plain(
                "coverage",
                &format!("{share} % of {} words of vote, decision and amount are explained", coverage.seen),
            )?;
        }
        for person in &document.attendance {
            let mut what = word(&person.status);
            for more in [&person.role, &person.represents, &person.deputy_for].into_iter().flatten() {
                what.push_str(", ");
                what.push_str(&more.value);
            }
            self.value(&what, &person.name)?;
        }
        for case in &document.cases {
            self.case(case)?;
        }
        for table in &document.tables {
            self.table(table)?;
        }
        for planned in &document.planned_meetings {
            self.value(&format!("planned {}", planned.date.value), &planned.body)?;
        }
        for attachment in &document.attachments {
            self.value("attachment", &attachment.title)?;
        }
        for signature in &document.signatures {
            self.value(if signature.signed { "signed" } else { "signature" }, &signature.name)?;
        }
        Ok(())
    }

    fn case(&mut self, case: &Case) -> std::io::Result<()> {
        let number = case.number.as_ref().map_or_else(|| "–".to_owned(), |n| n.value.to_string());
        let title = self.clean(&case.title.value);
        let head = self.context.paint.style("1;36", &format!("{number}  {title}"));
        writeln!(self.out, "  {head} {}", self.place(&case.title.at))?;
        self.optional("archive reference", case.archive_reference.as_ref())?;
        self.optional("case officer", case.case_officer.as_ref())?;
        self.optional("background", case.background.as_ref())?;
        for proposal in &case.proposals {
            self.value(&word(&proposal.kind), &proposal.text)?;
            self.optional("by", proposal.by.as_ref())?;
        }
        self.optional("deliberation", case.deliberation.as_ref())?;
        for vote in &case.votes {
            self.value(&vote_words(vote), &vote.said)?;
        }
        if let Some(decision) = &case.decision {
            self.value(&format!("decision ({})", word(&decision.outcome)), &decision.text)?;
        }
        for attachment in &case.attachments {
            self.value("attachment", &attachment.title)?;
        }
        for reference in &case.references {
            let place = self.place(&reference.number.at);
            self.plain("reference", &format!("{} {place}", reference.number.value))?;
        }
        for table in &case.tables {
            self.table(table)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> std::io::Result<()> {
        let columns: Vec<&str> =
            table.columns.iter().map(|c| c.label.as_ref().map_or("–", |l| l.value.as_str())).collect();
        self.plain(&format!("table ({})", word(&table.kind)), &columns.join(" | "))?;
        let rows =
            table.rows.iter().map(|r| (&r.label, &r.cells)).chain(table.totals.iter().map(|t| (&t.label, &t.cells)));
        for (label, cells) in rows {
            let cells: Vec<&str> = cells.iter().map(|c| c.as_ref().map_or("–", |c| c.value.as_str())).collect();
            self.value(&cells.join(" | "), label)?;
        }
        Ok(())
    }

    fn head(&mut self, text: &str) -> std::io::Result<()> {
        writeln!(self.out, "\n{}", self.context.paint.style("1", text))
    }

    fn plain(&mut self, name: &str, text: &str) -> std::io::Result<()> {
        writeln!(self.out, "  {name:18} {text}")
    }

    fn value(&mut self, name: &str, value: &Sourced<String>) -> std::io::Result<()> {
        let text = self.context.paint.style("32", &self.short(&value.value));
        let place = self.place(&value.at);
        writeln!(self.out, "    {name:16} {text} {place}")
    }

    fn optional(&mut self, name: &str, value: Option<&Sourced<String>>) -> std::io::Result<()> {
        value.map_or(Ok(()), |value| self.value(name, value))
    }

    fn place(&self, at: &At) -> String {
        let spans: Vec<String> = at.spans().iter().map(|s| format!("{}:{}-{}", s.block, s.start, s.end)).collect();
        self.context.paint.style("2", &format!("[{}]", spans.join(" ")))
    }

    /// A text on one line, cut where it is long.
    fn short(&self, text: &str) -> String {
        let text = self.clean(text).replace(['\n', '\u{2028}'], " ⏎ ").replace('\t', " ⇥ ");
        match text.char_indices().nth(SHORT) {
            Some((end, _)) if !self.args.full => format!("{}…", &text[..end]),
            _ => text,
        }
    }

    /// A text without identity numbers and without what a terminal would obey.
    fn clean(&self, text: &str) -> String {
        let text = if self.args.unmask { text.into() } else { mask(text) };
        text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
    }
}

fn status(record: &Record) -> String {
    word(&record.status)
}

fn vote_words(vote: &Vote) -> String {
    let count = |n: &Option<Sourced<u32>>| n.as_ref().map_or_else(|| "–".to_owned(), |n| n.value.to_string());
    format!("vote {} {}:{}", word(&vote.form), count(&vote.for_count), count(&vote.against))
}

/// The word by which a value of an enumeration stands in records.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
