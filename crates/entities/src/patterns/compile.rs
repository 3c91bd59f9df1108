//! Reads the table of patterns and compiles its rows.

use copydesk_types::EntityLabel;

use super::{
    Pattern,
    program::{Program, Step, Test},
};
use crate::gazetteer::flags::{self, Flags};

/// Names of the classes that a row may ask for.
const CLASSES: [(&str, Flags); 24] = [
    ("country", flags::COUNTRY),
    ("place", flags::COUNTRY | flags::CITY | flags::DIVISION),
    ("norp", flags::NORP),
    ("given", flags::GIVEN),
    ("surname", flags::SURNAME),
    ("body", flags::BODY),
    ("region", flags::REGION),
    ("language", flags::LANGUAGE),
    ("org", flags::ORG_HEAD),
    ("company", flags::COMPANY_SUFFIX),
    ("fac", flags::FAC_HEAD),
    ("loc", flags::LOC_HEAD),
    ("gpe", flags::GPE_HEAD),
    ("role", flags::ROLE),
    ("rolemod", flags::ROLE_MODIFIER),
    ("honorific", flags::HONORIFIC),
    ("event", flags::EVENT_HEAD),
    ("eventstart", flags::EVENT_START),
    ("law", flags::LAW_HEAD),
    ("product", flags::PRODUCT_HEAD),
    ("work", flags::WORK_HEAD),
    ("calendar", flags::CALENDAR),
    ("name", flags::GIVEN | flags::SURNAME),
    ("long", flags::LONG),
];

/// All rows of a table.
///
/// # Panics
/// Where a row is not written as the table's head says.
pub(super) fn table(text: &'static str) -> Vec<Pattern> {
    let mut rows: Vec<Pattern> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(example) = line.strip_prefix("+ ") {
            if let Some(row) = rows.last_mut() {
                row.examples.push(example);
            }
        } else if let Some(example) = line.strip_prefix("- ") {
            if let Some(row) = rows.last_mut() {
                row.counter_examples.push(example);
            }
        } else {
            rows.push(row(line));
        }
    }
    rows
}

/// `name: LABEL score pattern`
fn row(line: &'static str) -> Pattern {
    let parsed = line.split_once(": ").and_then(|(name, rest)| {
        let mut parts = rest.splitn(3, ' ');
        let label = match parts.next()? {
            "NONE" => None,
            name => Some(EntityLabel::from_name(name)?),
        };
        let score = parts.next()?.parse().ok()?;
        let pieces: Vec<&str> = parts.next()?.split_whitespace().collect();
        let mut steps = Vec::new();
        let read = sequence(&pieces, 0, &mut steps)?;
        (read == pieces.len()).then_some(())?;
        steps.push(Step::Done);
        let (examples, counter_examples) = (Vec::new(), Vec::new());
        let (program, needed) = (Program(steps), needed(&pieces));
        let first = program.first();
        Some(Pattern { name, label, score, program, first, needed, examples, counter_examples })
    });
    match parsed {
        Some(pattern) => pattern,
        None => panic!("not a pattern: {line}"),
    }
}

/// Words of which every match holds one: of the lists outside all groups, that with the longest shortest word, as long
/// words are rare. Empty where there is none.
fn needed(pieces: &[&'static str]) -> Vec<&'static str> {
    let mut depth = 0;
    let mut best = Vec::new();
    for piece in pieces {
        depth += usize::from(*piece == "(");
        depth -= usize::from(piece.starts_with(')'));
        let optional = piece.ends_with(['?', '*']);
        if depth == 0
            && !optional
            && let Some(Step::Test(Test::Word(list))) = step(piece.trim_end_matches('+'))
            && shortest(&list) > shortest(&best)
        {
            best = list;
        }
    }
    best
}

fn shortest(words: &[&str]) -> usize {
    words.iter().map(|word| word.len()).min().unwrap_or(0)
}

/// Compiles pieces from `at` to the end of a group, and returns where that is.
fn sequence(pieces: &[&'static str], mut at: usize, steps: &mut Vec<Step>) -> Option<usize> {
    while at < pieces.len() && !pieces[at].starts_with(')') {
        let mut body = Vec::new();
        let quantifier;
        if pieces[at] == "(" {
            at = sequence(pieces, at + 1, &mut body)?;
            quantifier = pieces.get(at)?.strip_prefix(')')?;
        } else {
            let piece = pieces[at];
            let plain = piece.trim_end_matches(['+', '*', '?']);
            quantifier = &piece[plain.len()..];
            body.push(step(plain)?);
        }
        at += 1;
        repeat(body, quantifier, steps)?;
    }
    Some(at)
}

/// Appends `body` under a quantifier: greedy, as in a regular expression.
fn repeat(body: Vec<Step>, quantifier: &str, steps: &mut Vec<Step>) -> Option<()> {
    let start = steps.len();
    let optional = matches!(quantifier, "?" | "*");
    let again = matches!(quantifier, "+" | "*");
    (optional || again || quantifier.is_empty()).then_some(())?;
    let body_start = start + usize::from(optional);
    let after = body_start + body.len() + usize::from(again);
    if optional {
        steps.push(Step::Split(body_start, after));
    }
    for step in body {
        steps.push(match step {
            Step::Split(a, b) => Step::Split(a + body_start, b + body_start),
            other => other,
        });
    }
    if again {
        steps.push(Step::Split(body_start, after));
    }
    Some(())
}

fn step(piece: &'static str) -> Option<Step> {
    let class = |names: &str| {
        names.split('|').try_fold(0, |bits, name| {
            let (_, class) = CLASSES.iter().find(|(n, _)| *n == name)?;
            Some(bits | class)
        })
    };
    Some(match piece {
        "[" => Step::Open,
        "]" => Step::Close,
        "^" => Step::Test(Test::RunStart),
        "$" => Step::Test(Test::RunEnd),
        "end" => Step::Test(Test::NameEnd),
        "%" => Step::Test(Test::Alone),
        "~" => Step::Test(Test::Glued),
        "Cap" => Step::Test(Test::CapitalBut(0)),
        "CAPS" => Step::Test(Test::Caps),
        "any" => Step::Test(Test::Any),
        "mark" => Step::Test(Test::Mark),
        "short" => Step::Test(Test::Short),
        "small" => Step::Test(Test::Small),
        "#" => Step::Test(Test::Number),
        "#th" => Step::Test(Test::Ordinal),
        "(" | ")" => return None,
        _ => {
            if let Some(names) = piece.strip_prefix("Cap!") {
                Step::Test(Test::CapitalBut(class(names)?))
            } else if let Some(names) = piece.strip_prefix('@') {
                Step::Test(Test::CapitalClass(class(names)?))
            } else if let Some(names) = piece.strip_prefix('=') {
                Step::Test(Test::Class(class(names)?))
            } else {
                Step::Test(Test::Word(piece.split('|').collect()))
            }
        }
    })
}
