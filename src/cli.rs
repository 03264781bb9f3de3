//! The command line: the only place that knows clap, anyhow, the environment and the terminal.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand, ValueEnum};
use serde::Deserialize;

use motebok::archive::{Archive, ArchiveError};
use motebok::finding::Level;
use motebok::messages::Lang;
use motebok::pipeline::{self, Ocr, Options, Ran, RunError};
use motebok::report::terminal::{self, Paint};
use motebok::report::{Report, ReportError, View, html};
use motebok::rules::RULES;
use motebok::search::SearchError;
use motebok::verdict::Verdicts;

mod check;
mod compare;
mod eval;
mod explain;
mod progress;
mod report;
mod rules;
mod run;
mod search;
mod serve;
mod show;
mod validate;
mod verdict;

/// Turns old municipal agendas and minutes into checked, searchable records.
#[derive(Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  motebok run arkiv/ -o ut           read a folder, write records, findings and a report to ut/
  motebok search ut 'AU 23/22'       find cases, decisions, tables, findings
  motebok serve ut --open            the same in the browser
  motebok show protokoll.doc         how one file is read
  motebok explain vote-total         what a rule looks for
  motebok check ut                   run the rules again

Exit codes: 0 done; 1 findings at or above --fail-on; 2 some files could not be read; 64 wrong usage; 74 output not writable.
Options may stand in motebok.toml: jobs, lang, fail_on, and levels of rules under [levels]."
)]
struct Cli {
    /// Language of messages and reports [default: that of the environment]
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
    /// File with options [default: motebok.toml in the working folder, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read files and folders into an output folder; picks up where it stopped
    Run(run::Args),
    /// Search the archive of an output folder
    Search(search::Args),
    /// Read and search the archive of an output folder in the browser
    Serve(serve::Args),
    /// Show how one file is read: format, blocks, what was extracted
    Show(show::Args),
    /// Run the rules again over the records of an output folder
    Check(check::Args),
    /// Write the report of an output folder again
    Report(report::Args),
    /// What changed between two runs
    Compare(compare::Args),
    /// Judge a finding; later runs carry the verdict over
    Verdict(verdict::Args),
    /// List the rules
    Rules(rules::Args),
    /// Show the manual page of a rule
    Explain(explain::Args),
    /// Check records against the schema
    Validate(validate::Args),
    /// Measure accuracy against gold files
    Eval(eval::Args),
    /// Read files for a run
    #[command(hide = true)]
    Worker,
}

#[derive(Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LangArg {
    /// Norwegian bokmål
    Nb,
    /// English
    En,
}

#[derive(Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LevelArg {
    Info,
    Warning,
    Error,
}

impl From<LevelArg> for Level {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Info => Self::Info,
            LevelArg::Warning => Self::Warning,
            LevelArg::Error => Self::Error,
        }
    }
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum OcrArg {
    /// On pages without text, where tesseract is installed
    #[default]
    Auto,
    Never,
    Always,
}

impl From<OcrArg> for Ocr {
    fn from(ocr: OcrArg) -> Self {
        match ocr {
            OcrArg::Auto => Self::Auto,
            OcrArg::Never => Self::Never,
            OcrArg::Always => Self::Always,
        }
    }
}

/// Options in a file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    jobs: Option<NonZeroUsize>,
    lang: Option<LangArg>,
    fail_on: Option<LevelArg>,
    #[serde(default)]
    levels: BTreeMap<String, LevelArg>,
}

/// How the program ends (contract section 4; 64 and 74 are EX_USAGE and EX_IOERR of sysexits.h).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exit {
    Done = 0,
    Findings = 1,
    Failed = 2,
    Usage = 64,
    Output = 74,
}

/// What every subcommand gets beside its arguments.
struct Context {
    lang: Lang,
    config: Config,
    paint: Paint,
}

impl Context {
    fn options(&self, jobs: Option<NonZeroUsize>) -> Options {
        let levels = self.config.levels.iter().map(|(rule, level)| (rule.clone(), (*level).into())).collect();
        Options { jobs: jobs.or(self.config.jobs), levels, ..Options::default() }
    }

    /// Writes the report of a run or check, and tells its summary.
    fn tell(&self, root: &Path, mut ran: Ran, fail_on: Option<LevelArg>, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let archive = Archive::open(root)?;
        let exit = self.exit(&ran, &archive.verdicts()?, fail_on);
        let _lock = ran.lock.take();
        let report = Report::new(&archive, ran, View { lang: self.lang, ..View::default() })?;
        html::write(&report)?;
        write!(out, "{}", terminal::summary(&report, self.paint))?;
        Ok(exit)
    }

    /// The exit code of a run or check. Findings that were judged do not count.
    fn exit(&self, ran: &Ran, verdicts: &Verdicts, fail_on: Option<LevelArg>) -> Exit {
        use motebok::document::ProblemCode::Unsupported;
        use motebok::model::Status::Failed;
        if ran.ledger.iter().any(|l| l.status == Failed && l.problem != Some(Unsupported)) {
            return Exit::Failed;
        }
        let least = fail_on.or(self.config.fail_on).map(Level::from);
        let is_reached =
            least.is_some_and(|least| ran.findings.iter().any(|f| f.level >= least && !verdicts.settle(f)));
        if is_reached { Exit::Findings } else { Exit::Done }
    }
}

pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            // Where even this cannot be written there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(exit as u8);
        }
    };
    let exit = match run(cli) {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => Exit::Done,
        Err(error) => {
            let _ = writeln!(io::stderr(), "motebok: {error:#}");
            exit_of(&error)
        }
    };
    ExitCode::from(exit as u8)
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    if matches!(cli.command, Command::Worker) {
        pipeline::work()?;
        return Ok(Exit::Done);
    }
    let config = config(cli.config)?;
    let lang = match cli.lang.or(config.lang) {
        Some(LangArg::Nb) => Lang::Nb,
        Some(LangArg::En) => Lang::En,
        None => Lang::of_locale(&locale()),
    };
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let context = Context { lang, config, paint: Paint(io::stdout().is_terminal() && !is_plain) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let exit = match cli.command {
        Command::Run(args) => run::run(&args, &context, &mut out),
        Command::Search(args) => search::run(&args, &context, &mut out),
        Command::Serve(args) => serve::run(&args, &context, &mut out),
        Command::Show(args) => show::run(&args, &context, &mut out),
        Command::Check(args) => check::run(&args, &context, &mut out),
        Command::Report(args) => report::run(&args, &context, &mut out),
        Command::Compare(args) => compare::run(&args, &context, &mut out),
        Command::Verdict(args) => verdict::run(&args, &context, &mut out),
        Command::Rules(args) => rules::run(&args, &context, &mut out),
        Command::Explain(args) => explain::run(&args, &context, &mut out),
        Command::Validate(args) => validate::run(&args, &context, &mut out),
        Command::Eval(args) => eval::run(&args, &context, &mut out),
        Command::Worker => Ok(Exit::Done),
    }?;
    out.flush()?;
    Ok(exit)
}

/// The locale for messages, in the order that POSIX gives.
fn locale() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

fn config(given: Option<PathBuf>) -> anyhow::Result<Config> {
    let file = given.clone().unwrap_or_else(|| PathBuf::from("motebok.toml"));
    if given.is_none() && !file.exists() {
        return Ok(Config::default());
    }
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let config: Config = toml::from_str(&text).with_context(|| format!("{} is not understood", file.display()))?;
    for rule in config.levels.keys() {
        if !RULES.iter().any(|r| r.id == rule) {
            bail!("{}: there is no rule {rule}; `motebok rules` lists them", file.display());
        }
    }
    Ok(config)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

fn exit_of(error: &anyhow::Error) -> Exit {
    let archive = error.downcast_ref::<ArchiveError>().or(match error.downcast_ref::<RunError>() {
        Some(RunError::Output(inner) | RunError::Search(SearchError::Archive(inner))) => Some(inner),
        Some(RunError::Search(SearchError::Index(_))) => return Exit::Output,
        _ => match error.downcast_ref::<ReportError>() {
            Some(ReportError::Archive(inner)) => Some(inner),
            _ => None,
        },
    });
    use ArchiveError::{Busy, Full, NotAFolder, Write};
    match archive {
        Some(NotAFolder(_) | Write(..) | Full(..) | Busy(_)) => Exit::Output,
        _ => Exit::Usage,
    }
}
