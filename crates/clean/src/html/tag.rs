//! The elements of HTML, as far as they say how text flows around them
//! (<https://html.spec.whatwg.org/#flow-content-3>).

use Flow::{Block, Inline, Raw, Soft, Void};

use crate::raw::region;

/// How an element sets its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Begins and ends a line of its own.
    Block,
    /// Runs with the text around it.
    Inline,
    /// A block, but inline inside a paragraph or heading: buttons, elements that HTML does not know.
    Soft,
    /// Has no content.
    Void,
    /// Its content is not text of the page; it ends at its end tag, whatever stands between.
    Raw,
}

/// What is known of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    /// Its number, as a bit.
    pub(super) bit: u128,
    pub(super) flow: Flow,
    /// [`region`] bits that it sets.
    pub(super) regions: u32,
    /// Elements that it ends when it begins inside them, up to the nearest of `scope`.
    pub(super) ends: u128,
    /// Elements at which that search stops.
    pub(super) scope: u128,
}

/// Name, flow, regions, what it ends when it begins, and where the search for that stops.
type Row = (&'static str, Flow, u32, &'static [&'static str], &'static [&'static str]);

/// Paragraphs end where any block begins.
const P: &[&str] = &["p"];
const LI: &[&str] = &["li", "p"];
const ITEM: &[&str] = &["dd", "dt", "p"];
const CELL: &[&str] = &["td", "th", "caption"];
const ROW: &[&str] = &["td", "th", "tr", "caption"];
const ROWS: &[&str] = &["td", "th", "tr", "tbody", "thead", "tfoot", "caption"];

const BOX: &[&str] = &["table", "td", "th", "caption", "button"];
const LISTS: &[&str] = &["ul", "ol", "menu", "dir", "table", "td", "th"];
const DL: &[&str] = &["dl", "table", "td", "th"];
const TABLE: &[&str] = &["table"];

/// Sorted by name.
#[rustfmt::skip]
const ROWS_BY_NAME: &[Row] = &[
    ("a", Inline, 0, &[], &[]),
    ("abbr", Inline, 0, &[], &[]),
    ("acronym", Inline, 0, &[], &[]),
    ("address", Block, region::ADDRESS, P, BOX),
    ("area", Void, 0, &[], &[]),
    ("article", Block, region::ARTICLE, P, BOX),
    ("aside", Block, region::ASIDE, P, BOX),
    ("audio", Raw, 0, &[], &[]),
    ("b", Inline, 0, &[], &[]),
    ("base", Void, 0, &[], &[]),
    ("bdi", Inline, 0, &[], &[]),
    ("bdo", Inline, 0, &[], &[]),
    ("big", Inline, 0, &[], &[]),
    ("blockquote", Block, region::QUOTE, P, BOX),
    ("br", Void, 0, &[], &[]),
    ("button", Soft, region::BUTTON, &[], &[]),
    ("canvas", Raw, 0, &[], &[]),
    ("caption", Block, region::CAPTION, P, BOX),
    ("center", Block, 0, P, BOX),
    ("cite", Inline, 0, &[], &[]),
    ("code", Inline, 0, &[], &[]),
    ("col", Void, 0, &[], &[]),
    ("colgroup", Inline, 0, &[], &[]),
    ("data", Inline, 0, &[], &[]),
    ("datalist", Raw, 0, &[], &[]),
    ("dd", Block, region::LIST, ITEM, DL),
    ("del", Inline, 0, &[], &[]),
    ("details", Block, region::DETAILS, P, BOX),
    ("dfn", Inline, 0, &[], &[]),
    ("dialog", Block, region::DIALOG, P, BOX),
    ("dir", Block, region::LIST, P, BOX),
    ("div", Block, 0, P, BOX),
    ("dl", Block, region::LIST, P, BOX),
    ("dt", Block, region::LIST, ITEM, DL),
    ("em", Inline, 0, &[], &[]),
    ("embed", Void, 0, &[], &[]),
    ("fieldset", Block, region::FORM, P, BOX),
    ("figcaption", Block, region::CAPTION, P, BOX),
    ("figure", Block, region::FIGURE, P, BOX),
    ("font", Inline, 0, &[], &[]),
    ("footer", Block, region::FOOTER, P, BOX),
    ("form", Block, region::FORM, P, BOX),
    ("h1", Block, 0, P, BOX),
    ("h2", Block, 0, P, BOX),
    ("h3", Block, 0, P, BOX),
    ("h4", Block, 0, P, BOX),
    ("h5", Block, 0, P, BOX),
    ("h6", Block, 0, P, BOX),
    ("header", Block, region::HEADER, P, BOX),
    ("hgroup", Block, 0, P, BOX),
    ("hr", Void, 0, &[], &[]),
    ("i", Inline, 0, &[], &[]),
    ("iframe", Raw, 0, &[], &[]),
    ("img", Void, 0, &[], &[]),
    ("input", Void, 0, &[], &[]),
    ("ins", Inline, 0, &[], &[]),
    ("kbd", Inline, 0, &[], &[]),
    ("label", Inline, 0, &[], &[]),
    ("legend", Block, 0, P, BOX),
    ("li", Block, 0, LI, LISTS),
    ("link", Void, 0, &[], &[]),
    ("listing", Block, region::PRE, P, BOX),
    ("main", Block, region::MAIN, P, BOX),
    ("map", Inline, 0, &[], &[]),
    ("mark", Inline, 0, &[], &[]),
    ("math", Inline, 0, &[], &[]),
    ("menu", Block, region::LIST, P, BOX),
    ("meta", Void, 0, &[], &[]),
    ("meter", Inline, 0, &[], &[]),
    ("nav", Block, region::NAV, P, BOX),
    ("nobr", Inline, 0, &[], &[]),
    ("noembed", Raw, 0, &[], &[]),
    ("noframes", Raw, 0, &[], &[]),
    ("noscript", Raw, 0, &[], &[]),
    ("object", Raw, 0, &[], &[]),
    ("ol", Block, region::LIST, P, BOX),
    ("optgroup", Inline, 0, &[], &[]),
    ("option", Inline, 0, &[], &[]),
    ("output", Inline, 0, &[], &[]),
    ("p", Block, 0, P, BOX),
    ("param", Void, 0, &[], &[]),
    ("picture", Inline, 0, &[], &[]),
    ("pre", Block, region::PRE, P, BOX),
    ("progress", Inline, 0, &[], &[]),
    ("q", Inline, 0, &[], &[]),
    ("rp", Inline, 0, &[], &[]),
    ("rt", Inline, 0, &[], &[]),
    ("ruby", Inline, 0, &[], &[]),
    ("s", Inline, 0, &[], &[]),
    ("samp", Inline, 0, &[], &[]),
    ("script", Raw, 0, &[], &[]),
    ("search", Block, region::FORM, P, BOX),
    ("section", Block, 0, P, BOX),
    ("select", Soft, region::FORM, &[], &[]),
    ("slot", Inline, 0, &[], &[]),
    ("small", Inline, 0, &[], &[]),
    ("source", Void, 0, &[], &[]),
    ("span", Inline, 0, &[], &[]),
    ("strike", Inline, 0, &[], &[]),
    ("strong", Inline, 0, &[], &[]),
    ("style", Raw, 0, &[], &[]),
    ("sub", Inline, 0, &[], &[]),
    ("summary", Block, 0, P, BOX),
    ("sup", Inline, 0, &[], &[]),
    ("svg", Raw, 0, &[], &[]),
    ("table", Block, region::TABLE, P, BOX),
    ("tbody", Block, 0, ROWS, TABLE),
    ("td", Block, 0, CELL, TABLE),
    ("template", Raw, 0, &[], &[]),
    ("textarea", Raw, 0, &[], &[]),
    ("tfoot", Block, 0, ROWS, TABLE),
    ("th", Block, 0, CELL, TABLE),
    ("thead", Block, 0, ROWS, TABLE),
    ("time", Inline, 0, &[], &[]),
    ("title", Raw, 0, &[], &[]),
    ("tr", Block, 0, ROW, TABLE),
    ("track", Void, 0, &[], &[]),
    ("tt", Inline, 0, &[], &[]),
    ("u", Inline, 0, &[], &[]),
    ("ul", Block, region::LIST, P, BOX),
    ("var", Inline, 0, &[], &[]),
    ("video", Raw, 0, &[], &[]),
    ("wbr", Void, 0, &[], &[]),
    ("xmp", Raw, 0, &[], &[]),
];

static TAGS: [Tag; ROWS_BY_NAME.len()] = {
    let mut tags = [UNKNOWN; ROWS_BY_NAME.len()];
    let mut index = 0;
    while index < tags.len() {
        let (name, flow, regions, ends, scope) = ROWS_BY_NAME[index];
        tags[index] = Tag { name, bit: 1 << index, flow, regions, ends: bits(ends), scope: bits(scope) };
        index += 1;
    }
    tags
};

/// An element that HTML does not know.
pub(super) const UNKNOWN: Tag = Tag { name: "x", bit: 1 << 127, flow: Soft, regions: 0, ends: 0, scope: 0 };

/// The bits of some elements.
pub(super) const fn bits(names: &[&str]) -> u128 {
    let (mut bits, mut index) = (0, 0);
    while index < names.len() {
        let mut row = 0;
        while !same(ROWS_BY_NAME[row].0, names[index]) {
            row += 1;
        }
        bits |= 1 << row;
        index += 1;
    }
    bits
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while a.len() == b.len() && index < a.len() && a[index] == b[index] {
        index += 1;
    }
    a.len() == b.len() && index == a.len()
}

/// What is known of the element of a name, in whatever case it is printed.
pub(super) fn lookup(name: &[u8]) -> &'static Tag {
    let mut lower = [0_u8; 12];
    let Some(lower) = lower.get_mut(..name.len()) else { return &UNKNOWN };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    // The first letter narrows the search to a handful.
    let first = usize::from(lower.first().copied().unwrap_or(0).wrapping_sub(b'a'));
    let Some(&(from, to)) = BY_LETTER.get(first) else { return &UNKNOWN };
    TAGS[usize::from(from)..usize::from(to)]
        .iter()
        .find(|tag| tag.name.as_bytes() == lower)
        .unwrap_or(&UNKNOWN)
}

/// Where the names of each letter begin and end in [`TAGS`].
static BY_LETTER: [(u8, u8); 26] = {
    let (mut ranges, mut index) = ([(0, 0); 26], 0);
    while index < ROWS_BY_NAME.len() {
        let letter = (ROWS_BY_NAME[index].0.as_bytes()[0] - b'a') as usize;
        if ranges[letter].1 == 0 {
            ranges[letter].0 = index as u8;
        }
        ranges[letter].1 = index as u8 + 1;
        index += 1;
    }
    ranges
};

impl Tag {
    /// 1–6 for a heading, else 0.
    pub(super) fn heading(&self) -> u8 {
        match self.name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found() {
        assert!(TAGS.is_sorted_by(|a, b| a.name < b.name));
        for tag in &TAGS {
            assert_eq!(lookup(tag.name.to_uppercase().as_bytes()).name, tag.name);
        }
        for name in ["", "amp-img", "x", "foo", "averyveryverylongname", "é", "Zz"] {
            assert_eq!(lookup(name.as_bytes()).name, "x", "{name}");
        }
    }
}
