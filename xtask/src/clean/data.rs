//! Reads the development sets: pages scanned into blocks, and what share of each block is body.

use std::{fs, io::Read, path::Path};

use anyhow::{Context, Result};
use copydesk_clean::{Rules, Scan, scan};
use copydesk_types::{MediaType, Page};
use serde::Deserialize;

use super::{align, score};

/// Sets of HTML pages with the text of their article.
pub(crate) const HTML_SETS: [&str; 5] = ["scrapinghub", "atf", "fundus", "wcxb", "fundus-news"];
/// Sets of text pages with the lines of their article; each has the addresses and truths of the HTML set it is named by.
pub(crate) const TEXT_SETS: [&str; 3] = ["scrapinghub-text", "atf-text", "fundus-text"];

/// One page and its truth.
pub(crate) struct Sample {
    pub(crate) set: usize,
    /// Registrable domain.
    pub(crate) site: String,
    pub(crate) id: String,
    pub(crate) scan: Scan,
    /// Share of each block's words that belongs to the body.
    pub(crate) shares: Vec<f32>,
    /// Words of each block, hashed for scoring.
    pub(crate) words: Vec<Vec<u64>>,
    /// Words of the true body.
    pub(crate) truth: Vec<u64>,
}

#[derive(Deserialize)]
struct Truth {
    id: String,
    url: String,
    text: String,
}

#[derive(Deserialize)]
struct Lines {
    id: String,
    lines: std::collections::BTreeMap<u32, u8>,
}

/// All pages of one kind of the sets under `data`.
pub(crate) fn read(data: &Path, media_type: MediaType) -> Result<Vec<Sample>> {
    let sets: &[&str] = match media_type {
        MediaType::Html => &HTML_SETS,
        MediaType::Text => &TEXT_SETS,
    };
    let rules = Rules::load();
    let mut samples = Vec::new();
    for (set, name) in sets.iter().enumerate() {
        let truths: Vec<Truth> = json_lines(&data.join(name.trim_end_matches("-text")).join("truth.jsonl"))?;
        let labels: Vec<Lines> = match media_type {
            MediaType::Html => Vec::new(),
            MediaType::Text => json_lines(&data.join(name).join("labels.jsonl"))?,
        };
        for truth in truths {
            let pages = data.join(name).join("pages");
            let bytes = match media_type {
                MediaType::Html => inflated(&pages.join(format!("{}.html.gz", truth.id)))?,
                MediaType::Text => fs::read(pages.join(format!("{}.txt", truth.id)))?,
            };
            let page = Page {
                name: truth.id.clone(),
                source: format!("{name}/{}", truth.id),
                url: Some(truth.url.clone()),
                media_type,
                fetched_at: None,
                given: copydesk_types::Given::default(),
                already_clean: false,
                flags: Vec::new(),
                bytes,
            };
            let scan = scan(&rules, &page);
            let words: Vec<Vec<u64>> = scan.blocks.iter().map(|block| score::words(&block.text)).collect();
            let body = score::words(&truth.text);
            let lines = labels.iter().find(|lines| lines.id == truth.id);
            let shares = match lines {
                Some(lines) => by_lines(&scan, lines),
                None => align::shares(&words, &body),
            };
            samples.push(Sample {
                set,
                site: domain(&truth.url),
                id: truth.id,
                scan,
                shares,
                words,
                truth: body,
            });
        }
    }
    Ok(samples)
}

fn by_lines(scan: &Scan, labels: &Lines) -> Vec<f32> {
    let kept = |line: u32| labels.lines.get(&line).is_some_and(|&kept| kept > 0);
    scan.blocks
        .iter()
        .map(|block| {
            let (first, last) = block.lines.unwrap_or((0, 0));
            let held = (first..=last).filter(|&line| kept(line)).count();
            held as f32 / (last - first + 1) as f32
        })
        .collect()
}

fn json_lines<T: for<'d> Deserialize<'d>>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("in {}", path.display())))
        .collect()
}

fn inflated(path: &Path) -> Result<Vec<u8>> {
    let file = fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The registrable domain of an address, near enough for folds: two labels, or three where the second is a registry's.
fn domain(url: &str) -> String {
    let host = url.split("://").nth(1).unwrap_or(url).split(['/', ':', '?']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let registry = |label: &str| label.len() <= 3;
    let count = match labels.as_slice() {
        [.., second, last] if last.len() == 2 && registry(second) => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(count)..].join(".")
}
