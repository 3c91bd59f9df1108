//! The role after a name.

use std::ops::Range;

use copydesk_types::EntityLabel;

use super::reader::{Found, Reader};
use crate::words::{CAPITAL, FUNCTION, NUMBER};

/// Longest role, in tokens.
const LONGEST: usize = 12;

/// The role that stands after a mention.
pub(super) fn find(reader: &Reader<'_>, index: usize) -> Option<Found> {
    let name = &reader.chosen[index].tokens;
    let end = reader.sentence(name.start)?.tokens.end;
    if reader.in_byline(name.start) {
        return byline(reader, name.end, end);
    }
    match reader.words.text(name.end) {
        "," | "(" | "–" | "—" => apposition(reader, after_age(reader, name.end + 1), end),
        // `Le An Director General of …`: in capitals only, as verbs are small.
        _ => (reader.is_part(name.end) && reader.words.is(name.end, CAPITAL))
            .then(|| apposition(reader, name.end, end))?,
    }
}

/// `By Le An / Daily News Staff Writer`, or the same on the line below.
fn byline(reader: &Reader<'_>, mut at: usize, mut end: usize) -> Option<Found> {
    if at == end && reader.in_byline(at) {
        end = reader.sentence(at)?.tokens.end;
    } else if matches!(reader.words.text(at), "/" | "|" | "," | "-" | "–") {
        at += 1;
    }
    apposition(reader, at, end)
        .filter(|found| found.role.end == end || reader.words.text(found.role.end) == ",")
}

/// `, 58, a farmer`
fn after_age(reader: &Reader<'_>, at: usize) -> usize {
    let age = reader.words.is(at, NUMBER) && matches!(reader.words.text(at + 1), "," | ")");
    if age { at + 2 } else { at }
}

/// Reads a role at token `at`, which must end before `end`.
fn apposition(reader: &Reader<'_>, mut at: usize, end: usize) -> Option<Found> {
    while at < end
        && matches!(reader.words.text(at), "who" | "is" | "was" | "also" | "currently" | "a" | "an" | "the")
    {
        at += 1;
    }
    let mut of = None;
    if let Some(mention) = reader.mention(at).filter(|_| at < end) {
        // `CBP attaché`, `Daily News Staff Writer`; a nationality says nothing of an office.
        of = reader.institution(at).map(|mention| mention.tokens.clone());
        (of.is_some() || mention.label == EntityLabel::Norp).then_some(())?;
        at = mention.tokens.end;
        at += usize::from(matches!(reader.words.text(at), "'s" | "’s"));
    }
    let mut role = phrase(reader, at, end)?;
    while reader.words.text(role.end) == ","
        && reader.is_part(role.end + 1)
        && reader.words.is(role.end + 1, CAPITAL)
        && let Some(next) = phrase(reader, role.end + 1, end)
    {
        role.end = next.end;
    }
    // `, President Le An`: the role of the next name.
    if reader.mention(role.end).is_some_and(|mention| mention.label == EntityLabel::Person && role.end < end)
    {
        return None;
    }
    if matches!(reader.words.text(role.end), "of" | "at" | "for" | "in" | "with") && role.end < end {
        let mut place = role.end + 1;
        place += usize::from(matches!(reader.words.text(place), "the" | "a" | "an"));
        match governed(reader, place) {
            Some(institution) => of = Some(institution),
            // `Minister of Public Works and Transport`
            None if matches!(reader.words.text(role.end), "of" | "for") => {
                role.end = field(reader, role.end, end)
            }
            None => {}
        }
    }
    Some(Found { role, of })
}

/// The words from `at` to the last one that ends a role, before anything that no role holds.
fn phrase(reader: &Reader<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let inside = |place: usize| {
        let text = reader.words.text(place);
        let attached = matches!(text, "to" | "the") && place > at + 1;
        let institution = place > at && reader.institution(place).is_some();
        (reader.is_free(place) && !reader.words.is(place, FUNCTION))
            || institution
            || matches!(text, "and" | "&" | "-" | "/")
            || (attached && is_attached(reader, place))
    };
    let words = (at..end.min(at + LONGEST)).take_while(|&place| inside(place));
    let last = words.filter(|&place| reader.is_role(place)).last()?;
    Some(at..last + 1)
}

/// `to` and `the` of `attached to the`
fn is_attached(reader: &Reader<'_>, at: usize) -> bool {
    let attached = |at: usize| reader.words.text(at).eq_ignore_ascii_case("attached");
    attached(at - 1) || (at > 1 && attached(at - 2))
}

/// The institution at a token, or the last of a chain of possessives: `CNBC's Advisor Council`.
fn governed(reader: &Reader<'_>, at: usize) -> Option<Range<usize>> {
    let mut found = reader.institution(at)?;
    while matches!(reader.words.text(found.tokens.end), "'s" | "’s")
        && let Some(next) = reader.institution(found.tokens.end + 1)
    {
        found = next;
    }
    Some(found.tokens.clone())
}

/// Where a field in capitals after `of` ends; at `of` where there is none.
fn field(reader: &Reader<'_>, of: usize, end: usize) -> usize {
    let mut last = of;
    for at in of + 1..end.min(of + LONGEST) {
        if reader.is_free_capital(at) {
            last = at + 1;
        } else if !matches!(reader.words.text(at), "and" | "&" | "of") {
            break;
        }
    }
    last
}
