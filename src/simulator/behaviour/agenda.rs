//! The agenda: what is due on the virtual clock, and the only thing that moves the clock.
//!
//! A task is put down with [`Simulator::plan`] and done when the clock comes to its instant: in order of instants, tasks of
//! one instant in the order in which they were planned. The clock stands at the task's own instant while it is done, and
//! what follows from it has happened before the next one begins. Nothing is ever taken off: a task looks whether its reason
//! still holds (the rule is enabled, the replay not cancelled) and does nothing if not.
//!
//! To add a kind of task: a variant of [`Task`], an arm in `perform`, the method it calls in the file it belongs to.
//!
//! Bounds, choices of ours: one move of the clock does at most [`MOST_TASKS`] tasks, and goes no further after
//! [`MOST_FIRINGS`] firings. Firings of schedules are counted before anything happens; whatever else passes a bound stops the
//! clock where it is, with an error that says so.

use super::record::BusAddress;
use crate::diagnostics::Diagnostic;
use crate::simulator::Simulator;
use crate::simulator::state::{AccountId, Region, RuleName};
use crate::time::{Duration, Instant};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Tasks of one move of the clock: a fortnight of `rate(1 minute)`.
pub const MOST_TASKS: usize = 20_160;

/// Firings of one move, those that are stopped included: a schedule can set off a loop every minute.
pub const MOST_FIRINGS: usize = 1_000_000;

/// Something that is due at some instant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Task {
    /// An invocation of this id is tried again.
    Retry(String),
    /// A rule's schedule fires.
    Schedule {
        /// The bus of the rule.
        bus: BusAddress,
        /// Its name.
        rule: RuleName,
    },
    /// An event that an effect emitted arrives.
    Emitted(u64),
    /// The two weeks of a partner event source are over.
    PartnerSource {
        /// Where.
        region: Region,
        /// Its name.
        name: String,
        /// To whom it is offered.
        account: AccountId,
    },
    /// A replay goes on.
    Replay {
        /// Whose it is.
        account: AccountId,
        /// Where.
        region: Region,
        /// Its name.
        name: String,
    },
}

/// Whether the clock stops for invocations that wait for external handlers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtHandlers {
    /// It stops after the task that invoked them, so that they answer at the time of their invocation.
    Stop,
    /// It goes on; they answer when they are asked.
    GoOn,
}

/// What is due, earliest first.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    entries: BinaryHeap<Entry>,
    planned: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    at: Instant,
    number: u64,
    task: Task,
}

impl Ord for Entry {
    /// The heap gives its greatest entry: that is the earliest one, and of one instant the one that was planned first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.number).cmp(&(self.at, self.number))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Agenda {
    /// Puts a task down.
    pub fn add(&mut self, at: Instant, task: Task) {
        self.planned += 1;
        self.entries.push(Entry { at, number: self.planned, task });
    }

    /// The next task that is due by `until`, taken off.
    fn take(&mut self, until: Instant) -> Option<(Instant, Task)> {
        if self.entries.peek()?.at > until {
            return None;
        }
        self.entries.pop().map(|entry| (entry.at, entry.task))
    }
}

impl Simulator {
    /// Puts a task on the agenda. One that lies in the past is due at the next move of the clock.
    pub(in crate::simulator) fn plan(&mut self, at: Instant, task: Task) {
        self.agenda.add(at, task);
    }

    /// Moves the clock on, doing what falls due on the way.
    pub fn advance(&mut self, duration: Duration) -> Result<(), Diagnostic> {
        self.run_until(self.now.plus(duration), AtHandlers::GoOn).map(|_| ())
    }

    /// Moves the clock to `until`, doing what falls due on the way. A time that has passed does what is due now.
    /// Gives whether the clock came there; it does not when it stops for handlers.
    pub fn run_until(&mut self, until: Instant, handlers: AtHandlers) -> Result<bool, Diagnostic> {
        let until = until.max(self.now);
        if self.count_firings(until, MOST_TASKS) > MOST_TASKS {
            return Err(Diagnostic::error(
                "SIM004",
                format!("schedules fire more than {MOST_TASKS} times until {until}"),
            )
            .with_help("nothing has happened: move the clock in smaller steps, or disable rules that fire so often"));
        }
        let (mut done, before) = (0, self.record.kept().all_invocations());
        while let Some((at, task)) = self.agenda.take(until) {
            let is_over = self.record.kept().all_invocations() - before > MOST_FIRINGS;
            if done == MOST_TASKS || is_over {
                self.agenda.add(at, task);
                return Err(if is_over {
                    too_much(&format!("there are more than {MOST_FIRINGS} firings"), self.now)
                } else {
                    too_much(&format!("more than {MOST_TASKS} things fall due"), self.now)
                });
            }
            done += 1;
            self.now = self.now.max(at);
            self.perform(task);
            self.run();
            if handlers == AtHandlers::Stop && !self.pending.is_empty() {
                return Ok(false);
            }
        }
        self.now = until;
        Ok(true)
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Retry(id) => self.retry_is_due(&id),
            Task::Emitted(number) => self.emitted_is_due(number),
            Task::Schedule { bus, rule } => self.schedule_is_due(&bus, &rule),
            Task::PartnerSource { region, name, account } => self.partner_source_is_due(&region, &name, &account),
            Task::Replay { account, region, name } => self.replay_is_due(&account, &region, &name),
        }
    }
}

fn too_much(what: &str, now: Instant) -> Diagnostic {
    Diagnostic::error("SIM002", format!("{what}; the clock has stopped at {now}"))
        .with_help("all that was due until then has happened: go on from there, or move the clock in smaller steps")
}
