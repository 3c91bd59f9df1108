//! Cuts a byline into names.

use std::{collections::HashMap, sync::LazyLock};

use copydesk_text::date::{self, Order};

/// Bytes of a byline that are read.
const MAX_BYTES: usize = 600;
/// Characters and words of a name, at most.
const MAX_CHARS: usize = 60;
const MAX_WORDS: usize = 6;
/// Characters of a name in a script without capitals, at least.
const MIN_CHARS: usize = 2;

static WORDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let table = include_str!("../../../data/bylines.txt");
    let lines = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    lines.map(|(kind, words)| (kind, words.split(' ').collect())).collect()
});

fn is(kind: &str, word: &str) -> bool {
    let word = word.trim_end_matches([':', '.', ',']).to_lowercase();
    WORDS.get(kind).is_some_and(|words| words.contains(&word.as_str()))
}

/// The names in a byline, as printed, in order; what is no name (an office, an address, a date) is left out where a
/// name is left.
pub(super) fn split(byline: &str) -> Vec<String> {
    let line = &byline[..byline.floor_char_boundary(MAX_BYTES)];
    let line = without_brackets(line);
    let line = without_date(&line).trim();
    // A comma in front is what a template leaves where the name should be; one word with digits is an account.
    let is_account =
        !line.contains(' ') && (line.contains("://") || line.contains(|c: char| c.is_ascii_digit()));
    if line.starts_with([',', '@', '(', '©']) || is_account {
        return Vec::new();
    }
    let parts: Vec<String> = parts(without_prefix(line)).into_iter().filter(|part| is_short(part)).collect();
    let has_person = parts.iter().any(|part| is_person(part));
    let is_beside =
        |part: &str| is("degree", part) || is_outlet(part) || part.contains(|c: char| c.is_numeric());
    let goes = |part: &str| is_office(part) || has_person && is_beside(part);
    let names: Vec<String> = parts.iter().filter(|part| !goes(part)).cloned().collect();
    if names.is_empty() { parts } else { names }
}

/// Whether a name is a person's by its look: two words or more, with capitals where its script has them.
pub(super) fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let cased = name.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if !is_short(name) || is_office(name) || is_outlet(name) || name.chars().any(|c| c.is_numeric()) {
        return false;
    }
    if !cased {
        return name.chars().filter(|c| c.is_alphabetic()).count() >= MIN_CHARS;
    }
    let capital =
        |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase()) || is("particle", word);
    let all_small = words.iter().all(|word| word.chars().all(|c| !c.is_uppercase()));
    words.len() > 1 && (words.iter().all(capital) || all_small && words.len() < 4)
}

fn is_short(part: &str) -> bool {
    part.chars().any(char::is_alphabetic)
        && part.chars().count() <= MAX_CHARS
        && part.split_whitespace().count() <= MAX_WORDS
}

/// An office, an outlet's address, a call to share.
pub(super) fn is_office(part: &str) -> bool {
    let words = || part.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    let is_address = |word: &str| {
        let (name, end) = word.rsplit_once('.').unwrap_or_default();
        word.contains('@') || name.len() > 1 && end.len() > 1 && end.bytes().all(|b| b.is_ascii_lowercase())
    };
    words().any(|word| is("role", word) || is_address(word))
}

/// What only outlets and agencies are called.
pub(super) fn is_outlet(part: &str) -> bool {
    part.starts_with("The ")
}

/// Whether a line begins with a word that says that it signs.
pub(super) fn says_by(line: &str) -> bool {
    line.split_whitespace().next().is_some_and(|word| is("by", word))
}

fn without_brackets(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut depth = 0_u32;
    for c in line.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn without_date(line: &str) -> &str {
    if !line.contains(char::is_numeric) {
        return line;
    }
    date::search(line, 0, Order::DayFirst).map_or(line, |(span, _)| &line[..span.start])
}

/// `Written by `, `Von `, `Text: `.
fn without_prefix(mut line: &str) -> &str {
    while let Some((word, rest)) = line.split_once([' ', '\u{a0}'])
        && is("by", word)
    {
        line = rest.trim_start();
    }
    line
}

fn parts(line: &str) -> Vec<String> {
    let marks = [",", ";", "/", "|", "•", "·", "⋅", "、", "・", " - ", " – ", " — ", "\n"];
    let mut pieces = vec![line.to_owned()];
    for mark in marks {
        pieces = pieces.iter().flat_map(|piece| piece.split(mark)).map(str::to_owned).collect();
    }
    let mut parts = Vec::new();
    for piece in pieces {
        let mut part: Vec<&str> = Vec::new();
        for word in piece.split_whitespace() {
            // Small single letters join names; capitals are initials.
            if is("and", word) && word.chars().all(|c| !c.is_uppercase()) {
                parts.push(part.join(" "));
                part.clear();
            } else {
                part.push(word);
            }
        }
        parts.push(part.join(" "));
    }
    let trimmed =
        parts.iter().map(|part| unglued(without_prefix(part.trim_matches(['.', ':', '-', '–', ' ', '*']))));
    trimmed
        .filter(|part| part.split_whitespace().any(|word| !is("by", word)))
        .map(|part| part.trim().to_owned())
        .collect()
}

/// A name less its degrees and the outlet that a template put or glued behind: `LimaThe Harbour Post`, `LimaTwitter`.
fn unglued(part: &str) -> &str {
    let behind = ["The ", "Twitter", "Published", "Updated"].into_iter().filter_map(|word| {
        let at = part.find(word)?;
        let before = &part[..at];
        (before.ends_with(char::is_lowercase) || before.trim_end().contains(' ')).then_some(at)
    });
    let mut name = behind.min().map_or(part, |at| part[..at].trim_end());
    while let Some((before, last)) = name.rsplit_once(' ')
        && is("tail", last)
    {
        name = before;
    }
    while let Some((before, last)) = name.rsplit_once(' ')
        && is("degree", last)
        && before.contains(' ')
        && last.chars().all(|c| !c.is_lowercase())
    {
        name = before;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (line, expected) in [
            ("By Ana Lima", "Ana Lima"),
            ("By Nu Bui/Ngoc Loan", "Nu Bui|Ngoc Loan"),
            ("Von Ana Lima und Bo Ek, dpa", "Ana Lima|Bo Ek|dpa"),
            ("By Ana Lima and Bo Ek / Harbour Post Staff Writers", "Ana Lima|Bo Ek"),
            ("By Ana Lima December 22, 2014", "Ana Lima"),
            ("Written by: Ana Lima | Sponsored", "Ana Lima"),
            ("Ana Lima (ali)", "Ana Lima"),
            ("Bo Ek, harbourpost.example", "Bo Ek"),
            ("Bo Ek, Chief Technology Officer", "Bo Ek"),
            ("Ana LimaThe Harbour Post", "Ana Lima"),
            ("Ana Lima The Harbour Post", "Ana Lima"),
            ("Ana Lima, The Harbour Post", "Ana Lima"),
            ("The Harbour Post", "The Harbour Post"),
            ("Ana Lima MS, RD", "Ana Lima"),
            ("Ursula von der Aue", "Ursula von der Aue"),
            ("松岡大地", "松岡大地"),
            ("Redaktion harbourpost.de", "Redaktion harbourpost.de"),
            (", The Harbour Post", ""),
            ("https://example.com/author", ""),
            ("By Ana Lima on May 6, 2024", "Ana Lima"),
            ("Written by:", ""),
            ("Ana Lima ⋅ Review Editor", "Ana Lima"),
            ("@harbourpost", ""),
            ("ana.lima.1232", ""),
            ("By Ana Lima, Bo Ek, +55 more", "Ana Lima|Bo Ek"),
            ("SRF 4 News", "SRF 4 News"),
            ("", ""),
        ] {
            assert_eq!(split(line).join("|"), expected, "{line}");
        }
    }

    #[test]
    fn people() {
        for (name, expected) in [
            ("Ana Lima", true),
            ("A. B. Lima", true),
            ("Ludwig van der Aue", true),
            ("viktor hedlund", true),
            ("松岡大地", true),
            ("dpa", false),
            ("Travel News Reporter", false),
            ("harbourpost.de", false),
            ("Harbour Post 24", false),
            ("The Harbour Post", false),
        ] {
            assert_eq!(is_person(name), expected, "{name}");
        }
    }
}
