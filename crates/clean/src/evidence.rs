//! What a page says about itself beside its blocks: collected in the scan, judged later.
//!
//! Nothing here is believed yet. The labeller takes headlines, descriptions and the article's body as votes; the head's
//! readers weigh the rest against the blocks.

mod json_ld;

use std::ops::Range;

pub(crate) use json_ld::parse as parse_json_ld;
pub use json_ld::{LdAgent, LdArticle};

/// All that an HTML page states about itself; empty for a text page.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Text of the `title` element.
    pub title_tag: Option<String>,
    /// `meta` elements with a name (or property, or itemprop) and a content, in page order.
    pub metas: Vec<Meta>,
    /// `link` elements in page order.
    pub links: Vec<Link>,
    /// Articles and pages that JSON-LD describes, in page order.
    pub json_ld: Vec<LdArticle>,
    /// Elements that are marked as an author, a date, a headline.
    pub marks: Vec<Mark>,
    /// `lang` of the `html` element.
    pub lang: Option<String>,
}

/// One `meta` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Lower case: `og:title`.
    pub name: String,
    /// Entities decoded, white space squashed.
    pub content: String,
}

/// One `link` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Lower case, as printed.
    pub rel: String,
    /// Entities decoded.
    pub href: String,
}

/// What a marked element is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// `rel=author`, `itemprop=author`, a class that says author or byline.
    Author,
    /// `time`, or an element with a `datetime` attribute or a class that says date.
    Time,
    /// `itemprop=datePublished` or `pubdate`.
    Published,
    /// `itemprop=dateModified`.
    Modified,
    /// `itemprop=headline`.
    Headline,
}

/// One marked element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is marked as.
    pub kind: MarkKind,
    /// Its `datetime` or `content` attribute.
    pub value: Option<String>,
    /// Its text, where it lies inside one block.
    pub text: String,
    /// Numbers of the blocks that it stands in; empty where it has no text.
    pub blocks: Range<usize>,
    /// [`crate::region`]s around it.
    pub regions: u32,
}

impl Evidence {
    /// The contents of the `meta` elements of a name, in page order.
    pub fn metas<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        self.metas.iter().filter(move |m| m.name == name).map(|m| m.content.as_str())
    }

    /// What the page calls its headline, most trusted first; the site's name may still be in them.
    pub fn headlines(&self) -> impl Iterator<Item = &str> {
        let marked = self.marks.iter().filter(|m| m.kind == MarkKind::Headline).map(|m| m.text.as_str());
        let stated = self.json_ld.iter().filter_map(|a| a.headline.as_deref());
        let metas = ["og:title", "twitter:title"].into_iter().flat_map(|name| self.metas(name));
        stated.chain(metas).chain(self.title_tag.as_deref()).chain(marked).filter(|text| !text.is_empty())
    }

    /// What the page gives as the article's summary.
    pub fn descriptions(&self) -> impl Iterator<Item = &str> {
        let stated = self.json_ld.iter().filter_map(|a| a.description.as_deref());
        let names = ["og:description", "description", "twitter:description"];
        stated.chain(names.into_iter().flat_map(|name| self.metas(name))).filter(|text| !text.is_empty())
    }

    /// The article's body as JSON-LD gives it, markup in it and all; the longest where there are several.
    pub fn article_body(&self) -> Option<&str> {
        self.json_ld.iter().filter_map(|a| a.body.as_deref()).max_by_key(|body| body.len())
    }
}
