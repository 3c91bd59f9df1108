//! What holds for every text.

use copydesk_quantities::{Rules, find};
use copydesk_types::Number;
use proptest::prelude::*;

thread_local! {
    static RULES: Rules = Rules::load();
}

/// Texts of words, signs and digits that the grammars know, and of anything.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[0-9]{1,3}([.,][0-9]{3}){0,2}",
        proptest::sample::select(vec![
            "$", "€", "US$", "VND", "Rs", "%", "percent", "million", "billion", "bn", "m", "k", "and", "a",
            "half", "third", "one", "twenty", "hundred", "thousand", "first", "to", "between", "from", "or",
            "over", "about", "by", "rose", "fell", "km", "feet", "inches", "°C", "-", "–", "/", ".", ",",
            "(", ")", "th", "No.", "Decision", "May", "2024", "January", "dollars", "cents", "pounds", "of",
            "people", "½", "e", "x", "10", "^", "\n", "http", ":", "@",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    proptest::collection::vec((piece, proptest::bool::ANY), 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .fold(String::new(), |text, (piece, apart)| text + if apart { " " } else { "" } + &piece)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn quantities_stand_in_order_on_character_borders(text in text()) {
        let found = RULES.with(|rules| find(rules, &copydesk_text::read(&text), None));
        let mut end = 0;
        for quantity in &found {
            prop_assert!(quantity.span.start >= end && !quantity.span.is_empty(), "{text:?} {quantity:?}");
            prop_assert!(text.get(quantity.span.start..quantity.span.end).is_some());
            for span in quantity.of.iter().chain(&quantity.measured) {
                prop_assert!(text.get(span.start..span.end).is_some());
            }
            end = quantity.span.end;
        }
    }

    #[test]
    fn ranges_rise_and_ratios_are_in_lowest_terms(text in text()) {
        for quantity in RULES.with(|rules| find(rules, &copydesk_text::read(&text), None)) {
            let Some(amount) = quantity.value.amount() else { continue };
            if let Some(high) = amount.high {
                prop_assert!(amount.low.to_f64() < high.to_f64(), "{text:?}");
            }
            if let Number::Ratio(_, q) = amount.low {
                prop_assert!(q > 2);
            }
        }
    }

    #[test]
    fn a_written_integer_is_read_back(n in 0_i64..1_000_000_000_000) {
        let digits = n.to_string();
        let grouped: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|c| std::str::from_utf8(c).ok()).collect();
        let text = format!("worth US${} in all", grouped.join(","));
        let found = RULES.with(|rules| find(rules, &copydesk_text::read(&text), None));
        let read = found.first().and_then(|q| q.value.amount()).map(|amount| amount.low.to_string());
        prop_assert_eq!(read, Some(digits));
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let rules = Rules::load();
    for piece in [
        "1,1,",
        "((((",
        "1-",
        "one ",
        "5 to ",
        "million ",
        "a ",
        "$",
        "1/",
        "x",
        "10 000 ",
        "100 ",
        "a quarter ",
        "dozen ",
        "5 in ",
        "€1 or ",
        "½",
        "No. ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        find(&rules, &copydesk_text::read(&text), None);
    }
}
