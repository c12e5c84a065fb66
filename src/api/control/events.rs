//! `emit`: an event enters as an AWS service sends it. `{ event, bus?, account?, region? }` → `{ eventId }`.
//!
//! Nothing of the envelope is checked but its shape: services send what they like, and `aws.` sources are theirs.

use super::error::{Answer, object};
use super::input::Input;
use crate::json::Value;
use crate::simulator::Simulator;

pub(super) fn emit(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let event = input.require("event")?;
    let bus = input.string("bus")?;
    let caller = input.caller(simulator)?;
    let id = simulator.emit(event, bus, &caller).map_err(|error| input.error("InvalidEventError", &error))?;
    object(vec![("eventId", Value::string(id))])
}
