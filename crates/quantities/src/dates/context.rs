//! When an expression is: resolved with the day that dates count from, the dates mentioned before, and the tense.

use super::parts::{edge_of, half_of, nth_of};
use super::period::{Grain, Period, add, day_of};
use super::tense::Tense;
use super::timex::{part_code, untold_timex};
use super::when::{When, YearOf};
use super::words::Unit;
use copydesk_types::{Anchor, Precision, TimeUnit};
use jiff::ToSpan;
use jiff::civil::Date;

/// What is known where an expression stands.
#[derive(Debug)]
pub(super) struct Context {
    anchor: Option<Anchor>,
    /// Whether dates count from one another rather than from now.
    pub(super) history: bool,
    /// The date mentioned last.
    pub(super) last: Option<Period>,
    /// The date mentioned last that is more than the day of a report (`said Wednesday`).
    pub(super) last_told: Option<Period>,
    /// The day mentioned last.
    pub(super) last_day: Option<Date>,
    /// The date mentioned last that is shorter than a year.
    pub(super) last_part: Option<Period>,
    /// Whether a stretch ends with it: `as of June 15`.
    pub(super) last_part_ends: bool,
    /// The year that this sentence is set in.
    pub(super) sentence_year: Option<i16>,
    /// The year of the day or month that was mentioned last with its year, and how many sentences ago.
    told_year: Option<(i16, u8)>,
    /// The tense around the expression.
    pub(super) tense: Tense,
}

impl Context {
    /// At the start of a text.
    pub(super) const fn new(anchor: Option<Anchor>, history: bool) -> Self {
        Self {
            anchor,
            history,
            last: None,
            last_told: None,
            last_day: None,
            last_part: None,
            last_part_ends: false,
            sentence_year: None,
            told_year: None,
            tense: Tense::Unknown,
        }
    }

    /// A new sentence begins.
    pub(super) fn next_sentence(&mut self) {
        self.sentence_year = None;
        if !self.history {
            self.told_year = self.told_year.map(|(year, ago)| (year, ago + 1)).filter(|(_, ago)| *ago < 2);
        }
    }

    /// The sentence is set in a year: `In 2024, …`.
    pub(super) const fn set_in(&mut self, year: i16) {
        self.sentence_year = Some(year);
    }

    /// A date has been mentioned; `ends` where the words before it make it the end of a stretch.
    pub(super) fn mention(&mut self, when: &When, period: &Period, ends: bool) {
        let Some(start) = period.start else { return };
        if self.history || matches!(when.printed_year(), Some(YearOf::Is(_))) {
            self.told_year = Some((start.year(), 0));
        }
        if period.grain == Some(Grain::Day) {
            self.last_day = Some(start);
        }
        let long = matches!(period.grain, Some(Grain::Year | Grain::Decade | Grain::Century) | None);
        if !long {
            self.last_part = Some(period.clone());
            self.last_part_ends = ends && period.grain == Some(Grain::Day);
        }
        if !when.is_day_of_report() {
            self.last_told = Some(period.clone());
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

    pub(super) fn known(&self, when: &When) -> Option<Period> {
        match when {
            When::Day { .. } => self.day(when).map(Period::day),
            When::Month { year, month } => {
                let year = self.year(year).or_else(|| self.year_of_month(year, *month))?;
                Period::month(year, *month)
            }
            When::Year(year) => Period::year(*year),
            When::FiscalYear(_) | When::BeforeChrist(_) | When::Untold => None,
            When::Quarter { year, nth } => self.of_year(year, |year| Period::quarter(year, *nth)),
            When::Half { year: YearOf::Of(of), nth } => half_of(&self.known(of)?, *nth),
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
                let year = self.year(year).or_else(|| self.now(Unit::YEAR).map(Date::year))?;
                let day = jiff::civil::ISOWeekDate::new(year, *week, jiff::civil::Weekday::Monday).ok()?;
                Period::week(day.date())
            }
            When::Around { unit, of } => {
                let day = self.known(of)?.start?;
                // The weekend of a holiday on Monday is the one before it.
                let monday = *unit == Unit::Weekend && day.weekday() == jiff::civil::Weekday::Monday;
                Period::around(*unit, if monday { add(day, (-1).days())? } else { day })
            }
            When::Moved { lengths, turn, from } => self.moved(lengths, *turn, from.as_deref()),
            When::YearBefore(unit) => self.year_before(*unit),
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
    pub(super) fn today(&self) -> Option<Date> {
        self.anchor.filter(|anchor| anchor.precision == Precision::Day).map(|anchor| anchor.date)
    }

    /// A day of the month or year that dates count from, where that much is known.
    pub(super) fn now(&self, unit: Unit) -> Option<Date> {
        let anchor = self.anchor?;
        let enough = match unit {
            Unit::Plain(TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century) => true,
            Unit::Plain(TimeUnit::Month | TimeUnit::Quarter) => anchor.precision != Precision::Year,
            _ => anchor.precision == Precision::Day,
        };
        enough.then_some(anchor.date)
    }

    pub(super) fn year(&self, year: &YearOf) -> Option<i16> {
        match year {
            YearOf::Unsaid => None,
            YearOf::Is(year) => Some(*year),
            YearOf::Of(of) => self.known(of)?.start.map(Date::year),
        }
    }

    pub(super) fn day(&self, when: &When) -> Option<Date> {
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
            return self.told_on(year, |year| day_of(year, *month, *day));
        }
        self.choose(today?, |year| day_of(year, *month, *day))
    }

    /// The year of the dates around, where they tell of another one than the present.
    fn narrated_year(&self) -> Option<i16> {
        let (year, _) = self.told_year?;
        let present = self.anchor.is_some_and(|anchor| (anchor.date.year() - year).abs() < 2);
        (self.history || !present).then_some(year)
    }

    /// The day in the year that is told; a history goes on in the next one where that is nearer to the last day.
    fn told_on(&self, year: i16, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        /// A story goes back by less than this.
        const LONGEST_WAY_BACK: i64 = 183;
        let day = in_year(year)?;
        let goes_on = self.history
            && self
                .last
                .as_ref()
                .and_then(|last| last.start)
                .is_some_and(|last| add(day, LONGEST_WAY_BACK.days()) < Some(last));
        if goes_on { in_year(year + 1) } else { Some(day) }
    }

    /// The year of a month without one. A year that dates count from is enough for its months where none is told.
    fn year_of_month(&self, year: &YearOf, month: i8) -> Option<i16> {
        if *year != YearOf::Unsaid {
            return None;
        }
        if let Some(year) = self.sentence_year {
            return Some(year);
        }
        if let Some(year) = self.narrated_year() {
            return self.told_on(year, |year| day_of(year, month, 1)).map(Date::year);
        }
        let now = self.now(Unit::Plain(TimeUnit::Month))?.first_of_month();
        self.choose(now, |year| day_of(year, month, 1)).map(Date::year)
    }

    /// A part of a year, by its year or else by the tense.
    pub(super) fn of_year(&self, year: &YearOf, part: impl Fn(i16) -> Option<Period>) -> Option<Period> {
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
        // `the first quarter ends March 31`: the one that now is in.
        let current = part(today.year())
            .filter(|of| of.grain > Some(Grain::Day) && of.start <= Some(today) && Some(today) <= of.end);
        if current.is_some() {
            return current;
        }
        let start = self.choose(today, |year| part(year)?.start)?;
        part(start.year())
    }

    /// Of the days that come once a year, the one that the tense means: the last, the next, or the nearest.
    fn choose(&self, now: Date, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        /// A day so near on the other side of now is meant whatever the tense seems to be, …
        const NEAR_DAYS: i64 = 25;
        /// … if the day on this side is so far. (The two are just a month short of a year: `rose in January`, said in
        /// December, is of this year.)
        const FAR_DAYS: i64 = 340;
        /// Of two days that are so much alike in distance, the one of this year is meant.
        const ALIKE_DAYS: i64 = 45;
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
            Tense::Unknown if (back - ahead).abs() < ALIKE_DAYS => before.year() == year,
            Tense::Unknown => back <= ahead,
        };
        Some(if past { before } else { after })
    }

    pub(super) fn range(&self, from: &When, to: &When) -> Option<Period> {
        if let (
            When::Weekday { weekday, shift: None, week: None },
            When::Weekday { week: week @ Some(_), .. },
        ) = (from, to)
        {
            // `between Tuesday and Thursday next week`
            let from = When::Weekday { weekday: *weekday, shift: None, week: week.clone() };
            return self.range(&from, to);
        }
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
                    let to = self.known(to)?.start?.weekday();
                    Some(Period::day(add(*start, i64::from(start.weekday().until(to)).days())?))
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
