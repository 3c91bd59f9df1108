//! `copydesk explain`: one page as a person reads it: every block kept or dropped and why, mentions and quantities in
//! colour.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use copydesk_types::{Block, Kind, Mention, Quantity, Span, Story};

const DROPPED: Style = AnsiColor::BrightBlack.on_default();
const KEPT: Style = AnsiColor::Green.on_default();
const NAME: Style = AnsiColor::Cyan.on_default().bold();
const NUMBER: Style = AnsiColor::Yellow.on_default().bold();
const HEAD: Style = Style::new().bold();

/// Prints a story with ANSI colours (a writer that is no terminal should strip them).
pub fn explain(story: &Story, out: &mut dyn Write) -> io::Result<()> {
    head(story, out)?;
    for block in &story.article.blocks {
        writeln!(out)?;
        match block.span {
            Some(span) => kept(story, block, span, out)?,
            None => dropped(block, out)?,
        }
    }
    Ok(())
}

fn head(story: &Story, out: &mut dyn Write) -> io::Result<()> {
    let head = &story.article.head;
    let mut field = |name: &str, value: &str| writeln!(out, "{HEAD}{name:<10}{HEAD:#} {value}");
    field("source", &story.source)?;
    field("title", head.title.as_deref().unwrap_or("–"))?;
    if let Some(lead) = &head.lead {
        field("lead", lead)?;
    }
    field("authors", &if head.authors.is_empty() { "–".to_owned() } else { head.authors.join(", ") })?;
    field("published", &head.published_date.map_or_else(|| "–".to_owned(), |d| d.to_string()))?;
    if let Some(anchor) = head.anchor {
        field("anchor", &format!("{} ({})", anchor.date, anchor.precision.name()))?;
    }
    if let Some(language) = &head.language {
        field("language", language)?;
    }
    let flags: Vec<&str> = story.article.flags.iter().map(|f| f.name()).collect();
    if !flags.is_empty() {
        field("flags", &flags.join(", "))?;
    }
    Ok(())
}

fn place(block: &Block) -> String {
    match (block.lines, block.source) {
        (Some((first, last)), _) if first == last => format!("line {first}"),
        (Some((first, last)), _) => format!("lines {first}–{last}"),
        (None, Some(source)) => format!("byte {}", source.start),
        (None, None) => String::new(),
    }
}

fn dropped(block: &Block, out: &mut dyn Write) -> io::Result<()> {
    let (place, label, sure, reason) = (place(block), block.label.name(), block.confidence, &block.reason);
    writeln!(out, "{DROPPED}- {place}  {label} {sure:.2}  {reason}{DROPPED:#}")?;
    writeln!(out, "{DROPPED}  {}{DROPPED:#}", block.text)
}

fn kept(story: &Story, block: &Block, span: Span, out: &mut dyn Write) -> io::Result<()> {
    let (place, label, sure, reason) = (place(block), block.label.name(), block.confidence, &block.reason);
    writeln!(out, "{KEPT}+ {place}  {label} {sure:.2}{KEPT:#}  {DROPPED}{reason}{DROPPED:#}")?;
    write!(out, "  ")?;
    let text = &story.article.text;
    let mut at = span.start;
    for finding in findings(story, span) {
        let (style, note) = match finding {
            Finding::Mention(mention) => (NAME, describe_mention(mention, text)),
            Finding::Quantity(quantity) => (NUMBER, describe_quantity(quantity)),
        };
        let found = finding.span();
        if found.start < at {
            continue;
        }
        write!(
            out,
            "{}{style}{}{style:#}{DROPPED}[{note}]{DROPPED:#}",
            &text[at..found.start],
            found.of(text)
        )?;
        at = found.end;
    }
    writeln!(out, "{}", &text[at..span.end])
}

#[derive(Clone, Copy)]
enum Finding<'a> {
    Mention(&'a Mention),
    Quantity(&'a Quantity),
}

impl Finding<'_> {
    const fn span(self) -> Span {
        match self {
            Self::Mention(mention) => mention.span,
            Self::Quantity(quantity) => quantity.span,
        }
    }
}

/// What was found inside `span`, in order.
fn findings(story: &Story, span: Span) -> Vec<Finding<'_>> {
    let mut all: Vec<Finding<'_>> = story
        .mentions
        .iter()
        .map(Finding::Mention)
        .chain(story.quantities.iter().map(Finding::Quantity))
        .filter(|finding| span.contains(finding.span()))
        .collect();
    all.sort_by_key(|finding| finding.span());
    all
}

fn describe_mention(mention: &Mention, text: &str) -> String {
    let mut note = mention.label.name().to_owned();
    if mention.canonical != mention.span.of(text) {
        note = format!("{note} = {}", mention.canonical);
    }
    for (name, value) in [("", &mention.role), ("of ", &mention.role_of)] {
        if let Some(value) = value {
            note = format!("{note}, {name}{value}");
        }
    }
    note
}

fn describe_quantity(quantity: &Quantity) -> String {
    let kind = quantity.value.kind();
    let value = copydesk_tables::value_text(&quantity.value);
    let mut note = kind.name().to_owned();
    if let Some(value) = value.filter(|_| kind != Kind::Reference) {
        note = format!("{note} {value}");
    }
    for word in
        [quantity.modifier.map(|m| m.name()), quantity.direction.map(|d| d.name())].into_iter().flatten()
    {
        note = format!("{note}, {word}");
    }
    note
}
