//! Collects what the page states about itself on the way: `meta`, `link`, `title`, and elements marked as author or date.

use super::{
    attributes::Attributes,
    names::{Hint, Hints},
    tag::Tag,
    text::plain,
};
use crate::evidence::{Evidence, Link, Mark, MarkKind, Meta};

/// `meta` elements and marks kept of one page, each.
const MAX_KEPT: usize = 4096;
/// Bytes of a `meta` element's content that are read.
const MAX_CONTENT: usize = 1 << 16;
/// Bytes of a mark's text that are kept.
const MAX_TEXT: usize = 400;

/// Evidence that grows.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) evidence: Evidence,
    /// Where each mark's text begins in its block.
    starts: Vec<usize>,
}

/// Where in the blocks something stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) block: usize,
    pub(super) at: usize,
    pub(super) regions: u32,
}

impl Marks {
    pub(super) fn language(&mut self, lang: Option<&str>) {
        if let Some(lang) = lang.map(str::trim).filter(|lang| !lang.is_empty()) {
            self.evidence.lang.get_or_insert_with(|| lang.to_owned());
        }
    }

    pub(super) fn title(&mut self, content: &str) {
        let title = plain(&content[..content.floor_char_boundary(MAX_CONTENT)]);
        if !title.is_empty() {
            self.evidence.title_tag.get_or_insert(title);
        }
    }

    /// A `meta` or `link` element.
    pub(super) fn metadata(&mut self, tag: &Tag, attributes: &Attributes<'_>, place: Place) {
        if tag.name == "link" {
            if let (Some(rel), Some(href)) = (attributes.rel, attributes.href)
                && is_of_use(rel)
                && self.evidence.links.len() < MAX_KEPT
            {
                self.evidence.links.push(Link { rel: rel.trim().to_ascii_lowercase(), href: plain(href) });
            }
            return;
        }
        let Some(content) = attributes.content.filter(|c| c.len() <= MAX_CONTENT) else { return };
        if let Some(name) = attributes.property.or(attributes.name).or(attributes.itemprop())
            && self.evidence.metas.len() < MAX_KEPT
        {
            let meta = Meta { name: name.trim().to_ascii_lowercase(), content: plain(content) };
            self.evidence.metas.push(meta);
        }
        if let Some(kind) = attributes.itemprop().and_then(property_kind) {
            self.open(kind, attributes, place);
        }
    }

    /// What an element is marked as, if anything. Properties say it best, then class words.
    pub(super) fn kind(&self, tag: &Tag, attributes: &Attributes<'_>, hints: Hints) -> Option<MarkKind> {
        let properties = [attributes.itemprop(), attributes.property].into_iter().flatten();
        if let Some(kind) = properties.flat_map(str::split_ascii_whitespace).find_map(property_kind) {
            return Some(kind);
        }
        if attributes
            .rel
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("author")))
        {
            return Some(MarkKind::Author);
        }
        let is_date = tag.name == "time" || attributes.datetime.is_some() || hints.has(Hint::Date);
        match () {
            () if attributes.pubdate => Some(MarkKind::Published),
            () if is_date && hints.has(Hint::Modified) => Some(MarkKind::Modified),
            () if is_date && hints.has(Hint::Published) => Some(MarkKind::Published),
            () if is_date => Some(MarkKind::Time),
            () if hints.has(Hint::Author) => Some(MarkKind::Author),
            () => None,
        }
    }

    /// Begins a mark; its number, for when it ends.
    pub(super) fn open(
        &mut self,
        kind: MarkKind,
        attributes: &Attributes<'_>,
        place: Place,
    ) -> Option<usize> {
        if self.evidence.marks.len() >= MAX_KEPT {
            return None;
        }
        let value = attributes.datetime.or(attributes.content).filter(|value| value.len() <= MAX_TEXT);
        self.starts.push(place.at);
        self.evidence.marks.push(Mark {
            kind,
            value: value.map(plain),
            text: String::new(),
            blocks: place.block..place.block,
            regions: place.regions,
        });
        Some(self.evidence.marks.len() - 1)
    }

    /// Ends a mark, `text` being the text of the block that grows.
    pub(super) fn close(&mut self, number: usize, place: Place, text: &str) {
        let (Some(mark), Some(&start)) = (self.evidence.marks.get_mut(number), self.starts.get(number))
        else {
            return;
        };
        mark.blocks.end = if place.at > 0 { place.block + 1 } else { place.block };
        if mark.blocks.start == place.block {
            let inside = text.get(start..).unwrap_or("").trim();
            inside[..inside.floor_char_boundary(MAX_TEXT)].clone_into(&mut mark.text);
        }
    }

    /// The blocks from `first` on became one.
    pub(super) fn merged(&mut self, first: usize) {
        for mark in self.evidence.marks.iter_mut().rev().take_while(|mark| mark.blocks.start > first) {
            mark.blocks = first..first + 1;
        }
    }
}

fn is_of_use(rel: &str) -> bool {
    rel.split_ascii_whitespace()
        .any(|rel| rel.eq_ignore_ascii_case("canonical") || rel.eq_ignore_ascii_case("author"))
}

/// What a microdata or RDFa property says, whatever its prefix.
fn property_kind(property: &str) -> Option<MarkKind> {
    match property.rsplit([':', '/', '.']).next()? {
        "author" | "creator" => Some(MarkKind::Author),
        "datePublished" | "dateCreated" => Some(MarkKind::Published),
        "dateModified" => Some(MarkKind::Modified),
        "headline" => Some(MarkKind::Headline),
        _ => None,
    }
}
