//! Events that patterns match, found without being given: samples, comparisons, and patterns from events.
//!
//! Results hold events, so they leave as JSON text, where numbers keep their spelling.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::pattern::{read_event, read_pattern};
use super::values::Failure;
use crate::analysis::compare;
use crate::analysis::infer;
use crate::analysis::sample;
use crate::analysis::satisfy::Answer;
use crate::event::Event;
use crate::json::{self, Value};

/// An event that matches, as JSON text; nothing when there is none.
#[wasm_bindgen]
pub fn sample_event(pattern: &str) -> Result<Option<String>, JsValue> {
    match sample::sample(&read_pattern(pattern)?) {
        Answer::Witness(event) => Ok(Some(json::print(&event))),
        Answer::None => Ok(None),
        Answer::Unknown(reason) => Err(Failure::undecided(reason).into()),
    }
}

/// How the events of two patterns lie: a `Comparison` as JSON text.
#[wasm_bindgen]
pub fn compare(first: &str, second: &str) -> Result<String, JsValue> {
    let compared = compare::compare(&read_pattern(first)?, &read_pattern(second)?);
    Ok(json::print(&compared.to_value()))
}

/// The tightest pattern that all events of a JSON array match, as JSON text.
#[wasm_bindgen]
pub fn infer_pattern(events: &str) -> Result<String, JsValue> {
    let list = json::parse(events).map_err(|error| Failure::event(&error.to_diagnostic("events"), events))?;
    let items = list.as_array().unwrap_or_default();
    let read: Result<Vec<Event>, Failure> = items.iter().map(|item: &Value| read_event(&json::print(item))).collect();
    match infer::infer(&read?) {
        Some(pattern) => Ok(json::print(&pattern)),
        None => Err(Failure::undecided("the events have no field in common").into()),
    }
}
