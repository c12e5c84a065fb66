//! A second opinion on cron: every day and every minute is asked whether it fits.
//!
//! Nothing of the engine is used, neither its parser nor its calendar. Days are counted on from a day that is known
//! (1 January 2024, a Monday), months have the lengths of the rhyme, and each rule is the sentence of the documentation.

/// One item of a list of values.
#[derive(Debug, Clone)]
pub enum Item {
    All,
    One(u32),
    /// From, to; to may be before from.
    Range(u32, u32),
    /// From, to, step.
    RangeStep(u32, u32, u32),
    /// From, step.
    From(u32, u32),
    /// Step over everything.
    Every(u32),
}

impl Item {
    fn holds(&self, value: u32, least: u32, most: u32) -> bool {
        // Go round the dial from the first value, one by one.
        let round = |from: u32, to: u32, step: u32| {
            let (mut at, mut steps) = (from, 0);
            loop {
                if at == value && steps % step == 0 {
                    return true;
                }
                if at == to {
                    return false;
                }
                at = if at == most { least } else { at + 1 };
                steps += 1;
            }
        };
        match *self {
            Self::All => true,
            Self::One(one) => one == value,
            Self::Range(from, to) => round(from, to, 1),
            Self::RangeStep(from, to, step) => round(from, to, step),
            Self::From(from, step) => round(from, most, step),
            Self::Every(step) => round(least, most, step),
        }
    }

    pub fn text(&self) -> String {
        match self {
            Self::All => "*".to_owned(),
            Self::One(one) => one.to_string(),
            Self::Range(from, to) => format!("{from}-{to}"),
            Self::RangeStep(from, to, step) => format!("{from}-{to}/{step}"),
            Self::From(from, step) => format!("{from}/{step}"),
            Self::Every(step) => format!("*/{step}"),
        }
    }
}

/// Which days.
#[derive(Debug, Clone)]
pub enum Days {
    OfMonth(Vec<Item>),
    OfWeek(Vec<Item>),
    Last(u32),
    LastWeekday,
    Nearest(u32),
    LastOfWeek(u32),
    Nth(u32, u32),
}

#[derive(Debug, Clone)]
pub struct Cron {
    pub minutes: Vec<Item>,
    pub hours: Vec<Item>,
    pub days: Days,
    pub months: Vec<Item>,
    /// From, to, step.
    pub years: Option<(u32, u32, u32)>,
}

fn list(items: &[Item]) -> String {
    items.iter().map(Item::text).collect::<Vec<_>>().join(",")
}

fn any(items: &[Item], value: u32, least: u32, most: u32) -> bool {
    items.iter().any(|item| item.holds(value, least, most))
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u32,
    pub month: u32,
    pub day: u32,
    /// 1 is Sunday.
    pub weekday: u32,
}

pub const FIRST: Day = Day { year: 2024, month: 1, day: 1, weekday: 2 };

fn length(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Day {
    pub fn following(self) -> Self {
        let weekday = if self.weekday == 7 { 1 } else { self.weekday + 1 };
        if self.day < length(self.year, self.month) {
            Self { day: self.day + 1, weekday, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, weekday, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1, weekday }
        }
    }

    fn weekday_of(self, day: u32) -> u32 {
        (self.weekday + 70 + day - self.day - 1) % 7 + 1
    }

    /// The working day of this month that lies nearest to a day of it.
    fn nearest(self, to: u32) -> Option<u32> {
        let last = length(self.year, self.month);
        if to > last {
            return None;
        }
        let working = (1..=last).filter(|day| (2..=6).contains(&self.weekday_of(*day)));
        working.min_by_key(|day| day.abs_diff(to))
    }
}

impl Cron {
    pub fn text(&self) -> String {
        let (of_month, of_week) = match &self.days {
            Days::OfMonth(items) => (list(items), "?".to_owned()),
            Days::OfWeek(items) => ("?".to_owned(), list(items)),
            Days::Last(0) => ("L".to_owned(), "?".to_owned()),
            Days::Last(before) => (format!("L-{before}"), "?".to_owned()),
            Days::LastWeekday => ("LW".to_owned(), "?".to_owned()),
            Days::Nearest(day) => (format!("{day}W"), "?".to_owned()),
            Days::LastOfWeek(weekday) => ("?".to_owned(), format!("{weekday}L")),
            Days::Nth(weekday, nth) => ("?".to_owned(), format!("{weekday}#{nth}")),
        };
        let years = match self.years {
            None => "*".to_owned(),
            Some((from, to, 1)) => format!("{from}-{to}"),
            Some((from, to, step)) => format!("{from}-{to}/{step}"),
        };
        let (minutes, hours, months) = (list(&self.minutes), list(&self.hours), list(&self.months));
        format!("cron({minutes} {hours} {of_month} {months} {of_week} {years})")
    }

    fn day_fits(&self, day: Day) -> bool {
        let year =
            self.years.is_none_or(|(from, to, step)| (from..=to).step_by(step as usize).any(|year| year == day.year));
        let last = length(day.year, day.month);
        year && any(&self.months, day.month, 1, 12)
            && match &self.days {
                Days::OfMonth(items) => any(items, day.day, 1, 31),
                Days::OfWeek(items) => any(items, day.weekday, 1, 7),
                Days::Last(before) => day.day + before == last,
                Days::LastWeekday => day.nearest(last) == Some(day.day),
                Days::Nearest(to) => day.nearest(*to) == Some(day.day),
                Days::LastOfWeek(weekday) => day.weekday == *weekday && day.day + 7 > last,
                Days::Nth(weekday, nth) => day.weekday == *weekday && (day.day - 1) / 7 + 1 == *nth,
            }
    }

    /// The first `count` times on these many days, as texts.
    pub fn firings(&self, from: Day, days: u32, count: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut day = from;
        for _ in 0..days {
            if self.day_fits(day) {
                for minute in 0..1440 {
                    let (hour, minute) = (minute / 60, minute % 60);
                    if any(&self.hours, hour, 0, 23) && any(&self.minutes, minute, 0, 59) {
                        let Day { year, month, day, .. } = day;
                        found.push(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"));
                        if found.len() == count {
                            return found;
                        }
                    }
                }
            }
            day = day.following();
        }
        found
    }
}
