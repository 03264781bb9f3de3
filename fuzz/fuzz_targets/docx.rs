//! Word documents: whole packages, and the main part of one.
#![no_main]

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let format = &motebok::read::docx::FORMAT;
    if bytes.starts_with(b"PK") {
        motebok_fuzz::read(format, bytes);
    } else {
        let parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS)];
        motebok_fuzz::read_part(format, &parts, "word/document.xml", bytes);
    }
});
