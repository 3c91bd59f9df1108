//! Names known before a page is read: places, nationalities, world bodies, personal names, and the words that make a
//! name an organisation's, a law's, a building's.
//!
//! One hash table over the words of names finds the longest name at a token; a second one holds word classes. Both are
//! looked up once a token, so that a text is scanned in linear time.

pub mod flags;
mod fold;
mod load;
mod propose;
mod tables;

use std::ops::Range;

use copydesk_types::Reading;
use rustc_hash::FxHashMap;

use flags::Flags;
pub(crate) use fold::{folded, join, key};
pub(crate) use propose::{placed, propose};
pub use tables::{Body, Country};

/// Longest name in the tables, in tokens: bounds the walk at each token.
const LONGEST: usize = 12;

/// The tables, ready for look-up.
#[derive(Debug)]
pub struct Gazetteer {
    names: FxHashMap<u64, Node>,
    acronyms: FxHashMap<&'static str, Node>,
    words: FxHashMap<u64, Flags>,
    countries: Vec<Country>,
    bodies: Vec<Body>,
}

/// What stands at the end of a sequence of words.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Bits of [`flags`]; 0 where no name ends here.
    flags: Flags,
    /// Index of a country and a body, from 1.
    country: u16,
    body: u16,
    /// Whether a longer name goes on from here.
    longer: bool,
}

/// A name found in a text.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Bits of [`flags`].
    pub(crate) flags: Flags,
    /// Country that the place lies in or the nationality belongs to: an index for [`Gazetteer::country`].
    pub(crate) country: Option<u16>,
    /// Index for [`Gazetteer::body`].
    pub(crate) body: Option<u16>,
}

/// A text looked up.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Keys of the folded words, one entry a token.
    pub(crate) keys: Vec<u64>,
    /// Bits of [`flags`], one entry a token.
    pub(crate) flags: Vec<Flags>,
    /// The longest names, in order, none inside another; of the names of `data/names` those that are something else as well.
    pub(crate) known: Vec<Known>,
}

/// What the tables say of each token of a text: bits of [`flags`], one entry a token.
pub fn flags(gazetteer: &Gazetteer, reading: &Reading<'_>) -> Vec<Flags> {
    scan(gazetteer, reading).flags.into_iter().map(|bits| bits & flags::PUBLIC).collect()
}

/// Looks up every token of a text and the names that begin there.
pub(crate) fn scan(gazetteer: &Gazetteer, reading: &Reading<'_>) -> Scan {
    let keys: Vec<u64> = reading.tokens.iter().map(|token| key(token.span.of(reading.text))).collect();
    let mut scan = Scan {
        flags: keys.iter().map(|key| gazetteer.words.get(key).copied().unwrap_or(0)).collect(),
        known: Vec::new(),
        keys,
    };
    for sentence in &reading.sentences {
        let (mut named, mut free) = (0, 0);
        for at in sentence.tokens.clone() {
            let limit = sentence.tokens.end.min(at + LONGEST);
            let (mut begins, mut longest) = (false, None);
            gazetteer.names_at(reading, &scan.keys, at, limit, |known| {
                let long = if known.tokens.len() > 1 { flags::LONG } else { 0 };
                for flags in &mut scan.flags[known.tokens.clone()] {
                    *flags |= known.flags | long;
                }
                begins |= at >= named;
                named = named.max(known.tokens.end);
                longest = Some(known).filter(|known| known.flags & !flags::OF_NAMES != 0).or(longest.take());
            });
            // What begins inside a longer name (`Nam` in `Viet Nam`) says something of its word, but names nothing.
            if begins {
                scan.flags[at] |= flags::BEGINS;
            }
            if let Some(known) = longest.filter(|_| at >= free) {
                free = known.tokens.end;
                scan.known.push(known);
            }
        }
    }
    scan
}

impl Gazetteer {
    /// Hands out the names that begin at token `at` and end at `limit` at the latest, the longest last.
    fn names_at(
        &self,
        reading: &Reading<'_>,
        keys: &[u64],
        at: usize,
        limit: usize,
        mut each: impl FnMut(Known),
    ) {
        let first = reading.token(at);
        if !first.starts_with(char::is_uppercase) {
            return;
        }
        let mut acronym = self.acronyms.get(first).copied();
        let (mut key, mut end) = (keys[at], at + 1);
        loop {
            let node = self.names.get(&key).copied().unwrap_or_default();
            let named = acronym.take().map_or(node, |acronym| acronym.merged(node));
            if named.flags != 0 {
                each(Known {
                    tokens: at..end,
                    flags: named.flags,
                    country: named.country.checked_sub(1),
                    body: named.body.checked_sub(1),
                });
            }
            if !node.longer || end == limit {
                return;
            }
            key = fold::join(key, cased(reading.token(end), keys[end]));
            end += 1;
        }
    }

    /// The name that is exactly `text`, whatever its case; acronyms in their own letters only.
    pub(crate) fn lookup(&self, text: &str) -> Option<Known> {
        let reading = copydesk_text::read(text);
        let keys: Vec<u64> = reading.tokens.iter().map(|token| key(token.span.of(text))).collect();
        let mut whole = None;
        if !keys.is_empty() {
            self.names_at(&reading, &keys, 0, keys.len().min(LONGEST), |known| {
                whole = Some(known).filter(|known| known.tokens.end == keys.len());
            });
        }
        whole
    }

    /// The classes of a word by itself.
    pub(crate) fn word(&self, text: &str) -> Flags {
        self.words.get(&key(text)).map_or(0, |bits| bits & flags::PUBLIC)
    }

    /// A country by the index that a [`Known`] holds.
    pub(crate) fn country(&self, index: u16) -> Option<&Country> {
        self.countries.get(usize::from(index))
    }

    /// A body by the index that a [`Known`] holds.
    pub(crate) fn body(&self, index: u16) -> Option<&Body> {
        self.bodies.get(usize::from(index))
    }
}

impl Node {
    /// Both at once; the tables read first keep their country and body.
    fn merged(self, other: Self) -> Self {
        Self {
            flags: self.flags | other.flags,
            country: if self.country == 0 { other.country } else { self.country },
            body: if self.body == 0 { other.body } else { self.body },
            longer: self.longer || other.longer,
        }
    }
}

/// Words inside a name must stand in the case that the table has them in: `Bay of Bengal`, not `New york`.
fn cased(word: &str, key: u64) -> u64 {
    if word.starts_with(char::is_lowercase) { !key } else { key }
}

#[cfg(test)]
mod tests;
