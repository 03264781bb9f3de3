//! Files that are damaged or made to harm, as archives hold now and then.

use std::io::{Cursor, Write};

use super::model::File;

/// The hostile file of this number, some of them made from a sound file.
pub(crate) fn file(number: usize, sound: &File) -> File {
    let (extension, bytes) = match number / 50 % 12 {
        0 => (extension(sound), sound.bytes[..sound.bytes.len() / 2].to_vec()),
        1 => (extension(sound), flipped(&sound.bytes, number)),
        2 => ("doc", Vec::new()),
        3 => ("doc", noise(20_000, number)),
        4 => ("docx", package("word/document.xml", &"<w:p>".repeat(200_000))),
        5 => ("docx", package("word/document.xml", &" ".repeat(80_000_000))),
        6 => ("rtf", "{\\rtf1 ".bytes().chain(std::iter::repeat_n(b'{', 500_000)).collect()),
        7 => ("html", format!("<html>{}", "<div>".repeat(200_000)).into_bytes()),
        8 => ("pdf", looped_pdf()),
        9 => ("doc", [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &noise(4096, number)].concat()),
        10 => ("txt", "a".repeat(3_000_000).into_bytes()),
        _ => ("zip", bomb(number)),
    };
    let name = sound.name.rsplit_once('.').map_or(sound.name.as_str(), |(name, _)| name);
    // The number makes each file another one.
    let bytes = if bytes.is_empty() { bytes } else { [bytes, format!("\n{number}").into_bytes()].concat() };
    File { name: format!("{name}.{extension}"), bytes }
}

fn extension(file: &File) -> &str {
    file.name.rsplit('.').next().unwrap_or_default()
}

fn noise(length: usize, seed: usize) -> Vec<u8> {
    let mut state = seed as u64 | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// One byte in a hundred is another.
fn flipped(bytes: &[u8], seed: usize) -> Vec<u8> {
    let noise = noise(bytes.len(), seed);
    bytes.iter().zip(noise).map(|(byte, noise)| if noise < 3 { noise ^ byte } else { *byte }).collect()
}

fn package(name: &str, text: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    for (name, text) in [("[Content_Types].xml", types), (name, text)] {
        out.start_file(name, options).expect("writing to memory cannot fail");
        out.write_all(text.as_bytes()).expect("writing to memory cannot fail");
    }
    out.finish().expect("writing to memory cannot fail").into_inner()
}

/// An archive in an archive in an archive, each entry swelling when it is unpacked.
fn bomb(number: usize) -> Vec<u8> {
    let text = format!("{number} {}", "0".repeat(2_000_000));
    (0..3).fold(package("0.txt", &text), |inner, depth| {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for copy in 0..4 {
            out.start_file(format!("../{depth}-{copy}.zip"), options).expect("writing to memory cannot fail");
            out.write_all(&inner).expect("writing to memory cannot fail");
        }
        out.finish().expect("writing to memory cannot fail").into_inner()
    })
}

/// Pages that are their own parents, with a content stream that holds itself.
fn looped_pdf() -> Vec<u8> {
    let text = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Resources << /XObject << /X 4 0 R >> >> /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n";
    text.as_bytes().to_vec()
}
