//! Ids that are the same across pages and runs.
//!
//! A country has its ISO 3166-1 code, a world body its Wikidata id where the table has it; everything else its label
//! and folded name. Namesakes are not told apart.

use copydesk_types::EntityLabel;

use crate::gazetteer::{Gazetteer, Known, flags, folded};

/// The id of a thing of this canonical name. `known`: what the gazetteers say of it.
pub(super) fn of(gazetteer: &Gazetteer, name: &str, label: EntityLabel, known: Option<&Known>) -> String {
    let country =
        known.filter(|k| k.flags & flags::COUNTRY != 0 && label == EntityLabel::Gpe).and_then(|k| k.country);
    if let Some(country) = country.and_then(|index| gazetteer.country(index)) {
        return format!("iso3166:{}", country.code);
    }
    let body = known
        .filter(|_| label == EntityLabel::Org)
        .and_then(|k| k.body)
        .and_then(|index| gazetteer.body(index));
    match body {
        Some(body) => match body.wikidata {
            Some(id) => format!("wikidata:{id}"),
            None => keyed(body.name, label),
        },
        None => keyed(name, label),
    }
}

/// `org:ministry-of-finance`
fn keyed(name: &str, label: EntityLabel) -> String {
    let mut id = label.name().to_lowercase();
    let mut gap = ':';
    for c in folded(name).chars() {
        if c.is_alphanumeric() {
            if gap != '\0' {
                id.push(gap);
            }
            id.push(c);
            gap = '\0';
        } else if gap == '\0' {
            gap = '-';
        }
    }
    id
}
