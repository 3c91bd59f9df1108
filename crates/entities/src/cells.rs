//! Keeps the cells of a table apart: no mention goes from one into the next.

use std::borrow::Cow;

use copydesk_types::{Reading, Sentence, Span};

/// What stands between the cells of a row in an article's text.
const BORDER: char = '\t';

/// The reading with a sentence for each cell; the reading itself where the text has no table.
pub(crate) fn apart<'r, 'a>(reading: &'r Reading<'a>) -> Cow<'r, Reading<'a>> {
    if !reading.text.contains(BORDER) {
        return Cow::Borrowed(reading);
    }
    let Reading { text, tokens, .. } = reading;
    let mut sentences = Vec::with_capacity(reading.sentences.len());
    for sentence in &reading.sentences {
        let mut first = sentence.tokens.start;
        for end in first + 1..=sentence.tokens.end {
            let gap = |end: usize| &text[tokens[end - 1].span.end..tokens[end].span.start];
            if end == sentence.tokens.end || gap(end).contains(BORDER) {
                let span = Span::new(tokens[first].span.start, tokens[end - 1].span.end);
                sentences.push(Sentence { span, tokens: first..end });
                first = end;
            }
        }
    }
    Cow::Owned(Reading { text, tokens: tokens.clone(), sentences })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_sentences() {
        for (text, expected) in [
            ("Hanoi\tLang Son\nLaos", "Hanoi|Lang Son|Laos"),
            ("\tHanoi\t\tLaos.\t", "Hanoi|Laos."),
            ("One two. Three", "One two.|Three"),
            ("", ""),
        ] {
            let reading = copydesk_text::read(text);
            let found: Vec<&str> =
                apart(&reading).sentences.iter().map(|sentence| sentence.span.of(text)).collect();
            assert_eq!(found.join("|"), expected, "{text:?}");
        }
    }
}
