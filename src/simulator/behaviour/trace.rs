//! What happened, as a tree for people and tests: event → bus → rules → targets → what followed.
//!
//! Views are made on demand from the record. Each rule that did not match carries the reason, computed by explaining its
//! pattern; on a trace of more than [`MOST_REASONS`] of them the rest go without, because nobody reads that far and each
//! costs an explanation. Shapes: `TraceNode`, `TraceRule`, `TraceInvocation`, `Invocation` of `src/js/types.ts`.

use super::record::{
    Arrival, ArrivalId, Cause, DeadLetter, Delivery, Failure, InvocationIndex, Outcome, Record, RuleOutcome, RuleView,
};
use crate::analysis::{self, LocatedLeaf};
use crate::event::Event;
use crate::json::Value;
use crate::sets::Listed as _;
use serde::Serialize;

/// Reasons that one trace computes.
pub const MOST_REASONS: usize = 2_000;

/// Of the trace's shape (www/reference/trace.md): goes up when a member changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// Whether rules that did not match are explained leaf by leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One sentence a rule.
    Reasons,
    /// Every leaf too.
    Leaves,
}

/// An event on a bus, and all that followed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TraceNode {
    /// Of the shape; on the first node only.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    event: Value,
    bus: String,
    cause: TraceCause,
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead_letter: Option<DeadLetter>,
    rules: Vec<TraceRule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TraceCause {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    invocation: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TraceRule {
    rule: String,
    name: String,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leaves: Option<Vec<LocatedLeaf>>,
    invocations: Vec<TraceInvocation>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TraceInvocation {
    #[serde(flatten)]
    head: InvocationHead,
    emitted: Vec<TraceNode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped_effects: Vec<SkippedEffect>,
    #[serde(rename = "loop", skip_serializing_if = "Option::is_none")]
    loop_index: Option<usize>,
}

#[derive(Debug, Serialize)]
struct SkippedEffect {
    effect: usize,
    reason: String,
}

/// What every view of an invocation has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct InvocationHead {
    id: String,
    target_id: String,
    target: String,
    input: String,
    time: String,
    attempt: u32,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<Delivery>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead_letter: Option<DeadLetter>,
}

/// One delivery of one event by one rule to one target.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvocationView {
    #[serde(flatten)]
    head: InvocationHead,
    rule: String,
    event: Value,
}

/// The tree below one arrival.
pub fn tree(record: &Record, root: ArrivalId, detail: Detail) -> TraceNode {
    let mut budget = MOST_REASONS;
    TraceNode { version: Some(VERSION), ..node(record, root, detail, &mut budget) }
}

/// One invocation with its event.
pub fn invocation(record: &Record, index: InvocationIndex) -> InvocationView {
    let arrival = record.arrival(record.invocation(index).arrival);
    InvocationView {
        head: head(record, index),
        rule: record.rule(index).map(|rule| rule.arn.clone()).unwrap_or_default(),
        event: arrival.event().value().clone(),
    }
}

fn node(record: &Record, id: ArrivalId, detail: Detail, budget: &mut usize) -> TraceNode {
    let arrival = record.arrival(id);
    let rules = arrival.rules.iter().enumerate();
    TraceNode {
        version: None,
        event: arrival.event().value().clone(),
        bus: arrival.bus.arn(),
        cause: cause(record, arrival),
        dropped: arrival.dropped.clone(),
        dead_letter: arrival.dead_letter.as_deref().cloned(),
        rules: rules
            .map(|(index, rule)| {
                let outcome = arrival.outcome(index);
                let (reason, leaves) = reason(rule, &outcome, arrival.event(), detail, budget);
                let of_rule = arrival.invocations.iter().filter(|of| record.invocation(**of).rule == index);
                TraceRule {
                    rule: rule.arn.clone(),
                    name: rule.name.clone(),
                    outcome: outcome_name(&outcome),
                    reason,
                    leaves,
                    invocations: of_rule.map(|of| trace_invocation(record, *of, detail, budget)).listed(),
                }
            })
            .listed(),
    }
}

fn trace_invocation(record: &Record, index: InvocationIndex, detail: Detail, budget: &mut usize) -> TraceInvocation {
    let invocation = record.invocation(index);
    let skipped = invocation.skipped.iter();
    TraceInvocation {
        head: head(record, index),
        emitted: invocation.emitted.iter().map(|id| node(record, *id, detail, budget)).listed(),
        skipped_effects: skipped
            .map(|(effect, reason)| SkippedEffect { effect: *effect, reason: reason.clone() })
            .listed(),
        loop_index: invocation.loop_index,
    }
}

fn head(record: &Record, index: InvocationIndex) -> InvocationHead {
    let invocation = record.invocation(index);
    InvocationHead {
        id: invocation.id.to_string(),
        target_id: invocation.target.id.to_string(),
        target: invocation.target.arn.to_string(),
        input: invocation.input.clone(),
        time: invocation.time.to_string(),
        attempt: invocation.attempt,
        outcome: invocation.outcome,
        retry_at: invocation.retry_at.map(|time| time.to_string()),
        delivery: invocation.delivery.as_deref().cloned(),
        error: invocation.failure.clone(),
        dead_letter: invocation.dead_letter.clone(),
    }
}

fn cause(record: &Record, arrival: &Arrival) -> TraceCause {
    let kind = match arrival.cause {
        Cause::PutEvents => "put-events",
        Cause::Partner => "partner",
        Cause::Emit => "emit",
        Cause::Effect(..) => "effect",
        Cause::Handler(_) => "handler",
        Cause::Bus(_) => "bus",
        Cause::Schedule(_) => "schedule",
        Cause::Replay(_) => "replay",
    };
    let invocation = arrival.cause.invocation().map(|index| record.invocation(index).id.to_string());
    TraceCause { kind, invocation }
}

const READ_ONLY: &str = "the pattern matches, but the event is a management call that only reads (`Describe`, `Get`, `List`), and only rules in state `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` get those";

/// The name of an outcome in traces.
pub fn outcome_name(outcome: &RuleOutcome) -> &'static str {
    match outcome {
        RuleOutcome::Matched => "matched",
        RuleOutcome::NoMatch | RuleOutcome::ReadOnly => "no-match",
        RuleOutcome::Disabled => "disabled",
        RuleOutcome::NoPattern => "no-pattern",
        RuleOutcome::NotSelected => "not-selected",
        RuleOutcome::Failed(_) => "failed",
    }
}

/// Why a rule did not fire, in one sentence, and leaf by leaf where that is wanted.
pub fn reason(
    rule: &RuleView,
    outcome: &RuleOutcome,
    event: &Event,
    detail: Detail,
    budget: &mut usize,
) -> (Option<String>, Option<Vec<LocatedLeaf>>) {
    match outcome {
        RuleOutcome::Disabled => return (Some("the rule is disabled".to_owned()), None),
        RuleOutcome::ReadOnly => return (Some(READ_ONLY.to_owned()), None),
        RuleOutcome::NoPattern => return (Some("the rule has no event pattern".to_owned()), None),
        RuleOutcome::NotSelected => return (Some("the replay is limited to other rules".to_owned()), None),
        RuleOutcome::Failed(message) => return (Some(message.clone()), None),
        RuleOutcome::Matched if detail == Detail::Reasons => return (None, None),
        RuleOutcome::Matched | RuleOutcome::NoMatch => {}
    }
    let (Some(pattern), Some(left)) = (&rule.pattern, budget.checked_sub(1)) else { return (None, None) };
    *budget = left;
    let explained = match detail {
        Detail::Reasons => analysis::first_failure(pattern, event).map(|failure| (failure, None)),
        // Nobody outside holds the text of the envelope, so there are no places in it.
        Detail::Leaves => analysis::explain(pattern, event)
            .map(|explanation| (explanation.first_failure(), Some(explanation.locate(pattern.text(), None).leaves))),
    };
    explained.unwrap_or_else(|limit| (Some(limit.to_string()), None))
}
