//! Zip archives.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| motebok_fuzz::read(&motebok::read::zip::FORMAT, bytes));
