//! `motebok rules`

use std::io::Write;

use motebok::rules::RULES;

use super::{Context, Exit};

#[derive(clap::Args)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    if args.json {
        let rules: Vec<_> = RULES
            .iter()
            .map(|r| serde_json::json!({"rule": r.id, "level": r.level, "summary": r.summary, "summary_nb": r.summary_nb}))
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rules)?)?;
        return Ok(Exit::Done);
    }
    let width = RULES.iter().map(|r| r.id.len()).max().unwrap_or_default();
    for rule in RULES {
        let level = context.paint.level(rule.level, &format!("{:7}", rule.level.as_str()));
        writeln!(out, "{:width$}  {level}  {}", rule.id, context.lang.summary(rule))?;
    }
    Ok(Exit::Done)
}
