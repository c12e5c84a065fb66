//! `trigger { rule, account?, region? }` → `{ eventId }`: the schedule of a rule fires now. `rule` is an ARN, or the name of
//! a rule of the default bus. `schedule { rule or expression, count? }` → `{ times }`: when it fires next, five times unless
//! `count` (1 to 100) says otherwise; none for a rule that is disabled or has no schedule.

use super::error::{Answer, ControlError, object};
use super::input::Input;
use crate::json::Value;
use crate::schedule::Schedule;
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::behaviour::record::BusAddress;
use crate::time::Instant;

pub(super) fn trigger(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let caller = input.caller(simulator)?;
    let (bus, rule) = BusAddress::of_rule(input.require_string("rule")?, &caller.account, &caller.region);
    let id = simulator.trigger(&bus, &rule).map_err(|error| input.error("MisuseError", &error))?;
    object(vec![("eventId", Value::string(id))])
}

pub(super) fn schedule(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let count = match input.get("count") {
        None => 5,
        Some(count) => match count.as_i64() {
            Some(count @ 1..=100) => count as usize,
            _ => {
                return Err(input.fault(
                    "MisuseError",
                    count.span,
                    "`count` must be a number from 1 to 100".to_owned(),
                ));
            }
        },
    };
    let times: Vec<Instant> = match input.string("expression")? {
        Some(text) => {
            let schedule = Schedule::parse(text)
                .map_err(|error| ControlError::misuse(format!("`{text}` is not a schedule"), &error.help))?;
            let now = simulator.now();
            let mut times = vec![now];
            while let Some(next) =
                times.last().and_then(|last| schedule.next(now, *last)).filter(|_| times.len() <= count)
            {
                times.push(next);
            }
            times.split_off(1)
        }
        None => {
            let caller = input.caller(simulator)?;
            let (bus, name) = BusAddress::of_rule(input.require_string("rule")?, &caller.account, &caller.region);
            let rule = simulator.rule_at(&bus, &name).ok_or_else(|| {
                let message = format!("there is no rule `{name}` on bus `{}`", bus.name);
                ControlError::misuse(message, "name the rule by its ARN, or give an `expression`")
            })?;
            rule.timer.iter().flat_map(|timer| timer.times().take(count)).listed()
        }
    };
    let times = times.into_iter().map(|time| Value::string(time.to_string()));
    object(vec![("times", Value::array(times.listed()))])
}
