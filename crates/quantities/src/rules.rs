//! The tables of the crate, over one lexicon.

use crate::context::Context;
use crate::currencies::Currencies;
use crate::dates;
use crate::lexicon::{Lexicon, WordId};
use crate::numerals::Numerals;
use crate::percents::Percents;
use crate::terms::Terms;
use crate::units::Units;

/// Units, currencies, number words, calendars. Loaded once, shared, immutable.
#[derive(Debug)]
pub struct Rules {
    pub(crate) lexicon: Lexicon,
    pub(crate) numerals: Numerals,
    pub(crate) currencies: Currencies,
    pub(crate) percents: Percents,
    pub(crate) units: Units,
    pub(crate) context: Context,
    pub(crate) dates: dates::Tables,
    /// `No.`, `number`: what stands in front of a label or rank.
    pub(crate) number_signs: Terms<()>,
    pub(crate) between: WordId,
    pub(crate) from: WordId,
    pub(crate) to: WordId,
    pub(crate) or: WordId,
    pub(crate) by: WordId,
    pub(crate) the: WordId,
    /// Words for a minus sign.
    pub(crate) minus: [WordId; 2],
}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        let mut lexicon = Lexicon::default();
        let numerals = Numerals::load(&mut lexicon);
        let currencies = Currencies::load(&mut lexicon);
        let percents = Percents::load(&mut lexicon);
        let units = Units::load(&mut lexicon);
        let context = Context::load(&mut lexicon);
        let dates = dates::Tables::load(&mut lexicon);
        let mut number_signs = Terms::default();
        for sign in ["No.", "No", "Nos.", "Nr.", "Nr", "№", "number", "n°"] {
            number_signs.add(&mut lexicon, sign, ());
        }
        let mut word = |word| lexicon.intern(word);
        Self {
            between: word("between"),
            from: word("from"),
            to: word("to"),
            or: word("or"),
            by: word("by"),
            the: word("the"),
            minus: ["minus", "negative"].map(&mut word),
            lexicon,
            numerals,
            currencies,
            percents,
            units,
            context,
            dates,
            number_signs,
        }
    }
}
