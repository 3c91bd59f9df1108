//! Any text as an article: mentions lie inside one line of it, in order and apart from each other, and a second look
//! finds the same.
#![no_main]

use std::sync::LazyLock;

use copydesk_entities::{Rules, find};
use copydesk_types::Article;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<Rules> = LazyLock::new(Rules::load);

fuzz_target!(|bytes: &[u8]| {
    let article = Article::plain(String::from_utf8_lossy(bytes).into_owned(), None);
    let reading = copydesk_text::read(&article.text);
    let mentions = find(&RULES, &article, &reading);
    let mut end = 0;
    for mention in mentions.iter().flatten() {
        assert!(end <= mention.span.start && mention.span.start < mention.span.end);
        end = mention.span.end;
        assert!(!article.text[mention.span.start..end].contains(['\t', '\n']));
        assert!((0.0..=1.0).contains(&mention.confidence));
        assert!(!mention.canonical.is_empty());
    }
    assert_eq!(mentions, find(&RULES, &article, &reading));
});
