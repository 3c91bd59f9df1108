//! Whether a sentence looks back or ahead around a date: `was held Friday`, `will be held Friday`.

use crate::lexer::{Case, Lexed, Shape};
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
    /// What is done `to` do something later: `agreed to meet`.
    promises: ByWord<()>,
    to: WordId,
    due: WordId,
    /// What is before them looks ahead to the date: `until Friday`, `the vote is Friday`.
    ahead: [WordId; 4],
    /// What they follow is ahead: `December delivery`.
    promised: [WordId; 2],
    /// A participle behind them says nothing: `will be held`, `when he is sentenced`.
    be: [WordId; 3],
    /// What is before it looks back on the date.
    since: WordId,
}

impl Tenses {
    /// The table of `data/dates`.
    pub(super) fn load(lexicon: &mut Lexicon) -> Self {
        let (mut words, mut promises) = (ByWord::default(), ByWord::default());
        for line in include_str!("../../data/dates/tense.tsv").lines().filter(|line| !line.starts_with('#')) {
            let tense = match line.split_once('\t') {
                Some((word, "past")) => (word, Tense::Past),
                Some((word, "future")) => (word, Tense::Future),
                Some((word, "none")) => (word, Tense::Unknown),
                Some((word, "promise")) => {
                    promises.insert(lexicon.intern(word), ());
                    (word, Tense::Past)
                }
                _ => panic!("a word of tense is past, future, promise or none: {line}"),
            };
            let twice = words.insert(lexicon.intern(tense.0), tense.1);
            assert!(twice.is_none(), "a word of tense stands twice: {line}");
        }
        Self {
            words,
            promises,
            to: lexicon.intern("to"),
            due: lexicon.intern("due"),
            ahead: ["until", "till", "is", "are"].map(|word| lexicon.intern(word)),
            promised: ["delivery", "futures"].map(|word| lexicon.intern(word)),
            be: ["be", "is", "are"].map(|word| lexicon.intern(word)),
            since: lexicon.intern("since"),
        }
    }

    /// The tense around the lexemes `first..next`: of the nearest verb before them in the sentence, else after them.
    pub(super) fn around(&self, lexed: &Lexed<'_>, first: usize, next: usize) -> Tense {
        if self.ahead.contains(&lexed.id(first - 1)) || self.promised.contains(&lexed.id(next)) {
            return Tense::Future;
        }
        if lexed.id(first - 1) == self.since {
            return Tense::Past;
        }
        let told = self.before(lexed, first);
        if told != Tense::Unknown {
            return told;
        }
        (next..next + REACH)
            .take_while(|&index| in_clause(lexed, index))
            .find_map(|index| self.of(lexed, index))
            .unwrap_or(Tense::Unknown)
    }

    /// The tense of the nearest verb before lexeme `first` in its sentence.
    pub(super) fn before(&self, lexed: &Lexed<'_>, first: usize) -> Tense {
        let mut reach =
            (first.saturating_sub(REACH)..first).rev().take_while(|&index| in_clause(lexed, index));
        let Some((verb, tense)) = reach.find_map(|index| Some((index, self.of(lexed, index)?))) else {
            return Tense::Unknown;
        };
        let promise = self.promises.get(lexed.id(verb)).is_some()
            && (verb..first)
                .any(|index| lexed.id(index) == self.to && lexed.at(index + 1).case == Case::Lower);
        if promise { Tense::Future } else { tense }
    }

    /// Whether a word makes what follows it ahead: `will`.
    pub(super) fn looks_ahead(&self, word: WordId) -> bool {
        self.words.get(word) == Some(&Tense::Future)
    }

    /// Whether the word is in the table.
    pub(super) fn knows(&self, word: WordId) -> bool {
        self.words.get(word).is_some()
    }

    fn of(&self, lexed: &Lexed<'_>, index: usize) -> Option<Tense> {
        let lexeme = lexed.at(index);
        if lexeme.shape != Shape::Word {
            return None;
        }
        // `is expected`, but `is held`
        let passive = self.be.contains(&lexed.id(index.saturating_sub(1)));
        // `due to Monday's attack`
        let owing = lexeme.id == self.due
            && lexed.id(index + 1) == self.to
            && lexed.at(index + 2).case != Case::Lower;
        // `May`, `Will Smith`
        let name = lexeme.case != Case::Lower && lexed.at(index - 1).shape != Shape::Break;
        if let Some(&tense) = self.words.get(lexeme.id).filter(|_| !name && !owing) {
            return Some(tense).filter(|&tense| tense == Tense::Future || tense == Tense::Past && !passive);
        }
        let word = lexed.str(index);
        let participle = word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed");
        (lexeme.case == Case::Lower && participle && !passive).then_some(Tense::Past)
    }
}

/// Whether a clause goes on at a lexeme.
fn in_clause(lexed: &Lexed<'_>, index: usize) -> bool {
    lexed.at(index).shape != Shape::Break && !lexed.is_mark(index, b';')
}
