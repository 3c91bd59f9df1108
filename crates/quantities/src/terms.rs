//! Terms of one or several words (`more than`, `square metre`, `US dollar`), found by their first or their last word.

use crate::lexer::{Lexed, Shape};
use crate::lexicon::{ByWord, Lexicon, WordId};

/// One term: its words and what it stands for.
#[derive(Debug)]
struct Term<T> {
    words: Box<[WordId]>,
    /// As printed, where the case of the letters matters.
    exact: Option<Box<str>>,
    meaning: T,
}

/// A table of terms.
#[derive(Debug)]
pub(crate) struct Terms<T> {
    terms: Vec<Term<T>>,
    by_first: ByWord<Vec<usize>>,
    by_last: ByWord<Vec<usize>>,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Self { terms: Vec::new(), by_first: ByWord::default(), by_last: ByWord::default() }
    }
}

impl<T: Clone> Terms<T> {
    /// Adds a term, in any case; `term` is cut into words as the lexer would.
    pub(crate) fn add(&mut self, lexicon: &mut Lexicon, term: &str, meaning: T) {
        self.insert(lexicon, term, None, meaning);
    }

    /// Adds a term that counts only in this very spelling: `MW` is not `mW`.
    pub(crate) fn add_exact(&mut self, lexicon: &mut Lexicon, term: &str, meaning: T) {
        self.insert(lexicon, term, Some(term.into()), meaning);
    }

    fn insert(&mut self, lexicon: &mut Lexicon, term: &str, exact: Option<Box<str>>, meaning: T) {
        let reading = copydesk_text::read(term);
        let pieces = crate::lexer::lex(lexicon, &reading).items;
        let words: Box<[WordId]> = pieces
            .iter()
            .filter(|piece| piece.shape != Shape::Break)
            .map(|piece| lexicon.intern(piece.span.of(term)))
            .collect();
        let number = self.terms.len();
        for (index, word) in [(&mut self.by_first, words.first()), (&mut self.by_last, words.last())] {
            let word = *word.expect("a term has a word");
            let mut list = index.get_mut(word).map(std::mem::take).unwrap_or_default();
            let longer = |&other: &usize| self.terms[other].words.len() >= words.len();
            list.insert(list.partition_point(longer), number);
            index.insert(word, list);
        }
        self.terms.push(Term { words, exact, meaning });
    }

    /// The meaning of the longest term that starts at lexeme `index`, and the lexeme after it.
    pub(crate) fn at(&self, lexed: &Lexed<'_>, index: usize) -> Option<(T, usize)> {
        let list = self.by_first.get(lexed.id(index))?;
        list.iter().find_map(|&number| {
            let term = &self.terms[number];
            let next = index + term.words.len();
            term.stands(lexed, index).then(|| (term.meaning.clone(), next))
        })
    }

    /// The meaning of the longest term that ends before lexeme `index`, and its first lexeme.
    pub(crate) fn before(&self, lexed: &Lexed<'_>, index: usize) -> Option<(T, usize)> {
        let list = self.by_last.get(lexed.id(index.checked_sub(1)?))?;
        list.iter().find_map(|&number| {
            let term = &self.terms[number];
            let first = index.checked_sub(term.words.len())?;
            term.stands(lexed, first).then(|| (term.meaning.clone(), first))
        })
    }
}

impl<T> Term<T> {
    fn stands(&self, lexed: &Lexed<'_>, first: usize) -> bool {
        let next = first + self.words.len();
        lexed
            .items
            .get(first..next)
            .is_some_and(|items| items.iter().map(|l| l.id).eq(self.words.iter().copied()))
            && self.exact.as_deref().is_none_or(|exact| lexed.span(first, next).of(lexed.text) == exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_is_found_from_both_sides() {
        let mut lexicon = Lexicon::default();
        let mut terms = Terms::default();
        for (term, meaning) in [("than", 'a'), ("more than", 'b'), ("no more than", 'c')] {
            terms.add(&mut lexicon, term, meaning);
        }
        terms.add_exact(&mut lexicon, "MW", 'd');
        let reading = copydesk_text::read("no More than MW mW");
        let lexed = crate::lexer::lex(&lexicon, &reading);
        for (index, expected) in
            [(1, Some(('c', 4))), (2, Some(('b', 4))), (3, Some(('a', 4))), (4, Some(('d', 5))), (5, None)]
        {
            assert_eq!(terms.at(&lexed, index), expected, "{index}");
        }
        assert_eq!(terms.before(&lexed, 4), Some(('c', 1)));
        assert_eq!(terms.before(&lexed, 1), None);
    }
}
