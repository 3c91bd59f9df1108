//! Reads parts of years by name: `Q3 2024`, `fiscal 2024/25`, `summer of 2020`, `Christmas`.

use super::holiday::Holiday;
use super::reader::{Read, Reader};
use super::when::{When, YearOf};
use super::words::{Season, Unit, Word};
use super::years::full_year;
use crate::lexer::{Case, Shape};
use crate::lexicon::WordId;

impl Reader<'_> {
    /// Reads `Q3 2024`, `H1`, `H2 of 2019`.
    pub(super) fn quarter_code(&self, index: usize) -> Read<When> {
        let (part, next) = self.code(index)?;
        if self.lexed.id(next) == self.small().fy
            && let Some((_, end)) = self.fiscal_year(next)
        {
            return Some((When::Untold, end));
        }
        let dash = usize::from(self.hyphen(next));
        let (year, end) = self.year_behind(next + dash);
        if year != YearOf::Unsaid {
            return Some((part.in_year(year), end));
        }
        // `Audi Q3`
        let before = self.lexed.at(index - 1);
        let named = before.shape == Shape::Word && before.case != Case::Lower && before.id == WordId::UNKNOWN;
        (!named).then_some((part, next))
    }

    /// Reads `Q3`, `H1`: a part of a year that is not said.
    pub(super) fn code(&self, index: usize) -> Read<When> {
        let small = self.small();
        if !self.lexed.at(index + 1).glued {
            return None;
        }
        let (value, len) = self.digits(index + 1)?;
        // `H1N1`, `H2O`
        if self.lexed.at(index + 2).glued && self.lexed.at(index + 2).shape != Shape::Mark {
            return None;
        }
        let nth = i8::try_from(value).ok().filter(|nth| len == 1 && *nth > 0)?;
        let year = YearOf::Unsaid;
        let id = self.lexed.id(index);
        if id == small.q && nth <= 4 {
            Some((When::Quarter { year, nth }, index + 2))
        } else if id == small.h && nth <= 2 {
            Some((When::Half { year, nth }, index + 2))
        } else {
            None
        }
    }

    /// Reads `fiscal 2024`, `financial year 2024/25`, `FY2024`, `FY24-25`, `fiscal year`.
    pub(super) fn fiscal_year(&self, index: usize) -> Read<When> {
        let short = self.lexed.id(index) == self.small().fy;
        let word = index + 1 + usize::from(self.hyphen(index + 1));
        let year_word = matches!(self.word(word), Some(Word::Unit(Unit::YEAR)));
        let mut next = if year_word { word + 1 } else { index + 1 };
        if short && self.hyphen(next) {
            next += 1;
        }
        let Some((value, len)) = self.digits(next).filter(|(_, len)| *len == 4 || (*len == 2 && short))
        else {
            // `this financial year` is read from its first word.
            return None;
        };
        let first = if len == 4 { i16::try_from(value).ok()? } else { full_year(value) };
        let slash = self.lexed.is_mark(next + 1, b'/') && self.lexed.at(next + 2).glued;
        if slash || self.hyphen(next + 1) {
            if let Some((last, end)) = self.short_year(next + 2, first) {
                return Some((When::FiscalYear(Some(last)), end));
            }
            if let Some((last, end)) = self.firm_year(next + 2) {
                return Some((When::FiscalYear(Some(last)), end));
            }
        }
        // `fiscal 1989's fourth quarter`
        if let Some(own) = self.past_own(next + 1)
            && let Some((_, after)) = self.ordinal(own)
            && let Some((_, end)) = self.unit_at(after)
        {
            return Some((When::Untold, end));
        }
        Some((When::FiscalYear(Some(first)), next + 1))
    }

    /// Reads a season: `summer of 2020`, `spring 2024`, `summer`, where the words around say that it is one.
    pub(super) fn season(&self, index: usize, season: Season) -> Read<When> {
        let (year, next) = self.year_behind(index + 1);
        let small = self.small();
        let the = self.lexed.id(index - 1) == small.the;
        let prepositions = [
            small.by,
            small.during,
            small.over,
            small.throughout,
            small.since,
            small.until,
            small.of,
            small.for_,
            small.after,
            small.before,
        ];
        let said = self.follows(index, small.in_)
            || self.follows(index, small.during)
            || the && prepositions.contains(&self.lexed.id(index.saturating_sub(2)))
            || the && self.word(index.saturating_sub(2)) == Some(Word::To)
            || matches!(self.word(index - 1), Some(Word::Edge(_)))
            || (self.lexed.is_dash(index - 1) && matches!(self.word(index - 2), Some(Word::Edge(_))));
        // `the Autumn Statement`
        let after = self.lexed.at(next);
        let named = after.shape == Shape::Word
            && matches!(after.case, Case::Capital | Case::Upper)
            && self.word(next).is_none()
            && self.lexed.at(index).case == Case::Capital;
        (year != YearOf::Unsaid || said && !named).then_some((When::Season { year, season }, next))
    }

    /// Whether the word at `index` is the last of a holiday's name: `Black Friday`.
    pub(super) fn ends_holiday(&self, index: usize) -> bool {
        self.rules.dates.holidays.before(self.lexed, index + 1).is_some_and(|(_, first)| first < index)
    }

    /// Reads a holiday by name, and its year.
    pub(super) fn holiday(&self, index: usize) -> Read<When> {
        let ((rule, local), next) = self.rules.dates.holidays.at(self.lexed, index)?;
        let small = self.small();
        // `Kenya's Independence Day`
        let elsewhere = local && [small.own, small.own_curly].contains(&self.lexed.id(index - 1));
        if elsewhere || rule == Holiday::Unfixed {
            return None;
        }
        let (year, end) = self.year_behind(next);
        if self.word(end) == Some(Word::Unit(Unit::Weekend)) {
            // `Labor Day weekend`, `Easter weekend 2023`
            let (year, end) =
                if year == YearOf::Unsaid { self.year_behind(end + 1) } else { (year, end + 1) };
            let of = Box::new(When::Holiday { rule, year });
            return Some((When::Around { unit: Unit::Weekend, of }, end));
        }
        // `Christmas trees`, `Boxing Day sales`
        let names_noun = self.lexed.at(next).shape == Shape::Word
            && !self.lexed.at(next).glued
            && self.word(next).is_none()
            && !self.rules.context.is_verb(self.lexed, next)
            && !self.rules.dates.goes_on(self.lexed.id(next));
        (year != YearOf::Unsaid || !names_noun).then_some((When::Holiday { rule, year }, end))
    }
}
