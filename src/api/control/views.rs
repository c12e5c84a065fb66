//! What there is to see: `trace { eventId?, last?, leaves? }`, `invocations { filter? }`, `record`, `loops`, `graph`.
//!
//! `trace` gives the tree of every event that came from outside, oldest first (of the `last` so many), or of one, wherever it came from. A filter of
//! `invocations` has the members of [`FILTER`]; an invocation passes when all that are given fit. The record is bounded: an
//! event that is not in it is an error once anything was dropped, because an empty answer would say that nothing happened.

use super::error::{Answer, ControlError, Failure, json};
use super::input::Input;
use crate::json::{self, Value};
use crate::pattern::Pattern;
use crate::sets::{Listed as _, glob};
use crate::simulator::Simulator;
use crate::simulator::behaviour::graph;
use crate::simulator::behaviour::record::{Absent, InvocationIndex, Record};
use crate::simulator::behaviour::trace::{self, Detail};

/// Rule by ARN or name, bus by ARN or name, target by ARN glob, event by an event pattern; the others are equal.
const FILTER: [&str; 8] = ["rule", "bus", "target", "targetId", "eventId", "outcome", "errorCode", "event"];
const OUTCOMES: [&str; 5] = ["delivered", "failed", "not-delivered", "loop-stopped", "pending"];

pub(super) fn trace(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let wanted = input.string("eventId")?;
    let leaves = input.get("leaves").and_then(Value::as_bool).unwrap_or_default();
    let detail = if leaves { Detail::Leaves } else { Detail::Reasons };
    let record = simulator.record();
    let last = input.get("last").and_then(Value::as_i64).and_then(|last| usize::try_from(last).ok());
    let chosen = match wanted {
        None => {
            let mut roots: Vec<_> = record.roots().listed();
            roots.drain(..last.map_or(0, |last| roots.len().saturating_sub(last)));
            roots
        }
        Some(id) => {
            there(record, id)?;
            record.arrivals_of(id)
        }
    };
    json(&chosen.into_iter().map(|arrival| trace::tree(record, arrival, detail)).listed())
}

pub(super) fn invocations(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let filter = Filter::read(input)?;
    let record = simulator.record();
    if let Some(id) = filter.text("eventId") {
        there(record, id)?;
    }
    let chosen = record.invocations().filter(|index| filter.passes(record, *index));
    json(&chosen.map(|index| trace::invocation(record, index)).listed())
}

pub(super) fn record(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&simulator.kept())
}

pub(super) fn loops(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(simulator.loops())
}

pub(super) fn graph(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&graph::graph(simulator))
}

/// Refuses an id that finds nothing where something was dropped.
fn there(record: &Record, id: &str) -> Result<(), ControlError> {
    match record.absent() {
        Absent::MayHaveLeft(kept) if !record.knows(id) => Err(ControlError::from(Failure {
            name: "NotInRecordError".to_owned(),
            message: format!(
                "event `{id}` is not in the record, which keeps {} events and invocations and has dropped {} and {}",
                kept.limit, kept.dropped_events, kept.dropped_invocations
            ),
            help: Some("look earlier, or raise the option `maxRecord`".to_owned()),
            range: None,
        })),
        _ => Ok(()),
    }
}

struct Filter<'a> {
    members: Option<&'a Value>,
    event: Option<Pattern>,
}

impl<'a> Filter<'a> {
    fn read(input: &'a Input<'_>) -> Result<Self, ControlError> {
        let members = input.get("filter");
        let mut filter = Self { members, event: None };
        let bad = |value: &Value, message: String| input.fault("MisuseError", value.span, message);
        for member in members.and_then(Value::as_object).unwrap_or_default() {
            let (name, value) = (member.name.as_str(), &member.value);
            let text = value.as_str();
            match name {
                _ if value.is_null() => {}
                "event" => {
                    let pattern = Pattern::parse(&json::print(value));
                    filter.event = Some(pattern.map_err(|error| bad(value, error.reason().to_owned()))?);
                }
                _ if !FILTER.contains(&name) => {
                    let message = format!("there is no filter `{name}`: there are {}", FILTER.join(", "));
                    return Err(bad(value, message));
                }
                _ if text.is_none() => return Err(bad(value, format!("`{name}` must be a string"))),
                "outcome" if text.is_some_and(|outcome| !OUTCOMES.contains(&outcome)) => {
                    let outcome = text.unwrap_or_default();
                    let message = format!("there is no outcome `{outcome}`: there are {}", OUTCOMES.join(", "));
                    return Err(bad(value, message));
                }
                _ => {}
            }
        }
        Ok(filter)
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.members?.get(name)?.as_str()
    }

    fn passes(&self, record: &Record, index: InvocationIndex) -> bool {
        let invocation = record.invocation(index);
        let arrival = record.arrival(invocation.arrival);
        let rule = record.rule(index);
        let code = invocation.failure.as_ref().map_or("", |failure| failure.code.as_str());
        let named = |name: &str, is: &dyn Fn(&str) -> bool| self.text(name).is_none_or(is);
        named("rule", &|wanted| rule.is_some_and(|rule| rule.arn == wanted || rule.name == wanted))
            && named("bus", &|wanted| arrival.bus.name.as_str() == wanted || arrival.bus.arn() == wanted)
            && named("target", &|wanted| glob::matches(wanted, invocation.target.arn.as_str()))
            && named("targetId", &|wanted| invocation.target.id.as_str() == wanted)
            && named("eventId", &|wanted| *arrival.envelope.id == *wanted)
            && named("outcome", &|wanted| invocation.outcome.as_str() == wanted)
            && named("errorCode", &|wanted| code == wanted)
            && self.event.as_ref().is_none_or(|pattern| pattern.matches(arrival.event()).unwrap_or_default())
    }
}
