//! Pages that we wrote, in the layouts that news dumps have, with the label that every line should get.

use copydesk_clean::{Rules, article};
use copydesk_types::{Article, Label, MediaType, Page};

fn page(media_type: MediaType, text: &str) -> Page {
    Page::new("pages/page", media_type, text)
}

fn clean(media_type: MediaType, text: &str) -> Article {
    article(&Rules::load(), None, &page(media_type, text))
}

/// The labels of an annotated page's lines, and the page.
fn annotated(file: &str) -> (Vec<&str>, String) {
    let lines: Vec<(&str, &str)> =
        file.lines().map(|line| line.split_once('\t').unwrap_or(("", ""))).collect();
    let labels = lines.iter().map(|(label, _)| *label).filter(|label| !label.is_empty()).collect();
    let text: Vec<&str> = lines.iter().map(|(_, text)| *text).collect();
    (labels, text.join("\n"))
}

/// Drops are told apart less finely than labels are named: what counts is that they go.
fn coarse(name: &str) -> &str {
    match Label::ALL.iter().find(|label| label.name() == name) {
        Some(label) if !label.kept() => "dropped",
        _ => name,
    }
}

fn check(file: &str) {
    let (expected, text) = annotated(file);
    let cleaned = clean(MediaType::Text, &text);
    let wrong: Vec<String> = cleaned
        .blocks
        .iter()
        .zip(&expected)
        .filter(|(block, label)| coarse(block.label.name()) != coarse(label))
        .map(|(block, label)| {
            format!("{label}, not {}: {} ({})", block.label.name(), block.text, block.reason)
        })
        .collect();
    assert_eq!(cleaned.blocks.len(), expected.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_with_teasers() {
    check(include_str!("pages/teasers.txt"));
}

/// The structure decides, not the words: with every name and menu word exchanged the labels stay.
#[test]
fn a_page_with_teasers_and_other_words() {
    let exchanged = [
        ("RPN", "QVT"),
        ("More stories", "Weitere Berichte"),
        ("Show all", "Alles"),
        ("For you", "Ihre Wahl"),
        ("Newest Most shared", "Neu Beliebt"),
        ("Desktop site", "Volle Ansicht"),
        ("Karsund", "Ebrolla"),
        ("Amina Torvald", "Teodor Niquet"),
        ("river", "canal"),
        ("River", "Canal"),
        ("barge", "lorry"),
        ("Tuesday", "Friday"),
        ("2019", "1987"),
        ("4.2 million", "713"),
    ];
    let page = exchanged
        .iter()
        .fold(include_str!("pages/teasers.txt").to_owned(), |page, (old, new)| page.replace(old, new));
    check(&page);
}

const HTML: &str = r#"<!doctype html><html lang="en"><head><title>Canal lock closes for ten weeks | Lake Courier</title>
<meta property="og:title" content="Canal lock closes for ten weeks"></head><body>
<nav class="menu"><ul><li><a href="/">Front page</a></li><li><a href="/trade">Trade</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article class="story"><h1>Canal lock closes for ten weeks</h1>
<p class="byline">By <span class="author">Ines Okafor</span></p><time datetime="2024-03-05">5 March 2024</time>
<figure><img src="lock.jpg" alt="The lock"><figcaption>The upper chamber, drained. Photo: K. Larsen</figcaption></figure>
<div class="story-body">
<p>The upper lock of the lake canal will be drained on Monday and stay closed for ten weeks, the waterways office said in a statement.</p>
<p>Builders will replace both gates, which date from 1961, and line the chamber with new stone. The work costs 14 million crowns, a third of which the lake towns pay.</p>
<h2>Detour by rail</h2>
<p>Grain that usually goes down the canal will be loaded on trains in the meantime. The railway has promised four trains a day, enough for nine in ten of the tonnes that pass in spring.</p>
<div class="related"><h3>Related</h3><ul><li><a href="/a">Grain terminal sets a record</a></li><li><a href="/b">Ferry lines test quiet engines</a></li></ul></div>
<p>Skippers had asked for the work to wait until August, when there is less to carry. The office answered that the gates would not last another summer.</p>
</div></article></main>
<section class="comments"><h3>Comments</h3><form><textarea></textarea><button>Post</button></form></section>
<footer><p>© 2024 Lake Courier. All rights reserved. <a href="/terms">Terms</a></p></footer></body></html>"#;

#[test]
fn a_page_of_html() {
    let cleaned = clean(MediaType::Html, HTML);
    let label = |start: &str| {
        cleaned.blocks.iter().find(|block| block.text.starts_with(start)).map(|block| block.label)
    };
    for (start, expected) in [
        ("Canal lock closes", Label::Title),
        ("By Ines", Label::Byline),
        ("The upper chamber", Label::Caption),
        ("The upper lock", Label::Paragraph),
        ("Builders will", Label::Paragraph),
        ("Detour by rail", Label::Heading),
        ("Grain that usually", Label::Paragraph),
        ("Skippers had", Label::Paragraph),
    ] {
        assert_eq!(label(start), Some(expected), "{start}");
    }
    for start in ["Front page", "Sport", "Grain terminal", "Ferry lines", "© 2024", "Comments"] {
        assert!(label(start).is_none_or(|label| !label.kept()), "{start}");
    }
    assert!(cleaned.body().starts_with("The upper lock of the lake canal"));
    assert!(!cleaned.body().contains("Larsen"));
}

/// Some systems print the whole article again, for a script or a printer.
#[test]
fn an_article_printed_again_is_kept_once() {
    let paragraphs = [
        "The customs office at the river crossing cleared 412 lorries on Monday, its head said, and promised longer hours.",
        "Drivers had waited for up to two days after a storm closed the bridge, and some of their goods were spoilt by then.",
        "A second lane opens in spring, when the road to the coast is repaired and the new scanners have been delivered.",
    ];
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    let again = paragraphs.join(" ");
    let page = format!(
        "<html><body><main><article><h1>Lorries cross again</h1>{body}</article><div>{again}</div></main></body></html>"
    );
    let article = clean(MediaType::Html, &page);
    assert_eq!(article.text.matches("412 lorries").count(), 1, "{}", article.text);
}

/// Old bulletins open with place and date, over the headline.
#[test]
fn a_dateline_above_the_headline_is_no_headline() {
    let page = "PORT TOWN, May 6, 2024\nHarbour opens its second berth to grain ships\n\n\
        The harbour master cleared the second berth for grain ships on Monday, two years after the storm closed it.\n\n\
        Three ships wait outside, and the first of them is expected to moor on Wednesday, the port's office said.\n";
    let article = clean(MediaType::Text, page);
    assert_eq!(article.head.title.as_deref(), Some("Harbour opens its second berth to grain ships"));
}
