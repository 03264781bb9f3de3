//! From text to a record: every value can be read back at its place.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| motebok_fuzz::extract_text(bytes));
