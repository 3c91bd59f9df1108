//! What a person is, and of what: a title before the name (`Director General Le An`), an office before it (`Director of
//! the Legal Department Le An`), an apposition after it (`Le An, director of the Legal Department`).

mod after;
mod before;
mod reader;

use copydesk_types::{Article, EntityLabel, Label};

use crate::{gazetteer::Gazetteer, proposal::Proposal, words::Words};
use reader::{Found, Reader};

/// The role of a mention, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Role {
    /// Office or profession, without an article.
    pub(crate) role: Option<String>,
    /// What it is the role of.
    pub(crate) of: Option<String>,
}

/// The roles of the mentions of a page, one a mention; empty for all but persons.
pub(crate) fn read(
    gazetteer: &Gazetteer,
    article: &Article,
    words: &Words<'_>,
    chosen: &[Proposal],
) -> Vec<Role> {
    let bylines =
        article.blocks.iter().filter(|block| block.label == Label::Byline).filter_map(|block| block.span);
    let reader = Reader::new(gazetteer, words, chosen, bylines.collect());
    let mut roles = vec![Role::default(); chosen.len()];
    // From the last, so that those who share a plural (`A and B, Staff Writers`) find it at the one after them.
    for index in (0..chosen.len()).rev().filter(|&index| chosen[index].label == EntityLabel::Person) {
        roles[index] = match before::find(&reader, index).or_else(|| after::find(&reader, index)) {
            Some(found) => shown(words, found),
            None => shared(&reader, &roles, index).unwrap_or_default(),
        };
    }
    roles
}

fn shown(words: &Words<'_>, found: Found) -> Role {
    let text = |tokens| words.span(tokens).of(words.reading.text).to_owned();
    Role { role: Some(text(found.role)), of: found.of.map(text) }
}

/// In a byline, the role in the plural of the person named next.
fn shared(reader: &Reader<'_>, roles: &[Role], index: usize) -> Option<Role> {
    let (this, next) = (reader.chosen.get(index)?, reader.chosen.get(index + 1)?);
    let joined = this.tokens.end + 1 == next.tokens.start
        && matches!(reader.words.text(this.tokens.end), "and" | "," | "&")
        && reader.in_byline(this.tokens.start);
    let role = &roles[index + 1];
    (joined && role.role.as_ref().is_some_and(|role| role.ends_with('s'))).then(|| role.clone())
}

#[cfg(test)]
mod tests;
