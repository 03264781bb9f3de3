//! `motebok run`

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use motebok::pipeline::{self, Options, Workers};

use super::progress::Bar;
use super::{Context, Exit, LevelArg, OcrArg};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  motebok run arkiv/ -o ut
  motebok run 2013/ 2014/ 'enkelt/*.doc' -o ut --jobs 4
  motebok run arkiv/ -o ut --fail-on error     ends with 1 where something must be corrected

A second run reads what is new or has changed. A file .motebokignore in a folder names what to leave out, like .gitignore.")]
pub(super) struct Args {
    /// Files, folders and patterns to read; folders and zip archives with all they hold
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// Folder to write to
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    /// How many files to read side by side [default: the number of cores]
    #[arg(short, long)]
    jobs: Option<NonZeroUsize>,
    /// Seconds that reading one input may take, time in OCR apart
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..), default_value_t = Workers::TIMEOUT_SECONDS)]
    timeout: u64,
    /// Memory that each of the processes that read may take, in MiB
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..), default_value_t = Workers::MEMORY_MIB)]
    memory: u64,
    /// End with 1 where there are findings of this level or above
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<LevelArg>,
    /// Read pictures of pages
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    ocr: OcrArg,
    /// Read everything anew; verdicts are kept
    #[arg(long)]
    fresh: bool,
    /// Use what people corrected (corrections.jsonl) in place of what was read
    #[arg(long)]
    corrected: bool,
    /// Compare hashes, not times, to see what has changed
    #[arg(long)]
    verify: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workers = Workers {
        program: Workers::program()?,
        timeout: Duration::from_secs(args.timeout),
        memory: args.memory.saturating_mul(1 << 20),
    };
    let options = Options {
        workers: Some(workers),
        ocr: args.ocr.into(),
        fresh: args.fresh,
        verify: args.verify,
        corrected: args.corrected,
        ..context.options(args.jobs)
    };
    let bar = Bar::new(context.lang);
    let ran = pipeline::run(&args.input, &args.out, &options, &|progress| bar.tell(progress))?;
    drop(bar);
    context.tell(&args.out, ran, args.fail_on, out)
}
