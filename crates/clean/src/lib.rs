//! Turns a `Page` into an `Article`: decode, blocks, evidence, labels, metadata.
//!
//! ```text
//! Page ─decode→ text ─html|lines→ [RawBlock] + Evidence ─label→ [Block] ─head→ Article
//! ```
//!
//! Only the two block splitters know whether a page is HTML or text; from raw blocks on both are the same.

mod address;
mod decode;
pub mod duplicates;
mod evidence;
pub mod features;
mod flags;
mod head;
mod html;
mod label;
mod lines;
mod raw;
mod site;
mod stored;

use copydesk_types::{Article, Block, Flag, MediaType, Page};

use decode::Decoded;
use features::Features;

pub use address::site_of;
pub use evidence::{Evidence, LdAgent, LdArticle, Link, Mark, MarkKind, Meta};
pub use label::{forest, level, model};
pub use raw::{ClassWord, Markup, RawBlock, region, word_hash};
pub use site::{Sighting, SiteMemory, TemplateChanges, site_key, site_key_of};
pub use stored::StoredError;

/// What the labeller knows: word lists and the trained model. Loaded once, shared, immutable.
#[derive(Debug)]
pub struct Rules {
    model: model::Model,
    cues: label::Cues,
}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        let model = model::Model::read(include_bytes!("../models/blocks/model.bin")).unwrap_or_default();
        Self { model, cues: label::Cues::load() }
    }
}

/// A page decoded and cut into raw blocks: what the first pass counts and the second labels.
#[derive(Debug, Default)]
pub struct Scan {
    /// The blocks in page order.
    pub blocks: Vec<RawBlock>,
    /// What the page says about itself.
    pub evidence: Evidence,
    /// Code points of the decoded page.
    pub chars: usize,
    /// What was noticed on the way.
    pub flags: Vec<Flag>,
}

/// Decodes a page and cuts it into raw blocks.
pub fn scan(_rules: &Rules, page: &Page) -> Scan {
    let Decoded { text, mut flags } = decode::decode(page);
    let chars = text.chars().count();
    match page.media_type {
        MediaType::Text => Scan { blocks: lines::split(&text), evidence: Evidence::default(), chars, flags },
        MediaType::Html => {
            let html::Scanned { blocks, evidence, depth_capped } = html::scan(&text);
            flags.extend(depth_capped.then_some(Flag::HtmlDepthCapped));
            Scan { blocks, evidence, chars, flags }
        }
    }
}

/// Labels a scanned page and reads its head. `memory` is frozen before the first page is labelled.
pub fn label(rules: &Rules, memory: Option<&SiteMemory>, page: &Page, scan: Scan) -> Article {
    let decisions =
        if page.already_clean { label::all_text(&scan) } else { label::decide(rules, memory, page, &scan) };
    let blocks = scan.blocks.into_iter().zip(decisions).map(|(raw, decision)| label::block(raw, decision));
    let blocks: Vec<Block> = blocks.collect();
    let (head, noticed) = head::read(page, &scan.evidence, &blocks);
    let doubts = flags::of(&head, &blocks);
    let flags = page.flags.iter().copied().chain(scan.flags).chain(noticed).chain(doubts);
    Article::assemble(head, blocks, scan.chars, flags.collect())
}

/// Which blocks of a page are its running body, by what a model under trial thinks: log odds, 0 at the
/// page's threshold.
pub fn body_by(
    rules: &Rules,
    memory: Option<&SiteMemory>,
    page: &Page,
    features: &Features<'_>,
    scores: &[f32],
) -> Vec<bool> {
    let opinions = scores.iter().map(|&score| label::Opinion::new(score, (1.0, 0.0))).collect();
    let decisions = label::decide_with(&rules.cues, memory, page, features, opinions);
    decisions.into_iter().map(|decision| decision.label.kept() && decision.in_body).collect()
}

/// Cleans a page.
pub fn article(rules: &Rules, memory: Option<&SiteMemory>, page: &Page) -> Article {
    label(rules, memory, page, scan(rules, page))
}
