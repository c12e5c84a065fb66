//! `cron(MINUTES HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK YEAR)`: six fields with single blanks between, and the next time.
//!
//! Exactly one of the two day fields is `?` (recorded: both `*` is refused, too). `L-n` is n days before the last day of the
//! month (recorded: `L-15` fires on 15 September); a day that a month does not have does not come in it: `31W` and `L-30` are
//! left out of shorter months (our choice, where Quartz counts on into the neighbouring month). Years may be any 32-bit
//! number, but no time past the year 9999 comes.
//!
//! The search goes down by year, month, day, hour and minute; every field is a set of bits, so it takes at most a few hundred
//! thousand steps, for dates that never come.

use super::field::{self, DAYS, Field, HOURS, MINUTES, MONTHS, WEEKDAYS, YEARS};
use crate::sets::Listed as _;
use crate::time::{Date, Instant, days_in_month};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// The calendar repeats after this many years.
const CYCLE: i32 = 400;
const LAST_YEAR: i32 = 9999;

/// A cron expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    minutes: u64,
    hours: u64,
    days: Days,
    months: u64,
    years: Field,
}

/// Which days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    /// These.
    OfMonth(u64),
    /// The weekday nearest to this one, within the month.
    NearestWeekday(i32),
    /// So many days before the last.
    Last(i32),
    /// The weekday nearest to that, within the month.
    LastWeekday(i32),
    /// These days of the week; bit 1 is Sunday.
    OfWeek(u64),
    /// The last such day of the week.
    LastOfWeek(i32),
    /// The nth such day of the week.
    NthOfWeek(i32, i32),
}

pub(super) fn parse(text: &str) -> Result<Cron, String> {
    let capitals = text.to_ascii_uppercase();
    let fields: Vec<&str> = capitals.split(' ').listed();
    let [minutes, hours, days, months, weekdays, years] = fields.as_slice() else {
        let count = fields.len();
        return Err(format!(
            "cron has six fields with single blanks between, not {count}: minutes, hours, day of month, month, day of week, year"
        ));
    };
    if fields.iter().any(|field| field.is_empty() || field.contains(char::is_whitespace)) {
        return Err("between the fields of cron stands one blank each".to_owned());
    }
    let read = |text: &str, kind| field::parse(text, kind);
    let (minutes, hours, months) = (read(minutes, MINUTES)?, read(hours, HOURS)?, read(months, MONTHS)?);
    let (days, weekdays, years) = (read(days, DAYS)?, read(weekdays, WEEKDAYS)?, read(years, YEARS)?);
    let days = match (days.open, weekdays.open) {
        (false, true) => of_month(&days),
        (true, false) => of_week(&weekdays),
        _ => return Err("one of day of month and day of week must be `?`, the other must not".to_owned()),
    };
    Ok(Cron { minutes: minutes.bits(MINUTES), hours: hours.bits(HOURS), days, months: months.bits(MONTHS), years })
}

fn of_month(field: &Field) -> Days {
    let bits = field.bits(DAYS);
    match (field.last_day, field.nearest_weekday) {
        (Some(before), false) => Days::Last(before),
        (Some(before), true) => Days::LastWeekday(before),
        (None, true) => Days::NearestWeekday(lowest(bits)),
        (None, false) => Days::OfMonth(bits),
    }
}

fn of_week(field: &Field) -> Days {
    let bits = field.bits(WEEKDAYS);
    match (field.nth, field.last_weekday) {
        (Some(nth), _) => Days::NthOfWeek(lowest(bits), nth),
        (None, true) => Days::LastOfWeek(lowest(bits)),
        (None, false) => Days::OfWeek(bits),
    }
}

fn lowest(bits: u64) -> i32 {
    bits.trailing_zeros() as i32
}

impl Cron {
    /// The first time after `after`.
    pub fn next(&self, after: Instant) -> Option<Instant> {
        let start = Instant::from_millis((after.millis().div_euclid(MINUTE) + 1) * MINUTE);
        let from = start.date();
        let last_year = if self.years.is_every_year() { (from.year + CYCLE).min(LAST_YEAR) } else { LAST_YEAR };
        for year in (from.year..=last_year).filter(|year| self.years.contains(*year)) {
            for month in values(self.months) {
                let month = month as u8;
                if (year, month) < (from.year, from.month) {
                    continue;
                }
                for day in values(self.days.in_month(year, month)) {
                    let date = Date { year, month, day: day as u8 };
                    if date < from {
                        continue;
                    }
                    if let Some(time) = self.on(date, start) {
                        return Some(time);
                    }
                }
            }
        }
        None
    }

    /// The first time on a day that is not before `start`.
    fn on(&self, date: Date, start: Instant) -> Option<Instant> {
        let midnight = date.to_days() * DAY;
        for hour in values(self.hours) {
            for minute in values(self.minutes) {
                let millis = midnight + (hour * 60 + minute) * MINUTE;
                if millis >= start.millis() {
                    return Some(Instant::from_millis(millis));
                }
            }
        }
        None
    }
}

impl Days {
    /// The days of this month, as bits.
    fn in_month(self, year: i32, month: u8) -> u64 {
        let last = i32::from(days_in_month(year, month));
        let first_weekday = weekday(Date { year, month, day: 1 });
        let weekday_of = |day: i32| (first_weekday - 1 + day - 1) % 7 + 1;
        let bit = |day: i32| if (1..=last).contains(&day) { 1u64 << day } else { 0 };
        let nearest = |day: i32| match weekday_of(day) {
            _ if !(1..=last).contains(&day) => 0,
            7 if day == 1 => bit(3),
            7 => bit(day - 1),
            1 if day == last => bit(day - 2),
            1 => bit(day + 1),
            _ => bit(day),
        };
        // The first such day of the week in the month.
        let first = |weekday: i32| (weekday - first_weekday).rem_euclid(7) + 1;
        match self {
            Self::OfMonth(bits) => bits & ((2u64 << last) - 1),
            Self::NearestWeekday(day) => nearest(day),
            Self::Last(before) => bit(last - before),
            Self::LastWeekday(before) => nearest(last - before),
            Self::OfWeek(bits) => {
                (1..=last).filter(|day| bits >> weekday_of(*day) & 1 == 1).fold(0, |all, day| all | bit(day))
            }
            Self::LastOfWeek(weekday) => bit(first(weekday) + (last - first(weekday)) / 7 * 7),
            Self::NthOfWeek(weekday, nth) => bit(first(weekday) + (nth - 1) * 7),
        }
    }
}

/// 1 is Sunday.
fn weekday(date: Date) -> i32 {
    // 1970-01-01 was a Thursday.
    ((date.to_days() + 4).rem_euclid(7) + 1) as i32
}

/// The numbers of the bits that are set, ascending.
fn values(bits: u64) -> impl Iterator<Item = i64> {
    (0..64).filter(move |bit| bits >> bit & 1 == 1)
}
