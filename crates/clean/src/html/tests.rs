use proptest::prelude::*;

use super::*;
use crate::raw::region;

fn texts(page: &str) -> String {
    let texts: Vec<String> = scan(page).blocks.into_iter().map(|block| block.text).collect();
    texts.join("¶")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (page, expected) in cases {
        assert_eq!(texts(page), *expected, "{page}");
    }
}

#[test]
fn blocks_begin_and_end_where_a_browser_breaks_lines() {
    check(&[
        ("<p>One</p><p>Two</p>", "One¶Two"),
        ("<div>One<p>Two</div>Three", "One¶Two¶Three"),
        ("<p>One<div>Two</div>", "One¶Two"),
        ("<h1>Head<em>line</em></h1>text", "Headline¶text"),
        ("<ul><li>One<li>Two<ul><li>Three</ul><li>Four</ul>", "One¶Two¶Three¶Four"),
        ("<dl><dt>One<dd>Two<dt>Three</dl>", "One¶Two¶Three"),
        ("One<hr>Two", "One¶Two"),
        ("plain text", "plain text"),
        ("", ""),
        ("<p> \n&nbsp;</p>", ""),
        ("<button>Share</button>One <my-box>Two</my-box>", "Share¶One¶Two"),
        ("<p>One <my-box>two</my-box> <button>three</button></p>", "One two three"),
        ("<select><option>One<option>Two</select>", "One Two"),
    ]);
}

#[test]
fn inline_text_is_neither_glued_nor_split() {
    check(&[
        ("<p>a<b>b</b>c <i>d</i>e", "abc de"),
        ("<p>super<wbr>cali&shy;fragil\u{ad}istic", "supercalifragilistic"),
        ("<p>R&amp;D, caf&eacute; &lt;b&gt; &#8217;", "R&D, café <b> ’"),
        ("<p>a < b <3 c<", "a < b <3 c<"),
        ("<p>x<!-- no -->y<!---->z", "xyz"),
        ("<div><a href=1>One</a><a href=2>Two</a></div>", "One Two"),
        ("<p><a href=1>Pre</a><a href=1>fix</a>", "Prefix"),
        ("<div><span>By</span><span>Ana Lima</span></div>", "By Ana Lima"),
        ("<div><span>O</span>nce upon</div>", "Once upon"),
        ("<p><ruby>漢<rt>かん</ruby>字", "漢かん字"),
    ]);
}

#[test]
fn line_breaks() {
    check(&[
        ("<p>One<br><br>Two", "One¶Two"),
        ("<p>One,<br>two", "One, two"),
        ("<p>of a kind<br>that runs on", "of a kind that runs on"),
        ("<h1>Port<br>Reopens</h1>", "Port Reopens"),
        ("<p>By Ana Lima<br>Harbour Post", "By Ana Lima¶Harbour Post"),
        (
            "<p>This sentence is long enough to stand alone.<br>And another.",
            "This sentence is long enough to stand alone.¶And another.",
        ),
        ("<p>Dr.<br/>Lima", "Dr. Lima"),
        ("<br><br>One<br><br>", "One"),
        ("<p>One</br>Two", "One¶Two"),
    ]);
}

#[test]
fn what_is_not_shown_is_not_text() {
    check(&[
        ("<script>if (a<b) '</p>'</script>One<style>p{}</style>", "One"),
        ("<SCRIPT>x</Script >One", "One"),
        ("<noscript><p>no</p></noscript>One<template><p>no</p></template>", "One"),
        ("<svg><title>no</title><text>no</text></svg>One", "One"),
        ("<svg/>One", "One"),
        ("<head><title>no</title></head><body>One", "One"),
        (
            "<p>One<span hidden> no</span><span style='x:y; DISPLAY: none !important'> no</span> two",
            "One two",
        ),
        ("<p>One<span class='a sr-only'> no</span>", "One"),
        ("<p>One<span aria-hidden=false> two</span>", "One two"),
        ("<textarea><p>no</textarea><iframe><p>no</iframe><video>no</video>One", "One"),
        ("<template shadowrootmode=open><p>One</p></template>", "One"),
        ("<video>One", "One"),
        ("One<script>no", "One"),
        ("One<!-- no", "One"),
        ("One<p class=\"no", "One"),
    ]);
}

#[test]
fn hidden_blocks_are_marked() {
    for (page, expected) in [
        ("<p hidden>x", true),
        ("<div style='display:none'><p>x</div>", true),
        ("<div aria-hidden='true'><p>x</div>", true),
        ("<div style='display:none'></div><p>x", false),
        ("<p style='display:block'>x", false),
        ("<p hidden=until-found>x", false),
    ] {
        let hidden = scan(page).blocks[0].markup.as_ref().is_some_and(|m| m.within(region::HIDDEN));
        assert_eq!(hidden, expected, "{page}");
    }
}

#[test]
fn tables_of_data_become_one_block() {
    check(&[
        (
            "<table><caption>Trade</caption><tr><th>Year<th>Sum<tr><td>2023<td>1.6</table>",
            "Trade¶Year\tSum\n2023\t1.6",
        ),
        ("<table><tr><td><p>Menu</p><p>Home</p></td><td><table><tr><td>x</table></table>", "Menu¶Home¶x"),
        ("<table><tr><td>One<tr><td>Two</table>", "One¶Two"),
        (
            "<table><tr><td>a<br><br>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr><tr><td>f<td>g</table>",
            "a b\tc\nd\te\nf\tg",
        ),
    ]);
    let long = "word ".repeat(60);
    assert_eq!(scan(&format!("<table><tr><td>{long}<td>x<tr><td>y<td>z</table>")).blocks.len(), 4);
}

#[test]
fn sources_cover_the_text() {
    for (page, expected) in [
        ("<p> One <b>two</b> </p>", "One <b>two"),
        ("<p>caf&eacute;</p>", "caf&eacute;"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a<td>b<tr><td>c<td>d"),
    ] {
        assert_eq!(scan(page).blocks[0].source.of(page), expected, "{page}");
    }
}

fn markup(page: &str) -> crate::Markup {
    scan(page).blocks.remove(0).markup.unwrap_or_default()
}

#[test]
fn paths_and_ancestors() {
    let page = "<body class=site><div class='main wide' id=m><article><p class=post-12>x</p></article></div>";
    let found = markup(page);
    assert_eq!(found.path, "body/div.main/article/p.post-12");
    assert_eq!(found.ancestors, [3, 2, 1, 0]);
    assert_eq!(found.tag, "p");
    let levels: Vec<(bool, u8)> =
        found.class_words.iter().map(|w| (w.hash == crate::word_hash("main"), w.level)).collect();
    assert_eq!(levels, [(false, 0), (true, 2), (false, 2), (false, 3)]);
    assert_eq!(found.signature, markup(&page.replace("post-12", "post-345")).signature);
    assert_ne!(found.signature, markup(&page.replace("post", "teaser")).signature);
    assert_eq!(markup("<div><p>a</p><b>x</b></div>").path, "body/div/p");
}

#[test]
fn words_under_formats() {
    for (page, words, link, first, links, bold) in [
        ("<p>one <a href=x>two three</a> <b>four</b>", 4, 2, 0, 1, 1),
        ("<p>one <a href=x>two <a href=y>three</a> four", 4, 2, 0, 2, 0),
        ("<p><a href=x>one two</a> three <a href=y>four</a>", 4, 3, 2, 2, 0),
        ("<a href=x><h2>one two</h2></a>", 2, 2, 2, 1, 0),
        ("<p><a href=x>one<p>two</a> three", 1, 1, 1, 1, 0),
        ("<b><p>one</p></b><p>two", 1, 0, 0, 0, 1),
    ] {
        let found = markup(page);
        assert_eq!(
            (found.words, found.link_words, found.link_first, found.links, found.bold_words),
            (words, link, first, links, bold),
            "{page}"
        );
    }
    let blocks = scan("<b><p>one</b> two</p><p>three").blocks;
    let bold: Vec<u32> = blocks.iter().filter_map(|b| b.markup.as_ref()).map(|m| m.bold_words).collect();
    assert_eq!(bold, [1, 0]);
}

#[test]
fn regions() {
    for (page, expected) in [
        ("<nav><ul><li>x", region::NAV | region::LIST),
        ("<div role=navigation>x", region::NAV),
        ("<main><article><p>x", region::MAIN | region::ARTICLE),
        ("<figure><img alt='A port'><figcaption>x", region::FIGURE | region::CAPTION),
        ("<a href=x><div>x</div></a>", region::CARD),
        ("<div class='related-posts'><p>x", region::OTHERS),
        ("<div itemprop='articleBody'><p>x", region::ARTICLE_BODY),
        ("<nav>y</nav><p>x", 0),
    ] {
        let found = scan(page).blocks.pop().and_then(|b| b.markup).map(|m| m.regions);
        assert_eq!(found, Some(expected), "{page}");
    }
    assert_eq!(markup("<figure><img alt='A &amp; B'><figcaption>x").alt.as_deref(), Some("A & B"));
}

#[test]
fn misnested_tags_are_tolerated() {
    check(&[
        ("<div><span>One</div>Two</span>", "One¶Two"),
        ("</div></p>One</table>", "One"),
        ("<table><tr><td>One</div></td><td>Two</td></tr></table>Three", "One¶Two¶Three"),
        ("<h1>One</h2>Two", "One¶Two"),
        ("<p>One<table><tr><td>Two</table>Three", "One¶Two¶Three"),
        ("<a>One<a>Two</a></a>", "One Two"),
    ]);
}

#[test]
fn evidence_is_collected() {
    let page = r#"<html lang="en-GB"><head><title>Port &amp; harbour | Post</title>
        <meta property="og:title" content="Port &amp; harbour"><meta name=Author content='Ana Lima'>
        <link rel="stylesheet" href="x"><link rel=canonical href="https://example.com/a">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Port"}</script></head>
        <body><p class="byline">By <a rel="author" href="/x">Ana Lima</a></p>
        <time datetime="2024-05-06">6 May</time><div class="comments"><time>7 May</time></div>"#;
    let evidence = scan(page).evidence;
    assert_eq!(evidence.title_tag.as_deref(), Some("Port & harbour | Post"));
    assert_eq!(evidence.lang.as_deref(), Some("en-GB"));
    assert_eq!(evidence.metas("author").collect::<Vec<_>>(), ["Ana Lima"]);
    assert_eq!(evidence.links.len(), 1);
    assert_eq!(evidence.headlines().collect::<Vec<_>>(), ["Port", "Port & harbour", "Port & harbour | Post"]);
    let marks: Vec<_> = evidence.marks.iter().map(|m| (m.kind, m.text.as_str(), m.blocks.clone())).collect();
    use crate::MarkKind::{Author, Time};
    assert_eq!(
        marks,
        [(Author, "", 0..1), (Author, "Ana Lima", 0..1), (Time, "6 May", 1..2), (Time, "7 May", 2..3)]
    );
    assert_eq!(evidence.marks[2].value.as_deref(), Some("2024-05-06"));
    assert!(evidence.marks[3].regions & region::OTHERS != 0);
}

/// Work and memory stay linear: each page would take minutes, or more memory than there is, were it not so.
#[test]
fn hostile_pages_are_linear() {
    let many = 100_000;
    for (name, page) in [
        ("nested div", format!("{}x", "<div>".repeat(many))),
        ("nested b", format!("{}x", "<b>".repeat(many))),
        ("nested lists", "<ul><li>x".repeat(many)),
        ("nested tables", "<table><tr><td>x".repeat(many)),
        ("attributes", format!("<p {}>x", "a=1 ".repeat(many))),
        ("classes", format!("<p class='{}'>x", "word ".repeat(many))),
        ("unclosed comments", "<!--".repeat(many)),
        ("unclosed videos", "<video>x".repeat(many)),
        ("unclosed quotes", "<p a=\"".repeat(many)),
        ("end tags", format!("{}{}", "<i>".repeat(500), "</div></span></a>".repeat(many))),
        ("ampersands", "&".repeat(many)),
        ("less-than signs", "<".repeat(many)),
        ("breaks", "x<br>".repeat(many)),
        ("paragraphs", "<p>x".repeat(many)),
        ("dashes", format!("<!--{}", "--!".repeat(many))),
        ("one word", "x".repeat(many * 10)),
    ] {
        let scanned = scan(&page);
        let deep = matches!(name, "nested div" | "nested b" | "nested lists" | "nested tables");
        assert_eq!(scanned.depth_capped, deep, "{name}");
    }
}

proptest! {
    #[test]
    fn any_tag_soup_is_read(page in "(<[/!]?(p|div|a|b|table|tr|td|li|ul|span|script|h1|br|svg|x-y)( (class|hidden|style|id)(=\"?[a-z: ]{0,6}\"?)?){0,2}>?|[ a-zé&;\n]{0,6}){0,30}") {
        let scanned = scan(&page);
        for block in &scanned.blocks {
            prop_assert!(!block.text.is_empty());
            prop_assert!(block.source.end <= page.len() && !block.source.of(&page).is_empty());
            let squashed: Vec<&str> = block.text.split_whitespace().collect();
            prop_assert_eq!(squashed.join(" "), block.text.replace(['\t', '\n'], " "));
        }
        let ordered = scanned.blocks.is_sorted_by(|a, b| a.source.end <= b.source.start);
        prop_assert!(ordered);
    }
}
