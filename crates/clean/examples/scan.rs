//! Prints the raw blocks of pages, a page a line as JSON: `cargo run --example scan -- PAGE.html…`.

use std::{env, fs, io::Write};

use copydesk_clean::{Evidence, Rules, Scan, scan};
use copydesk_types::{Given, MediaType, Page};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let rules = Rules::load();
    let mut out = std::io::stdout().lock();
    for path in env::args().skip(1) {
        let media_type = if path.ends_with(".txt") { MediaType::Text } else { MediaType::Html };
        let name =
            path.rsplit('/').next().unwrap_or(&path).trim_end_matches(".html").trim_end_matches(".txt");
        let page = Page {
            name: name.to_owned(),
            source: path.clone(),
            url: None,
            media_type,
            fetched_at: None,
            given: Given::default(),
            already_clean: false,
            flags: Vec::new(),
            bytes: fs::read(&path)?,
        };
        writeln!(out, "{}", row(name, &scan(&rules, &page)))?;
    }
    Ok(())
}

fn row(name: &str, scan: &Scan) -> Value {
    let blocks: Vec<Value> = scan
        .blocks
        .iter()
        .map(|block| {
            let markup = block.markup.as_ref();
            json!({
                "text": block.text,
                "source": [block.source.start, block.source.end],
                "path": markup.map(|m| &m.path),
                "regions": markup.map(|m| m.regions),
                "words": markup.map(|m| m.words),
                "link_words": markup.map(|m| m.link_words),
                "alt": markup.and_then(|m| m.alt.as_ref()),
            })
        })
        .collect();
    json!({
        "id": name,
        "blocks": blocks,
        "flags": scan.flags.iter().map(|f| f.name()).collect::<Vec<_>>(),
        "evidence": evidence(&scan.evidence),
    })
}

fn evidence(evidence: &Evidence) -> Value {
    let articles = evidence.json_ld.iter().map(|a| {
        let authors: Vec<_> = a.authors.iter().map(|agent| json!([agent.name, agent.is_person])).collect();
        json!({
            "article": a.is_article, "headline": a.headline, "description": a.description, "authors": authors,
            "publisher": a.publisher, "published": a.published, "modified": a.modified, "urls": a.urls,
        })
    });
    let marks = evidence.marks.iter().map(|m| {
        json!([format!("{:?}", m.kind), m.value, m.text, [m.blocks.start, m.blocks.end], m.regions])
    });
    json!({
        "title": evidence.title_tag,
        "lang": evidence.lang,
        "metas": evidence.metas.iter().map(|m| [&m.name, &m.content]).collect::<Vec<_>>(),
        "links": evidence.links.iter().map(|l| [&l.rel, &l.href]).collect::<Vec<_>>(),
        "json_ld": articles.collect::<Vec<_>>(),
        "marks": marks.collect::<Vec<_>>(),
    })
}
