//! What changed between two runs: records, fields, findings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::archive::{Archive, ArchiveError, LedgerLine};
use crate::finding::Finding;

/// What differs between an archive `a` and an archive `b`.
#[derive(Debug, Default, Serialize)]
pub struct Difference {
    /// Paths that only `b` has.
    pub added: Vec<String>,
    /// Paths that only `a` has.
    pub removed: Vec<String>,
    /// How many records are the same but for the places of values.
    pub same: u64,
    /// Records that differ, by path.
    pub changed: BTreeMap<String, Vec<Change>>,
    /// How many changes each field has, by its name without positions: `documents.cases.decision.text`.
    pub fields: BTreeMap<String, u64>,
    /// Findings that only `b` has.
    pub new_findings: Vec<Finding>,
    /// Findings that only `a` has.
    pub gone_findings: Vec<Finding>,
}

/// A field that differs.
#[derive(Debug, PartialEq, Serialize)]
pub struct Change {
    /// The field with its position: `documents[0].cases[PS 3/12].decision.text`.
    pub field: String,
    /// What `a` has; absent where it has nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What `b` has; absent where it has nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.new_findings.is_empty()
            && self.gone_findings.is_empty()
    }
}

/// Compares two archives. Where a value stands is not compared, nor is the text of blocks beyond whether it is the same.
///
/// # Errors
/// Where a file of either archive cannot be read.
pub fn compare(a: &Archive, b: &Archive) -> Result<Difference, ArchiveError> {
    let paths = |ledger: Vec<LedgerLine>| -> BTreeSet<String> { ledger.into_iter().map(|l| l.path).collect() };
    let (of_a, of_b) = (paths(a.ledger()?), paths(b.ledger()?));
    let mut difference = Difference {
        added: of_b.difference(&of_a).cloned().collect(),
        removed: of_a.difference(&of_b).cloned().collect(),
        ..Difference::default()
    };
    for path in of_a.intersection(&of_b) {
        let changes = match (a.record_json(path)?, b.record_json(path)?) {
            (before, after) if before == after => Vec::new(),
            (before, after) => changes(&before, &after),
        };
        if changes.is_empty() {
            difference.same += 1;
            continue;
        }
        for change in &changes {
            *difference.fields.entry(without_positions(&change.field)).or_default() += 1;
        }
        difference.changed.insert(path.clone(), changes);
    }
    let (findings_a, findings_b) = (a.findings()?, b.findings()?);
    difference.new_findings = only_in_first(&findings_b, &findings_a);
    difference.gone_findings = only_in_first(&findings_a, &findings_b);
    Ok(difference)
}

/// The findings of `first` that `second` lacks: the same rule and content in the same file is the same finding.
fn only_in_first(first: &[Finding], second: &[Finding]) -> Vec<Finding> {
    let known: BTreeSet<(&str, &str)> = second.iter().map(|f| (f.path.as_str(), f.fingerprint.as_str())).collect();
    first.iter().filter(|f| !known.contains(&(f.path.as_str(), f.fingerprint.as_str()))).cloned().collect()
}

fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    walk(String::new(), Some(before), Some(after), &mut found);
    found
}

/// Keys that tell where a value stands and not what it is, or that always follow from others.
const PLACES: [&str; 2] = ["at", "coverage"];

fn walk(field: String, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    match (before, after) {
        (a, b) if a == b => {}
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            // A sourced value: what it says counts.
            if let (true, Some(a), Some(b)) = (a.contains_key("at"), a.get("value"), b.get("value")) {
                return walk(field, Some(a), Some(b), found);
            }
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let inner = if field.is_empty() { key.clone() } else { format!("{field}.{key}") };
                match key.as_str() {
                    "blocks" if field.is_empty() => block_texts(a.get(key), b.get(key), found),
                    key if PLACES.contains(&key) => {}
                    key => walk(inner, a.get(key), b.get(key), found),
                }
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            let (a, b) = (keyed(a), keyed(b));
            let keys: BTreeSet<&(String, usize)> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let position = if key.1 == 0 { key.0.clone() } else { format!("{} ({})", key.0, key.1 + 1) };
                walk(format!("{field}[{position}]"), a.get(key).copied(), b.get(key).copied(), found);
            }
        }
        (before, after) => {
            found.push(Change { field, before: before.map(plain), after: after.map(plain) });
        }
    }
}

/// The text of a file, where it differs: how many blocks each has, and the first block that is another.
fn block_texts(before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    let texts = |v: Option<&Value>| -> Vec<String> {
        let blocks = v.and_then(Value::as_array).into_iter().flatten();
        blocks.map(|b| b.get("text").and_then(Value::as_str).unwrap_or_default().to_owned()).collect()
    };
    let (before, after) = (texts(before), texts(after));
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    if same < before.len().max(after.len()) {
        let text = |texts: &[String]| texts.get(same).map(|t| Value::from(t.as_str()));
        found.push(Change { field: format!("blocks[{same}]"), before: text(&before), after: text(&after) });
    }
}

/// The items of a list by what they are: a case by its number, a person by name, other items by place.
fn keyed(items: &[Value]) -> BTreeMap<(String, usize), &Value> {
    let mut keyed = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        let name = ["number", "name", "label"].iter().find_map(|key| item.get(key)?.get("text")?.as_str());
        let name = name.map_or_else(|| i.to_string(), str::to_owned);
        let again = (0..).find(|n| !keyed.contains_key(&(name.clone(), *n))).unwrap_or_default();
        keyed.insert((name, again), item);
    }
    keyed
}

/// A value without the places of its parts.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => match map.get("value").filter(|_| map.contains_key("at")) {
            Some(value) => plain(value),
            None => Value::Object(map.iter().map(|(k, v)| (k.clone(), plain(v))).collect()),
        },
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}

/// `documents[0].cases[PS 3/12].title` → `documents.cases.title`.
fn without_positions(field: &str) -> String {
    let mut depth = 0;
    field
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '[');
            let keep = depth == 0;
            depth -= i32::from(*c == ']');
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_that_moved_is_the_same() {
        let at = |block: u32, value: &str| json!({"title": {"value": value, "text": value, "at": {"block": block}}});
        assert_eq!(changes(&at(1, "Møte"), &at(7, "Møte")), []);
        let changed = changes(&at(1, "Møte"), &at(1, "Moete"));
        assert_eq!(changed.len(), 1);
        assert_eq!((changed[0].field.as_str(), changed[0].after.as_ref().unwrap()), ("title", &json!("Moete")));
    }

    #[test]
    fn cases_are_paired_by_number() {
        let case = |n: &str, title: &str| json!({"number": {"value": n, "text": n, "at": []}, "kind": title});
        let before = json!({"cases": [case("PS 1/12", "a"), case("PS 2/12", "b")]});
        let after = json!({"cases": [case("PS 2/12", "b")]});
        let found = changes(&before, &after);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].field, "cases[PS 1/12]");
        assert!(found[0].after.is_none());
        assert_eq!(without_positions("documents[0].cases[PS 1/12].title"), "documents.cases.title");
    }
}
