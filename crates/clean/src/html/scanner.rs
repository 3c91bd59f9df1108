//! What the scan does at each tag and text: opens, closes, begins a new block.

use super::{
    Scanned,
    attributes::Attributes,
    marks::{Marks, Place},
    names::{self, Hint, Hints},
    open::{Format, MAX_DEPTH, Open, Stack},
    tables::Tables,
    tag::{Flow, Tag, bits},
    text::Text,
};
use crate::raw::{ClassWord, Markup, RawBlock, region, word_hash, words};

/// Blocks kept of one page; the text of what follows runs on in the last one.
const MAX_BLOCKS: usize = 1 << 16;
/// Words that a line has at least where its end of sentence and a single `br` end a paragraph together.
const LINE_WORDS: u32 = 8;

const HEADINGS: u128 = bits(&["h1", "h2", "h3", "h4", "h5", "h6"]);
const PARAGRAPHS: u128 = HEADINGS | bits(&["p"]);
const CELLS: u128 = bits(&["td", "th", "caption", "table"]);
const IN_TABLE: u128 = bits(&["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"]);
const A: u128 = bits(&["a"]);

/// A scan under way.
#[derive(Debug)]
pub(super) struct Scanner<'p> {
    pub(super) page: &'p str,
    pub(super) marks: Marks,
    stack: Stack<'p>,
    text: Text,
    blocks: Vec<RawBlock>,
    tables: Tables,
    inline: Inline,
    /// Elements deeper than the stack that are open.
    overflow: usize,
    depth_capped: bool,
}

/// What is known of the block that grows, beside its text.
#[derive(Debug, Default)]
struct Inline {
    link: Run,
    bold: Run,
    italic: Run,
    /// Elements around whose text is not seen.
    hiding: u32,
    /// `br` since the last character, and inside the block.
    breaks: u32,
    breaks_inside: u32,
    media: u32,
    alt: Option<String>,
    class_words: Vec<u64>,
    /// Where the last inline element ended in the block's text, and whether it was a link.
    ended: Option<(usize, bool)>,
}

/// Words of a block under a format.
#[derive(Debug, Default)]
struct Run {
    open: u32,
    since: usize,
    words: u32,
    /// Those of them that the block begins with.
    first: u32,
    count: u32,
}

impl Run {
    fn begin(&mut self, at: usize) {
        if self.open == 0 {
            self.since = at;
        }
        self.open += 1;
    }

    fn end(&mut self, text: &str) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.count(text);
        }
    }

    fn count(&mut self, text: &str) {
        let inside = words(text.get(self.since..).unwrap_or(""));
        if self.since == 0 {
            self.first = inside;
        }
        self.words += inside;
        self.count += u32::from(inside > 0);
        self.since = text.len();
    }

    /// What was counted in the block that ends here; an open format goes on in the next.
    fn take(&mut self, text: &str) -> Self {
        if self.open > 0 {
            self.count(text);
        }
        std::mem::replace(self, Self { open: self.open, ..Self::default() })
    }
}

impl<'p> Scanner<'p> {
    pub(super) fn new(page: &'p str) -> Self {
        Self {
            page,
            marks: Marks::default(),
            stack: Stack::new(),
            text: Text::default(),
            blocks: Vec::new(),
            tables: Tables::default(),
            inline: Inline::default(),
            overflow: 0,
            depth_capped: false,
        }
    }

    /// Text between two tags.
    pub(super) fn text(&mut self, from: usize, to: usize) {
        if from == to || self.inline.hiding > 0 {
            return;
        }
        if self.inline.breaks > 0 {
            let visible = self.page[from..to].trim_start();
            let Some(first) = visible.chars().next() else { return };
            if self.breaks_paragraph(first) {
                self.flush();
            } else {
                self.text.space();
                self.inline.breaks_inside += 1;
            }
            self.inline.breaks = 0;
        }
        if self.inline.ended.is_some() {
            self.unglue(from);
        }
        self.text.push(self.page, from, to);
    }

    /// Whether the `br`s before a line that begins with `first` end a paragraph: two always do; one does unless the
    /// line before runs on.
    fn breaks_paragraph(&self, first: char) -> bool {
        let before = &self.text.out;
        if self.inline.breaks > 1 {
            return true;
        }
        if self.stack.block().tag.bit & HEADINGS != 0 || before.is_empty() {
            return false;
        }
        let ends = before.ends_with(['.', '!', '?', ':', '…', '"', '”', '»', '。', '！', '？', '」']);
        let runs_on = before.ends_with([',', '-', '–', ';']) || first.is_lowercase();
        ends && words(before) >= LINE_WORDS || !ends && !runs_on
    }

    /// Puts a space where inline elements touch that a style sheet sets apart: two links, or a name after a small word.
    fn unglue(&mut self, from: usize) {
        let Some((at, after_link)) = self.inline.ended.take() else { return };
        if at != self.text.out.len() || !self.text.touches() || self.stack.block().tag.bit & PARAGRAPHS != 0 {
            return;
        }
        let opens = self.page.as_bytes().get(from.wrapping_sub(1)) == Some(&b'>');
        let last = self.text.out.chars().next_back().unwrap_or(' ');
        let first = self.page[from..].chars().next().unwrap_or(' ');
        let two_links = after_link && self.inline.link.open > 0;
        let hump = opens && last.is_lowercase() && (first.is_uppercase() || first.is_ascii_digit());
        if two_links || hump {
            self.text.space();
        }
    }

    /// A `br`.
    pub(super) fn line_break(&mut self) {
        if self.inline.hiding == 0 && !self.text.out.is_empty() {
            self.inline.breaks += 1;
        }
    }

    /// An image or the like.
    pub(super) fn media(&mut self, alt: Option<&str>) {
        self.inline.media += 1;
        if let Some(alt) = alt.map(super::plain).filter(|alt| !alt.is_empty()) {
            self.inline.alt = Some(alt);
        }
    }

    /// The `body` tag: its class words are everyone's.
    pub(super) fn body(&mut self, attributes: &Attributes<'p>) {
        if self.stack.open.len() == 1 && self.stack.words.is_empty() {
            attributes.names().for_each(|value| names::words_into(value, &mut self.stack.words));
        }
    }

    /// A start tag of an element with content.
    pub(super) fn start(&mut self, name: &'p [u8], tag: &'static Tag, attributes: &Attributes<'p>) {
        let is_block = self.is_block(tag);
        if is_block {
            self.flush();
            while let Some(index) = self.stack.find(tag.ends, tag.scope, |_| false) {
                self.pop_to(index);
            }
        }
        if tag.bit == A {
            self.end_link();
        }
        if self.stack.open.len() >= MAX_DEPTH {
            self.overflow += 1;
            self.depth_capped = true;
            return;
        }
        let words_from = self.stack.words.len();
        attributes.names().for_each(|value| names::words_into(value, &mut self.stack.words));
        let own_words = &self.stack.words[words_from..];
        let mut regions = role(attributes.role()) | itemprop_region(attributes);
        let hints = Hints::of(own_words);
        if hints.has(Hint::Others) {
            regions |= region::OTHERS;
        }
        let unseen = attributes.hidden || attributes.style.is_some_and(is_unseen) || attributes.aria_hidden;
        if is_block && unseen {
            regions |= region::HIDDEN;
        }
        let hides = !is_block && (unseen || attributes.class.is_some_and(is_for_screen_readers));
        if !is_block && self.inline.class_words.len() < Markup::CLASS_WORDS {
            self.inline.class_words.extend_from_slice(own_words);
        }
        let mark = self.marks.kind(tag, attributes, hints);
        self.stack.push(tag, name, is_block, regions, attributes.class.unwrap_or(""), words_from);
        let place = self.place();
        let mark = mark.and_then(|kind| self.marks.open(kind, attributes, place));
        let format = if is_block { None } else { format(tag) };
        if let Some(open) = self.stack.open.last_mut() {
            (open.format, open.hides, open.mark) = (format, hides, mark);
        }
        self.inline.hiding += u32::from(hides);
        match tag.name {
            "table" => self.tables.start(self.blocks.len(), self.stack.top().element),
            "tr" => self.tables.row(),
            "td" | "th" => self.tables.cell(),
            "option" => self.text.space(),
            _ => {}
        }
        let at = self.text.out.len();
        if let Some(run) = self.run(format) {
            run.begin(at);
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &'p [u8], tag: &'static Tag) {
        if tag.flow == Flow::Void {
            if tag.name == "br" {
                self.line_break();
            }
            return;
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            if tag.flow == Flow::Block {
                self.flush();
            }
            return;
        }
        let tags = if tag.bit & HEADINGS != 0 { HEADINGS } else { tag.bit };
        let scope = if tag.bit & IN_TABLE != 0 { bits(&["table"]) } else { CELLS };
        let inline = tag.flow == Flow::Inline;
        let unknown = tag.flow == Flow::Soft && tag.bit == super::tag::UNKNOWN.bit;
        let stops = |open: &Open<'p>| inline && open.is_block;
        let found = self.stack.find(tags, scope & !tag.bit, stops);
        // Elements that HTML does not know share a tag: the topmost must be of the name.
        let found = found.filter(|&index| !unknown || self.stack.open[index].name.eq_ignore_ascii_case(name));
        match found {
            Some(index) => self.pop_to(index),
            None if inline => self.end_format(tag),
            None if tag.flow == Flow::Block => self.flush(),
            None => {}
        }
    }

    /// Ends the block that grows, if it says anything.
    pub(super) fn flush(&mut self) {
        self.inline.breaks = 0;
        self.inline.ended = None;
        if self.text.source.is_none() {
            return;
        }
        if self.blocks.len() >= MAX_BLOCKS {
            self.text.space();
            return;
        }
        let Some((text, source)) = self.text.take() else { return };
        let block = self.stack.block();
        let is_card = self.inline.link.open > 0 && self.inline.link.since == 0;
        let inline = &mut self.inline;
        let link = inline.link.take(&text);
        let markup = Markup {
            tag: block.tag.name,
            path: self.stack.path.clone(),
            signature: block.signature,
            ancestors: ancestors(&self.stack),
            depth: block.depth,
            class_words: class_words(&self.stack, &inline.class_words),
            words: words(&text),
            link_words: link.words,
            link_first: link.first,
            links: link.count,
            bold_words: inline.bold.take(&text).words,
            italic_words: inline.italic.take(&text).words,
            breaks: std::mem::take(&mut inline.breaks_inside),
            media: std::mem::take(&mut inline.media),
            alt: inline.alt.take(),
            regions: block.regions | if is_card { region::CARD } else { 0 },
            heading: block.tag.heading(),
        };
        inline.class_words.clear();
        self.tables.block();
        self.blocks.push(RawBlock { text, lines: None, source, blank_before: 0, markup: Some(markup) });
    }

    /// Where the next character will stand.
    pub(super) fn place(&self) -> Place {
        Place { block: self.blocks.len(), at: self.text.out.len(), regions: self.stack.top().regions }
    }

    pub(super) fn finish(mut self) -> Scanned {
        self.flush();
        self.pop_to(1);
        Scanned { blocks: self.blocks, evidence: self.marks.evidence, depth_capped: self.depth_capped }
    }

    fn is_block(&self, tag: &Tag) -> bool {
        match tag.flow {
            Flow::Block | Flow::Raw => true,
            Flow::Soft => self.stack.block().tag.bit & PARAGRAPHS == 0,
            Flow::Inline | Flow::Void => false,
        }
    }

    fn pop_to(&mut self, index: usize) {
        while self.stack.open.len() > index.max(1) {
            if self.stack.top().is_block {
                self.flush();
            }
            let at = self.place();
            let Some(open) = self.stack.pop() else { return };
            if let Some(mark) = open.mark {
                self.marks.close(mark, at, &self.text.out);
            }
            self.inline.hiding -= u32::from(open.hides);
            self.close_format(open.format);
            if !open.is_block {
                self.inline.ended = Some((self.text.out.len(), open.tag.bit == A));
            }
            if open.tag.name == "table"
                && let Some(first) = self.tables.end(&mut self.blocks)
            {
                self.marks.merged(first);
            }
        }
    }

    /// A link ends where the next begins.
    fn end_link(&mut self) {
        if self.inline.link.open == 0 {
            return;
        }
        let index = self.stack.open.iter().rposition(|open| open.format == Some(Format::Link));
        match index {
            Some(index) if index > self.stack.top().block_at => self.pop_to(index),
            Some(index) => self.close_at(index),
            None => {}
        }
    }

    /// The end tag of a format under which blocks are still open: its words end here all the same.
    fn end_format(&mut self, tag: &Tag) {
        if format(tag).is_some()
            && let Some(index) =
                self.stack.open.iter().rposition(|o| o.tag.bit == tag.bit && o.format.is_some())
        {
            self.close_at(index);
        }
    }

    fn close_at(&mut self, index: usize) {
        let format = self.stack.open[index].format.take();
        self.close_format(format);
    }

    fn close_format(&mut self, format: Option<Format>) {
        let text = std::mem::take(&mut self.text.out);
        if let Some(run) = self.run(format) {
            run.end(&text);
        }
        self.text.out = text;
    }

    fn run(&mut self, format: Option<Format>) -> Option<&mut Run> {
        Some(match format? {
            Format::Link => &mut self.inline.link,
            Format::Bold => &mut self.inline.bold,
            Format::Italic => &mut self.inline.italic,
        })
    }
}

fn format(tag: &Tag) -> Option<Format> {
    match tag.name {
        "a" => Some(Format::Link),
        "b" | "strong" => Some(Format::Bold),
        "i" | "em" => Some(Format::Italic),
        _ => None,
    }
}

fn role(role: Option<&str>) -> u32 {
    match role.unwrap_or("") {
        "navigation" | "menu" | "menubar" | "tablist" => region::NAV,
        "banner" => region::HEADER,
        "contentinfo" => region::FOOTER,
        "complementary" => region::ASIDE,
        "main" => region::MAIN,
        "article" => region::ARTICLE,
        "search" | "form" => region::FORM,
        "button" => region::BUTTON,
        "dialog" | "alertdialog" | "alert" => region::DIALOG,
        "figure" => region::FIGURE,
        _ => 0,
    }
}

fn itemprop_region(attributes: &Attributes<'_>) -> u32 {
    let names = [attributes.itemprop(), attributes.property];
    let says_body = |value: &str| value.split_ascii_whitespace().any(|name| name.ends_with("articleBody"));
    if names.into_iter().flatten().any(says_body) { region::ARTICLE_BODY } else { 0 }
}

fn is_unseen(style: &str) -> bool {
    let has = |property: &str, value: &str| {
        style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(name, set)| {
            let set = set.trim();
            name.trim().eq_ignore_ascii_case(property)
                && set.get(..value.len()).is_some_and(|start| start.eq_ignore_ascii_case(value))
        })
    };
    has("display", "none") || has("visibility", "hidden")
}

fn is_for_screen_readers(class: &str) -> bool {
    class.split_ascii_whitespace().any(|class| names::hint(word_hash(class)) == Some(Hint::Unseen))
}

/// Element numbers of the block-level elements, innermost first.
fn ancestors(stack: &Stack<'_>) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(Markup::ANCESTORS);
    let mut at = stack.top().block_at;
    while numbers.len() < Markup::ANCESTORS {
        numbers.push(stack.open[at].element);
        if at == 0 {
            break;
        }
        at = stack.open[at - 1].block_at;
    }
    numbers
}

/// Class words of inline elements inside the block, of its own element, and of those around it.
fn class_words(stack: &Stack<'_>, inside: &[u64]) -> Vec<ClassWord> {
    let mut words: Vec<ClassWord> = inside.iter().map(|&hash| ClassWord { hash, level: 0 }).collect();
    let (mut at, mut level, mut end) = (stack.top().block_at, 0_u8, stack.words.len());
    while words.len() < Markup::CLASS_WORDS {
        let from = stack.open[at].words_from;
        words.extend(stack.words[from..end].iter().map(|&hash| ClassWord { hash, level }));
        if at == 0 {
            break;
        }
        (end, level) = (from, level.saturating_add(1));
        at = stack.open[at - 1].block_at;
    }
    words.truncate(Markup::CLASS_WORDS);
    words
}
