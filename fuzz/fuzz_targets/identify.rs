//! Which format a file is of: the sniffers of all formats, those without a reader of their own among them.
#![no_main]

use motebok::identify::{Probe, identify};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = identify(&Probe::new(bytes, ""), motebok::read::FORMATS);
});
