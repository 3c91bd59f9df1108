//! A block before it is labelled: the same for a text page and an HTML page but for `markup`.

use copydesk_types::Span;

/// One block as the splitters give it.
#[derive(Clone, Debug, Default)]
pub struct RawBlock {
    /// Exact inline text as a browser would join it, white space squashed.
    pub text: String,
    /// First and last line in a text page, from 1.
    pub lines: Option<(u32, u32)>,
    /// Bytes in the decoded page.
    pub source: Span,
    /// Blank lines before it in a text page.
    pub blank_before: u32,
    /// What HTML says about it; none in a text page.
    pub markup: Option<Markup>,
}

/// What HTML says about a block.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// The nearest block-level element: `p`, `h2`, `li`, `td`, `figcaption`, `div` …
    pub tag: &'static str,
    /// Tags with classes from the body down, depth capped: `body/div.main/p`.
    pub path: String,
    /// Hash of the path without positions: equal for blocks that are set alike.
    pub signature: u64,
    /// Element numbers of the ancestors, innermost first, capped: equal numbers are the same element.
    pub ancestors: Vec<u32>,
    /// Lower-case words of `class`, `id`, `role`, `itemprop` … of the block and its ancestors, innermost first, hashed.
    pub class_words: Vec<u64>,
    /// Words of the text, and how many of them stand in links.
    pub words: u32,
    /// Words inside `a`.
    pub link_words: u32,
    /// Regions and states around it: see the constants.
    pub regions: u32,
    /// 1–6 for a heading.
    pub heading: u8,
}
