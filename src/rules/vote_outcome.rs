//! The stated outcome contradicts the counts.

use super::{Check, Rule, Subject, about, number};
use crate::finding::{Finding, Level};
use crate::lang::lexicon;
use crate::model::{Record, Vote, VoteForm, VoteOutcome};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "vote-outcome",
    level: Level::Error,
    subject: Subject::Vote,
    summary: "the stated outcome contradicts the counts",
    summary_nb: "oppgitt utfall strider mot stemmetallene",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the outcome that is told with the numbers: adopted with fewer for than against, rejected with more for,
*unanimous* with votes against.

## Why it matters
A decision may stand in the archive that was never made.

## Example
`Vedtatt med 11 mot 14 stemmer`.

## How to resolve
Look in the signed minutes which of the two holds.

## Exceptions
A tie that the chair's double vote decided; elections, where a plurality is enough. `Falt med 5 mot 2` has two for it:
what fell is read with the larger number against it.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        for case in &document.cases {
            for vote in &case.votes {
                let Some((en, nb)) = contradiction(vote) else { continue };
                found.push(
                    about(&RULE, record, document, &number(case))
                        .say(format!("{en}: \"{}\"", vote.said.value), format!("{nb}: «{}»", vote.said.value))
                        .value("said", vote.said.value.as_str())
                        .at(vote.said.at.spans())
                        .sealed(),
                );
            }
        }
    }
    found
}

fn contradiction(vote: &Vote) -> Option<(String, String)> {
    let against = vote.against.as_ref().map_or(vote.against_names.len(), |c| c.value as usize);
    let said = vote.said.value.to_lowercase();
    // "Punkt 1 ble vedtatt med 6 mot 1 stemme, punkt 2 enstemmig."
    let points = said.split([' ', ',']).filter(|w| lexicon().is_particle("points", w.trim_end_matches('.'))).count();
    let told = points < 2 && lexicon().votes.unanimous.is_match(&said);
    let unanimous = vote.form == VoteForm::Unanimous || told;
    if unanimous && against > 0 && vote.form != VoteForm::Alternatives {
        return Some((format!("unanimous with {against} against"), format!("enstemmig med {against} mot")));
    }
    let is_qualified = lexicon().votes.qualified.is_match(&said);
    if matches!(vote.form, VoteForm::Secret | VoteForm::Alternatives) || is_qualified {
        return None;
    }
    let pro = match (&vote.for_count, vote.for_names.len()) {
        (Some(c), _) => c.value as usize,
        (None, 0) => return None,
        (None, n) => n,
    };
    if vote.against.is_none() && vote.against_names.is_empty() {
        return None;
    }
    let tie = pro == against;
    match vote.outcome? {
        VoteOutcome::Adopted if pro < against || tie && !vote.casting_vote => Some((
            format!("adopted with {pro} for and {against} against"),
            format!("vedtatt med {pro} for og {against} mot"),
        )),
        VoteOutcome::Rejected if pro > against => Some((
            format!("rejected with {pro} for and {against} against"),
            format!("falt med {pro} for og {against} mot"),
        )),
        _ => None,
    }
}
