//! WARC archives; compressed ones by their first bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| copydesk_fuzz::read("a.warc", bytes));
