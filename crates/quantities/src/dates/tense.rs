//! Whether a sentence looks back or ahead around a date: `was held Friday`, `will be held Friday`.

use crate::lexer::{Lexed, Shape};
use crate::lexicon::{ByWord, Lexicon, WordId};

/// Where a sentence looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How many lexemes on either side of a date are looked at: most clauses are shorter, and a long list of dates stays
/// linear.
const REACH: usize = 25;

/// Words that tell the tense.
#[derive(Debug)]
pub(super) struct Tenses {
    words: ByWord<Tense>,
    /// `until`, `by`: what is before them looks ahead to the date.
    ahead: [WordId; 3],
}

impl Tenses {
    /// The table of `data/dates`.
    pub(super) fn load(lexicon: &mut Lexicon) -> Self {
        let mut words = ByWord::default();
        for line in include_str!("../../data/dates/tense.tsv").lines().filter(|line| !line.starts_with('#')) {
            let tense = match line.split_once('\t') {
                Some((word, "past")) => (word, Tense::Past),
                Some((word, "future")) => (word, Tense::Future),
                _ => panic!("a word of tense is past or future: {line}"),
            };
            let twice = words.insert(lexicon.intern(tense.0), tense.1);
            assert!(twice.is_none(), "a word of tense stands twice: {line}");
        }
        Self { words, ahead: ["until", "till", "by"].map(|word| lexicon.intern(word)) }
    }

    /// The tense around the lexemes `first..next`: of the nearest verb before them in the sentence, else after them.
    pub(super) fn around(&self, lexed: &Lexed<'_>, first: usize, next: usize) -> Tense {
        if self.ahead.contains(&lexed.id(first - 1)) {
            return Tense::Future;
        }
        let before = (first.saturating_sub(REACH)..first).rev();
        let after = next..next + REACH;
        let told = |index: &usize| self.of(lexed, *index);
        before
            .take_while(|&index| lexed.at(index).shape != Shape::Break)
            .find_map(|index| told(&index))
            .or_else(|| {
                after
                    .take_while(|&index| lexed.at(index).shape != Shape::Break)
                    .find_map(|index| told(&index))
            })
            .unwrap_or(Tense::Unknown)
    }

    fn of(&self, lexed: &Lexed<'_>, index: usize) -> Option<Tense> {
        let lexeme = lexed.at(index);
        if lexeme.shape != Shape::Word {
            return None;
        }
        if let Some(tense) = self.words.get(lexeme.id) {
            return Some(*tense);
        }
        let word = lexed.str(index);
        (lexeme.id == WordId::UNKNOWN && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
            .then_some(Tense::Past)
    }
}
