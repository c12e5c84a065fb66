//! `rate(VALUE UNIT)`: a positive whole number, one blank, and `minute`, `hour` or `day`, with an `s` if and only if the value
//! is not 1.
//!
//! Recorded: `01 minute` and `02 minutes` are accepted, `01 minutes` is not; the value is a 32-bit number; capitals, signs,
//! fractions, other units and other blanks are refused. The first firing is one span after the anchor, to the millisecond.

use crate::time::{Duration, Instant};

/// A span in milliseconds, at least a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    millis: i64,
}

const MINUTE: i64 = 60_000;

pub(super) fn parse(text: &str) -> Result<Rate, String> {
    let (value, unit) = text.split_once(' ').ok_or("write a number, one blank and a unit: `rate(5 minutes)`")?;
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let value: i32 = match value.parse() {
        Ok(value) if digits && value > 0 => value,
        _ => return Err(format!("the value is a whole number from 1 to {}", i32::MAX)),
    };
    let known = [("minute", MINUTE), ("hour", 60 * MINUTE), ("day", 24 * 60 * MINUTE)];
    let singular = unit.strip_suffix('s').unwrap_or(unit);
    let Some((_, millis)) = known.into_iter().find(|(name, _)| *name == singular) else {
        return Err("the unit is `minute`, `hour` or `day`, in small letters, with an `s` for more than one".to_owned());
    };
    match (value == 1, unit == singular) {
        (true, false) => Err(format!("for the value 1 the unit is `{singular}`")),
        (false, true) => Err(format!("for more than one the unit is `{singular}s`")),
        _ => Ok(Rate { millis: i64::from(value) * millis }),
    }
}

impl Rate {
    /// The first time after `after` that lies whole spans after `anchor`.
    pub fn next(self, anchor: Instant, after: Instant) -> Option<Instant> {
        let passed = (after.millis() - anchor.millis()).max(0);
        let until_next = (passed / self.millis + 1).checked_mul(self.millis)?;
        // Past the end of the calendar an instant is cut to its bound, and that is no firing.
        let next = anchor.plus(Duration::from_millis(until_next));
        (next.millis() == anchor.millis().checked_add(until_next)?).then_some(next)
    }
}
