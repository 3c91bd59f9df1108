//! What both sides of a name are read with.

use std::ops::Range;

use copydesk_types::{EntityLabel, Sentence, Span};

use crate::{
    gazetteer::{Gazetteer, flags},
    proposal::Proposal,
    words::{CAPITAL, SMALL, Words},
};

/// A role found beside a name, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) role: Range<usize>,
    pub(super) of: Option<Range<usize>>,
}

/// A page with its mentions by token.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    gazetteer: &'a Gazetteer,
    pub(super) words: &'a Words<'a>,
    pub(super) chosen: &'a [Proposal],
    /// Index of the mention at each token, from 1; 0 where there is none.
    mentions: Vec<usize>,
    bylines: Vec<Span>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        gazetteer: &'a Gazetteer,
        words: &'a Words<'a>,
        chosen: &'a [Proposal],
        bylines: Vec<Span>,
    ) -> Self {
        let mut mentions = vec![0; words.len()];
        for (index, mention) in chosen.iter().enumerate() {
            mentions[mention.tokens.clone()].fill(index + 1);
        }
        Self { gazetteer, words, chosen, mentions, bylines }
    }

    /// The sentence of a token.
    pub(super) fn sentence(&self, at: usize) -> Option<&Sentence> {
        self.words.reading.sentence_at(self.words.reading.tokens.get(at)?.span.start)
    }

    /// The mention at a token.
    pub(super) fn mention(&self, at: usize) -> Option<&Proposal> {
        self.chosen.get(self.mentions.get(at)?.checked_sub(1)?)
    }

    /// The mention at a token, if one can have officers.
    pub(super) fn institution(&self, at: usize) -> Option<&Proposal> {
        use EntityLabel::{Event, Fac, Gpe, Loc, Org, Product};
        self.mention(at).filter(|mention| matches!(mention.label, Org | Gpe | Fac | Loc | Event | Product))
    }

    pub(super) fn in_byline(&self, at: usize) -> bool {
        let start = self.words.reading.tokens.get(at).map_or(0, |token| token.span.start);
        self.bylines.iter().any(|byline| byline.start <= start && start < byline.end)
    }

    /// Whether a token outside all mentions ends a role: `director`, `writers`, `general`.
    pub(super) fn is_role(&self, at: usize) -> bool {
        let bit = flags::ROLE;
        let plural =
            || self.words.text(at).strip_suffix('s').is_some_and(|one| self.gazetteer.word(one) & bit != 0);
        self.is_free(at) && (self.words.has(at, bit) || plural())
    }

    /// Whether a token outside all mentions begins or ends a role: `deputy`.
    pub(super) fn is_part(&self, at: usize) -> bool {
        self.is_role(at) || (self.is_free(at) && self.words.has(at, flags::ROLE_MODIFIER))
    }

    /// Whether a token stands in no mention and is a word.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.mention(at).is_none() && self.words.is(at, CAPITAL | SMALL)
    }

    pub(super) fn is_free_capital(&self, at: usize) -> bool {
        self.is_free(at) && self.words.is(at, CAPITAL)
    }
}
