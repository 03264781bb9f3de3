//! Unpacking within limits.

use std::io::Read;

use crate::document::{Problem, ProblemCode};
use crate::limits::{Limits, Room};

/// Unpacks one entry of `packed` bytes. What it says about its own size is not trusted.
///
/// # Errors
/// `Damaged` where it cannot be unpacked, `LimitExceeded` where it is too large.
pub(super) fn unpack(entry: impl Read, packed: u64, room: &mut Room, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let by_ratio = packed.saturating_mul(limits.ratio).max(limits.ratio_free_bytes);
    let most = by_ratio.min(limits.part_bytes).min(room.bytes);
    let mut bytes = Vec::new();
    let outcome = entry.take(most + 1).read_to_end(&mut bytes);
    room.bytes = room.bytes.saturating_sub(bytes.len() as u64);
    outcome.map_err(|e| Problem::new(ProblemCode::Damaged, format!("the entry cannot be unpacked: {e}")))?;
    if bytes.len() as u64 > most {
        let message = format!("an entry of {packed} bytes unpacks to more than {most} bytes");
        return Err(Problem::new(ProblemCode::LimitExceeded, message));
    }
    Ok(bytes)
}
