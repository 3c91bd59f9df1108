//! `Long Form (LF)`: names that the text itself shortens, and acronyms that are spelt out.

use std::ops::Range;

use copydesk_types::{EntityLabel, TokenKind};

use crate::{
    proposal::{Proposal, Source},
    words::{CAPITAL, CAPS, FUNCTION, SMALL, Words},
};

/// Longest long form, in tokens.
const LONGEST: usize = 16;
/// Shares of definitions found so in the development sets that hold a mention on both sides.
const SCORE: f32 = 0.9;

/// A name and its short form beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    /// The tokens of the long form.
    pub(crate) long: Range<usize>,
    /// The token of the acronym.
    pub(crate) short: usize,
}

/// Definitions of a text. `chosen`: its mentions so far, which settle how far a long form reaches where its initials
/// don't.
pub(crate) fn read(words: &Words<'_>, chosen: &[Proposal]) -> Vec<Definition> {
    let mut found = Vec::new();
    let mark = |at: &usize| words.reading.tokens[*at].kind == TokenKind::Punctuation;
    let marks = (1..words.len().saturating_sub(2)).filter(mark);
    for open in marks.filter(|&at| matches!(words.text(at), "(" | "[")) {
        let short = open + 1;
        if is_acronym(words, open - 1)
            && let Some(long) = spelt_inside(words, open)
        {
            found.push(Definition { long, short: open - 1 });
            continue;
        }
        if !matches!(words.text(short + 1), ")" | "]" | "," | ";") || !is_acronym(words, short) {
            continue;
        }
        let letters = letters(words.text(short));
        let mention = mention_ending(chosen, open);
        let long = spelt_out(words, &letters, open).or_else(|| {
            mention.filter(|m| holds(&initials(words, m.tokens.clone()), &letters)).map(|m| m.tokens.clone())
        });
        found.extend(long.map(|long| Definition { long, short }));
    }
    found.retain(|definition| in_one_sentence(words, definition));
    found
}

/// Whether both sides stand in one sentence: what is above a line or in the cell before defines nothing.
fn in_one_sentence(words: &Words<'_>, Definition { long, short }: &Definition) -> bool {
    let sentences = &words.reading.sentences;
    let first = long.start.min(*short);
    let sentence = sentences.get(sentences.partition_point(|sentence| sentence.tokens.end <= first));
    sentence.is_some_and(|sentence| long.end.max(short + 1) <= sentence.tokens.end)
}

/// Both sides of each definition as mentions of one label: that of the surer side.
pub(crate) fn propose(definitions: &[Definition], chosen: &[Proposal]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for Definition { long, short } in definitions {
        let sides = chosen.iter().filter(|p| p.tokens.end == long.end || p.tokens == (*short..short + 1));
        let best = sides.max_by(|a, b| a.score.total_cmp(&b.score));
        // What is defined and was no mention so far is an organisation more often than anything else.
        let label = best.map_or(EntityLabel::Org, |side| side.label);
        for tokens in [long.clone(), *short..short + 1] {
            proposals.push(Proposal { tokens, label, score: SCORE, source: Source::Definition });
        }
    }
    proposals
}

/// Whether token `at` looks like an acronym: two capitals at least, none but letters and digits.
pub(crate) fn is_acronym(words: &Words<'_>, at: usize) -> bool {
    let text = words.text(at);
    words.is(at, CAPITAL) && (words.is(at, CAPS) || text.chars().filter(|c| c.is_uppercase()).count() > 1)
}

/// The capitals of an acronym: `U.S.` → `US`, `SCCP1` → `SCCP`.
pub(crate) fn letters(acronym: &str) -> Vec<char> {
    acronym.chars().filter(|c| c.is_uppercase()).collect()
}

/// First letters of the words of a name that count: small words don't.
pub(crate) fn initials(words: &Words<'_>, tokens: Range<usize>) -> Vec<char> {
    tokens.filter(|&at| counts(words, at)).filter_map(|at| initial(words, at)).collect()
}

fn initial(words: &Words<'_>, at: usize) -> Option<char> {
    words.text(at).chars().next().and_then(|c| c.to_uppercase().next())
}

/// A capitalised word, or a small one behind a hyphen (`Post-clearance`).
fn counts(words: &Words<'_>, at: usize) -> bool {
    words.is(at, CAPITAL) || (words.is(at, SMALL) && at > 0 && words.text(at - 1) == "-")
}

/// Whether all letters of an acronym are among the initials, in any order (`SCCP1` for `Customs Procedures
/// Sub-Committee`).
fn holds(initials: &[char], letters: &[char]) -> bool {
    let mut left = initials.to_vec();
    letters.len() > 1
        && letters
            .iter()
            .all(|letter| left.iter().position(|l| l == letter).map(|at| left.swap_remove(at)).is_some())
}

/// The tokens before `end` whose initials are exactly `letters`; small words between them don't count.
fn spelt_out(words: &Words<'_>, letters: &[char], end: usize) -> Option<Range<usize>> {
    let mut rest = letters.len();
    for at in (end.saturating_sub(LONGEST)..end).rev() {
        if words.is(at, CAPITAL) {
            if rest == 0 || initial(words, at) != Some(letters[rest - 1]) {
                return None;
            }
            rest -= 1;
            if rest == 0 {
                return (letters.len() > 1).then_some(at..end);
            }
        } else if !words.is(at, SMALL | FUNCTION) && !matches!(words.text(at), "-" | "–" | "," | "&" | "/")
        {
            return None;
        }
    }
    None
}

/// The whole of a bracket behind an acronym, where it spells the acronym out.
fn spelt_inside(words: &Words<'_>, open: usize) -> Option<Range<usize>> {
    let limit = words.len().min(open + LONGEST);
    let close = (open + 1..limit).find(|&at| matches!(words.text(at), ")" | "]"))?;
    let long = spelt_out(words, &letters(words.text(open - 1)), close)?;
    (long.start == open + 1).then_some(long)
}

fn mention_ending(chosen: &[Proposal], end: usize) -> Option<&Proposal> {
    let after = chosen.partition_point(|p| p.tokens.end < end);
    chosen.get(after).filter(|p| p.tokens.end == end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{marked::GAZETTEER, words::look};

    #[test]
    fn definitions_of() {
        for (text, expected) in [
            (
                "the General Department of Vietnam Customs (GDVC) met",
                "General Department of Vietnam Customs=GDVC",
            ),
            ("the Customs and Excise of Cambodia (CEC) met", "Customs and Excise of Cambodia=CEC"),
            ("the Port System Authority (PSA), which", "Port System Authority=PSA"),
            ("the PSA (Port System Authority) said", "Port System Authority=PSA"),
            ("NYCRS [New York] said", ""),
            ("the Port System\nAuthority (PSA), which", ""),
            ("he said (OK) then", ""),
            ("the Ministry of Finance (Hanoi) said", ""),
        ] {
            let reading = copydesk_text::read(text);
            let words = look(&GAZETTEER, &reading);
            let found = read(&words, &[]);
            let shown: Vec<String> = found
                .iter()
                .map(|d| {
                    let (first, last) =
                        (reading.tokens[d.long.start].span, reading.tokens[d.long.end - 1].span);
                    format!("{}={}", first.join(last).of(text), words.text(d.short))
                })
                .collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
    }
}
