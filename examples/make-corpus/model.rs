//! What a meeting is before it becomes a file: the same facts go to the document and to its gold.

use serde_json::{Value, json};

/// A file of the archive.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// One of the two written forms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    Bokmal,
    Nynorsk,
}

/// A member, deputy or employee.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: &'static str,
    pub(crate) of: &'static str,
    pub(crate) status: &'static str,
    pub(crate) deputy_for: Option<String>,
}

impl Person {
    pub(crate) fn gold(&self, status: &str) -> Value {
        let mut gold = json!({"name": self.name, "status": status});
        if !self.role.is_empty() {
            gold["role"] = self.role.into();
        }
        if !self.of.is_empty() {
            gold["represents"] = self.of.into();
        }
        if let Some(member) = &self.deputy_for {
            gold["deputy_for"] = member.as_str().into();
        }
        gold
    }
}

/// A case number of the two series: `FR` for cases, `RS` for what is only reported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) series: &'static str,
    pub(crate) sequence: u32,
    pub(crate) year: i16,
}

impl Number {
    /// As printed: `FR 12/2008`.
    pub(crate) fn printed(self) -> String {
        format!("{} {}/{}", self.series, self.sequence, self.year)
    }

    /// As findings name it: `FR 12/08`.
    pub(crate) fn short(self) -> String {
        format!("{} {}/{:02}", self.series, self.sequence, self.year % 100)
    }

    pub(crate) fn gold(self) -> Value {
        json!({"series": self.series, "sequence": self.sequence, "year": self.year})
    }
}

/// A vote: the sentence that tells of it, and what it says.
#[derive(Clone)]
pub(crate) struct Vote {
    pub(crate) said: String,
    pub(crate) gold: Value,
}

/// A table of amounts. Cells are as printed; the first column is the label.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) kind: &'static str,
    /// Label and kind of each column.
    pub(crate) columns: Vec<(String, &'static str)>,
    /// Rows, and whether each is a total.
    pub(crate) rows: Vec<(Vec<String>, bool)>,
    /// The year by which municipalities are looked up, with their codes.
    pub(crate) codes: &'static [(&'static str, &'static str)],
}

impl Table {
    pub(crate) fn gold(&self) -> Value {
        let columns: Vec<Value> =
            self.columns.iter().map(|(label, kind)| json!({"label": label, "kind": kind})).collect();
        let plain = |cell: &String| {
            let text: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
            if text.is_empty() { Value::Null } else { text.replace(',', ".").trim_end_matches('%').into() }
        };
        let row = |(cells, _): &(Vec<String>, bool)| {
            let values: Vec<Value> = cells[1..].iter().map(plain).collect();
            let mut gold = json!({"label": cells[0], "cells": values});
            if let Some((name, code)) = self.codes.iter().find(|(name, _)| *name == cells[0]) {
                gold["municipality"] = json!({"code": code, "name": name});
            }
            gold
        };
        let of = |total: bool| self.rows.iter().filter(|r| r.1 == total).map(row).collect::<Vec<_>>();
        json!({"kind": self.kind, "columns": columns, "rows": of(false), "totals": of(true)})
    }
}

/// A case, as it stands in the agenda and in the minutes.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) number: Number,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) officer: Option<String>,
    pub(crate) background: Vec<String>,
    pub(crate) table: Option<Table>,
    pub(crate) recommendation: Option<String>,
    pub(crate) deliberation: Option<String>,
    /// Who moved what in the meeting, and what kind of proposal it was.
    pub(crate) moved: Option<(String, String, &'static str)>,
    pub(crate) votes: Vec<Vote>,
    /// Text, outcome, and whether it is the last word.
    pub(crate) decision: Option<(String, &'static str, bool)>,
    /// Cases that the background refers to: series as printed, sequence, year.
    pub(crate) references: Vec<Value>,
}

/// A meeting with everything that its agenda and minutes say.
#[derive(Clone)]
pub(crate) struct Meeting {
    pub(crate) tongue: Tongue,
    pub(crate) index: usize,
    pub(crate) number: String,
    pub(crate) date: jiff::civil::Date,
    pub(crate) start: &'static str,
    pub(crate) planned_end: &'static str,
    pub(crate) end: &'static str,
    pub(crate) place: String,
    pub(crate) members: Vec<Person>,
    pub(crate) people: Vec<Person>,
    pub(crate) cases: Vec<Case>,
}

/// What a document is made of, before a format gives it its looks.
pub(crate) enum Piece {
    /// The organisation over the title.
    Organisation(String),
    /// The title of the document.
    Title(String),
    /// Labels and values of the head.
    Fields(Vec<(String, String)>),
    /// A label with text under it.
    Label(String),
    /// A paragraph.
    Text(String),
    /// Number and title of a case.
    Case(String, String),
    /// The agenda list.
    List(Vec<(String, String)>),
    /// Rows with a head.
    Table(Vec<Vec<String>>),
    /// Names, one a line.
    Names(Vec<String>),
    /// A line of its own, without space around it.
    Line(String),
}

/// A document: its pieces and its gold.
pub(crate) struct Paper {
    pub(crate) name: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) gold: Value,
}
