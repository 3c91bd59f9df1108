//! Which names become one.

use super::*;
use crate::{
    definitions,
    marked::{self, GAZETTEER},
    words::look,
};

/// Canonical names of the mentions of a text, marked `[LABEL name]`.
fn named(marked: &str) -> Vec<Canonical> {
    let (text, marks) = marked::read(marked);
    let reading = copydesk_text::read(&text);
    let words = look(&GAZETTEER, &reading);
    let chosen = marked::chosen(&reading, marks);
    let definitions = definitions::read(&words, &chosen);
    name(&GAZETTEER, &words, &chosen, &definitions)
}

#[test]
fn canonical_of() {
    for (text, expected) in [
        ("[ORG Lake Bank] ([ORG LB]) and [ORG LB]", "Lake Bank|Lake Bank|Lake Bank"),
        ("[ORG Lake Union Party] met. [ORG LUP] won", "Lake Union Party|Lake Union Party"),
        ("[ORG LUP] won", "LUP"),
        ("[PERSON Amara Okech] came. [PERSON Okech] left", "Amara Okech|Amara Okech"),
        ("[PERSON Okech] came. [PERSON Amara Okech] left", "Amara Okech|Amara Okech"),
        ("[PERSON Ana Sol], [PERSON Eva Sol] and [PERSON Sol]", "Ana Sol|Eva Sol|Eva Sol"),
        ("[PERSON Ana Sol] and [PERSON Rios]", "Ana Sol|Rios"),
        ("[GPE Viet Nam], [GPE UK] and [GPE Holland]", "Vietnam|United Kingdom|Netherlands"),
        ("[NORP Americans] and [NORP Swiss]", "American|Swiss"),
        (
            "[ORG WCO], the [ORG World Customs Organization]",
            "World Customs Organization|World Customs Organization",
        ),
        ("[ORG WCO] said", "WCO"),
        (
            "[ORG Kenya Customs] and the [ORG General Department of Customs of Kenya]",
            "General Department of Customs of Kenya|General Department of Customs of Kenya",
        ),
        ("[ORG Kenya Customs] and [ORG Uganda Customs]", "Kenya Customs|Uganda Customs"),
        ("[EVENT operation lark] and [EVENT Operation Lark]", "Operation Lark|Operation Lark"),
        ("[ORG LAKE BANK OPENS] and [ORG Lake Bank Opens]", "Lake Bank Opens|Lake Bank Opens"),
        (
            "[ORG LBA Foundation], the [ORG Lake Boat Agency Foundation]",
            "Lake Boat Agency Foundation|Lake Boat Agency Foundation",
        ),
    ] {
        let found: Vec<String> = named(text).into_iter().map(|c| c.name).collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }
}

#[test]
fn ids_and_countries() {
    for (text, id, country) in [
        ("[GPE Viet Nam]", "iso3166:VN", Some("VN")),
        ("[GPE Vietnam]", "iso3166:VN", Some("VN")),
        ("[GPE Lang Son Province]", "gpe:lang-son-province", Some("VN")),
        ("[NORP Cambodian]", "norp:cambodian", Some("KH")),
        ("[ORG ASEAN]", "wikidata:Q7768", None),
        ("[ORG Association of Southeast Asian Nations]", "wikidata:Q7768", None),
        ("[ORG WCO]", "org:world-customs-organization", None),
        ("[PERSON Nụ Bùi]", "person:nu-bui", None),
        ("[ORG Lake Bank (North)]", "org:lake-bank-north", None),
    ] {
        let found = named(text);
        assert_eq!((found[0].id.as_str(), found[0].country.as_deref()), (id, country), "{text}");
    }
    let found = named("[ORG Lake Bank] ([ORG LB])");
    assert_eq!(found[1].acronym.as_deref(), Some("LB"));
}
