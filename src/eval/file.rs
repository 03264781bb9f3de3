//! One record against its gold.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Tally;
use super::likeness::Likeness;
use super::text::{
    Number, decimal, fold, key, list, norm, number, plain, ratio, same_number, string, text_key, word_f1,
};

/// Long texts count as right from this likeness of their words on (contract section 5).
const LONG_TEXT: f64 = 0.95;

/// Titles of cases without a common number belong together from this likeness on.
const TITLE: f64 = 60.0;

/// Titles of attachments belong together from this likeness on.
const ATTACHMENT: f64 = 90.0;

/// Scores one record; none counts as missed.
pub(super) fn score(name: &str, gold: &Value, record: Option<&Value>) -> Tally {
    let blocks = record.map_or(&[][..], |record| list(&record["blocks"]));
    let mut scorer = Scorer { tally: Tally { files: 1, ..Tally::default() }, name, blocks };
    match record {
        None => scorer.tally.missing = 1,
        Some(record) => {
            let status = string(&record["status"]);
            if gold["status"].is_string() && gold["status"] != record["status"] {
                scorer.tally.status_wrong = 1;
            }
            scorer.tally.status.insert(status, 1);
            provenance(&record["documents"], blocks, &mut scorer.tally.provenance);
        }
    }
    scorer.file(gold, record.unwrap_or(&Value::Null));
    scorer.tally
}

struct Scorer<'a> {
    tally: Tally,
    name: &'a str,
    blocks: &'a [Value],
}

/// How much of a block is shown beside a difference, in characters.
const SHOWN: usize = 200;

/// The block of a record that a text of the gold most likely stands in: the one that holds it, or shares most words with
/// it. Of the text found, where the gold has none.
fn source(blocks: &[Value], gold: &str, found: &str) -> Option<String> {
    let wanted = if gold.chars().any(char::is_alphanumeric) && gold != "null" { gold } else { found };
    let wanted = fold(wanted.trim_matches('"'));
    let likeness = |text: &str| {
        let text = fold(text);
        if text.contains(&wanted) { 2.0 } else { word_f1(&wanted, &text) }
    };
    let best = blocks
        .iter()
        .filter_map(|b| Some((likeness(b["text"].as_str()?), b)))
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1["id"].as_u64().cmp(&a.1["id"].as_u64())))
        .filter(|(likeness, _)| *likeness > 0.0)?
        .1;
    let shown: String = norm(&string(&best["text"])).chars().take(SHOWN).collect();
    Some(format!("{}: {shown}", best["id"]))
}

/// Something is there: not null, not empty.
fn is_there(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

fn by_key(gold: &Value, found: &Value) -> bool {
    key(gold) == key(found)
}

impl Scorer<'_> {
    fn differs(&mut self, field: &str, gold: impl ToString, found: impl ToString) {
        let (gold, found) = (gold.to_string(), found.to_string());
        self.tally.differences.push(super::Difference {
            file: self.name.to_owned(),
            field: field.to_owned(),
            source: source(self.blocks, &gold, &found),
            gold,
            found,
        });
    }

    fn like(&mut self, field: &'static str, gold: &str, found: Option<&str>) {
        self.tally.likeness.entry(field).or_default().add(Likeness::of(gold, found));
    }

    fn scalar(&mut self, field: &'static str, gold: &Value, found: &Value, same: impl Fn(&Value, &Value) -> bool) {
        let (in_gold, is_found) = (is_there(gold), is_there(found));
        if let Some(text) = gold.as_str().filter(|_| in_gold) {
            self.like(field, text, found.as_str());
        }
        if in_gold && is_found && same(gold, found) {
            self.tally.count(field, 1, 0, 0);
        } else if in_gold || is_found {
            self.tally.count(field, 0, u64::from(is_found), u64::from(in_gold));
            self.differs(field, gold, found);
        }
    }

    /// Compares `gold[name]` with `found[name]`, where the gold has it.
    fn judged(&mut self, field: &'static str, name: &str, gold: &Value, found: &Value) {
        if let Some(value) = gold.get(name) {
            self.scalar(field, value, &found[name], by_key);
        }
    }

    fn bag(&mut self, field: &'static str, gold: Vec<String>, found: Vec<String>) {
        let mut surplus = counted(found);
        let mut missing = Vec::new();
        let mut right = 0;
        for item in gold {
            match surplus.get_mut(&item).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    right += 1;
                }
                None => missing.push(item),
            }
        }
        let extra: Vec<&String> = surplus.iter().filter(|(_, n)| **n > 0).map(|(item, _)| item).collect();
        let extra_count = surplus.values().sum();
        if !missing.is_empty() || !extra.is_empty() {
            let few = |items: &[String]| items.iter().take(6).cloned().collect::<Vec<_>>().join("; ");
            let extra: Vec<String> = extra.into_iter().cloned().collect();
            self.differs(field, few(&missing), few(&extra));
        }
        self.tally.count(field, right, extra_count, missing.len() as u64);
    }

    /// Pairs long texts with the likest and counts them.
    fn texts(&mut self, field: &'static str, gold: Vec<String>, mut found: Vec<String>) {
        for text in gold {
            let mut best: Option<(f64, usize)> = None;
            for (i, candidate) in found.iter().enumerate() {
                let likeness = word_f1(&text, candidate);
                if best.is_none_or(|(most, _)| likeness > most) {
                    best = Some((likeness, i));
                }
            }
            self.like(field, &text, best.map(|(_, i)| found[i].as_str()));
            match best {
                Some((likeness, i)) if likeness >= LONG_TEXT => {
                    found.remove(i);
                    self.tally.count(field, 1, 0, 0);
                }
                _ => {
                    self.tally.count(field, 0, 0, 1);
                    self.differs(field, &text, best.map_or("", |(_, i)| &found[i]));
                }
            }
        }
        self.tally.count(field, 0, found.len() as u64, 0);
        for text in &found {
            self.differs(field, "", text);
        }
    }

    fn file(&mut self, gold: &Value, record: &Value) {
        let expected = list(&gold["documents"]);
        let found = plain(&record["documents"]);
        let found = list(&found);
        if is_there(&gold["language"]) && !expected.is_empty() {
            self.scalar("language", &gold["language"], &record["language"], by_key);
        }
        if expected.is_empty() && matches!(gold["status"].as_str(), Some("duplicate" | "failed")) {
            return;
        }
        let pairs = align(expected, found);
        for (i, document) in expected.iter().enumerate() {
            let partner = pairs.get(&i).map_or(&Value::Null, |j| &found[*j]);
            self.document(document, partner);
        }
        let judged = |name: &str| expected.iter().any(|d| d.get(name).is_some());
        let mut nothing: Map<String, Value> = ["attendance", "cases", "planned_meetings"]
            .iter()
            .filter(|name| judged(name))
            .map(|name| ((*name).to_owned(), json!([])))
            .collect();
        nothing.insert("kind".to_owned(), Value::Null);
        let nothing = Value::Object(nothing);
        for (j, document) in found.iter().enumerate() {
            let is_by_the_way =
                matches!(document["kind"].as_str(), Some("attachment" | "other")) && !is_there(&document["cases"]);
            if !pairs.values().any(|used| *used == j) && !is_by_the_way {
                self.document(&nothing, document);
            }
        }
        self.tables(expected, found);
    }

    fn document(&mut self, gold: &Value, found: &Value) {
        let (meeting, found_meeting) = (&gold["meeting"], &found["meeting"]);
        self.judged("kind", "kind", gold, found);
        if let Some(body) = gold.get("body") {
            self.scalar("body", body, &found["body"], same_body);
        }
        self.judged("meeting_date", "date", meeting, found_meeting);
        self.judged("dates", "date", meeting, found_meeting);
        self.judged("dates", "end_date", meeting, found_meeting);
        self.judged("dates", "document_date", gold, found);
        for field in ["start", "end", "place"] {
            self.judged(field, field, meeting, found_meeting);
        }
        if gold.get("attendance").is_some() {
            let of = |document: &Value| {
                let people = list(&document["attendance"]).iter().filter(|a| is_there(&a["name"]));
                people.map(|a| format!("{} ({})", key(&a["name"]), string(&a["status"]))).collect()
            };
            self.bag("attendance", of(gold), of(found));
        }
        if gold.get("planned_meetings").is_some() {
            self.planned(gold, found);
        }
        if gold.get("signatures").is_some() {
            let of = |document: &Value| list(&document["signatures"]).iter().map(|s| key(&s["name"])).collect();
            self.bag("signatures", of(gold), of(found));
        }
        if let Some(cases) = gold.get("cases") {
            self.cases(list(cases), list(&found["cases"]), found);
        }
    }

    fn planned(&mut self, gold: &Value, found: &Value) {
        let days = |document: &Value| -> Vec<String> {
            let rows = list(&document["planned_meetings"]).iter();
            rows.map(|p| format!("{} {}", key(&p["body"]), string(&p["date"]))).collect()
        };
        let times = |document: &Value| -> Vec<String> {
            let rows = list(&document["planned_meetings"]).iter().filter(|p| is_there(&p["start"]));
            rows.map(|p| format!("{} {}-{}", string(&p["date"]), string(&p["start"]), string(&p["end"]))).collect()
        };
        self.bag("planned", days(gold), days(found));
        if !times(gold).is_empty() {
            self.bag("planned_times", times(gold), times(found));
        }
    }

    fn cases(&mut self, gold: &[Value], found: &[Value], document: &Value) {
        let pairs = match_cases(gold, found);
        let (mut references, mut found_references) = (Vec::new(), Vec::new());
        let (mut attachments, mut found_attachments, mut is_judged) = (Vec::new(), Vec::new(), false);
        for (i, case) in gold.iter().enumerate() {
            let partner = pairs.get(&i).map_or(&Value::Null, |j| &found[*j]);
            self.case(case, partner);
            if case.get("references").is_some() {
                let of = |case: &Value| -> Vec<Number> {
                    list(&case["references"]).iter().filter_map(|r| number(&r["number"])).collect()
                };
                references.extend(of(case));
                found_references.extend(of(partner));
            }
            if case.get("attachments").is_some() {
                is_judged = true;
                attachments.extend(titles(case));
                found_attachments.extend(titles(partner));
            }
        }
        for reference in found_references {
            let hit = references.iter().position(|gold| same_number(gold, &reference));
            self.tally.count("references", u64::from(hit.is_some()), u64::from(hit.is_none()), 0);
            if let Some(hit) = hit {
                references.remove(hit);
            }
        }
        self.tally.count("references", 0, 0, references.len() as u64);
        if is_judged {
            let more = titles(document).into_iter().filter(|t| !found_attachments.contains(t)).collect::<Vec<_>>();
            found_attachments.extend(more);
            found_attachments.retain(|t| !t.is_empty());
            for title in attachments {
                let hit = found_attachments.iter().position(|found| ratio(&title, found) >= ATTACHMENT);
                self.tally.count("attachments", u64::from(hit.is_some()), 0, u64::from(hit.is_none()));
                if let Some(hit) = hit {
                    found_attachments.remove(hit);
                }
            }
            self.tally.count("attachments", 0, found_attachments.len() as u64, 0);
        }
        for (j, case) in found.iter().enumerate().filter(|(j, _)| !pairs.values().any(|used| used == j)) {
            let has_number = number(&case["number"]).is_some();
            for (field, value, is_extra) in [
                ("case_number", &case["number"], has_number),
                ("case_title", &case["title"], is_there(&case["title"])),
                ("decision_text", &case["decision"]["text"], is_there(&case["decision"]["text"])),
            ] {
                if is_extra {
                    self.tally.count(field, 0, 1, 0);
                    self.differs(field, "", format!("case {j}: {value}"));
                }
            }
        }
    }

    fn case(&mut self, gold: &Value, found: &Value) {
        if is_there(&gold["number"]) {
            let same = |a: &Value, b: &Value| match (number(a), number(b)) {
                (Some(a), Some(b)) => same_number(&a, &b),
                _ => false,
            };
            let found = if number(&found["number"]).is_some() { &found["number"] } else { &Value::Null };
            self.scalar("case_number", &gold["number"], found, same);
        }
        self.judged("case_title", "title", gold, found);
        self.judged("case_type", "type", gold, found);
        if let Some(proposals) = gold.get("proposals") {
            let of = |proposals: &Value| {
                list(proposals).iter().map(|p| string(&p["text"])).filter(|t| !t.is_empty()).collect()
            };
            self.texts("proposal", of(proposals), of(&found["proposals"]));
        }
        if let Some(decision) = gold.get("decision") {
            let is_empty = decision.as_object().is_none_or(Map::is_empty);
            let found = &found["decision"];
            if is_empty || decision.get("text").is_some() {
                let (text, found) = (&decision["text"], &found["text"]);
                self.scalar("decision_exact", text, found, |a, b| text_key(&string(a)) == text_key(&string(b)));
                self.scalar("decision_text", text, found, |a, b| word_f1(&string(a), &string(b)) >= LONG_TEXT);
            }
            if is_empty || decision.get("outcome").is_some() {
                let outcome = |d: &Value| Some(&d["outcome"]).filter(|o| *o != "none").cloned().unwrap_or_default();
                self.scalar("decision_outcome", &outcome(decision), &outcome(found), by_key);
            }
        }
        if let Some(votes) = gold.get("votes") {
            self.votes(list(votes), list(&found["votes"]));
        }
    }

    fn votes(&mut self, gold: &[Value], found: &[Value]) {
        let mut left: Vec<&Value> = found.iter().collect();
        for vote in gold {
            let items = vote_items(vote, None);
            let mut best: Option<(usize, usize)> = None;
            for (i, candidate) in left.iter().enumerate() {
                let common = common(&items, &vote_items(candidate, Some(vote)));
                if best.is_none_or(|(most, _)| common > most) {
                    best = Some((common, i));
                }
            }
            let partner = best.map(|(_, i)| vote_items(left.remove(i), Some(vote))).unwrap_or_default();
            self.vote(items, partner);
        }
        for vote in left {
            self.vote(Vec::new(), vote_items(vote, None));
        }
    }

    fn vote(&mut self, gold: Vec<VoteItem>, mut found: Vec<VoteItem>) {
        for item in gold {
            let hit = found.iter().position(|f| *f == item);
            for field in [item.0, "votes"] {
                self.tally.count(field, u64::from(hit.is_some()), 0, u64::from(hit.is_none()));
            }
            match hit {
                Some(hit) => drop(found.remove(hit)),
                None => self.differs("votes", format!("{}: {}", item.1, item.2), ""),
            }
        }
        for item in found {
            for field in [item.0, "votes"] {
                self.tally.count(field, 0, 1, 0);
            }
            self.differs("votes", "", format!("{}: {}", item.1, item.2));
        }
    }

    fn tables(&mut self, gold: &[Value], found: &[Value]) {
        let judged = |v: &Value| v.get("tables").is_some();
        if !gold.iter().any(|d| judged(d) || list(&d["cases"]).iter().any(judged)) {
            return;
        }
        let all = |documents: &[Value], part: &str| -> Vec<String> {
            tables(documents).iter().flat_map(|t| cells(t, part)).collect()
        };
        let (gold_cells, gold_totals) = (all(gold, "rows"), all(gold, "totals"));
        let (mut found_cells, mut found_totals) = (Vec::new(), Vec::new());
        for table in tables(found) {
            let rows = cells(table, "rows");
            let is_judged = matches!(table["kind"].as_str(), Some("fee" | "budget"));
            if is_judged || rows.iter().any(|cell| gold_cells.contains(cell)) {
                found_cells.extend(rows);
                found_totals.extend(cells(table, "totals"));
            }
        }
        self.bag("table_cells", gold_cells, found_cells);
        self.bag("table_totals", gold_totals, found_totals);
    }
}

fn counted(items: Vec<String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// One body is the other, or its name stands in the other's as whole words.
fn same_body(a: &Value, b: &Value) -> bool {
    let (a, b) = (key(a), key(b));
    let holds = |long: &str, short: &str| {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        short.chars().count() > 3
            && long.match_indices(short).any(|(at, _)| {
                !is_word(long[..at].chars().next_back()) && !is_word(long[at + short.len()..].chars().next())
            })
    };
    a == b || holds(&b, &a) || holds(&a, &b)
}

/// Pairs the documents of the gold with those found: by kind, order, case numbers and date, the surest first.
fn align(gold: &[Value], found: &[Value]) -> BTreeMap<usize, usize> {
    let numbers = |d: &Value| {
        let mut all: Vec<(i64, Option<i64>)> =
            list(&d["cases"]).iter().filter_map(|c| number(&c["number"])).map(|n| (n.1, n.2)).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in found.iter().enumerate() {
            let mut score = if g["kind"] == p["kind"] { 3.0 } else { 0.0 } - i.abs_diff(j) as f64 * 0.3;
            let (a, b) = (numbers(g), numbers(p));
            if !a.is_empty() || !b.is_empty() {
                let both = a.iter().filter(|n| b.contains(n)).count();
                score += 4.0 * both as f64 / (a.len() + b.len() - both) as f64;
            }
            let date = &g["meeting"]["date"];
            if !date.is_null() && *date == p["meeting"]["date"] {
                score += 2.0;
            }
            candidates.push((score, i, j));
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs = BTreeMap::new();
    for (score, i, j) in candidates {
        if score > 0.0 && !pairs.contains_key(&i) && !pairs.values().any(|used| *used == j) {
            pairs.insert(i, j);
        }
    }
    pairs
}

/// Pairs cases: first by number and title, then by number, then by title.
fn match_cases(gold: &[Value], found: &[Value]) -> BTreeMap<usize, usize> {
    let numbers: Vec<Option<Number>> = found.iter().map(|c| number(&c["number"])).collect();
    let titles: Vec<String> = found.iter().map(|c| key(&c["title"])).collect();
    let mut left: Vec<usize> = (0..found.len()).collect();
    let mut pairs = BTreeMap::new();
    for round in 0..3 {
        for (i, case) in gold.iter().enumerate() {
            if pairs.contains_key(&i) {
                continue;
            }
            let (of_gold, title) = (number(&case["number"]), key(&case["title"]));
            let mut best: Option<(f64, usize)> = None;
            for &j in &left {
                let likeness = if title.is_empty() { 50.0 } else { ratio(&title, &titles[j]) };
                let same = match (&of_gold, &numbers[j]) {
                    (Some(a), Some(b)) => a.1 == b.1 && (a.2.is_none() || a.2 == b.2),
                    _ => false,
                };
                let fits = match round {
                    0 => same && likeness >= TITLE,
                    1 => same,
                    _ => !title.is_empty() && likeness >= TITLE,
                };
                let score = likeness - i.abs_diff(j) as f64 * 0.01;
                if fits && best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, j));
                }
            }
            if let Some((_, j)) = best {
                pairs.insert(i, j);
                left.retain(|other| *other != j);
            }
        }
    }
    pairs
}

fn titles(value: &Value) -> Vec<String> {
    list(&value["attachments"]).iter().map(|a| key(&a["title"])).collect()
}

/// Field, key and value of one thing that is said of a vote.
type VoteItem = (&'static str, &'static str, String);

/// What is said of a vote; counts and outcome only where `judged` has them.
fn vote_items(vote: &Value, judged: Option<&Value>) -> Vec<VoteItem> {
    let is_judged = |name: &str| judged.is_none_or(|gold| gold.get(name).is_some());
    let mut items = Vec::new();
    if is_there(&vote["form"]) {
        items.push(("vote_form", "form", string(&vote["form"])));
    }
    for name in ["for", "against", "abstain"] {
        if !vote[name].is_null() && is_judged(name) {
            let text = string(&vote[name]);
            let count = text.trim().parse::<i64>().map_or(text.clone(), |n| n.to_string());
            items.push(("vote_counts", name, count));
        }
    }
    for name in ["for_names", "against_names"] {
        for person in list(&vote[name]) {
            items.push(("vote_names", name, key(if person.is_object() { &person["name"] } else { person })));
        }
    }
    if is_there(&vote["outcome"]) && is_judged("outcome") {
        items.push(("vote_outcome", "outcome", string(&vote["outcome"])));
    }
    if vote["casting_vote"] == true {
        items.push(("vote_form", "casting", "true".to_owned()));
    }
    items
}

fn common(a: &[VoteItem], b: &[VoteItem]) -> usize {
    let mut left = b.to_vec();
    a.iter().filter(|item| left.iter().position(|l| l == *item).map(|at| left.swap_remove(at)).is_some()).count()
}

fn tables(documents: &[Value]) -> Vec<&Value> {
    fn of(value: &Value) -> impl Iterator<Item = &Value> {
        list(&value["tables"]).iter()
    }
    documents.iter().flat_map(|d| of(d).chain(list(&d["cases"]).iter().flat_map(of))).collect()
}

fn cells(table: &Value, part: &str) -> Vec<String> {
    let rows = list(&table[part]).iter();
    rows.flat_map(|row| {
        let label = key(&row["label"]);
        list(&row["cells"]).iter().filter_map(decimal).map(move |cell| format!("{label}: {cell}"))
    })
    .collect()
}

/// Counts the sourced values under `value`, and those whose text stands at their place.
fn provenance(value: &Value, blocks: &[Value], count: &mut (u64, u64)) {
    match value {
        Value::Object(map) => {
            if let (Some(_), Some(at)) = (map.get("value"), map.get("at")) {
                count.1 += 1;
                let spans = list(at);
                let pieces: Option<Vec<&str>> = spans.iter().map(|span| text_at(span, blocks)).collect();
                let text = map.get("text").and_then(Value::as_str);
                if let (Some(pieces), Some(text)) = (pieces, text) {
                    let tight = |text: &str| norm(text).replace(' ', "");
                    let holds = match pieces.as_slice() {
                        [] => false,
                        [one] => *one == text,
                        many => tight(&many.join(" ")) == tight(text),
                    };
                    count.0 += u64::from(holds);
                }
                return;
            }
            map.values().for_each(|inner| provenance(inner, blocks, count));
        }
        Value::Array(items) => items.iter().for_each(|inner| provenance(inner, blocks, count)),
        _ => {}
    }
}

fn text_at<'a>(span: &Value, blocks: &'a [Value]) -> Option<&'a str> {
    let at = usize::try_from(span["block"].as_u64()?).ok()?;
    let block = blocks.get(at).filter(|b| b["id"] == span["block"])?;
    let offset = |name: &str| usize::try_from(span[name].as_u64()?).ok();
    block["text"].as_str()?.get(offset("start")?..offset("end")?)
}
