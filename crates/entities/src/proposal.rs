//! What the sources of names put forward.

use std::ops::Range;

use copydesk_types::EntityLabel;

use crate::{
    model::Tagged,
    words::{CAPITAL, FIRST, Words},
};

/// Tokens before a closing bracket in which the opening one is looked for.
const BRACKET_REACH: usize = 4;

/// Who puts a name forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// The trained model.
    Model,
    /// A definition in the text: `Long Form (LF)`.
    Definition,
    /// A row of the pattern table, by its name.
    Pattern(&'static str),
    /// A name of the gazetteers.
    Gazetteer,
    /// Other mentions of the same name in the page.
    Page,
}

/// A span that may be a mention.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proposal {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it would name.
    pub(crate) label: EntityLabel,
    /// Chance that span and label are right, 0 to 1.
    pub(crate) score: f32,
    /// Who says so.
    pub(crate) source: Source,
}

impl From<Tagged> for Proposal {
    fn from(tagged: Tagged) -> Self {
        Self { tokens: tagged.tokens, label: tagged.label, score: tagged.confidence, source: Source::Model }
    }
}

impl Proposal {
    /// The proposal without half a pair of brackets: with the words before the other half (`Reform) Bill` in `the Renters
    /// (Reform) Bill`), or else with what stands behind or before it alone; none where nothing is left.
    pub(crate) fn balanced(mut self, words: &Words<'_>) -> Option<Self> {
        let find = |bracket: &str| self.tokens.clone().find(|&at| words.text(at) == bracket);
        match (find("("), find(")")) {
            (None, Some(close)) => {
                let open = (close.saturating_sub(BRACKET_REACH)..self.tokens.start)
                    .rev()
                    .find(|&at| words.text(at) == "(" && at > 0 && words.is(at - 1, CAPITAL));
                let run = |open: usize| (0..open).rev().take_while(|&at| words.is(at, CAPITAL)).last();
                let start = open.filter(|_| close + 1 < self.tokens.end).and_then(run);
                let in_one_sentence =
                    |&start: &usize| !(start + 1..=self.tokens.start).any(|at| words.is(at, FIRST));
                self.tokens.start = start.filter(in_one_sentence).unwrap_or(close + 1);
            }
            (Some(open), None) => self.tokens.end = open,
            _ => {}
        }
        (!self.tokens.is_empty()).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{marked::GAZETTEER, words::look};

    #[test]
    fn brackets_are_whole() {
        for (text, tokens, expected) in [
            ("the Renters ( Reform ) Bill", 3..6, Some("Renters ( Reform ) Bill")),
            ("the Renters ( Reform ) Bill", 1..6, Some("Renters ( Reform ) Bill")),
            ("the law ( Reform ) Bill", 3..6, Some("Bill")),
            ("the Renters ( A\nReform ) Bill", 4..7, Some("Bill")),
            ("the Customs Union ( CU ) said", 1..4, Some("Customs Union")),
            ("the Customs Union ( CU )", 4..6, None),
            ("in Paris , ( Texas )", 4..5, Some("Texas")),
        ] {
            let reading = copydesk_text::read(text);
            let words = look(&GAZETTEER, &reading);
            let proposal = Proposal { tokens, label: EntityLabel::Law, score: 0.9, source: Source::Model };
            let whole = proposal.balanced(&words).map(|proposal| words.span(proposal.tokens).of(text));
            assert_eq!(whole, expected, "{text}");
        }
    }
}
