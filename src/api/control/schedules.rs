//! `trigger { rule, account?, region? }` → `{ eventId }`: the schedule of a rule fires now. `rule` is an ARN, or the name of
//! a rule of the default bus.

use super::error::{Answer, object};
use super::input::Input;
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::behaviour::record::BusAddress;

pub(super) fn trigger(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let caller = input.caller(simulator)?;
    let (bus, rule) = BusAddress::of_rule(input.require_string("rule")?, &caller.account, &caller.region);
    let id = simulator.trigger(&bus, &rule).map_err(|error| input.error("MisuseError", &error))?;
    object(vec![("eventId", Value::string(id))])
}
