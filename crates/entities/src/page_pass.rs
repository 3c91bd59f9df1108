//! What a page says of a name at one place settles its other mentions.
//!
//! Each mention is a vote for its label, weighted by its score; a full name of a person votes for its last word as well.
//! At every place where a name stands that has votes, the label with most of them is put forward once more: where the
//! model was unsure or silent it wins, where it was sure it loses (the document pass of the development sets' notes).

use std::ops::Range;

use copydesk_types::EntityLabel;
use rustc_hash::FxHashMap;

use crate::{
    gazetteer::{flags, join},
    proposal::{Proposal, Source},
    words::{CAPITAL, Words},
};

/// Longest name that is looked for again, in tokens.
const LONGEST: usize = 12;
/// What a place without a mention counts against a name, in votes. Tuned on the development sets.
const SILENCE: f32 = 0.3;
/// What a full name counts for its last word alone, in votes for each of its own.
const SURNAME_SHARE: f32 = 0.8;
/// Score from which on a full name speaks for its last word.
const SURE: f32 = 0.7;

/// What the page says of one name.
#[derive(Clone, Debug, Default)]
struct Name {
    votes: [f32; EntityLabel::ALL.len()],
    best: f32,
    silent: f32,
    longer: bool,
}

/// Every further place of the names of a page, with the label that most of its mentions have.
pub(crate) fn propose(words: &Words<'_>, chosen: &[Proposal]) -> Vec<Proposal> {
    let mut names: FxHashMap<u64, Name> = FxHashMap::default();
    for proposal in chosen {
        vote(&mut names, words, proposal.tokens.clone(), proposal.label, proposal.score);
        let last = proposal.tokens.end - 1;
        if proposal.label == EntityLabel::Person && proposal.tokens.len() > 1 && speaks(words, proposal, last)
        {
            vote(&mut names, words, last..last + 1, EntityLabel::Person, SURNAME_SHARE * proposal.score);
        }
    }
    let places = places(words, &names, chosen);
    for (tokens, covered) in &places {
        if !covered && let Some(name) = names.get_mut(&key(words, tokens.clone())) {
            name.silent += SILENCE;
        }
    }
    places
        .into_iter()
        .filter_map(|(tokens, _)| names.get(&key(words, tokens.clone()))?.proposal(tokens))
        .collect()
}

fn speaks(words: &Words<'_>, proposal: &Proposal, last: usize) -> bool {
    let common = flags::COUNTRY | flags::CALENDAR | flags::ROLE | flags::ORG_HEAD;
    proposal.score >= SURE
        && words.is(last, CAPITAL)
        && !words.has(last, common)
        && words.text(last).len() > 2
}

fn vote(
    names: &mut FxHashMap<u64, Name>,
    words: &Words<'_>,
    tokens: Range<usize>,
    label: EntityLabel,
    score: f32,
) {
    if tokens.len() > LONGEST {
        return;
    }
    for end in tokens.start + 1..tokens.end {
        names.entry(key(words, tokens.start..end)).or_default().longer = true;
    }
    let name = names.entry(key(words, tokens)).or_default();
    name.votes[label as usize] += score;
    name.best = name.best.max(score);
}

/// All places of names in the text, the longest at each; whether a mention of just that name stands there. Places
/// inside a longer mention are none.
fn places(words: &Words<'_>, names: &FxHashMap<u64, Name>, chosen: &[Proposal]) -> Vec<(Range<usize>, bool)> {
    let mut places = Vec::new();
    let mut mentions = chosen.iter().peekable();
    for sentence in &words.reading.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            while mentions.peek().is_some_and(|m| m.tokens.end <= at) {
                mentions.next();
            }
            if let Some(mention) = mentions.peek().filter(|m| m.tokens.start <= at) {
                places.push((mention.tokens.clone(), true));
                at = mention.tokens.end.max(at + 1);
                continue;
            }
            let limit =
                mentions.peek().map_or(sentence.tokens.end, |m| m.tokens.start.min(sentence.tokens.end));
            let end = if words.is(at, CAPITAL) { longest(words, names, at, limit) } else { at };
            if end > at {
                places.push((at..end, false));
            }
            at = end.max(at + 1);
        }
    }
    places
}

/// Where the longest name that begins at token `at` ends; `at` where none does.
fn longest(words: &Words<'_>, names: &FxHashMap<u64, Name>, at: usize, limit: usize) -> usize {
    let (mut best, mut hash) = (at, 0);
    for end in at..limit {
        hash = join(hash, words.keys[end]);
        let Some(name) = names.get(&hash) else { break };
        // `The Hill` may end in a name, `Hill` in `Hill Station` is none: a name does not stop inside a run.
        if name.best > 0.0 && !(words.is(end + 1, CAPITAL) && end + 1 < limit) {
            best = end + 1;
        }
        if !name.longer {
            break;
        }
    }
    best
}

fn key(words: &Words<'_>, tokens: Range<usize>) -> u64 {
    words.keys[tokens].iter().fold(0, |hash, &word| join(hash, word))
}

impl Name {
    /// The name at a place, with the label that has most votes.
    fn proposal(&self, tokens: Range<usize>) -> Option<Proposal> {
        let (label, votes) = EntityLabel::ALL
            .into_iter()
            .map(|label| (label, self.votes[label as usize]))
            .max_by(|a, b| {
                // The first of equals, as the order of labels has it.
                a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))
            })?;
        let all: f32 = self.votes.iter().sum::<f32>() + self.silent;
        (votes > 0.0).then(|| Proposal {
            tokens,
            label,
            score: self.best * votes / all,
            source: Source::Page,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{choose::choose, gazetteer::Gazetteer, words::look};

    /// Mentions after the pass, of a text in which `given` are the mentions before.
    fn after(text: &str, given: &[(Range<usize>, EntityLabel, f32)]) -> String {
        let reading = copydesk_text::read(text);
        let words = look(&Gazetteer::load(), &reading);
        let chosen: Vec<Proposal> = given
            .iter()
            .map(|(tokens, label, score)| Proposal {
                tokens: tokens.clone(),
                label: *label,
                score: *score,
                source: Source::Model,
            })
            .collect();
        let mut all = propose(&words, &chosen);
        all.extend(chosen);
        let shown = choose(all, &[], words.len()).into_iter().map(|p| {
            let text: Vec<&str> = p.tokens.map(|at| words.text(at)).collect();
            format!("{} {}", text.join(" "), p.label.name())
        });
        shown.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn page_settles() {
        use EntityLabel::{Gpe, Org, Person};
        // The surer label wins over the unsure one of the same name.
        let text = "Kibo said so . Kibo paid . Kibo left .";
        assert_eq!(
            after(text, &[(0..1, Org, 0.9), (4..5, Org, 0.9), (7..8, Gpe, 0.55)]),
            "Kibo ORG|Kibo ORG|Kibo ORG"
        );
        // A sure one stays.
        let text = "Kibo said so . In Kibo , rain .";
        assert_eq!(after(text, &[(0..1, Org, 0.7), (5..6, Gpe, 0.97)]), "Kibo ORG|Kibo GPE");
        // The last word of a full name alone.
        let text = "Amara Okech came . Okech left .";
        assert_eq!(after(text, &[(0..2, Person, 0.95)]), "Amara Okech PERSON|Okech PERSON");
        // No name inside a longer run of capitals.
        let text = "Amara Okech came . The Okech Foundation left .";
        assert_eq!(after(text, &[(0..2, Person, 0.95)]), "Amara Okech PERSON");
    }
}
