//! A block before it is labelled: the same for a text page and an HTML page but for `markup`.

use copydesk_types::Span;

/// One block as the splitters give it.
#[derive(Clone, Debug, Default)]
pub struct RawBlock {
    /// Exact inline text as a browser would join it, white space squashed; a data table has a tab between cells and a
    /// newline between rows.
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
    /// The nearest block-level element: `p`, `h2`, `li`, `td`, `figcaption`, `div` …; `table` for a data table, which
    /// is one block.
    pub tag: &'static str,
    /// Tags with their first class from the body down, depth capped: `body/div.main/p`.
    pub path: String,
    /// Hash of the path without positions: equal for blocks that are set alike.
    pub signature: u64,
    /// Element numbers of the block-level ancestors, innermost first, at most [`Markup::ANCESTORS`]: equal numbers are
    /// the same element. The first is the block's own element.
    pub ancestors: Vec<u32>,
    /// Depth in block-level elements, uncapped.
    pub depth: u32,
    /// Words of `class`, `id`, `role`, `itemprop` and the like, as [`word_hash`]es, with their level: 0 for inline
    /// elements inside the block and its own element, 1 for its parent, and so on; at most [`Markup::CLASS_WORDS`].
    pub class_words: Vec<ClassWord>,
    /// Words of the text.
    pub words: u32,
    /// Words inside `a`.
    pub link_words: u32,
    /// Words inside the `a` that the block begins with.
    pub link_first: u32,
    /// Number of `a` elements with words.
    pub links: u32,
    /// Words inside `b` or `strong`.
    pub bold_words: u32,
    /// Words inside `i` or `em`.
    pub italic_words: u32,
    /// `br` elements inside the block that stand as a space in its text.
    pub breaks: u32,
    /// Images, frames, videos between the block before and this one, and inside it.
    pub media: u32,
    /// Text of the `alt` attribute of the last of these images.
    pub alt: Option<String>,
    /// Regions and states around it: constants of [`region`].
    pub regions: u32,
    /// 1–6 for a heading.
    pub heading: u8,
}

impl Markup {
    /// Ancestors kept for a block.
    pub const ANCESTORS: usize = 16;
    /// Class words kept for a block.
    pub const CLASS_WORDS: usize = 48;

    /// Whether the block stands inside one of the regions.
    pub const fn within(&self, regions: u32) -> bool {
        self.regions & regions != 0
    }
}

/// A word of an element's class or the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassWord {
    /// Its [`word_hash`].
    pub hash: u64,
    /// Whose it is: 0 the block's own, 1 its parent's, and so on outwards.
    pub level: u8,
}

/// Bits of [`Markup::regions`]: set where any ancestor, or the block's own element, is one.
pub mod region {
    /// `nav`, or the role navigation or menu.
    pub const NAV: u32 = 1;
    /// `header`, or the role banner.
    pub const HEADER: u32 = 1 << 1;
    /// `footer`, or the role contentinfo.
    pub const FOOTER: u32 = 1 << 2;
    /// `aside`, or the role complementary.
    pub const ASIDE: u32 = 1 << 3;
    /// `main`, or the role main.
    pub const MAIN: u32 = 1 << 4;
    /// `article`, or the role article.
    pub const ARTICLE: u32 = 1 << 5;
    /// `form`, `select`, `fieldset`, or the role search.
    pub const FORM: u32 = 1 << 6;
    /// `figure`.
    pub const FIGURE: u32 = 1 << 7;
    /// `figcaption`.
    pub const CAPTION: u32 = 1 << 8;
    /// `button`, or the role button.
    pub const BUTTON: u32 = 1 << 9;
    /// `table`.
    pub const TABLE: u32 = 1 << 10;
    /// `ul`, `ol`, `dl`, `menu`.
    pub const LIST: u32 = 1 << 11;
    /// `blockquote`.
    pub const QUOTE: u32 = 1 << 12;
    /// Not shown: `hidden`, `display:none`, `aria-hidden`.
    pub const HIDDEN: u32 = 1 << 13;
    /// `pre`.
    pub const PRE: u32 = 1 << 14;
    /// `dialog`, or the roles dialog and alert.
    pub const DIALOG: u32 = 1 << 15;
    /// `details`.
    pub const DETAILS: u32 = 1 << 16;
    /// `address`.
    pub const ADDRESS: u32 = 1 << 17;
    /// The whole block stands inside one `a` that began outside it: a card.
    pub const CARD: u32 = 1 << 18;
    /// Inside an element with `itemprop="articleBody"` (or the RDFa like).
    pub const ARTICLE_BODY: u32 = 1 << 19;
    /// Inside an element whose class or the like says comments, related, teaser: see `data/marks`.
    pub const OTHERS: u32 = 1 << 20;
}

/// The hash of a lower-case word: FNV-1a, 64 bits, so that it is the same in the model and in every version.
pub const fn word_hash(word: &str) -> u64 {
    let (bytes, mut hash, mut index) = (word.as_bytes(), FNV_OFFSET, 0);
    while index < bytes.len() {
        hash = fnv_step(hash, bytes[index]);
        index += 1;
    }
    hash
}

/// Where FNV-1a starts.
pub(crate) const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a over one byte more.
pub(crate) const fn fnv_step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Words of a text: what stands between white space, a long one counting for several, so that scripts without spaces
/// have words too.
pub(crate) fn words(text: &str) -> u32 {
    let count: usize =
        text.split_ascii_whitespace().map(|word| 1 + word.len().saturating_sub(LONG_WORD) / 6).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Bytes up to which a run of characters is one word; beyond, six bytes, two Han characters, are one.
const LONG_WORD: usize = 30;
