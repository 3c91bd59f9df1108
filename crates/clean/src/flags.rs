//! What a reader of the tables should know about a cleaned page.

use copydesk_types::{Block, Flag, Head};

/// Words of a body below which it is short; of the pages of the development sets, 7 in 1,000 have fewer.
const SHORT_WORDS: usize = 60;
/// Mean confidence of a page's blocks, weighed by their length, below which it is low; 9 in 1,000 pages of the development
/// sets lie below.
const LOW_CONFIDENCE: f32 = 0.75;

/// The doubts about a page.
pub(crate) fn of(head: &Head, blocks: &[Block]) -> Vec<Flag> {
    let words = |block: &&Block| block.text.split(' ').count();
    let kept: usize = blocks.iter().filter(|block| block.label.kept() && !block.text.is_empty()).count();
    let body: usize =
        blocks.iter().filter(|block| block.label.kept() && block.in_body).map(|b| words(&b)).sum();
    let chars: usize = blocks.iter().map(|block| block.text.len()).sum();
    let sure: f32 = blocks.iter().map(|block| block.confidence * block.text.len() as f32).sum();
    [
        (kept == 0, Flag::Empty),
        (head.title.is_none(), Flag::NoTitle),
        (body < SHORT_WORDS, Flag::Short),
        (chars > 0 && sure < LOW_CONFIDENCE * chars as f32, Flag::LowConfidence),
    ]
    .into_iter()
    .filter_map(|(doubt, flag)| doubt.then_some(flag))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk_types::Label;

    fn block(text: &str, label: Label, confidence: f32) -> Block {
        Block {
            text: text.into(),
            label,
            confidence,
            reason: String::new(),
            lines: None,
            source: None,
            path: None,
            span: None,
            in_body: label == Label::Paragraph,
        }
    }

    #[test]
    fn flags_of_pages() {
        let long = "word ".repeat(80);
        let titled = Head { title: Some("Port opens".into()), ..Head::default() };
        for (name, head, blocks, expected) in [
            ("whole", &titled, vec![block(&long, Label::Paragraph, 0.9)], vec![]),
            ("no block", &titled, vec![], vec![Flag::Empty, Flag::Short]),
            (
                "menu",
                &Head::default(),
                vec![block("Home", Label::Navigation, 0.9)],
                vec![Flag::Empty, Flag::NoTitle, Flag::Short],
            ),
            ("unsure", &titled, vec![block(&long, Label::Paragraph, 0.5)], vec![Flag::LowConfidence]),
            ("brief", &titled, vec![block("It rained.", Label::Paragraph, 0.9)], vec![Flag::Short]),
        ] {
            assert_eq!(of(head, &blocks), expected, "{name}");
        }
    }
}
