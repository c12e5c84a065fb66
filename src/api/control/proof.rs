//! `lint` → what the rules of this world probably get wrong together; `analyze` → the loops that they can fall into.
//!
//! Nothing is changed: findings come from `simulator/lints`, loops from `simulator/loops/analyze`.

use super::error::{Answer, json};
use super::input::Input;
use crate::simulator::Simulator;
use crate::simulator::loops::analyze;

pub(super) fn lint(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&simulator.lint())
}

pub(super) fn analyze(simulator: &mut Simulator, _: &Input<'_>) -> Answer {
    json(&analyze::analyze(simulator))
}
