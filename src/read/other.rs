//! Formats that are known and not read: pictures, spreadsheets, sound, programs. Naming them tells an archivist what a
//! file is, and keeps them apart from damaged documents.

use crate::identify::{Format, Match, Probe, Reader};

/// Everything that is known and not read.
pub const FORMAT: Format = Format {
    id: "other",
    extensions: &[
        "png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "webp", "xlsx", "xlsm", "pptx", "xls", "ppt", "ods", "odp",
        "mp3", "wav", "mp4", "mov", "exe", "dll", "7z", "rar", "sqlite", "mdb", "accdb", "epub",
    ],
    sniff,
    reader: Reader::None,
};

/// PRONOM identifier, name, media type, offset of the signature and the signature.
type Signature = (&'static str, &'static str, &'static str, usize, &'static [u8]);

/// Signatures as PRONOM has them. A more particular one stands before a more general one.
const SIGNATURES: &[Signature] = &[
    ("fmt/11", "Portable Network Graphics", "image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("fmt/43", "JPEG File Interchange Format", "image/jpeg", 0, b"\xff\xd8\xff"),
    ("fmt/4", "Graphics Interchange Format", "image/gif", 0, b"GIF8"),
    ("fmt/353", "Tagged Image File Format", "image/tiff", 0, b"II*\0"),
    ("fmt/353", "Tagged Image File Format", "image/tiff", 0, b"MM\0*"),
    ("fmt/566", "WebP", "image/webp", 8, b"WEBP"),
    ("fmt/141", "Waveform Audio", "audio/x-wav", 8, b"WAVE"),
    ("fmt/134", "MPEG 1/2 Audio Layer 3", "audio/mpeg", 0, b"ID3\x03"),
    ("fmt/134", "MPEG 1/2 Audio Layer 3", "audio/mpeg", 0, b"ID3\x04"),
    ("fmt/134", "MPEG 1/2 Audio Layer 3", "audio/mpeg", 0, b"\xff\xfb"),
    ("fmt/199", "MPEG-4 Media File", "video/mp4", 4, b"ftyp"),
    ("fmt/484", "7Zip", "application/x-7z-compressed", 0, b"7z\xbc\xaf\x27\x1c"),
    ("x-fmt/264", "RAR Archive", "application/vnd.rar", 0, b"Rar!\x1a\x07"),
    ("fmt/729", "SQLite Database File Format", "application/x-sqlite3", 0, b"SQLite format 3\0"),
    ("x-fmt/241", "Microsoft Access Database", "application/x-msaccess", 4, b"Standard Jet DB"),
    ("fmt/275", "Microsoft Access Database", "application/x-msaccess", 4, b"Standard ACE DB"),
    ("fmt/689", "Executable and Linkable Format", "application/x-elf", 0, b"\x7fELF"),
];

/// Parts of a zip package and what they make it.
const PACKAGES: &[(&str, &str, &str, &str)] = &[
    (
        "xl/workbook.xml",
        "fmt/214",
        "Microsoft Excel for Windows",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "ppt/presentation.xml",
        "fmt/215",
        "Microsoft Powerpoint for Windows",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("META-INF/container.xml", "fmt/483", "ePub format", "application/epub+zip"),
];

/// Streams of a compound file and what they make it.
const STREAMS: &[(&str, &str, &str, &str)] = &[
    ("Workbook", "fmt/61", "Microsoft Excel 97 Workbook (xls)", "application/vnd.ms-excel"),
    ("Book", "fmt/59", "Microsoft Excel 5.0/95 Workbook (xls)", "application/vnd.ms-excel"),
    ("PowerPoint Document", "fmt/126", "Microsoft Powerpoint Presentation", "application/vnd.ms-powerpoint"),
];

/// Media types of OpenDocument files that are no text, as they stand at the start of the package (ODF 1.3 part 2, 3.3).
const OPEN_DOCUMENTS: &[(&str, &str, &str)] = &[
    ("application/vnd.oasis.opendocument.spreadsheet", "fmt/295", "OpenDocument Spreadsheet"),
    ("application/vnd.oasis.opendocument.presentation", "fmt/293", "OpenDocument Presentation"),
];

fn sniff(probe: &Probe) -> Option<Match> {
    by_signature(probe.bytes)
        .or_else(|| windows_program(probe.bytes))
        .or_else(|| by_name(PACKAGES, probe.zip_names(), "zip package with"))
        .or_else(|| by_name(STREAMS, probe.ole_names(), "compound file with the stream"))
        .or_else(|| open_document(probe))
}

fn by_signature(bytes: &[u8]) -> Option<Match> {
    SIGNATURES.iter().find_map(|(puid, name, mime, offset, signature)| {
        let is_there = bytes.get(*offset..).is_some_and(|rest| rest.starts_with(signature));
        is_there.then(|| Match::new(Some(puid), name, mime, format!("signature at byte {offset}")))
    })
}

/// A Windows program: `MZ`, and the offset at 0x3C leads to `PE` (Microsoft PE format, section 2).
fn windows_program(bytes: &[u8]) -> Option<Match> {
    let at = bytes.get(0x3C..0x40).filter(|_| bytes.starts_with(b"MZ"))?;
    let at = u32::from_le_bytes(at.try_into().ok()?) as usize;
    bytes.get(at..)?.starts_with(b"PE\0\0").then(|| {
        Match::new(
            Some("fmt/899"),
            "Windows Portable Executable",
            "application/vnd.microsoft.portable-executable",
            "MZ and PE signatures",
        )
    })
}

fn by_name(table: &[(&str, &'static str, &'static str, &'static str)], names: &[String], basis: &str) -> Option<Match> {
    let (part, puid, name, mime) = table.iter().find(|(part, ..)| names.iter().any(|n| n == part))?;
    Some(Match::new(Some(puid), name, mime, format!("{basis} {part}")))
}

fn open_document(probe: &Probe) -> Option<Match> {
    let head = probe.bytes.get(..200.min(probe.bytes.len())).filter(|_| probe.is_zip())?;
    OPEN_DOCUMENTS
        .iter()
        .find(|(mime, ..)| memchr::memmem::find(head, mime.as_bytes()).is_some())
        .map(|(mime, puid, name)| Match::new(Some(puid), name, mime, "media type at the start of the package"))
}
