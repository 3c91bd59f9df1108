//! Tests of the whole model, with the embedded file.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Model, calibrated, file::FormatError, propose};
use crate::gazetteer::{self, Gazetteer};

static MODEL: LazyLock<Model<'static>> = LazyLock::new(Model::embedded);
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

fn tag(text: &str) -> Vec<super::Tagged> {
    let reading = copydesk_text::read(text);
    propose(&MODEL, &reading, &gazetteer::flags(&GAZETTEER, &reading))
}

fn shown(text: &str) -> String {
    let reading = copydesk_text::read(text);
    let spans = tag(text).into_iter().map(|span| {
        let (first, last) =
            (reading.tokens[span.tokens.start].span, reading.tokens[span.tokens.end - 1].span);
        format!("{} {}", span.label.name(), first.join(last).of(text))
    });
    spans.collect::<Vec<_>>().join("; ")
}

#[test]
fn plain_mentions_are_found() {
    for (text, expected) in [
        ("The minister met officials from Laos in Brussels on Monday.", "GPE Laos; GPE Brussels"),
        ("The World Bank lent 20 million dollars to Kenya.", "ORG World Bank; GPE Kenya"),
        ("\"We agree,\" said Angela Merkel.", "PERSON Angela Merkel"),
        ("nothing of note happened there", ""),
        ("", ""),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn other_files_are_refused() {
    assert_eq!(Model::read(b"").err(), Some(FormatError::Size));
    assert_eq!(Model::read(b"PAR1PAR1PAR1").err(), Some(FormatError::Mark));
    let file = include_bytes!("../../models/entities/model.bin");
    assert_eq!(Model::read(&file[..file.len() - 1]).err(), Some(FormatError::Size));
}

#[test]
fn calibration_goes_straight_between_points() {
    for (points, chance, expected) in [
        (vec![], 0.3, 0.3),
        (vec![0.0, 1.0], 0.3, 0.3),
        (vec![0.0, 0.8, 0.9], 0.25, 0.4),
        (vec![0.2, 0.6], 2.0, 0.6),
    ] {
        let found = calibrated(&points, chance);
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn spans_of_any_text_stand_in_order(text in r#"([A-Z][a-z]{0,6}|[a-z]{1,5}|[0-9]{1,4}|\PC|["().,\n'&/-]| ){0,60}"#) {
        let reading = copydesk_text::read(&text);
        let mut end = 0;
        for span in tag(&text) {
            prop_assert!(end <= span.tokens.start && span.tokens.start < span.tokens.end);
            prop_assert!((0.0..=1.0).contains(&span.confidence));
            end = span.tokens.end;
        }
        prop_assert!(end <= reading.tokens.len());
        prop_assert_eq!(tag(&text), tag(&text));
    }
}
