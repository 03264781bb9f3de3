//! Adopted as proposed, but decision and proposal differ.

use super::{Check, Rule, Subject, about, is_minutes, number};
use crate::extract::line::Folded;
use crate::finding::{Finding, Level};
use crate::lang::{Field, lexicon};
use crate::model::{Case, Outcome, Record, Vote, VoteForm};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "decision-differs",
    level: Level::Warning,
    subject: Subject::Decision,
    summary: "adopted as proposed, but decision and proposal differ",
    summary_nb: "vedtatt som foreslått, men vedtak og forslag er ulike",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Where the only vote of a case is unanimous and there is one proposal, the decision should be that proposal; words or
numbers that differ are reported.

## Why it matters
Either the proposal was changed and the minutes do not say so, or the decision was copied wrongly.

## Example
1 June proposed, 1 September decided, *enstemmig vedtatt*.

## How to resolve
Look in the case paper and the signed minutes.

## Exceptions
Cases with several proposals or votes; decisions that put off, withdraw or note the matter; decisions that only refer to the proposal or hold
all its sentences and more; decisions that tell the proposal in words of their own, where the vote does not name it; decisions after a
deliberation, where the vote does not say what it was on; differences in punctuation.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in record.documents.iter().filter(|d| is_minutes(d)) {
        for case in &document.cases {
            let (Some(decision), [proposal], [vote]) =
                (&case.decision, case.proposals.as_slice(), case.votes.as_slice())
            else {
                continue;
            };
            if vote.form != VoteForm::Unanimous
                || !matches!(decision.outcome, Outcome::Adopted | Outcome::Recommended | Outcome::Rejected)
            {
                continue;
            }
            let (proposed, decided) = (words(&proposal.text.value), words(&decision.text.value));
            let refers = lexicon().boilerplate.is_match(&Folded::text_of(&decision.text.value));
            let kept = sentences(&decision.text.value);
            let holds_all = sentences(&proposal.text.value).iter().all(|s| kept.contains(s));
            // "Utvalget rår fylkestinget til å gjøre slikt vedtak:", and under it what was decided
            let introduced = proposal.text.value.split_once(":\n").is_some_and(|(_, rest)| words(rest) == decided);
            let settled = case.deliberation.is_some() && !names_proposal(vote);
            if holds_all
                || introduced
                || decided.ends_with(&proposed)
                || proposed == decided
                || refers
                || settled
                || amended(case)
            {
                continue;
            }
            let gone: Vec<&String> = proposed.iter().filter(|w| !decided.contains(w)).collect();
            let come: Vec<&String> = decided.iter().filter(|w| !proposed.contains(w)).collect();
            let list = |w: &[&String]| w.iter().take(6).map(|w| w.as_str()).collect::<Vec<_>>().join(" ");
            // The same told anew shares some of its words: neither a copy with changes nor another matter.
            let least = proposed.len().min(decided.len());
            let shared = proposed.iter().filter(|w| decided.contains(w)).count();
            let told_anew = vote.on.is_none() && shared * 2 < least && shared * 5 > least;
            if gone.is_empty() && come.is_empty() || told_anew {
                continue;
            }
            found.push(
                about(&RULE, record, document, &number(case))
                    .say(
                        format!(
                            "adopted unanimously, but \"{}\" was proposed and \"{}\" decided",
                            list(&gone),
                            list(&come)
                        ),
                        format!("enstemmig vedtatt, men «{}» var foreslått og «{}» vedtatt", list(&gone), list(&come)),
                    )
                    .value("proposed_only", list(&gone))
                    .value("decided_only", list(&come))
                    .at(proposal.text.at.spans())
                    .at(decision.text.at.spans())
                    .sealed(),
            );
        }
    }
    found
}

/// The words of each sentence or point.
fn sentences(text: &str) -> Vec<Vec<String>> {
    text.split('\n').flat_map(|line| line.split(". ")).map(words).filter(|words| !words.is_empty()).collect()
}

fn words(text: &str) -> Vec<String> {
    Folded::text_of(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// No word for a proposal is so short.
const SHORT_WORD: usize = 4;

/// Whether a vote tells what it was on; after a deliberation, `Enstemmig` says it of the decision.
fn names_proposal(vote: &Vote) -> bool {
    let said = Folded::text_of(&vote.said.value);
    let is_proposal = |word: &str| {
        let begins = |label: &str| label.len() > SHORT_WORD && word.starts_with(label);
        lexicon().labels.iter().any(|(label, field)| *field == Field::Proposal && begins(label))
    };
    vote.on.is_some() || said.split(' ').any(is_proposal)
}

/// Whether the deliberation speaks of changes to the proposal, or the vote of those that were made.
fn amended(case: &Case) -> bool {
    let lexicon = lexicon();
    let moved = |text: &str| lexicon.moved_kinds.iter().any(|(w, _)| text.contains(w.as_str()));
    let changed =
        |text: &str| lexicon.particles.get("changed").into_iter().flatten().any(|w| text.contains(w.as_str()));
    case.deliberation.as_ref().is_some_and(|d| moved(&Folded::text_of(&d.value)))
        || case.votes.iter().any(|v| changed(&Folded::text_of(&v.said.value)))
}
