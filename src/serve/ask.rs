//! A request for a page, and what is answered.

use std::sync::Arc;

use axum::http::StatusCode;
use maud::Markup;
use serde::Serialize;

use super::room::{Held, Room};
use super::{case, document, find, lists, original, page};
use crate::archive::ArchiveError;
use crate::messages::Lang;
use crate::report::{Report, ReportError, View};
use crate::search::SearchError;

/// What is answered.
pub(super) enum Reply {
    Html(String),
    File { mime: String, name: Option<String>, bytes: Vec<u8>, lasting: bool },
    Moved(String),
}

/// Why a page cannot be shown, in both languages.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) status: StatusCode,
    pub(super) nb: String,
    pub(super) en: String,
}

impl Failure {
    pub(super) fn new(status: StatusCode, nb: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, nb: nb.into(), en: en.into() }
    }

    pub(super) fn unknown() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Arkivet har ikke noe på denne adressen.", "The archive has nothing here.")
    }

    pub(super) fn bad(nb: &str, en: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, nb, en)
    }

    pub(super) fn broken(why: impl ToString) -> Self {
        let why = why.to_string();
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, why.clone(), why)
    }
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        Self::broken(error)
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Self::broken(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::broken(error)
    }
}

impl From<&SearchError> for Failure {
    fn from(error: &SearchError) -> Self {
        match error {
            SearchError::Query(error) => Self::bad(&error.to_string(), &error.to_string()),
            error => Self::broken(error),
        }
    }
}

/// A request: where and with what parameters.
pub(super) struct Ask<'a> {
    pub(super) room: &'a Room,
    pub(super) view: View,
    /// Decoded, with its first `/`.
    pub(super) path: String,
    parameters: Vec<(String, String)>,
    /// The answer is to be JSON.
    pub(super) json: bool,
}

impl<'a> Ask<'a> {
    pub(super) fn new(room: &'a Room, lang: Lang, path: String, parameters: Vec<(String, String)>) -> Self {
        Self { room, view: View { lang, ..room.view }, path, parameters, json: false }
    }

    /// The first value of a parameter that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().filter(|(n, _)| n == name).map(|(_, v)| v.trim()).find(|v| !v.is_empty())
    }

    /// The values of a parameter that are not empty.
    pub(super) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        self.parameters.iter().filter(move |(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim())
    }

    /// A parameter that is a number, or `other`.
    pub(super) fn number(&self, name: &str, other: usize) -> usize {
        self.get(name).and_then(|v| v.parse().ok()).unwrap_or(other)
    }

    /// The address of this page with some parameters set anew; one set to nothing goes.
    pub(super) fn with(&self, changed: &[(&str, &str)]) -> String {
        let kept = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let kept = kept.filter(|(n, v)| !v.is_empty() && *n != "lang" && !changed.iter().any(|(c, _)| c == n));
        page::address(&self.path, kept.chain(changed.iter().copied().filter(|(_, v)| !v.is_empty())))
    }

    pub(super) fn t(&self, nb: &'static str, en: &'static str) -> &'static str {
        self.view.lang.pick(nb, en)
    }

    pub(super) fn held(&self) -> Result<Arc<Held>, Failure> {
        Ok(self.room.held()?)
    }

    pub(super) fn report(&self) -> Result<Report<'a>, Failure> {
        Ok(Report::open(&self.room.archive, self.view)?)
    }

    /// The page, or its data.
    pub(super) fn answer(mut self) -> Result<Reply, Failure> {
        if let Some(path) = self.path.strip_prefix("/original/") {
            return original::original(&self, path);
        }
        if let Some(path) = self.path.strip_prefix("/page/") {
            return original::picture(&self, path);
        }
        if let Some(path) = self.path.strip_prefix("/document/").map(str::to_owned) {
            // An input may itself be called `something.json`.
            let inputs = self.held()?;
            let path = match path.strip_suffix(".json").filter(|_| !inputs.ledger.contains_key(&path)) {
                Some(path) => {
                    self.json = true;
                    path.to_owned()
                }
                None => path,
            };
            self.path = format!("/document/{path}");
            return document::page(&self, &path);
        }
        match self.path.as_str() {
            "/findings.csv" => return lists::csv(&self, crate::report::csv::List::Findings, "findings.csv"),
            "/cases.csv" => return lists::csv(&self, crate::report::csv::List::Cases, "cases.csv"),
            "/search.csv" => return find::csv(&self),
            _ => {}
        }
        if let Some(path) = self.path.strip_suffix(".json").map(str::to_owned) {
            self.json = true;
            self.path = path;
        }
        if let Some(key) = self.path.strip_prefix("/case/") {
            return case::page(&self, key);
        }
        match self.path.as_str() {
            "/" | "" | "/index" | "/search" => find::page(&self),
            "/bodies" => lists::bodies(&self),
            "/findings" => lists::findings(&self),
            _ => Err(Failure::unknown()),
        }
    }

    /// Answers with `data` or with a page around `content`.
    pub(super) fn reply(
        &self,
        title: &str,
        data: &impl Serialize,
        content: impl FnOnce() -> Markup,
    ) -> Result<Reply, Failure> {
        if !self.json {
            return Ok(Reply::Html(page::whole(self, title, &content()).into_string()));
        }
        let bytes = crate::archive::pretty(&self.view.json(serde_json::to_value(data)?))?;
        Ok(Reply::File { mime: "application/json".to_owned(), name: None, bytes, lasting: false })
    }
}
