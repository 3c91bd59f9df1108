//! The words around numbers: modifiers, words of change, and the small classes of words that tell a noun phrase's end.

use copydesk_types::{Direction, Modifier};
use serde::Deserialize;

use crate::lexer::{Case, Lexed, Shape};
use crate::lexicon::{ByWord, Lexicon};
use crate::terms::Terms;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    modifiers: ModifierLists,
    modifiers_after: ModifierLists,
    change: DirectionLists,
    change_nouns: DirectionLists,
    change_after: DirectionLists,
    words: WordLists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifierLists {
    #[serde(default)]
    approx: Vec<String>,
    #[serde(default)]
    over: Vec<String>,
    #[serde(default)]
    under: Vec<String>,
    #[serde(default)]
    at_least: Vec<String>,
    #[serde(default)]
    at_most: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectionLists {
    up: Vec<String>,
    down: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLists {
    closed: Vec<String>,
    verbs: Vec<String>,
    plurals: Vec<String>,
    singulars: Vec<String>,
    compounded: Vec<String>,
    labels: Vec<String>,
    scores: Vec<String>,
    documents: Vec<String>,
    one_before: Vec<String>,
    streets: Vec<String>,
    raced: Vec<String>,
    periods: Vec<String>,
    reached: Vec<String>,
    moved: Vec<String>,
    passed: Vec<String>,
    prepositions: Vec<String>,
    given: Vec<String>,
    halved: Vec<String>,
    peopled: Vec<String>,
    idioms: Vec<String>,
}

/// A class of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Class {
    /// Words that no noun phrase goes on with.
    Closed = 1,
    /// Verbs, beside those that their ending tells.
    Verb = 2,
    /// Plurals that their ending does not tell.
    Plural = 4,
    /// Words in `s` that are no plurals.
    Singular = 8,
    /// Nouns that hyphen compounds count: `12-member`.
    Compounded = 16,
    /// Nouns that make a number behind them a label.
    Label = 32,
    /// Words that go before the score of a match or vote.
    Score = 64,
    /// Kinds of documents and rules.
    Document = 128,
    /// Words before `one` the pronoun.
    OneBefore = 256,
    /// Kinds of streets: a number in front of such a name is an address.
    Street = 512,
    /// What is run or swum over metres.
    Raced = 1024,
    /// Lengths of time.
    Period = 2048,
    /// Verbs that say which level a thing has: `reached`.
    Reached = 4096,
    /// Verbs that `up` and `down` make a change: `closed up 2%`.
    Moved = 8192,
    /// Words behind a verb of change that make the number a level: `fell below`.
    Passed = 16384,
    /// Prepositions that go on with a noun phrase.
    Preposition = 32768,
    /// Verbs of change that mean something else with an amount.
    Given = 65536,
    /// Words before which `half` is an amount.
    Halved = 131_072,
    /// Bodies of people, whose number stands behind them.
    Peopled = 262_144,
}

/// The table of `data/context.toml` over the crate's lexicon.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Modifiers in front of a number.
    pub(crate) modifiers: Terms<Modifier>,
    /// Modifiers behind a number.
    pub(crate) modifiers_after: Terms<Modifier>,
    /// Verbs of change.
    pub(crate) change: ByWord<Direction>,
    /// Nouns of change.
    pub(crate) change_nouns: ByWord<Direction>,
    /// Words behind a change.
    pub(crate) change_after: ByWord<Direction>,
    /// Phrases with a number word that count nothing.
    pub(crate) idioms: Terms<()>,
    classes: ByWord<u32>,
}

impl Context {
    /// The table of `data/context.toml`.
    pub(crate) fn load(lexicon: &mut Lexicon) -> Self {
        let table: Table = toml::from_str(include_str!("../data/context.toml"))
            .expect("the table of context is well formed");
        let mut this = Self::default();
        for (terms, lists) in
            [(&mut this.modifiers, &table.modifiers), (&mut this.modifiers_after, &table.modifiers_after)]
        {
            for (modifier, words) in [
                (Modifier::Approx, &lists.approx),
                (Modifier::Over, &lists.over),
                (Modifier::Under, &lists.under),
                (Modifier::AtLeast, &lists.at_least),
                (Modifier::AtMost, &lists.at_most),
            ] {
                for word in words {
                    terms.add(lexicon, word, modifier);
                }
            }
        }
        for (words, lists) in [
            (&mut this.change, &table.change),
            (&mut this.change_nouns, &table.change_nouns),
            (&mut this.change_after, &table.change_after),
        ] {
            for (direction, list) in [(Direction::Up, &lists.up), (Direction::Down, &lists.down)] {
                for word in list {
                    words.insert(lexicon.intern(word), direction);
                }
            }
        }
        for (class, words) in [
            (Class::Closed, &table.words.closed),
            (Class::Verb, &table.words.verbs),
            (Class::Plural, &table.words.plurals),
            (Class::Singular, &table.words.singulars),
            (Class::Compounded, &table.words.compounded),
            (Class::Label, &table.words.labels),
            (Class::Score, &table.words.scores),
            (Class::Document, &table.words.documents),
            (Class::OneBefore, &table.words.one_before),
            (Class::Street, &table.words.streets),
            (Class::Raced, &table.words.raced),
            (Class::Period, &table.words.periods),
            (Class::Reached, &table.words.reached),
            (Class::Moved, &table.words.moved),
            (Class::Passed, &table.words.passed),
            (Class::Preposition, &table.words.prepositions),
            (Class::Given, &table.words.given),
            (Class::Halved, &table.words.halved),
            (Class::Peopled, &table.words.peopled),
        ] {
            for word in words {
                let id = lexicon.intern(word);
                let classes = this.classes.get(id).copied().unwrap_or_default();
                this.classes.insert(id, classes | class as u32);
            }
        }
        for idiom in &table.words.idioms {
            this.idioms.add(lexicon, idiom, ());
        }
        this
    }

    /// Whether the word at lexeme `index` belongs to a class.
    pub(crate) fn is(&self, lexed: &Lexed<'_>, index: usize, class: Class) -> bool {
        self.classes.get(lexed.id(index)).is_some_and(|classes| classes & class as u32 != 0)
    }

    /// Whether the word at lexeme `index` looks like a plural noun in lower case.
    pub(crate) fn is_plural(&self, lexed: &Lexed<'_>, index: usize) -> bool {
        let lexeme = lexed.at(index);
        if lexeme.shape != Shape::Word || self.is(lexed, index, Class::Closed) {
            return false;
        }
        let word = lexed.str(index);
        self.is(lexed, index, Class::Plural)
            || (word.len() > 3
                && word.ends_with('s')
                && !word.ends_with("ss")
                && !word.ends_with("ous")
                && !self.is(lexed, index, Class::Singular))
    }

    /// Whether the word at lexeme `index` looks like a finite verb or participle.
    pub(crate) fn is_verb(&self, lexed: &Lexed<'_>, index: usize) -> bool {
        let word = lexed.str(index);
        self.is(lexed, index, Class::Verb)
            || (lexed.at(index).case == Case::Lower
                && word.len() > 4
                && (word.ends_with("ed") || word.ends_with("ing")))
    }

    /// Whether a noun phrase may go on with lexeme `index`.
    pub(crate) fn may_continue(&self, lexed: &Lexed<'_>, index: usize) -> bool {
        lexed.at(index).shape == Shape::Word && !self.is(lexed, index, Class::Closed)
    }
}
