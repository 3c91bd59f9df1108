//! A place in a text, and the small things that can be read there.

/// A place in a text. Reading moves it only where something was read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// Byte, on a character border.
    pub(super) at: usize,
}

/// The longest word that any table of dates holds has fewer characters.
const LONGEST_WORD: usize = 24;

impl<'t> Cursor<'t> {
    pub(super) const fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over `c`.
    pub(super) fn eat(&mut self, c: char) -> bool {
        self.eat_if(|next| next == c).is_some()
    }

    /// Steps over one character that `wanted` accepts.
    pub(super) fn eat_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|&c| wanted(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Steps over white space; whether there was any.
    pub(super) fn spaces(&mut self) -> bool {
        let before = self.at;
        while self.eat_if(char::is_whitespace).is_some() {}
        self.at > before
    }

    /// Reads one to eight ASCII digits that stand for themselves: their value and how many there are.
    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.rest().bytes().take(9).take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 8 {
            return None;
        }
        let value = self.rest()[..digits].parse().ok()?;
        self.at += digits;
        Some((value, digits))
    }

    /// Reads a number of one or two digits between `low` and `high`.
    pub(super) fn small(&mut self, low: u32, high: u32) -> Option<i8> {
        let mut next = *self;
        let (value, digits) = next.number()?;
        if digits > 2 || value < low || value > high {
            return None;
        }
        *self = next;
        i8::try_from(value).ok()
    }

    /// Reads a year of four digits.
    pub(super) fn year(&mut self) -> Option<i16> {
        let mut next = *self;
        let (value, digits) = next.number()?;
        if digits != 4 || !(1000..=2999).contains(&value) {
            return None;
        }
        *self = next;
        i16::try_from(value).ok()
    }

    /// Reads a word of letters, lower-cased; none where it is longer than any word of a date.
    pub(super) fn word(&mut self) -> Option<String> {
        let mut next = *self;
        let mut word = String::new();
        for _ in 0..LONGEST_WORD {
            let Some(c) = next.eat_if(char::is_alphabetic) else { break };
            word.extend(c.to_lowercase());
        }
        if word.is_empty() || next.peek().is_some_and(char::is_alphabetic) {
            return None;
        }
        *self = next;
        Some(word)
    }

    /// Whether nothing that would belong to the same word or number follows.
    pub(super) fn at_border(self) -> bool {
        let mut rest = self.rest().chars();
        match rest.next() {
            Some('.' | ',' | '/' | '-' | ':') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
            // ISO 8601: `2024-12-09T17:41`.
            Some('T') => rest.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => !c.is_alphanumeric() || is_ideograph(c) || self.ends_in_ideograph(),
            None => true,
        }
    }

    fn ends_in_ideograph(self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(is_ideograph)
    }
}

/// Han and Hangul, whose words stand without blanks.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{3040}'..='\u{30FF}')
}
