//! Schedule expressions: `cron(...)` and `rate(...)` read as the service reads them, and when they fire next.
//!
//! What the service accepts is recorded, and it is what an old version of the Java library Quartz accepts: `MONDAY` is
//! `MON` and something, `33x` is 33, `0/0` is 0, ranges wrap around. Where nothing is recorded we follow Quartz's parser
//! too. Whatever is refused is refused with one sentence, so a parse gives no reason but our help.
//!
//! Times are UTC. `cron` fires at second 0 of a minute; `rate` counts from the moment the rule was created or enabled. `at(...)`
//! and time zones belong to EventBridge Scheduler, which is another service.

mod cron;
mod field;
mod rate;

pub use cron::Cron;
pub use rate::Rate;

use crate::time::Instant;

/// A schedule that the service accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// At times of the calendar.
    Cron(Cron),
    /// Again and again after the same span.
    Rate(Rate),
}

/// Why a text is no schedule: what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleError {
    /// For people; the service says only that the expression is not valid.
    pub help: String,
}

impl Schedule {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        let parsed = match (inside("cron"), inside("rate")) {
            (Some(fields), _) => cron::parse(fields).map(Self::Cron),
            (_, Some(rate)) => rate::parse(rate).map(Self::Rate),
            _ => Err("write `cron(...)` or `rate(...)`, in small letters and without blanks around".to_owned()),
        };
        parsed.map_err(|help| ScheduleError { help })
    }

    /// The first time after `after`; `anchor` is when the schedule began to run.
    pub fn next(&self, anchor: Instant, after: Instant) -> Option<Instant> {
        match self {
            Self::Cron(cron) => cron.next(after.max(anchor)),
            Self::Rate(rate) => rate.next(anchor, after),
        }
    }
}
