//! JSON Lines.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| copydesk_fuzz::read("a.jsonl", bytes));
