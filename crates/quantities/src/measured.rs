//! What a number measures, where the sentence says so in front of its verb: `trade turnover` in `trade turnover reached
//! US$1.5 billion`, `In 2024, trade turnover saw an increase of 16.7%`.

use copydesk_types::Span;

use crate::Rules;
use crate::context::Class;
use crate::lexer::{Lexed, Shape};
use crate::number::may_start;

/// Lexemes in front of a number in which its verb is looked for.
const VERB_REACH: usize = 12;

/// Lexemes between a verb of level and its number.
const LEVEL_REACH: usize = 3;

/// Lexemes in front of the verb in which the clause's subject is looked for.
const SUBJECT_REACH: usize = 24;

/// Words of a subject.
const LONGEST_SUBJECT: usize = 6;

/// The subject of the verb of change or level in front of lexeme `first`, where it is a plain noun phrase.
pub(crate) fn subject(rules: &Rules, lexed: &Lexed<'_>, first: usize) -> Option<Span> {
    let context = &rules.context;
    let reach = (first.saturating_sub(VERB_REACH)..first).rev();
    let verb = reach.take_while(|&i| !ends_clause(lexed, i)).find(|&i| {
        let change = context.change.get(lexed.id(i)).is_some() && !follows_article(rules, lexed, i);
        // `reached 5%`, `saw an increase of 5%`; not `was watching with 14 cousins`.
        let level = context.is(lexed, i, Class::Reached)
            && (first - i <= LEVEL_REACH
                || (i..first).any(|i| context.change_nouns.get(lexed.id(i)).is_some()));
        change || level
    })?;
    let reach = verb.saturating_sub(SUBJECT_REACH)..verb;
    let opens = reach.rev().take_while(|&i| !ends_clause(lexed, i)).last()?;
    let start = (opens..verb).find(|&i| !rules.context.is(lexed, i, Class::Closed))?;
    // A clause that opens with a preposition has its subject elsewhere.
    if start > opens + 1 || (start > opens && !is_article(rules, lexed, opens)) {
        return None;
    }
    let end = (start..verb.min(start + LONGEST_SUBJECT))
        .find(|&i| {
            let joins = lexed.is_dash(i) || lexed.is_mark(i, b'&') || lexed.id(i) == rules.numerals.and;
            let noun = rules.context.may_continue(lexed, i) && !rules.context.is_verb(lexed, i);
            !(joins || noun) || may_start(&rules.numerals, lexed, i)
        })
        .unwrap_or(verb.min(start + LONGEST_SUBJECT));
    let complete = end == verb || rules.context.is(lexed, end, Class::Preposition);
    (complete && end > start && lexed.at(end - 1).shape == Shape::Word).then(|| lexed.span(start, end))
}

fn ends_clause(lexed: &Lexed<'_>, index: usize) -> bool {
    let lexeme = lexed.at(index);
    lexeme.shape == Shape::Break
        || (lexeme.shape == Shape::Mark && !lexed.is_dash(index) && !matches!(lexed.str(index), "%" | "&"))
}

fn is_article(rules: &Rules, lexed: &Lexed<'_>, index: usize) -> bool {
    [rules.the, rules.numerals.a, rules.numerals.an].contains(&lexed.id(index))
        || matches!(
            lexed.str(index),
            "its" | "their" | "his" | "her" | "our" | "Its" | "Their" | "His" | "Her" | "Our"
        )
}

/// Whether a word of change is a noun here: `a rise`, `the increase`.
fn follows_article(rules: &Rules, lexed: &Lexed<'_>, index: usize) -> bool {
    index > 0 && is_article(rules, lexed, index - 1)
}
