//! Finds dates, times of day, lengths of time and ages, and resolves them.
//!
//! A reader goes over the lexemes once and tries its grammars only where a word or number can open one (`reader`, and by
//! form `months`, `numeric`, `years`, `named`, `weekdays`, `relative`, `counted`, `range`, `clock`, `past`, `duration`, `age`);
//! what it reads is an expression that says nothing yet about the calendar (`when`). `context` then gives it days (with
//! `shifting`, `parts`, `period`), from the day that dates count from, the dates mentioned before, and the tense of the
//! sentence; a history (`narrative`) has no present to count from.

mod age;
mod clock;
mod context;
mod counted;
mod duration;
mod find;
mod holiday;
mod months;
mod named;
mod narrative;
mod numeric;
mod order;
mod parts;
mod past;
mod period;
mod range;
mod reader;
mod relative;
mod shifting;
mod tense;
mod timex;
mod topic;
mod weekdays;
mod when;
mod words;
mod years;

pub(crate) use find::{Found, find};
pub(crate) use words::Tables;

#[cfg(test)]
mod tests;
