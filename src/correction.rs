//! A correction: what a person says stands in a field, beside what the machine read.

use std::collections::BTreeMap;

use crate::model::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One line of `corrections.jsonl`. Of several about one field the last counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// SHA-256 of the file: a correction goes with the content, wherever the file lies.
    pub sha256: String,
    /// Where the file lay when it was corrected.
    pub path: String,
    /// The field: a JSON Pointer (RFC 6901) into the record, below `/documents`.
    pub field: String,
    /// What the machine had read: the field's value.
    pub machine: Value,
    /// What the person says.
    pub person: String,
    /// Why.
    pub why: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it was said: RFC 3339, in UTC.
    #[serde(default)]
    pub at: String,
}

/// The corrections that count, by content and field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    by_field: BTreeMap<(String, String), Correction>,
    /// Lines of `corrections.jsonl`, from 1, that are no correction.
    pub damaged: Vec<usize>,
}

impl Corrections {
    /// Takes in a correction; it takes the place of an earlier one of the same field.
    pub fn add(&mut self, correction: Correction) {
        self.by_field.insert((correction.sha256.clone(), correction.field.clone()), correction);
    }

    /// What was said of a field of a file.
    #[must_use]
    pub fn of(&self, sha256: &str, field: &str) -> Option<&Correction> {
        self.by_field.get(&(sha256.to_owned(), field.to_owned()))
    }

    /// The record with what people say in place of what the machine read. A correction of another value than the one that
    /// stands there now is passed over, and so is one that cannot be such a value.
    #[must_use]
    pub fn applied(&self, record: Record) -> Record {
        let corrections: Vec<&Correction> = self.of_file(&record.source.sha256).collect();
        let json = if corrections.is_empty() { None } else { serde_json::to_value(&record).ok() };
        let Some(mut json) = json else { return record };
        for correction in corrections {
            let value = json.pointer_mut(&correction.field).and_then(|field| field.get_mut("value"));
            if let Some(value) = value.filter(|value| **value == correction.machine)
                && let Some(person) = value_of(&correction.machine, &correction.person)
            {
                *value = person;
            }
        }
        serde_json::from_value(json).unwrap_or(record)
    }

    /// All that counts, in order of content and field.
    pub fn all(&self) -> impl Iterator<Item = &Correction> {
        self.by_field.values()
    }

    /// All that was said of a file, in order of field.
    pub fn of_file<'a>(&'a self, sha256: &str) -> impl Iterator<Item = &'a Correction> {
        let from = (sha256.to_owned(), String::new());
        self.by_field.range(from..).map(|(_, c)| c).take_while(move |c| c.sha256 == sha256)
    }
}

/// What a person wrote as a value like the machine's: a date as a date, a number as a number. None where it is no such
/// value.
#[must_use]
pub fn value_of(machine: &Value, person: &str) -> Option<Value> {
    let person = person.trim();
    match machine {
        Value::String(machine) if is_date(machine) => is_date(person).then(|| person.into()),
        Value::String(_) => (!person.is_empty()).then(|| person.into()),
        Value::Number(_) => person.parse::<u32>().ok().map(Value::from),
        Value::Object(keys) if keys.contains_key("sequence") => case_number(person),
        _ => None,
    }
}

/// `YYYY-MM-DD`, as records give days.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// `AU 23/22`, `23/2022`, `4`: series, number and year.
fn case_number(text: &str) -> Option<Value> {
    let (series, numbers) = text.rsplit_once(' ').map_or((None, text), |(series, numbers)| (Some(series), numbers));
    let (sequence, year) = numbers.split_once('/').map_or((numbers, None), |(n, year)| (n, Some(year)));
    let sequence: u32 = sequence.parse().ok()?;
    let year: Option<i16> = year.map(str::parse).transpose().ok()?;
    let year = year.map(|year| match year {
        0..40 => 2000 + year,
        40..100 => 1900 + year,
        _ => year,
    });
    Some(serde_json::json!({ "series": series, "sequence": sequence, "year": year }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_persons_value_is_of_the_machines_kind() {
        for (machine, person, expected) in [
            (json!("2014-03-12"), "2014-03-13", Some(json!("2014-03-13"))),
            (json!("2014-03-12"), "13. mars", None),
            (json!("Ny skole"), " Ny barneskole ", Some(json!("Ny barneskole"))),
            (json!(7), "8", Some(json!(8))),
            (json!(7), "åtte", None),
            (
                json!({"series": "AU", "sequence": 3, "year": 2014}),
                "AU 23/98",
                Some(json!({"series": "AU", "sequence": 23, "year": 1998})),
            ),
            (
                json!({"series": null, "sequence": 3, "year": null}),
                "4",
                Some(json!({"series": null, "sequence": 4, "year": null})),
            ),
        ] {
            assert_eq!(value_of(&machine, person), expected, "{person}");
        }
    }
}
