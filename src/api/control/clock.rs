//! The virtual clock: `now` → `{ now }`, `advance { duration }`, `runUntil { time }`, `settle`. It never goes back.
//!
//! `advance`, `runUntil` and `settle` (what is due now) do what falls due, in time order, and give `{ now, until? }`. With
//! `handlers: true` they stop when an invocation waits for a handler; then `until` says where the clock was to go, and
//! whoever runs the handlers calls `runUntil` with it again.

use super::error::{Answer, ControlError, object};
use super::input::Input;
use crate::json::Value;
use crate::simulator::{AtHandlers, Simulator};
use crate::time::{Duration, Instant};

pub(super) fn now(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    object(vec![("now", Value::string(simulator.now().to_string()))])
}

pub(super) fn advance(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let text = input.require_string("duration")?;
    let duration = Duration::parse(text)
        .map_err(|error| ControlError::misuse(error.to_string(), "write a number and `ms`, `s`, `m`, `h` or `d`"))?;
    go_on(simulator, input, simulator.now().plus(duration))
}

pub(super) fn run_until(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let text = input.require_string("time")?;
    let time = Instant::parse(text).map_err(|error| ControlError::misuse(error.to_string(), "times are UTC"))?;
    if time < simulator.now() {
        let message = format!("`{text}` is before the virtual clock, which stands at {}", simulator.now());
        return Err(ControlError::misuse(message, "the clock goes on, never back"));
    }
    go_on(simulator, input, time)
}

pub(super) fn settle(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    go_on(simulator, input, simulator.now())
}

fn go_on(simulator: &mut Simulator, input: &Input<'_>, until: Instant) -> Answer {
    let stops = input.get("handlers").and_then(Value::as_bool) == Some(true);
    let handlers = if stops { AtHandlers::Stop } else { AtHandlers::GoOn };
    let finished = simulator.run_until(until, handlers).map_err(|error| input.error("MisuseError", &error))?;
    let mut members = vec![("now", Value::string(simulator.now().to_string()))];
    members.extend((!finished).then(|| ("until", Value::string(until.to_millis_text()))));
    object(members)
}
