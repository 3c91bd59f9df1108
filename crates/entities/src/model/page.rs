//! A page read for the model: the words of all sentences with what stands around them, and the memory of the page.

use std::ops::Range;

use copydesk_types::Reading;

use crate::gazetteer::flags::Flags;

use super::{
    context::{Place, Style, look},
    features::{REACH, Sentence},
    memory::Memory,
    word::Word,
};

/// Longest stretch that is scored as one, in tokens: bounds the memory that a sentence without end takes.
const LONGEST: usize = 1024;
/// Tokens that are held at a time: bounds the memory that a page takes, and how far it remembers.
const WINDOW: usize = 1 << 16;

/// A window of a page; what it owns is reused from one to the next.
#[derive(Debug, Default)]
pub struct Page {
    words: Vec<Word>,
    places: Vec<Place>,
    styles: Vec<Style>,
    segments: Vec<Range<usize>>,
    memory: Memory,
}

/// The sentences of a reading as ranges of tokens, cut where they are too long, in windows.
pub fn windows(reading: &Reading<'_>) -> Vec<Vec<Range<usize>>> {
    let mut windows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut held = WINDOW;
    for sentence in &reading.sentences {
        let tokens = sentence.tokens.clone();
        for start in tokens.clone().step_by(LONGEST) {
            let segment = start..tokens.end.min(start + LONGEST);
            if held + segment.len() > WINDOW {
                windows.push(Vec::new());
                held = 0;
            }
            held += segment.len();
            windows.last_mut().into_iter().for_each(|window| window.push(segment.clone()));
        }
    }
    windows
}

impl Page {
    /// Reads a window. `word` reads the word of a token; `flags` has an entry for each token of the reading.
    pub fn read(
        &mut self,
        reading: &Reading<'_>,
        segments: Vec<Range<usize>>,
        flags: &[Flags],
        mut word: impl FnMut(usize) -> Word,
    ) {
        self.segments = segments;
        self.words.clear();
        self.places.clear();
        self.styles.clear();
        for segment in &self.segments {
            self.words.extend([Word::edge(0), Word::edge(1)]);
            let first = self.words.len();
            self.words.extend(segment.clone().map(&mut word));
            self.styles.push(look(reading, segment.clone(), &self.words[first..], &mut self.places));
            self.words.extend([Word::edge(2), Word::edge(3)]);
        }
        let mut memory = std::mem::take(&mut self.memory);
        memory.clear();
        self.sentences(flags).for_each(|(_, sentence)| memory.note(&sentence));
        self.sentences(flags).for_each(|(_, sentence)| memory.note_lowered(&sentence));
        self.memory = memory;
    }

    /// The sentences of the window, each with its tokens.
    pub fn sentences<'p>(&'p self, flags: &'p [Flags]) -> impl Iterator<Item = (Range<usize>, Sentence<'p>)> {
        let (mut words, mut places) = (0, 0);
        self.segments.iter().zip(&self.styles).map(move |(segment, &style)| {
            let (first_word, first_place) = (words, places);
            words += segment.len() + 2 * REACH;
            places += segment.len();
            let sentence = Sentence {
                words: &self.words[first_word..words],
                places: &self.places[first_place..places],
                style,
                flags: flags.get(segment.clone()).unwrap_or_default(),
                memory: &self.memory,
            };
            (segment.clone(), sentence)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_every_token_once_and_stay_small() {
        let long = "word ".repeat(3 * LONGEST + 7);
        let many = "One two three.\n".repeat(WINDOW / 2);
        for text in ["", "One. Two.\nThree", &long, &many] {
            let reading = copydesk_text::read(text);
            let windows = windows(&reading);
            let tokens: Vec<usize> = windows.iter().flatten().flat_map(Clone::clone).collect();
            assert_eq!(tokens, (0..reading.tokens.len()).collect::<Vec<_>>());
            for window in windows {
                assert!(window.iter().all(|segment| segment.len() <= LONGEST));
                assert!(window.iter().map(Range::len).sum::<usize>() <= WINDOW);
            }
        }
    }
}
