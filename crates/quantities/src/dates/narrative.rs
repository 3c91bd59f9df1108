//! Whether a text tells of other years than the present, as histories do: then dates count from one another.

use copydesk_types::Anchor;

use super::words::{Shift, Tables, Turn, Word};
use crate::lexer::{Lexed, Shape};

/// Years that a history names at least.
const FEWEST_YEARS: usize = 5;

/// Years that a history names for every expression that counts from now.
const YEARS_TO_NOW: usize = 5;

/// Years around the present that news speaks of.
const NEAR_YEARS: i16 = 2;

/// From this year on, a text that tells no date of its own may be news.
const FIRST_RECENT_YEAR: i16 = 1990;

/// Whether a text is a history: it names many years, none near the present, and hardly speaks of now.
pub(super) fn is_history(tables: &Tables, lexed: &Lexed<'_>, anchor: Option<Anchor>) -> bool {
    let (mut far, mut near) = (0, 0);
    let digits = lexed.items.iter().filter(|lexeme| lexeme.shape == Shape::Digits && lexeme.span.len() == 4);
    for year in digits.filter_map(|lexeme| lexeme.span.of(lexed.text).parse::<i16>().ok()) {
        let is_near = match anchor {
            Some(anchor) => (anchor.date.year() - year).abs() < NEAR_YEARS,
            None => year >= FIRST_RECENT_YEAR,
        };
        near += usize::from(is_near);
        far += usize::from(!is_near && (1000..2100).contains(&year));
    }
    if far < FEWEST_YEARS || near * YEARS_TO_NOW > far {
        return false;
    }
    let says_now = |&index: &usize| {
        let word = |at: usize| tables.word(lexed.id(at));
        match word(index) {
            Some(Word::Day(_) | Word::Tonight | Word::Turn(Turn::Ago)) => true,
            Some(Word::Shift(Shift::Last | Shift::This | Shift::Next)) => {
                matches!(word(index + 1), Some(Word::Unit(_) | Word::Weekday(_)))
            }
            _ => false,
        }
    };
    (1..lexed.items.len()).filter(says_now).count() * YEARS_TO_NOW <= far
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk_types::Precision;

    use crate::Rules;
    use jiff::civil::date;

    #[test]
    fn histories_are_told_from_news() {
        let rules = Rules::load();
        let anchor = Some(Anchor { date: date(2024, 12, 9), precision: Precision::Day });
        let years = "It began in 1914, went on in 1915, 1916 and 1917 and ended in 1918. ";
        for (text, history) in [
            (years.to_owned(), true),
            (format!("{years} Today, a week ago and last week it was told."), false),
            (format!("{years} The film of 2024 shows it, and so does that of 2023."), false),
            ("It began in 1914.".to_owned(), false),
        ] {
            let reading = copydesk_text::read(&text);
            let lexed = crate::lexer::lex(&rules.lexicon, &reading);
            assert_eq!(is_history(&rules.dates, &lexed, anchor), history, "{text}");
        }
    }
}
