//! Word 2003 XML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| motebok_fuzz::read(&motebok::read::word_xml::FORMAT, bytes));
