//! `motebok eval`

use std::io::Write;
use std::path::PathBuf;

use motebok::archive;
use motebok::eval;

use super::{Context, Exit};

#[derive(clap::Args)]
#[command(after_help = "\
Gold files stand beside the documents: NAME.gold.json beside NAME, archive.gold.json in the folder.
* marks the fields of the headline, which is the mean of their F1.")]
pub(super) struct Args {
    /// Folder with documents and gold files
    gold: PathBuf,
    /// Score this output folder instead of reading the documents now
    #[arg(long, value_name = "OUT")]
    run: Option<PathBuf>,
    /// List N differences, the headline's first, with the source beside each
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let scores = match &args.run {
        Some(run) => eval::score_archive(run, &args.gold)?,
        None => eval::score_folder(&args.gold, &context.options(None))?,
    };
    if args.json {
        out.write_all(&archive::pretty(&scores.json(args.worst))?)?;
    } else {
        write!(out, "{}", scores.table(args.worst))?;
    }
    Ok(Exit::Done)
}
