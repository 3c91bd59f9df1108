//! Who wrote the article, one by one.
//!
//! Pages state their authors for programs, in `meta`, or mark them in the page; each may hold the site's name or an office
//! instead. The first statement that holds people is believed; where none does, the first that holds an agency or the site.

mod names;

use copydesk_types::{Label, MetadataSource};

use super::metas::{self, Fact};
use super::{Found, Sheet, fold::fold, site::Site};
use crate::{Mark, MarkKind, raw::region};

/// Blocks before and after the headline in which a mark signs the article.
const NEAR_TITLE: usize = 12;
/// Blocks between two marks that sign together.
const TOGETHER: usize = 3;
/// Authors kept.
const MAX_AUTHORS: usize = 30;

/// The authors and which statement gave them; none where nobody signs.
pub(super) fn read(sheet: &Sheet<'_>, site: &Site) -> Option<Found<Vec<String>>> {
    let given = &sheet.page.given.authors;
    if !given.is_empty() {
        return Some((given.clone(), MetadataSource::Input));
    }
    let statements: [Statement; 4] = [
        (json_ld, MetadataSource::JsonLd),
        (metas, MetadataSource::Meta),
        (marked, MetadataSource::Microdata),
        (bylines, MetadataSource::BylineLine),
    ];
    let people = |statement: &[String]| {
        let own = statement.iter().filter(|name| !site.is_name(name) && !names::is_outlet(name));
        let own: Vec<String> = own.cloned().collect();
        own.iter().any(|name| names::is_person(name)).then_some(own)
    };
    let mut nobody = None;
    for (read, source) in statements {
        let names = read(sheet);
        if let Some(signed) = people(&names) {
            let authors = distinct(signed);
            let printed = if authors.len() == 1 { people(&bylines(sheet)) } else { None };
            let printed = printed.map(distinct).unwrap_or_default();
            return Some(if goes_on(&authors, &printed) {
                (printed, MetadataSource::BylineLine)
            } else {
                (authors, source)
            });
        }
        if nobody.is_none() && !names.is_empty() {
            nobody = Some((distinct(names), source));
        }
    }
    nobody
}

/// A reader of the names that one kind of statement gives, and what it reads.
type Statement = (fn(&Sheet<'_>) -> Vec<String>, MetadataSource);

/// Whether the printed line begins with the one stated author and goes on with others: systems that state one author
/// state the first.
fn goes_on(stated: &[String], printed: &[String]) -> bool {
    let same = |a: &[String], b: &[String]| a.first().map(|a| fold(a)) == b.first().map(|b| fold(b));
    stated.len() == 1
        && printed.len() > 1
        && same(stated, printed)
        && printed.iter().all(|name| names::is_person(name))
}

fn json_ld(sheet: &Sheet<'_>) -> Vec<String> {
    let articles = sheet.evidence.json_ld.iter().filter(|a| a.is_article);
    let mut signed = articles.map(|a| a.authors.as_slice()).filter(|authors| !authors.is_empty());
    let authors = signed.next().unwrap_or_default();
    authors.iter().flat_map(|agent| names::split(&agent.name)).collect()
}

fn metas(sheet: &Sheet<'_>) -> Vec<String> {
    let mut statements = metas::names(Fact::Author).map(|name| {
        let contents = sheet.evidence.metas(name);
        contents.flat_map(names::split).collect::<Vec<String>>()
    });
    let mut last_resort = Vec::new();
    statements
        .find_map(|names| {
            if names.iter().any(|name| names::is_person(name)) {
                return Some(names);
            }
            if last_resort.is_empty() {
                last_resort = names;
            }
            None
        })
        .unwrap_or(last_resort)
}

/// People in elements marked as author near the headline: the first, and those close to it.
fn marked(sheet: &Sheet<'_>) -> Vec<String> {
    let title = sheet.blocks.iter().position(|b| b.label == Label::Title);
    let near = |m: &Mark| title.is_none_or(|title| m.blocks.start.abs_diff(title) <= NEAR_TITLE);
    let elsewhere = region::OTHERS
        | region::NAV
        | region::FOOTER
        | region::ASIDE
        | region::FIGURE
        | region::CAPTION
        | region::HIDDEN;
    let own = |m: &&Mark| m.kind == MarkKind::Author && m.regions & elsewhere == 0 && near(m);
    let mut found: Vec<String> = Vec::new();
    let mut last = None;
    for mark in sheet.evidence.marks.iter().filter(own) {
        if last.is_some_and(|last: usize| mark.blocks.start.abs_diff(last) > TOGETHER) {
            break;
        }
        let block =
            mark.blocks.clone().next().and_then(|at| sheet.blocks.get(at)).map_or("", |b| b.text.as_str());
        let text = match mark.text.as_str() {
            "" if mark.blocks.len() == 1 => mark.value.as_deref().unwrap_or(block),
            "" => mark.value.as_deref().unwrap_or(""),
            text => text,
        };
        let people: Vec<String> =
            names::split(text).into_iter().filter(|name| names::is_person(name)).collect();
        if !people.is_empty() {
            last = Some(mark.blocks.start);
            found.extend(people);
        }
    }
    found
}

/// The names in the first line that signs. Lines after it tell what the author does, or who checked the text.
fn bylines(sheet: &Sheet<'_>) -> Vec<String> {
    let lines = sheet.blocks.iter().filter(|b| b.label == Label::Byline);
    let named = lines.map(|b| (b.text.as_str(), names::split(&b.text)));
    let signs = |(line, names): &(&str, Vec<String>)| {
        names.iter().any(|name| names::says_by(line) || !names::is_office(name))
    };
    let mut names = named.filter(signs).map(|(_, names)| names).peekable();
    let first = names.peek().cloned().unwrap_or_default();
    names.find(|names| names.iter().any(|name| names::is_person(name))).unwrap_or(first)
}

/// Each once; a name that holds another whole one and more is that one with its office glued on.
fn distinct(names: Vec<String>) -> Vec<String> {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let repeats = |index: usize| {
        let own = &folded[index];
        folded[..index].contains(own)
            || folded.iter().any(|other| {
                other.contains(' ') && own.len() > other.len() && own.starts_with(other.as_str())
            })
    };
    let kept = names.iter().enumerate().filter(|(index, _)| !repeats(*index)).map(|(_, name)| name.clone());
    kept.take(MAX_AUTHORS).collect()
}
