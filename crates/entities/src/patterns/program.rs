//! The matcher: a backtracking machine over tokens (after Thompson 1968), its steps bounded.

use std::ops::Range;

use crate::{
    gazetteer::{
        flags::{self, Flags},
        key,
    },
    words::{CAPITAL, CAPS, FIRST, GLUED, NUMBER, ORDINAL, SMALL, Words},
};

/// Steps at one start: enough for a name of some twenty words in every row of the table.
const MOST_STEPS: u32 = 600;

/// What stands between two places that share a word.
const JOINS: [&str; 7] = ["-", "–", "—", "/", "and", "&", ","];
/// Prepositions inside names of organisations and agreements.
const LINKS: [&str; 3] = ["of", "for", "on"];
const PLACES: Flags = flags::COUNTRY | flags::CITY | flags::DIVISION | flags::NORP;

/// A question to one token, or to the place before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// One of these words, exactly.
    Word(Vec<&'static str>),
    /// A word with one of these bits of the gazetteers, whatever its case.
    Class(Flags),
    /// The same, capitalised.
    CapitalClass(Flags),
    /// A capitalised word that has none of these bits.
    CapitalBut(Flags),
    /// A word of capitals.
    Caps,
    /// A word in small letters.
    Small,
    /// A word or a number.
    Any,
    /// A word of two capitals, not a known body's acronym.
    Short,
    /// A word of two to four capitals that opens its sentence and is no place: the mark of an agency.
    Mark,
    /// A number in digits.
    Number,
    /// An ordinal.
    Ordinal,
    /// The place where a run of capitalised words begins.
    RunStart,
    /// The place where one ends.
    RunEnd,
    /// The same, where no `of`, `for` or `on` leads to a further capitalised word: not after `Department` in
    /// `Department of Health`.
    NameEnd,
    /// The place after no other place or nationality that shares what follows: not `Laos` in `Vietnam-Laos Customs`.
    Alone,
    /// The place before a token that is glued to the one before it.
    Glued,
}

/// One instruction.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Goes on if the test holds; tests of words take the token.
    Test(Test),
    /// Tries the first way, then the second.
    Split(usize, usize),
    /// The span begins here.
    Open,
    /// The span ends here.
    Close,
    /// Found.
    Done,
}

/// A way still to be tried: the next step, the token it looks at, where the span begins and, once known, ends.
pub(super) type Way = (usize, usize, usize, Option<usize>);

/// A compiled row.
#[derive(Debug)]
pub(super) struct Program(pub(super) Vec<Step>);

impl Test {
    pub(super) fn holds(&self, words: &Words<'_>, at: usize, sentence: &Range<usize>) -> bool {
        match self {
            Self::RunStart => {
                at == sentence.start || !words.is(at - 1, CAPITAL) && !is_compound(words, at, sentence)
            }
            Self::RunEnd => at >= sentence.end || !words.is(at, CAPITAL),
            Self::NameEnd => Self::RunEnd.holds(words, at, sentence) && !goes_on(words, at, sentence),
            Self::Alone => {
                at < sentence.start + 2 || !JOINS.contains(&words.text(at - 1)) || !words.has(at - 2, PLACES)
            }
            Self::Glued => at < sentence.end && words.is(at, GLUED),
            _ if at >= sentence.end => false,
            Self::Word(list) => list.contains(&words.text(at)),
            Self::Class(bits) => words.has(at, *bits),
            Self::CapitalClass(bits) => words.has(at, *bits) && words.is(at, CAPITAL),
            Self::CapitalBut(bits) => words.is(at, CAPITAL) && !words.has(at, *bits),
            Self::Caps => words.is(at, CAPS),
            Self::Small => words.is(at, SMALL),
            Self::Short => {
                words.is(at, CAPS)
                    && !words.has(at, flags::BODY)
                    && words.text(at).chars().filter(|c| c.is_alphabetic()).count() <= 2
            }
            Self::Mark => {
                words.is(at, CAPS)
                    && words.is(at, FIRST)
                    && !words.has(at, PLACES)
                    && words.text(at).len() <= 4
            }
            Self::Any => words.is(at, CAPITAL | SMALL | NUMBER | ORDINAL),
            Self::Number => words.is(at, NUMBER),
            Self::Ordinal => words.is(at, ORDINAL),
        }
    }

    const fn takes_token(&self) -> bool {
        !matches!(self, Self::RunStart | Self::RunEnd | Self::NameEnd | Self::Alone | Self::Glued)
    }

    /// Whether only a capitalised word passes.
    pub(super) fn needs_capital(&self) -> bool {
        match self {
            Self::CapitalClass(_) | Self::CapitalBut(_) | Self::Caps | Self::Short | Self::Mark => true,
            Self::Word(list) => {
                list.iter().all(|word| word.starts_with(char::is_uppercase) && !is_function(word))
            }
            _ => false,
        }
    }
}

/// Whether token `at` is glued by a hyphen to a capitalised word before it: `Lao` in `Thai-Lao`.
fn is_compound(words: &Words<'_>, at: usize, sentence: &Range<usize>) -> bool {
    at >= sentence.start + 2
        && words.text(at - 1) == "-"
        && words.is(at, GLUED)
        && words.is(at - 1, GLUED)
        && words.is(at - 2, CAPITAL)
}

/// Whether the name before token `at` goes on behind a preposition.
fn goes_on(words: &Words<'_>, at: usize, sentence: &Range<usize>) -> bool {
    let next = at + 1 + usize::from(words.text(at + 1) == "the");
    at < sentence.end && LINKS.contains(&words.text(at)) && next < sentence.end && words.is(next, CAPITAL)
}

/// Whether the rules don't take a capitalised `word` for part of a name.
fn is_function(word: &str) -> bool {
    key(word) == key("no")
}

impl Program {
    /// The tests that the first token may pass.
    pub(super) fn first(&self) -> Vec<Test> {
        let (mut first, mut ways) = (Vec::new(), vec![0]);
        while let Some(at) = ways.pop() {
            match &self.0[at] {
                Step::Test(test) if test.takes_token() => first.push(test.clone()),
                Step::Split(one, other) => ways.extend([*other, *one]),
                Step::Test(_) | Step::Open | Step::Close => ways.push(at + 1),
                Step::Done => {}
            }
        }
        first
    }

    /// The span found by a match that begins at token `at`.
    pub(super) fn run(
        &self,
        words: &Words<'_>,
        at: usize,
        sentence: &Range<usize>,
        ways: &mut Vec<Way>,
    ) -> Option<Range<usize>> {
        ways.clear();
        ways.push((0, at, at, None));
        for _ in 0..MOST_STEPS {
            let (step, place, start, end) = ways.pop()?;
            match &self.0[step] {
                Step::Test(test) => {
                    if test.holds(words, place, sentence) {
                        ways.push((step + 1, place + usize::from(test.takes_token()), start, end));
                    }
                }
                Step::Split(first, second) => {
                    ways.push((*second, place, start, end));
                    ways.push((*first, place, start, end));
                }
                Step::Open => ways.push((step + 1, place, place, end)),
                Step::Close => ways.push((step + 1, place, start, Some(place))),
                Step::Done => {
                    let end = end.unwrap_or(place);
                    return (start < end).then_some(start..end);
                }
            }
        }
        None
    }
}
