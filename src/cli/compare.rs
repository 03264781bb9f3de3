//! `motebok compare`

use std::io::Write;
use std::path::PathBuf;

use motebok::archive::{Archive, pretty};
use motebok::compare::{Difference, compare};
use motebok::mask::mask;

use super::{Context, Exit};

/// How many changed fields of a record are shown.
const FIELDS: usize = 10;

/// The longest value shown, in characters.
const LONGEST: usize = 90;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  motebok compare ut-0.1 ut-0.2             records, fields and findings that a new version gives otherwise
  motebok compare ut-0.1 ut-0.2 --json")]
pub(super) struct Args {
    /// Output folder of the earlier run
    a: PathBuf,
    /// Output folder of the later run
    b: PathBuf,
    /// All of it as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let difference = compare(&Archive::open(&args.a)?, &Archive::open(&args.b)?)?;
    if args.json {
        out.write_all(&pretty(&difference)?)?;
    } else {
        tell(&difference, context, out)?;
    }
    Ok(Exit::Done)
}

fn tell(difference: &Difference, context: &Context, out: &mut dyn Write) -> std::io::Result<()> {
    let (lang, paint) = (context.lang, context.paint);
    if difference.is_empty() {
        return writeln!(out, "{}", lang.pick("Ingen forskjell.", "No difference."));
    }
    for (sign, code, paths) in [("+", "32", &difference.added), ("-", "31", &difference.removed)] {
        for path in paths {
            writeln!(out, "{} {path}", paint.style(code, sign))?;
        }
    }
    for (path, changes) in &difference.changed {
        writeln!(out, "{} {}", paint.style("33", "~"), paint.style("1", path))?;
        for change in changes.iter().take(FIELDS) {
            writeln!(out, "    {}", mask(&change.field))?;
            for (sign, code, value) in [("-", "31", &change.before), ("+", "32", &change.after)] {
                if let Some(value) = value {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    writeln!(out, "      {} {}", paint.style(code, sign), short(&mask(&text)))?;
                }
            }
        }
        if changes.len() > FIELDS {
            writeln!(out, "    {} {}", changes.len() - FIELDS, lang.pick("felt til", "more fields"))?;
        }
    }
    for (sign, code, findings) in [("+", "31", &difference.new_findings), ("-", "32", &difference.gone_findings)] {
        for finding in findings {
            let (sign, message) = (paint.style(code, sign), short(&mask(lang.message(finding))));
            writeln!(out, "{sign} {}  {}: {message}", finding.rule, finding.path)?;
        }
    }
    writeln!(out)?;
    for (count, what) in [
        (difference.same, lang.pick("poster like", "records the same")),
        (difference.changed.len() as u64, lang.pick("poster endret", "records changed")),
        (difference.added.len() as u64, lang.pick("poster nye", "records new")),
        (difference.removed.len() as u64, lang.pick("poster borte", "records gone")),
        (difference.new_findings.len() as u64, lang.pick("funn nye", "findings new")),
        (difference.gone_findings.len() as u64, lang.pick("funn borte", "findings gone")),
    ] {
        writeln!(out, "{:>9}  {what}", lang.number(count))?;
    }
    for (field, count) in &difference.fields {
        writeln!(out, "{:>9}  {field}", lang.number(*count))?;
    }
    Ok(())
}

/// A value on one line.
fn short(text: &str) -> String {
    let line = text.replace('\n', " ⏎ ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
