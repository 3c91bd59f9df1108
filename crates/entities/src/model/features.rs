//! The features of the model: what of a token and its neighbours has a weight for each tag.
//!
//! A feature is a 64-bit hash of a template and what fills it. Those that hang on one word alone come from [`of_word`],
//! so that frequent words need them only once; those that hang on several words or their places from [`of_place`].

use std::ops::Range;

use crate::gazetteer::flags::{self, Flags};

use super::{
    context::{Place, Style},
    memory::Memory,
    word::{self, Case, Word},
};

/// Words to each side of a token that have features of their own.
pub const REACH: usize = 2;
/// Places from which a word is seen: two after it to two before it.
pub const VIEWS: usize = 2 * REACH + 1;
/// Tokens to each side in which a head is looked for.
const HEADS_REACH: usize = 6;
/// Words that make a name an organisation's, a building's, a law's …
const HEADS: Flags = flags::ORG_HEAD
    | flags::COMPANY_SUFFIX
    | flags::FAC_HEAD
    | flags::LOC_HEAD
    | flags::GPE_HEAD
    | flags::EVENT_HEAD
    | flags::LAW_HEAD
    | flags::PRODUCT_HEAD
    | flags::WORK_HEAD;

/// A sentence ready for its features: `words` has [`REACH`] edges at each side, `flags` and `places` have none.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'s> {
    /// Words with the edges.
    pub words: &'s [Word],
    /// Where each token stands.
    pub places: &'s [Place],
    /// How the sentence uses capitals.
    pub style: Style,
    /// What the gazetteers say of each token.
    pub flags: &'s [Flags],
    /// What the page shows of its words.
    pub memory: &'s Memory,
}

impl<'s> Sentence<'s> {
    /// The words without the edges.
    pub fn inner(&self) -> &'s [Word] {
        &self.words[REACH..self.words.len() - REACH]
    }

    fn flags(&self, at: Option<usize>) -> Flags {
        at.and_then(|at| self.flags.get(at)).copied().unwrap_or(0)
    }
}

/// The features that a word gives to the token `view` places from it: 0 is two tokens before the word, [`REACH`]
/// the word itself.
pub fn of_word(text: &str, word: &Word, view: usize, sink: &mut impl FnMut(u64)) {
    let mut put = |template: u64, value: u64| sink(feature(template * 8 + view as u64, value));
    put(0, word.lower);
    put(1, u64::from(word.cluster));
    put(2, u64::from(word.group));
    put(3, word.shape);
    match view.abs_diff(REACH) {
        0 => {
            for (part, code) in (0..).zip(word.codes.iter().flatten()) {
                put(16 + part, u64::from(*code));
            }
            put(4, word.exact);
            put(5, word.short);
            put(6, pair(u64::from(word.lowered), word.short));
            put(7, pair(u64::from(word.group), word.short));
            put(8, pair(u64::from(word.len.min(12)), word.case as u64));
            word::affixes(text, |length, hash| put(9, pair(length as u64, hash)));
        }
        1 => {
            put(6, pair(u64::from(word.lowered), word.short));
            word::affixes(text, |length, hash| {
                if matches!(length, -3 | 3) {
                    put(9, pair(length as u64, hash));
                }
            });
        }
        _ => {}
    }
}

/// The features that token `at` has for its place among the others.
pub fn of_place(sentence: &Sentence<'_>, at: usize, sink: &mut impl FnMut(u64)) {
    let mut put = |template: u64, value: u64| sink(feature(1024 + template, value));
    let near: &[Word; VIEWS] = match sentence.words[at..].first_chunk() {
        Some(near) => near,
        None => return,
    };
    let [before2, before, here, after, after2] = near;
    let place = sentence.places[at];
    let style = sentence.style as u64;

    put(0, 0);
    put(1, pair(before.lower, here.lower));
    put(2, pair(here.lower, after.lower));
    put(3, pair(before.lower, after.lower));
    let (c1, c2, c3) = (u64::from(before.cluster), u64::from(here.cluster), u64::from(after.cluster));
    put(4, pair(c1, c2));
    put(5, pair(c2, c3));
    let (g1, g2, g3) = (u64::from(before.group), u64::from(here.group), u64::from(after.group));
    put(6, g1 << 16 | g2 << 8 | g3);
    put(7, pair(before.short, here.short));
    put(8, pair(here.short, after.short));
    put(9, pair(pair(before.short, here.short), after.short));
    put(10, pair(here.short, pair(before2.short, after2.short)));
    put(11, pair(here.lower, g1));
    put(12, pair(here.lower, g3));
    put(13, pair(g2, before.lower));
    put(14, pair(g2, after.lower));
    put(15, pair(style, here.short));
    put(16, style << 16 | u64::from(here.lowered) << 8 | here.case as u64);
    put(17, pair(before2.lower, before.lower));
    put(18, pair(after.lower, after2.lower));
    put(19, pair(pair(before2.lower, before.lower), g2));
    if at == 0 {
        put(20, style << 16 | u64::from(here.lowered) << 8 | here.case as u64);
    }
    put(21, u64::from(place.quoted) << 9 | u64::from(place.bracketed) << 8 | here.case as u64);
    if place.spells_run {
        put(22, 0);
    }
    if matches!(here.case, Case::Upper) && place.bracketed {
        put(23, sentence.words[(at + REACH).saturating_sub(2)].lower);
    }
    of_run(sentence, at, style, &mut put);
    of_flags(sentence, at, here, &mut put);
    of_memory(sentence, here, &mut put);
}

/// What stands around the run of capitalised words, for each of them.
fn of_run(sentence: &Sentence<'_>, at: usize, style: u64, put: &mut impl FnMut(u64, u64)) {
    let (start, end) = sentence.places[at].run;
    if start >= end {
        return;
    }
    let (start, end) = (start as usize, end as usize);
    let (length, place) = ((end - start).min(7) as u64, (at - start).min(3) as u64);
    put(32, style << 16 | length << 8 | place);
    if sentence.style != Style::Plain {
        put(33, pair(sentence.words[end + REACH - 1].lower, 1));
        return;
    }
    let [left, right] = [sentence.words[start + REACH - 1], sentence.words[end + REACH]];
    let [first, last] = [sentence.words[start + REACH], sentence.words[end + REACH - 1]];
    put(33, last.lower);
    put(34, first.lower);
    put(35, left.lower);
    put(36, right.lower);
    put(37, pair(u64::from(left.group), u64::from(right.group)));
    put(38, pair(u64::from(last.group), length));
    put(39, u64::from(left.cluster));
    put(40, u64::from(right.cluster));
    put(41, u64::from(last.cluster));
    put(42, u64::from(first.cluster));
    put(43, pair(right.lower, sentence.words[end + 1 + REACH].short));
}

/// What gazetteers say of the token, its neighbours and the run that it is in.
fn of_flags(sentence: &Sentence<'_>, at: usize, here: &Word, put: &mut impl FnMut(u64, u64)) {
    let (before, now, after) =
        (sentence.flags(at.checked_sub(1)), sentence.flags(Some(at)), sentence.flags(Some(at + 1)));
    if now != 0 {
        put(48, now);
        put(49, pair(now, here.short));
        each_bit(now, |bit| put(52, bit << 8 | here.case as u64));
    }
    if now != 0 || before != 0 && here.is_capitalised() {
        put(50, pair(before, now));
    }
    if now != 0 || after != 0 && here.is_capitalised() {
        put(51, pair(now, after));
    }
    each_bit(before, |bit| put(53, bit));
    each_bit(after, |bit| put(54, bit));
    if here.is_capitalised() {
        each_pair(before, now, |bits| put(58, bits));
        each_pair(now, after, |bits| put(59, bits));
    }
    let (start, end) = sentence.places[at].run;
    if start < end {
        let (start, end) = (start as usize, end as usize);
        each_bit(sentence.flags(Some(end - 1)), |bit| put(55, bit));
        each_bit(sentence.flags(start.checked_sub(1)), |bit| put(56, bit));
        each_bit(sentence.flags(Some(end)), |bit| put(57, bit));
        of_heads(sentence, at, start..end, put);
    }
}

/// Where the token stands between the heads (`Department`, `Bridge`) of its run: two names may stand in one run, as in
/// `Legal Department Bouasavath Viphasouk`.
fn of_heads(sentence: &Sentence<'_>, at: usize, run: Range<usize>, put: &mut impl FnMut(u64, u64)) {
    let is_head = |at: &usize| sentence.flags(Some(*at)) & HEADS != 0;
    let before = (run.start.max(at.saturating_sub(HEADS_REACH))..at).rev().find(is_head);
    let after = (at..run.end.min(at + HEADS_REACH)).find(is_head);
    let back = before.map_or(0, |head| (at - head) as u64);
    let ahead = after.map_or(HEADS_REACH, |head| head - at) as u64;
    put(60, back << 8 | ahead);
    if let Some(head) = before {
        put(61, pair(sentence.words[head + REACH].lower, back));
        put(62, pair(back, sentence.flags(Some(at))));
    }
    if let Some(head) = after {
        put(63, sentence.words[head + REACH].lower);
    }
}

/// What the page shows of a capitalised word that it has more than once.
fn of_memory(sentence: &Sentence<'_>, here: &Word, put: &mut impl FnMut(u64, u64)) {
    if !here.is_capitalised() {
        return;
    }
    let seen = sentence.memory.of(here.lower);
    if seen.times + seen.lowered < 2 {
        return;
    }
    let inner = u64::from(seen.inner > 0);
    put(64, inner << 1 | u64::from(seen.lowered > 0));
    put(65, pair(u64::from(here.lowered), inner << 1 | u64::from(seen.lowered > 0)));
    if seen.times > 1 {
        each_bit(seen.flags_before, |bit| put(66, bit));
        each_bit(seen.flags_after, |bit| put(67, bit));
        each_bit(seen.groups_before, |bit| put(68, bit));
        each_bit(seen.groups_after, |bit| put(69, bit));
    }
}

fn each_bit(mut flags: u64, mut sink: impl FnMut(u64)) {
    while flags != 0 {
        sink(u64::from(flags.trailing_zeros()));
        flags &= flags - 1;
    }
}

/// Every pair of a bit of the first and a bit of the second; no bit at all counts as one.
fn each_pair(first: Flags, second: Flags, mut sink: impl FnMut(u64)) {
    const NONE: Flags = 1 << 63;
    if first == 0 && second == 0 {
        return;
    }
    let or_none = |flags: Flags| if flags == 0 { NONE } else { flags };
    each_bit(or_none(first), |one| each_bit(or_none(second), |other| sink(one << 8 | other)));
}

const fn feature(template: u64, value: u64) -> u64 {
    word::mix(value ^ template.wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

const fn pair(first: u64, second: u64) -> u64 {
    first.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) ^ second
}
