//! Reads JSON Lines `{"id", "text"}` or `{"id", "blocks": [{"label", "text"}]}` and prints `{"id", "entities"}`,
//! offsets in code points: what the scorers of the development sets read.

use std::io::{self, BufRead, Write};

use copydesk_entities::{Rules, find};
use copydesk_types::{Article, Block, Head, Label};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let rules = Rules::load();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let article = article(&record);
        let reading = copydesk_text::read(&article.text);
        let mut counted = (0, 0);
        let mut place = |byte: usize| {
            counted = (byte, counted.1 + article.text[counted.0..byte].chars().count());
            counted.1
        };
        let entities: Vec<Value> = find(&rules, &article, &reading)
            .iter()
            .map(|m| {
                let (start, end) = (place(m.span.start), place(m.span.end));
                json!({
                    "start": start, "end": end, "text": m.span.of(&article.text), "label": m.label.name(),
                    "canonical": m.canonical, "entity_id": m.entity_id, "acronym": m.acronym, "country": m.country,
                    "role": m.role, "role_of": m.role_of, "confidence": m.confidence,
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": record["id"], "entities": entities}))?;
    }
    out.flush()
}

fn article(record: &Value) -> Article {
    let Some(blocks) = record["blocks"].as_array() else {
        return Article::plain(record["text"].as_str().unwrap_or("").to_owned(), None);
    };
    let block = |block: &Value| Block {
        text: block["text"].as_str().unwrap_or("").to_owned(),
        label: Label::ALL
            .into_iter()
            .find(|l| Some(l.name()) == block["label"].as_str())
            .unwrap_or(Label::Paragraph),
        confidence: 1.0,
        reason: "given".to_owned(),
        lines: None,
        source: None,
        path: None,
        span: None,
        in_body: true,
    };
    Article::assemble(Head::default(), blocks.iter().map(block).collect(), 0, Vec::new())
}
