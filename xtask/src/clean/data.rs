//! Reads the development sets: pages scanned into blocks, and what share of each block is body.

use std::{collections::BTreeMap, fs, io::Read, path::Path};

use anyhow::{Context, Result};
use copydesk_clean::{Evidence, Rules, Scan, scan, site_of};
use copydesk_types::{MediaType, Page};
use serde::Deserialize;

use super::{align, score};

/// Sets of HTML pages with the text of their article.
pub(crate) const HTML_SETS: [&str; 5] = ["scrapinghub", "atf", "fundus", "wcxb", "fundus-news"];
/// The set of a page that stands in for a text dump.
pub(crate) const STAND_IN: usize = usize::MAX;
/// Where in [`HTML_SETS`] those begin that have no text dumps.
const FIRST_WITHOUT_DUMPS: usize = 3;
/// Sets of text pages with the lines of their article; each has the addresses and truths of the HTML set it is named by.
pub(crate) const TEXT_SETS: [&str; 3] = ["scrapinghub-text", "atf-text", "fundus-text"];

/// Words set like the body behind the truth's end from which the truth is believed to end too early, and their share of
/// the truth's.
const CUT_OFF: (usize, f32) = (150, 0.15);

/// One page and its truth.
pub(crate) struct Sample {
    pub(crate) set: usize,
    /// Registrable domain.
    pub(crate) site: String,
    /// The page, without its bytes.
    pub(crate) page: Page,
    pub(crate) scan: Scan,
    /// Share of each block's words that belongs to the body.
    pub(crate) shares: Vec<f32>,
    /// First block behind a truth that ends before the article does; nothing is to be learnt from there on.
    pub(crate) cut_off: Option<usize>,
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
    lines: BTreeMap<u32, u8>,
}

/// All pages of one kind of the sets under `data`. HTML pages of sets that have no text dumps serve as text pages too,
/// their blocks without markup; they are trained on, not reported.
pub(crate) fn read(data: &Path, media_type: MediaType) -> Result<Vec<Sample>> {
    match media_type {
        MediaType::Html => read_sets(data, &HTML_SETS, MediaType::Html),
        MediaType::Text => {
            let mut samples = read_sets(data, &TEXT_SETS, MediaType::Text)?;
            samples.extend(
                read_sets(data, &HTML_SETS[FIRST_WITHOUT_DUMPS..], MediaType::Html)?.into_iter().map(bare),
            );
            Ok(samples)
        }
    }
}

/// A page as a text dump would show it.
fn bare(mut sample: Sample) -> Sample {
    sample.set = STAND_IN;
    sample.page.media_type = MediaType::Text;
    sample.scan.evidence = Evidence::default();
    for block in &mut sample.scan.blocks {
        let in_row = block
            .markup
            .take()
            .is_some_and(|markup| matches!(markup.tag, "li" | "td" | "dd" | "dt" | "span"));
        block.blank_before = u32::from(!in_row);
    }
    sample
}

fn read_sets(data: &Path, sets: &[&str], media_type: MediaType) -> Result<Vec<Sample>> {
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
            let mut page = Page {
                // Text dumps come without addresses; their folder is all that groups them.
                url: (media_type == MediaType::Html).then(|| truth.url.clone()),
                ..Page::new(format!("{name}/{}", truth.id), media_type, bytes)
            };
            let scan = scan(&rules, &page);
            page.bytes.clear();
            let words: Vec<Vec<u64>> = scan.blocks.iter().map(|block| score::words(&block.text)).collect();
            let body = score::words(&truth.text);
            let lines = labels.iter().find(|lines| lines.id == truth.id);
            let shares = match lines {
                Some(lines) => by_lines(&scan, lines),
                None => align::shares(&words, &body),
            };
            let site = site_of(&truth.url).unwrap_or_default();
            let cut_off = cut_off(&scan, &words, &shares);
            samples.push(Sample { set, site, page, scan, shares, cut_off, words, truth: body });
        }
    }
    Ok(samples)
}

/// Where a truth ends although many more words follow that are set like most of it.
fn cut_off(scan: &Scan, words: &[Vec<u64>], shares: &[f32]) -> Option<usize> {
    let end = shares.iter().rposition(|&share| share > 0.5)? + 1;
    let signature = |row: usize| scan.blocks[row].markup.as_ref().map(|markup| markup.signature);
    let mut alike: BTreeMap<u64, usize> = BTreeMap::new();
    for row in (0..end).filter(|&row| shares[row] > 0.5) {
        *alike.entry(signature(row)?).or_default() += words[row].len();
    }
    let body = alike.into_iter().max_by_key(|&(_, words)| words)?;
    let total: usize = (0..end).filter(|&row| shares[row] > 0.5).map(|row| words[row].len()).sum();
    let more: usize =
        (end..words.len()).filter(|&row| signature(row) == Some(body.0)).map(|row| words[row].len()).sum();
    (more >= CUT_OFF.0 && more as f32 >= CUT_OFF.1 * total as f32).then_some(end)
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
