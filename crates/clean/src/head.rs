//! Reads what a page says about itself: title, authors, dates, address, site, language, and the date that relative dates
//! count from.
//!
//! Every reader weighs the page's statements against the labelled blocks, so that a text page, which states nothing, is
//! read from its blocks alone.

mod anchor;
mod authors;
mod dates;
mod fold;
mod language;
mod metas;
mod site;
mod title;

#[cfg(test)]
mod tests;

use copydesk_types::{Block, Flag, Head, Label, MetadataField, MetadataSource, Page, SourcedMetadata};

use crate::Evidence;
use site::Site;

/// A page as its head's readers see it.
#[derive(Clone, Copy, Debug)]
struct Sheet<'a> {
    page: &'a Page,
    evidence: &'a Evidence,
    /// As labelled, none left out: marks number them.
    blocks: &'a [Block],
}

/// A fact and where it came from.
type Found<T> = (T, MetadataSource);

/// Reads the head of a labelled page. The flags are what was noticed on the way.
pub(crate) fn read(page: &Page, evidence: &Evidence, blocks: &[Block]) -> (Head, Vec<Flag>) {
    let sheet = Sheet { page, evidence, blocks };
    let site = Site::read(&sheet);
    let mut sources = Vec::new();
    let mut head = Head::default();
    let mut keep = |field, source| sources.push(SourcedMetadata { field, source });

    head.canonical_url =
        site.canonical.clone().map(|found| taken(found, MetadataField::CanonicalUrl, &mut keep));
    head.site_name = site.name.clone().map(|found| taken(found, MetadataField::SiteName, &mut keep));
    head.title = title::read(&sheet, &site).map(|found| taken(found, MetadataField::Title, &mut keep));
    head.lead = lead(blocks).map(|found| taken(found, MetadataField::Lead, &mut keep));
    if let Some(found) = authors::read(&sheet, &site) {
        head.authors = taken(found, MetadataField::Authors, &mut keep);
    }
    let dates = dates::read(&sheet);
    if let Some(found) = dates.published {
        let published = taken(found, MetadataField::Published, &mut keep);
        (head.published_date, head.published_at) = (Some(published.date), published.at);
    }
    head.modified_at = dates.modified.map(|found| taken(found, MetadataField::Modified, &mut keep));
    head.anchor =
        anchor::read(&sheet, dates.published).map(|found| taken(found, MetadataField::Anchor, &mut keep));
    if let Some(found) = language::read(&sheet) {
        let (tag, confidence) = taken(found, MetadataField::Language, &mut keep);
        (head.language, head.language_confidence) = (Some(tag), Some(confidence));
    }
    sources.sort_unstable();
    head.sources = sources;
    let flags = dates.after_fetch.then_some(Flag::PublishedAfterFetch);
    (head, flags.into_iter().collect())
}

fn taken<T>(
    found: Found<T>,
    field: MetadataField,
    keep: &mut impl FnMut(MetadataField, MetadataSource),
) -> T {
    keep(field, found.1);
    found.0
}

fn lead(blocks: &[Block]) -> Option<Found<String>> {
    let lines: Vec<&str> =
        blocks.iter().filter(|b| b.label == Label::Lead).map(|b| b.text.as_str()).collect();
    (!lines.is_empty()).then(|| (lines.join("\n"), MetadataSource::Text))
}
