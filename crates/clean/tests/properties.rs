//! What must hold for any page whatever.

use copydesk_clean::{Rules, Sighting, SiteMemory, article, scan, site_key};
use copydesk_types::{Article, MediaType, Page};
use proptest::prelude::*;

fn page(media_type: MediaType, bytes: Vec<u8>) -> Page {
    Page::new("pages/page", media_type, bytes)
}

/// Pieces of pages: what a random page is put together from.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<div class=\"body text\">".to_owned()),
        Just("</div><h1>".to_owned()),
        Just("<li><a href=x>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("By Anna Wall\n".to_owned()),
        Just("VCN – ".to_owned()),
        Just("Port opens again Port opens again\n".to_owned()),
        Just("The harbour opened on 3 May 2024, at 10:30, after nine days of storm.\n".to_owned()),
        "[A-Za-zé0-9 .,:!?…©|\"“”\u{a0}\u{ad}日本\u{200b}<>&;-]{0,60}",
    ]
}

fn any_page() -> impl Strategy<Value = Page> {
    let bytes = prop_oneof![
        4 => prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..400),
    ];
    (prop_oneof![Just(MediaType::Text), Just(MediaType::Html)], bytes)
        .prop_map(|(media_type, bytes)| page(media_type, bytes))
}

fn rebuilt(cleaned: &Article) -> String {
    let kept: Vec<&str> = cleaned
        .blocks
        .iter()
        .filter(|b| b.label.kept())
        .map(|b| b.text.as_str())
        .filter(|t| !t.is_empty())
        .collect();
    kept.join(Article::BLOCK_SEPARATOR)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_page_is_cleaned(page in any_page()) {
        let rules = Rules::load();
        let cleaned = article(&rules, None, &page);
        prop_assert_eq!(&cleaned.text, &rebuilt(&cleaned));
        prop_assert_eq!(cleaned.blocks.len(), scan(&rules, &page).blocks.len());
        for block in &cleaned.blocks {
            prop_assert!((0.0..=1.0).contains(&block.confidence));
            prop_assert!(!block.reason.is_empty());
            prop_assert!(block.label.kept() || !block.in_body);
            prop_assert_eq!(block.span.is_some(), block.label.kept() && !block.text.is_empty());
            if let Some(span) = block.span {
                prop_assert_eq!(span.of(&cleaned.text), &block.text);
            }
        }
        prop_assert_eq!(&cleaned, &article(&rules, None, &page));
    }

    #[test]
    fn any_memory_is_the_same_from_its_bytes(pages in prop::collection::vec(any_page(), 1..5)) {
        let rules = Rules::load();
        let mut memory = SiteMemory::default();
        for (number, page) in pages.iter().enumerate() {
            memory.observe(&site_key(page), &number.to_string(), &Sighting::of(&scan(&rules, page)));
        }
        let again = SiteMemory::from_bytes(&memory.to_bytes()).unwrap();
        prop_assert_eq!(memory.to_bytes(), again.to_bytes());
        for page in &pages {
            prop_assert_eq!(article(&rules, Some(&memory), page), article(&rules, Some(&again), page));
        }
    }
}
