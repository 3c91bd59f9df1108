//! Cuts a text into sentences, over its tokens.
//!
//! A newline ends a sentence. So does a full stop, question or exclamation mark or ellipsis, with the quotation marks
//! and brackets that close after it, when white space and something that may open a sentence follow; not after an
//! abbreviation (`data/abbreviations.txt`), an initial, nor after `U.S.` and the like unless a
//! word follows that often opens sentences (`data/openers.txt`).

use std::sync::LazyLock;

use copydesk_types::{Sentence, Span, Token, TokenKind};

static ABBREVIATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| words(include_str!("../data/abbreviations.txt")));
static OPENERS: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../data/openers.txt")));

/// All sentences, in order; every token lies in exactly one.
pub(crate) fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 20 + 1);
    let mut first = 0;
    let mut index = 0;
    while index < tokens.len() {
        let mut last = index;
        let mut ends = gap_after(text, tokens, index).contains('\n');
        if !ends && is_terminator(text, tokens, index) {
            while last + 1 < tokens.len()
                && closes(tokens[last + 1].span.of(text))
                && gap_after(text, tokens, last).is_empty()
            {
                last += 1;
            }
            let gap = gap_after(text, tokens, last);
            ends = gap.contains('\n')
                || (!gap.is_empty() && opens(text, tokens, last + 1) && !is_abbreviated(text, tokens, index))
                || is_full_width(tokens[index].span.of(text));
        }
        if ends || last + 1 == tokens.len() {
            let span = Span::new(tokens[first].span.start, tokens[last].span.end);
            sentences.push(Sentence { span, tokens: first..last + 1 });
            first = last + 1;
        }
        index = last + 1;
    }
    sentences
}

/// The words of a list, sorted there, one a line.
fn words(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

fn gap_after<'t>(text: &'t str, tokens: &[Token], index: usize) -> &'t str {
    let end = tokens.get(index + 1).map_or(text.len(), |t| t.span.start);
    &text[tokens[index].span.end..end]
}

fn is_terminator(text: &str, tokens: &[Token], index: usize) -> bool {
    let token = tokens[index].span.of(text);
    // `U.S.` and `p.m.` hold their dot and may end a sentence with it.
    matches!(token, "." | "?" | "!" | "…")
        || is_full_width(token)
        || (token.len() > 2 && token.ends_with('.'))
}

fn is_full_width(token: &str) -> bool {
    matches!(token, "。" | "！" | "？")
}

fn closes(token: &str) -> bool {
    matches!(token, "\"" | "'" | "”" | "’" | ")" | "]" | "»" | "." | "?" | "!" | "…")
}

/// Whether token `index` may open a sentence: a capital, a digit, or a letter without case, perhaps behind a mark.
fn opens(text: &str, tokens: &[Token], index: usize) -> bool {
    tokens[index.min(tokens.len())..].iter().take(3).find_map(|token| {
        let first = token.span.of(text).chars().next()?;
        match token.kind {
            TokenKind::Punctuation
                if matches!(first, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '-' | '–' | '—') =>
            {
                None
            }
            TokenKind::Punctuation => Some(false),
            TokenKind::Symbol => Some(true),
            _ => Some(!first.is_lowercase()),
        }
    }) == Some(true)
}

/// Whether the dot at token `index` belongs to an abbreviation that goes on.
fn is_abbreviated(text: &str, tokens: &[Token], index: usize) -> bool {
    let dot = tokens[index].span;
    if dot.of(text) != "." {
        // `U.S. Customs` goes on, `in the U.S. The` ends: only common sentence openers tell.
        return dot.len() > 1 && !opens_commonly(text, tokens, index + 1);
    }
    let Some(before) = index.checked_sub(1).map(|i| tokens[i]).filter(|t| t.span.end == dot.start) else {
        return false;
    };
    let word = before.span.of(text);
    if before.kind != TokenKind::Word {
        return false;
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

fn opens_commonly(text: &str, tokens: &[Token], index: usize) -> bool {
    tokens.get(index).is_none_or(|t| OPENERS.binary_search(&t.span.of(text)).is_ok())
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn lists_are_sorted() {
        assert!(super::ABBREVIATIONS.is_sorted() && super::OPENERS.is_sorted());
    }

    #[test]
    fn sentences_of() {
        for (text, expected) in [
            ("One. Two.", "One.|Two."),
            ("Mr. Kun Nhem said so. He left.", "Mr. Kun Nhem said so.|He left."),
            ("It rose 3.5 percent. \"Good,\" he said.", "It rose 3.5 percent.|\"Good,\" he said."),
            ("He said \"go.\" Then he left.", "He said \"go.\"|Then he left."),
            (
                "The U.S. Customs office. In the U.S. The rest.",
                "The U.S. Customs office.|In the U.S.|The rest.",
            ),
            ("Title\nBody text here", "Title|Body text here"),
            ("On Nov. 27 it came. J. Smith knew.", "On Nov. 27 it came.|J. Smith knew."),
            ("at 5 p.m. local time", "at 5 p.m. local time"),
            ("今日は。明日も。", "今日は。|明日も。"),
            ("", ""),
        ] {
            let reading = read(text);
            let found: Vec<&str> = reading.sentences.iter().map(|s| s.span.of(text)).collect();
            assert_eq!(found.join("|"), expected, "{text}");
            assert_eq!(reading.sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), reading.tokens.len());
        }
    }
}
