//! Failure: what is tried again, when, and when it is given up.
//!
//! Tried again are throttling, timeouts, unavailable targets and errors of the target (5xx); what cannot go well next time
//! (no permission, no resource, invalid input, a hop too many) is not: the table of codes is the documentation's, 2.5. A code
//! that nobody knows, such as the name of an error that a handler threw, counts as an error of the target. The policy's two
//! limits, retries and age, end it, whichever comes first; then the message goes to the dead-letter queue, with the two
//! attributes that say so.
//!
//! `Retry-After` of an API destination and the policy: the more conservative wins, and a negative one ends it (documentation,
//! 1.8). So the wait is the longer of the two, within the policy's age.
//!
//! The back-off is not published. Ours: 1 s, doubled up to 8 min, each between half of that and all of it by the seed, so that
//! the default policy makes its 185 retries within its 24 hours.

use super::agenda::Task;
use super::record::{Failure, InvocationIndex, Outcome};
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::state::Target;
use crate::time::Duration;

/// The longest wait between two attempts.
const LONGEST_WAIT: i64 = 480_000;

/// Codes that are never tried again.
const FINAL: [&str; 14] = [
    "CROSS_REGION_INGESTION_FAILED",
    "ERROR_FROM_TARGET",
    "FAILED_TO_ASSUME_ROLE",
    "INVALID_JSON",
    "INVALID_PARAMETER",
    "NO_PERMISSIONS",
    "NO_RESOURCE",
    "RESOURCE_ALREADY_EXISTS",
    "THIRD_ACCOUNT_HOP_DETECTED",
    "THIRD_REGION_HOP_DETECTED",
    "TRANSIENT_ASSUME_ROLE",
    "UNKNOWN",
    "AccessDeniedException",
    "ResourceNotFoundException",
];

/// How long and how often a target is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RetryPolicy {
    attempts: i64,
    age: Duration,
}

/// Why it was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhausted {
    /// `MaximumRetryAttempts`
    Attempts,
    /// `MaximumEventAgeInSeconds`
    Age,
}

impl Exhausted {
    /// As the dead letter says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attempts => "MaximumRetryAttempts",
            Self::Age => "MaximumEventAgeInSeconds",
        }
    }
}

/// Whether a failure of this code is tried again.
pub fn is_retried(code: &str) -> bool {
    !FINAL.contains(&code)
}

impl Simulator {
    /// The target was not called, and calling it again would not help.
    pub(super) fn not_delivered(&mut self, index: InvocationIndex, failure: Failure) {
        self.record.invocation_mut(index).outcome = Outcome::NotDelivered;
        self.give_up(index, failure, None);
    }

    /// The target was called and failed: it is called again, if that may help and the policy allows it.
    pub(super) fn failed(&mut self, index: InvocationIndex, failure: Failure) {
        let invocation = self.record.invocation_mut(index);
        invocation.outcome = Outcome::Failed;
        if !is_retried(&failure.code) {
            return self.give_up(index, failure, None);
        }
        let policy = retry_policy(&invocation.target);
        let (attempt, deadline) = (i64::from(invocation.attempt), invocation.time.plus(policy.age));
        if attempt > policy.attempts {
            return self.give_up(index, failure, Some(Exhausted::Attempts));
        }
        if self.now >= deadline {
            return self.give_up(index, failure, Some(Exhausted::Age));
        }
        let asked = failure.retry_after.unwrap_or(0);
        if asked < 0 {
            return self.give_up(index, failure, None);
        }
        let asked = Duration::from_millis(asked.min(i64::from(u32::MAX)) * 1000);
        let due = self.now.plus(self.back_off(attempt).max(asked)).min(deadline);
        let invocation = self.record.invocation_mut(index);
        invocation.failure = Some(failure);
        invocation.retry_at = Some(due);
        let id = invocation.id.to_string();
        self.plan(due, Task::Retry(id));
    }

    /// The time for another attempt has come.
    pub(super) fn retry_is_due(&mut self, id: &str) {
        let Some(index) = self.record.find_invocation(id) else { return };
        let invocation = self.record.invocation(index);
        if invocation.retry_at.is_none_or(|due| due > self.now) {
            return;
        }
        let deadline = invocation.time.plus(retry_policy(&invocation.target).age);
        match (&invocation.failure, self.now >= deadline) {
            (Some(failure), true) => {
                let failure = failure.clone();
                self.give_up(index, failure, Some(Exhausted::Age));
            }
            _ => self.deliver(index),
        }
    }

    /// The failure is final.
    fn give_up(&mut self, index: InvocationIndex, failure: Failure, exhausted: Option<Exhausted>) {
        self.record.invocation_mut(index).retry_at = None;
        self.bury(index, &failure, exhausted);
        self.record.invocation_mut(index).failure = Some(failure);
    }

    fn back_off(&mut self, attempt: i64) -> Duration {
        let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(u32::MAX).min(20);
        let most = (1000_i64 << doublings).min(LONGEST_WAIT);
        let jitter = i64::try_from(self.ids.bits() % (most as u64 / 2 + 1)).unwrap_or(0);
        Duration::from_millis(most / 2 + jitter)
    }
}

fn retry_policy(target: &Target) -> RetryPolicy {
    let given = target.definition.get("RetryPolicy");
    let number =
        |name: &str, default: i64| given.and_then(|given| given.get(name)).and_then(Value::as_i64).unwrap_or(default);
    RetryPolicy {
        attempts: number("MaximumRetryAttempts", 185),
        age: Duration::from_millis(number("MaximumEventAgeInSeconds", 86_400).saturating_mul(1000)),
    }
}
