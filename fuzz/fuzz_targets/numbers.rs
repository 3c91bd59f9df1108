//! Numbers with their units, in any text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| copydesk_fuzz::quantities::numbers(text));
