//! `motebok explain`

use std::io::Write;

use anyhow::bail;
use motebok::rules::RULES;

use super::{Context, Exit};

/// The manual pages of the problem codes, a section each.
const PROBLEMS: &str = include_str!("../../docs/problems.md");

#[derive(clap::Args)]
pub(super) struct Args {
    /// A rule, as `motebok rules` lists them, or a problem code, as records and the ledger name them
    rule: String,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let paint = context.paint;
    if let Some(page) = problem(&args.rule) {
        writeln!(out, "{}", paint.style("1", &args.rule))?;
        return page
            .trim()
            .lines()
            .try_for_each(|line| writeln!(out, "  {line}"))
            .map(|()| Exit::Done)
            .map_err(Into::into);
    }
    let Some(rule) = RULES.iter().find(|r| r.id == args.rule) else {
        let near: Vec<&str> = RULES.iter().map(|r| r.id).filter(|id| is_near(id, &args.rule)).collect();
        let cure = if near.is_empty() {
            "`motebok rules` lists them".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        bail!("there is no rule or problem code {}; {cure}", args.rule);
    };
    writeln!(out, "{}  {}", paint.style("1", rule.id), paint.level(rule.level, rule.level.as_str()))?;
    writeln!(out, "{}", context.lang.summary(rule))?;
    for line in rule.manual.lines() {
        match line.trim_start_matches('#') {
            title if title.len() < line.len() => writeln!(out, "{}", paint.style("1", title.trim()))?,
            "" => writeln!(out)?,
            text => writeln!(out, "  {text}")?,
        }
    }
    Ok(Exit::Done)
}

/// What the documentation says of a problem code.
fn problem(code: &str) -> Option<&'static str> {
    PROBLEMS.split("\n## ").skip(1).find_map(|page| page.strip_prefix(code)?.strip_prefix('\n'))
}

/// Whether two rule names share a word.
fn is_near(id: &str, asked: &str) -> bool {
    id.split('-').any(|word| word.len() > 3 && asked.split(['-', '_', ' ']).any(|a| a == word))
}
