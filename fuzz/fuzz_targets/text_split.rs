//! Texts into tokens and sentences.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = copydesk_text::read(text);
    let mut end = 0;
    for token in &reading.tokens {
        assert!(end <= token.span.start && token.span.start < token.span.end);
        assert!(text.get(token.span.start..token.span.end).is_some(), "a token ends inside a character");
        end = token.span.end;
    }
    let mut next = 0;
    for sentence in &reading.sentences {
        assert_eq!(sentence.tokens.start, next, "a token lies in no sentence or in two");
        assert!(text.get(sentence.span.start..sentence.span.end).is_some_and(|text| text == text.trim()));
        next = sentence.tokens.end;
    }
    assert_eq!(next, reading.tokens.len());
});
