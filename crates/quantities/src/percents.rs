//! Signs and words of percentages.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::lexicon::Lexicon;
use crate::terms::Terms;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    percent: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    terms: Vec<String>,
    worth: Decimal,
    #[serde(default)]
    points: bool,
}

/// What a sign of percentages stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Percent {
    /// Percent in one of it.
    pub(crate) worth: Decimal,
    /// Whether it is a difference of percentages.
    pub(crate) points: bool,
}

/// The table of `data/percents.toml` over the crate's lexicon.
#[derive(Debug)]
pub(crate) struct Percents {
    /// All signs and words.
    pub(crate) terms: Terms<Percent>,
}

impl Percents {
    /// The table of `data/percents.toml`.
    pub(crate) fn load(lexicon: &mut Lexicon) -> Self {
        let table: Table = toml::from_str(include_str!("../data/percents.toml"))
            .expect("the table of percentages is well formed");
        let mut terms = Terms::default();
        for entry in &table.percent {
            for term in &entry.terms {
                terms.add(lexicon, term, Percent { worth: entry.worth, points: entry.points });
            }
        }
        Self { terms }
    }
}
