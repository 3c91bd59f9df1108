//! What the tables find, and what they leave.

use copydesk_types::EntityLabel::{Fac, Gpe, Org};

use super::{flags, flags::*, placed};
use crate::{
    marked::GAZETTEER,
    proposal::{Proposal, Source},
    words::look,
};

#[test]
fn flags_of_words() {
    for (text, word, set, unset) in [
        ("goods from Viet Nam", 2, COUNTRY | BEGINS | LONG, CITY),
        ("goods from Viet Nam", 3, COUNTRY | LONG, BEGINS),
        ("let us go", 1, 0, COUNTRY | ACRONYM),
        ("the US said", 1, COUNTRY | ACRONYM, LONG),
        ("the U.S. said", 1, COUNTRY | ACRONYM, LONG),
        ("a Vietnamese firm", 1, NORP | LANGUAGE, COUNTRY),
        ("a polish for shoes", 1, 0, NORP),
        ("in Hải Phòng city", 1, DIVISION, COUNTRY),
        ("in Hai Phong city", 2, DIVISION, COUNTRY),
        ("Nguyen Thi Hanh", 0, SURNAME, COUNTRY),
        ("the World Customs Organization met", 2, BODY | LONG, COUNTRY),
        ("the WCO met", 1, BODY | ACRONYM, LONG),
        ("who met", 0, 0, BODY),
        ("in the Bay of Bengal", 3, REGION | LONG, COUNTRY),
        ("the Ministry of Finance", 1, ORG_HEAD, ROLE),
        ("Deputy Director Le", 0, ROLE_MODIFIER, GIVEN),
        ("on May 5", 1, CALENDAR, 0),
        ("Lang Son Province", 2, GPE_HEAD, COUNTRY),
        ("shares of Samsung fell", 2, ORG_NAME, CITY),
        ("an AK-47 rifle", 1, PRODUCT_NAME | LONG, 0),
        ("before Good Friday", 2, EVENT_NAME | LONG, 0),
        ("on Red Square", 1, FAC_NAME, COUNTRY),
        ("sap of trees", 0, 0, ORG_NAME),
        // A name says of its words what a shorter one in its place says as well.
        ("the New York Times", 1, DIVISION | ORG_NAME | LONG, 0),
        ("the New York Times", 3, ORG_NAME | LONG, DIVISION),
        ("watched Palme d'Or films", 1, WORK_NAME | LONG, 0),
        ("under the Kyoto Protocol", 3, LAW_NAME | LONG, CITY),
    ] {
        let found = flags(&GAZETTEER, &copydesk_text::read(text))[word];
        assert_eq!(found & set, set, "{text}");
        assert_eq!(found & unset, 0, "{text}");
    }
}

#[test]
fn countries_by_any_name() {
    for (text, code) in [
        ("Vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("VIETNAM", "VN"),
        ("Lao PDR", "LA"),
        ("Holland", "NL"),
        ("UK", "GB"),
        ("U.S.", "US"),
        ("Türkiye", "TR"),
        ("Cambodian", "KH"),
        ("Hanoi", "VN"),
        ("Georgia", "GE"),
    ] {
        let country = GAZETTEER.lookup(text).and_then(|known| known.country);
        assert_eq!(country.and_then(|index| GAZETTEER.country(index)).map(|c| c.code), Some(code), "{text}");
    }
    assert!(GAZETTEER.lookup("Vietnam Bridges").is_none());
}

#[test]
fn bare_towns_are_no_buildings() {
    for (text, label, expected) in [
        ("Felixstowe", Fac, Gpe),
        ("Felixstowe", Org, Org),
        ("Felixstowe Terminal", Fac, Fac),
        ("Wembley Stadium", Fac, Fac),
    ] {
        let reading = copydesk_text::read(text);
        let words = look(&GAZETTEER, &reading);
        let proposal = Proposal { tokens: 0..words.len(), label, score: 0.9, source: Source::Model };
        assert_eq!(placed(&words, proposal).label, expected, "{text}");
    }
}
