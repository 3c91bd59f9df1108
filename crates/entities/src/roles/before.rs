//! The role before a name.

use std::ops::Range;

use super::reader::{Found, Reader};
use crate::{gazetteer::flags, words::CAPITAL};

/// Longest role, in tokens.
const LONGEST: usize = 10;
/// Small words inside a title in capitals: `Minister Attached to the Prime Minister`.
const INSIDE: [&str; 9] = ["to", "the", "of", "attached", "in", "charge", "for", "and", "&"];

/// The role that stands before a mention.
pub(super) fn find(reader: &Reader<'_>, index: usize) -> Option<Found> {
    let name = &reader.chosen[index].tokens;
    let first = reader.sentence(name.start)?.tokens.start;
    let mut end = name.start;
    // `Director General Mr. Le An`
    while end > first && (reader.words.has(end - 1, flags::HONORIFIC) || reader.words.text(end - 1) == ".") {
        end -= 1;
    }
    credit(reader, first, end).or_else(|| of_office(reader, first, end)).or_else(|| title(reader, first, end))
}

/// `Photographer: Le An`
fn credit(reader: &Reader<'_>, first: usize, end: usize) -> Option<Found> {
    let colon = end.checked_sub(1).filter(|&at| at > first && reader.words.text(at) == ":")?;
    let plain = (first..colon).all(|at| reader.is_free(at));
    (plain && colon - first <= 3 && reader.is_role(colon - 1))
        .then_some(Found { role: first..colon, of: None })
}

/// `Director of the Legal Department Le An`
fn of_office(reader: &Reader<'_>, first: usize, end: usize) -> Option<Found> {
    let mut of = reader
        .institution(end.checked_sub(1)?)
        .filter(|m| m.tokens.end == end && end > first)?
        .tokens
        .clone();
    while of.start >= first + 2
        && matches!(reader.words.text(of.start - 1), "and" | "&")
        && let Some(other) = reader.institution(of.start - 2)
    {
        of.start = other.tokens.start;
    }
    let mut at = of.start.checked_sub(1)?;
    if reader.words.text(at) == "the" {
        at = at.checked_sub(1)?;
    }
    let governed = at > first && matches!(reader.words.text(at), "of" | "at" | "for" | "in");
    let role = governed.then(|| ending_at(reader, first, at))??;
    Some(Found { role, of: Some(of) })
}

/// `Director General Le An`, `Minister of Finance Le An`; an institution right before it is what it is the role of.
fn title(reader: &Reader<'_>, first: usize, end: usize) -> Option<Found> {
    let role = ending_at(reader, first, end).or_else(|| with_field(reader, first, end))?;
    let mut at = role.start;
    if at > first && matches!(reader.words.text(at - 1), "'s" | "’s") {
        at -= 1;
    }
    let of = at.checked_sub(1).filter(|_| at > first).and_then(|at| reader.institution(at));
    let of = of.filter(|mention| mention.tokens.end == at).map(|mention| mention.tokens.clone());
    Some(Found { role, of })
}

/// The role whose last word stands before token `end`.
fn ending_at(reader: &Reader<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&last| last >= first && reader.is_role(last))?;
    let mut start = last;
    let capital = reader.words.is(last, CAPITAL);
    while start > first && end - start < LONGEST {
        let at = start - 1;
        let joins = matches!(reader.words.text(at), "and" | "&" | "-") && at > first;
        if capital && reader.is_free_capital(at) && !reader.words.has(at, flags::HONORIFIC) {
            start = at;
        } else if capital && joins && reader.is_free_capital(at - 1) {
            start = at - 1;
        } else if !capital && reader.is_part(at) {
            start = at;
        } else {
            break;
        }
    }
    Some(earlier(reader, first, start).unwrap_or(start)..end)
}

/// Where a title begins that a comma joins to the one at `start`.
fn earlier(reader: &Reader<'_>, first: usize, start: usize) -> Option<usize> {
    let comma = start.checked_sub(1).filter(|&at| at > first && reader.words.text(at) == ",")?;
    if !reader.is_role(comma - 1) {
        return None;
    }
    let inside = |at: usize| {
        reader.is_free_capital(at)
            || (reader.mention(at).is_none() && INSIDE.contains(&reader.words.text(at)))
    };
    let from = (first.max(comma.saturating_sub(LONGEST))..comma).rev().take_while(|&at| inside(at)).last()?;
    (from..comma).find(|&at| reader.is_part(at) && reader.words.is(at, CAPITAL))
}

/// `Minister of Public Works and Transport` before a name.
fn with_field(reader: &Reader<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let field = (first.max(end.saturating_sub(LONGEST))..end)
        .rev()
        .take_while(|&at| reader.is_free_capital(at) || matches!(reader.words.text(at), "and" | "&" | ","))
        .last()?;
    let governed = field > first && matches!(reader.words.text(field - 1), "of" | "for");
    let role = governed.then(|| ending_at(reader, first, field - 1))??;
    reader.words.is(role.start, CAPITAL).then_some(role.start..end)
}
