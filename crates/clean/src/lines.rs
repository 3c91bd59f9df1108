//! Cuts a text page into raw blocks: a line each, or a paragraph where the page is hard-wrapped.
//!
//! Most text dumps give a paragraph a line. Others break lines at a fixed width, as mail does; there the lines of a
//! paragraph are joined again. Which of the two a page is shows in its line lengths alone: in a wrapped page no line is
//! longer than the width, and most stop just short of it.

use copydesk_types::Span;

use crate::RawBlock;

/// Widths, in characters, at which programs wrap text; a page whose longest lines lie outside is not wrapped.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 50..=110;
/// Lines, of a page's, that may be longer than the width (an address, a table): one in this many.
const LONGER_LINES: usize = 50;
/// How far below the width a full line stops at most: the length of a long word, in characters.
const RAGGED: usize = 14;
/// Full lines, of a wrapped page's, at least: one in this many.
const FULL_LINES: usize = 3;
/// Lines that a page needs before its width can be told.
const LINES_TO_TELL: usize = 6;

/// One line that holds something.
struct Line<'t> {
    text: &'t str,
    start: usize,
    number: u32,
    blank_before: u32,
    chars: usize,
}

/// The blocks of a text page in order. Lines are what stands between line feeds, numbered from 1. Linear in its length.
pub(crate) fn split(text: &str) -> Vec<RawBlock> {
    let lines = lines_of(text);
    let width = wrap_width(&lines);
    let mut blocks: Vec<RawBlock> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let end = line.start + line.text.len();
        if let (Some(width), Some(before), Some(block)) = (width, index.checked_sub(1), blocks.last_mut())
            && continues(&lines[before], line, width)
        {
            block.text.push(' ');
            squash_into(line.text, &mut block.text);
            block.source.end = end;
            block.lines = block.lines.map(|(first, _)| (first, line.number));
            continue;
        }
        let mut squashed = String::with_capacity(line.text.len());
        squash_into(line.text, &mut squashed);
        blocks.push(RawBlock {
            text: squashed,
            lines: Some((line.number, line.number)),
            source: Span::new(line.start, end),
            blank_before: line.blank_before,
            ..RawBlock::default()
        });
    }
    blocks
}

fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 40 + 1);
    let (mut start, mut blank_before) = (0, 0);
    for (index, line) in text.split('\n').enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank_before += 1;
        } else {
            let indent = line.len() - line.trim_start().len();
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let chars = trimmed.chars().count();
            lines.push(Line { text: trimmed, start: start + indent, number, blank_before, chars });
            blank_before = 0;
        }
        start += line.len() + 1;
    }
    lines
}

/// The width at which the page is wrapped, in characters; none where it is not.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    if lines.len() < LINES_TO_TELL {
        return None;
    }
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.chars).collect();
    lengths.sort_unstable();
    let width = lengths[lengths.len() - 1 - lengths.len() / LONGER_LINES];
    let full = lengths.iter().filter(|&&n| n <= width && n + RAGGED > width).count();
    (WRAP_WIDTHS.contains(&width) && full * FULL_LINES >= lengths.len()).then_some(width)
}

/// Whether `line` goes on with the paragraph of the line before: its first word had no room there.
fn continues(before: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    let first_word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let had_no_room = before.chars + 1 + first_word > width;
    let fits = before.chars <= width && line.chars <= width;
    line.blank_before == 0 && fits && had_no_room
}

/// Appends `line` with each run of white space as one space.
fn squash_into(line: &str, out: &mut String) {
    for (index, word) in line.split_whitespace().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(page: &str) -> Vec<String> {
        split(page).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn blocks_of_lines() {
        for (page, expected) in [
            ("Title\n\nBody  text\t here.\n", "Title|Body text here."),
            ("One\r\nTwo\r\n", "One|Two"),
            ("  indented\u{a0}line \n\u{3000}\nlast", "indented line|last"),
            ("", ""),
            ("\n\n\n", ""),
        ] {
            assert_eq!(texts(page).join("|"), expected, "{page:?}");
        }
    }

    #[test]
    fn numbers_and_blanks() {
        let blocks = split("A\n\n\nB\nC");
        let found: Vec<_> = blocks.iter().map(|b| (b.lines, b.blank_before, b.source)).collect();
        assert_eq!(
            found,
            [
                (Some((1, 1)), 0, Span::new(0, 1)),
                (Some((4, 4)), 2, Span::new(4, 5)),
                (Some((5, 5)), 0, Span::new(6, 7))
            ]
        );
    }

    const WRAPPED: &str = "\
PORT REOPENS AFTER STORM

The harbour master said on Monday that the two northern berths had
been cleared of sand, and that the first freighters would be let in
with the morning tide once the pilots had sounded the channel again.
They had waited for nine days.

A second paragraph begins here and is long enough to be broken over
several lines, as programs for electronic mail have always done it
since terminals were eighty characters wide.
";

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let blocks = split(WRAPPED);
        let lines: Vec<_> = blocks.iter().filter_map(|b| b.lines).collect();
        assert_eq!(lines, [(1, 1), (3, 6), (8, 10)]);
        assert!(blocks[1].text.contains("had been cleared of sand, and that"));
    }

    #[test]
    fn lists_of_short_lines_are_not_joined() {
        let menu = "Home\nWorld news\nBusiness\nScience and technology\nSport\nOpinion\nWeather\n";
        assert_eq!(texts(menu).len(), 7);
        let unwrapped = format!("{menu}{}\n", "A paragraph that goes on in one line. ".repeat(8));
        assert_eq!(texts(&unwrapped).len(), 8);
    }

    proptest! {
        #[test]
        fn block_texts_are_their_sources_squashed(page in "[ a-zé.\t\u{2003}\r\n]{0,400}") {
            let blocks = split(&page);
            for block in &blocks {
                let source: Vec<&str> = block.source.of(&page).split_whitespace().collect();
                prop_assert_eq!(&block.text, &source.join(" "));
            }
            let all: Vec<&str> = blocks.iter().flat_map(|b| b.text.split(' ')).collect();
            prop_assert_eq!(all, page.split_whitespace().collect::<Vec<_>>());
        }
    }
}
