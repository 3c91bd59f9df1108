//! The words of dates and times, over the lexicon of the crate.

use copydesk_types::TimeUnit;

use super::holiday::Holiday;
use super::tense::Tenses;
use super::topic::Topic;
use crate::Rules;
use crate::lexicon::{ByWord, Lexicon, WordId};
use crate::terms::Terms;

/// What a word is in a date, a time or a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// 1 to 12; `May`, `March`.
    Month(i8),
    /// The same, shortened: `Dec`.
    MonthShort(i8),
    /// 1 (Monday) to 7.
    Weekday(i8),
    /// The same, shortened: `Wed`.
    WeekdayShort(i8),
    /// `summer`
    Season(Season),
    /// `evening`
    Part(Part),
    /// `week`
    Unit(Unit),
    /// Days from today.
    Day(i64),
    /// `tonight`
    Tonight,
    /// `last`, `next`
    Shift(Shift),
    /// `early`, `end`
    Edge(Edge),
    /// `am`: 0, `pm`: 12
    Meridiem(i8),
    /// `noon`: 12
    Clock(i8),
    /// `nineties`: 90
    Decade(i8),
    /// Beside a year before Christ (`BC`) or after (`AD`).
    Era(Era),
    /// `eastern`, `local`: in front of `time`, behind a clock.
    Zone,
    /// `ago`, `later`
    Turn(Turn),
    /// `to`, `until`
    To,
    /// Between a number and the unit it counts: `two more weeks`.
    Filler,
    /// Before a year: `its 2030 target`.
    Owner,
    /// Before a number that is no year: `page 1945`.
    Label,
    /// What a number before it always counts: `people`.
    Counted,
}

impl Word {
    /// Whether an expression can open with it.
    const fn opens(self) -> bool {
        !matches!(
            self,
            Self::Meridiem(_)
                | Self::Era(Era::Before)
                | Self::Zone
                | Self::To
                | Self::Filler
                | Self::Owner
                | Self::Label
                | Self::Counted
        )
    }
}

/// Which way years are counted from the birth of Christ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    /// `BC`
    Before,
    /// `AD`
    After,
}

/// Spans of the calendar that are counted and pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// As in the tables.
    Plain(TimeUnit),
    /// Two weeks.
    Fortnight,
    /// Saturday and Sunday.
    Weekend,
}

impl Unit {
    pub(super) const DAY: Self = Self::Plain(TimeUnit::Day);
    pub(super) const WEEK: Self = Self::Plain(TimeUnit::Week);
    pub(super) const YEAR: Self = Self::Plain(TimeUnit::Year);

    /// Whether it is longer than a week or two.
    pub(super) const fn is_above_week(self) -> bool {
        matches!(self, Self::Plain(unit) if !matches!(unit, TimeUnit::Day | TimeUnit::Week))
            && !self.is_below_day()
    }

    /// Whether it is shorter than a day.
    pub(super) const fn is_below_day(self) -> bool {
        matches!(self, Self::Plain(TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour))
    }
}

/// Seasons of the northern hemisphere, by whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

/// Parts of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// Which one of several like periods is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// The one before now.
    Last,
    /// The one before the date that was mentioned last.
    Previous,
    /// The one that now is in.
    This,
    /// The one after now.
    Next,
    /// The nearest one before now: `this past Wednesday`.
    Past,
    /// The nearest one after now: `the coming Wednesday`.
    Coming,
    /// The one after the date that was mentioned last.
    Following,
    /// The one that was mentioned last.
    Same,
    /// The one around the date that was mentioned last.
    That,
}

/// Which part of a period is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Its first third.
    Early,
    /// Its middle third.
    Mid,
    /// Its last third.
    Late,
    /// Its first day, and on from there.
    Start,
    /// Its last day.
    End,
}

/// Which way a length of time is counted, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Back from now.
    Ago,
    /// Back from the date that was mentioned last.
    Earlier,
    /// On from the date that was mentioned last.
    Later,
    /// On from now.
    Hence,
}

/// The tables of `data/dates`, and the small words of the grammar.
#[derive(Debug)]
pub(crate) struct Tables {
    words: ByWord<Word>,
    /// Holidays, and whether only one country keeps that day.
    pub(super) holidays: Terms<(Holiday, bool)>,
    pub(super) tenses: Tenses,
    /// What happened on days that are named without their year: month, day and year.
    pub(super) events: ByWord<Vec<(i8, i8, i16)>>,
    /// Words of ball games, whose quarters are none of a year.
    pub(super) games: Topic,
    /// People, of whom an age is said.
    pub(super) people: Topic,
    /// Words of business, whose halves are of a year.
    pub(super) business: Topic,
    /// Words of the weather, whose tens are no decades.
    pub(super) weather: Topic,
    opens: ByWord<()>,
    goes_on: ByWord<()>,
    measures_before: ByWord<()>,
    measures_after: ByWord<()>,
    pub(super) small: Small,
}

macro_rules! small_words {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// Words that a grammar asks for by name.
        #[derive(Debug)]
        pub(super) struct Small {
            $(pub(super) $name: WordId,)*
        }

        impl Small {
            fn load(lexicon: &mut Lexicon) -> Self {
                Self { $($name: lexicon.intern($word),)* }
            }
        }
    };
}

small_words! {
    a = "a", above = "above", after = "after", age = "age", aged = "aged", ages = "ages", an = "an",
    and = "and", at = "at", before = "before", below = "below", between = "between", by = "by",
    during = "during", each = "each", every = "every", financial = "financial", fiscal = "fiscal",
    for_ = "for", from = "from", fy = "fy", h = "h", half = "half", he = "he", i = "i", in_ = "in", is = "is", last = "last",
    now = "now", o_clock = "o'clock", o_clock_curly = "o’clock", oclock = "oclock", of = "of", old = "old",
    older = "older", olds = "olds", on = "on", or = "or", other = "other", over = "over", own = "'s",
    own_curly = "’s", past = "past", per = "per", period = "period", prior = "prior", q = "q",
    quarter = "quarter", s = "s", said = "said", she = "she", since = "since", than = "than", the = "the", this = "this",
    throughout = "throughout", time = "time", to = "to", told = "told", turned = "turned", turns = "turns",
    under = "under", until = "until", was = "was", when = "when", who = "who", yo = "yo", younger = "younger",
}

impl Tables {
    /// The tables of `data/dates`.
    pub(crate) fn load(lexicon: &mut Lexicon) -> Self {
        let mut words = ByWord::default();
        let mut opens = ByWord::default();
        for line in rows(include_str!("../../data/dates/words.tsv")) {
            let mut columns = line.split('\t');
            let (Some(word), Some(class), Some(value)) = (columns.next(), columns.next(), columns.next())
            else {
                panic!("a word of dates has three columns: {line}");
            };
            let (id, meaning) = (lexicon.intern(word), meaning(class, value));
            let twice = words.insert(id, meaning);
            assert!(twice.is_none(), "a word of dates stands twice: {word}");
            if meaning.opens() {
                opens.insert(id, ());
            }
        }
        let holidays = holidays(lexicon, &mut opens);
        let events = events(lexicon);
        let tenses = Tenses::load(lexicon);
        let games = Topic::load(lexicon, include_str!("../../data/dates/games.tsv"));
        let people = Topic::load(lexicon, include_str!("../../data/dates/people.tsv"));
        let business = Topic::load(lexicon, include_str!("../../data/dates/business.tsv"));
        let weather = Topic::load(lexicon, include_str!("../../data/dates/weather.tsv"));
        let small = Small::load(lexicon);
        for id in [
            small.a,
            small.an,
            small.half,
            small.q,
            small.h,
            small.fiscal,
            small.financial,
            small.fy,
            small.now,
        ] {
            opens.insert(id, ());
        }
        let (mut measures_before, mut measures_after) = (ByWord::default(), ByWord::default());
        for line in rows(include_str!("../../data/dates/measures.tsv")) {
            match line.split_once('\t') {
                Some((word, "before")) => measures_before.insert(lexicon.intern(word), ()),
                Some((word, "after")) => measures_after.insert(lexicon.intern(word), ()),
                _ => panic!("a word of measuring stands before or after: {line}"),
            };
        }
        let mut goes_on = ByWord::default();
        for word in rows(include_str!("../../data/dates/followers.tsv")) {
            goes_on.insert(lexicon.intern(word), ());
        }
        Self {
            goes_on,
            words,
            holidays,
            events,
            tenses,
            games,
            people,
            weather,
            business,
            opens,
            measures_before,
            measures_after,
            small,
        }
    }

    /// Whether an expression can open with a word.
    pub(super) fn opens(&self, id: WordId) -> bool {
        self.opens.get(id).is_some()
    }

    /// Whether a word is an article that can open a length of time.
    pub(super) fn is_article(&self, id: WordId) -> bool {
        id == self.small.a || id == self.small.an
    }

    /// Whether a word behind `a` lets an expression open with the article: `a week ago`, `a hundred years`.
    pub(super) fn follows_article(&self, rules: &Rules, id: WordId) -> bool {
        matches!(self.word(id), Some(Word::Unit(_)))
            || id == self.small.half
            || rules.numerals.role(id).is_some()
    }

    /// Whether a word behind a holiday goes on with the sentence, rather than being a noun that the holiday describes.
    pub(super) fn goes_on(&self, id: WordId) -> bool {
        self.goes_on.get(id).is_some() || self.tenses.knows(id)
    }

    /// Whether a word before `a year` makes it a length of time.
    pub(crate) fn measures_before(&self, id: WordId) -> bool {
        self.measures_before.get(id).is_some()
    }

    /// Whether a word behind `a year` makes it a length of time.
    pub(super) fn measures_after(&self, id: WordId) -> bool {
        self.measures_after.get(id).is_some()
    }

    /// Whether a word names a month.
    pub(crate) fn is_month(&self, id: WordId) -> bool {
        matches!(self.word(id), Some(Word::Month(_) | Word::MonthShort(_)))
    }

    /// What a word is in a date, if anything.
    pub(super) fn word(&self, id: WordId) -> Option<Word> {
        self.words.get(id).copied()
    }
}

/// The table of holidays; the first word of each opens an expression.
fn holidays(lexicon: &mut Lexicon, opens: &mut ByWord<()>) -> Terms<(Holiday, bool)> {
    let mut holidays = Terms::default();
    for line in rows(include_str!("../../data/dates/holidays.tsv")) {
        let mut columns = line.split('\t');
        let (Some(name), Some(rule), Some(place)) = (columns.next(), columns.next(), columns.next()) else {
            panic!("a holiday has a name, a rule and a place: {line}");
        };
        let rule = rule.parse().unwrap_or_else(|()| panic!("no rule of a holiday: {rule}"));
        for name in [name.to_owned(), name.replace('\'', "’")] {
            let reading = copydesk_text::read(&name);
            if let Some(first) = reading.tokens.first() {
                opens.insert(lexicon.intern(first.span.of(&name)), ());
            }
            holidays.add(lexicon, &name, (rule, !matches!(place, "international" | "Christian")));
        }
    }
    holidays
}

/// The table of days by what happened on them.
fn events(lexicon: &mut Lexicon) -> ByWord<Vec<(i8, i8, i16)>> {
    let mut events = ByWord::default();
    for line in rows(include_str!("../../data/dates/events.tsv")) {
        let columns = line.split(['-', '\t']).collect::<Vec<_>>();
        let &[month, day, word, year] = columns.as_slice() else {
            panic!("an event has a day, a word and a year: {line}");
        };
        let number =
            |text: &str| text.parse::<i16>().unwrap_or_else(|_| panic!("no number in an event: {line}"));
        let small = |text: &str| i8::try_from(number(text)).expect("a month and a day are small");
        let id = lexicon.intern(word);
        let mut days: Vec<_> = events.insert(id, Vec::new()).unwrap_or_default();
        days.push((small(month), small(day), number(year)));
        events.insert(id, days);
    }
    events
}

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn meaning(class: &str, value: &str) -> Word {
    let number = || value.parse().unwrap_or_else(|_| panic!("no number in a word of dates: {value}"));
    match (class, value) {
        ("month", _) => Word::Month(number()),
        ("month-short", _) => Word::MonthShort(number()),
        ("weekday", _) => Word::Weekday(number()),
        ("weekday-short", _) => Word::WeekdayShort(number()),
        ("season", "spring") => Word::Season(Season::Spring),
        ("season", "summer") => Word::Season(Season::Summer),
        ("season", "autumn") => Word::Season(Season::Autumn),
        ("season", "winter") => Word::Season(Season::Winter),
        ("part", "morning") => Word::Part(Part::Morning),
        ("part", "afternoon") => Word::Part(Part::Afternoon),
        ("part", "evening") => Word::Part(Part::Evening),
        ("part", "night") => Word::Part(Part::Night),
        ("unit", "second") => Word::Unit(Unit::Plain(TimeUnit::Second)),
        ("unit", "minute") => Word::Unit(Unit::Plain(TimeUnit::Minute)),
        ("unit", "hour") => Word::Unit(Unit::Plain(TimeUnit::Hour)),
        ("unit", "day") => Word::Unit(Unit::Plain(TimeUnit::Day)),
        ("unit", "week") => Word::Unit(Unit::Plain(TimeUnit::Week)),
        ("unit", "month") => Word::Unit(Unit::Plain(TimeUnit::Month)),
        ("unit", "quarter") => Word::Unit(Unit::Plain(TimeUnit::Quarter)),
        ("unit", "year") => Word::Unit(Unit::Plain(TimeUnit::Year)),
        ("unit", "decade") => Word::Unit(Unit::Plain(TimeUnit::Decade)),
        ("unit", "century") => Word::Unit(Unit::Plain(TimeUnit::Century)),
        ("unit", "fortnight") => Word::Unit(Unit::Fortnight),
        ("unit", "weekend") => Word::Unit(Unit::Weekend),
        ("day", "tonight") => Word::Tonight,
        ("day", _) => Word::Day(number().into()),
        ("shift", "last") => Word::Shift(Shift::Last),
        ("shift", "previous") => Word::Shift(Shift::Previous),
        ("shift", "past") => Word::Shift(Shift::Past),
        ("shift", "coming") => Word::Shift(Shift::Coming),
        ("shift", "this") => Word::Shift(Shift::This),
        ("shift", "next") => Word::Shift(Shift::Next),
        ("shift", "following") => Word::Shift(Shift::Following),
        ("shift", "same") => Word::Shift(Shift::Same),
        ("shift", "that") => Word::Shift(Shift::That),
        ("edge", "early") => Word::Edge(Edge::Early),
        ("edge", "mid") => Word::Edge(Edge::Mid),
        ("edge", "late") => Word::Edge(Edge::Late),
        ("edge", "start") => Word::Edge(Edge::Start),
        ("edge", "end") => Word::Edge(Edge::End),
        ("meridiem", "am") => Word::Meridiem(0),
        ("meridiem", "pm") => Word::Meridiem(12),
        ("clock", _) => Word::Clock(number()),
        ("decade", _) => Word::Decade(number()),
        ("era", "before") => Word::Era(Era::Before),
        ("era", "after") => Word::Era(Era::After),
        ("zone", _) => Word::Zone,
        ("turn", "ago") => Word::Turn(Turn::Ago),
        ("turn", "earlier") => Word::Turn(Turn::Earlier),
        ("turn", "later") => Word::Turn(Turn::Later),
        ("turn", "hence") => Word::Turn(Turn::Hence),
        ("to", _) => Word::To,
        ("filler", _) => Word::Filler,
        ("owner", _) => Word::Owner,
        ("label", _) => Word::Label,
        ("counted", _) => Word::Counted,
        _ => panic!("no such class of a word of dates: {class} {value}"),
    }
}
