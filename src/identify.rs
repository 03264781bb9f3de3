//! Bytes to format: which reader takes a file, by its content alone, with the PRONOM identifier and the basis for it.

use std::io::Cursor;
use std::sync::OnceLock;

use crate::document::{Document, Problem, Properties};
use crate::limits::{Limits, Room};

/// A file format that motebok knows: how to recognise it and what to do with it.
pub struct Format {
    /// Short name, also the name of the reader's source file.
    pub id: &'static str,
    /// File name extensions that go with the format, in lower case. Used to report mislabelled files, never to choose a reader.
    pub extensions: &'static [&'static str],
    /// Looks at the content; `None` where it is another format.
    pub sniff: fn(&Probe) -> Option<Match>,
    /// What is done with a file of this format.
    pub reader: Reader,
}

/// What is done with a file of a format.
pub enum Reader {
    /// The file holds a document.
    Document(fn(&Input) -> Read),
    /// The file holds other files.
    Container(for<'a> fn(&Input<'a>) -> Opened<'a>),
    /// Known, but not read: pictures, programs, spreadsheets.
    None,
}

/// A document and what was lost on the way, or, where there is no document at all, why.
pub type Read = Result<(Document, Vec<Problem>), Problem>;

/// What is in a container, or, where it cannot be opened at all, why.
pub type Opened<'a> = Result<Contents<'a>, Problem>;

/// What is in a container.
#[derive(Default)]
pub struct Contents<'a> {
    /// The files in it.
    pub entries: Vec<Entry<'a>>,
    /// What was lost of it.
    pub lost: Option<Problem>,
    /// What it says about itself: an e-mail's subject, sender and date.
    pub properties: Properties,
}

/// What a reader gets.
pub struct Input<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The file's name, without folders.
    pub name: &'a str,
    /// What the format's `sniff` said.
    pub found: &'a Match,
    /// Limits to keep to.
    pub limits: &'a Limits,
}

/// A file inside a container. Its content is unpacked when it is its turn, so that a container is never whole in memory.
pub struct Entry<'a> {
    /// Path inside the container, with `/`, as the container has it.
    pub path: String,
    /// Gives the content, or why it cannot be had, and takes what it unpacks off the room.
    pub unpack: Unpack<'a>,
}

/// Unpacks an entry within the room there is.
pub type Unpack<'a> = Box<dyn FnOnce(&mut Room) -> Result<Vec<u8>, Problem> + 'a>;

/// A format recognised in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// PRONOM persistent unique identifier (The National Archives), where there is one.
    pub puid: Option<&'static str>,
    /// The format's name.
    pub name: &'static str,
    /// Media type.
    pub mime: &'static str,
    /// What the decision rests on, in words: `RTF signature`, `OPC package with a WordprocessingML main part`.
    pub basis: String,
    /// What was odd.
    pub warnings: Vec<String>,
}

impl Match {
    /// A match without warnings.
    #[must_use]
    pub fn new(puid: Option<&'static str>, name: &'static str, mime: &'static str, basis: impl Into<String>) -> Self {
        Self { puid, name, mime, basis: basis.into(), warnings: Vec::new() }
    }
}

/// A file's content as the sniffers see it; what takes time is worked out once.
pub struct Probe<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The file's extension in lower case, for formats that content alone cannot tell apart (Markdown from text).
    pub extension: &'a str,
    zip: OnceLock<Vec<String>>,
    ole: OnceLock<Vec<String>>,
}

impl<'a> Probe<'a> {
    /// A probe over `bytes` of a file called `name`.
    #[must_use]
    pub fn new(bytes: &'a [u8], extension: &'a str) -> Self {
        Self { bytes, extension, zip: OnceLock::new(), ole: OnceLock::new() }
    }

    /// Whether the file begins with a local zip header.
    #[must_use]
    pub fn is_zip(&self) -> bool {
        self.bytes.starts_with(b"PK\x03\x04") || self.bytes.starts_with(b"PK\x05\x06")
    }

    /// Names of the entries of a zip file, without a leading `/`; empty where it is none. Where the directory at the
    /// end is missing, the names come from the local headers (APPNOTE 4.3.7).
    pub fn zip_names(&self) -> &[String] {
        self.zip.get_or_init(|| {
            if !self.is_zip() {
                return Vec::new();
            }
            match zip::ZipArchive::new(Cursor::new(self.bytes)) {
                Ok(archive) => archive.file_names().flatten().map(|n| n.trim_start_matches('/').to_owned()).collect(),
                Err(_) => local_header_names(self.bytes),
            }
        })
    }

    /// Whether the file begins with the signature of a compound file (MS-CFB 2.2).
    #[must_use]
    pub fn is_ole(&self) -> bool {
        self.bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }

    /// Names of the storages and streams in the root of a compound file; empty where it is none. Read from the directory
    /// sectors as they lie in the file where the allocation table is damaged.
    pub fn ole_names(&self) -> &[String] {
        self.ole.get_or_init(|| {
            if !self.is_ole() {
                return Vec::new();
            }
            match cfb::CompoundFile::open(Cursor::new(self.bytes)) {
                Ok(file) => file.read_root_storage().map(|e| e.name().to_owned()).collect(),
                Err(_) => raw_directory_names(self.bytes),
            }
        })
    }
}

/// Entry names from the local headers of a zip file whose directory is missing.
fn local_header_names(bytes: &[u8]) -> Vec<String> {
    memchr::memmem::find_iter(bytes, b"PK\x03\x04")
        .take(1000)
        .filter_map(|at| {
            let length = usize::from(u16::from_le_bytes([*bytes.get(at + 26)?, *bytes.get(at + 27)?]));
            let name = bytes.get(at + 30..at + 30 + length)?;
            Some(String::from_utf8_lossy(name).trim_start_matches('/').to_owned())
        })
        .collect()
}

/// Names in directory entries (MS-CFB 2.6.1: 128 bytes, name in UTF-16, its length at 64, the type at 66) of a compound
/// file whose allocation table does not hold.
fn raw_directory_names(bytes: &[u8]) -> Vec<String> {
    bytes
        .get(512..)
        .unwrap_or_default()
        .chunks_exact(128)
        .filter_map(|entry| {
            let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
            if !(4..=64).contains(&length) || length % 2 != 0 || !matches!(entry[66], 1 | 2 | 5) {
                return None;
            }
            let units: Vec<u16> =
                entry[..length - 2].chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
            String::from_utf16(&units).ok()
        })
        .take(1000)
        .collect()
}

/// The first format in `formats` that recognises the content, with its match.
#[must_use]
pub fn identify<'f>(probe: &Probe, formats: &[&'f Format]) -> Option<(&'f Format, Match)> {
    formats.iter().find_map(|format| Some((*format, (format.sniff)(probe)?)))
}
