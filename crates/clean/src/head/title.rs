//! The article's headline, without the site's name.
//!
//! A page states its headline up to six times, and each may differ: the `title` element carries the site's name,
//! OpenGraph a line for social media, the first heading a kicker. What JSON-LD calls the headline is believed first, since
//! it is made for being read by programs; else the statement that another confirms.

use copydesk_types::{Label, MetadataSource};

use super::{Found, Sheet, fold::fold, site::Site};
use crate::{MarkKind, raw::region};

/// What stands between a headline and the site's name, longest first.
const SEPARATORS: [&str; 14] =
    [" - ", " | ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", " // ", "｜", "|", "：", " / "];
/// Separators looked at in one statement.
const MAX_CUTS: usize = 32;
/// Endings of a headline that was cut off.
const CUT_OFF: [&str; 2] = ["...", "…"];

/// The headline and which statement gave it.
pub(super) fn read(sheet: &Sheet<'_>, site: &Site) -> Option<Found<String>> {
    if let Some(given) = sheet.page.given.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        return Some((given.to_owned(), MetadataSource::Input));
    }
    let statements = statements(sheet);
    let folded: Vec<String> = statements.iter().map(|s| fold(s.text)).collect();
    let bare: Vec<Bare<'_>> = statements
        .iter()
        .enumerate()
        .map(|(index, statement)| {
            let others = || folded.iter().enumerate().filter(move |(i, _)| *i != index).map(|(_, f)| f);
            let text = without_site(statement.text, site, |part| others().any(|other| other == part));
            Bare { kind: statement.kind, text, folded: fold(text) }
        })
        .filter(|bare| !bare.folded.is_empty() && !site.is_name(bare.text))
        .collect();
    choose(&bare).map(|bare| (bare.text.to_owned(), bare.kind.source()))
}

/// Kinds of statements, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    JsonLd,
    Social,
    Block,
    TitleTag,
}

impl Kind {
    const fn source(self) -> MetadataSource {
        match self {
            Self::JsonLd => MetadataSource::JsonLd,
            Self::Social => MetadataSource::Meta,
            Self::Block => MetadataSource::Headline,
            Self::TitleTag => MetadataSource::TitleTag,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Statement<'a> {
    kind: Kind,
    text: &'a str,
}

/// A statement without the site's name.
#[derive(Debug)]
struct Bare<'a> {
    kind: Kind,
    text: &'a str,
    folded: String,
}

fn statements<'a>(sheet: &Sheet<'a>) -> Vec<Statement<'a>> {
    let evidence = sheet.evidence;
    let stated = evidence.json_ld.iter().filter(|a| a.is_article).filter_map(|a| a.headline.as_deref());
    let social = ["og:title", "twitter:title"].into_iter().flat_map(|name| evidence.metas(name));
    let labelled = sheet.blocks.iter().filter(|b| b.label == Label::Title).map(|b| b.text.as_str());
    let own = |m: &&crate::Mark| m.kind == MarkKind::Headline && m.regions & region::OTHERS == 0;
    let marked = evidence.marks.iter().filter(own).map(|m| m.text.as_str()).take(1);
    let of = |kind| move |text| Statement { kind, text };
    stated
        .take(1)
        .map(of(Kind::JsonLd))
        .chain(social.map(of(Kind::Social)))
        .chain(labelled.chain(marked).map(of(Kind::Block)))
        .chain(evidence.title_tag.as_deref().map(of(Kind::TitleTag)))
        .collect()
}

fn choose<'b, 'a>(bare: &'b [Bare<'a>]) -> Option<&'b Bare<'a>> {
    let of = |kind: Kind| bare.iter().find(|b| b.kind == kind);
    let block = of(Kind::Block);
    // A cut-off statement gives way to the whole one that begins like it.
    let whole = |b: &'b Bare<'a>| {
        let cut = CUT_OFF.iter().any(|end| b.text.ends_with(end));
        let longer =
            |other: &&Bare<'_>| other.folded.len() > b.folded.len() && other.folded.starts_with(&b.folded);
        if cut { bare.iter().find(longer).unwrap_or(b) } else { b }
    };
    if let Some(stated) = of(Kind::JsonLd) {
        return Some(whole(stated));
    }
    let agree = |a: &Bare<'_>, b: Option<&Bare<'_>>| b.is_some_and(|b| a.folded == b.folded);
    let social = of(Kind::Social);
    let tag = of(Kind::TitleTag);
    let confirmed = social.filter(|s| agree(s, block) || agree(s, tag));
    confirmed.or(block).or(social).or(tag).map(whole)
}

/// A headline less the site's name at its end or beginning, and less whatever follows where what is left is stated
/// elsewhere as it is.
fn without_site<'a>(text: &'a str, site: &Site, is_stated: impl Fn(&str) -> bool) -> &'a str {
    let mut text = text.trim();
    loop {
        let cuts: Vec<(&str, &str)> = cuts(text);
        let stated = cuts.iter().find(|(before, _)| is_stated(&fold(before))).map(|(before, _)| *before);
        let site_last = cuts.last().filter(|(_, tail)| site.is_name(tail)).map(|(before, _)| *before);
        let site_first = cuts.first().filter(|(head, _)| site.is_name(head)).map(|(_, after)| *after);
        match stated.or(site_last).or(site_first) {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// What stands before and after each separator, in order.
fn cuts(text: &str) -> Vec<(&str, &str)> {
    let places = SEPARATORS.iter().flat_map(|s| text.match_indices(s).map(|(at, s)| (at, at + s.len())));
    let mut places: Vec<(usize, usize)> = places.take(MAX_CUTS).collect();
    places.sort_unstable();
    let sides = places.into_iter().map(|(from, to)| (text[..from].trim(), text[to..].trim()));
    sides.filter(|(before, after)| !before.is_empty() && !after.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use copydesk_types::{MediaType, Page};

    use super::*;

    fn title(head: &str) -> Option<String> {
        let page = Page {
            url: Some("https://www.harbourpost.example/a".to_owned()),
            ..Page::new("", MediaType::Html, "")
        };
        let evidence = crate::html::scan(head).evidence;
        let sheet = Sheet { page: &page, evidence: &evidence, blocks: &[] };
        read(&sheet, &Site::read(&sheet)).map(|(title, _)| title)
    }

    #[test]
    fn headlines() {
        let og = |text: &str| format!("<meta property=og:title content='{text}'>");
        let ld = |text: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type":"Article","headline":"{text}"}}</script>"#
            )
        };
        for (head, expected) in [
            ("<title>Port reopens - Harbour Post</title>".to_owned(), Some("Port reopens")),
            ("<title>Harbour Post | Port reopens</title>".to_owned(), Some("Port reopens")),
            (
                "<title>Port reopens | News | harbourpost.example</title>".to_owned(),
                Some("Port reopens | News"),
            ),
            (og("Port reopens") + "<title>Port reopens | News | Other</title>", Some("Port reopens")),
            ("<title>Port - what next?</title>".to_owned(), Some("Port - what next?")),
            ("<title>Harbour Post</title>".to_owned(), None),
            (ld("Port reopens after storm") + &og("Storm: port reopens"), Some("Port reopens after storm")),
            (
                ld("Port reopens after...") + "<title>Port reopens after storm</title>",
                Some("Port reopens after storm"),
            ),
            (ld("Harbour Post") + &og("Port reopens"), Some("Port reopens")),
            ("<title>港が再開｜Harbour Post</title>".to_owned(), Some("港が再開")),
            (String::new(), None),
        ] {
            assert_eq!(title(&head).as_deref(), expected, "{head}");
        }
    }
}
