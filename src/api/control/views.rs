//! What there is to see: `trace { eventId?, leaves? }`, `invocations { filter? }`, `loops`, `graph`.
//!
//! `trace` gives the tree of every event that came from outside, oldest first, or of one, wherever it came from. The filter of `invocations` has
//! `rule` (ARN or name), `target` (ARN glob), `eventId` and `outcome`; an invocation passes when all that are given fit.

use super::error::{Answer, json};
use super::input::Input;
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::behaviour::graph;
use crate::simulator::behaviour::record::{InvocationIndex, Record};
use crate::simulator::behaviour::trace::{self, Detail};

pub(super) fn trace(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let wanted = input.string("eventId")?;
    let leaves = input.get("leaves").and_then(Value::as_bool).unwrap_or_default();
    let detail = if leaves { Detail::Leaves } else { Detail::Reasons };
    let record = simulator.record();
    let chosen = match wanted {
        None => record.roots().collect(),
        Some(id) => record.arrivals_of(id),
    };
    json(&chosen.into_iter().map(|arrival| trace::tree(record, arrival, detail)).collect::<Vec<_>>())
}

pub(super) fn invocations(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let filter = input.get("filter");
    let record = simulator.record();
    let chosen = record.invocations().filter(|index| filter.is_none_or(|filter| passes(record, *index, filter)));
    json(&chosen.map(|index| trace::invocation(record, index)).collect::<Vec<_>>())
}

pub(super) fn loops(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(simulator.loops())
}

pub(super) fn graph(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&graph::graph(simulator))
}

fn passes(record: &Record, index: InvocationIndex, filter: &Value) -> bool {
    let invocation = record.invocation(index);
    let asked = |name: &str| filter.get(name).and_then(Value::as_str);
    asked("rule").is_none_or(|rule| record.rule(index).is_some_and(|view| view.arn == rule || view.name == rule))
        && asked("target").is_none_or(|glob| crate::sets::glob::matches(glob, invocation.target.arn.as_str()))
        && asked("eventId").is_none_or(|id| record.arrival(invocation.arrival).envelope.id == id)
        && asked("outcome").is_none_or(|wanted| invocation.outcome.as_str() == wanted)
}
