//! Currencies: their codes, names and symbols, and which of several a shared symbol means on a page.

use std::sync::LazyLock;

use copydesk_types::Number;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::lexer::{Case, Lexed};
use crate::lexicon::{ByWord, Lexicon, WordId};
use crate::terms::Terms;
use crate::votes::{Candidates, Votes};

/// `data/currencies.toml`.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/currencies.toml")).expect("the table of currencies is well formed")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    currency: Vec<Currency>,
    shared: Vec<Shared>,
}

/// One currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    code: String,
    minor: u32,
    names: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    any_case: bool,
    #[serde(default)]
    word_like: bool,
    #[serde(default)]
    points: bool,
    #[serde(default)]
    hundredths: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    /// Other names, with their worth in hundredths.
    #[serde(default)]
    coins: Vec<(String, u32)>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "the examples are the table's tests"))]
    examples: Vec<(String, String)>,
}

/// A name or symbol that several currencies share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    #[allow(dead_code, reason = "names the entry for its reader")]
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    currencies: Vec<String>,
    default: Option<String>,
    #[serde(default)]
    hundredths: Vec<String>,
    #[serde(default)]
    coins: Vec<(String, u32)>,
    /// Names that are adjectives as well, with their worth in hundredths.
    #[serde(default)]
    closing: Vec<(String, u32)>,
}

impl Shared {
    fn candidates(&self) -> Candidates {
        let position = |code: &String| {
            let found = TABLE.currency.iter().position(|currency| currency.code == *code);
            found.expect("a shared sign names currencies of the table")
        };
        Candidates {
            all: self.currencies.iter().map(position).collect(),
            usual: self.default.as_ref().map(position),
        }
    }
}

/// What a term of money stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Denomination {
    /// Index of the currency, or of the shared entry.
    which: Which,
    /// How many hundredths of the currency it is.
    hundredths: u32,
    /// How it is written.
    pub(crate) written: Written,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    One(usize),
    Shared(usize),
}

/// How a denomination is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// `dong`, `US dollars`
    Name,
    /// A name that is a common word or a unit as well: `won`, `pounds`.
    CommonName,
    /// A name that counts only where no noun follows: `ten grand`.
    Closing,
    /// `€`, `US$`
    Symbol,
    /// One letter that only counts where it is glued to the number: `p`, `R`.
    Letters,
    /// `Rs`, `kr.`
    Abbreviation,
    /// `VND`
    Code,
    /// A code that is a word as well: `ALL`, `TRY`.
    WordLikeCode,
}

/// The currencies over the crate's lexicon.
#[derive(Debug)]
pub(crate) struct Currencies {
    terms: Terms<Denomination>,
    places: ByWord<usize>,
    /// Of each shared entry of the table.
    candidates: Vec<Candidates>,
}

impl Currencies {
    /// The table of `data/currencies.toml`.
    pub(crate) fn load(lexicon: &mut Lexicon) -> Self {
        let candidates = TABLE.shared.iter().map(Shared::candidates).collect();
        let mut this = Self { terms: Terms::default(), places: ByWord::default(), candidates };
        for (index, currency) in TABLE.currency.iter().enumerate() {
            let which = Which::One(index);
            for name in &currency.names {
                this.terms.add(lexicon, name, whole(which, name_of(name)));
            }
            this.symbols(lexicon, which, &currency.symbols);
            let code = whole(which, if currency.word_like { Written::WordLikeCode } else { Written::Code });
            if currency.any_case {
                this.terms.add(lexicon, &currency.code, code);
            } else {
                this.terms.add_exact(lexicon, &currency.code, code);
            }
            this.parts(lexicon, which, currency.hundredths.iter().map(|name| (name.as_str(), 1)));
            this.parts(lexicon, which, currency.coins.iter().map(|(name, worth)| (name.as_str(), *worth)));
            for place in currency.places.iter().filter(|place| !place.contains(' ')) {
                this.places.insert(lexicon.intern(place), index);
            }
        }
        for (index, shared) in TABLE.shared.iter().enumerate() {
            let which = Which::Shared(index);
            for name in &shared.names {
                this.terms.add(lexicon, name, whole(which, name_of(name)));
            }
            this.symbols(lexicon, which, &shared.symbols);
            this.parts(lexicon, which, shared.hundredths.iter().map(|name| (name.as_str(), 1)));
            this.parts(lexicon, which, shared.coins.iter().map(|(name, worth)| (name.as_str(), *worth)));
            for (name, hundredths) in &shared.closing {
                let term = Denomination { which, hundredths: *hundredths, written: Written::Closing };
                this.terms.add(lexicon, name, term);
            }
        }
        this
    }

    fn symbols(&mut self, lexicon: &mut Lexicon, which: Which, symbols: &[String]) {
        for symbol in symbols {
            let written = match symbol.len() {
                1 if symbol.is_ascii() && symbol != "$" => Written::Letters,
                _ if symbol.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.') => Written::Abbreviation,
                _ => Written::Symbol,
            };
            // `hk$` in any case; of one letter (`A$`) only so, since `a $5 bill` is no Australian one.
            let sign_with_letters = written == Written::Symbol && symbol.len() > 2 && symbol.contains('$');
            if sign_with_letters {
                self.terms.add(lexicon, symbol, whole(which, written));
            } else {
                self.terms.add_exact(lexicon, symbol, whole(which, written));
            }
        }
    }

    fn parts<'n>(
        &mut self,
        lexicon: &mut Lexicon,
        which: Which,
        names: impl Iterator<Item = (&'n str, u32)>,
    ) {
        for (name, hundredths) in names {
            if name.len() < 2 {
                let letter = Denomination { which, hundredths, written: Written::Letters };
                self.terms.add_exact(lexicon, name, letter);
            } else {
                self.terms.add(lexicon, name, Denomination { which, hundredths, written: Written::Name });
            }
        }
    }

    /// The denomination written before lexeme `index`, and its first lexeme.
    pub(crate) fn before(&self, lexed: &Lexed<'_>, index: usize) -> Option<(Denomination, usize)> {
        self.terms.before(lexed, index)
    }

    /// The denomination written at lexeme `index`, and the lexeme after it.
    pub(crate) fn at(&self, lexed: &Lexed<'_>, index: usize) -> Option<(Denomination, usize)> {
        self.terms.at(lexed, index)
    }

    /// The currency that a denomination means on a page with these votes; none where they do not tell.
    pub(crate) fn resolve(&self, denomination: Denomination, votes: &Votes) -> Option<&'static str> {
        match denomination.which {
            Which::One(index) => Some(index),
            Which::Shared(index) => self.candidates[index].choose(votes),
        }
        .map(|currency| TABLE.currency[currency].code.as_str())
    }

    /// Whether the page speaks of the currency at all, of a shared name the usual one. The name itself is no vote.
    pub(crate) fn speaks_of(&self, denomination: Denomination, votes: &Votes) -> bool {
        match denomination.which {
            Which::One(index) => votes.of(index) > 0,
            Which::Shared(index) => self.candidates[index].usual.is_some_and(|usual| votes.of(usual) > 0),
        }
    }

    /// Whether the page speaks of any currency that the denomination can mean.
    pub(crate) fn speaks_of_any(&self, denomination: Denomination, votes: &Votes) -> bool {
        match denomination.which {
            Which::One(index) => votes.of(index) > 0,
            Which::Shared(index) => self.candidates[index].all.iter().any(|&currency| votes.of(currency) > 0),
        }
    }

    /// Whether a page speaks more often of the places of other currencies than of those of `codes`.
    pub(crate) fn speaks_rather_of_others(&self, lexed: &Lexed<'_>, codes: &[&str]) -> bool {
        let votes = self.votes(lexed);
        let (mut these, mut others) = (0, 0);
        for (index, currency) in TABLE.currency.iter().enumerate() {
            let sum = if codes.contains(&currency.code.as_str()) { &mut these } else { &mut others };
            *sum += votes.of(index);
        }
        others > these
    }

    /// What a page tells about its currencies.
    pub(crate) fn votes(&self, lexed: &Lexed<'_>) -> Votes {
        let mut votes = Votes::new(TABLE.currency.len());
        for (index, lexeme) in
            lexed.items.iter().enumerate().filter(|(_, lexeme)| lexeme.id != WordId::UNKNOWN)
        {
            if let Some(&currency) = self.places.get(lexeme.id).filter(|_| lexeme.case != Case::Lower) {
                votes.speak_of(currency);
            }
            if let Some((Denomination { which: Which::One(currency), written: Written::Symbol, .. }, _)) =
                self.terms.at(lexed, index)
            {
                votes.sign(currency);
            }
        }
        votes
    }

    /// Whether three digits behind a full stop are a group, not decimals, in amounts of this denomination.
    pub(crate) fn points_group(&self, denomination: Denomination) -> bool {
        match denomination.which {
            Which::One(index) => TABLE.currency[index].points || TABLE.currency[index].minor == 0,
            Which::Shared(_) => false,
        }
    }
}

const fn whole(which: Which, written: Written) -> Denomination {
    Denomination { which, hundredths: 100, written }
}

/// Names that are more often another word or a unit of mass.
fn name_of(name: &str) -> Written {
    match name {
        "won" | "pound" | "pounds" | "crowns" | "sterling" | "marks" => Written::CommonName,
        _ => Written::Name,
    }
}

impl Denomination {
    /// The currency units in one of these: 0.01 for a cent.
    pub(crate) fn worth(self) -> Number {
        Number::Decimal(Decimal::new(self.hundredths.into(), 2).normalize())
    }

    /// Whether it is a hundredth, or a coin.
    pub(crate) const fn is_part(self) -> bool {
        self.hundredths < 100
    }

    /// Whether `part` counts parts of this denomination's currency.
    pub(crate) fn has_part(self, part: Self) -> bool {
        let codes = |which| match which {
            Which::One(index) => std::slice::from_ref(&TABLE.currency[index].code),
            Which::Shared(index) => TABLE.shared[index].currencies.as_slice(),
        };
        !self.is_part()
            && part.is_part()
            && codes(self.which).iter().any(|code| codes(part.which).contains(code))
    }

    /// The narrower of a shared symbol and a currency that may be meant by it: `$` and `CAD`.
    pub(crate) fn narrowed(self, other: Self) -> Option<Self> {
        let (shared, one) = match (self.which, other.which) {
            (Which::Shared(shared), Which::One(one)) | (Which::One(one), Which::Shared(shared)) => {
                (shared, one)
            }
            (a, b) => return (a == b).then_some(self),
        };
        let which = Which::One(one);
        TABLE.shared[shared].currencies.contains(&TABLE.currency[one].code).then_some(Self { which, ..self })
    }
}

#[cfg(test)]
mod tests {
    use copydesk_types::Value;

    use super::*;
    use crate::Rules;

    #[test]
    fn examples_of_the_table_hold() {
        let rules = Rules::load();
        for currency in &TABLE.currency {
            for (text, expected) in &currency.examples {
                let found = crate::find(&rules, &copydesk_text::read(text), None);
                let [quantity] = found.as_slice() else { panic!("{text}: one amount, not {found:?}") };
                let Value::Money { amount, currency: code } = &quantity.value else {
                    panic!("{text}: {found:?}")
                };
                assert_eq!(
                    (amount.low.to_string(), *code),
                    (expected.clone(), Some(currency.code.as_str())),
                    "{text}"
                );
                assert_eq!(quantity.span.of(text), text);
            }
        }
    }

    #[test]
    fn codes_are_unique_and_known_to_the_shared_names() {
        let mut codes: Vec<&str> = TABLE.currency.iter().map(|currency| currency.code.as_str()).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
        for code in TABLE.shared.iter().flat_map(|shared| shared.currencies.iter().chain(&shared.default)) {
            assert!(codes.binary_search(&code.as_str()).is_ok(), "{code}");
        }
    }

    #[test]
    fn every_code_is_read_with_its_amount() {
        let rules = Rules::load();
        for currency in &TABLE.currency {
            let text = format!("worth {} 12.5 billion", currency.code);
            let found = crate::find(&rules, &copydesk_text::read(&text), None);
            let code = found.first().and_then(|quantity| match quantity.value {
                Value::Money { currency, .. } => currency,
                _ => None,
            });
            assert_eq!(code, Some(currency.code.as_str()), "{text}");
        }
    }

    #[test]
    fn shared_signs_on_pages() {
        for (text, expected) in [
            ("It costs $5.", Some("USD")),
            ("Sydney pays $5.", Some("USD")),
            ("Sydney and Melbourne pay $5.", Some("AUD")),
            ("Sydney and Melbourne pay $5 or A$8.", Some("USD")),
            ("Canada, Toronto and the U.S. pay $5.", None),
            ("Mexico pays 5 pesos.", Some("MXN")),
            ("It costs 5 pesos.", None),
            ("Karachi and Lahore pay Rs 5.", Some("PKR")),
        ] {
            let found = crate::find(&Rules::load(), &copydesk_text::read(text), None);
            let Some(Value::Money { currency, .. }) = found.first().map(|quantity| &quantity.value) else {
                panic!("{text}: {found:?}");
            };
            assert_eq!(*currency, expected, "{text}");
        }
    }
}
