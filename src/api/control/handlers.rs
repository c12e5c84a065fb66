//! Handlers from outside: `handler { target }` → `{ id }`, `removeHandler { id }`, `poll` → `{ invocation, handler }`, both
//! null when nothing waits, and `complete { id, events?, error? }` → `{ events }`, the ids of what the handler put.

use super::entries::entry;
use super::error::{Answer, json, object};
use super::input::Input;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::behaviour::handlers::HandlerKind;
use crate::simulator::behaviour::record::Failure;
use crate::simulator::behaviour::trace;

#[derive(serde::Serialize)]
struct Polled {
    invocation: Option<trace::InvocationView>,
    handler: Option<String>,
}

pub(super) fn add(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let id = simulator.add_handler(input.require_string("target")?, HandlerKind::External);
    object(vec![("id", Value::string(id))])
}

pub(super) fn remove(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    simulator.remove_handler(input.require_string("id")?);
    object(Vec::new())
}

pub(super) fn poll(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    let next = simulator.poll();
    let (index, handler) = next.unzip();
    json(&Polled { invocation: index.map(|index| trace::invocation(simulator.record(), index)), handler })
}

pub(super) fn complete(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let id = input.require_string("id")?;
    let answer = match input.get("error") {
        Some(error) => {
            let text = |name: &str| error.get(name).and_then(Value::as_str).map(str::to_owned);
            Err(Failure::new(text("code").unwrap_or_else(|| "Error".to_owned()), text("message").unwrap_or_default()))
        }
        None => {
            let events = input.get("events").and_then(|events| events.as_array()).unwrap_or_default();
            let entries = events.iter().map(entry).collect::<Result<Vec<_>, _>>();
            Ok(entries.map_err(|error| input.error("InvalidEventError", &error))?)
        }
    };
    let ids = simulator.complete(id, answer).map_err(|error| input.error("MisuseError", &error))?;
    object(vec![("events", Value::array(ids.into_iter().map(Value::string).listed()))])
}
