//! Brings the tags of a set onto our tokens, as the lanes that each token may have.
//!
//! A set with few labels says little: its `LOC` is a GPE, LOC or FAC, its `MISC` one of six, and what it has no label for
//! may stand where it says "outside". Training sums over all that a set allows.

use std::ops::Range;

use copydesk_entities::model::tags::{OUTSIDE, begin, inside};
use copydesk_types::{
    EntityLabel::{self, Event, Fac, Gpe, Language, Law, Loc, Norp, Org, Person, Product, WorkOfArt},
    Reading,
};

/// A set of lanes, one bit each.
pub(super) type Lanes = u32;

/// What the labels of a set mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scheme {
    /// `LOC` is every place.
    pub(super) coarse_places: bool,
    /// Labels that the set has no mark for.
    pub(super) unmarked: &'static [EntityLabel],
}

/// All labels as they are.
pub(super) const FULL: Scheme = Scheme { coarse_places: false, unmarked: &[] };
/// People, organisations, places and the rest under `MISC`.
pub(super) const WITH_MISC: Scheme = Scheme { coarse_places: true, unmarked: &[] };
/// People, organisations, places, products, titles.
pub(super) const WITH_WORKS: Scheme = Scheme { coarse_places: true, unmarked: &[Norp, Event, Law, Language] };
/// People, organisations, places.
pub(super) const THREE: Scheme =
    Scheme { coarse_places: true, unmarked: &[Norp, Event, Law, Product, WorkOfArt, Language] };

/// A mention of the set: bytes of the line, and the labels it may have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marked {
    pub(super) bytes: Range<usize>,
    pub(super) labels: Vec<EntityLabel>,
}

impl Marked {
    /// The same further on in a text.
    pub(super) fn moved(self, by: usize) -> Self {
        Self { bytes: self.bytes.start + by..self.bytes.end + by, ..self }
    }
}

/// The mentions of a line by its tags.
pub(super) fn mentions(text: &str, places: &[Range<usize>], tags: &[String], scheme: Scheme) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tags.len().min(places.len()) {
        let Some((_, label)) = tags[at].split_once('-') else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while end < tags.len() && tags[end].strip_prefix("I-") == Some(label) {
            end += 1;
        }
        let mut first = at;
        while first + 1 < end && matches!(&*text[places[first].clone()].to_lowercase(), "the" | "a" | "an") {
            first += 1;
        }
        let labels = labels(label, scheme);
        let bytes = places[first].start..places[end - 1].end;
        let bytes = bytes.start..bytes.end - compound_tail(&text[bytes.clone()], &labels);
        if !labels.is_empty() {
            found.push(Marked { bytes, labels });
        }
        at = end;
    }
    found
}

/// The lanes that each token may have.
pub(super) fn lanes(reading: &Reading<'_>, mentions: &[Marked], scheme: Scheme) -> Vec<Lanes> {
    let outside = scheme
        .unmarked
        .iter()
        .fold(1 << OUTSIDE, |lanes, &label| lanes | 1 << begin(label) | 1 << inside(label));
    let mut allowed = vec![outside; reading.tokens.len()];
    let mut at = 0;
    for mention in mentions {
        let mut lane: fn(EntityLabel) -> usize = begin;
        while let Some(token) = reading.tokens.get(at).filter(|token| token.span.start < mention.bytes.end) {
            if mention.bytes.start < token.span.end {
                allowed[at] = mention.labels.iter().fold(0, |lanes, &label| lanes | 1 << lane(label));
                lane = inside;
            }
            at += 1;
        }
    }
    allowed
}

fn labels(name: &str, scheme: Scheme) -> Vec<EntityLabel> {
    match name {
        "LOC" if scheme.coarse_places => vec![Gpe, Loc, Fac],
        "MISC" => vec![Norp, Event, Law, Product, WorkOfArt, Language],
        _ => EntityLabel::from_name(name).into_iter().collect(),
    }
}

/// Bytes of `-based` in `Paris-based`: sets that take a compound for one token mark it whole, the guide only its name.
fn compound_tail(mention: &str, labels: &[EntityLabel]) -> usize {
    let Some((name, tail)) = mention.rsplit_once('-') else { return 0 };
    let tailed = tail.len() >= 3 && tail.chars().all(|c| c.is_ascii_lowercase());
    let named = name.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    // In a person's name (`Ban Ki-moon`) the tail belongs to it.
    let applies = labels.iter().all(|label| matches!(label, Gpe | Loc | Norp | Org));
    if tailed && named && applies && !labels.contains(&Person) { tail.len() + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(line: &str, scheme: Scheme) -> Vec<Lanes> {
        let (tokens, tags): (Vec<String>, Vec<String>) = line
            .split(' ')
            .map(|pair| pair.split_once('|').unwrap_or((pair, "O")))
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unzip();
        let (text, places) = crate::train_entities::join::line(&tokens);
        let reading = copydesk_text::read(&text);
        lanes(&reading, &mentions(&text, &places, &tags, scheme), scheme)
    }

    #[test]
    fn compounds_and_articles_lose_what_is_no_name() {
        let gpe = 1 << begin(Gpe);
        assert_eq!(project("Paris-based|B-GPE firm", FULL), [gpe, 1, 1, 1]);
        assert_eq!(project("the|B-GPE US|I-GPE", FULL), [1, gpe]);
        let person = [1 << begin(Person), 1 << inside(Person), 1 << inside(Person), 1 << inside(Person)];
        assert_eq!(project("Ban|B-PERSON Ki-moon|I-PERSON", FULL), person);
    }

    #[test]
    fn few_labels_say_little() {
        let lanes = project("in London|B-LOC", THREE);
        assert_eq!(lanes[1], 1 << begin(Gpe) | 1 << begin(Loc) | 1 << begin(Fac));
        assert_ne!(lanes[0] & 1 << inside(Norp), 0);
        assert_eq!(lanes[0] & 1 << begin(Person), 0);
        assert_eq!(project("in London|B-LOC", WITH_MISC)[0], 1);
    }
}
