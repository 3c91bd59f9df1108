//! Computes the columns that markup gives: the element, its links, the regions around it, the mass of its containers.

use rustc_hash::FxHashMap;

use super::{
    Column, Matrix,
    matrix::{few, log, share},
    view::View,
};
use crate::{Markup, region};

/// Elements in the order of their codes; any other is 0.
const TAGS: [&str; 24] = [
    "p",
    "div",
    "span",
    "li",
    "a",
    "td",
    "th",
    "tr",
    "table",
    "dd",
    "dt",
    "figcaption",
    "figure",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "main",
    "address",
    "label",
    "button",
];

/// Sums over the blocks of one container.
#[derive(Clone, Copy, Debug, Default)]
struct Mass {
    paragraph_words: usize,
    words: usize,
    link_words: usize,
    blocks: usize,
}

impl Mass {
    fn add(&mut self, view: &View<'_>, row: usize) {
        self.paragraph_words += view.paragraph_words(row);
        self.words += view.stats[row].words;
        self.link_words += view.link_words(row);
        self.blocks += 1;
    }
}

/// All columns of markup.
pub(super) fn fill(view: &View<'_>, table: &mut Matrix) {
    let mut containers: FxHashMap<u32, Mass> = FxHashMap::default();
    let mut parents: FxHashMap<u32, usize> = FxHashMap::default();
    let mut alike: FxHashMap<u64, Mass> = FxHashMap::default();
    let mut best = (0, u32::MAX);
    for (row, block) in view.blocks.iter().enumerate() {
        let Some(markup) = &block.markup else { return };
        for &ancestor in markup.ancestors.iter().skip(1).take(3) {
            containers.entry(ancestor).or_default().add(view, row);
        }
        alike.entry(markup.signature).or_default().add(view, row);
        if let Some(&parent) = markup.ancestors.get(1) {
            let mass = parents.entry(parent).or_default();
            *mass += view.paragraph_words(row);
            if *mass > best.0 {
                best = (*mass, parent);
            }
        }
    }
    let mass: usize = (0..view.len()).map(|row| view.paragraph_words(row)).sum();
    let mut before: &[u32] = &[];
    for (row, block) in view.blocks.iter().enumerate() {
        let Some(markup) = &block.markup else { return };
        own(markup, view, row, table);
        let at = |level: usize| {
            markup.ancestors.get(level).and_then(|a| containers.get(a)).copied().unwrap_or_default()
        };
        let (parent, grand, great) = (at(1), at(2), at(3));
        let same = alike.get(&markup.signature).copied().unwrap_or_default();
        let to_best = markup.ancestors.iter().position(|&a| a == best.1);
        let shared = markup.ancestors.iter().rev().zip(before.iter().rev()).filter(|(a, b)| a == b).count();
        let same_parent = markup.ancestors.get(1).is_some_and(|a| before.get(1) == Some(a));
        for (column, value) in [
            (Column::ParentMass, share(parent.paragraph_words, mass)),
            (Column::GrandMass, share(grand.paragraph_words, mass)),
            (Column::GreatMass, share(great.paragraph_words, mass)),
            (Column::ParentWords, log(parent.words)),
            (Column::ParentLinks, share(parent.link_words, parent.words)),
            (Column::GrandLinks, share(grand.link_words, grand.words)),
            (Column::ToBest, to_best.map_or(u8::MAX, few)),
            (Column::AlikeMass, share(same.paragraph_words, mass)),
            (Column::AlikeBlocks, log(same.blocks)),
            (Column::AlikeLinks, share(same.link_words, same.words)),
            (Column::SameParent, u8::from(same_parent)),
            (Column::SharedLevels, few(shared)),
        ] {
            table.set(column as usize, row, value);
        }
        before = &markup.ancestors;
    }
}

/// Columns of the block's own element.
fn own(markup: &Markup, view: &View<'_>, row: usize, table: &mut Matrix) {
    let words = (markup.words as usize).max(1);
    let tag = TAGS.iter().position(|&tag| tag == markup.tag).map_or(0, |at| at + 1);
    let within = |regions| u8::from(markup.within(regions));
    for (column, value) in [
        (Column::Tag, few(tag)),
        (Column::Heading, markup.heading),
        (Column::Depth, few(markup.depth as usize)),
        (Column::LinkShare, share(markup.link_words as usize, words)),
        (Column::LinkFirst, share(markup.link_first as usize, words)),
        (Column::Links, few(markup.links as usize)),
        (Column::Bold, share(markup.bold_words as usize, words)),
        (Column::Italic, share(markup.italic_words as usize, words)),
        (Column::Breaks, few(markup.breaks as usize)),
        (Column::Media, few(markup.media as usize)),
        (Column::AltLikeness, alt_likeness(markup, view, row)),
        (Column::InNav, within(region::NAV)),
        (Column::InHeader, within(region::HEADER)),
        (Column::InFooter, within(region::FOOTER)),
        (Column::InAside, within(region::ASIDE)),
        (Column::InMain, within(region::MAIN)),
        (Column::InArticle, within(region::ARTICLE)),
        (Column::InForm, within(region::FORM | region::BUTTON | region::DIALOG)),
        (Column::InFigure, within(region::FIGURE) + within(region::CAPTION)),
        (Column::InList, within(region::LIST)),
        (Column::InQuote, within(region::QUOTE)),
        (Column::InTable, within(region::TABLE)),
        (Column::Hidden, within(region::HIDDEN)),
        (Column::InOthers, within(region::OTHERS)),
        (Column::Card, within(region::CARD)),
        (Column::InBody, within(region::ARTICLE_BODY)),
    ] {
        table.set(column as usize, row, value);
    }
}

fn alt_likeness(markup: &Markup, view: &View<'_>, row: usize) -> u8 {
    let Some(alt) = &markup.alt else { return 0 };
    let mut hashes = Vec::new();
    super::text::read(alt, &mut hashes);
    let shared = view.words_of(row).iter().filter(|word| hashes.contains(word)).count();
    share(shared, hashes.len().max(view.words_of(row).len()))
}
