//! Pages to measure on: made from a sample text in the markup of publishing systems, and those of a development set.

use std::{env, fs, io, path::Path};

use copydesk_types::{MediaType, Page};
use flate2::read::GzDecoder;

/// Paragraphs of the sample articles, one a line.
const SAMPLE: &str = include_str!("sample.txt");
/// Pages made of the sample.
const MADE: usize = 40;
/// Pages of a set that are taken: every so many.
const EVERY: usize = 6;

/// Pages as ordinary news sites send them: about 150 kB each, half of it scripts and styles, a tenth of it text.
pub(crate) fn made() -> Vec<Page> {
    (0..MADE).map(|number| page(format!("made-{number}"), html(number).into_bytes())).collect()
}

/// Every sixth page of the sets in the folder that `COPYDESK_SHARED` names; none where it names none.
pub(crate) fn shared() -> io::Result<Vec<Page>> {
    let Some(root) = env::var_os("COPYDESK_SHARED") else { return Ok(Vec::new()) };
    let mut pages = Vec::new();
    for set in ["atf", "fundus", "fundus-news", "scrapinghub", "wcxb"] {
        let folder = Path::new(&root).join("data/content").join(set).join("pages");
        let entries: io::Result<Vec<_>> =
            fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect();
        let mut paths = entries?;
        paths.sort();
        for path in paths.iter().step_by(EVERY) {
            let mut bytes = Vec::new();
            io::copy(&mut GzDecoder::new(fs::File::open(path)?), &mut bytes)?;
            pages.push(page(path.display().to_string(), bytes));
        }
    }
    Ok(pages)
}

/// A page of some bytes.
pub(crate) fn page(name: String, bytes: Vec<u8>) -> Page {
    Page {
        url: Some("https://www.harbourpost.example/trade/2024/05/06/port".to_owned()),
        ..Page::new(name, MediaType::Html, bytes)
    }
}

/// The page of a number: its paragraphs in another order than the next one's.
fn html(number: usize) -> String {
    let paragraphs: Vec<&str> = SAMPLE.lines().filter(|line| !line.is_empty()).collect();
    let nth = |index: usize| paragraphs[(index * 7 + number * 3) % paragraphs.len()];
    let headline = |index: usize| nth(index).split(['.', ',']).next().unwrap_or_default();
    let mut out = String::with_capacity(200_000);
    out.push_str("<!doctype html>\n<html lang=\"en-GB\" class=\"no-js\"><head><meta charset=\"utf-8\">\n");
    out += &format!("<title>{} - Harbour Post</title>\n", headline(0));
    out += &format!(
        "<meta property=\"og:title\" content=\"{}\"/><meta name=\"author\" content=\"Ana Lima\"/>\n",
        headline(0)
    );
    out += "<meta property=\"article:published_time\" content=\"2024-05-06T08:30:00+01:00\"/>\n";
    out += &format!(
        "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
         \"headline\":\"{}\",\"datePublished\":\"2024-05-06T08:30:00+01:00\",\
         \"author\":[{{\"@type\":\"Person\",\"name\":\"Ana Lima\"}}]}}</script>\n",
        headline(0)
    );
    out += "<style>";
    for index in 0..400 {
        out += &format!(
            ".c-{index} > .teaser__item--{index}{{margin:0 auto;padding:{index}px;color:#{index:06x}}}\n"
        );
    }
    out += "</style>\n</head><body class=\"article-page template-default\"><div id=\"app\"><header class=\"site-header\" role=\"banner\">\n";
    out += "<nav class=\"main-nav\"><ul class=\"main-nav__list\">";
    for index in 0..60 {
        out += &format!(
            "<li class=\"main-nav__item\" data-index=\"{index}\"><a class=\"main-nav__link\" href=\"/section/{index}/\" \
             data-tracking='{{\"section\":\"nav\",\"position\":{index}}}'>Section {index}</a></li>\n"
        );
    }
    out += "</ul></nav></header>\n<main><article class=\"article\" itemscope><h1 class=\"article__title\">";
    out += headline(0);
    out += "</h1><p class=\"byline\">By <a rel=\"author\" href=\"/people/ana-lima\">Ana Lima</a></p>\
            <time datetime=\"2024-05-06T08:30:00+01:00\">6 May 2024</time><div class=\"article__body\">\n";
    for index in 0..24 {
        out += &format!(
            "<p class=\"article__paragraph\">{} <a href=\"/topic/{index}\">More&nbsp;on this</a>.</p>\n",
            nth(index)
        );
        if index % 8 == 4 {
            out += &format!(
                "<figure class=\"article__figure\"><picture><source srcset=\"/img/{index}-640.webp 640w, /img/{index}-1280.webp \
                 1280w\"><img loading=\"lazy\" src=\"/img/{index}.jpg\" alt=\"{}\"></picture><figcaption>{}</figcaption></figure>\n",
                headline(index),
                headline(index)
            );
            out += "<div class=\"ad-slot\" id=\"ad-inline\"></div><script>window.ads=window.ads||[];ads.push({slot:'inline'});</script>\n";
        }
    }
    out += "</div></article><aside class=\"related\"><h2>More stories</h2><ul>\n";
    for index in 0..40 {
        out += &format!(
            "<li class=\"teaser teaser--{index}\"><a class=\"teaser__link\" href=\"/news/{index}\"><div class=\"teaser__media\"><img \
             src=\"/thumb/{index}.jpg\" alt=\"\" width=\"320\" height=\"180\"></div><h3 class=\"teaser__title\">{}</h3><p \
             class=\"teaser__text\">{}</p></a></li>\n",
            headline(index + 30),
            headline(index + 31)
        );
    }
    out += "</ul></aside></main><footer class=\"site-footer\"><p>&copy; Harbour Post</p></footer></div>\n<script>window.__STATE__={";
    for index in 0..700 {
        out += &format!(
            "\"key-{index}\":{{\"id\":{index},\"url\":\"https:\\/\\/www.harbourpost.example\\/news\\/{index}\",\"ok\":true}},"
        );
    }
    out += "\"end\":0};</script></body></html>\n";
    out
}
