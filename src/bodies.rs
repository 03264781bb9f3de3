//! The life of each body: its meetings and which of their minutes were approved, its case numbers and which are missing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::{DocumentFact, Facts};
use crate::model::Kind;

/// One line of `bodies.jsonl`: a body of a municipality or organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The municipality or organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// The body.
    pub body: String,
    /// Its meetings, in order of date.
    pub meetings: Vec<Meeting>,
    /// Its case numbers, by year and series.
    pub series: Vec<Series>,
}

/// A day on which a body met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// Paths of its agendas.
    pub agendas: Vec<String>,
    /// Paths of its minutes.
    pub minutes: Vec<String>,
    /// The day of the first later meeting that approves its minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<String>,
}

/// The case numbers of a series in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The letters; absent where numbers stand alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The year.
    pub year: i16,
    /// The first number at hand.
    pub first: u32,
    /// The last number at hand.
    pub last: u32,
    /// Rows of numbers between them that are not at hand, each as its first and last.
    pub missing: Vec<(u32, u32)>,
}

/// The bodies at hand, in order of municipality and name.
#[must_use]
pub fn bodies(facts: &Facts) -> Vec<Body> {
    let mut series: BTreeMap<&(String, String), Vec<Series>> = BTreeMap::new();
    for ((body, _, year), found) in facts.series() {
        let numbers: Vec<u32> = found.numbers.keys().copied().collect();
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { continue };
        let gaps = numbers.windows(2).filter(|w| w[1] - w[0] > 1).map(|w| (w[0] + 1, w[1] - 1)).collect();
        let line = Series { series: found.name, year, first: *first, last: *last, missing: gaps };
        series.entry(body).or_default().push(line);
    }
    let by_body = facts.by_body().into_iter();
    by_body
        .map(|(key, documents)| {
            let mut series = series.remove(key).unwrap_or_default();
            series.sort_by(|a, b| (a.year, &a.series).cmp(&(b.year, &b.series)));
            Body {
                municipality: documents.iter().find_map(|d| d.municipality.clone()),
                body: documents.iter().find_map(|d| d.body.clone()).unwrap_or_default(),
                meetings: meetings(&documents),
                series,
            }
        })
        .collect()
}

fn meetings(documents: &[&DocumentFact]) -> Vec<Meeting> {
    let mut days: BTreeMap<&str, Meeting> = BTreeMap::new();
    let mut approvals: BTreeMap<&str, &str> = BTreeMap::new();
    for document in documents {
        let Some(date) = document.date.as_deref() else { continue };
        if !matches!(document.kind, Kind::Agenda | Kind::Minutes) {
            continue;
        }
        let meeting = days.entry(date).or_default();
        let paths = if document.kind == Kind::Agenda { &mut meeting.agendas } else { &mut meeting.minutes };
        if paths.last() != Some(&document.path) {
            paths.push(document.path.clone());
        }
        for (day, _) in document.cases.iter().flat_map(|c| &c.approves).filter(|(day, _)| day.as_str() < date) {
            let approved = approvals.entry(day).or_insert(date);
            *approved = date.min(approved);
        }
    }
    let approved = |date: &str| approvals.get(date).map(|a| (*a).to_owned());
    days.into_iter().map(|(date, m)| Meeting { date: date.to_owned(), approved: approved(date), ..m }).collect()
}
