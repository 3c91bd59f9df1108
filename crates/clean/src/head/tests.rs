use copydesk_types::{Anchor, MediaType, Precision};

use super::*;

fn page(url: Option<&str>) -> Page {
    Page { url: url.map(str::to_owned), ..Page::new("", MediaType::Html, "") }
}

fn block(label: Label, text: &str) -> Block {
    Block {
        text: text.to_owned(),
        label,
        confidence: 1.0,
        reason: String::new(),
        lines: None,
        source: None,
        path: None,
        span: None,
        in_body: matches!(label, Label::Paragraph),
    }
}

fn evidence(html: &str) -> Evidence {
    crate::html::scan(html).evidence
}

const LD: &str = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Port reopens",
    "datePublished":"2024-05-06T23:30:00+02:00","dateModified":"2024-05-07T08:00:00Z",
    "author":{"@type":"Person","name":"Ana Lima"},"publisher":{"name":"Harbour Post"}}</script>"#;

#[test]
fn a_page_that_states_everything() {
    let html = format!("<html lang=en-GB><link rel=canonical href='/trade/port'>{LD}");
    let (head, flags) = read(&page(Some("https://www.harbourpost.example/x")), &evidence(&html), &[]);
    assert_eq!(head.title.as_deref(), Some("Port reopens"));
    assert_eq!(head.authors, ["Ana Lima"]);
    assert_eq!(head.published_date.map(|d| d.to_string()).as_deref(), Some("2024-05-06"));
    assert_eq!(head.published_at.map(|t| t.to_string()).as_deref(), Some("2024-05-06T21:30:00Z"));
    assert_eq!(head.modified_at.map(|t| t.to_string()).as_deref(), Some("2024-05-07T08:00:00Z"));
    assert_eq!(head.canonical_url.as_deref(), Some("https://www.harbourpost.example/trade/port"));
    assert_eq!(head.site_name.as_deref(), Some("Harbour Post"));
    assert_eq!(head.language.as_deref(), Some("en-GB"));
    assert!(flags.is_empty());
    assert!(head.sources.is_sorted());
    let published = SourcedMetadata { field: MetadataField::Published, source: MetadataSource::JsonLd };
    assert!(head.sources.contains(&published));
}

#[test]
fn a_text_page_is_read_from_its_blocks() {
    let blocks = [
        block(Label::Title, "Port reopens"),
        block(Label::Byline, "By Ana Lima/Bo Ek"),
        block(Label::Dateline, "17:41 JST, October 13, 2024"),
        block(Label::Lead, "HP – The port reopened on Sunday."),
        block(Label::Paragraph, "The two northern berths are in use again, the harbour master said."),
    ];
    let (head, _) = read(&page(None), &Evidence::default(), &blocks);
    assert_eq!(head.title.as_deref(), Some("Port reopens"));
    assert_eq!(head.lead.as_deref(), Some("HP – The port reopened on Sunday."));
    assert_eq!(head.authors, ["Ana Lima", "Bo Ek"]);
    assert_eq!(head.published_at.map(|t| t.to_string()).as_deref(), Some("2024-10-13T08:41:00Z"));
    assert_eq!(head.language.as_deref(), Some("en"));
}

#[test]
fn no_page_is_published_after_its_fetch() {
    let fetched = |text: &str| Page { fetched_at: text.parse().ok(), ..page(None) };
    let later = format!("{LD}<meta name=date content=2024-05-01>");
    for (fetched_at, expected, flagged) in [
        ("2024-05-06T22:00:00Z", Some("2024-05-06"), false),
        ("2024-05-02T10:00:00Z", Some("2024-05-01"), true),
        ("2024-04-01T10:00:00Z", None, true),
    ] {
        let (head, flags) = read(&fetched(fetched_at), &evidence(&later), &[]);
        assert_eq!(head.published_date.map(|d| d.to_string()).as_deref(), expected, "{fetched_at}");
        assert_eq!(flags == [Flag::PublishedAfterFetch], flagged, "{fetched_at}");
    }
}

#[test]
fn dates_of_other_things_are_not_the_articles() {
    for (html, url, expected) in [
        ("<nav><time datetime=2024-05-09>today</time></nav>", None, None),
        ("<div class=related><time datetime=2024-05-01>1 May</time></div>", None, None),
        ("<time datetime=2024-05-06>6 May</time>", None, Some("2024-05-06")),
        ("<meta property=article:published_time content=1714980600>", None, Some("2024-05-06")),
        ("<meta name=date content='9999-01-01'>", None, None),
        ("<meta name=date content='soon'>", Some("https://x.example/2024/05/06/port"), Some("2024-05-06")),
        ("", Some("https://x.example/2024/13/06/port"), None),
        ("<html lang=en-US><span class=date>5/6/2024</span>", None, Some("2024-05-06")),
        ("<html lang=en-GB><span class=date>6/5/2024</span>", None, Some("2024-05-06")),
        ("<html lang=en-GB><i class=date>5/6/2024</i><i class=date>5/13/2024</i>", None, Some("2024-05-06")),
    ] {
        let scanned = crate::html::scan(html);
        let blocks: Vec<Block> = scanned.blocks.iter().map(|b| block(Label::Navigation, &b.text)).collect();
        let (head, _) = read(&page(url), &scanned.evidence, &blocks);
        assert_eq!(head.published_date.map(|d| d.to_string()).as_deref(), expected, "{html}");
    }
}

#[test]
fn anchors() {
    for (paragraphs, expected) in [
        (&["On November 19, 2024, the conference was held."][..], Some(("2024-11-19", Precision::Day))),
        (
            &["On December 9, they met.", "They had met on November 4, 2024."],
            Some(("2024-12-09", Precision::Day)),
        ),
        (
            &["On January 9, they met.", "They had met on November 4, 2024."],
            Some(("2025-01-09", Precision::Day)),
        ),
        (
            &["They met on May 5, 2022.", "On November 4, 2024, they met again, as in 2023."],
            Some(("2023-01-01", Precision::Year)),
        ),
        (&["Trade grew in 2023.", "It had fallen in 2022."], Some(("2023-01-01", Precision::Year))),
        (&["The target is to halve it by 2030."], None),
        (&["Nothing is said of time."], None),
    ] {
        let blocks: Vec<Block> = paragraphs.iter().map(|text| block(Label::Paragraph, text)).collect();
        let (head, _) = read(&page(None), &Evidence::default(), &blocks);
        let expected = expected.map(|(date, precision)| Anchor { date: date.parse().unwrap(), precision });
        assert_eq!(head.anchor, expected, "{paragraphs:?}");
    }
}

#[test]
fn languages() {
    let german = "Der Hafen ist seit Montag wieder offen, teilte der Hafenmeister mit. Die Lotsen hatten die \
        Fahrrinne zuvor zweimal ausgelotet, und die ersten Frachter liefen mit der Flut ein. Neun Tage lang hatten \
        sie vor der Bucht gewartet, weil der Sturm die Rinne mit Sand gefüllt hatte.";
    for (lang, text, expected, source) in [
        ("de-AT", german, "de-AT", MetadataSource::LangAttribute),
        ("en-US", german, "de", MetadataSource::Text),
        ("sw", german, "sw", MetadataSource::LangAttribute),
        ("en", "OK", "en", MetadataSource::LangAttribute),
    ] {
        let evidence = Evidence { lang: Some(lang.to_owned()), ..Evidence::default() };
        let (head, _) = read(&page(None), &evidence, &[block(Label::Paragraph, text)]);
        assert_eq!(head.language.as_deref(), Some(expected));
        assert!(head.sources.contains(&SourcedMetadata { field: MetadataField::Language, source }), "{lang}");
    }
}
