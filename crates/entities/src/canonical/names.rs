//! The distinct names of a page.

use std::ops::Range;

use copydesk_types::EntityLabel;
use rustc_hash::FxHashMap;

use crate::{gazetteer::join, proposal::Proposal, words::Words};

/// One name, however often it stands.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The best of its spellings.
    pub(super) text: String,
    pub(super) label: EntityLabel,
    /// Where it stands first in that spelling.
    pub(super) tokens: Range<usize>,
}

/// All names of a page, in the order of their first mentions.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) all: Vec<Name>,
    /// The name of each mention.
    pub(super) of_mention: Vec<usize>,
    by_key: FxHashMap<(u64, EntityLabel), usize>,
}

impl Names {
    pub(super) fn collect(words: &Words<'_>, chosen: &[Proposal]) -> Self {
        let mut names = Self::default();
        for mention in chosen {
            let place = (key(words, mention.tokens.clone()), mention.label);
            let text = words.span(mention.tokens.clone()).of(words.reading.text);
            let name =
                || Name { text: text.to_owned(), label: mention.label, tokens: mention.tokens.clone() };
            let index = *names.by_key.entry(place).or_insert(names.all.len());
            match names.all.get_mut(index) {
                None => names.all.push(name()),
                Some(known) if spelling(text) > spelling(&known.text) => *known = name(),
                Some(_) => {}
            }
            names.of_mention.push(index);
        }
        names
    }

    /// The name of these words, whatever its label.
    pub(super) fn find(&self, words: &Words<'_>, tokens: Range<usize>) -> Option<usize> {
        let key = key(words, tokens);
        EntityLabel::ALL.into_iter().find_map(|label| self.by_key.get(&(key, label)).copied())
    }
}

/// The key of a sequence of words.
pub(super) fn key(words: &Words<'_>, tokens: Range<usize>) -> u64 {
    words.keys[tokens].iter().fold(0, |hash, &word| join(hash, word))
}

/// How good a spelling is: not all in capitals, then many words capitalised.
fn spelling(text: &str) -> (bool, usize) {
    let shouted = text.len() > 5 && !text.contains(char::is_lowercase);
    (!shouted, text.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count())
}
