//! Gives every block its label: the article's roles around and inside the body, and names for what is dropped.

use copydesk_text::date;
use copydesk_types::{Label, Span};
use rustc_hash::FxHashMap;

use super::{Decision, Evidence, cues::Role, reasons};
use crate::{
    MarkKind,
    features::{Ending, Features, Opening},
    region,
};

/// Blocks before the headline, and behind the body, in which a byline or dateline may stand.
const MARGIN: usize = 4;
/// Words of a byline or dateline at most.
const LINE_WORDS: usize = 16;
/// Words of a caption at most.
const CAPTION_WORDS: usize = 80;
/// Words of a heading at most.
const HEADING_WORDS: usize = 16;
/// Words of a line that announces other articles at most.
const PROMPT_WORDS: usize = 8;
/// Words of a summary under the headline at least.
const LEAD_WORDS: usize = 8;
/// Words of the paragraph under a heading at least.
const PARAGRAPH_WORDS: usize = 15;
/// Log odds below which the model is believed that a line over a paragraph is no heading.
const RESCUED_SCORE: f32 = -2.5;
/// Words from which a text that stands again is a repeat rather than a refrain.
const REPEAT_WORDS: usize = 9;
/// Confidence of a role that shape and place give, not the model: about its precision on development pages.
const ROLE_CONFIDENCE: f32 = 0.9;

/// The decision about every block.
pub(super) fn assign(evidence: &Evidence<'_, '_>) -> Vec<Decision> {
    let rows = evidence.opinions.len();
    let mut decisions: Vec<Decision> = Vec::with_capacity(rows);
    let mut kept: FxHashMap<u64, usize> = FxHashMap::default();
    for row in 0..rows {
        let fold = evidence.features.view.stats[row].fold;
        let earlier = kept.get(&fold).copied();
        let previous = decisions.last().map(|d| d.label);
        let decision = decide(evidence, row, earlier, previous);
        if decision.label.kept() {
            kept.entry(fold).or_insert(row);
        }
        decisions.push(decision);
    }
    decisions
}

fn decide(
    evidence: &Evidence<'_, '_>,
    row: usize,
    earlier: Option<usize>,
    previous: Option<Label>,
) -> Decision {
    let stats = &evidence.features.view.stats[row];
    let opinion = evidence.opinions[row];
    if evidence.title == Some(row) {
        return Decision::new(Label::Title, ROLE_CONFIDENCE, "the page's headline");
    }
    if let Some(reason) = &evidence.corrections[row] {
        let label = if evidence.teasers[row].is_some() { Label::Related } else { Label::Navigation };
        return Decision::new(label, 1.0 - opinion.probability(), reason.clone());
    }
    let is_title_again =
        evidence.title.is_some_and(|title| evidence.features.view.stats[title].fold == stats.fold);
    if is_title_again && stats.words > 0 && !in_list(evidence, row) {
        return Decision::new(Label::Repeat, ROLE_CONFIDENCE, "the headline again");
    }
    if earlier.is_some_and(|earlier| is_repeat(evidence, row, earlier)) {
        return Decision::new(Label::Repeat, ROLE_CONFIDENCE, "stands in the article already");
    }
    if let Some(decision) = around(evidence, row, previous) {
        return decision;
    }
    if opinion.is_body() {
        return prompt(evidence, row).unwrap_or_else(|| body(evidence, row));
    }
    rescued(evidence, row, previous).unwrap_or_else(|| dropped(evidence, row))
}

/// A short line that announces other articles or a video between paragraphs, which the model took for a heading.
fn prompt(evidence: &Evidence<'_, '_>, row: usize) -> Option<Decision> {
    let stats = &evidence.features.view.stats[row];
    let short = stats.words <= PROMPT_WORDS && !stats.ending.ends_sentence();
    let announces = evidence.cues.show(Role::Related, evidence.features.view.words_of(row));
    (short && announces)
        .then(|| Decision::new(Label::Related, ROLE_CONFIDENCE, "a short line that announces other articles"))
}

/// A summary under the headline, or a heading over a paragraph, that the model took for boilerplate.
fn rescued(evidence: &Evidence<'_, '_>, row: usize, previous: Option<Label>) -> Option<Decision> {
    let view = &evidence.features.view;
    let stats = &view.stats[row];
    let markup = view.blocks[row].markup.as_ref();
    if evidence.teasers[row].is_some() || markup.is_some_and(|markup| markup.link_words > 0) {
        return None;
    }
    let (start, end) = evidence.body?;
    let below = evidence.title.filter(|&title| title < row && row < start).map(|title| row - title);
    // A standfirst is often no whole sentence; farther from the headline only a sentence is one.
    let stands_first = match below {
        Some(1) => true,
        Some(2) => stats.ending.is_stop(),
        _ => false,
    };
    if stands_first && stats.words >= LEAD_WORDS {
        let in_body = agency_marked(&view.blocks[row].text);
        let reason = "stands under the headline, before the body";
        return Some(Decision { in_body, ..Decision::new(Label::Lead, ROLE_CONFIDENCE, reason) });
    }
    if markup.is_some() {
        return None;
    }
    let next = row + 1;
    let over_paragraph = next < end
        && evidence.opinions[next].is_body()
        && view.stats[next].words >= PARAGRAPH_WORDS
        && view.blocks[next].blank_before > 0;
    let heads = (2..=HEADING_WORDS).contains(&stats.words)
        && stats.ending == Ending::Bare
        && matches!(stats.opening, Opening::Capital | Opening::Uncased | Opening::Quote)
        && stats.clock == 0
        && view.texts[&stats.fold] == 1
        && view.blocks[row].blank_before > 0;
    let follows_text =
        previous.is_some_and(|label| matches!(label, Label::Paragraph | Label::Caption | Label::Lead));
    let cued = [Role::Related, Role::Comments, Role::Advertisement, Role::Legal]
        .iter()
        .any(|&role| evidence.cues.show(role, view.words_of(row)));
    (over_paragraph && heads && follows_text && !cued && evidence.opinions[row].score > RESCUED_SCORE).then(
        || Decision {
            in_body: true,
            ..Decision::new(Label::Heading, 0.6, "a short line alone over a paragraph")
        },
    )
}

/// Whether a text that the article holds already is a repeat (a pulled quotation, a summary again), not a refrain of the
/// article itself: a refrain stands in the same element as the first.
fn is_repeat(evidence: &Evidence<'_, '_>, row: usize, earlier: usize) -> bool {
    let blocks = evidence.features.view.blocks;
    let parent = |row: usize| blocks[row].markup.as_ref().and_then(|m| m.ancestors.get(1));
    let alike = parent(row).is_some() && parent(row) == parent(earlier);
    !alike && evidence.features.view.stats[row].words >= REPEAT_WORDS && evidence.teasers[row].is_none()
}

/// Whether the block stands behind the body, where lists of articles are.
fn in_list(evidence: &Evidence<'_, '_>, row: usize) -> bool {
    evidence.body.is_some_and(|(_, end)| row >= end)
}

/// Bylines, datelines and captions: kept whatever the model thinks of them as body.
fn around(evidence: &Evidence<'_, '_>, row: usize, previous: Option<Label>) -> Option<Decision> {
    let (start, end) = evidence.body?;
    let top = evidence.title.map_or(start, |title| title.min(start)).saturating_sub(MARGIN);
    let at_top = row >= top && row < start + MARGIN;
    let at_end = row + 2 >= end && row < end + MARGIN;
    let stats = &evidence.features.view.stats[row];
    let words = evidence.features.view.words_of(row);
    let marked = |kinds: &[MarkKind]| evidence.marks[row].iter().any(|kind| kinds.contains(kind));
    if evidence.teasers[row].is_some() || words.is_empty() {
        return None;
    }
    if (at_top || at_end) && stats.words <= LINE_WORDS && !stats.ending.is_stop() {
        let cued = evidence.cues.show(Role::Byline, words) && stats.capitalised >= 2;
        if cued || marked(&[MarkKind::Author]) && stats.capitalised >= 2 {
            let reason = if cued { "names who wrote it" } else { "marked as the author" };
            return Some(Decision::new(Label::Byline, ROLE_CONFIDENCE, reason));
        }
    }
    if at_top && stats.words <= LINE_WORDS {
        let timed = marked(&[MarkKind::Time, MarkKind::Published, MarkKind::Modified]);
        if timed || day_in(evidence.features, row).is_some() {
            let reason =
                if timed { "marked as a date" } else { "a short line with a date, beside the headline" };
            return Some(Decision::new(Label::Dateline, ROLE_CONFIDENCE, reason));
        }
    }
    let inside = evidence.title.map_or(start, |title| title.min(start)) <= row && row < end;
    caption(evidence, row, previous).filter(|_| inside)
}

/// Where a text names its first date, if that has a day.
pub(super) fn day_in(features: &Features<'_>, row: usize) -> Option<Span> {
    let stats = &features.view.stats[row];
    if stats.digits == 0 || (stats.years == 0 && stats.clock == 0) {
        return None;
    }
    let (span, value) = date::search(&features.scan.blocks[row].text, 0, date::Order::default())?;
    value.day.map(|_| span)
}

fn caption(evidence: &Evidence<'_, '_>, row: usize, previous: Option<Label>) -> Option<Decision> {
    let view = &evidence.features.view;
    let stats = &view.stats[row];
    if stats.words > CAPTION_WORDS || stats.words < 2 {
        return None;
    }
    if let Some(markup) = &view.blocks[row].markup {
        let set = markup.within(region::CAPTION) || (markup.within(region::FIGURE) && markup.heading == 0);
        return (set && !markup.within(region::HIDDEN) && !evidence.opinions[row].is_body())
            .then(|| Decision::new(Label::Caption, ROLE_CONFIDENCE, "stands under a picture"));
    }
    // A photo's place in a text dump: the headline again (its alternative text), and the caption on the next line.
    let under_repeat = previous == Some(Label::Repeat) && view.blocks[row].blank_before == 0;
    if under_repeat && stats.words > 3 {
        return Some(Decision::new(
            Label::Caption,
            ROLE_CONFIDENCE,
            "stands under the headline's repeat, as captions do",
        ));
    }
    let credited = evidence.cues.show(Role::Credit, view.words_of(row)) && stats.words <= CAPTION_WORDS;
    let last_words = &view.words_of(row)[view.words_of(row).len().saturating_sub(10)..];
    let credit_last = evidence.cues.show(Role::Credit, last_words);
    (credited && credit_last && (!evidence.opinions[row].is_body() || stats.stops <= 2))
        .then(|| Decision::new(Label::Caption, ROLE_CONFIDENCE, "ends with a photo's credit"))
}

/// The label of a block of the body.
fn body(evidence: &Evidence<'_, '_>, row: usize) -> Decision {
    let view = &evidence.features.view;
    let stats = &view.stats[row];
    let confidence = evidence.opinions[row].probability();
    let markup = view.blocks[row].markup.as_ref();
    let within = |regions| markup.is_some_and(|m| m.within(regions));
    let body_after = (row + 1..evidence.opinions.len()).take(3).any(|next| evidence.opinions[next].is_body());
    let short = stats.words <= HEADING_WORDS && !stats.ending.ends_sentence();
    let is_first = evidence.body.is_some_and(|(start, _)| start == row);
    let label =
        if markup.is_some_and(|m| m.heading > 0) || (markup.is_none() && short && body_after && !is_first) {
            Label::Heading
        } else if markup.is_some_and(|m| m.tag == "table") {
            Label::Table
        } else if within(region::QUOTE) {
            Label::Quote
        } else if within(region::LIST) {
            Label::ListItem
        } else if is_first && (agency_marked(&view.blocks[row].text) || standfirst(evidence, row)) {
            Label::Lead
        } else {
            Label::Paragraph
        };
    Decision { in_body: true, ..Decision::new(label, confidence, reasons::kept(evidence, row, label)) }
}

/// Whether a text opens with an agency's mark: a short word in capitals and a dash, as in `VCN – …`.
fn agency_marked(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(['-', '–', '—']) else { return false };
    let mark = mark.trim_end();
    let capitals = mark.chars().count();
    (2..=6).contains(&capitals) && mark.chars().all(char::is_uppercase) && rest.starts_with([' ', '-'])
}

/// Whether the first block of the body is set apart from the rest as a summary: something else stands between.
fn standfirst(evidence: &Evidence<'_, '_>, row: usize) -> bool {
    let stats = &evidence.features.view.stats[row];
    let next_is_body = evidence.opinions.get(row + 1).is_some_and(|next| next.is_body());
    !next_is_body && stats.words <= 70 && evidence.title.is_some_and(|title| title < row && row - title <= 3)
}

/// The label of a block that is not kept.
fn dropped(evidence: &Evidence<'_, '_>, row: usize) -> Decision {
    let view = &evidence.features.view;
    let stats = &view.stats[row];
    let words = view.words_of(row);
    let markup = view.blocks[row].markup.as_ref();
    let confidence = 1.0 - evidence.opinions[row].probability();
    let cued = |role| stats.words <= LINE_WORDS && evidence.cues.show(role, words);
    let is_headline = stats.words >= 4 && !stats.ending.is_stop();
    let label = if evidence.teasers[row].is_some() {
        Label::Related
    } else if stats.symbols > 0 || cued(Role::Legal) {
        Label::Legal
    } else if cued(Role::Advertisement) && stats.words <= 4 {
        Label::Advertisement
    } else if cued(Role::Comments) && stats.words <= 6 {
        Label::Comments
    } else if stats.words >= 8 || (is_headline && markup.is_none_or(|m| m.link_words * 2 > m.words)) {
        Label::Related
    } else {
        Label::Navigation
    };
    let teaser = evidence.teasers[row].map(|part| part.reason().to_owned());
    let reason = teaser.unwrap_or_else(|| reasons::dropped(evidence, row, label));
    Decision::new(label, confidence, reason)
}
