//! `motebok verdict`

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::ValueEnum;
use motebok::archive::Archive;
use motebok::verdict::{Judgement, Verdict};

use super::{Context, Exit};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  motebok verdict ut 3f0c2a91b7d4e658 accept --why \"Saken ble trukket\" --by KH
  motebok verdict ut 3f0c2a91b7d4e658 wrong --why \"Summen gjelder to tabeller\"

A finding's fingerprint stands in the report and in findings.jsonl. Later runs carry the verdict over. A later verdict on
the same finding takes the place of an earlier one; verdicts.jsonl keeps both.")]
pub(super) struct Args {
    /// Output folder of a run
    out: PathBuf,
    /// Fingerprint of the finding
    fingerprint: String,
    /// What is said of it
    verdict: JudgementArg,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum JudgementArg {
    /// It is so, and may stay so
    Accept,
    /// It was so, and the file has been mended
    Fixed,
    /// It is not so: a false alarm
    Wrong,
}

impl From<JudgementArg> for Judgement {
    fn from(judgement: JudgementArg) -> Self {
        match judgement {
            JudgementArg::Accept => Self::Accept,
            JudgementArg::Fixed => Self::Fixed,
            JudgementArg::Wrong => Self::Wrong,
        }
    }
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.out)?;
    let findings = archive.findings()?;
    let Some(finding) = findings.iter().find(|f| f.fingerprint == args.fingerprint) else {
        bail!(
            "{} has no finding {}; the fingerprints stand in its findings.jsonl and report.html",
            args.out.display(),
            args.fingerprint
        );
    };
    let verdict = Verdict::now(finding, args.verdict.into(), args.why.clone(), args.by.clone());
    archive.judge(&verdict)?;
    let lang = context.lang;
    writeln!(out, "{}: {} – {}", finding.rule, lang.message(finding), lang.judgement(verdict.verdict))?;
    Ok(Exit::Done)
}
