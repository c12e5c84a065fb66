//! `lint` → what the rules of this world probably get wrong together.
//!
//! Nothing is changed; the diagnostics are those of `simulator/lints`.

use super::error::{Answer, json};
use super::input::Input;
use crate::simulator::Simulator;

pub(super) fn lint(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&simulator.lint())
}
