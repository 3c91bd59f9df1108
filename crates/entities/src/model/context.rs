//! What stands around the words of one sentence: runs of capitalised words, quotation marks, brackets, and whether the
//! sentence is written like a headline.

use copydesk_types::TokenKind;

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

/// A sentence: its words with what stands around them.
#[derive(Debug, Default)]
pub struct Context {
    /// How the sentence uses capitals.
    pub style: Style,
    /// One a word.
    pub places: Vec<Place>,
}

impl Context {
    /// Looks at a sentence of words with their characters. Reuses what it holds.
    pub fn look(&mut self, words: &[Word], kinds: impl Fn(usize) -> TokenKind, text: impl Fn(usize) -> char) {
        self.style = style(words);
        self.places.clear();
        self.places.resize(words.len(), Place::default());
        self.mark_runs(words, &text);
        self.mark_marks(words.len(), &kinds, &text);
        for at in 1..words.len().saturating_sub(1) {
            let (open, close) = (text(at - 1), text(at + 1));
            if open == '(' && close == ')' && words[at].case == Case::Upper && at >= 2 {
                self.places[at].spells_run = self.spells_run(words, at, &text);
            }
        }
    }

    /// A run goes over a single hyphen, ampersand, dot or apostrophe between two capitalised words.
    fn mark_runs(&mut self, words: &[Word], first_char: &impl Fn(usize) -> char) {
        let mut at = 0;
        while at < words.len() {
            if !words[at].is_capitalised() {
                at += 1;
                continue;
            }
            let start = at;
            at += 1;
            while at < words.len() {
                let joins = matches!(first_char(at), '-' | '&' | '.' | '\'' | '’' | '/');
                if words[at].is_capitalised() {
                    at += 1;
                } else if joins && words.get(at + 1).is_some_and(Word::is_capitalised) {
                    at += 2;
                } else {
                    break;
                }
            }
            let run = (index(start), index(at));
            self.places[start..at].iter_mut().for_each(|place| place.run = run);
        }
    }

    /// Marks what stands between two quotation marks or two brackets; what is never closed marks nothing.
    fn mark_marks(
        &mut self,
        count: usize,
        kinds: &impl Fn(usize) -> TokenKind,
        first_char: &impl Fn(usize) -> char,
    ) {
        let (mut quote, mut bracket) = (None, None);
        for at in 0..count {
            if kinds(at) != TokenKind::Punctuation {
                continue;
            }
            match first_char(at) {
                '"' | '”' | '“' | '«' | '»' => match quote.take() {
                    Some(open) => self.places[open + 1..at].iter_mut().for_each(|place| place.quoted = true),
                    None => quote = Some(at),
                },
                '(' | '[' => bracket = Some(at),
                ')' | ']' => {
                    if let Some(open) = bracket.take() {
                        self.places[open + 1..at].iter_mut().for_each(|place| place.bracketed = true);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether the last capitalised words before the bracket at `at - 1` are as many as the word's letters; a word of
    /// lower case (`of`) may stand between them.
    fn spells_run(&self, words: &[Word], at: usize, first_char: &impl Fn(usize) -> char) -> bool {
        let want = usize::from(words[at].len);
        let mut found = 0;
        let mut back = at - 1;
        let first = first_char(at);
        while back > 0 && found < want && at - back <= 2 * want + 1 {
            back -= 1;
            if words[back].is_capitalised() {
                found += 1;
                if first_char(back) == first && found + 1 >= want {
                    return true;
                }
            } else if words[back].case != Case::Lower && !matches!(first_char(back), '-' | '&') {
                return false;
            }
        }
        false
    }
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

    fn look(text: &str) -> (Context, Vec<String>) {
        let reading = copydesk_text::read(text);
        let tokens: Vec<String> = (0..reading.tokens.len()).map(|at| reading.token(at).to_owned()).collect();
        let words: Vec<Word> = tokens.iter().map(|token| Word::read(token, &Lexicon::default())).collect();
        let mut context = Context::default();
        context.look(&words, |at| reading.tokens[at].kind, |at| tokens[at].chars().next().unwrap_or(' '));
        (context, tokens)
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
            assert_eq!(look(text).0.style, expected, "{text}");
        }
    }

    #[test]
    fn runs() {
        for (text, expected) in [
            ("met Nguyen Van Tho in Ba Ria-Vung Tau yesterday", "Nguyen Van Tho|Ba Ria - Vung Tau"),
            ("said AT&T and Smith & Co.", "AT & T|Smith & Co"),
            ("nothing here", ""),
        ] {
            let (context, tokens) = look(text);
            let mut runs: Vec<(u32, u32)> =
                context.places.iter().map(|p| p.run).filter(|r| r.0 < r.1).collect();
            runs.dedup();
            let found: Vec<String> =
                runs.iter().map(|r| tokens[r.0 as usize..r.1 as usize].join(" ")).collect();
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
            let (context, _) = look(text);
            assert_eq!(context.places.iter().any(|p| p.spells_run), expected, "{text}");
        }
    }
}
