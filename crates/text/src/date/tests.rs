use proptest::prelude::*;

use super::*;

/// `2024-12-09T17:41:00+09:00 mon`, as far as known, with what is left of the text behind `|`.
fn show(text: &str, order: Order) -> String {
    let Some((value, end)) = read(text, 0, order) else { return "none".to_owned() };
    let mut shown = value.year.map_or("____".to_owned(), |year| format!("{year:04}"));
    shown += &format!("-{:02}", value.month);
    shown += &value.day.map_or(String::new(), |day| format!("-{day:02}"));
    shown += &value.time.map_or(String::new(), |time| format!("T{time:.0}"));
    shown += &value.offset.map_or(String::new(), |offset| format!("{offset}"));
    shown + &if end < text.len() { format!("|{}", &text[end..]) } else { String::new() }
}

#[test]
fn dates_of() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("2024-12-09", "2024-12-09"),
        ("2024-12-09T17:41:00Z", "2024-12-09T17:41:00+00"),
        ("2024-12-09T17:41:05.123+07:00", "2024-12-09T17:41:05+07"),
        ("2024-12-09 17:41 +0530", "2024-12-09T17:41:00+05:30"),
        ("20241209T1741", "2024-12-09|T1741"),
        ("20241209", "2024-12-09"),
        ("2024-12", "2024-12"),
        ("2024/12/9", "2024-12-09"),
        ("2024.12.09", "2024-12-09"),
        ("2024-2026", "none"),
        ("2024.12", "none"),
        ("December 9, 2024", "2024-12-09"),
        ("December 9", "____-12-09"),
        ("December 2024", "2024-12"),
        ("December", "none"),
        ("Dec. 9", "____-12-09"),
        ("Dec 9th, 2024, at 5:41 p.m. ET", "2024-12-09T17:41:00-05"),
        ("Wednesday, 21 Sep 2011 | 4:35 PM ET", "2011-09-21T16:35:00-04"),
        ("9 December 2024", "2024-12-09"),
        ("9th of December, 2024", "2024-12-09"),
        ("Mon, 09 Dec 2024 17:41:00 GMT", "2024-12-09T17:41:00+00"),
        ("05-Aug-2016", "2016-08-05"),
        ("9/12/2024", "2024-12-09"),
        ("13/12/24", "2024-12-13"),
        ("12/30/2024", "2024-12-30"),
        ("31/31/2024", "none"),
        ("30/2/2024", "none"),
        ("9/12", "none"),
        ("1.2.3", "none"),
        ("09.12.2024, 10.15 Uhr", "2024-12-09T10:15:00"),
        ("17:41 JST, October 13, 2024", "2024-10-13T17:41:00+09"),
        ("10:41:20 AM | 12/30/2024", "2024-12-30T10:41:20"),
        ("10:41", "none"),
        ("9 December 2024 to 3 May", "2024-12-09| to 3 May"),
        ("May 5-7", "none"),
        ("May 5,2024", "2024-05-05"),
        ("Sep-23-2020", "2020-09-23"),
        ("May 5.4", "none"),
        ("may be 5", "none"),
        ("Montag, den 9. Dezember 2024 um 9:05 Uhr", "2024-12-09T09:05:00"),
        ("lundi 9 décembre 2024 à 14h30", "2024-12-09T14:30:00"),
        ("1er mars 2024", "2024-03-01"),
        ("lunes, 9 de diciembre de 2024 a las 14:30", "2024-12-09T14:30:00"),
        ("9 dicembre 2024 ore 9.30", "2024-12-09T09:30:00"),
        ("9 dicembre 2024 9.30", "2024-12-09| 9.30"),
        ("segunda-feira, 9 de dezembro de 2024 às 9h", "2024-12-09T09:00:00"),
        ("maandag 9 december 2024 om 17.41 uur", "2024-12-09T17:41:00"),
        ("den 9 december 2024 kl. 17:41", "2024-12-09T17:41:00"),
        ("9. joulukuuta 2024", "2024-12-09"),
        ("9 grudnia 2024", "2024-12-09"),
        ("9 Aralık 2024", "2024-12-09"),
        ("ngày 9 tháng 12 năm 2024", "2024-12-09"),
        ("9/12/2024 | 10:41 (GMT+7)", "2024-12-09T10:41:00+07"),
        ("2024年12月9日 17:41", "2024-12-09T17:41:00"),
        ("2024年12月", "2024-12"),
        ("2024년 12월 9일", "2024-12-09"),
        ("9 декабря 2024", "2024-12-09"),
        ("version 1", "none"),
        ("", "none"),
    ] {
        let shown = show(text, Order::DayFirst);
        if shown != expected {
            wrong.push(format!("{text}: {shown}, expected {expected}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn order_decides_what_numbers_leave_open() {
    assert_eq!(show("9/12/2024", Order::MonthFirst), "2024-09-12");
    assert_eq!(show("13/12/2024", Order::MonthFirst), "2024-12-13");
}

#[test]
fn search_finds_the_first() {
    for (text, expected) in [
        ("Published: Monday, December 9, 2024 by us", Some("Monday, December 9, 2024")),
        ("x2024-12-09 then 2024-12-10", Some("2024-12-10")),
        ("on the 9th", None),
    ] {
        let found = search(text, 0, Order::DayFirst);
        assert_eq!(found.map(|(span, _)| span.of(text)), expected, "{text}");
    }
}

#[test]
fn instants() {
    let instant = |text| read(text, 0, Order::DayFirst).and_then(|(value, _)| value.timestamp());
    assert_eq!(
        instant("17:41 JST, October 13, 2024").map(|t| t.to_string()).as_deref(),
        Some("2024-10-13T08:41:00Z")
    );
    assert_eq!(instant("October 13, 2024"), None);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,40}", at in 0usize..42) {
        if let Some((_, end)) = read(&text, at, Order::DayFirst) {
            prop_assert!(text.is_char_boundary(end) && end > at);
        }
    }

    #[test]
    fn any_day_is_read_back(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28) {
        for text in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{day}/{month}/{year}"),
            format!("ngày {day} tháng {month} năm {year}"),
        ] {
            let (value, end) = read(&text, 0, Order::DayFirst).expect("a date");
            prop_assert_eq!(value.date(), Date::new(year, month, day).ok());
            prop_assert_eq!(end, text.len());
        }
    }
}
