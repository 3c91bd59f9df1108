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

/// Which tokens begin a mention, and which go on with one.
struct Borders(Vec<Border>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Border {
    Outside,
    Begins,
    GoesOn,
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

/// All places of names in the text, the longest at each; whether a mention of that name or of a part of it stands there
/// (`Fischer` where the page has `Tanner Fischer` elsewhere). Places inside a longer mention are none.
fn places(words: &Words<'_>, names: &FxHashMap<u64, Name>, chosen: &[Proposal]) -> Vec<(Range<usize>, bool)> {
    let mut places = Vec::new();
    let borders = Borders::of(chosen, words.len());
    let mut mentions = chosen.iter().peekable();
    for sentence in &words.reading.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            while mentions.next_if(|mention| mention.tokens.end <= at).is_some() {}
            let mention = mentions.peek().filter(|mention| mention.tokens.start <= at);
            let shortest = mention.map_or(at, |mention| mention.tokens.end);
            let end = longest(words, names, &borders, at..sentence.tokens.end);
            if end > shortest {
                places.push((at..end, borders.begin_within(at..end)));
            } else if let Some(mention) = mention {
                places.push((mention.tokens.clone(), true));
            }
            at = end.max(shortest).max(at + 1);
        }
    }
    places
}

/// Where the longest name that begins at the first of the tokens ends; at that token where none does.
fn longest(
    words: &Words<'_>,
    names: &FxHashMap<u64, Name>,
    borders: &Borders,
    tokens: Range<usize>,
) -> usize {
    let (mut best, mut hash) = (tokens.start, 0);
    if !words.is(tokens.start, CAPITAL) {
        return best;
    }
    for end in tokens.start + 1..=tokens.end {
        hash = join(hash, words.keys[end - 1]);
        let Some(name) = names.get(&hash) else { break };
        // `The Hill` may end in a name, `Hill` in `Hill Station` is none: a name does not stop inside a run.
        let run_goes_on = end < tokens.end && words.is(end, CAPITAL) && !borders.begins(end);
        if name.best > 0.0 && !run_goes_on && !borders.cut(end) {
            best = end;
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

impl Borders {
    fn of(mentions: &[Proposal], tokens: usize) -> Self {
        let mut borders = vec![Border::Outside; tokens];
        for mention in mentions {
            borders[mention.tokens.clone()].fill(Border::GoesOn);
            borders[mention.tokens.start] = Border::Begins;
        }
        Self(borders)
    }

    /// Whether a mention begins with this token.
    fn begins(&self, token: usize) -> bool {
        self.0.get(token) == Some(&Border::Begins)
    }

    /// Whether a mention begins with one of these tokens.
    fn begin_within(&self, tokens: Range<usize>) -> bool {
        self.0[tokens].contains(&Border::Begins)
    }

    /// Whether what ends before this token cuts a mention.
    fn cut(&self, token: usize) -> bool {
        self.0.get(token) == Some(&Border::GoesOn)
    }
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
    use crate::{choose::choose, marked::GAZETTEER, words::look};

    /// Mentions after the pass, of a text in which `given` are the mentions before.
    fn after(text: &str, given: &[(Range<usize>, EntityLabel, f32)]) -> String {
        let reading = copydesk_text::read(text);
        let words = look(&GAZETTEER, &reading);
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
        // The full name over a mention of its last word.
        let text = "Amara Okech came . Later Amara Okech left .";
        assert_eq!(
            after(text, &[(0..2, Person, 0.95), (6..7, Person, 0.9)]),
            "Amara Okech PERSON|Amara Okech PERSON"
        );
        // No name inside a longer run of capitals.
        let text = "Amara Okech came . The Okech Foundation left .";
        assert_eq!(after(text, &[(0..2, Person, 0.95)]), "Amara Okech PERSON");
    }
}
