//! Finds named mentions and names them canonically.
//!
//! ```text
//! Reading ─┬ model ─────┐
//!          ├ gazetteers ┤
//!          ├ patterns ──┤ [Proposal] ─choose→ spans ─page pass→ ─name→ [Mention]
//!          └ definitions┘
//! ```

mod choose;
mod definitions;
pub mod gazetteer;
pub mod model;
mod page_pass;
mod patterns;
mod proposal;
mod words;

use std::ops::Range;

use copydesk_types::{Article, Mention, Reading, Span};

use gazetteer::Gazetteer;
use model::Model;
use patterns::{Found, Patterns};
use proposal::{Proposal, Source};
use words::Words;

/// Gazetteers, rule tables and the trained model. Loaded once, shared, immutable.
#[derive(Debug)]
pub struct Rules {
    gazetteer: Gazetteer,
    patterns: Patterns,
    model: Model<'static>,
}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        Self { gazetteer: Gazetteer::load(), patterns: Patterns::load(), model: Model::embedded() }
    }
}

/// All mentions of an article, in order, none overlapping.
pub fn find(rules: &Rules, _article: &Article, reading: &Reading<'_>) -> Vec<Mention> {
    let words = words::look(&rules.gazetteer, reading);
    let Found { mut proposals, vetoes } = patterns::find(&rules.patterns, &words);
    proposals.extend(gazetteer::propose(&words));
    let tagged = model::propose(&rules.model, reading, &words.flags);
    proposals.extend(tagged.into_iter().map(|t| Proposal {
        tokens: t.tokens,
        label: t.label,
        score: t.confidence,
        source: Source::Model,
    }));
    let chosen = settle(&words, &vetoes, choose::choose(proposals, &vetoes, words.len()));
    chosen.iter().map(|proposal| mention(&words, proposal)).collect()
}

/// Chooses once more, with what the page says of each name.
fn settle(words: &Words<'_>, vetoes: &[Range<usize>], chosen: Vec<Proposal>) -> Vec<Proposal> {
    let definitions = definitions::read(words, &chosen);
    let mut proposals = definitions::propose(&definitions, &chosen);
    proposals.extend(chosen);
    let chosen = choose::choose(proposals, vetoes, words.len());
    let mut proposals = page_pass::propose(words, &chosen);
    proposals.extend(chosen);
    choose::choose(proposals, vetoes, words.len())
}

fn mention(words: &Words<'_>, proposal: &Proposal) -> Mention {
    let tokens = &words.reading.tokens[proposal.tokens.clone()];
    let span = Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
    Mention {
        span,
        label: proposal.label,
        canonical: span.of(words.reading.text).to_owned(),
        entity_id: String::new(),
        acronym: None,
        country: None,
        role: None,
        role_of: None,
        confidence: proposal.score,
    }
}
