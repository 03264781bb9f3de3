//! TODO
use crate::identify::{Format, Input, Match, Probe, Read, Reader};
/// FORMAT
pub const FORMAT: Format = Format { id: "docx", extensions: &["docx"], sniff, reader: Reader::Document(read) };
fn sniff(_probe: &Probe) -> Option<Match> {
    None
}
fn read(_input: &Input) -> Read {
    Ok(Default::default())
}
