//! The date that relative dates count from: the publication date, or else the best date that the text gives.

use std::sync::LazyLock;

use copydesk_text::date::{self, DateValue};
use copydesk_types::{Anchor, Label, MetadataSource, Precision};
use jiff::civil::Date;

use super::{Found, Sheet, dates, dates::Published};

/// Running blocks at the text's start in which a date is taken for the day of the news.
const OPENING: usize = 3;
/// Years that a text may name as its present.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

pub(super) fn read(sheet: &Sheet<'_>, published: Option<Found<Published>>) -> Option<Found<Anchor>> {
    if let Some((published, source)) = published {
        return Some((Anchor { date: published.date, precision: Precision::Day }, source));
    }
    let order = dates::order(sheet);
    let running = || sheet.blocks.iter().filter(|b| b.label.kept() && (b.in_body || b.label == Label::Lead));
    let texts = || running().map(|b| b.text.as_str());
    let dates_in = |text: &str| {
        let mut from = 0;
        let mut found = Vec::new();
        while let Some((span, value)) = date::search(text, from, order) {
            found.push(value);
            from = span.end;
        }
        found
    };
    let all: Vec<DateValue> = texts().flat_map(dates_in).collect();
    let latest_day = all.iter().filter(|v| v.day.is_some()).filter_map(DateValue::date).max();
    let opening = texts().take(OPENING).flat_map(dates_in).find_map(|value| day(value, latest_day));
    // A date of an earlier year than another in the text tells of the past, wherever it stands.
    let opening = opening.filter(|date| latest_day.is_none_or(|latest| date.year() >= latest.year()));
    let anchor = match opening {
        Some(date) => Anchor { date, precision: Precision::Day },
        None => Anchor { date: Date::new(latest_year(texts())?, 1, 1).ok()?, precision: Precision::Year },
    };
    Some((anchor, MetadataSource::Text))
}

/// The day of an opening date; where its year is not printed, the one that brings it nearest to the latest day printed
/// in full, and not before it.
fn day(value: DateValue, latest: Option<Date>) -> Option<Date> {
    let day = value.day?;
    if value.year.is_some() {
        return value.date();
    }
    let latest = latest?;
    let date = Date::new(latest.year(), value.month, day).ok()?;
    if date >= latest { Some(date) } else { Date::new(latest.year() + 1, value.month, day).ok() }
}

/// The latest year that the text speaks of as passing or past: `in 2023`, `October 2023`, not `by 2030`.
fn latest_year<'t>(texts: impl Iterator<Item = &'t str>) -> Option<i16> {
    texts.filter_map(|text| years(text).max()).max()
}

/// Words before a year that is under way or over.
static PASSING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/years.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

fn years(text: &str) -> impl Iterator<Item = i16> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let pairs = words.clone().zip(words.skip(1));
    pairs.filter_map(|(before, year)| {
        let number: i16 = year.parse().ok().filter(|_| year.len() == 4)?;
        let passing = PASSING.contains(&before) || date::month(before).is_some();
        (passing && YEARS.contains(&number)).then_some(number)
    })
}
