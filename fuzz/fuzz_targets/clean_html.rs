//! HTML pages: tokens, blocks, evidence, labels.
#![no_main]

use copydesk_types::MediaType;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| copydesk_fuzz::clean(MediaType::Html, None, bytes));
