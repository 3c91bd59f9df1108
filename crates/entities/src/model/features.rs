//! The features of the model: what of a token and its neighbours has a weight for each tag.
//!
//! A feature is a 64-bit hash of a template and what fills it. Those that hang on one word alone come from [`of_word`],
//! so that frequent words need them only once; those that hang on several words or their places from [`of_place`].

use copydesk_types::TokenKind;

use super::{
    context::{Context, Style},
    word::{self, Case, Word},
};

/// Words to each side of a token that have features of their own.
pub const REACH: usize = 2;
/// Places from which a word is seen: two after it to two before it.
pub const VIEWS: usize = 2 * REACH + 1;
/// Bits of a gazetteer's flags.
pub const FLAGS: usize = 32;

/// A sentence ready for its features: `words` has [`REACH`] edges at each side, `flags` and the context have none.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'s> {
    /// Words with the edges.
    pub words: &'s [Word],
    /// What the gazetteers say of each token.
    pub flags: &'s [u32],
    /// Runs, brackets and style.
    pub context: &'s Context,
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
    let place = sentence.context.places[at];
    let style = sentence.context.style as u64;

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
}

/// What stands around the run of capitalised words, for each of them.
fn of_run(sentence: &Sentence<'_>, at: usize, style: u64, put: &mut impl FnMut(u64, u64)) {
    let (start, end) = sentence.context.places[at].run;
    if start >= end {
        return;
    }
    let (start, end) = (start as usize, end as usize);
    let (length, place) = ((end - start).min(7) as u64, (at - start).min(3) as u64);
    put(32, style << 16 | length << 8 | place);
    if sentence.context.style != Style::Plain {
        put(33, pair(sentence.words[end - 1 + REACH].lower, 1));
        return;
    }
    let [left, right] = [sentence.words[start - 1 + REACH], sentence.words[end + REACH]];
    let [first, last] = [sentence.words[start + REACH], sentence.words[end - 1 + REACH]];
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

/// What gazetteers say of the token and its neighbours.
fn of_flags(sentence: &Sentence<'_>, at: usize, here: &Word, put: &mut impl FnMut(u64, u64)) {
    let flags = |at: Option<usize>| at.and_then(|at| sentence.flags.get(at)).copied().unwrap_or(0);
    let (before, now, after) = (flags(at.checked_sub(1)), flags(Some(at)), flags(Some(at + 1)));
    if now != 0 {
        put(48, u64::from(now));
        put(49, pair(u64::from(now), here.short));
        put(50, u64::from(before) << 32 | u64::from(now));
        put(51, u64::from(now) << 32 | u64::from(after));
        each_bit(now, |bit| put(52, bit << 8 | here.case as u64));
    }
    each_bit(before, |bit| put(53, bit));
    each_bit(after, |bit| put(54, bit));
}

fn each_bit(mut flags: u32, mut sink: impl FnMut(u64)) {
    while flags != 0 {
        sink(u64::from(flags.trailing_zeros()));
        flags &= flags - 1;
    }
}

const fn feature(template: u64, value: u64) -> u64 {
    word::mix(value ^ template.wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

const fn pair(first: u64, second: u64) -> u64 {
    first.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) ^ second
}

/// A whole sentence read: owns what [`Sentence`] borrows, reused from one to the next.
#[derive(Debug, Default)]
pub struct Reader {
    /// Words with [`REACH`] edges at each side.
    pub words: Vec<Word>,
    /// Runs, brackets and style.
    pub context: Context,
}

impl Reader {
    /// Takes the tokens of a sentence: text and kind of each, and how to read a word.
    pub fn take<'t>(
        &mut self,
        tokens: impl ExactSizeIterator<Item = (&'t str, TokenKind)> + Clone,
        mut read: impl FnMut(&'t str) -> Word,
    ) {
        self.words.clear();
        self.words.extend([Word::edge(0), Word::edge(1)]);
        self.words.extend(tokens.clone().map(|(text, _)| read(text)));
        self.words.extend([Word::edge(2), Word::edge(3)]);
        let marks: Vec<(char, TokenKind)> =
            tokens.map(|(text, kind)| (text.chars().next().unwrap_or(' '), kind)).collect();
        let inner = &self.words[REACH..self.words.len() - REACH];
        self.context.look(inner, |at| marks[at].1, |at| marks[at].0);
    }

    /// The sentence with its flags.
    pub fn sentence<'s>(&'s self, flags: &'s [u32]) -> Sentence<'s> {
        Sentence { words: &self.words, flags, context: &self.context }
    }
}
