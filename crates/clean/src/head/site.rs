//! The page's address and the site's name.

use copydesk_types::MetadataSource;

use super::{Found, Sheet, fold::squeeze};
use crate::address;

/// Letters that a name has at least to be looked for inside another.
const TELLING: usize = 4;

/// What a page is a page of.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) canonical: Option<Found<String>>,
    pub(super) name: Option<Found<String>>,
    /// Names of the site, squeezed; the label of its domain among them.
    names: Vec<String>,
    /// Its domain, squeezed.
    domain: Option<String>,
}

impl Site {
    pub(super) fn read(sheet: &Sheet<'_>) -> Self {
        let canonical = canonical(sheet);
        let name = name(sheet);
        let address = sheet.page.url.as_deref().or(canonical.as_ref().map(|(url, _)| url.as_str()));
        let domain = address.and_then(address::site_of);
        let label = domain.as_deref().and_then(|domain| domain.split('.').next()).map(squeeze);
        let stated = ["og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site"];
        let stated = stated.into_iter().flat_map(|name| sheet.evidence.metas(name)).map(squeeze);
        let published = sheet.evidence.json_ld.iter().filter_map(|a| a.publisher.as_deref()).map(squeeze);
        let mut names: Vec<String> = stated.chain(published).chain(label).filter(|n| n.len() > 1).collect();
        names.sort_unstable();
        names.dedup();
        Self { canonical, name, names, domain: domain.as_deref().map(squeeze) }
    }

    /// Whether a text is the site's name, or as good as: `Example News` for `example.com`.
    pub(super) fn is_name(&self, text: &str) -> bool {
        let text = squeeze(text);
        let alike = |name: &String| {
            *name == text
                || name.len() >= TELLING && text.contains(name.as_str()) && text.len() <= name.len() * 3
                || text.len() >= TELLING && name.contains(text.as_str())
        };
        !text.is_empty() && (self.domain.as_ref() == Some(&text) || self.names.iter().any(alike))
    }
}

fn canonical(sheet: &Sheet<'_>) -> Option<Found<String>> {
    let base = sheet.page.url.as_deref();
    let complete = |(reference, source): (&str, _)| Some((address::absolute(reference, base)?, source));
    let is_canonical = |rel: &str| rel.split_ascii_whitespace().any(|rel| rel == "canonical");
    let links = sheet.evidence.links.iter().filter(|link| is_canonical(&link.rel));
    let links = links.map(|link| (link.href.as_str(), MetadataSource::Link));
    let metas = sheet.evidence.metas("og:url").map(|url| (url, MetadataSource::Meta));
    let articles = sheet.evidence.json_ld.iter().filter(|a| a.is_article);
    let stated = articles.filter_map(|a| Some((a.urls.first()?.as_str(), MetadataSource::JsonLd)));
    links.chain(metas).chain(stated).find_map(complete)
}

fn name(sheet: &Sheet<'_>) -> Option<Found<String>> {
    let metas = |name| sheet.evidence.metas(name).map(|text| (text, MetadataSource::Meta));
    let published = sheet.evidence.json_ld.iter().filter(|a| a.is_article);
    let published = published.filter_map(|a| Some((a.publisher.as_deref()?, MetadataSource::JsonLd)));
    let mut names = metas("og:site_name").chain(published).chain(metas("application-name"));
    names.find(|(text, _)| !text.is_empty()).map(|(text, source)| (text.to_owned(), source))
}
