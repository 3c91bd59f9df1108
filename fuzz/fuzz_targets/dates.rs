//! Dates in any text, counted from any day of the calendar: the first two bytes choose it.
#![no_main]

use jiff::ToSpan;
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

/// Days between two choices: all choices together span the calendar.
const STRIDE: i32 = 55;

fuzz_target!(|input: (u16, &str)| {
    let (choice, text) = input;
    let anchor = Date::MIN.checked_add((STRIDE * i32::from(choice)).days()).ok();
    copydesk_fuzz::quantities::dates(text, anchor);
});
