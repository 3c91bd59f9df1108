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
    head_fields(story)
        .into_iter()
        .try_for_each(|(name, value)| writeln!(out, "{HEAD}{name:<10}{HEAD:#} {value}"))
}

/// What the page says about itself, with names for people.
pub(crate) fn head_fields(story: &Story) -> Vec<(&'static str, String)> {
    let head = &story.article.head;
    let flags: Vec<&str> = story.article.flags.iter().map(|flag| flag.name()).collect();
    let published =
        head.published_at.map(|at| at.to_string()).or_else(|| head.published_date.map(|d| d.to_string()));
    let joined = |list: String| (!list.is_empty()).then_some(list);
    [
        ("source", Some(story.source.clone())),
        ("url", story.url.clone()),
        ("title", head.title.clone()),
        ("lead", head.lead.clone()),
        ("authors", joined(head.authors.join(", "))),
        ("published", published),
        ("anchor", head.anchor.map(|anchor| format!("{} ({})", anchor.date, anchor.precision.name()))),
        ("language", head.language.clone()),
        ("flags", joined(flags.join(", "))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

/// Where a block stands in its page.
pub(crate) fn place(block: &Block) -> String {
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
        let style = if finding.class() == "name" { NAME } else { NUMBER };
        let note = describe(finding, text);
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

/// A mention or a quantity.
#[derive(Clone, Copy)]
pub(crate) enum Finding<'a> {
    Mention(&'a Mention),
    Quantity(&'a Quantity),
}

impl Finding<'_> {
    /// `name` or `number`.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Mention(_) => "name",
            Self::Quantity(_) => "number",
        }
    }

    pub(crate) const fn span(self) -> Span {
        match self {
            Self::Mention(mention) => mention.span,
            Self::Quantity(quantity) => quantity.span,
        }
    }
}

/// What was found inside `span`, in order.
pub(crate) fn findings(story: &Story, span: Span) -> Vec<Finding<'_>> {
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

/// What a finding says, in a few words.
pub(crate) fn describe(finding: Finding<'_>, text: &str) -> String {
    match finding {
        Finding::Mention(mention) => describe_mention(mention, text),
        Finding::Quantity(quantity) => describe_quantity(quantity),
    }
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
