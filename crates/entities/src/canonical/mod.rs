//! Names mentions canonically: the fullest name that the page gives the same thing, and an id that is the same across
//! pages.

mod ids;
mod links;
mod names;

use copydesk_types::EntityLabel;

use crate::{
    definitions::Definition,
    gazetteer::{Gazetteer, Known, flags},
    proposal::Proposal,
    words::Words,
};
use names::Names;

/// What a mention is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Canonical {
    /// The fullest name in the page; a country's usual English short name.
    pub(crate) name: String,
    /// The same for the same thing across pages.
    pub(crate) id: String,
    /// Where the page has one.
    pub(crate) acronym: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: Option<String>,
}

/// The canonical names of the mentions of a page, one a mention.
pub(crate) fn name(
    gazetteer: &Gazetteer,
    words: &Words<'_>,
    chosen: &[Proposal],
    definitions: &[Definition],
) -> Vec<Canonical> {
    let names = Names::collect(words, chosen);
    let links = links::find(words, &names, definitions);
    let mut canonicals: Vec<Option<Canonical>> = vec![None; names.all.len()];
    let fuller = links::resolve(chosen, &names, &links);
    fuller
        .into_iter()
        .map(|index| {
            let canonical = &mut canonicals[index];
            canonical.get_or_insert_with(|| of_name(gazetteer, words, &names, &links, index)).clone()
        })
        .collect()
}

fn of_name(
    gazetteer: &Gazetteer,
    words: &Words<'_>,
    names: &Names,
    links: &links::Links,
    index: usize,
) -> Canonical {
    let name = &names.all[index];
    let known = words.known(&name.tokens).cloned().or_else(|| of_division(gazetteer, &name.text));
    let country = known.as_ref().and_then(|k| k.country).and_then(|index| gazetteer.country(index));
    let is_country = known.as_ref().is_some_and(|k| k.flags & flags::COUNTRY != 0);
    let text = match (name.label, country) {
        (EntityLabel::Gpe, Some(country)) if is_country => country.name.to_owned(),
        (EntityLabel::Norp, _) => singular(gazetteer, &name.text),
        _ => name.text.clone(),
    };
    let placed = matches!(name.label, EntityLabel::Gpe | EntityLabel::Norp);
    Canonical {
        id: ids::of(gazetteer, &text, name.label, known.as_ref()),
        name: text,
        acronym: links.acronyms.get(&index).map(|&short| names.all[short].text.clone()),
        country: country.filter(|_| placed).map(|country| country.code.to_owned()),
    }
}

/// A place by its name without the word for what it is: `Lang Son Province`.
fn of_division(gazetteer: &Gazetteer, text: &str) -> Option<Known> {
    let (place, kind) = text.rsplit_once(' ')?;
    let kind = gazetteer.word(kind) & flags::GPE_HEAD != 0;
    gazetteer
        .lookup(place)
        .filter(|_| kind)
        .map(|known| Known { flags: known.flags & !flags::COUNTRY, ..known })
}

/// `Americans` → `American`, where that is a nationality as well.
fn singular(gazetteer: &Gazetteer, text: &str) -> String {
    let known = |single: &&str| gazetteer.lookup(single).is_some_and(|known| known.flags & flags::NORP != 0);
    text.strip_suffix('s').filter(known).unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests;
