use std::fmt::Write as _;

use copydesk_types::{Anchor, Precision, Quantity, Value};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::find;
use crate::Rules;

/// Expressions and what they mean on Monday, December 9, 2024: a line is `text => span = value; …`, nothing behind `=>`
/// where nothing may be found.
const CASES: [&str; 7] = [
    include_str!("../../data/dates/cases/absolute.txt"),
    include_str!("../../data/dates/cases/years.txt"),
    include_str!("../../data/dates/cases/relative.txt"),
    include_str!("../../data/dates/cases/periods.txt"),
    include_str!("../../data/dates/cases/ranges.txt"),
    include_str!("../../data/dates/cases/times.txt"),
    include_str!("../../data/dates/cases/durations.txt"),
];

const TODAY: Date = date(2024, 12, 9);

fn read(rules: &Rules, text: &str, anchor: Option<Anchor>) -> Vec<Quantity> {
    let reading = copydesk_text::read(text);
    find(rules, &crate::lexer::lex(&rules.lexicon, &reading), anchor).quantities
}

/// `December 9 = 2024-12-09; …`: one day, `first..last`, a clock, or a number and its unit.
fn shown(text: &str, quantities: &[Quantity]) -> String {
    let mut shown = String::new();
    for quantity in quantities {
        let end = |end: Option<String>| end.unwrap_or_else(|| "?".to_owned());
        let ends = |first: Option<String>, last: Option<String>| match (first, last) {
            (None, None) => "?".to_owned(),
            (first, last) if first == last => end(first),
            (first, last) => format!("{}..{}", end(first), end(last)),
        };
        let value = match &quantity.value {
            Value::Date { range, .. } => {
                ends(range.start.map(|day| day.to_string()), range.end.map(|day| day.to_string()))
            }
            Value::Time { range, .. } => {
                ends(range.start.map(|at| at.to_string()), range.end.map(|at| at.to_string()))
            }
            Value::Duration { amount, unit, .. } => {
                let high = amount.high.map_or(String::new(), |high| format!("-{high}"));
                format!("{}{high} {}", amount.low, unit.name())
            }
            other => format!("{:?}", other.kind()),
        };
        let separator = if shown.is_empty() { "" } else { "; " };
        let _ = write!(shown, "{separator}{} = {value}", quantity.span.of(text));
    }
    shown
}

#[test]
fn cases() {
    let rules = Rules::load();
    let anchor = Some(Anchor { date: TODAY, precision: Precision::Day });
    let mut wrong = Vec::new();
    for line in
        CASES.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (text, expected) = line.split_once(" =>").expect("a case has ` =>`");
        let found = shown(text, &read(&rules, text, anchor));
        if found != expected.trim() {
            wrong.push(format!("{text} => {found}, not{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_anchor_resolves_what_it_knows() {
    let rules = Rules::load();
    for (precision, text, expected) in [
        (Some(Precision::Year), "last year", "last year = 2023-01-01..2023-12-31"),
        (Some(Precision::Year), "this week", "this week = ?"),
        (
            Some(Precision::Year),
            "first 9 months of the year",
            "first 9 months of the year = 2024-01-01..2024-09-30",
        ),
        (
            Some(Precision::Year),
            "beginning of the year until now",
            "beginning of the year until now = 2024-01-01..?",
        ),
        (Some(Precision::Month), "last month", "last month = 2024-11-01..2024-11-30"),
        (Some(Precision::Month), "It met in May.", "May = 2024-05-01..2024-05-31"),
        (Some(Precision::Month), "yesterday", "yesterday = ?"),
        (None, "It met on January 30th.", "January 30th = ?"),
        (None, "It met on Thursday.", "Thursday = ?"),
        (None, "20 years ago", "20 years ago = ?"),
        (
            None,
            "In 2024 it fell below the previous year.",
            "2024 = 2024-01-01..2024-12-31; previous year = 2023-01-01..2023-12-31",
        ),
        (None, "July 13th 2014, July 14th", "July 13th 2014 = 2014-07-13; July 14th = 2014-07-14"),
    ] {
        let anchor = precision.map(|precision| Anchor { date: TODAY, precision });
        assert_eq!(shown(text, &read(&rules, text, anchor)), expected, "{text}");
    }
}

#[test]
fn timex_values() {
    let rules = Rules::load();
    let anchor = Some(Anchor { date: TODAY, precision: Precision::Day });
    for (text, expected) in [
        ("December 9", "2024-12-09"),
        ("May 2020", "2020-05"),
        ("Q3 2024", "2024-Q3"),
        ("last week", "2024-W49"),
        ("last weekend", "2024-W49-WE"),
        ("the 1990s", "199"),
        ("two weeks ago", "2024-W48"),
        ("two decades ago", "200"),
        ("the 20th century", "19"),
        ("summer of 2020", "2020-SU"),
        ("the past five years", "P5Y"),
        ("Wednesday night", "2024-12-04TNI"),
        ("FY2025", "FY2025"),
        ("2022 to 2024", "2022/2024"),
        ("17:41 on December 6", "2024-12-06T17:41"),
        ("10 a.m. Tuesday", "2024-12-03T10:00"),
        ("323 BC", "BC0323"),
        ("the past year", "P1Y"),
        ("5pm", "T17"),
        ("30 years", "P30Y"),
        ("half an hour", "PT30M"),
        ("2 years and 3 months", "P2Y3M"),
        ("90 minutes", "PT90M"),
    ] {
        let found = read(&rules, text, anchor);
        let timex = match found.first().map(|quantity| &quantity.value) {
            Some(Value::Date { timex, .. } | Value::Time { timex, .. } | Value::Duration { timex, .. }) => {
                timex.as_deref()
            }
            _ => None,
        };
        assert_eq!(timex, Some(expected), "{text}");
    }
}

#[test]
fn the_order_of_numbers_is_the_texts() {
    let rules = Rules::load();
    for (text, expected) in [
        ("13/11/2024 and 9/10/2024", "13/11/2024 = 2024-11-13; 9/10/2024 = 2024-10-09"),
        ("11/13/2024 and 9/10/2024", "11/13/2024 = 2024-11-13; 9/10/2024 = 2024-09-10"),
        ("9/10/2024", "9/10/2024 = 2024-09-10"),
        ("9.10.2024", "9.10.2024 = 2024-10-09"),
        ("In Vietnam, on 9/10/2024", "9/10/2024 = 2024-10-09"),
        ("In Ohio and Vietnam, on 9/10/2024", "9/10/2024 = 2024-09-10"),
    ] {
        assert_eq!(shown(text, &read(&rules, text, None)), expected, "{text}");
    }
    let anchor = Some(Anchor { date: TODAY, precision: Precision::Day });
    assert_eq!(shown("9/12/2024", &read(&rules, "9/12/2024", anchor)), "9/12/2024 = 2024-12-09");
}

#[test]
fn dates_of_a_history_count_from_one_another() {
    let rules = Rules::load();
    let anchor = Some(Anchor { date: TODAY, precision: Precision::Day });
    let years = "Since 1840, 1842, 1845 and 1850 it was at peace.";
    let story =
        "War began on 14 November 1854. In January a fort fell, on 9 April another. The next month it ended.";
    let text = format!("{years} {story}");
    let found = read(&rules, &text, anchor);
    let told = shown(&text, &found[4..]);
    let expected = "14 November 1854 = 1854-11-14; January = 1855-01-01..1855-01-31; 9 April = 1855-04-09; \
                    next month = 1855-05-01..1855-05-31";
    assert_eq!(told, expected);
    assert!(shown(story, &read(&rules, story, anchor)).ends_with("next month = 2025-01-01..2025-01-31"));
}

#[test]
fn deep_and_long_texts_are_read() {
    let rules = Rules::load();
    let anchor = Some(Anchor { date: TODAY, precision: Precision::Day });
    for piece in [
        "early ",
        "first week of ",
        "the same period of ",
        "2 days before ",
        "from 2024 to ",
        "9/",
        "last ",
        "a ",
        "May ",
    ] {
        read(&rules, &piece.repeat(20_000), anchor);
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_order(words in prop::collection::vec(word(), 0..24)) {
        let text = words.concat();
        let rules = RULES.with(Clone::clone);
        for anchor in [None, Some(Anchor { date: TODAY, precision: Precision::Day })] {
            let found = read(&rules, &text, anchor);
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start, "{}", text);
            }
            for quantity in &found {
                prop_assert!(!quantity.span.of(&text).is_empty());
                if let Value::Date { range, .. } = &quantity.value
                    && let (Some(start), Some(end)) = (range.start, range.end)
                {
                    prop_assert!(start <= end, "{}", text);
                }
            }
        }
    }
}

thread_local! {
    static RULES: std::rc::Rc<Rules> = std::rc::Rc::new(Rules::load());
}

/// A word or mark of dates, or anything.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "December",
        "Dec.",
        "May",
        "9",
        "31",
        "2024",
        "24",
        "1990s",
        "'",
        "Monday",
        "Wed",
        "last",
        "next",
        "this",
        "the",
        "same",
        "period",
        "week",
        "months",
        "years",
        "year",
        "century",
        "a",
        "half",
        "of",
        "in",
        "to",
        "and",
        "between",
        "from",
        "-",
        "/",
        ":",
        ",",
        ".",
        "first",
        "third",
        "nine",
        "twenty",
        "ago",
        "later",
        "before",
        "after",
        "now",
        "early",
        "end",
        "mid",
        "pm",
        "noon",
        "GMT",
        "night",
        "morning",
        "old",
        "Q",
        "H",
        "FY",
        "fiscal",
        "summer",
        "Christmas",
        "yesterday",
        "weekend",
        "2.30",
        "0900",
        "32024",
        "99999999",
        "\n",
    ];
    prop_oneof![
        4 => prop::sample::select(words.to_vec()).prop_map(|word| format!("{word} ")),
        2 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}
