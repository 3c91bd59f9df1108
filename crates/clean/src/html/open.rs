//! The stack of open elements.

use super::tag::{self, Tag};
use crate::raw::{FNV_OFFSET, fnv_step};

/// Elements kept open at most: browsers stop at 512 too.
pub(super) const MAX_DEPTH: usize = 512;
/// Block-level elements named in a path.
const PATH_DEPTH: u32 = 32;
/// Bytes of a class named in a path.
const PATH_CLASS: usize = 40;

/// What an inline element does to its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Link,
    Bold,
    Italic,
}

/// One open element.
#[derive(Clone, Debug)]
pub(super) struct Open<'p> {
    pub(super) tag: &'static Tag,
    /// As printed.
    pub(super) name: &'p [u8],
    pub(super) is_block: bool,
    /// Number of the nearest block-level element, itself included.
    pub(super) element: u32,
    /// Where on the stack that is.
    pub(super) block_at: usize,
    /// Block-level elements around it, itself included.
    pub(super) depth: u32,
    /// Regions around it, its own included.
    pub(super) regions: u32,
    /// Hash of tags and classes of the block-level elements from the body down.
    pub(super) signature: u64,
    /// Where its class words begin on the stack of words, and the path had ended before it.
    pub(super) words_from: usize,
    pub(super) path_from: usize,
    /// What it does to its text, until its end tag.
    pub(super) format: Option<Format>,
    /// Whether its text is not seen.
    pub(super) hides: bool,
    /// Its mark, by number.
    pub(super) mark: Option<usize>,
}

/// Open elements, with the path and class words that they make up. The first is the body, which never ends.
#[derive(Debug)]
pub(super) struct Stack<'p> {
    pub(super) open: Vec<Open<'p>>,
    pub(super) path: String,
    pub(super) words: Vec<u64>,
    elements: u32,
    counts: [u16; 128],
    /// Tags of which at least one is open.
    present: u128,
}

impl<'p> Stack<'p> {
    pub(super) fn new() -> Self {
        let body = Open {
            tag: &tag::UNKNOWN,
            name: b"body",
            is_block: true,
            element: 0,
            block_at: 0,
            depth: 0,
            regions: 0,
            signature: FNV_OFFSET,
            words_from: 0,
            path_from: 0,
            format: None,
            hides: false,
            mark: None,
        };
        Self {
            open: vec![body],
            path: "body".to_owned(),
            words: Vec::new(),
            elements: 0,
            counts: [0; 128],
            present: 0,
        }
    }

    pub(super) fn top(&self) -> &Open<'p> {
        // The body is never popped.
        &self.open[self.open.len() - 1]
    }

    /// The nearest block-level element.
    pub(super) fn block(&self) -> &Open<'p> {
        &self.open[self.top().block_at]
    }

    /// Puts an element on top. `own` are regions beside those of its tag; its class words stand on top of `words` from
    /// `words_from`.
    pub(super) fn push(
        &mut self,
        tag: &'static Tag,
        name: &'p [u8],
        is_block: bool,
        own: u32,
        class: &str,
        words_from: usize,
    ) {
        let parent = self.top();
        let (depth, path_from) = (parent.depth + u32::from(is_block), self.path.len());
        let mut open = Open {
            tag,
            name,
            is_block,
            regions: parent.regions | tag.regions | own,
            depth,
            words_from,
            path_from,
            format: None,
            hides: false,
            mark: None,
            ..*parent
        };
        if is_block {
            self.elements += 1;
            open.element = self.elements;
            open.block_at = self.open.len();
            open.signature = self.append_path(tag, name, class, open.signature, depth);
        }
        let index = tag.bit.trailing_zeros() as usize;
        self.counts[index] += 1;
        self.present |= tag.bit;
        self.open.push(open);
    }

    /// Takes the top element off; the body stays.
    pub(super) fn pop(&mut self) -> Option<Open<'p>> {
        if self.open.len() < 2 {
            return None;
        }
        let open = self.open.pop()?;
        self.path.truncate(open.path_from);
        self.words.truncate(open.words_from);
        let index = open.tag.bit.trailing_zeros() as usize;
        self.counts[index] -= 1;
        if self.counts[index] == 0 {
            self.present &= !open.tag.bit;
        }
        Some(open)
    }

    /// The topmost element of one of `tags` that no element of `scope` and no element for which `stops` holds stands
    /// above.
    pub(super) fn find(&self, tags: u128, scope: u128, stops: impl Fn(&Open<'p>) -> bool) -> Option<usize> {
        if self.present & tags == 0 {
            return None;
        }
        for index in (1..self.open.len()).rev() {
            let open = &self.open[index];
            if open.tag.bit & tags != 0 {
                return Some(index);
            }
            if open.tag.bit & scope != 0 || stops(open) {
                return None;
            }
        }
        None
    }

    fn append_path(&mut self, tag: &Tag, name: &[u8], class: &str, signature: u64, depth: u32) -> u64 {
        let class = class.split_ascii_whitespace().next().unwrap_or("");
        let class = &class[..class.floor_char_boundary(PATH_CLASS)];
        let name =
            if tag.bit == tag::UNKNOWN.bit { std::str::from_utf8(name).unwrap_or("x") } else { tag.name };
        if depth <= PATH_DEPTH {
            self.path.push('/');
            self.path.push_str(&name[..name.floor_char_boundary(PATH_CLASS)]);
            if !class.is_empty() {
                self.path.push('.');
                self.path.push_str(class);
            }
        }
        // Digits number things (`post-123`); blocks that differ in them alone are set alike.
        let letters = class.bytes().filter(|b| !b.is_ascii_digit());
        name.bytes().chain(*b".").chain(letters).chain(*b"/").fold(signature, fnv_step)
    }
}
