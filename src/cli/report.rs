//! `motebok report`

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use motebok::archive::{self, Archive};
use motebok::report::csv::List;
use motebok::report::{Report, View, csv, html, json, sarif};

use super::{Context, Exit};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  motebok report ut                                        write ut/report.html and ut/findings.csv again
  motebok report ut --format csv --list decisions > v.csv  every decision, for a spreadsheet
  motebok report ut --format sarif > funn.sarif            for viewers of analysis results")]
pub(super) struct Args {
    /// Output folder of a run
    out: PathBuf,
    /// Form: html goes to OUT/report.html, the others to standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// What a csv lists
    #[arg(long, value_enum, default_value_t)]
    list: ListArg,
    /// Use what people corrected (corrections.jsonl) in place of what was read
    #[arg(long)]
    corrected: bool,
    /// Show national identity numbers
    #[arg(long)]
    unmask: bool,
    /// Show what stands in cases closed to the public
    #[arg(long)]
    closed: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Html,
    Csv,
    Sarif,
    Json,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum ListArg {
    #[default]
    Findings,
    Cases,
    Decisions,
    Fees,
    MissingNumbers,
}

impl From<ListArg> for List {
    fn from(list: ListArg) -> Self {
        match list {
            ListArg::Findings => Self::Findings,
            ListArg::Cases => Self::Cases,
            ListArg::Decisions => Self::Decisions,
            ListArg::Fees => Self::Fees,
            ListArg::MissingNumbers => Self::MissingNumbers,
        }
    }
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.out)?;
    let archive = if args.corrected { archive.corrected()? } else { archive };
    let view = View { lang: context.lang, unmask: args.unmask, closed: args.closed };
    let _lock = matches!(args.format, Format::Html).then(|| archive.lock()).transpose()?;
    let report = Report::open(&archive, view)?;
    match args.format {
        Format::Html => {
            html::write(&report)?;
            writeln!(out, "{}", archive.file("report.html").display())?;
        }
        Format::Csv => csv::write(&report, args.list.into(), out)?,
        Format::Sarif => out.write_all(&archive::pretty(&sarif::report(&report))?)?,
        Format::Json => out.write_all(&archive::pretty(&json::report(&report)?)?)?,
    }
    Ok(Exit::Done)
}
