//! Gold scores 1 against itself, and less where something is missing, wrong or too many.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Gold, Scores, score};
use crate::finding::Finding;

fn gold() -> Value {
    json!({
        "documents": [{
            "kind": "minutes", "body": "Formannskapet", "meeting": {"date": "1999-11-09"},
            "attendance": [{"name": "Kari Li", "status": "present"}],
            "cases": [{
                "number": {"series": "F", "sequence": 45, "year": 1999}, "title": "Budsjett",
                "decision": {"text": "Budsjettet for neste år vedtas.", "outcome": "adopted"},
                "votes": [{"form": "counts", "for": 5, "against": 2}],
            }],
        }],
        "findings": [{"rule": "vote-total", "cases": ["F 45/99"]}],
    })
}

fn finding(rule: &str, case: &str) -> Finding {
    let finding = json!({
        "rule": rule, "level": "error", "message": "", "message_nb": "", "path": "a/x.doc", "cases": [case],
        "at": [], "values": {}, "fingerprint": "",
    });
    serde_json::from_value(finding).unwrap()
}

fn scored(record: Value, findings: &[Finding]) -> Scores {
    let gold = vec![Gold { family: "a".into(), name: "x.doc".into(), content: gold() }];
    score(&(gold, BTreeMap::new()), &["a/x.doc".into()], |_| Some(record.clone()), findings, "")
}

#[test]
fn gold_against_itself_is_perfect() {
    let scores = scored(gold(), &[finding("vote-total", "F 45/99")]);
    assert_eq!(scores.headline(), Some(1.0), "{}", scores.table(20));
    assert!(scores.total.differences.is_empty());
}

#[test]
fn faults_cost() {
    let mut record = gold();
    record["documents"][0]["cases"][0]["votes"] = json!([]);
    record["documents"][0]["cases"][0]["decision"]["text"] = json!("Saken utsettes.");
    let scores = scored(record, &[finding("vote-total", "F 46/99"), finding("vote-outcome", "F 45/99")]);
    for field in ["votes", "decision_text", "findings"] {
        assert_eq!(scores.total.scores(field).unwrap().2, 0.0, "{field}");
    }
    assert_eq!(scores.total.scores("case_number").unwrap().2, 1.0);
    assert_eq!(scores.total.fields["findings"].extra, 2);
}
