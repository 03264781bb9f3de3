//! `motebok check`

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use motebok::pipeline::{self, Options};

use super::progress::Bar;
use super::{Context, Exit, LevelArg};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Output folder of a run
    out: PathBuf,
    /// How many records to check side by side [default: the number of cores]
    #[arg(short, long)]
    jobs: Option<NonZeroUsize>,
    /// Use what people corrected (corrections.jsonl) in place of what was read
    #[arg(long)]
    corrected: bool,
    /// End with 1 where there are findings of this level or above
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<LevelArg>,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let bar = Bar::new(context.lang);
    let options = Options { corrected: args.corrected, ..context.options(args.jobs) };
    let ran = pipeline::check(&args.out, &options, &|progress| bar.tell(progress))?;
    drop(bar);
    context.tell(&args.out, ran, args.fail_on, out)
}
