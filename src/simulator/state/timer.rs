//! The running schedule of an enabled rule: what it is, since when it runs, and when it fires next.
//!
//! Recorded: putting an enabled rule again with the same expression keeps its cadence; a new expression, or enabling a
//! disabled rule, starts it anew. A disabled rule has no timer.

use crate::schedule::Schedule;
use crate::time::Instant;

/// A schedule under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    expression: String,
    schedule: Schedule,
    anchor: Instant,
    next: Option<Instant>,
}

impl Timer {
    /// The schedule of this expression, if it is one, starts now.
    pub fn start(expression: &str, now: Instant) -> Option<Self> {
        let schedule = Schedule::parse(expression).ok()?;
        Some(Self { expression: expression.to_owned(), next: schedule.next(now, now), schedule, anchor: now })
    }

    /// As it was given.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// When it fires next, if it ever does.
    pub fn next(&self) -> Option<Instant> {
        self.next
    }

    /// It has fired: on to the time after `now`.
    pub fn fired(&mut self, now: Instant) {
        self.next = self.schedule.next(self.anchor, now);
    }

    /// The times from the next one on.
    pub fn times(&self) -> impl Iterator<Item = Instant> {
        std::iter::successors(self.next, |time| self.schedule.next(self.anchor, *time))
    }
}
