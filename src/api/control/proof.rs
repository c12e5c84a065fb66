//! `lint` → what the rules of this world probably get wrong together.

use super::error::{Answer, json};
use super::input::Input;
use crate::simulator::Simulator;

pub(super) fn lint(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&simulator.lint())
}
