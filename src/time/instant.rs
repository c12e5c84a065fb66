//! Instants: parsed from ISO 8601 or epoch seconds, printed as the service prints them.
//!
//! The service accepts what the SDK's own parsers turn into a timestamp (`2022-01-01`, `01-01-2022T00:00:00Z`,
//! `2022-01-01 00:00:00Z` all become numbers before they reach it), so on the wire a time is a number of epoch seconds or
//! an ISO 8601 text. Offsets other than `Z` are converted to UTC.

use super::{Date, Duration};
use crate::text::shared;
use std::fmt;
use std::rc::Rc;

const LAST: i64 = 253_402_300_799_999;
const FIRST: i64 = -62_167_219_200_000;
const DAY: i64 = 86_400_000;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z, between the years 0000 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Why a text is not an instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time such as `2026-03-14T09:26:53Z`")]
pub struct InstantError(String);

impl Instant {
    /// The moment that lies `millis` after 1970-01-01T00:00:00Z; past the bounds, the bound.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(FIRST, LAST))
    }

    /// The moment that lies `seconds` after 1970-01-01T00:00:00Z; past the bounds, the bound.
    pub fn from_seconds(seconds: i64) -> Self {
        Self::from_millis(seconds.saturating_mul(1000))
    }

    /// From an ISO 8601 text: `YYYY-MM-DD`, or with `Thh:mm:ss`, a fraction, and `Z` or an offset `+hh:mm`.
    pub fn parse(text: &str) -> Result<Self, InstantError> {
        parse_iso(text).ok_or_else(|| InstantError(text.to_owned()))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, cut.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// With milliseconds: `2026-09-13T12:17:30.408Z`.
    pub fn to_millis_text(self) -> String {
        let second = self.to_string();
        format!("{}.{:03}Z", second.trim_end_matches('Z'), self.0.rem_euclid(1000))
    }

    /// As text that is kept in several places.
    pub fn shared_text(self) -> Rc<str> {
        shared(&self.to_string())
    }

    /// This moment and `duration` more.
    pub fn plus(self, duration: Duration) -> Self {
        Self::from_millis(self.0.saturating_add(duration.millis()))
    }

    /// The calendar day.
    pub fn date(self) -> Date {
        Date::from_days(self.0.div_euclid(DAY))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date { year, month, day } = self.date();
        let second = self.0.rem_euclid(DAY) / 1000;
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        // Every event has its time written: the formatter's way would take longer than matching it.
        let mut text = *b"0000-00-00T00:00:00Z";
        let year = i64::from(year);
        let parts = [
            (0, year / 100),
            (2, year % 100),
            (5, month.into()),
            (8, day.into()),
            (11, hour),
            (14, minute),
            (17, second),
        ];
        for (at, number) in parts {
            for (place, digit) in text.iter_mut().skip(at).zip([number / 10, number % 10]) {
                *place += u8::try_from(digit).unwrap_or_default();
            }
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

fn parse_iso(text: &str) -> Option<Instant> {
    let (date, rest) = text.split_at_checked(10)?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let date = Date::new(digits(year)? as i32, digits(month)? as u8, digits(day)? as u8)?;
    let midnight = date.to_days() * DAY;
    if rest.is_empty() {
        return Some(Instant::from_millis(midnight));
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, offset) = split_offset(rest)?;
    Some(Instant::from_millis(midnight + clock_millis(clock)? - offset))
}

/// The clock part, and the offset from UTC in milliseconds.
fn split_offset(text: &str) -> Option<(&str, i64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let at = text.rfind(['+', '-'])?;
    let (clock, offset) = text.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (hours < 24 && minutes < 60).then_some((clock, sign * (hours * 60 + minutes) * 60_000))
}

fn clock_millis(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = whole.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("00"));
    if parts.next().is_some() || [hour, minute, second].iter().any(|part| part.len() != 2) {
        return None;
    }
    let (hour, minute, second) = (digits(hour)?, digits(minute)?, digits(second)?);
    if hour > 23 || minute > 59 || second > 59 || fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let millis = digits(&format!("{fraction:0<3}"))? / 10i64.pow(fraction.len().max(3) as u32 - 3);
    Some(((hour * 60 + minute) * 60 + second) * 1000 + millis)
}

fn digits(text: &str) -> Option<i64> {
    let only_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_and_printed_on_the_second() {
        for (text, printed) in [
            ("2022-01-01", "2022-01-01T00:00:00Z"),
            ("2022-01-01 00:00:00Z", "2022-01-01T00:00:00Z"),
            ("2026-03-14T09:26:53.999Z", "2026-03-14T09:26:53Z"),
            ("2026-03-14T09:26:53.1234567Z", "2026-03-14T09:26:53Z"),
            ("2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00Z"),
            ("0000-01-01", "0000-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Instant::parse(text).map(|at| at.to_string()).as_deref(), Ok(printed));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2022",
            "2022-02-30",
            "2022-1-01",
            "2022-01-01T",
            "2022-01-01T24:00:00Z",
            "2022-01-01T00:00:00",
            "ａ022-01-01",
            "2022-01-01T00:00:00.Z",
        ] {
            assert!(Instant::parse(text).is_err(), "{text}");
        }
    }
}
