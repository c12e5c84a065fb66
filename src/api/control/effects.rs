//! `effect { effect }` → `{ id }`, `removeEffect { id }`, and `presets` → what effects can choose by name.
//!
//! An effect is read and checked whole before it counts; one with a mistake changes nothing.

use super::error::{Answer, object};
use super::input::Input;
use crate::catalog;
use crate::json::{self, Value};
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::behaviour::effect::Effect;

pub(super) fn add(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let effect = Effect::parse(input.require("effect")?).map_err(|error| input.error("InvalidEffectError", &error))?;
    object(vec![("id", Value::string(simulator.add_effect(effect)))])
}

pub(super) fn remove(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    simulator.remove_effect(input.require_string("id")?);
    object(Vec::new())
}

pub(super) fn presets(_: &mut Simulator, input: &Input<'_>) -> Answer {
    let presets = catalog::presets().map_err(|error| input.error("MisuseError", &error))?;
    let text = |text: &String| Value::string(text.clone());
    let shown = |preset: &catalog::Preset| {
        Value::object(vec![
            ("id", text(&preset.id)),
            ("title", text(&preset.title)),
            ("category", text(&preset.category)),
            ("action", text(&preset.action)),
            ("notes", text(&preset.notes)),
            ("delay", text(&preset.delay)),
            ("emits", preset.emits.clone()),
            ("params", preset.params.clone()),
        ])
    };
    Ok(json::print(&Value::array(presets.iter().map(shown).listed())))
}
