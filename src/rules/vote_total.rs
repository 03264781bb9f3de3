//! Names and stated counts differ, or more votes than people present.

use std::collections::BTreeSet;

use super::{Check, Rule, Subject, about, number};
use crate::extract::municipality;
use crate::finding::{Finding, Level};
use crate::model::{AttendanceStatus, Document, Record, Sourced, Vote, VoteForm};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "vote-total",
    level: Level::Error,
    subject: Subject::Vote,
    summary: "names and stated counts differ, or more votes than people present",
    summary_nb: "navn og oppgitte tall er ulike, eller det er flere stemmer enn møtende",
    manual: MANUAL,
    check: Check::Record(check),
};

const MANUAL: &str = "\
## What it does
Compares the names on each side of a vote with the number stated for that side, and the sum of all votes with the
members and deputies listed as present.

## Why it matters
The result of the vote is part of what the minutes must tell (kommuneloven 2018 § 11-4).

## Example
`For innstillingen stemte 9:` and eight names.

## How to resolve
Count again in the signed minutes or in the list of those present.

## Exceptions
Votes by fewer than those present are right: people leave the room. Minutes without a list of those present, or with one that
names half of those who voted or fewer, as of a general meeting, are only checked for names; ballots over three candidates or
more likewise: where several are elected, everyone has several votes. Municipalities that own a company cast as many votes as they
have shares, so that their number is not that of the votes.
The same sum is reported once a meeting: then the list is short more likely than every vote is wrong.
";

fn check(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    for document in &record.documents {
        let present = present(document);
        // Sums that were reported: where the list is short, every vote of the meeting says so.
        let mut told = BTreeSet::new();
        for case in &document.cases {
            for vote in &case.votes {
                for (side, names, count) in
                    [("for", &vote.for_names, &vote.for_count), ("against", &vote.against_names, &vote.against)]
                {
                    if let Some(count) = count
                        && !names.is_empty()
                        && names.len() != count.value as usize
                        && !are_owners(names)
                    {
                        let (named, stated) = (names.len(), count.value);
                        let said_nb = if side == "for" {
                            format!("{named} navn for, {stated} stemmer oppgitt")
                        } else {
                            format!("{named} navn mot, {stated} stemmer oppgitt")
                        };
                        found.push(
                            about(&RULE, record, document, &number(case))
                                .say(format!("{named} names {side}, {stated} votes stated"), said_nb)
                                .value("side", side)
                                .value("names", named)
                                .value("stated", stated)
                                .at(count.at.spans())
                                .sealed(),
                        );
                    }
                }
                let cast = cast(vote);
                // Of a general meeting the minutes name but those who have an office.
                let names_few = cast >= present * 2;
                if cast > present && !names_few && !has_many_candidates(vote) && told.insert(cast) {
                    found.push(
                        about(&RULE, record, document, &number(case))
                            .say(
                                format!("{cast} votes, {present} present"),
                                format!("{cast} stemmer, {present} til stede"),
                            )
                            .value("votes", cast)
                            .value("present", present)
                            .at(vote.said.at.spans())
                            .sealed(),
                    );
                }
            }
        }
    }
    found
}

/// Whether municipalities vote, as the owners of a company do: each casts as many votes as it has shares.
fn are_owners(names: &[Sourced<String>]) -> bool {
    names.iter().all(|name| !municipality::named(&name.value).is_empty())
}

/// How many votes are stated or named, on all sides.
fn cast(vote: &Vote) -> usize {
    let side =
        |count: &Option<Sourced<u32>>, names: usize| count.as_ref().map_or(names, |c| (c.value as usize).max(names));
    side(&vote.for_count, vote.for_names.len()) + side(&vote.against, vote.against_names.len()) + side(&vote.abstain, 0)
}

/// Whether a ballot tells more numbers than a vote has sides: `Ås fikk 9 stemmer, Lie 7 og Moe 4`.
fn has_many_candidates(vote: &Vote) -> bool {
    let told = vote.said.value.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    let sides = [&vote.for_count, &vote.against, &vote.abstain];
    vote.form == VoteForm::Secret && told > sides.into_iter().flatten().count()
}

/// How many with a vote are listed as present.
fn present(document: &Document) -> usize {
    document
        .attendance
        .iter()
        .filter(|a| matches!(a.status, AttendanceStatus::Present | AttendanceStatus::Deputy))
        .count()
}
