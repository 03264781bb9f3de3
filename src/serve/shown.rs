//! A record as it may be shown.

use std::collections::HashSet;

use super::ask::{Ask, Failure};
use crate::closed;
use crate::mask::mask;
use crate::model::Record;

/// A record, without what stands in closed cases and without identity numbers where these may not be shown. No byte of a
/// text moves, so places in it stay true.
pub(super) struct Shown {
    pub(super) record: Record,
    /// Blocks that belong to a closed case.
    pub(super) hidden: HashSet<u32>,
}

impl Shown {
    pub(super) fn read(ask: &Ask, path: &str) -> Result<Self, Failure> {
        let held = ask.held()?;
        let line = held.ledger.get(path).ok_or_else(Failure::unknown)?;
        let mut record = ask.room.archive.record(&line.path)?;
        let hidden = if ask.view.closed { HashSet::new() } else { closed::hide(&mut record) };
        if !ask.view.unmask {
            for block in &mut record.blocks {
                block.text = mask(&block.text).into_owned();
            }
        }
        Ok(Self { record, hidden })
    }
}
