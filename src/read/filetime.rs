//! Times of Windows files (MS-DTYP 2.3.3 FILETIME).

/// A time in units of 100 nanoseconds since 1601, in ISO 8601.
pub(super) fn file_time(ticks: u64) -> Option<String> {
    const UNIX_EPOCH: i64 = 11_644_473_600;
    let seconds = i64::try_from(ticks / 10_000_000).ok()?.checked_sub(UNIX_EPOCH)?;
    // Zero and the lengths of time that some programs write here are no dates.
    let time = jiff::Timestamp::from_second(seconds).ok().filter(|_| ticks > 0 && seconds > -UNIX_EPOCH / 2)?;
    Some(time.to_string())
}
