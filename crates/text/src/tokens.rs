//! Cuts a text into tokens in one pass.
//!
//! Words keep their inner apostrophes (`O'Brien`) and dots of initials (`U.S.`), but lose clitics (`'s`, `n't`); numbers
//! keep their separators (`1,234.5`); hyphens, slashes and dashes stand alone, so that `London-based` holds `London`.
//! Scripts without blanks (Han, Kana) give one token a character.

use copydesk_types::{Span, Token, TokenKind};

/// What follows an apostrophe in a clitic, lower case.
const CLITICS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// All tokens of `text`, in order.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        if c.is_whitespace() || is_invisible(c) {
            at += c.len_utf8();
        } else if is_single(c) {
            push(&mut tokens, at, at + c.len_utf8(), TokenKind::Word);
            at += c.len_utf8();
        } else if is_word_char(c) {
            at = read_run(text, at, &mut tokens);
        } else {
            let kind = if is_symbol(c) { TokenKind::Symbol } else { TokenKind::Punctuation };
            push(&mut tokens, at, at + c.len_utf8(), kind);
            at += c.len_utf8();
        }
    }
    tokens
}

/// Whether `c` can stand inside a word or number: letters, digits and the marks that combine with them.
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}'
            | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{E70}'..='\u{EBD}' | '\u{EC8}'..='\u{ECE}'
            | '\u{900}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17D3}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
}

/// Reads a run of word characters from `start`, pushes its token and perhaps a clitic, and returns where it ends.
fn read_run(text: &str, start: usize, tokens: &mut Vec<Token>) -> usize {
    if let Some(end) = read_initials(text, start) {
        push(tokens, start, end, TokenKind::Word);
        return end;
    }
    let bytes = text.as_bytes();
    let (mut letters, mut digits) = (false, false);
    let mut at = start;
    loop {
        while let Some(c) = char_at(text, at).filter(|&c| is_word_char(c) && !is_single(c)) {
            if c.is_numeric() {
                digits = true;
            } else {
                letters = true;
            }
            at += c.len_utf8();
        }
        let Some(mark) = char_at(text, at) else { break };
        let next = at + mark.len_utf8();
        let digit_before = at > start && bytes[at - 1].is_ascii_digit();
        if matches!(mark, '.' | ',') && digit_before && bytes.get(next).is_some_and(u8::is_ascii_digit) {
            at = next;
            continue;
        }
        if is_apostrophe(mark) && letters && char_at(text, next).is_some_and(char::is_alphabetic) {
            let mut end = next;
            while let Some(c) = char_at(text, end).filter(|&c| is_word_char(c)) {
                end += c.len_utf8();
            }
            let tail = text[next..end].to_ascii_lowercase();
            if CLITICS.contains(&tail.as_str()) {
                push(tokens, start, at, run_kind(letters, digits));
                push(tokens, at, end, TokenKind::Clitic);
                return end;
            }
            if tail == "t" && at > start + 1 && matches!(bytes[at - 1], b'n' | b'N') {
                push(tokens, start, at - 1, run_kind(letters, digits));
                push(tokens, at - 1, end, TokenKind::Clitic);
                return end;
            }
            at = next;
            continue;
        }
        break;
    }
    push(tokens, start, at, run_kind(letters, digits));
    at
}

/// Reads `U.S.`, `a.m.`, `J.K`: single ASCII letters with a dot between, and the last dot if there is one.
fn read_initials(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
    let mut at = start;
    let mut letters = 0;
    while letter(at) && bytes.get(at + 1) == Some(&b'.') {
        letters += 1;
        at += 2;
    }
    let last_alone = letter(at) && !char_at(text, at + 1).is_some_and(is_word_char);
    if letters > 0 && last_alone {
        return Some(at + 1);
    }
    // `U.S.` but not `A.Smith` (an initial glued to a name) nor the end of a sentence that is one letter.
    (letters > 1 && !char_at(text, at).is_some_and(is_word_char)).then_some(at)
}

const fn run_kind(letters: bool, digits: bool) -> TokenKind {
    match (letters, digits) {
        (_, false) => TokenKind::Word,
        (false, true) => TokenKind::Number,
        (true, true) => TokenKind::Mixed,
    }
}

fn push(tokens: &mut Vec<Token>, start: usize, end: usize, kind: TokenKind) {
    tokens.push(Token { span: Span::new(start, end), kind });
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&b) if b < 0x80 => Some(char::from(b)),
        Some(_) => text[at..].chars().next(),
        None => None,
    }
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Characters of scripts that put no blanks between words.
const fn is_single(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}') || c.is_control()
}

const fn is_symbol(c: char) -> bool {
    matches!(c, '$' | '%' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '¢'..='¥' | '§' | '©' | '®'..='±' | '×' | '÷'
        | '‰' | '‱' | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn tokens_of() {
        for (text, expected) in [
            ("Vietnam's exports", "Vietnam|'s|exports"),
            ("don’t won't", "do|n’t|wo|n't"),
            ("O'Brien of Côte d'Ivoire", "O'Brien|of|Côte|d'Ivoire"),
            ("the U.S. and U.K., a.m.", "the|U.S.|and|U.K.|,|a.m."),
            ("Plan A. Then B.", "Plan|A|.|Then|B|."),
            ("J.K. Rowling, H.Nu", "J.K.|Rowling|,|H|.|Nu"),
            ("1,234.5 and 3, 4.", "1,234.5|and|3|,|4|."),
            ("VND19.042 trillion", "VND19.042|trillion"),
            ("US$1.6 33rd F-16", "US|$|1.6|33rd|F|-|16"),
            ("London-based", "London|-|based"),
            ("135/QD-TCHQ", "135|/|QD|-|TCHQ"),
            ("Nụ Bùi 6%", "Nụ|Bùi|6|%"),
            ("日本の", "日|本|の"),
            ("", ""),
        ] {
            assert_eq!(words(text).join("|"), expected, "{text}");
        }
    }
}
