//! Office files under a password: a compound file around an encrypted package (MS-OFFCRYPTO 2.3). Known, but not read.

use crate::document::{Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader};

/// An encrypted OOXML package of any kind.
pub const FORMAT: Format = Format {
    id: "encrypted",
    extensions: &["docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "pptx", "pptm"],
    sniff,
    reader: Reader::Document(read),
};

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::io::Cursor;

    use super::*;
    use crate::limits::Limits;

    fn compound_file(stream: &str) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn an_encrypted_package_is_recognised_and_says_so() {
        let bytes = compound_file("/EncryptedPackage");
        let found = sniff(&Probe::new(&bytes, "docx")).unwrap();
        assert_eq!(found.puid, Some("fmt/494"));
        let input = Input { bytes: &bytes, name: "input.docx", found: &found, limits: &Limits::DEFAULT };
        assert_eq!(read(&input).unwrap_err().code, ProblemCode::Encrypted);
        assert_eq!(sniff(&Probe::new(&compound_file("/WordDocument"), "doc")), None);
    }
}
