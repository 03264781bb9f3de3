//! A language pack as its file has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::field::{ColumnHead, Field, TitleWord};

/// The packs, in order of precedence.
pub const PACKS: &[(&str, &str)] = &[
    ("nb", include_str!("nb.toml")),
    ("nn", include_str!("nn.toml")),
    ("sv", include_str!("sv.toml")),
    ("da", include_str!("da.toml")),
];

/// Lists of words or patterns by what they are for.
pub(super) type Lists<K> = BTreeMap<K, Vec<String>>;

/// A language pack as it stands in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub(super) tag: String,
    pub(super) evidence: Vec<String>,
    pub(super) months: Vec<String>,
    pub(super) month_short: Vec<String>,
    pub(super) weekdays: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) numbers: BTreeMap<String, u32>,
    pub(super) titles: Lists<TitleWord>,
    pub(super) labels: Lists<Field>,
    pub(super) suffixes: Lists<Field>,
    pub(super) case: Lists<String>,
    pub(super) types: Lists<String>,
    pub(super) series_types: BTreeMap<String, String>,
    pub(super) outcomes: Lists<String>,
    pub(super) votes: Lists<String>,
    pub(super) moved: Lists<String>,
    pub(super) sentences: Lists<String>,
    pub(super) tables: Lists<String>,
    pub(super) columns: Lists<ColumnHead>,
    pub(super) deputies: Lists<String>,
    pub(super) parties: Vec<String>,
    pub(super) particles: Lists<String>,
    pub(super) roles: Lists<String>,
    pub(super) offices: Lists<String>,
    pub(super) organisations: Lists<String>,
    pub(super) bodies: Lists<String>,
    pub(super) wrong_body: Lists<String>,
    pub(super) holidays: Holidays,
    pub(super) approval: Lists<String>,
    pub(super) follow_up: Lists<String>,
    pub(super) signed: Lists<String>,
    pub(super) boilerplate: Lists<String>,
}

/// Public holidays of the packs' country.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holidays {
    /// `MM-DD`.
    pub(super) fixed: Vec<String>,
    /// Days from Easter Sunday.
    pub(super) easter: Vec<i32>,
}
