//! When the article was published and last changed.
//!
//! What the page states for programs is believed before what it prints, and what it prints beside the headline before its
//! address. A date of something else on the page (a teaser, a comment, today's date over the menu) stands in a region of
//! its own and is not looked at; one after the fetch is none.

mod printed;

use std::ops::RangeInclusive;

use copydesk_text::date::{self, Order};
use copydesk_types::{Label, MetadataSource};
use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};

use printed::Wanted;

use super::metas::{self, Fact};
use super::{Found, Sheet};
use crate::{MarkKind, evidence::LdArticle, raw::region};

/// Years in which a page of the web can have been published, with room for archives that went online later.
const YEARS: RangeInclusive<i16> = 1970..=2100;
/// Bytes of a statement that are searched for a date.
const STATEMENT: usize = 160;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<Found<Published>>,
    pub(super) modified: Option<Found<Timestamp>>,
    /// Whether a statement was left out because it lies after the fetch.
    pub(super) after_fetch: bool,
}

/// The publication day in the page's own zone, and the instant where time and zone are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub(super) date: Date,
    pub(super) at: Option<Timestamp>,
}

pub(super) fn read(sheet: &Sheet<'_>) -> Dates {
    let given = &sheet.page.given;
    let input = given
        .published_date
        .or(given.published_at.map(|at| Offset::UTC.to_datetime(at).date()))
        .map(|date| (Published { date, at: given.published_at }, MetadataSource::Input));
    let order = order(sheet);
    let last_day = sheet.page.fetched_at.map(last_day);
    let mut after_fetch = false;
    let mut is_possible = |found: &Found<Published>| {
        let late = last_day.is_some_and(|last| found.0.date > last);
        after_fetch |= late;
        !late && YEARS.contains(&found.0.date.year())
    };
    let stated = stated(sheet, order, Fact::Published, |a| a.published.as_deref());
    let printed = |wanted| printed::read(sheet, order, wanted);
    let address = std::iter::once_with(|| address_date(sheet)).flatten();
    let address = address.map(|date| (Published { date, at: None }, MetadataSource::Url));
    let mut candidates = input
        .into_iter()
        .chain(stated)
        .chain(printed(Wanted::Publication))
        .chain(address)
        .chain(printed(Wanted::Any));
    let published = candidates.find(&mut is_possible);

    let marked = sheet.evidence.marks.iter().filter(|m| m.kind == MarkKind::Modified);
    let marked = marked.filter(|m| m.regions & region::OTHERS == 0).filter_map(|m| m.value.as_deref());
    let marked = marked.filter_map(|value| Some((read_date(value, order)?, MetadataSource::Microdata)));
    let changed = self::stated(sheet, order, Fact::Modified, |a| a.modified.as_deref()).chain(marked);
    let limit = sheet.page.fetched_at.and_then(|fetched| fetched.checked_add(24.hours()).ok());
    let modified = changed
        .filter_map(|(stated, source)| Some((stated.at?, source)))
        .find(|(at, _)| limit.is_none_or(|limit| *at <= limit));
    Dates { published, modified, after_fetch }
}

/// The last day that it can be anywhere at the time of the fetch.
fn last_day(fetched: Timestamp) -> Date {
    let farthest = Offset::constant(14);
    farthest.to_datetime(fetched).date()
}

/// What JSON-LD and `meta` state, most trusted first.
fn stated<'s>(
    sheet: &Sheet<'s>,
    order: Order,
    fact: Fact,
    field: impl Fn(&'s LdArticle) -> Option<&'s str> + Copy + 's,
) -> impl Iterator<Item = Found<Published>> + 's {
    let evidence = sheet.evidence;
    let of_kind = |article: bool| evidence.json_ld.iter().filter(move |a| a.is_article == article);
    let json_ld =
        move |article| of_kind(article).filter_map(field).map(|text| (text, MetadataSource::JsonLd));
    let metas = metas::names(fact)
        .flat_map(move |name| evidence.metas(name))
        .map(|text| (text, MetadataSource::Meta));
    json_ld(true)
        .chain(metas)
        .chain(json_ld(false))
        .filter_map(move |(text, source)| Some((read_date(text, order)?, source)))
}

/// The first full date of a short text.
fn read_date(text: &str, order: Order) -> Option<Published> {
    let text = &text[..text.floor_char_boundary(STATEMENT)];
    if let Some(published) = unix_time(text) {
        return Some(published);
    }
    let mut from = 0;
    while let Some((span, value)) = date::search(text, from, order) {
        if let (Some(date), Some(_)) = (value.date(), value.day) {
            return Some(Published { date, at: value.timestamp() });
        }
        from = span.end;
    }
    None
}

/// Seconds or milliseconds since 1970, as some systems state them.
fn unix_time(text: &str) -> Option<Published> {
    let text = text.trim();
    let number: i64 = text.parse().ok().filter(|_| matches!(text.len(), 10 | 13))?;
    let at =
        if text.len() == 13 { Timestamp::from_millisecond(number) } else { Timestamp::from_second(number) };
    let at = at.ok()?;
    Some(Published { date: Offset::UTC.to_datetime(at).date(), at: Some(at) })
}

/// The day in an address: `/2024/05/16/` or `/2024-05-16`.
fn address_date(sheet: &Sheet<'_>) -> Option<Date> {
    let own = sheet.page.url.as_deref();
    let stated = sheet.evidence.links.iter().find(|l| l.rel == "canonical").map(|l| l.href.as_str());
    let url = own.or(stated).or(sheet.evidence.metas("og:url").next())?;
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let numbers: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    numbers.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            .ok()
            .filter(|d| YEARS.contains(&d.year()))
    })
}

/// Whether day or month comes first in this page's numeric dates: a number above 12 tells, else the language does.
pub(super) fn order(sheet: &Sheet<'_>) -> Order {
    let marks = sheet.evidence.marks.iter().filter(|m| m.kind != MarkKind::Author).map(|m| m.text.as_str());
    let lines = sheet.blocks.iter().filter(|b| matches!(b.label, Label::Dateline | Label::Byline));
    let told = marks.chain(lines.map(|b| b.text.as_str())).find_map(told_order);
    told.unwrap_or_else(|| {
        let locale =
            sheet.evidence.metas("og:locale").next().or(sheet.evidence.lang.as_deref()).unwrap_or("");
        let locale = locale.to_ascii_lowercase().replace('_', "-");
        if matches!(locale.as_str(), "en" | "en-us" | "en-ph" | "es-us") {
            Order::MonthFirst
        } else {
            Order::DayFirst
        }
    })
}

/// The order that `13/5/2024` or `5/13/2024` tells.
fn told_order(text: &str) -> Option<Order> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(3).find_map(|parts| {
        let [first, second, year] = parts else { return None };
        let small = |text: &str| text.parse::<u8>().ok().filter(|n| (1..=31).contains(n));
        let (first, second) = (small(first)?, small(second)?);
        match (year.len(), first > 12, second > 12) {
            (4, true, false) => Some(Order::DayFirst),
            (4, false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    })
}
