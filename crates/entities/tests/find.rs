//! What holds for the mentions of any text.

use std::sync::LazyLock;

use copydesk_entities::{Rules, find};
use copydesk_types::{Article, EntityLabel, Mention};
use proptest::prelude::*;

static RULES: LazyLock<Rules> = LazyLock::new(Rules::load);

fn mentions(text: &str) -> Vec<Mention> {
    let article = Article::plain(text.to_owned(), None);
    find(&RULES, &article, &copydesk_text::read(&article.text)).unwrap_or_default()
}

/// Pieces of which texts are made that look like news to every rule.
const PIECES: [&str; 29] = [
    "Vietnam",
    "Customs",
    "Director General",
    "of the",
    "(",
    ")",
    "GDVC",
    "General Department of",
    "Nguyen Van",
    "An",
    ",",
    ".",
    "-",
    "–",
    "33rd",
    "Meeting",
    "said",
    "and",
    "Port",
    "’s",
    "Decision 135/QD-TCHQ",
    "Photo:",
    "H.N",
    "\n",
    "\t",
    "Mr.",
    "Laos",
    "Ministry of Finance",
    "a member of",
];

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = mentions(text);
    for mention in &found {
        prop_assert!(
            text.get(mention.span.start..mention.span.end)
                .is_some_and(|t| !t.trim().is_empty() && !t.contains(['\t', '\n']))
        );
        prop_assert!((0.0..=1.0).contains(&mention.confidence));
        prop_assert!(!mention.canonical.is_empty() && !mention.entity_id.is_empty());
        prop_assert!(mention.role.is_none() || mention.label == EntityLabel::Person);
    }
    prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    prop_assert_eq!(found, mentions(text));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn mentions_of_any_text(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn mentions_of_news_like_text(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        check(&pieces.join(" "))?;
    }
}

/// Names, places and numbers exchanged leave the same structure.
#[test]
fn exchanged_names_keep_the_structure() {
    const PAGE: &str = "VCN – Director General of A Customs P said on behalf of A Customs that the Ministry of Finance of \
        A and B signed the Customs Cooperation Agreement. Deputy Director of the Legal Department Q; Mr. P left.";
    let shape = |a: &str, b: &str, p: &str, q: &str| -> Vec<(EntityLabel, Option<String>)> {
        let text = PAGE.split(' ').map(|word| match word.trim_end_matches(';') {
            "A" => a.to_owned(),
            "B" => b.to_owned(),
            "P" => p.to_owned(),
            "Q" => word.replace('Q', q),
            _ => word.to_owned(),
        });
        let found = mentions(&text.collect::<Vec<_>>().join(" "));
        found.into_iter().map(|mention| (mention.label, mention.role)).collect()
    };
    let first = shape("Vietnam", "Laos", "Nguyen Van Hung", "Tran Thi Mai");
    assert!(first.len() >= 9, "{first:?}");
    assert_eq!(first, shape("Cambodia", "Thailand", "Sok Dara", "Chea Vanna"));
    assert_eq!(first, shape("Kenya", "Uganda", "Peter Kamau", "Grace Wanjiru"));
}

/// A hostile text takes time in proportion to its length: it would not end in time otherwise.
#[test]
fn hostile_texts_end() {
    for piece in
        ["((((", "A ", "Vietnam-", "of the ", "Nguyen Van ", "Director of ", "GDVC (", "1,", "\u{300}", "\n"]
    {
        mentions(&piece.repeat(50_000 / piece.len()));
    }
}
