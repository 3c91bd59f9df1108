//! `copydesk explain --html`: one page as a picture of what was kept and dropped, reasons on hover.
//!
//! One file without scripts that needs nothing else.

use std::borrow::Cow;
use std::io::{self, Write};

use copydesk_types::{Block, Span, Story};

use crate::explain::{describe, findings, head_fields, place};

const STYLE: &str = include_str!("../data/explain.css");

/// Writes the picture of a story.
///
/// # Errors
/// Where writing fails.
pub fn explain_html(story: &Story, out: &mut dyn Write) -> io::Result<()> {
    let title = story.article.head.title.as_deref().unwrap_or(&story.source);
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    writeln!(
        out,
        "<title>{}</title>\n<style>\n{STYLE}</style>\n<h1>{}</h1>\n<dl>",
        escape(title),
        escape(title)
    )?;
    for (name, value) in head_fields(story) {
        writeln!(out, "<dt>{name}</dt><dd>{}</dd>", escape(&value))?;
    }
    let kept = story.article.blocks.iter().filter(|block| block.span.is_some()).count();
    let dropped = story.article.blocks.len() - kept;
    writeln!(
        out,
        "</dl>\n<p class=\"key\"><span>{kept} blocks kept</span><span>{dropped} dropped</span>\
         <span><mark class=\"name\">{} mentions</mark></span><span><mark class=\"number\">{} quantities</mark></span>\
         <span>hover for the reason</span></p>",
        story.mentions.len(),
        story.quantities.len()
    )?;
    for block in &story.article.blocks {
        self::block(story, block, out)?;
    }
    Ok(())
}

fn block(story: &Story, block: &Block, out: &mut dyn Write) -> io::Result<()> {
    let class = if block.span.is_some() { "kept" } else { "dropped" };
    let (label, sure, reason) = (block.label.name(), block.confidence, escape(&block.reason));
    write!(
        out,
        "<div class=\"block {class}\" title=\"{reason}\"><div class=\"label\"><b>{label}</b>{} · {sure:.2}</div><div>",
        place(block)
    )?;
    match block.span {
        Some(span) => marked(story, span, out)?,
        None => write!(out, "{}", escape(&block.text))?,
    }
    writeln!(out, "<div class=\"reason\">{reason}</div></div></div>")
}

/// The text of a kept block with what was found in it.
fn marked(story: &Story, span: Span, out: &mut dyn Write) -> io::Result<()> {
    let text = &story.article.text;
    let mut at = span.start;
    for finding in findings(story, span) {
        let found = finding.span();
        if found.start < at {
            continue;
        }
        let note = describe(finding, text);
        write!(
            out,
            "{}<mark class=\"{}\" title=\"{}\">{}</mark>",
            escape(&text[at..found.start]),
            finding.class(),
            escape(&note),
            escape(found.of(text))
        )?;
        at = found.end;
    }
    write!(out, "{}", escape(&text[at..span.end]))
}

/// Text as HTML shows it, in an element or a quoted attribute.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_stays_text() {
        assert_eq!(escape("<script>\"a&b\"</script>"), "&lt;script&gt;&quot;a&amp;b&quot;&lt;/script&gt;");
        assert_eq!(escape("plain"), "plain");
    }
}
