//! Findings against gold: what was asked for, what may stand beside it, what is too many.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::text::{case_set, list};
use super::{Difference, Gold, Tally};
use crate::finding::{Finding, Level};

/// A planted fault may show under a neighbouring rule as well: welcome, not asked for.
const COMPANIONS: &[(&str, &[&str])] = &[
    ("agenda-item-missing", &["case-number-gap"]),
    ("approval-mismatch", &["meeting-date-conflict", "minutes-not-approved"]),
    ("attendance-conflict", &["attendance-count", "voter-not-present", "vote-total"]),
    ("attendance-count", &["vote-total", "quorum-not-met"]),
    ("case-number-duplicated", &["title-mismatch", "case-number-gap"]),
    ("case-year-mismatch", &["case-number-gap", "case-number-duplicated", "reference-unresolved"]),
    ("decision-duplicated", &["decision-differs", "decision-wrong-body", "title-mismatch"]),
    ("decision-missing", &["extraction-suspect"]),
    ("field-missing", &["voter-not-present", "extraction-suspect"]),
    ("field-placeholder", &["field-missing"]),
    ("file-duplicate", &["document-duplicate"]),
    ("file-encrypted", &["file-unreadable", "text-missing"]),
    ("file-unreadable", &["file-mislabelled", "text-missing", "file-encrypted"]),
    ("meeting-date-conflict", &["date-order", "weekday-mismatch", "approval-mismatch"]),
    ("minutes-self-approval", &["approval-mismatch", "meeting-date-conflict", "date-order"]),
    ("quorum-not-met", &["attendance-count"]),
    ("reference-ambiguous", &["reference-unresolved"]),
    ("table-ratio", &["table-total"]),
    ("text-garbled", &["extraction-suspect", "field-missing"]),
    ("text-missing", &["text-garbled", "extraction-suspect"]),
    ("title-mismatch", &["case-number-duplicated", "decision-differs"]),
    ("vote-outcome", &["vote-total", "extraction-suspect"]),
    ("voter-not-present", &["vote-total", "attendance-conflict"]),
    ("weekday-mismatch", &["meeting-date-conflict", "plan-collision"]),
];

/// A finding that belongs to a folder: the documents it names and the one it is reported for.
pub(super) struct Owned<'a> {
    finding: &'a Finding,
    files: BTreeSet<String>,
    main: String,
}

/// A finding that the gold asks for or allows.
#[derive(Clone)]
struct Item {
    rule: String,
    cases: Vec<(i64, Option<i64>)>,
    files: BTreeSet<String>,
    is_info: bool,
    is_optional: bool,
    is_hit: bool,
    said: String,
}

/// The findings by the folder of the first gold document that they name; others are not judged.
pub(super) fn by_family<'a>(findings: &'a [Finding], gold: &[Gold], root: &str) -> BTreeMap<String, Vec<Owned<'a>>> {
    let mut families: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for gold in gold {
        families.entry(&gold.name).or_default().push(&gold.family);
    }
    let whose = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let candidates = families.get(name)?;
        let is_in = |family: &&&str| format!("/{root}/{path}").ends_with(&format!("/{family}/{name}"));
        let family = candidates.iter().find(is_in).or(if candidates.len() == 1 { candidates.first() } else { None })?;
        Some(((*family).to_owned(), name.to_owned()))
    };
    let mut owned: BTreeMap<String, Vec<Owned>> = BTreeMap::new();
    for finding in findings {
        let places: Vec<(String, String)> = std::iter::once(finding.path.as_str())
            .chain(finding.at.iter().map(|place| place.path.as_str()))
            .filter_map(whose)
            .collect();
        if let Some((family, main)) = places.first().cloned() {
            let files = places.into_iter().filter(|(of, _)| *of == family).map(|(_, name)| name).collect();
            owned.entry(family).or_default().push(Owned { finding, files, main });
        }
    }
    owned
}

/// Scores the findings of one folder.
pub(super) fn score(tally: &mut Tally, family: &str, gold: &[Gold], of_folder: &Value, found: &[Owned]) {
    let gold: Vec<&Gold> = gold.iter().filter(|g| g.family == family).collect();
    let mut judged_by_folder: BTreeSet<&str> = rules(&of_folder["rules_judged"]);
    let mut items = Vec::new();
    for finding in list(&of_folder["findings"]) {
        let files = list(&finding["files"]).iter().filter_map(Value::as_str).map(super::text::nfc).collect();
        items.push(item(finding, files));
        if finding["optional"] != true {
            judged_by_folder.extend(finding["rule"].as_str());
        }
    }
    for gold in &gold {
        let own = BTreeSet::from([gold.name.clone()]);
        items.extend(list(&gold.content["findings"]).iter().map(|finding| item(finding, own.clone())));
    }
    let companions: Vec<Item> = items.iter().flat_map(companions_of).collect();
    items.extend(companions);
    items.sort_by_key(|item| (item.is_optional, item.cases.is_empty()));

    let mut rest = Vec::new();
    for owned in found {
        match items.iter_mut().find(|item| !item.is_hit && fits(item, owned)) {
            Some(item) => item.is_hit = true,
            None => rest.push(owned),
        }
    }
    for owned in rest {
        let rule = owned.finding.rule.as_str();
        // Said twice: no harm.
        if items.iter().any(|item| fits(item, owned)) {
            continue;
        }
        let of_file = gold.iter().find(|g| g.name == owned.main).and_then(|g| g.content.get("rules_judged"));
        if !judged_by_folder.contains(rule) && of_file.is_some_and(|judged| !rules(judged).contains(rule)) {
            continue;
        }
        if owned.finding.level == Level::Info {
            tally.info_extra += 1;
            continue;
        }
        tally.rules.entry(rule.to_owned()).or_default().extra += 1;
        tally.count("findings", 0, 1, 0);
        let said = format!("{}: {}", owned.finding.cases.join(", "), owned.finding.message);
        differs(tally, format!("{family}/{}", owned.main), "finding extra", rule.to_owned(), said);
    }
    for item in items.iter().filter(|item| !item.is_optional) {
        let (right, missed) = (u64::from(item.is_hit), u64::from(!item.is_hit));
        let count = tally.rules.entry(item.rule.clone()).or_default();
        count.right += right;
        count.missed += missed;
        tally.count("findings", right, 0, missed);
        if !item.is_hit {
            let files: Vec<&str> = item.files.iter().map(String::as_str).collect();
            let file = format!("{family}/{}", files.join(","));
            differs(tally, file, "finding missing", item.rule.clone(), item.said.clone());
        }
    }
}

fn differs(tally: &mut Tally, file: String, field: &str, gold: String, found: String) {
    tally.differences.push(Difference { file, field: field.to_owned(), gold, found, source: None });
}

fn rules(value: &Value) -> BTreeSet<&str> {
    list(value).iter().filter_map(Value::as_str).collect()
}

fn item(finding: &Value, files: BTreeSet<String>) -> Item {
    let mut cases = case_set(&finding["cases"]);
    cases.extend(case_set(&finding["near"]));
    Item {
        rule: finding["rule"].as_str().unwrap_or_default().to_owned(),
        cases,
        files,
        is_info: finding["level"] == "info",
        is_optional: finding["optional"] == true,
        is_hit: false,
        said: finding["cases"].to_string(),
    }
}

fn companions_of(item: &Item) -> Vec<Item> {
    let companions = COMPANIONS.iter().find(|(rule, _)| *rule == item.rule).map(|(_, c)| *c).unwrap_or_default();
    let beside = |rule: &&str| Item { rule: (*rule).to_owned(), is_info: false, is_optional: true, ..item.clone() };
    companions.iter().map(beside).collect()
}

/// Whether a finding is the one that the gold names: rule, file, level and one of the cases.
fn fits(item: &Item, owned: &Owned) -> bool {
    let finding = owned.finding;
    if item.rule != finding.rule || (!item.files.is_empty() && item.files.is_disjoint(&owned.files)) {
        return false;
    }
    if item.is_info && finding.level != Level::Info {
        return false;
    }
    let cases = case_set(&finding.cases.iter().cloned().map(Value::from).collect());
    item.cases.is_empty() || cases.is_empty() || item.cases.iter().any(|a| cases.iter().any(|b| same_case(*a, *b)))
}

/// Whether two cases are one, also where one of them is printed with the year first.
fn same_case(a: (i64, Option<i64>), b: (i64, Option<i64>)) -> bool {
    let is_turned = || matches!((a.1, b.1), (Some(x), Some(y)) if (a.0, x % 100) == (y % 100, b.0));
    (a.0 == b.0 && (a.1.is_none() || b.1.is_none() || a.1 == b.1)) || is_turned()
}
