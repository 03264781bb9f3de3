//! An attachment is announced that is neither in the file nor beside it.

use super::{Check, Rule, Subject, about_archive};
use crate::facts::{Facts, folder_and_name};
use crate::finding::{Finding, Level};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "attachment-missing",
    level: Level::Warning,
    subject: Subject::Attachment,
    summary: "an attachment is announced that is neither in the file nor beside it",
    summary_nb: "et vedlegg er varslet, men finnes verken i filen eller ved siden av den",
    manual: MANUAL,
    check: Check::Archive(check),
};

const MANUAL: &str = "\
## What it does
Looks for each numbered attachment among the documents of the file and, by its label or title, among the names of the
files in the same folder.

## Why it matters
An agenda without its attachments does not show what was decided on.

## Example
*Vedlegg 3: Kart over området*, and no third document.

## How to resolve
Look in the case system for the file.

## Exceptions
Attachments that are listed without a number, and files in which no attachment is present at all, say nothing about what was archived: only numbered ones are reported, where another numbered one is present.
";

fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &facts.documents {
        let present = document.attachments.iter().any(|a| a.present);
        if !present {
            continue;
        }
        let (folder, own) = folder_and_name(&document.path);
        let others = facts.whole.files.get(folder).into_iter().flatten().filter(|name| *name != own);
        for attachment in document.attachments.iter().filter(|a| !a.present) {
            let beside = others.clone().any(|name| {
                let name = name.to_lowercase();
                name.starts_with(&format!("{} ", attachment.label.to_lowercase()))
                    || name.contains(&attachment.title.to_lowercase())
            });
            if beside {
                continue;
            }
            let mut finding = about_archive(&RULE, document)
                .say(
                    format!("{} \"{}\" is announced and not there", attachment.label, attachment.title),
                    format!("{} «{}» er varslet, men finnes ikke", attachment.label, attachment.title),
                )
                .value("label", attachment.label.as_str())
                .value("title", attachment.title.as_str())
                .place(document.place(attachment.span));
            finding.cases = attachment.case.iter().map(ToString::to_string).collect();
            found.push(finding.sealed());
        }
    }
    found
}
