//! What containers share: unpacking within limits, and names.

use std::io::Read;

use crate::document::{Problem, ProblemCode};
use crate::identify::Entry;
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

/// An entry whose content is at hand.
pub(super) fn whole<'a>(path: String, bytes: Vec<u8>) -> Entry<'a> {
    let unpack = move |room: &mut Room| {
        room.bytes = room.bytes.saturating_sub(bytes.len() as u64);
        Ok(bytes)
    };
    Entry { path, unpack: Box::new(unpack) }
}

/// An entry's name: UTF-8 where it is valid, whatever its flag says, else the DOS code page of Norway and Denmark.
pub(super) fn entry_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => oem_cp::decode_string_complete_table(raw, &oem_cp::code_table::DECODING_TABLE_CP865),
    }
}
