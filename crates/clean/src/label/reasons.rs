//! Says in words which evidence speaks for what was decided about a block.

use copydesk_types::Label;

use super::Evidence;
use crate::{features::Column, region};

/// Share of words in links, in 255ths, from which a block is mostly links.
const MOSTLY_LINKS: u8 = 128;

/// Why a block of the body is kept.
pub(super) fn kept(evidence: &Evidence<'_, '_>, row: usize, label: Label) -> String {
    let stats = &evidence.features.view.stats[row];
    let vote = evidence.features.table.get(Column::BodyVote as usize, row);
    let stated = if vote > 200 { ", in the body that the page states" } else { "" };
    let place = if neighbours(evidence, row) { " among paragraphs" } else { "" };
    match label {
        Label::Heading => format!("a short line over body text{stated}"),
        Label::Lead => format!("opens the article and sums it up{stated}"),
        Label::ListItem => format!("a list's item{place}{stated}"),
        Label::Quote => format!("a quotation{place}{stated}"),
        Label::Table => format!("a table{place}{stated}"),
        _ if stats.stops > 0 => {
            format!(
                "running text: {} in {}{place}{stated}",
                count(stats.words, "word"),
                count(stats.stops, "sentence")
            )
        }
        _ => format!("text of {}{place}{stated}", count(stats.words, "word")),
    }
}

/// Why a block is dropped.
pub(super) fn dropped(evidence: &Evidence<'_, '_>, row: usize, label: Label) -> String {
    let view = &evidence.features.view;
    let stats = &view.stats[row];
    let value = |column: Column| evidence.features.table.get(column as usize, row);
    if let Some(markup) = &view.blocks[row].markup {
        let regions = [
            (region::HIDDEN, "not shown on the page"),
            (region::NAV, "in the page's navigation"),
            (region::FOOTER, "in the footer"),
            (region::FORM, "in a form"),
            (region::ASIDE, "in a column beside the article"),
        ];
        if let Some((_, reason)) = regions.iter().find(|(bits, _)| markup.within(*bits)) {
            return (*reason).to_owned();
        }
        if value(Column::LinkShare) >= MOSTLY_LINKS {
            return format!(
                "mostly links ({} of {})",
                markup.link_words,
                count(markup.words as usize, "word")
            );
        }
        if value(Column::ClassMin) < 96 {
            return "its classes are those of boilerplate".to_owned();
        }
    }
    let place = match evidence.body {
        Some((start, _)) if row < start => "before the article",
        Some((_, end)) if row >= end => "behind the article",
        Some(_) => "inside the article",
        None => "on a page without running text",
    };
    match label {
        Label::Legal => format!("a notice of rights or terms, {place}"),
        Label::Advertisement => format!("marks an advertisement, {place}"),
        Label::Comments => format!("belongs to the comments, {place}"),
        _ if stats.stops == 0 => {
            format!("a line of {} without a sentence, {place}", count(stats.words, "word"))
        }
        _ => format!("text unlike the article's, {place}"),
    }
}

fn neighbours(evidence: &Evidence<'_, '_>, row: usize) -> bool {
    let is_body =
        |at: Option<usize>| at.and_then(|at| evidence.opinions.get(at)).is_some_and(|o| o.is_body());
    is_body(row.checked_sub(1)) && is_body(Some(row + 1))
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
