//! When an expression is: resolved with the day that dates count from, the dates mentioned before, and the tense.

use copydesk_types::{Anchor, Precision, TimeUnit};
use jiff::ToSpan;
use jiff::civil::Date;

use super::period::{self, Grain, Period, add, day_of, span_of};
use super::relative::is_below_day;
use super::tense::Tense;
use super::when::{Length, When, YearOf};
use super::words::{Edge, Part, Shift, Turn, Unit};

const YEAR: Unit = Unit::Plain(TimeUnit::Year);

/// What is known where an expression stands.
#[derive(Debug)]
pub(super) struct Context {
    anchor: Option<Anchor>,
    /// The date mentioned last.
    last: Option<Period>,
    /// The day mentioned last.
    last_day: Option<Date>,
    /// The date mentioned last that is shorter than a year.
    last_part: Option<Period>,
    /// The year that this sentence is set in.
    sentence_year: Option<i16>,
    /// The year of the day or month that was mentioned last with its year, and how many sentences ago.
    told_year: Option<(i16, u8)>,
    /// The tense around the expression.
    pub(super) tense: Tense,
}

impl Context {
    /// At the start of a text.
    pub(super) const fn new(anchor: Option<Anchor>) -> Self {
        Self {
            anchor,
            last: None,
            last_day: None,
            last_part: None,
            sentence_year: None,
            told_year: None,
            tense: Tense::Unknown,
        }
    }

    /// A new sentence begins.
    pub(super) fn next_sentence(&mut self) {
        self.sentence_year = None;
        self.told_year = self.told_year.map(|(year, ago)| (year, ago + 1)).filter(|(_, ago)| *ago < 2);
    }

    /// The sentence is set in a year: `In 2024, …`.
    pub(super) const fn set_in(&mut self, year: i16) {
        self.sentence_year = Some(year);
    }

    /// A date has been mentioned.
    pub(super) fn mention(&mut self, when: &When, period: &Period) {
        let Some(start) = period.start else { return };
        if matches!(when.printed_year(), Some(YearOf::Is(_))) {
            self.told_year = Some((start.year(), 0));
        }
        if period.grain == Some(Grain::Day) {
            self.last_day = Some(start);
        }
        let long = matches!(period.grain, Some(Grain::Year | Grain::Decade | Grain::Century) | None);
        if !long {
            self.last_part = Some(period.clone());
        }
        self.last = Some(period.clone());
    }

    /// The day that times without a day belong to: the last one mentioned, or the one that dates count from.
    pub(super) fn day_of_times(&self) -> Option<Date> {
        match &self.last {
            Some(Period { start: Some(day), grain: Some(Grain::Day), .. }) => Some(*day),
            _ => self.today(),
        }
    }

    /// The period that an expression means; its ends are empty where nothing tells.
    pub(super) fn resolve(&self, when: &When) -> Period {
        self.known(when).unwrap_or_else(|| Period::untold(untold_timex(when)))
    }

    fn known(&self, when: &When) -> Option<Period> {
        match when {
            When::Day { .. } => self.day(when).map(Period::day),
            When::Month { year, month } => {
                let year = self.year(year).or_else(|| self.year_of_month(year, *month))?;
                Period::month(year, *month)
            }
            When::Year(year) => Period::year(*year),
            When::FiscalYear(_) | When::Untold => None,
            When::Quarter { year, nth } => self.of_year(year, |year| Period::quarter(year, *nth)),
            When::Half { year: YearOf::Of(of), nth } => self.half_of(&self.known(of)?, *nth),
            When::Half { year, nth } => self.of_year(year, |year| Period::half(year, *nth)),
            When::Season { year, season } => self.of_year(year, |year| Period::season(year, *season)),
            When::Holiday { rule, year } => self.of_year(year, |year| rule.in_year(year).map(Period::day)),
            When::Decade(first) => Period::decade(*first),
            When::Century(nth) => Period::century(*nth),
            When::Weekday { weekday, shift, week } => self.weekday(*weekday, *shift, week.as_deref()),
            When::DayOfMonth { day, weekday } => self.day_of_month(*day, *weekday),
            When::DayFromNow(days) => Some(Period::day(add(self.today()?, days.days())?)),
            When::Shifted { unit, count: 1, shift } => self.shifted(*unit, *shift),
            When::Shifted { unit, count, shift } => self.shifted_span(*unit, *count, *shift),
            When::The(unit) => self.the(*unit),
            When::Recurring { shift, of } => self.recurring(*shift, of),
            When::SoFar { turn, of } => self.so_far(*turn, of),
            When::WeekOfYear { year, week } => {
                let year = self.year(year).or_else(|| self.now(YEAR).map(Date::year))?;
                let day = jiff::civil::ISOWeekDate::new(year, *week, jiff::civil::Weekday::Monday).ok()?;
                Period::week(day.date())
            }
            When::Around { unit, of } => Period::around(*unit, self.known(of)?.start?),
            When::Moved { lengths, turn, from } => self.moved(lengths, *turn, from.as_deref()),
            When::Edge { edge, of } => edge_of(*edge, &self.known(of)?),
            When::Nth { nth, count, unit, of } => nth_of(*nth, *count, *unit, &self.known(of)?),
            When::NthWeekday { nth, weekday, of } => {
                let of = self.known(of).filter(|of| of.grain == Some(Grain::Month))?;
                let weekday = jiff::civil::Weekday::from_monday_one_offset(*weekday).ok()?;
                Some(Period::day(of.start?.nth_weekday_of_month(*nth, weekday).ok()?))
            }
            When::FirstOf(of) => {
                let of = self.known(of)?;
                Some(Period { timex: of.timex, ..Period::free(of.start, None) })
            }
            When::SamePeriod(of) => self.same_period(of.as_deref()),
            When::PartOf { part, of } => {
                let mut day = self.known(of)?;
                day.timex = day.timex.map(|timex| timex + part_code(*part));
                Some(day)
            }
            When::Range(from, to) => self.range(from, to),
            When::Now => self.today().map(Period::day),
        }
    }

    /// The day that dates count from, where it is known to the day.
    fn today(&self) -> Option<Date> {
        self.anchor.filter(|anchor| anchor.precision == Precision::Day).map(|anchor| anchor.date)
    }

    /// A day of the month or year that dates count from, where that much is known.
    fn now(&self, unit: Unit) -> Option<Date> {
        let anchor = self.anchor?;
        let enough = match unit {
            Unit::Plain(TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century) => true,
            Unit::Plain(TimeUnit::Month | TimeUnit::Quarter) => anchor.precision != Precision::Year,
            _ => anchor.precision == Precision::Day,
        };
        enough.then_some(anchor.date)
    }

    fn year(&self, year: &YearOf) -> Option<i16> {
        match year {
            YearOf::Unsaid => None,
            YearOf::Is(year) => Some(*year),
            YearOf::Of(of) => self.known(of)?.start.map(Date::year),
        }
    }

    fn day(&self, when: &When) -> Option<Date> {
        let When::Day { year, month, day, weekday } = when else { return None };
        if let Some(year) = self.year(year) {
            return day_of(year, *month, *day);
        }
        if *year != YearOf::Unsaid {
            return None;
        }
        // A weekday beside the day tells the year, within three years.
        let today = self.today();
        if let (Some(weekday), Some(anchor)) = (weekday, self.anchor) {
            let year = anchor.date.year();
            let fits = [0, -1, 1, -2, 2].into_iter().find_map(|shift| {
                day_of(year + shift, *month, *day)
                    .filter(|day| day.weekday().to_monday_one_offset() == *weekday)
            });
            if fits.is_some() {
                return fits;
            }
        }
        if let Some(year) = self.narrated_year() {
            return day_of(year, *month, *day);
        }
        self.choose(today?, |year| day_of(year, *month, *day))
    }

    /// The year of the dates around, where they tell of another one than the present.
    fn narrated_year(&self) -> Option<i16> {
        let (year, _) = self.told_year?;
        let present = self.anchor.is_some_and(|anchor| (anchor.date.year() - year).abs() < 2);
        (!present).then_some(year)
    }

    /// The year of a month without one. A year that dates count from is enough for its months where none is told.
    fn year_of_month(&self, year: &YearOf, month: i8) -> Option<i16> {
        if *year != YearOf::Unsaid {
            return None;
        }
        if let Some(year) = self.sentence_year.or_else(|| self.narrated_year()) {
            return Some(year);
        }
        let now = self.now(Unit::Plain(TimeUnit::Month))?.first_of_month();
        self.choose(now, |year| day_of(year, month, 1)).map(Date::year)
    }

    /// A part of a year, by its year or else by the tense.
    fn of_year(&self, year: &YearOf, part: impl Fn(i16) -> Option<Period>) -> Option<Period> {
        if let Some(year) = self.year(year) {
            return part(year);
        }
        if *year != YearOf::Unsaid {
            return None;
        }
        if let Some(year) = self.sentence_year.or_else(|| self.narrated_year()) {
            return part(year);
        }
        let today = self.today()?;
        let start = self.choose(today, |year| part(year)?.start)?;
        part(start.year())
    }

    /// Of the days that come once a year, the one that the tense means: the last, the next, or the nearest.
    fn choose(&self, now: Date, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        /// A day so near on the other side of now is meant whatever the tense seems to be, …
        const NEAR_DAYS: i64 = 45;
        /// … if the day on this side is so far.
        const FAR_DAYS: i64 = 300;
        let year = now.year();
        let mut candidates = (year - 1..=year + 1).filter_map(in_year);
        let (mut before, mut after) = (None, None);
        for day in candidates.by_ref() {
            if day <= now {
                before = Some(day);
            }
            if day >= now && after.is_none() {
                after = Some(day);
            }
        }
        let away = |day: Date| (i64::from(day.duration_since(now).as_hours() as i32) / 24).abs();
        let (Some(before), Some(after)) = (before, after) else { return before.or(after) };
        let (back, ahead) = (away(before), away(after));
        let past = match self.tense {
            Tense::Past => !(back > FAR_DAYS && ahead < NEAR_DAYS),
            Tense::Future => ahead > FAR_DAYS && back < NEAR_DAYS,
            Tense::Unknown if (back - ahead).abs() < NEAR_DAYS => before.year() == year,
            Tense::Unknown => back <= ahead,
        };
        Some(if past { before } else { after })
    }

    fn weekday(&self, weekday: i8, shift: Option<Shift>, week: Option<&When>) -> Option<Period> {
        if let Some(week) = week {
            let monday = self.known(week)?.start?;
            return Some(Period::day(add(monday, i64::from(weekday - 1).days())?));
        }
        let base = match shift {
            Some(Shift::Previous | Shift::Following | Shift::Same | Shift::That) => {
                self.last_day.or(self.today())?
            }
            _ => self.today()?,
        };
        let today = base.weekday().to_monday_one_offset();
        let ahead = i64::from(weekday - today).rem_euclid(7);
        let strictly_ahead = if ahead == 0 { 7 } else { ahead };
        let days = match shift {
            // Those of the week around.
            Some(Shift::This) => i64::from(weekday - today),
            Some(Shift::Coming | Shift::Following) => strictly_ahead,
            Some(Shift::Past | Shift::Previous) => ahead - 7,
            // Said of a day near by, they mean the week after this one or before it: next weeks begin on Monday, last
            // weeks end on Saturday.
            Some(Shift::Next) => i64::from(weekday - today) + 7,
            Some(Shift::Last) => i64::from(weekday % 7 - today % 7) - 7,
            None if self.tense == Tense::Future => ahead,
            // News looks back: the day itself or the last one.
            None | Some(Shift::Same | Shift::That) => {
                if ahead == 0 {
                    0
                } else {
                    ahead - 7
                }
            }
        };
        Some(Period::day(add(base, days.days())?))
    }

    /// The last or next such day by the tense, else the nearer.
    fn day_of_month(&self, day: i8, weekday: Option<i8>) -> Option<Period> {
        let now = self.today()?;
        let first = now.first_of_month();
        // Any day of the month falls on any weekday within 28 months.
        let mut months = (0..28).flat_map(|months| [-months, months]);
        let found = months.find_map(|months| {
            let month = add(first, i64::from(months).months())?;
            let candidate = day_of(month.year(), month.month(), day)?;
            let tense = match self.tense {
                Tense::Past => candidate <= now,
                Tense::Future => candidate >= now,
                Tense::Unknown => true,
            };
            let fits = weekday.is_none_or(|weekday| candidate.weekday().to_monday_one_offset() == weekday);
            (tense && fits).then_some(candidate)
        });
        found.map(Period::day)
    }

    /// A day of the period mentioned last, or for units up to a week the day mentioned last.
    fn last_start(&self, unit: Unit) -> Option<Date> {
        match unit {
            Unit::Weekend | Unit::Plain(TimeUnit::Day | TimeUnit::Week) => self.last_day,
            _ => self.last.as_ref()?.start,
        }
    }

    fn shifted(&self, unit: Unit, shift: Shift) -> Option<Period> {
        let (base, steps) = match shift {
            Shift::Last | Shift::Past => (self.now(unit)?, -1),
            Shift::This => (self.now(unit)?, 0),
            Shift::Next | Shift::Coming => (self.now(unit)?, 1),
            Shift::Previous => (self.last_start(unit).or_else(|| self.now(unit))?, -1),
            Shift::Following => (self.last_start(unit).or_else(|| self.now(unit))?, 1),
            Shift::Same | Shift::That => (self.last_start(unit)?, 0),
        };
        let rolling = unit == Unit::Fortnight
            || (shift == Shift::Past && matches!(unit, Unit::Plain(TimeUnit::Decade | TimeUnit::Century)));
        if rolling && steps != 0 {
            return self.shifted_span(unit, 1, shift);
        }
        let period = Period::around(unit, base)?;
        if steps == 0 {
            return Some(period);
        }
        Period::around(unit, add(period.start?, span_of(unit, steps)?)?)
    }

    /// `the last three months`: up to yesterday; `the next two decades`: from the next on.
    fn shifted_span(&self, unit: Unit, count: u16, shift: Shift) -> Option<Period> {
        let count = i64::from(count);
        let back = matches!(shift, Shift::Last | Shift::Past | Shift::Previous);
        let whole = matches!(unit, Unit::Plain(TimeUnit::Quarter))
            || (shift != Shift::Past && matches!(unit, Unit::Plain(TimeUnit::Decade | TimeUnit::Century)));
        let timex = length_timex(&[Length { count: i32::try_from(count).ok()?, unit }]);
        let base = if whole { Period::around(unit, self.now(unit)?)?.start? } else { self.today()? };
        let (start, end) = if back {
            (add(base, span_of(unit, -count)?)?, add(base, (-1).days())?)
        } else if whole {
            let start = add(base, span_of(unit, 1)?)?;
            (start, add(add(start, span_of(unit, count)?)?, (-1).days())?)
        } else {
            (add(base, 1.day())?, add(base, span_of(unit, count)?)?)
        };
        Some(Period { timex, ..Period::free(Some(start), Some(end)) })
    }

    /// `the year`: the one mentioned in the sentence, or the present one.
    fn the(&self, unit: Unit) -> Option<Period> {
        if unit == YEAR
            && let Some(year) = self.sentence_year
        {
            return Period::year(year);
        }
        let now = self.now(unit)?;
        if unit == Unit::Weekend {
            let this = Period::weekend(now)?;
            // Late in the week, `the weekend` of a sentence without tense is the coming one.
            let late = now.weekday().to_monday_one_offset() > 3 && self.tense == Tense::Unknown;
            let this_one = this.start? <= now || self.tense == Tense::Future || late;
            return if this_one { Some(this) } else { Period::weekend(add(now, (-1).week())?) };
        }
        Period::around(unit, now)
    }

    fn recurring(&self, shift: Shift, of: &When) -> Option<Period> {
        let year = self.now(YEAR)?.year();
        let in_year = |year: i16| self.known(&of.clone().in_year(YearOf::Is(year)));
        match shift {
            Shift::This => in_year(year),
            Shift::Same | Shift::That => in_year(self.last_start(YEAR)?.year()),
            Shift::Last | Shift::Past | Shift::Previous => {
                let today = self.today()?;
                (year - 1..=year)
                    .rev()
                    .filter_map(in_year)
                    .find(|period| period.end.is_some_and(|end| end < today))
            }
            Shift::Next | Shift::Coming | Shift::Following => {
                let today = self.today()?;
                (year..=year + 1)
                    .filter_map(in_year)
                    .find(|period| period.start.is_some_and(|start| start > today))
            }
        }
    }

    /// `earlier this year`: the part of it before now, or after it.
    fn so_far(&self, turn: Turn, of: &When) -> Option<Period> {
        let of = self.known(of)?;
        let (start, end) = match (turn, self.today()) {
            (_, None) => (None, None),
            (Turn::Ago | Turn::Earlier, Some(today)) => (of.start, add(today, (-1).days())),
            (Turn::Later | Turn::Hence, Some(today)) => (add(today, 1.day()), of.end),
        };
        let inside = start
            .zip(end)
            .is_some_and(|(start, end)| start <= end && Some(end) <= of.end && of.start <= Some(start));
        let (start, end) = if inside { (start, end) } else { (of.start, of.end) };
        Some(Period { timex: of.timex, ..Period::free(start, end) })
    }

    fn moved(&self, lengths: &[Length], turn: Turn, from: Option<&When>) -> Option<Period> {
        if lengths.iter().any(|length| is_below_day(length.unit)) {
            return None;
        }
        let sign = if matches!(turn, Turn::Ago | Turn::Earlier) { -1 } else { 1 };
        let base = match (from, turn) {
            (Some(from), _) => self.known(from)?,
            (None, Turn::Ago | Turn::Hence) => self.present(lengths)?,
            (None, Turn::Earlier | Turn::Later) => self.last.clone().or_else(|| self.present(lengths))?,
        };
        let mut day = base.start?;
        for length in lengths {
            day = add(day, span_of(length.unit, i64::from(sign * length.count))?)?;
        }
        let [Length { count, unit }] = lengths else { return Some(Period::day(day)) };
        match unit {
            _ if from.is_some() && base.grain == Some(Grain::Day) => Some(Period::day(day)),
            Unit::Plain(TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century) => {
                let years = i16::try_from(sign * count).ok()?;
                let part =
                    matches!(base.grain, Some(Grain::Month | Grain::Quarter | Grain::Half | Grain::Free));
                if from.is_none() && part && *unit == YEAR {
                    return base.years_later(years);
                }
                Period::year(day.year())
            }
            Unit::Plain(TimeUnit::Month | TimeUnit::Quarter) => Period::around(*unit, day),
            Unit::Plain(TimeUnit::Week) | Unit::Fortnight
                if from.is_none() && base.grain != Some(Grain::Day) =>
            {
                Period::week(day)
            }
            Unit::Weekend => Period::weekend(day),
            _ => Some(Period::day(day)),
        }
    }

    /// The present, as exactly as lengths of time can be counted from it.
    fn present(&self, lengths: &[Length]) -> Option<Period> {
        let coarsest = lengths.first()?.unit;
        let now = self.now(coarsest)?;
        Some(Period::day(now))
    }

    fn half_of(&self, of: &Period, nth: i8) -> Option<Period> {
        let (start, end) = (of.start?, of.end?);
        match of.grain {
            Some(Grain::Year) => Period::half(start.year(), nth),
            Some(Grain::Decade) => {
                let middle = Date::new(start.year() + 5, 1, 1).ok()?;
                let last = add(middle, (-1).days());
                Some(if nth == 1 {
                    Period::free(Some(start), last)
                } else {
                    Period::free(Some(middle), Some(end))
                })
            }
            Some(Grain::Month) => {
                let middle = day_of(start.year(), start.month(), 15)?;
                let next = add(middle, 1.day());
                Some(if nth == 1 {
                    Period::free(Some(start), Some(middle))
                } else {
                    Period::free(next, Some(end))
                })
            }
            _ => None,
        }
    }

    /// `the same period in 2023`: the last part of a year that was mentioned, in that year.
    fn same_period(&self, of: Option<&When>) -> Option<Period> {
        let base = self.last_part.as_ref().or(self.last.as_ref())?;
        let Some(of) = of else { return Some(base.clone()) };
        let of = self.known(of)?;
        if of.grain != Some(Grain::Year) {
            return Some(of);
        }
        base.years_later(of.start?.year() - base.start?.year())
    }

    fn range(&self, from: &When, to: &When) -> Option<Period> {
        let said = |when: &When| when.printed_year().is_some_and(|year| *year != YearOf::Unsaid);
        let open = |when: &When| when.printed_year() == Some(&YearOf::Unsaid);
        let (first, last) = if open(from) && (said(to) || open(to) || matches!(to, When::Year(_))) {
            let last = self.known(to)?;
            let year = last.start?.year();
            let first = self.known(&from.clone().in_year(YearOf::Is(year)))?;
            if first.start > last.start {
                (self.known(&from.clone().in_year(YearOf::Is(year - 1)))?, last)
            } else {
                (first, last)
            }
        } else {
            let first = self.known(from);
            let last = match (&first, open(to)) {
                (Some(Period { start: Some(start), .. }), true) => {
                    let in_year = |year| self.known(&to.clone().in_year(YearOf::Is(year)));
                    in_year(start.year())
                        .filter(|last| last.start >= Some(*start))
                        .or_else(|| in_year(start.year() + 1))
                }
                (Some(Period { start: Some(start), .. }), false)
                    if matches!(to, When::Weekday { shift: None, week: None, .. }) =>
                {
                    let mut after = self.known(to)?.start?;
                    while after < *start {
                        after = add(after, 1.week())?;
                    }
                    Some(Period::day(after))
                }
                _ => self.known(to),
            };
            if first.is_none() && last.is_none() {
                return None;
            }
            (first.unwrap_or_default(), last.unwrap_or_default())
        };
        let (start, end) = (first.start, last.end.or(last.start));
        let ordered = start.zip(end).is_none_or(|(start, end)| start <= end);
        let timex = first.timex.zip(last.timex).map(|(first, last)| format!("{first}/{last}"));
        ordered.then(|| Period { timex, ..Period::free(start, end) })
    }
}

fn edge_of(edge: Edge, of: &Period) -> Option<Period> {
    let timex = of.timex.clone();
    let (start, end) = (of.start?, of.end?);
    let period = match edge {
        Edge::Start => Period::free(Some(start), None),
        Edge::End => Period::free(Some(end), Some(end)),
        Edge::Early | Edge::Mid | Edge::Late => {
            let (start, end) = third(edge, start, end, of.grain)?;
            Period::free(Some(start), Some(end))
        }
    };
    let grain = if of.grain == Some(Grain::Day) { of.grain } else { period.grain };
    Some(Period { timex, grain, ..period })
}

/// The first, middle or last third of a period: of whole months where it has a multiple of three, of a month its first
/// and second ten days and the rest, of a decade three, four and three years.
fn third(edge: Edge, start: Date, end: Date, grain: Option<Grain>) -> Option<(Date, Date)> {
    let (first, second) = match grain {
        Some(Grain::Day) => return Some((start, end)),
        Some(Grain::Month) => (add(start, 10.days())?, add(start, 20.days())?),
        Some(Grain::Quarter) => (add(start, 1.month())?, add(start, 2.months())?),
        Some(Grain::Half) => (add(start, 2.months())?, add(start, 4.months())?),
        Some(Grain::Year) => (add(start, 4.months())?, add(start, 8.months())?),
        Some(Grain::Decade) => (add(start, 3.years())?, add(start, 7.years())?),
        Some(Grain::Century) => (add(start, 33.years())?, add(start, 67.years())?),
        _ => {
            let days = i64::from((end - start).get_days());
            (add(start, (days / 3).days())?, add(start, (days * 2 / 3).days())?)
        }
    };
    let before = |day: Date| add(day, (-1).days());
    Some(match edge {
        Edge::Early => (start, before(first)?),
        Edge::Mid => (first, before(second)?),
        _ => (second, end),
    })
}

fn nth_of(nth: i16, count: u16, unit: Unit, of: &Period) -> Option<Period> {
    let (start, end) = (of.start?, of.end?);
    let single = count == 1;
    if unit == Unit::Plain(TimeUnit::Week) && single {
        return period::nth_week(start, end, nth);
    }
    if is_below_day(unit) {
        return None;
    }
    let count = i64::from(count);
    let (first, next) = if nth > 0 {
        let first = add(start, span_of(unit, i64::from(nth - 1) * count)?)?;
        (first, add(first, span_of(unit, count)?)?)
    } else {
        let next = add(end, 1.day())?;
        let next = add(next, span_of(unit, i64::from(nth + 1) * count)?)?;
        (add(next, span_of(unit, -count)?)?, next)
    };
    let last = add(next, (-1).days())?;
    if first < start || last > end {
        return None;
    }
    if single && let Some(period) = Period::around(unit, first).filter(|period| period.start == Some(first)) {
        return Some(period);
    }
    let timex = length_timex(&[Length { count: i32::try_from(count).ok()?, unit }]);
    Some(Period { timex, ..Period::free(Some(first), Some(last)) })
}

/// The TIMEX3 value of what nothing resolves, as far as it is said.
fn untold_timex(when: &When) -> Option<String> {
    match when {
        When::Day { year: YearOf::Unsaid, month, day, .. } => Some(format!("XXXX-{month:02}-{day:02}")),
        When::Month { year: YearOf::Unsaid, month } => Some(format!("XXXX-{month:02}")),
        When::DayOfMonth { day, .. } => Some(format!("XXXX-XX-{day:02}")),
        When::Weekday { weekday, shift: None, week: None } => Some(format!("XXXX-WXX-{weekday}")),
        When::FiscalYear(Some(year)) => Some(format!("FY{year:04}")),
        When::PartOf { part, of } => Some(untold_timex(of)? + part_code(*part)),
        _ => None,
    }
}

const fn part_code(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Night => "TNI",
    }
}

/// The TIMEX3 value of a length of time in units of the calendar: `P3M`.
pub(super) fn length_timex(lengths: &[Length]) -> Option<String> {
    let mut timex = "P".to_owned();
    for length in lengths {
        let (factor, letter) = match length.unit {
            Unit::Fortnight => (2, 'W'),
            Unit::Weekend => return None,
            Unit::Plain(unit) => match unit {
                TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
                TimeUnit::Day => (1, 'D'),
                TimeUnit::Week => (1, 'W'),
                TimeUnit::Month => (1, 'M'),
                TimeUnit::Quarter => (3, 'M'),
                TimeUnit::Year => (1, 'Y'),
                TimeUnit::Decade => (10, 'Y'),
                TimeUnit::Century => (100, 'Y'),
            },
        };
        timex += &format!("{}{letter}", length.count.checked_mul(factor)?);
    }
    Some(timex)
}
