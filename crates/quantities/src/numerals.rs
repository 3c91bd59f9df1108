//! Number words and what each does in a numeral.

use crate::lexicon::{ByWord, Lexicon, WordId};

/// What a word does in a numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// 0 to 9.
    Small(u8),
    /// 10 to 19.
    Teen(u8),
    /// 20, 30 … 90.
    Tens(u8),
    /// `hundred`.
    Hundred,
    /// A power of ten from 3 on.
    Scale(u8),
    /// A power of ten in the plural: a numeral never opens with it (`millions of`).
    PluralScale(u8),
    /// A power of ten that only stands behind digits: `bn`.
    Abbreviation(u8),
    /// The same in one letter, which may be a unit as well: `m`.
    Letter(u8),
    /// `dozen`.
    Dozen,
    /// `dozens`: never opens a numeral.
    PluralDozen,
    /// `half`.
    Half,
    /// `quarter`.
    Quarter,
    /// Ordinals 1 to 9.
    OrdinalSmall(u8),
    /// Ordinals 10 to 19.
    OrdinalTeen(u8),
    /// `twentieth` … `ninetieth`.
    OrdinalTens(u8),
    /// `hundredth`.
    OrdinalHundred,
    /// `thousandth` and so on, by power of ten.
    OrdinalScale(u8),
    /// The plural of a denominator: `thirds`.
    Denominator(u16),
    /// The same of a power of ten: `millionths`.
    DenominatorScale(u8),
}

/// The number words, and the few words that join them.
#[derive(Debug)]
pub(crate) struct Numerals {
    roles: ByWord<Role>,
    pub(crate) a: WordId,
    pub(crate) an: WordId,
    pub(crate) and: WordId,
    pub(crate) of: WordId,
    pub(crate) point: WordId,
    /// `st`, `nd`, `rd`, `th` behind digits.
    pub(crate) suffixes: [WordId; 4],
}

impl Numerals {
    /// The table of `data/numbers.tsv`.
    pub(crate) fn load(lexicon: &mut Lexicon) -> Self {
        let mut roles = ByWord::default();
        for (word, role) in rows(include_str!("../data/numbers.tsv")) {
            let twice = roles.insert(lexicon.intern(word), role);
            assert!(twice.is_none(), "a number word stands twice: {word}");
        }
        Self {
            roles,
            a: lexicon.intern("a"),
            an: lexicon.intern("an"),
            and: lexicon.intern("and"),
            of: lexicon.intern("of"),
            point: lexicon.intern("point"),
            suffixes: ["st", "nd", "rd", "th"].map(|suffix| lexicon.intern(suffix)),
        }
    }

    /// What a word does in a numeral, if anything.
    pub(crate) fn role(&self, word: WordId) -> Option<Role> {
        self.roles.get(word).copied()
    }
}

fn rows(table: &str) -> impl Iterator<Item = (&str, Role)> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut columns = line.split('\t');
        let (Some(word), Some(role), Some(value), None) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            panic!("a number word has three columns: {line}");
        };
        let value: u16 = value.parse().expect("the value of a number word is a small number");
        (word, role_of(role, value))
    })
}

fn role_of(role: &str, value: u16) -> Role {
    let small = u8::try_from(value).unwrap_or(u8::MAX);
    match role {
        "small" => Role::Small(small),
        "teen" => Role::Teen(small),
        "tens" => Role::Tens(small),
        "hundred" => Role::Hundred,
        "scale" => Role::Scale(small),
        "plural" => Role::PluralScale(small),
        "abbreviation" => Role::Abbreviation(small),
        "letter" => Role::Letter(small),
        "dozen" => Role::Dozen,
        "dozens" => Role::PluralDozen,
        "half" => Role::Half,
        "quarter" => Role::Quarter,
        "ordinal-small" => Role::OrdinalSmall(small),
        "ordinal-teen" => Role::OrdinalTeen(small),
        "ordinal-tens" => Role::OrdinalTens(small),
        "ordinal-hundred" => Role::OrdinalHundred,
        "ordinal-scale" => Role::OrdinalScale(small),
        "denominator" => Role::Denominator(value),
        "denominator-scale" => Role::DenominatorScale(small),
        _ => panic!("no such role of a number word: {role}"),
    }
}
