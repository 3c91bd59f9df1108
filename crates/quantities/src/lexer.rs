//! Cuts the tokens of a reading into lexemes: what glues letters and digits together is split (`VND19.042`, `33rd`),
//! words get their id, and a break stands between sentences, so that no grammar reads across one.

use copydesk_types::{Reading, Span, TokenKind};

use crate::lexicon::{Lexicon, WordId};
use copydesk_text::number::Style;

/// What a lexeme is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Stands before the first and after every sentence; covers nothing.
    Break,
    /// Letters, with superscripts: `VND`, `km²`.
    Word,
    /// ASCII digits with separators between digits: `19.042`, `.08`.
    Digits,
    /// One character that is a fraction: `½`.
    Fraction,
    /// One mark or symbol.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// No capital in front, or no letter.
    Lower,
    /// One capital in front.
    Capital,
    /// Two or more characters, none of them lower case.
    Upper,
}

/// One lexeme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexeme {
    /// Where it stands.
    pub(crate) span: Span,
    /// Its id in the lexicon, marks as well.
    pub(crate) id: WordId,
    /// What it is made of.
    pub(crate) shape: Shape,
    /// How it is written.
    pub(crate) case: Case,
    /// Whether nothing stands between it and the lexeme before it.
    pub(crate) glued: bool,
}

/// A text as lexemes. The first and the last are breaks, so that a reader may look one past either side of a word.
#[derive(Debug)]
pub(crate) struct Lexed<'a> {
    /// The text that the spans are made for.
    pub(crate) text: &'a str,
    /// All lexemes.
    pub(crate) items: Vec<Lexeme>,
    /// How the text writes numbers.
    pub(crate) style: Style,
}

impl Lexed<'_> {
    /// The lexeme at `index`; the last break past the end.
    pub(crate) fn at(&self, index: usize) -> Lexeme {
        self.items[index.min(self.items.len() - 1)]
    }

    /// The characters of lexeme `index`.
    pub(crate) fn str(&self, index: usize) -> &str {
        self.at(index).span.of(self.text)
    }

    /// The id of lexeme `index`.
    pub(crate) fn id(&self, index: usize) -> WordId {
        self.at(index).id
    }

    /// Whether lexeme `index` is the one ASCII character `mark`.
    pub(crate) fn is_mark(&self, index: usize, mark: u8) -> bool {
        let lexeme = self.at(index);
        lexeme.shape == Shape::Mark && self.text.as_bytes()[lexeme.span.start] == mark
    }

    /// Whether lexeme `index` is a hyphen, a dash or a minus sign.
    pub(crate) fn is_dash(&self, index: usize) -> bool {
        self.at(index).shape == Shape::Mark
            && matches!(self.str(index), "-" | "–" | "—" | "‐" | "‑" | "‒" | "−")
    }

    /// The span of lexemes `first..next`.
    pub(crate) fn span(&self, first: usize, next: usize) -> Span {
        Span::new(self.at(first).span.start, self.at(next - 1).span.end)
    }

    /// The first lexeme from `from` on that starts at or after `byte`; it may be a break.
    pub(crate) fn index_from(&self, from: usize, byte: usize) -> usize {
        let rest = self.items.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|lexeme| lexeme.span.start < byte).count()
    }
}

/// The lexemes of a reading.
pub(crate) fn lex<'a>(lexicon: &Lexicon, reading: &Reading<'a>) -> Lexed<'a> {
    let text = reading.text;
    let mut items =
        Vec::with_capacity(reading.tokens.len() + reading.tokens.len() / 8 + reading.sentences.len() + 2);
    let mut end = 0;
    items.push(break_at(0));
    for sentence in &reading.sentences {
        let mut address = false;
        for token in &reading.tokens[sentence.tokens.clone()] {
            let glued = token.span.start == end && end > 0;
            end = token.span.end;
            address = glued && (address || opens_address(text, &items));
            if address {
                extend_address(&mut items, end);
                continue;
            }
            match token.kind {
                TokenKind::Mixed => split(lexicon, text, token.span, glued, &mut items),
                TokenKind::Number => {
                    if glued && token.span.of(text).is_ascii() && opens_decimals(text, &items) {
                        extend_decimals(&mut items, end);
                    } else {
                        split(lexicon, text, token.span, glued, &mut items);
                    }
                }
                TokenKind::Word | TokenKind::Clitic => items.push(word(lexicon, text, token.span, glued)),
                TokenKind::Punctuation | TokenKind::Symbol => {
                    let id = lexicon.id_at(text, token.span);
                    items.push(Lexeme { span: token.span, id, shape: Shape::Mark, case: Case::Lower, glued });
                }
            }
        }
        items.push(break_at(end));
    }
    items.push(break_at(text.len()));
    let style = Style::of_page(items.iter().filter(|l| l.shape == Shape::Digits).map(|l| l.span.of(text)));
    Lexed { text, items, style }
}

/// Whether the last two lexemes open the address of a page or of mail: nothing in it is a number.
fn opens_address(text: &str, items: &[Lexeme]) -> bool {
    let [.., before, last] = items else { return false };
    match last.span.of(text) {
        ":" => last.glued && matches!(before.span.of(text), "http" | "https" | "ftp"),
        "." => last.glued && before.span.of(text) == "www",
        "@" => last.glued,
        _ => false,
    }
}

/// Makes the last lexeme go on to `end`, as a mark that means nothing.
fn extend_address(items: &mut [Lexeme], end: usize) {
    if let Some(last) = items.last_mut() {
        last.span.end = end;
        last.id = WordId::UNKNOWN;
    }
}

/// Whether the last lexeme is the full stop of `.08`: nothing but a sign or a currency is glued to its front.
fn opens_decimals(text: &str, items: &[Lexeme]) -> bool {
    let [.., before, last] = items else { return false };
    last.span.of(text) == "."
        && (!last.glued || before.shape == Shape::Mark && !matches!(before.span.of(text), "." | "…"))
}

fn extend_decimals(items: &mut [Lexeme], end: usize) {
    if let Some(last) = items.last_mut() {
        last.span.end = end;
        last.id = WordId::UNKNOWN;
        last.shape = Shape::Digits;
    }
}

const fn break_at(byte: usize) -> Lexeme {
    let span = Span::new(byte, byte);
    Lexeme { span, id: WordId::UNKNOWN, shape: Shape::Break, case: Case::Lower, glued: false }
}

fn word(lexicon: &Lexicon, text: &str, span: Span, glued: bool) -> Lexeme {
    let printed = span.of(text);
    Lexeme { span, id: lexicon.id_at(text, span), shape: Shape::Word, case: case_of(printed), glued }
}

fn case_of(word: &str) -> Case {
    let mut bytes = word.bytes();
    match bytes.next() {
        Some(b'A'..=b'Z') => {}
        Some(first) if first >= 0x80 && word.chars().next().is_some_and(char::is_uppercase) => {}
        _ => return Case::Lower,
    }
    if word.len() == 1
        || bytes.any(|b| b.is_ascii_lowercase())
        || word.chars().skip(1).any(char::is_lowercase)
    {
        Case::Capital
    } else {
        Case::Upper
    }
}

/// Cuts a token where letters meet digits.
fn split(lexicon: &Lexicon, text: &str, span: Span, glued: bool, items: &mut Vec<Lexeme>) {
    let mut start = span.start;
    let mut glued = glued;
    let mut before: Option<Shape> = None;
    for (offset, c) in span.of(text).char_indices() {
        let at = span.start + offset;
        let shape = match c {
            '0'..='9' => Shape::Digits,
            // Between digits, by the tokenizer's rule.
            '.' | ',' => Shape::Digits,
            '¼'..='¾' | '⅐'..='⅞' => Shape::Fraction,
            _ => Shape::Word,
        };
        if let Some(last) = before.filter(|&last| last != shape || shape == Shape::Fraction) {
            items.push(piece(lexicon, text, Span::new(start, at), last, glued));
            start = at;
            glued = true;
        }
        before = Some(shape);
    }
    if let Some(last) = before {
        items.push(piece(lexicon, text, Span::new(start, span.end), last, glued));
    }
}

fn piece(lexicon: &Lexicon, text: &str, span: Span, shape: Shape, glued: bool) -> Lexeme {
    if shape == Shape::Word {
        return word(lexicon, text, span, glued);
    }
    // Digits stand in terms too: `km2`, `20-foot equivalent unit`.
    let id = if span.len() < 3 { lexicon.id(span.of(text)) } else { WordId::UNKNOWN };
    Lexeme { span, id, shape, case: Case::Lower, glued }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lexemes separated by `|`, `_` in front where a blank stands before one, `¶` for a break.
    fn shown(text: &str) -> String {
        let reading = copydesk_text::read(text);
        let lexed = lex(&Lexicon::default(), &reading);
        let one = |l: &Lexeme| match l.shape {
            Shape::Break => "¶".to_owned(),
            _ => format!("{}{}", if l.glued { "" } else { "_" }, l.span.of(text)),
        };
        lexed.items.iter().map(one).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lexemes_of() {
        for (text, expected) in [
            ("VND19.042 trillion", "¶|_VND|19.042|_trillion|¶|¶"),
            ("the 33rd.", "¶|_the|_33|rd|.|¶|¶"),
            ("US$1.6m, 3½ km²", "¶|_US|$|1.6|m|,|_3|½|_km²|¶|¶"),
            ("F-16s", "¶|_F|-|16|s|¶|¶"),
            ("One. Two", "¶|_One|.|¶|_Two|¶|¶"),
            ("costs .08", "¶|_costs|_.08|¶|¶"),
            (".૩", "¶|_.|૩|¶|¶"),
            ("at www.a.com/x?y=5 now", "¶|_at|_www|.a.com/x?y=5|_now|¶|¶"),
            ("see https://a.b/3%20, x@y.1", "¶|_see|_https|://a.b/3%20,|_x|@y.1|¶|¶"),
            ("", "¶|¶"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn cases_of() {
        for (word, case) in [
            ("kip", Case::Lower),
            ("Kip", Case::Capital),
            ("VND", Case::Upper),
            ("A", Case::Capital),
            ("Élan", Case::Capital),
            ("km²", Case::Lower),
        ] {
            assert_eq!(case_of(word), case, "{word}");
        }
    }
}
