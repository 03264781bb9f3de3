//! `motebok report`

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use motebok::archive::{self, Archive};
use motebok::report::{csv, html, json};

use super::{Context, Exit};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Output folder of a run
    out: PathBuf,
    /// Form: html goes to OUT/report.html, the others to standard output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show national identity numbers
    #[arg(long)]
    unmask: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Html,
    Json,
    Csv,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.out)?;
    let (summary, findings) = (archive.summary()?, archive.findings()?);
    match args.format {
        Format::Html => {
            html::write(&archive, &summary, &findings, &archive.ledger()?, context.lang, args.unmask)?;
            writeln!(out, "{}", archive.file("report.html").display())?;
        }
        Format::Json => out.write_all(&archive::pretty(&json::report(&summary, &findings, args.unmask)?)?)?,
        Format::Csv => write!(out, "{}", csv::report(&findings, context.lang, args.unmask))?,
    }
    Ok(Exit::Done)
}
