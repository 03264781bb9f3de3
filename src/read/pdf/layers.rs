//! Optional content (ISO 32000-1, 8.11): which layers of a file are switched off.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

/// The layers that are not shown.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// The layers of a file as its default configuration has them.
    pub(super) fn of(pdf: &Pdf) -> Self {
        Self { off: off(pdf).unwrap_or_default() }
    }

    /// Whether the layer (or membership of layers) under `key` of `dict` is not shown.
    pub(super) fn hides(&self, dict: &Dict<'_>, key: impl AsRef<[u8]>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let key = key.as_ref();
        if dict.get_ref(key).is_some_and(|id| self.off.contains(&id.into())) {
            return true;
        }
        let Some(membership) = dict.get::<Dict<'_>>(key) else { return false };
        if membership.get::<Name<'_>>("Type").as_deref() != Some(b"OCMD") {
            return false;
        }
        let groups: Vec<bool> = match membership.get::<Object<'_>>("OCGs") {
            Some(Object::Array(groups)) => references(&groups).map(|id| self.off.contains(&id)).collect(),
            _ => membership.get_ref("OCGs").into_iter().map(|id| self.off.contains(&id.into())).collect(),
        };
        if groups.is_empty() {
            return false;
        }
        match membership.get::<Name<'_>>("P").as_deref() {
            Some(b"AllOn") => groups.iter().any(|off| *off),
            Some(b"AnyOff") => !groups.iter().any(|off| *off),
            Some(b"AllOff") => !groups.iter().all(|off| *off),
            _ => groups.iter().all(|off| *off),
        }
    }
}

fn references(array: &Array<'_>) -> impl Iterator<Item = ObjectIdentifier> {
    array.raw_iter().filter_map(|item| item.as_obj_ref()).map(ObjectIdentifier::from)
}

fn off(pdf: &Pdf) -> Option<HashSet<ObjectIdentifier>> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let content = catalog.get::<Dict<'_>>("OCProperties")?;
    let default = content.get::<Dict<'_>>("D")?;
    let mut off = HashSet::new();
    if default.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
        off.extend(content.get::<Array<'_>>("OCGs").iter().flat_map(references));
        for id in default.get::<Array<'_>>("ON").iter().flat_map(references) {
            off.remove(&id);
        }
    }
    off.extend(default.get::<Array<'_>>("OFF").iter().flat_map(references));
    Some(off)
}
