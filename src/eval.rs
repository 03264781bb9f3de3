//! Accuracy against gold files (contract section 5): precision, recall and F1 per field, per rule, per folder and per
//! format, with intervals of confidence, and four matchers over the texts.
//!
//! Gold and records are compared as plain JSON, every sourced value reduced to its value, so that a gold file may leave
//! out whatever it does not judge.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::archive::Archive;
use crate::finding::Finding;
use crate::pipeline::{self, Options, RunError};
use crate::source::GOLD_SUFFIX;

mod bootstrap;
mod file;
mod findings;
mod likeness;
mod text;

use likeness::{Likeness, MATCHERS};

/// The fields that are scored, in the order of the table.
const FIELDS: &[&str] = &[
    "kind",
    "body",
    "meeting_date",
    "dates",
    "start",
    "end",
    "place",
    "attendance",
    "case_number",
    "case_title",
    "case_type",
    "proposal",
    "decision_exact",
    "decision_text",
    "decision_outcome",
    "vote_form",
    "vote_counts",
    "vote_names",
    "vote_outcome",
    "votes",
    "table_cells",
    "table_totals",
    "planned",
    "planned_times",
    "references",
    "attachments",
    "signatures",
    "language",
    "findings",
];

/// The fields of the headline.
const HEADLINE: &[&str] = &[
    "case_number",
    "case_title",
    "decision_text",
    "decision_outcome",
    "votes",
    "attendance",
    "table_cells",
    "dates",
    "findings",
];

/// The name of the gold file of a folder.
const ARCHIVE_GOLD: &str = "archive.gold.json";

/// Why there are no scores.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file of the gold folder cannot be read.
    #[error("cannot read {0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// A gold file is no JSON.
    #[error("{0} is not JSON: {1}")]
    Json(PathBuf, serde_json::Error),
    /// There is nothing to score against.
    #[error("{0} holds no gold files (NAME.gold.json beside NAME)")]
    NoGold(PathBuf),
    /// The documents cannot be read.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Right, too many, missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    right: u64,
    extra: u64,
    missed: u64,
}

impl Count {
    /// Precision, recall and F1; nothing where there was nothing to find and nothing found.
    fn scores(self) -> Option<(f64, f64, f64)> {
        let Self { right, extra, missed } = self;
        if right + extra + missed == 0 {
            return None;
        }
        let share = |of: u64| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        let (precision, recall) = (share(right + extra), share(right + missed));
        let sum = precision + recall;
        Some((precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }))
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

/// Something in which gold and record differ.
#[derive(Debug, Clone)]
struct Difference {
    file: String,
    field: String,
    gold: String,
    found: String,
    /// The block of the record that the text of the gold stands in, as far as can be told.
    source: Option<String>,
}

/// Counts over some files.
#[derive(Debug, Clone, Default)]
struct Tally {
    fields: BTreeMap<&'static str, Count>,
    rules: BTreeMap<String, Count>,
    status: BTreeMap<String, u64>,
    files: u64,
    missing: u64,
    status_wrong: u64,
    /// Sourced values whose text stands at their place, and all of them.
    provenance: (u64, u64),
    info_extra: u64,
    /// The four matchers over the texts of a field.
    likeness: BTreeMap<&'static str, Likeness>,
    differences: Vec<Difference>,
}

impl Tally {
    fn count(&mut self, field: &'static str, right: u64, extra: u64, missed: u64) {
        self.fields.entry(field).or_default().add(Count { right, extra, missed });
    }

    fn merge(&mut self, other: &Self) {
        for (field, count) in &other.fields {
            self.fields.entry(field).or_default().add(*count);
        }
        for (rule, count) in &other.rules {
            self.rules.entry(rule.clone()).or_default().add(*count);
        }
        for (status, count) in &other.status {
            *self.status.entry(status.clone()).or_default() += count;
        }
        self.files += other.files;
        self.missing += other.missing;
        self.status_wrong += other.status_wrong;
        self.provenance.0 += other.provenance.0;
        self.provenance.1 += other.provenance.1;
        self.info_extra += other.info_extra;
        for (field, likeness) in &other.likeness {
            self.likeness.entry(field).or_default().add(*likeness);
        }
        self.differences.extend(other.differences.iter().cloned());
    }

    fn counts(&self) -> bootstrap::Counts {
        std::array::from_fn(|i| self.fields.get(FIELDS[i]).copied().unwrap_or_default())
    }

    fn scores(&self, field: &str) -> Option<(f64, f64, f64)> {
        self.fields.get(field)?.scores()
    }

    /// The mean F1 of the headline's fields.
    fn headline(&self) -> Option<f64> {
        let scores: Vec<f64> = HEADLINE.iter().filter_map(|f| self.scores(f)).map(|s| s.2).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }

    fn provenance_share(&self) -> Option<f64> {
        let (held, of) = self.provenance;
        (of > 0).then(|| held as f64 / of as f64)
    }

    fn json(&self) -> Value {
        let scored = |count: &Count| {
            let (p, r, f1) = count.scores()?;
            Some(json!({"p": p, "r": r, "f1": f1, "tp": count.right, "fp": count.extra, "fn": count.missed}))
        };
        let fields: serde_json::Map<String, Value> =
            FIELDS.iter().filter_map(|f| Some(((*f).to_owned(), scored(self.fields.get(f)?)?))).collect();
        let rules: serde_json::Map<String, Value> =
            self.rules.iter().filter_map(|(r, c)| Some((r.clone(), scored(c)?))).collect();
        json!({
            "files": self.files, "missing": self.missing, "status": self.status, "status_wrong": self.status_wrong,
            "headline": self.headline(),
            "provenance": {"held": self.provenance.0, "of": self.provenance.1, "share": self.provenance_share()},
            "info_findings_beside_gold": self.info_extra, "fields": fields, "rules": rules,
        })
    }
}

/// The scores of an archive, per folder and in total.
#[derive(Debug)]
pub struct Scores {
    families: BTreeMap<String, Tally>,
    /// By the extension of the file's name; without findings, which may need several files.
    formats: BTreeMap<String, Tally>,
    total: Tally,
    /// The intervals of F1, in the order of the fields.
    intervals: Vec<Option<(f64, f64)>>,
}

impl Scores {
    /// The mean F1 of the headline's fields.
    #[must_use]
    pub fn headline(&self) -> Option<f64> {
        self.total.headline()
    }

    /// The scores as JSON, with the first `differences`.
    #[must_use]
    pub fn json(&self, differences: usize) -> Value {
        let all = |tallies: &BTreeMap<String, Tally>| -> serde_json::Map<String, Value> {
            tallies.iter().map(|(name, tally)| (name.clone(), tally.json())).collect()
        };
        let mut json = json!({
            "total": self.total.json(), "families": all(&self.families), "formats": all(&self.formats),
        });
        for (field, interval) in FIELDS.iter().zip(&self.intervals) {
            if let (Some((low, high)), Some(scored)) = (interval, json["total"]["fields"].get_mut(field)) {
                scored["interval"] = json!([low, high]);
            }
        }
        if differences > 0 {
            let listed = self.worst(differences).into_iter();
            json["errors"] = listed.map(|d| json!([d.file, d.field, d.gold, d.found, d.source])).collect();
        }
        json
    }

    /// So many differences, those in fields of the headline first.
    fn worst(&self, number: usize) -> Vec<&Difference> {
        let mut all: Vec<&Difference> = self.total.differences.iter().collect();
        all.sort_by_key(|d| !HEADLINE.contains(&d.field.as_str()));
        all.truncate(number);
        all
    }

    /// The four matchers over the texts of each field.
    fn matchers(&self) -> Vec<String> {
        let mut lines = vec![format!("\ntexts             {}  texts", MATCHERS.map(|m| format!("{m:>10}")).join(" "))];
        for field in FIELDS {
            if let Some((means, texts)) = self.total.likeness.get(field).map(Likeness::means) {
                let means = means.map(|m| format!("{m:>10.3}")).join(" ");
                lines.push(format!("  {field:15} {means}  {texts:5}"));
            }
        }
        lines
    }

    /// The scores as a table, with so many differences and the source beside each.
    #[must_use]
    pub fn table(&self, differences: usize) -> String {
        let three = |share: Option<f64>| share.map_or_else(|| "  -  ".to_owned(), |s| format!("{s:.3}"));
        let mut lines = vec![format!("{:26} files miss  {:28} prov   headline", "family", "status")];
        for (name, tally) in self.families.iter().map(|(n, t)| (n.as_str(), t)).chain([("TOTAL", &self.total)]) {
            let status: Vec<String> = tally.status.iter().map(|(s, n)| format!("{s}:{n}")).collect();
            let wrong =
                if tally.status_wrong > 0 { format!("  status wrong: {}", tally.status_wrong) } else { String::new() };
            lines.push(format!(
                "{name:26} {:5} {:4}  {:28} {}  {}{wrong}",
                tally.files,
                tally.missing,
                status.join(" "),
                three(tally.provenance_share()),
                three(tally.headline()),
            ));
        }
        lines.push(format!("\n{:26} files headline", "format"));
        for (name, tally) in &self.formats {
            lines.push(format!("{name:26} {:5}    {}", tally.files, three(tally.headline())));
        }
        let names: Vec<String> =
            self.families.keys().map(|n| format!("{:>6}", n.split('-').next().unwrap_or(n))).collect();
        lines.push(format!(
            "\nF1 per field      {}   TOTAL  95 of 100 draws      P      R     tp    fp    fn",
            names.join(" ")
        ));
        for (field, interval) in FIELDS.iter().zip(&self.intervals) {
            let (Some(count), Some((p, r, f1))) = (self.total.fields.get(field), self.total.scores(field)) else {
                continue;
            };
            let row: Vec<String> = self
                .families
                .values()
                .map(|t| t.scores(field).map_or_else(|| "     -".to_owned(), |s| format!(" {:.3}", s.2)))
                .collect();
            let star = if HEADLINE.contains(field) { '*' } else { ' ' };
            let Count { right, extra, missed } = count;
            let row = row.join(" ");
            let interval = interval
                .filter(|_| *field != "findings")
                .map_or_else(|| "      -      ".to_owned(), |(low, high)| format!("{low:.3} - {high:.3}"));
            lines.push(format!(
                "{star} {field:15} {row}   {f1:.3}  {interval}  {p:.3}  {r:.3}  {right:5} {extra:5} {missed:5}"
            ));
        }
        lines.extend(self.matchers());
        lines.push("\nfindings per rule             P      R      F1     tp   fp   fn".to_owned());
        for (rule, count) in &self.total.rules {
            if let Some((p, r, f1)) = count.scores() {
                let Count { right, extra, missed } = count;
                lines.push(format!("  {rule:26} {p:.3}  {r:.3}  {f1:.3}  {right:4} {extra:4} {missed:4}"));
            }
        }
        lines.push(format!("  info findings beside gold (not counted): {}", self.total.info_extra));
        let headline = three(self.total.headline());
        lines.push(format!("\nHEADLINE {headline}   (mean F1 of {})", HEADLINE.join(", ")));
        for d in self.worst(differences) {
            let some = |text: &str| text.chars().take(160).collect::<String>();
            lines.push(format!("\n{}  {}", d.file, d.field));
            lines.push(format!("  gold    {}", some(&d.gold)));
            lines.push(format!("  found   {}", some(&d.found)));
            if let Some(source) = &d.source {
                lines.push(format!("  source  {source}"));
            }
        }
        lines.join("\n") + "\n"
    }
}

/// A gold file: the folder's name, the document's name, the content.
struct Gold {
    family: String,
    name: String,
    content: Value,
}

/// Reads the documents of `folder` and scores what comes out.
///
/// # Errors
/// Where the folder cannot be read or holds no gold.
pub fn score_folder(folder: &Path, options: &Options) -> Result<Scores, EvalError> {
    let gold = read_gold(folder)?;
    let (records, findings) = pipeline::in_memory(&[folder.to_path_buf()], options)?;
    // The gold folder may itself be one family; its name then stands before the paths, as it does for folders in it.
    let root = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let root = root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut by_path = HashMap::new();
    for record in &records {
        by_path.insert(record.source.path.as_str(), record);
    }
    let paths: Vec<String> = records.iter().map(|r| r.source.path.clone()).collect();
    let load = |path: &str| by_path.get(path).and_then(|record| serde_json::to_value(record).ok());
    Ok(score(&gold, &paths, load, &findings, &root))
}

/// Scores the records and findings of the output folder `out` against the gold of `folder`.
///
/// # Errors
/// Where either cannot be read.
pub fn score_archive(out: &Path, folder: &Path) -> Result<Scores, EvalError> {
    let gold = read_gold(folder)?;
    let archive = Archive::open(out).map_err(RunError::from)?;
    let paths: Vec<String> = archive.ledger().map_err(RunError::from)?.into_iter().map(|l| l.path).collect();
    let findings = archive.findings().map_err(RunError::from)?;
    let load = |path: &str| {
        let bytes = fs::read(archive.record_file(path)).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let root = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(score(&gold, &paths, load, &findings, &root))
}

/// Gold files and, by folder, the gold of the folder as a whole.
type AllGold = (Vec<Gold>, BTreeMap<String, Value>);

fn read_gold(folder: &Path) -> Result<AllGold, EvalError> {
    let mut all = (Vec::new(), BTreeMap::new());
    let folder = folder.canonicalize().map_err(|e| EvalError::Read(folder.to_path_buf(), e))?;
    gold_under(&folder, &mut all)?;
    if all.0.is_empty() { Err(EvalError::NoGold(folder)) } else { Ok(all) }
}

fn gold_under(folder: &Path, all: &mut AllGold) -> Result<(), EvalError> {
    let entries = fs::read_dir(folder).map_err(|e| EvalError::Read(folder.to_path_buf(), e))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let family = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    for path in paths.iter().filter(|p| !p.is_dir()) {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(of) = name.strip_suffix(GOLD_SUFFIX) else { continue };
        let bytes = fs::read(path).map_err(|e| EvalError::Read(path.clone(), e))?;
        let content = serde_json::from_slice(&bytes).map_err(|e| EvalError::Json(path.clone(), e))?;
        if name == ARCHIVE_GOLD {
            all.1.insert(family.clone(), content);
        } else {
            all.0.push(Gold { family: family.clone(), name: text::nfc(of), content });
        }
    }
    for path in paths.iter().filter(|p| p.is_dir()) {
        gold_under(path, all)?;
    }
    Ok(())
}

fn score(
    (gold, of_folders): &AllGold,
    paths: &[String],
    load: impl Fn(&str) -> Option<Value>,
    findings: &[Finding],
    root: &str,
) -> Scores {
    let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
    for path in paths {
        by_name.entry(path.rsplit('/').next().unwrap_or(path)).or_default().push(path);
    }
    let locate = |gold: &Gold| {
        let candidates = by_name.get(gold.name.as_str())?;
        let end = format!("/{}/{}", gold.family, gold.name);
        let exact = candidates.iter().find(|path| format!("/{root}/{path}").ends_with(&end));
        exact.or(if let [one] = candidates.as_slice() { Some(one) } else { None }).copied()
    };
    let mut families: BTreeMap<String, Tally> = BTreeMap::new();
    let mut formats: BTreeMap<String, Tally> = BTreeMap::new();
    let mut files = Vec::with_capacity(gold.len());
    for gold in gold {
        let record = locate(gold).and_then(&load);
        let tally = file::score(&format!("{}/{}", gold.family, gold.name), &gold.content, record.as_ref());
        files.push(tally.counts());
        let format = Path::new(&gold.name).extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
        formats.entry(format).or_default().merge(&tally);
        families.entry(gold.family.clone()).or_default().merge(&tally);
    }
    let names: BTreeSet<String> = families.keys().cloned().collect();
    let mut owned = findings::by_family(findings, gold, root);
    for family in &names {
        let found = owned.remove(family).unwrap_or_default();
        let of_folder = of_folders.get(family).unwrap_or(&Value::Null);
        if let Some(tally) = families.get_mut(family) {
            findings::score(tally, family, gold, of_folder, &found);
        }
    }
    let mut total = Tally::default();
    for tally in families.values() {
        total.merge(tally);
    }
    Scores { families, formats, total, intervals: bootstrap::intervals(&files) }
}

#[cfg(test)]
mod tests;
