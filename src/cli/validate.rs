//! `motebok validate`

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use motebok::schema;
use motebok::validate::RecordValidator;
use serde_json::Value;

use super::{Context, Exit};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Records
    #[arg(required = true)]
    file: Vec<PathBuf>,
}

/// How many faults of a kind are listed for a file.
const LISTED: usize = 20;

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let validator = RecordValidator::new(&schema::record()).map_err(|e| anyhow!(e))?;
    let mut faulty = 0;
    for file in &args.file {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let faults = match serde_json::from_slice::<Value>(&bytes) {
            Ok(record) => validator.faults(&record, LISTED),
            Err(error) => vec![format!("not JSON: {error}")],
        };
        faulty += u64::from(!faults.is_empty());
        for fault in faults {
            writeln!(out, "{}: {fault}", file.display())?;
        }
    }
    let (all, lang) = (args.file.len() as u64, context.lang);
    writeln!(
        out,
        "{} {}, {} {}",
        all - faulty,
        lang.pick("gyldige", "valid"),
        faulty,
        lang.pick("ugyldige", "not valid")
    )?;
    Ok(if faulty > 0 { Exit::Failed } else { Exit::Done })
}
