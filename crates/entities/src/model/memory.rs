//! What a page shows of a word in all its places: how it is capitalised, and what stands beside it.
//!
//! A name that stands unclear in a headline stands clear in the text; so each capitalised word has features of its other
//! occurrences.

use rustc_hash::FxHashMap;

use crate::gazetteer::flags::Flags;

use super::{
    context::Style,
    features::{REACH, Sentence},
    word::Case,
};

/// What a page shows of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Capitalised occurrences.
    pub times: u32,
    /// Occurrences in lower case.
    pub lowered: u32,
    /// Capitalised occurrences after the first word of a sentence that isn't written like a headline.
    pub inner: u32,
    /// Gazetteer flags of the words before it, all occurrences.
    pub flags_before: Flags,
    /// Gazetteer flags of the words after it.
    pub flags_after: Flags,
    /// Groups of the words before the runs of capitalised words that it stands in, a bit each.
    pub groups_before: u64,
    /// Groups of the words after those runs.
    pub groups_after: u64,
}

/// All capitalised words of a page, by their lower-case form.
#[derive(Debug, Default)]
pub struct Memory {
    seen: FxHashMap<u64, Seen>,
}

impl Memory {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.seen.clear();
    }

    /// Notes the capitalised words of a sentence.
    pub fn note(&mut self, sentence: &Sentence<'_>) {
        let plain = sentence.style == Style::Plain;
        for (at, word) in sentence.inner().iter().enumerate() {
            if !word.is_capitalised() {
                continue;
            }
            let seen = self.seen.entry(word.lower).or_default();
            seen.times += 1;
            seen.inner += u32::from(plain && at > 0);
            let flags = |at: Option<usize>| at.and_then(|at| sentence.flags.get(at)).copied().unwrap_or(0);
            seen.flags_before |= flags(at.checked_sub(1));
            seen.flags_after |= flags(Some(at + 1));
            let (start, end) = sentence.places[at].run;
            seen.groups_before |= group_bit(sentence.words[start as usize + REACH - 1].group);
            seen.groups_after |= group_bit(sentence.words[end as usize + REACH].group);
        }
    }

    /// Notes the lower-case words of a sentence that stand capitalised elsewhere. To be called when all sentences have
    /// been noted.
    pub fn note_lowered(&mut self, sentence: &Sentence<'_>) {
        for word in sentence.inner().iter().filter(|word| word.case == Case::Lower) {
            if let Some(seen) = self.seen.get_mut(&word.lower) {
                seen.lowered += 1;
            }
        }
    }

    /// What was noted of a word.
    pub fn of(&self, lower: u64) -> Seen {
        self.seen.get(&lower).copied().unwrap_or_default()
    }
}

/// Group 0 is unknown and has no bit.
const fn group_bit(group: u8) -> u64 {
    match group {
        0 => 0,
        group => 1 << ((group - 1) % 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        lexicon::Lexicon,
        page::{self, Page},
        word::{Word, hash_lower},
    };

    #[test]
    fn a_page_remembers_its_words() {
        let text = "Baker Said To Open A Shop\nThe minister met Tom Baker. A baker left. The Baker shop";
        let reading = copydesk_text::read(text);
        let flags: Vec<Flags> =
            (0..reading.tokens.len()).map(|at| Flags::from(reading.token(at) == "Tom")).collect();
        let mut page = Page::default();
        let window = page::windows(&reading).remove(0);
        page.read(&reading, window, &flags, |at| Word::read(reading.token(at), &Lexicon::default()));
        let (_, sentence) = page.sentences(&flags).next().unwrap();
        let seen = sentence.memory.of(hash_lower("baker"));
        assert_eq!((seen.times, seen.lowered, seen.inner), (3, 1, 2));
        assert_eq!((seen.flags_before, seen.flags_after), (1, 0));
        assert_eq!(sentence.memory.of(hash_lower("left")), Seen::default());
    }
}
