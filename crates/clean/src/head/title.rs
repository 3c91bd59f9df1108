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

/// A headline less the site's name at its end or beginning, and less a section's name where what is left is stated
/// elsewhere as it is.
fn without_site<'a>(text: &'a str, site: &Site, is_stated: impl Fn(&str) -> bool) -> &'a str {
    let mut text = text.trim();
    loop {
        let last = SEPARATORS.iter().filter_map(|s| Some((text.rfind(s)?, s.len()))).max();
        let first = SEPARATORS.iter().filter_map(|s| Some((text.find(s)?, s.len()))).min();
        let (Some((tail_at, tail_len)), Some((head_at, head_len))) = (last, first) else { return text };
        let (before, tail) = (text[..tail_at].trim(), text[tail_at + tail_len..].trim());
        let (head, after) = (text[..head_at].trim(), text[head_at + head_len..].trim());
        if !before.is_empty() && (site.is_name(tail) || is_stated(&fold(before))) {
            text = before;
        } else if !after.is_empty() && (site.is_name(head) || is_stated(&fold(after))) {
            text = after;
        } else {
            return text;
        }
    }
}
