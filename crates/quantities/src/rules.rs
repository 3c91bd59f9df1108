//! The tables of the crate, over one lexicon.

use crate::dates;
use crate::lexicon::Lexicon;
use crate::numerals::Numerals;

/// Units, currencies, number words, calendars. Loaded once, shared, immutable.
#[derive(Debug)]
pub struct Rules {
    pub(crate) lexicon: Lexicon,
    pub(crate) numerals: Numerals,
    pub(crate) dates: dates::Tables,
}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        let mut lexicon = Lexicon::default();
        let numerals = Numerals::load(&mut lexicon);
        let dates = dates::Tables::load(&mut lexicon);
        Self { lexicon, numerals, dates }
    }
}
