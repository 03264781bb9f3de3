//! `motebok search`

use std::fmt::Write as _;
use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use motebok::archive::Archive;
use motebok::mask::mask;
use motebok::report::csv;
use motebok::search::{self, Answer, Found, Order, Question, Search};

use super::{Context, Exit};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  motebok search ut medlemsavgift                       words, in any inflection
  motebok search ut '\"ny skole\" OR skolebygg'           phrase; OR, AND, NOT, brackets
  motebok search ut 'AU 23/22'                          a case number, in any form
  motebok search ut 'kontin* year:2010..2014'           the beginning of a word; a range
  motebok search ut 'budsjett outcome:rejected' --json
  motebok search ut 'amount:>100000 kind:table' --facets

Fields: kind (case, decision, proposal, table, meeting, document, finding), body, municipality, year, date, series,
outcome, person, amount, rule, level, title, path. A word with ~ after it may be spelled otherwise.")]
pub(super) struct Args {
    /// Output folder of a run
    out: PathBuf,
    /// What to look for
    #[arg(required_unless_present = "batch")]
    query: Vec<String>,
    /// Of this body
    #[arg(long)]
    body: Option<String>,
    /// Of this year, or years as 2010..2014
    #[arg(long)]
    year: Option<String>,
    /// Of this kind: case, decision, proposal, table, meeting, document, finding
    #[arg(long)]
    kind: Option<String>,
    /// Of this series of case numbers
    #[arg(long)]
    series: Option<String>,
    /// Findings of this rule
    #[arg(long)]
    rule: Option<String>,
    /// How many cases to show
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// The order
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Results as JSON, one answer a line
    #[arg(long, group = "form")]
    json: bool,
    /// Results as a table for a spreadsheet
    #[arg(long, group = "form")]
    csv: bool,
    /// Only how many pieces match
    #[arg(long, group = "form")]
    count: bool,
    /// Count matches by kind, body, municipality, year, outcome, series and rule
    #[arg(long)]
    facets: bool,
    /// Use what people corrected (corrections.jsonl) in place of what was read
    #[arg(long)]
    corrected: bool,
    /// Find cases closed to the public too
    #[arg(long)]
    closed: bool,
    /// Show national identity numbers
    #[arg(long)]
    unmask: bool,
    /// A file with one query a line, answered one after the other
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    batch: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Sort {
    /// The best first
    #[default]
    Relevance,
    /// The newest meeting first
    Date,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.out)?;
    let archive = if args.corrected { archive.corrected()? } else { archive };
    let search = Search::open(&archive)?;
    let search = if search::is_of(&archive) {
        search
    } else {
        let _lock = archive.lock()?;
        search::update(&archive, &archive.ledger()?, &archive.findings()?)?;
        Search::open(&archive)?
    };
    let Some(file) = &args.batch else {
        let query = args.query.join(" ");
        answer(&search, &query, args, context, out)?;
        return Ok(Exit::Done);
    };
    let reader = std::fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    for (i, line) in std::io::BufReader::new(reader).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {}", file.display()))?;
        if !line.trim().is_empty() {
            answer(&search, &line, args, context, out)
                .with_context(|| format!("{}, line {}", file.display(), i + 1))?;
        }
    }
    Ok(Exit::Done)
}

fn answer(search: &Search, query: &str, args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<()> {
    let question = Question {
        query: with_options(query, args)?,
        limit: if args.count { 0 } else { args.limit },
        order: match args.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Date => Order::Date,
        },
        closed: args.closed,
        facets: args.facets,
        ..Question::default()
    };
    let mut answer = search.ask(&question)?;
    if !args.unmask {
        answer.found.iter_mut().for_each(mask_found);
    }
    if args.json {
        let line = serde_json::json!({ "query": query, "answer": answer });
        writeln!(out, "{line}")?;
    } else if args.csv {
        out.write_all(csv::found(&answer.found).as_bytes())?;
    } else if args.count {
        writeln!(out, "{}", answer.pieces)?;
    } else {
        if args.batch.is_some() {
            writeln!(out, "{}", context.paint.style("1;4", query))?;
        }
        tell(&answer, context, out)?;
    }
    Ok(())
}

/// The query with the options that narrow it.
fn with_options(query: &str, args: &Args) -> anyhow::Result<String> {
    let mut whole = query.to_owned();
    if !query.trim().is_empty()
        && [&args.body, &args.year, &args.kind, &args.series, &args.rule].iter().any(|o| o.is_some())
    {
        whole = format!("({query})");
    }
    for (name, value) in [
        ("body", &args.body),
        ("year", &args.year),
        ("kind", &args.kind),
        ("series", &args.series),
        ("rule", &args.rule),
    ] {
        if let Some(value) = value {
            if value.contains('"') {
                bail!("--{name} cannot hold a quotation mark");
            }
            let _ = write!(whole, " {name}:\"{value}\"");
        }
    }
    Ok(whole)
}

fn mask_found(found: &mut Found) {
    found.title = mask(&found.title).into_owned();
    for piece in &mut found.snippet {
        piece.text = mask(&piece.text).into_owned();
    }
}

fn tell(answer: &Answer, context: &Context, out: &mut dyn Write) -> anyhow::Result<()> {
    let (lang, paint) = (context.lang, context.paint);
    match answer.relaxed {
        Some("similar_words") => writeln!(
            out,
            "{}",
            lang.pick(
                "Ingen treff på alle ordene; viser ord som ligner.",
                "Nothing holds all the words; showing words spelled alike."
            )
        )?,
        Some(_) => writeln!(
            out,
            "{}",
            lang.pick(
                "Ingen treff på alle ordene; viser treff på noen av dem.",
                "Nothing holds all the words; showing what holds some."
            )
        )?,
        None => {}
    }
    writeln!(out, "{} {}\n", lang.number(answer.pieces), lang.pick("treff", "matches"))?;
    for found in &answer.found {
        let number = found.number.as_deref().map(|n| format!("{n}  ")).unwrap_or_default();
        writeln!(out, "{}{}", paint.style("1;36", &number), paint.style("1", &found.title))?;
        let about = [&found.municipality, &found.body, &found.date, &found.outcome];
        let about = about.into_iter().flatten().map(String::as_str);
        let page = found.page.map(|p| format!(", {} {p}", lang.pick("side", "page"))).unwrap_or_default();
        let file = format!("{}{page}", found.path);
        let about: Vec<&str> = about.chain([file.as_str()]).collect();
        writeln!(out, "  {}", paint.style("2", &about.join(" · ")))?;
        let mut line = String::new();
        for piece in &found.snippet {
            let text = piece.text.replace('\n', " ");
            line.push_str(&if piece.marked { paint.style("33", &text) } else { text });
        }
        writeln!(out, "  {}\n", line.trim())?;
    }
    for (field, counts) in &answer.facets {
        writeln!(out, "{}", paint.style("1", field))?;
        for count in counts {
            writeln!(out, "{:>9}  {}", lang.number(count.pieces), count.value)?;
        }
    }
    Ok(())
}
