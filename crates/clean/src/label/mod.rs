//! Decides what every block is and whether it is kept, and says why.
//!
//! The model tells body text from the rest; the shape of teasers and what the site is known to repeat correct it; roles
//! (title, byline, dateline, caption) are then found around the body, and what is dropped gets a name as well.

mod cues;
pub mod forest;
pub mod level;
pub mod model;
mod reasons;
mod roles;
mod teasers;
mod template;
mod title;

use copydesk_types::{Block, Label, Page};
use rustc_hash::FxHashSet;

pub(crate) use cues::Cues;
pub(crate) use model::Opinion;

use self::teasers::Part;
use crate::{
    MarkKind, RawBlock, Rules, Scan, Sighting, SiteMemory,
    features::{Column, Features, shingles},
    region, site_key,
};

/// Blocks without body text between the body and an island behind it.
const ISLAND_GAP: usize = 5;
/// Words of an island at most.
const ISLAND_WORDS: usize = 60;
/// The body has this many times the words of an island.
const ISLAND_SHARE: usize = 8;
/// Words of a line above the headline that is a menu, a section's or the site's name rather than text.
const MASTHEAD_WORDS: usize = 6;
/// Words from which a text may be dropped because it says again what stands above.
const ECHO_WORDS: usize = 40;
/// Share of its four-word shingles that then stand above, in 255ths.
const ECHO_SHARE: u8 = 204;
/// Words of a text that is kept where a page has nothing better.
const TEXT_WORDS: usize = 15;
/// Blocks that an element marked as an author or a date holds at most.
const MARKED_BLOCKS: usize = 3;

/// What was decided about one block.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) label: Label,
    /// Probability that keeping or dropping it is right.
    pub(crate) confidence: f32,
    pub(crate) reason: String,
    pub(crate) in_body: bool,
}

impl Decision {
    fn new(label: Label, confidence: f32, reason: impl Into<String>) -> Self {
        Self { label, confidence, reason: reason.into(), in_body: false }
    }
}

/// What is known about a page before its blocks are named.
pub(crate) struct Evidence<'p, 's> {
    pub(crate) cues: &'p Cues,
    pub(crate) features: &'p Features<'s>,
    /// The model's, corrected by shapes and by the site's memory.
    pub(crate) opinions: Vec<Opinion>,
    /// Why an opinion was corrected.
    pub(crate) corrections: Vec<Option<String>>,
    /// Row of the headline.
    pub(crate) title: Option<usize>,
    /// First row of the body, and the row behind its last.
    pub(crate) body: Option<(usize, usize)>,
    /// What each row is marked as.
    pub(crate) marks: Vec<Vec<MarkKind>>,
    /// Parts of teasers.
    teasers: Vec<Option<Part>>,
}

/// Labels a page's blocks.
pub(crate) fn decide(rules: &Rules, memory: Option<&SiteMemory>, page: &Page, scan: &Scan) -> Vec<Decision> {
    let mut features = Features::new(scan);
    let opinions = rules.model.stages(page.media_type).opinions(page.media_type, &mut features);
    decide_with(&rules.cues, memory, page, &features, opinions)
}

/// Labels all blocks of a page that is an article already.
pub(crate) fn all_text(scan: &Scan) -> Vec<Decision> {
    let text = Decision { in_body: true, ..Decision::new(Label::Paragraph, 1.0, "given as clean text") };
    vec![text; scan.blocks.len()]
}

/// Labels a page's blocks from what a model thinks of them.
pub(crate) fn decide_with(
    cues: &Cues,
    memory: Option<&SiteMemory>,
    page: &Page,
    features: &Features<'_>,
    opinions: Vec<Opinion>,
) -> Vec<Decision> {
    let scan = features.scan;
    let body = extent(features, &opinions);
    let title = title::find(cues, page, features, &opinions, body.map(|(start, _)| start));
    let teasers = teasers::parts(&features.view, title, body.map_or(0, |(_, end)| end));
    let corrections = vec![None; opinions.len()];
    let marks = marks(scan);
    let mut evidence = Evidence { cues, features, opinions, corrections, title, body, marks, teasers };
    if let Some(known) =
        memory.and_then(|memory| memory.of(&site_key(page), page.key(), &Sighting::of_view(&features.view)))
    {
        template::correct(&mut evidence, known);
    }
    correct(&mut evidence);
    echoes(&mut evidence);
    islands(&mut evidence);
    last_resort(&mut evidence);
    evidence.body = extent(features, &evidence.opinions);
    roles::assign(&evidence)
}

/// The rows from the first to behind the last block of the page's main stretch of body text.
fn extent(features: &Features<'_>, opinions: &[Opinion]) -> Option<(usize, usize)> {
    let first =
        (0..opinions.len()).find(|&row| opinions[row].is_body() && features.view.stats[row].words > 4)?;
    let last = (0..opinions.len()).rfind(|&row| opinions[row].is_body())?;
    Some((first, last + 1))
}

/// What each row is marked as; an element around many blocks marks none of them.
fn marks(scan: &Scan) -> Vec<Vec<MarkKind>> {
    let mut marks = vec![Vec::new(); scan.blocks.len()];
    for mark in scan.evidence.marks.iter().filter(|mark| mark.blocks.len() <= MARKED_BLOCKS) {
        for row in mark.blocks.clone() {
            if let Some(kinds) = marks.get_mut(row) {
                kinds.push(mark.kind);
            }
        }
    }
    marks
}

/// Corrects the model where a shape that it does not see decides.
fn correct(evidence: &mut Evidence<'_, '_>) {
    let masthead = masthead(evidence);
    for row in 0..evidence.opinions.len() {
        if Some(row) == evidence.title || !evidence.opinions[row].is_body() {
            continue;
        }
        let stats = &evidence.features.view.stats[row];
        let reason = match evidence.teasers[row] {
            None if row < masthead && stats.words <= MASTHEAD_WORDS && stats.stops + stats.digits == 0 => {
                "a few words above the headline, no sentence"
            }
            Some(part) => part.reason(),
            None => continue,
        };
        evidence.opinions[row] = Opinion::against();
        evidence.corrections[row] = Some(reason.to_owned());
    }
}

/// How many rows stand above the headline, where it stands above all running text.
fn masthead(evidence: &Evidence<'_, '_>) -> usize {
    let text = |row: usize| evidence.opinions[row].is_body() && evidence.features.view.stats[row].stops > 0;
    evidence.title.filter(|&title| !(0..title).any(text)).unwrap_or(0)
}

/// Takes the odds from a text that says again what is kept above it: the article once more for a script, a quotation
/// pulled out of it.
fn echoes(evidence: &mut Evidence<'_, '_>) {
    let (view, table) = (&evidence.features.view, &evidence.features.table);
    let echoes: Vec<bool> = (0..evidence.opinions.len())
        .map(|row| {
            view.stats[row].words >= ECHO_WORDS
                && table.get(Column::EchoBefore as usize, row) >= ECHO_SHARE
                && evidence.opinions[row].is_body()
        })
        .collect();
    let Some(last) = echoes.iter().rposition(|&echo| echo) else { return };
    let mut said: FxHashSet<u64> = FxHashSet::default();
    for (row, &is_echo) in echoes.iter().enumerate().take(last + 1) {
        if !evidence.opinions[row].is_body() {
            continue;
        }
        let again = shingles(view.words_of(row)).filter(|shingle| said.contains(shingle)).count();
        if is_echo && again * 255 >= shingles(view.words_of(row)).count() * usize::from(ECHO_SHARE) {
            evidence.opinions[row] = Opinion::against();
            evidence.corrections[row] = Some("says again what stands above".to_owned());
        } else {
            said.extend(shingles(view.words_of(row)));
        }
    }
}

/// Takes the odds from a few lines of text far behind the body: mostly teasers whose shape is not told apart.
fn islands(evidence: &mut Evidence<'_, '_>) {
    let words =
        |rows: &[usize]| rows.iter().map(|&row| evidence.features.view.stats[row].words).sum::<usize>();
    let body: Vec<usize> =
        (0..evidence.opinions.len()).filter(|&row| evidence.opinions[row].is_body()).collect();
    let parts: Vec<&[usize]> = body.chunk_by(|a, b| b - a <= ISLAND_GAP).collect();
    let sizes: Vec<usize> = parts.iter().map(|part| words(part)).collect();
    let Some(main) = (0..parts.len()).max_by_key(|&part| (sizes[part], std::cmp::Reverse(part))) else {
        return;
    };
    let far: Vec<usize> = (main + 1..parts.len())
        .filter(|&part| sizes[part] <= ISLAND_WORDS && sizes[part] * ISLAND_SHARE < sizes[main])
        .flat_map(|part| parts[part].iter().copied())
        .collect();
    for row in far {
        evidence.opinions[row] = Opinion::against();
        evidence.corrections[row] = Some("a few lines far behind the article".to_owned());
    }
}

/// Keeps the texts of a page of which the model would keep nothing: a page that says something is not left empty.
fn last_resort(evidence: &mut Evidence<'_, '_>) {
    if evidence.opinions.iter().any(|opinion| opinion.is_body()) {
        return;
    }
    let view = &evidence.features.view;
    for (row, stats) in view.stats.iter().enumerate() {
        let links = view.blocks[row].markup.as_ref().map_or(0, |markup| markup.link_words as usize);
        let hidden =
            view.blocks[row].markup.as_ref().is_some_and(|markup| markup.regions & region::HIDDEN != 0);
        let says = stats.words >= TEXT_WORDS && stats.stops > 0 && links * 3 < stats.words;
        if says && !hidden && evidence.teasers[row].is_none() {
            evidence.opinions[row] = Opinion::barely();
        }
    }
}

/// The block with what was decided about it.
pub(crate) fn block(raw: RawBlock, decision: Decision) -> Block {
    Block {
        text: raw.text,
        label: decision.label,
        confidence: decision.confidence,
        reason: decision.reason,
        lines: raw.lines,
        source: Some(raw.source),
        path: raw.markup.map(|markup| markup.path),
        span: None,
        in_body: decision.in_body,
    }
}
