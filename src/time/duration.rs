//! Durations as people write them: `90s`, `15m`, `2h`, `1d`, `250ms`, or several together (`1h30m`), and plain numbers of
//! seconds.

use std::fmt;

/// A span of time in milliseconds, never negative, at most 10,000 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Duration(i64);

/// Why a text is not a duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a duration such as `90s`, `15m`, `2h`, `1d` or `1h30m`")]
pub struct DurationError(String);

const LONGEST: i64 = 315_569_520_000_000;

impl Duration {
    /// A span of that many milliseconds; past the bound, the bound.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, LONGEST))
    }

    /// From a text such as `1h30m`, or a plain number of seconds.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let error = || DurationError(text.to_owned());
        let mut rest = text;
        let mut total: i64 = 0;
        if rest.is_empty() {
            return Err(error());
        }
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at_checked(digits).ok_or_else(error)?;
            let number: i64 = number.parse().map_err(|_| error())?;
            let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (unit, after) = after.split_at_checked(letters).ok_or_else(error)?;
            let millis = match unit {
                "ms" => 1,
                "s" => 1000,
                "m" => 60_000,
                "h" => 3_600_000,
                "d" => 86_400_000,
                "" if digits == text.len() => 1000,
                _ => return Err(error()),
            };
            total = total.saturating_add(number.saturating_mul(millis));
            rest = after;
        }
        Ok(Self::from_millis(total))
    }

    /// The length in milliseconds.
    pub fn millis(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        for (unit, millis) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] {
            if rest >= millis {
                write!(f, "{}{unit}", rest / millis)?;
                rest %= millis;
            }
        }
        if self.0 == 0 { write!(f, "0s") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_printed() {
        for (text, printed) in [
            ("90s", "1m30s"),
            ("1h30m", "1h30m"),
            ("5", "5s"),
            ("250ms", "250ms"),
            ("0s", "0s"),
            ("99999999999999d", "3652425d"),
        ] {
            assert_eq!(Duration::parse(text).map(|span| span.to_string()).as_deref(), Ok(printed));
        }
        for text in ["", "s", "1x", "-1s", "1h5", "1 h", "１s"] {
            assert!(Duration::parse(text).is_err(), "{text}");
        }
    }
}
