//! Infinite loops, found while events run.
//!
//! Before a rule fires through a target, the chain behind the event is searched for a firing of the same rule through the
//! same target. If the two events are *the same* (equal on every path that decides anything on the way round, see
//! `tested`), no test reads a value that is new every time, and every step between was a declared effect or a bus hop, then
//! the same must follow again, for ever: the loop is **proven** and the chain stops. Through a handler, which may change its
//! mind, or when the events differ, the chain runs on; if it reaches a limit, the loop is **suspected**.
//!
//! Invariant: a proof never rests on a guess. Where something is not known exactly (an index in a path, a value inside a
//! text), everything that might matter counts as tested, which can only turn *proven* into *suspected*.

pub mod analyze;
mod report;
mod same;
mod tested;

use super::behaviour::record::{ArrivalId, Behind, InvocationIndex, Record};
use crate::pattern::Reads;
use crate::sets::Listed as _;
use same::Difference;

pub use report::{Hop, LoopReport, report};

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It goes round for ever.
    Proven,
    /// It was stopped at a limit.
    Suspected,
}

impl Verdict {
    /// As it is written in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Suspected => "suspected",
        }
    }
}

impl serde::Serialize for Verdict {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What a run may not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// `maxChain` firings on one chain.
    Chain(usize),
    /// `maxFirings` firings of one origin.
    Firings(usize),
    /// Bytes of emitted events of one origin.
    Bytes(usize),
}

/// Why a round is not proven to repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The chain holds no firing of the same rule and target.
    NoRound,
    /// A handler stands on the way.
    Handler,
    /// Something on the way may be otherwise next time.
    Chance,
    /// The events are not the same.
    Different(Difference),
    /// What decides could not be told within the bounds.
    TooMuch,
}

/// One firing of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub arrival: ArrivalId,
    /// The firing.
    pub invocation: InvocationIndex,
}

/// A loop found at a firing.
#[derive(Debug, Clone)]
pub struct Finding {
    /// How sure.
    pub verdict: Verdict,
    /// Once round, from the earlier firing to the one before `stopped`; for a chain without a round, all of it.
    pub steps: Vec<Step>,
    /// The firing that does not happen.
    pub stopped: InvocationIndex,
    /// What decided, when proven.
    pub tested: Vec<String>,
    /// Why it is not proven.
    pub doubt: Option<Doubt>,
    /// The limit that was reached, when suspected.
    pub limit: Option<Limit>,
    /// Which cycle it is, wherever it was entered.
    identity: Vec<(String, String)>,
}

/// Searches the chain behind a firing.
pub fn find(record: &Record, firing: InvocationIndex, limit: Option<Limit>) -> Option<Finding> {
    let mut steps = Vec::new();
    let mut doubt = None;
    let mut round: Option<usize> = None;
    let mut open: Option<Doubt> = None;
    let mut arrival = record.invocation(firing).arrival;
    loop {
        let cause = &record.arrival(arrival).cause;
        let Some(invocation) = cause.invocation() else { break };
        // Even where an effect emitted the event: it does so only after the handler said that all went well.
        match record.invocation(invocation).behind {
            Behind::Effects => {}
            Behind::Handler => open = Some(Doubt::Handler),
            Behind::Chance => open = open.or(Some(Doubt::Chance)),
        }
        arrival = record.invocation(invocation).arrival;
        steps.push(Step { arrival, invocation });
        if !same_firing(record, invocation, firing) {
            continue;
        }
        round.get_or_insert(steps.len());
        if let Some(open) = &open {
            doubt.get_or_insert_with(|| open.clone());
            continue;
        }
        // Nobody asks why while the chain may run on, and most chains differ in what the rule itself reads.
        if limit.is_none() && differ_at_once(record, arrival, firing) {
            continue;
        }
        let cycle: Vec<Step> = steps.iter().rev().copied().listed();
        match prove(record, &cycle, firing) {
            Ok(tested) => {
                let (verdict, identity) = (Verdict::Proven, report::identity(record, &cycle));
                return Some(Finding {
                    verdict,
                    steps: cycle,
                    stopped: firing,
                    tested,
                    doubt: None,
                    limit: None,
                    identity,
                });
            }
            Err(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    limit?;
    steps.truncate(round.unwrap_or(steps.len()));
    steps.reverse();
    let doubt = Some(doubt.unwrap_or(Doubt::NoRound));
    let identity = report::identity(record, &steps);
    Some(Finding { verdict: Verdict::Suspected, identity, steps, stopped: firing, tested: Vec::new(), doubt, limit })
}

fn same_firing(record: &Record, one: InvocationIndex, other: InvocationIndex) -> bool {
    let target = |index| &record.invocation(index).target.id;
    let rule = |index| record.rule(index).map(|rule| &rule.arn);
    target(one) == target(other) && rule(one) == rule(other)
}

/// Whether the rule's own pattern reads different values of the two events: cheap to see, and enough against a proof.
fn differ_at_once(record: &Record, before: ArrivalId, firing: InvocationIndex) -> bool {
    let now = record.arrival(record.invocation(firing).arrival);
    let before = record.arrival(before);
    let Some(pattern) = record.rule(firing).and_then(|rule| rule.pattern.as_deref()) else { return false };
    pattern.tested().filter(|path| path.reads == Reads::Value).any(|path| {
        let (then, now) = (before.event().at(path.path), now.event().at(path.path));
        then.len() != now.len() || then.iter().zip(&now).any(|(one, other)| one.value != other.value)
    })
}

/// The paths that decide, if the event at the end of the cycle is the same as the one at its beginning.
fn prove(record: &Record, cycle: &[Step], firing: InvocationIndex) -> Result<Vec<String>, Doubt> {
    let first = cycle.first().ok_or(Doubt::NoRound)?;
    let (before, now) = (record.arrival(first.arrival), record.arrival(record.invocation(firing).arrival));
    if before.hops != now.hops {
        return Err(Doubt::Different(Difference::hops()));
    }
    // The rule's own pattern is cheap to compare and decides most cases; the rest of the cycle can only add to it.
    let own = tested::own(record, first.invocation);
    same::compare(before, now, &own).map_err(Doubt::Different)?;
    let tested = tested::of_cycle(record, cycle, record.invocation(firing).arrival)?;
    same::compare(before, now, &tested).map_err(Doubt::Different)?;
    Ok(tested
        .into_entries()
        .into_iter()
        .map(|(path, _)| path)
        .map(|path| if path.is_empty() { "the whole event".to_owned() } else { path })
        .listed())
}
