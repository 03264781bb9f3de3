//! Office files under a password: a compound file around an encrypted package (MS-OFFCRYPTO 2.3). Known, but not read.

use crate::document::{Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};

/// An encrypted OOXML package of any kind.
pub const FORMAT: Format =
    Format { id: "encrypted", extensions: &["docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "pptx", "pptm"], sniff, reader: Reader::Document(read) };

fn sniff(probe: &Probe) -> Option<Match> {
    probe.ole_names().iter().any(|name| name == "EncryptedPackage").then(|| {
        Match::new(
            Some("fmt/494"),
            "Microsoft Office Encrypted Document",
            "application/x-ole-storage",
            "compound file with a stream EncryptedPackage",
        )
    })
}

fn read(_input: &Input) -> Read {
    Err(Problem::new(ProblemCode::Encrypted, "the document needs a password"))
}
