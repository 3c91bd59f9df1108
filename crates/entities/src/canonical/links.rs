//! Which names of a page name the same thing.

use std::collections::BTreeMap;

use copydesk_types::EntityLabel;
use rustc_hash::FxHashMap;

use super::names::{Name, Names, key};
use crate::{
    definitions::{Definition, initials, is_acronym, letters},
    gazetteer::{self, flags},
    proposal::Proposal,
    words::Words,
};

/// Letters from which on an acronym that lacks the last letter of a name's initials is still taken for it (`GDCE` for
/// `GDCEC`).
const LONG_ACRONYM: usize = 4;
/// Longest chain of links that is followed: surname → acronym → long form is two.
const LONGEST_CHAIN: usize = 4;

/// The links of a page, by the indices of names.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Name → fuller name.
    fuller: FxHashMap<usize, usize>,
    /// Name → its acronym.
    pub(super) acronyms: FxHashMap<usize, usize>,
    /// Person → the words of the name, for those of two words and more.
    persons: FxHashMap<usize, Vec<u64>>,
    /// Person of one word or some → those words.
    parts: FxHashMap<usize, Vec<u64>>,
}

pub(super) fn find(words: &Words<'_>, names: &Names, definitions: &[Definition]) -> Links {
    let mut links = Links::default();
    for definition in definitions {
        let short = names.find(words, definition.short..definition.short + 1);
        let long = names.find(words, definition.long.clone());
        links.shorten(short, long);
    }
    link_acronyms(words, names, &mut links);
    link_bodies(words, names, &mut links);
    link_heads(words, names, &mut links);
    link_customs(words, names, &mut links);
    for (index, name) in names.all.iter().enumerate().filter(|(_, n)| n.label == EntityLabel::Person) {
        let keys = words.keys[name.tokens.clone()].to_vec();
        if keys.len() > 1 {
            links.persons.insert(index, keys.clone());
        }
        links.parts.insert(index, keys);
    }
    links
}

/// The name that each mention gets: chains of links followed, persons by the words that they share with a fuller name,
/// the one mentioned last before them if there are several.
pub(super) fn resolve(chosen: &[Proposal], names: &Names, links: &Links) -> Vec<usize> {
    let mut last: FxHashMap<u64, usize> = FxHashMap::default();
    // What comes first in the page stands for those before it.
    for &index in names.of_mention.iter().rev() {
        for &word in links.persons.get(&index).into_iter().flatten() {
            last.insert(word, index);
        }
    }
    let mut resolved = Vec::with_capacity(chosen.len());
    for &index in &names.of_mention {
        let mut fuller = index;
        for _ in 0..LONGEST_CHAIN {
            let person = links.parts.get(&fuller).and_then(|part| links.person(part, &last));
            match links.fuller.get(&fuller).copied().or(person) {
                Some(next) if next != fuller => fuller = next,
                _ => break,
            }
        }
        for &word in links.persons.get(&fuller).into_iter().flatten() {
            last.insert(word, fuller);
        }
        resolved.push(fuller);
    }
    resolved
}

impl Links {
    fn shorten(&mut self, short: Option<usize>, long: Option<usize>) {
        if let (Some(short), Some(long)) = (short, long)
            && short != long
        {
            self.fuller.entry(short).or_insert(long);
            self.acronyms.entry(long).or_insert(short);
        }
    }

    /// The fuller name of a person of whom these words are a part, by the last of them.
    fn person(&self, part: &[u64], last: &FxHashMap<u64, usize>) -> Option<usize> {
        let index = *last.get(part.last()?)?;
        let full = self.persons.get(&index)?;
        (full.len() > part.len() && part.iter().all(|word| full.contains(word))).then_some(index)
    }
}

/// Acronyms whose letters are the initials of a name of the page, defined there or not.
fn link_acronyms(words: &Words<'_>, names: &Names, links: &mut Links) {
    let short = |index: usize| {
        let name = &names.all[index];
        let plain = name.tokens.len() == 1 && may_shorten(name) && is_acronym(words, name.tokens.start);
        plain && !links.fuller.contains_key(&index)
    };
    let shorts: Vec<usize> = (0..names.all.len()).filter(|&index| short(index)).collect();
    if shorts.is_empty() {
        return;
    }
    let mut by_initials: BTreeMap<String, usize> = BTreeMap::new();
    for (index, name) in names.all.iter().enumerate().filter(|(_, n)| n.tokens.len() > 1 && may_shorten(n)) {
        by_initials.entry(initials(words, name.tokens.clone()).into_iter().collect()).or_insert(index);
    }
    for short in shorts {
        let acronym: String = letters(&names.all[short].text).into_iter().collect();
        let nearly = || {
            let (initials, index) = by_initials.range(acronym.clone()..).next()?;
            let close = acronym.len() >= LONG_ACRONYM && initials.len() == acronym.len() + 1;
            (close && initials.starts_with(&acronym)).then_some(index)
        };
        if acronym.len() > 1 {
            let long = by_initials.get(&acronym).or_else(nearly).copied();
            links.shorten(Some(short), long);
        }
    }
}

fn may_shorten(name: &Name) -> bool {
    !matches!(name.label, EntityLabel::Person | EntityLabel::Gpe | EntityLabel::Norp | EntityLabel::Language)
}

/// Bodies known everywhere, where the page has both forms.
fn link_bodies(words: &Words<'_>, names: &Names, links: &mut Links) {
    let mut longest: FxHashMap<u16, usize> = FxHashMap::default();
    let bodies: Vec<(usize, u16)> = names
        .all
        .iter()
        .enumerate()
        .filter(|(_, name)| name.label == EntityLabel::Org)
        .filter_map(|(index, name)| Some((index, words.known(&name.tokens)?.body?)))
        .collect();
    for &(index, body) in bodies.iter().filter(|(index, _)| names.all[*index].tokens.len() > 1) {
        longest.entry(body).or_insert(index);
    }
    for (index, body) in bodies {
        let short = (names.all[index].tokens.len() == 1).then_some(index);
        links.shorten(short, longest.get(&body).copied());
    }
}

/// `FINRA Foundation` where the page spells out `Financial Industry Regulatory Authority Foundation`.
fn link_heads(words: &Words<'_>, names: &Names, links: &mut Links) {
    let headed = |n: &Name| n.tokens.len() > 1 && may_shorten(n) && is_acronym(words, n.tokens.start);
    let shorts: Vec<usize> = (0..names.all.len()).filter(|&index| headed(&names.all[index])).collect();
    if shorts.is_empty() {
        return;
    }
    let mut tails: FxHashMap<(u64, String), usize> = FxHashMap::default();
    for (index, name) in names.all.iter().enumerate().filter(|(_, n)| may_shorten(n)) {
        for cut in (name.tokens.start + 2..name.tokens.end).take(LONGEST_HEAD) {
            let head: String = initials(words, name.tokens.start..cut).into_iter().collect();
            tails.entry((key(words, cut..name.tokens.end), head)).or_insert(index);
        }
    }
    for short in shorts {
        let tokens = names.all[short].tokens.clone();
        let head = letters(words.text(tokens.start)).into_iter().collect();
        let tail = key(words, tokens.start + 1..tokens.end);
        if let Some(&long) = tails.get(&(tail, head)).filter(|&&long| long != short) {
            links.fuller.entry(short).or_insert(long);
        }
    }
}

/// Longest head that an acronym stands for, in tokens.
const LONGEST_HEAD: usize = 10;

/// `Vietnam Customs` is the one national customs administration of Vietnam that the page names in full, if there is
/// one.
fn link_customs(words: &Words<'_>, names: &Names, links: &mut Links) {
    let customs = gazetteer::key("customs");
    let mut national: FxHashMap<u16, Vec<usize>> = FxHashMap::default();
    let mut short = Vec::new();
    for (index, name) in names.all.iter().enumerate().filter(|(_, n)| n.label == EntityLabel::Org) {
        let tokens = name.tokens.clone();
        if !words.keys[tokens.clone()].contains(&customs) {
            continue;
        }
        let mut inside =
            words.known.iter().skip(words.known.partition_point(|k| k.tokens.start < tokens.start));
        let nation = flags::COUNTRY | flags::NORP;
        let Some((place, country)) =
            inside.by_ref().take_while(|known| known.tokens.end <= tokens.end).find_map(|known| {
                known.country.filter(|_| known.flags & nation != 0).map(|c| (known.tokens.clone(), c))
            })
        else {
            continue;
        };
        if place.start == tokens.start && place.end + 1 == tokens.end {
            short.push((index, country));
        } else if place.len() + 2 < tokens.len() {
            national.entry(country).or_default().push(index);
        }
    }
    for (index, country) in short {
        if let Some([long]) = national.get(&country).map(Vec::as_slice) {
            links.fuller.entry(index).or_insert(*long);
        }
    }
}
