//! Finds dates, times of day, lengths of time and ages, and resolves them.
//!
//! A reader goes over the lexemes once and tries its grammars only where a word or number can open one (`reader`, and by
//! form `absolute`, `relative`, `clock`, `duration`); what it reads is an expression that says nothing yet about the
//! calendar (`when`). `context` then gives it days, from the day that dates count from, the dates mentioned before, and
//! the tense of the sentence.

mod absolute;
mod clock;
mod context;
mod duration;
mod find;
mod holiday;
mod order;
mod period;
mod reader;
mod relative;
mod tense;
mod when;
mod words;

pub(crate) use find::find;
pub(crate) use words::Tables;
