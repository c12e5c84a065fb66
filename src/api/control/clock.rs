//! The virtual clock: `now` → `{ now }`, `advance { duration }`, `runUntil { time }`. It never goes back.
//!
//! Nothing falls due by itself yet (schedules and retries come later), so moving the clock changes the times of what follows.

use super::error::{Answer, ControlError, object};
use super::input::Input;
use crate::json::Value;
use crate::simulator::Simulator;
use crate::time::{Duration, Instant};

pub(super) fn now(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    object(vec![("now", Value::string(simulator.now().to_string()))])
}

pub(super) fn advance(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let text = input.require_string("duration")?;
    let duration = Duration::parse(text)
        .map_err(|error| ControlError::misuse(error.to_string(), "write a number and `ms`, `s`, `m`, `h` or `d`"))?;
    simulator.advance(duration);
    now(simulator, input)
}

pub(super) fn run_until(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let text = input.require_string("time")?;
    let time = Instant::parse(text).map_err(|error| ControlError::misuse(error.to_string(), "times are UTC"))?;
    if time < simulator.now() {
        let message = format!("`{text}` is before the virtual clock, which stands at {}", simulator.now());
        return Err(ControlError::misuse(message, "the clock goes on, never back"));
    }
    simulator.advance(Duration::from_millis(time.millis() - simulator.now().millis()));
    now(simulator, input)
}
