//! `effect { effect }` → `{ id }`, `removeEffect { id }`, and `presets` → what effects can choose by name.
//!
//! An effect is read and checked whole before it counts; one with a mistake changes nothing.

use super::error::{Answer, json};
use super::input::Input;
use crate::catalog;
use crate::simulator::Simulator;
use crate::simulator::behaviour::effect::Effect;
use serde_json::json as object;

pub(super) fn add(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let effect = Effect::parse(input.require("effect")?).map_err(|error| input.error("InvalidEffectError", &error))?;
    json(&object!({ "id": simulator.add_effect(effect) }))
}

pub(super) fn remove(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    simulator.remove_effect(input.require_string("id")?);
    json(&object!({}))
}

pub(super) fn presets(_: &mut Simulator, input: &Input<'_>) -> Answer {
    let presets = catalog::presets().map_err(|error| input.error("MisuseError", &error))?;
    let shown = |preset: &catalog::Preset| {
        object!({
            "id": preset.id, "title": preset.title, "category": preset.category, "action": preset.action,
            "notes": preset.notes, "params": preset.params,
        })
    };
    json(&presets.iter().map(shown).collect::<Vec<_>>())
}
