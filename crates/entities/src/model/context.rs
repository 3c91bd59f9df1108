//! What stands around the words of one sentence: runs of capitalised words, quotation marks, brackets, and whether the
//! sentence is written like a headline.

use std::ops::Range;

use copydesk_types::{Reading, TokenKind};

use super::word::{Case, Word};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Names and openings are capitalised.
    #[default]
    Plain,
    /// Nearly every long word is: a headline, a name alone, a cell of a list.
    Title,
    /// All letters are capitals.
    Upper,
    /// There is no capital.
    Lower,
}

/// Where one token stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// First token of the run of capitalised words that the token is in, and one past its last; equal outside of runs.
    pub run: (u32, u32),
    /// Between two quotation marks.
    pub quoted: bool,
    /// Between two brackets.
    pub bracketed: bool,
    /// Alone in brackets, spelling the capitals of the run before them.
    pub spells_run: bool,
}

/// Looks at a sentence of `words`, the tokens `range` of the reading: appends a place for each, and returns its style.
pub fn look(reading: &Reading<'_>, range: Range<usize>, words: &[Word], places: &mut Vec<Place>) -> Style {
    let tokens = Tokens { reading, first: range.start };
    let start = places.len();
    places.resize(start + words.len(), Place::default());
    let places = &mut places[start..];
    mark_runs(words, tokens, places);
    mark_enclosed(tokens, places);
    for at in 2..words.len().saturating_sub(1) {
        let alone = tokens.mark(at - 1) == Some(b'(') && tokens.mark(at + 1) == Some(b')');
        places[at].spells_run = alone && words[at].case == Case::Upper && spells_run(words, at, tokens);
    }
    style(words)
}

/// The tokens of a sentence.
#[derive(Clone, Copy)]
struct Tokens<'r> {
    reading: &'r Reading<'r>,
    first: usize,
}

impl<'r> Tokens<'r> {
    /// The first byte of a mark or symbol; `None` for words.
    fn mark(self, at: usize) -> Option<u8> {
        let token = self.reading.tokens[self.first + at];
        matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol)
            .then(|| self.reading.text.as_bytes()[token.span.start])
    }

    /// The characters of a token.
    fn text(self, at: usize) -> &'r str {
        self.reading.token(self.first + at)
    }

    fn first_char(self, at: usize) -> Option<char> {
        self.reading.token(self.first + at).chars().next()
    }
}

/// A run goes over a single hyphen, ampersand, dot, slash or apostrophe between two capitalised words.
fn mark_runs(words: &[Word], tokens: Tokens<'_>, places: &mut [Place]) {
    let mut at = 0;
    while at < words.len() {
        if !words[at].is_capitalised() {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < words.len() {
            if words[at].is_capitalised() {
                at += 1;
            } else if words.get(at + 1).is_some_and(Word::is_capitalised) && joins(tokens, at) {
                at += 2;
            } else {
                break;
            }
        }
        let run = (index(start), index(at));
        places[start..at].iter_mut().for_each(|place| place.run = run);
    }
}

fn joins(tokens: Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some(b'-' | b'&' | b'.' | b'/' | b'\'')) || tokens.text(at) == "’"
}

/// Marks what stands between two quotation marks or two brackets; what is never closed marks nothing.
fn mark_enclosed(tokens: Tokens<'_>, places: &mut [Place]) {
    let (mut quote, mut bracket) = (None, None);
    for at in 0..places.len() {
        let Some(mark) = tokens.mark(at) else { continue };
        match mark {
            b'(' | b'[' => bracket = Some(at),
            b')' | b']' => {
                if let Some(open) = bracket.take() {
                    places[open + 1..at].iter_mut().for_each(|place| place.bracketed = true);
                }
            }
            b'"' | 0x80.. if matches!(tokens.first_char(at), Some('"' | '”' | '“' | '«' | '»')) => {
                match quote.take() {
                    Some(open) => places[open + 1..at].iter_mut().for_each(|place| place.quoted = true),
                    None => quote = Some(at),
                }
            }
            _ => {}
        }
    }
}

/// Whether the last capitalised words before the bracket at `at - 1` are about as many as the word's letters, and the
/// first of them begins with the same letter; words of lower case (`of`) may stand between them.
fn spells_run(words: &[Word], at: usize, tokens: Tokens<'_>) -> bool {
    let want = usize::from(words[at].len);
    let first = tokens.first_char(at);
    let mut found = 0;
    let mut back = at - 1;
    while back > 0 && found < want && at - back <= 2 * want + 1 {
        back -= 1;
        if words[back].is_capitalised() {
            found += 1;
            if found + 1 >= want && tokens.first_char(back) == first {
                return true;
            }
        } else if words[back].case != Case::Lower && !matches!(tokens.mark(back), Some(b'-' | b'&')) {
            return false;
        }
    }
    false
}

/// How a sentence uses capitals, by its words of four letters and more.
fn style(words: &[Word]) -> Style {
    let (mut upper, mut capital, mut lower, mut small) = (0, 0, 0, 0);
    for word in words.iter() {
        match word.case {
            Case::Upper if word.len > 3 => upper += 1,
            Case::Capital if word.len > 3 => capital += 1,
            Case::Lower if word.len > 3 => lower += 1,
            Case::Lower => small += 1,
            _ => {}
        }
    }
    let long = upper + capital + lower;
    if long + small > 0 && words.iter().all(|word| !word.is_capitalised()) {
        Style::Lower
    } else if upper >= 2 && 10 * upper >= 7 * long && small <= upper / 2 {
        Style::Upper
    } else if long >= 2 && 4 * lower <= long {
        Style::Title
    } else {
        Style::Plain
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lexicon::Lexicon;

    fn read(text: &str) -> (Style, Vec<Place>, Reading<'_>) {
        let reading = copydesk_text::read(text);
        let words: Vec<Word> =
            (0..reading.tokens.len()).map(|at| Word::read(reading.token(at), &Lexicon::default())).collect();
        let mut places = Vec::new();
        let style = look(&reading, 0..words.len(), &words, &mut places);
        (style, places, reading)
    }

    #[test]
    fn styles() {
        for (text, expected) in [
            ("The minister met officials from Laos on Monday", Style::Plain),
            ("Customs Branch Opens New Office in Lang Son", Style::Title),
            ("CUSTOMS BRANCH OPENS NEW OFFICE", Style::Upper),
            ("customs officers met in hanoi", Style::Lower),
            ("The WCO met in Brussels with experts", Style::Plain),
            ("2024 , 3", Style::Plain),
        ] {
            assert_eq!(read(text).0, expected, "{text}");
        }
    }

    #[test]
    fn runs() {
        for (text, expected) in [
            ("met Nguyen Van Tho in Ba Ria-Vung Tau yesterday", "Nguyen Van Tho|Ba Ria - Vung Tau"),
            ("said AT&T and Smith & Co.", "AT & T|Smith & Co"),
            ("nothing here", ""),
        ] {
            let (_, places, reading) = read(text);
            let mut runs: Vec<(u32, u32)> = places.iter().map(|p| p.run).filter(|r| r.0 < r.1).collect();
            runs.dedup();
            let found: Vec<String> = runs
                .iter()
                .map(|run| (run.0..run.1).map(|at| reading.token(at as usize)).collect::<Vec<_>>().join(" "))
                .collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn acronyms_spell_the_run_before() {
        for (text, expected) in [
            ("the World Customs Organization (WCO) met", true),
            ("the General Department of Vietnam Customs (GDVC) met", true),
            ("he said so to the minister (WCO) again", false),
            ("the World Customs Organization (WTO met", false),
        ] {
            let (_, places, _) = read(text);
            assert_eq!(places.iter().any(|p| p.spells_run), expected, "{text}");
        }
    }
}
