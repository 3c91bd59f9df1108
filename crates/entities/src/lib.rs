//! Finds named mentions and names them canonically.
//!
//! ```text
//! Reading ─┬ model ─────┐
//!          ├ gazetteers ┤
//!          ├ patterns ──┤ [Proposal] ─choose→ spans ─page pass→ ─name→ [Mention]
//!          └ definitions┘
//! ```

mod canonical;
mod cells;
mod choose;
mod definitions;
pub mod gazetteer;
mod language;
#[cfg(test)]
mod marked;
pub mod model;
mod page_pass;
mod patterns;
mod proposal;
mod roles;
mod words;

use std::ops::Range;

use copydesk_types::{Article, Mention, Reading};

use gazetteer::Gazetteer;
use model::Model;
use patterns::{Found, Patterns};
use proposal::Proposal;
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

/// All mentions of an article, in order, none overlapping; none at all where the text is not English.
pub fn find(rules: &Rules, article: &Article, reading: &Reading<'_>) -> Option<Vec<Mention>> {
    let reading = &*cells::apart(reading);
    let words = words::look(&rules.gazetteer, reading);
    if !language::is_english(&words) {
        return None;
    }
    let Found { mut proposals, vetoes } = patterns::find(&rules.patterns, &words);
    proposals.extend(gazetteer::propose(&words));
    let tagged = model::propose(&rules.model, reading, &words.flags);
    let tagged = tagged.into_iter().filter_map(|tagged| Proposal::from(tagged).balanced(&words));
    proposals.extend(tagged.map(|proposal| gazetteer::placed(&words, proposal)));
    proposals.retain(|proposal| proposal.tokens.clone().all(|at| language::is_latin(words.text(at))));
    let chosen = settle(&words, &vetoes, choose::choose(proposals, &vetoes, words.len()));
    let definitions = definitions::read(&words, &chosen);
    let canonical = canonical::name(&rules.gazetteer, &words, &chosen, &definitions);
    let roles = roles::read(&rules.gazetteer, article, &words, &chosen);
    let mentions = chosen
        .iter()
        .zip(canonical)
        .zip(roles)
        .map(|((proposal, canonical), role)| Mention {
            span: words.span(proposal.tokens.clone()),
            label: proposal.label,
            canonical: canonical.name,
            entity_id: canonical.id,
            acronym: canonical.acronym,
            country: canonical.country,
            role: role.role,
            role_of: role.of,
            confidence: calibrated(proposal.score),
        })
        .collect();
    Some(mentions)
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

/// Scores after arbitration and the share of mentions of that score that are right, in the development sets.
const RELIABILITY: [(f32, f32); 9] = [
    (0.0, 0.0),
    (0.55, 0.46),
    (0.65, 0.62),
    (0.77, 0.68),
    (0.86, 0.755),
    (0.945, 0.875),
    (0.98, 0.915),
    (0.992, 0.97),
    (1.0, 0.998),
];

/// The chance that a mention of a score is right: straight lines between the points of [`RELIABILITY`].
fn calibrated(score: f32) -> f32 {
    let pair = RELIABILITY.windows(2).find(|pair| score <= pair[1].0);
    pair.map_or(RELIABILITY[RELIABILITY.len() - 1].1, |pair| {
        let ((low, from), (high, to)) = (pair[0], pair[1]);
        from + (to - from) * (score - low).max(0.0) / (high - low)
    })
}
