//! Names that stand in the tables, put forward as mentions.

use copydesk_types::EntityLabel;

use super::{
    Known,
    flags::{self, Flags},
};
use crate::{
    proposal::{Proposal, Source},
    words::{TITLED, Words},
};

/// What a name of these classes is, and the score of that. The scores are low, as the model sees the tables too: they
/// decide where it is unsure, and were set on what it got wrong in the development sets. The first class that fits
/// decides.
const CLASSES: [(Flags, EntityLabel, f32); 7] = [
    (flags::COUNTRY, EntityLabel::Gpe, 0.75),
    (flags::BODY, EntityLabel::Org, 0.7),
    (flags::NORP, EntityLabel::Norp, 0.6),
    (flags::REGION, EntityLabel::Loc, 0.6),
    (flags::CITY | flags::DIVISION, EntityLabel::Gpe, 0.6),
    (flags::DIVISION, EntityLabel::Gpe, 0.55),
    (flags::CITY, EntityLabel::Gpe, 0.5),
];

/// Factor for a name that is a personal name as well, where it is no country's.
const PERSONAL_FACTOR: f32 = 0.5;
/// Factor in a sentence that capitalises all its words.
const TITLED_FACTOR: f32 = 0.9;

/// The names of the tables that stand in a text.
pub(crate) fn propose(words: &Words<'_>) -> impl Iterator<Item = Proposal> {
    words.known.iter().filter_map(|known| {
        let (_, label, score) = CLASSES.iter().find(|(class, ..)| known.flags & class == *class)?;
        let place = flags::CITY | flags::DIVISION;
        let personal = known.flags & (flags::GIVEN | flags::SURNAME) != 0;
        let of_a_country = known.country.is_some() && known.flags & (flags::COUNTRY | flags::NORP) != 0;
        let known_surely = of_a_country || known.flags & place == place;
        let mut score = *score;
        if personal && !known_surely {
            score *= PERSONAL_FACTOR;
        }
        if words.is(known.tokens.start, TITLED) {
            score *= TITLED_FACTOR;
        }
        Some(Proposal { tokens: known.tokens.clone(), label: *label, score, source: Source::Gazetteer })
    })
}

/// A proposal as it is, but for a town's bare name that is taken for a building (`containers at Felixstowe`): the town.
pub(crate) fn placed(words: &Words<'_>, proposal: Proposal) -> Proposal {
    let is_town = |known: &Known| {
        known.flags & (flags::CITY | flags::DIVISION) != 0 && known.flags & flags::FAC_NAME == 0
    };
    if proposal.label == EntityLabel::Fac && words.known(&proposal.tokens).is_some_and(is_town) {
        return Proposal { label: EntityLabel::Gpe, ..proposal };
    }
    proposal
}
