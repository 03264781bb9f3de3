//! The archive as tables for a spreadsheet (RFC 4180).

use std::io::{self, Write};

use rayon::prelude::*;

use super::{Report, ReportError};
use crate::archive::LedgerLine;
use crate::finding::Finding;
use crate::model::{Case, Document, Table};
use crate::search::Found;

/// Records that are read side by side.
const AT_ONCE: usize = 256;

/// What a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Findings, with the verdicts on them.
    Findings,
    /// Cases.
    Cases,
    /// Decisions.
    Decisions,
    /// Cells of tables of amounts.
    Fees,
    /// Rows of case numbers that are not at hand.
    MissingNumbers,
}

/// Writes one list, a line of heads first.
///
/// # Errors
/// Where a record cannot be read or `out` cannot be written.
pub fn write(report: &Report, list: List, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut sheet = Sheet { report, out };
    match list {
        List::Findings => sheet.findings()?,
        List::Cases => sheet.cases()?,
        List::Decisions => sheet.decisions()?,
        List::Fees => sheet.fees()?,
        List::MissingNumbers => sheet.missing_numbers()?,
    }
    Ok(())
}

/// What a search found.
#[must_use]
pub fn found(found: &[Found]) -> String {
    let mut text =
        String::from("number,title,municipality,body,date,outcome,kinds,path,document,block,page,key,text\r\n");
    for f in found {
        let some = |value: &Option<String>| value.clone().unwrap_or_default();
        let count = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
        let snippet: String = f.snippet.iter().map(|p| p.text.as_str()).collect();
        let fields = [
            some(&f.number),
            f.title.clone(),
            some(&f.municipality),
            some(&f.body),
            some(&f.date),
            some(&f.outcome),
            f.kinds.join("; "),
            f.path.clone(),
            some(&f.document),
            count(f.block),
            count(f.page),
            f.key.clone(),
            snippet,
        ];
        text.push_str(&fields.map(|field| quoted(&field)).join(","));
        text.push_str("\r\n");
    }
    text
}

struct Sheet<'a> {
    report: &'a Report<'a>,
    out: &'a mut dyn Write,
}

impl Sheet<'_> {
    fn heads(&mut self, heads: &str) -> io::Result<()> {
        write!(self.out, "{heads}\r\n")
    }

    fn row<const N: usize>(&mut self, fields: [String; N]) -> io::Result<()> {
        let quoted = fields.map(|field| quoted(&self.report.view.text(&field)));
        write!(self.out, "{}\r\n", quoted.join(","))
    }

    fn findings(&mut self) -> io::Result<()> {
        self.heads("level,rule,path,document,body,cases,message,suggestion,fingerprint,verdict,why,by")?;
        let report = self.report;
        for finding in &report.findings {
            let verdict = report.verdicts.of(finding);
            let Finding { rule, path, document, body, cases, suggestion, fingerprint, .. } = finding;
            self.row([
                finding.level.as_str().to_owned(),
                rule.clone(),
                path.clone(),
                document.clone().unwrap_or_default(),
                body.clone().unwrap_or_default(),
                cases.join("; "),
                report.view.lang.message(finding).to_owned(),
                suggestion.clone().unwrap_or_default(),
                fingerprint.clone(),
                verdict.map_or("", |v| v.verdict.as_str()).to_owned(),
                verdict.map(|v| v.why.clone()).unwrap_or_default(),
                verdict.and_then(|v| v.by.clone()).unwrap_or_default(),
            ])?;
        }
        Ok(())
    }

    fn cases(&mut self) -> Result<(), ReportError> {
        self.heads(
            "path,document,kind,body,date,series,sequence,year,title,type,archive_reference,case_officer,outcome,final,votes",
        )?;
        self.each_case(|sheet, path, document, case| {
            let number = case.number.as_ref().map(|n| &n.value);
            let decision = case.decision.as_ref();
            let [path, id, body, date] = place(path, document);
            sheet.row([
                path,
                id,
                word(&document.kind),
                body,
                date,
                number.and_then(|n| n.series.clone()).unwrap_or_default(),
                number.map(|n| n.sequence.to_string()).unwrap_or_default(),
                number.and_then(|n| n.year).map(|y| y.to_string()).unwrap_or_default(),
                case.title.value.clone(),
                word(&case.kind),
                case.archive_reference.as_ref().map(|r| r.value.clone()).unwrap_or_default(),
                case.case_officer.as_ref().map(|o| o.value.clone()).unwrap_or_default(),
                decision.map(|d| word(&d.outcome)).unwrap_or_default(),
                decision.map(|d| d.is_final.to_string()).unwrap_or_default(),
                case.votes.len().to_string(),
            ])
        })
    }

    fn decisions(&mut self) -> Result<(), ReportError> {
        self.heads("path,document,body,date,case,title,outcome,final,text,block,start,end")?;
        self.each_case(|sheet, path, document, case| {
            let Some(decision) = &case.decision else { return Ok(()) };
            let [path, id, body, date] = place(path, document);
            let at = decision.text.at.spans().first();
            sheet.row([
                path,
                id,
                body,
                date,
                case.number.as_ref().map(|n| n.value.to_string()).unwrap_or_default(),
                case.title.value.clone(),
                word(&decision.outcome),
                decision.is_final.to_string(),
                decision.text.value.clone(),
                at.map(|s| s.block.to_string()).unwrap_or_default(),
                at.map(|s| s.start.to_string()).unwrap_or_default(),
                at.map(|s| s.end.to_string()).unwrap_or_default(),
            ])
        })
    }

    fn fees(&mut self) -> Result<(), ReportError> {
        self.heads("path,document,body,date,case,table,unit,row,municipality_code,column,year,value")?;
        self.each_document(|sheet, path, document| {
            for table in &document.tables {
                sheet.cells(path, document, None, table)?;
            }
            for case in document.cases.iter().filter(|c| sheet.report.view.closed || !c.closed) {
                for table in &case.tables {
                    sheet.cells(path, document, Some(case), table)?;
                }
            }
            Ok(())
        })
    }

    fn cells(&mut self, path: &str, document: &Document, case: Option<&Case>, table: &Table) -> io::Result<()> {
        let heads = table.columns.iter().skip(1);
        for row in &table.rows {
            for (i, cell) in row.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let head = heads.clone().nth(i);
                let [path, id, body, date] = place(path, document);
                self.row([
                    path,
                    id,
                    body,
                    date,
                    case.and_then(|c| c.number.as_ref()).map(|n| n.value.to_string()).unwrap_or_default(),
                    table.caption.as_ref().map(|c| c.value.clone()).unwrap_or_default(),
                    table.unit.clone().unwrap_or_default(),
                    row.label.value.clone(),
                    row.municipality.as_ref().map(|m| m.code.clone()).unwrap_or_default(),
                    head.and_then(|h| h.label.as_ref()).map(|l| l.value.clone()).unwrap_or_default(),
                    head.and_then(|h| h.year).map(|y| y.to_string()).unwrap_or_default(),
                    cell.value.clone(),
                ])?;
            }
        }
        Ok(())
    }

    fn missing_numbers(&mut self) -> io::Result<()> {
        self.heads("municipality,body,series,year,first,last,numbers")?;
        for body in &self.report.bodies {
            for series in &body.series {
                for (first, last) in &series.missing {
                    self.row([
                        body.municipality.clone().unwrap_or_default(),
                        body.body.clone(),
                        series.series.clone().unwrap_or_default(),
                        series.year.to_string(),
                        first.to_string(),
                        last.to_string(),
                        (last - first + 1).to_string(),
                    ])?;
                }
            }
        }
        Ok(())
    }

    /// Goes over the constituent documents of all records, in order of path.
    fn each_document(
        &mut self,
        mut row: impl FnMut(&mut Self, &str, &Document) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        let report = self.report;
        for lines in report.ledger.chunks(AT_ONCE) {
            let read = |line: &LedgerLine| report.archive.record_without_blocks(&line.path);
            for record in lines.par_iter().map(read).collect::<Vec<_>>() {
                let record = record?;
                for document in &record.documents {
                    row(self, &record.source.path, document)?;
                }
            }
        }
        Ok(())
    }

    /// Goes over the cases that may be shown.
    fn each_case(
        &mut self,
        mut row: impl FnMut(&mut Self, &str, &Document, &Case) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        self.each_document(|sheet, path, document| {
            for case in document.cases.iter().filter(|c| sheet.report.view.closed || !c.closed) {
                row(sheet, path, document, case)?;
            }
            Ok(())
        })
    }
}

/// Path, id, body and date of a constituent document.
fn place(path: &str, document: &Document) -> [String; 4] {
    [
        path.to_owned(),
        document.id.clone(),
        document.body.as_ref().map(|b| b.value.clone()).unwrap_or_default(),
        document.meeting.date.as_ref().map(|d| d.value.clone()).unwrap_or_default(),
    ]
}

/// An enumeration's word as it stands in records.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A field in quotes. One that a spreadsheet would take for a formula gets an apostrophe before it.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
