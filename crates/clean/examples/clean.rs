//! Prints cleaned pages, a page a line as JSON: `cargo run --example clean -- PAGE.html…`.

use std::{env, fs, io::Write};

use copydesk_clean::{Rules, article};
use copydesk_types::{Article, Given, MediaType, Page};
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
        writeln!(out, "{}", row(name, &article(&rules, None, &page)))?;
    }
    Ok(())
}

fn row(name: &str, article: &Article) -> Value {
    let head = &article.head;
    let sources = head.sources.iter().map(|s| [s.field.name(), s.source.name()]);
    let blocks = article.blocks.iter().map(|b| [b.label.name(), b.text.as_str()]);
    json!({
        "id": name,
        "title": head.title,
        "lead": head.lead,
        "authors": head.authors,
        "published_date": head.published_date.map(|d| d.to_string()),
        "published_at": head.published_at.map(|t| t.to_string()),
        "modified_at": head.modified_at.map(|t| t.to_string()),
        "canonical_url": head.canonical_url,
        "site_name": head.site_name,
        "language": head.language,
        "anchor_date": head.anchor.map(|a| a.date.to_string()),
        "anchor_precision": head.anchor.map(|a| a.precision.name()),
        "sources": sources.collect::<Vec<_>>(),
        "flags": article.flags.iter().map(|f| f.name()).collect::<Vec<_>>(),
        "body": article.body(),
        "blocks": blocks.collect::<Vec<_>>(),
    })
}
