//! Patterns and events: match, explain, check, lint.
//!
//! Each call reads its texts anew; [`CompiledPattern`] keeps the pattern. Positions in what is thrown and explained are
//! those of the very texts that came in, in UTF-16 units.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::values::{Failure, to_js};
use crate::analysis::{self, lints};
use crate::diagnostics::{Diagnostic, Located, Places};
use crate::event::Event;
use crate::pattern::Pattern;
use crate::sets::Listed as _;

/// Whether an event matches a pattern.
#[wasm_bindgen]
pub fn matches(pattern: &str, event: &str) -> Result<bool, JsValue> {
    Ok(test(&read_pattern(pattern)?, event)?)
}

/// The same, leaf by leaf: an `Explanation` as JSON text.
#[wasm_bindgen]
pub fn explain(pattern: &str, event: &str) -> Result<String, JsValue> {
    Ok(explanation(&read_pattern(pattern)?, event)?)
}

/// What is wrong with a pattern: nothing is an empty list.
#[wasm_bindgen]
pub fn check_pattern(pattern: &str) -> JsValue {
    let wrong = Pattern::parse(pattern).err().map(|error| error.to_diagnostic().locate(pattern));
    to_js(wrong.as_slice())
}

/// The same, and what the pattern probably gets wrong although the service accepts it.
#[wasm_bindgen]
pub fn lint(pattern: &str) -> JsValue {
    located(&lints::lint(pattern), pattern)
}

/// What is wrong with an event: nothing is an empty list.
#[wasm_bindgen]
pub fn check_event(event: &str) -> JsValue {
    let wrong = Event::parse(event).err().map(|error| error.to_diagnostic().locate(event));
    to_js(wrong.as_slice())
}

/// A pattern that was read once, for many events.
#[wasm_bindgen]
pub struct CompiledPattern(Pattern);

#[wasm_bindgen]
impl CompiledPattern {
    /// Reads a pattern.
    #[wasm_bindgen(constructor)]
    pub fn new(pattern: &str) -> Result<CompiledPattern, JsValue> {
        Ok(CompiledPattern(read_pattern(pattern)?))
    }

    /// Whether an event matches.
    pub fn matches(&self, event: &str) -> Result<bool, JsValue> {
        Ok(test(&self.0, event)?)
    }

    /// The same, leaf by leaf: an `Explanation` as JSON text.
    pub fn explain(&self, event: &str) -> Result<String, JsValue> {
        Ok(explanation(&self.0, event)?)
    }

    /// What the pattern probably gets wrong.
    pub fn lint(&self) -> JsValue {
        located(&lints::lint_pattern(&self.0), self.0.text())
    }

    /// The pattern's canonical text.
    pub fn print(&self) -> String {
        self.0.print()
    }
}

fn located(found: &[Diagnostic], text: &str) -> JsValue {
    let places = Places::new(text);
    let located: Vec<Located> = found.iter().map(|diagnostic| diagnostic.locate_in(&places)).listed();
    to_js(&located)
}

pub(super) fn read_pattern(text: &str) -> Result<Pattern, Failure> {
    Pattern::parse(text).map_err(|error| Failure::pattern(&error.to_diagnostic(), text))
}

pub(super) fn read_event(text: &str) -> Result<Event, Failure> {
    Event::parse(text).map_err(|error| Failure::event(&error.to_diagnostic(), text))
}

fn test(pattern: &Pattern, event: &str) -> Result<bool, Failure> {
    pattern.matches(&read_event(event)?).map_err(|limit| Failure::event(&limit.to_diagnostic(), event))
}

fn explanation(pattern: &Pattern, event: &str) -> Result<String, Failure> {
    let read = read_event(event)?;
    let explanation =
        analysis::explain(pattern, &read).map_err(|limit| Failure::event(&limit.to_diagnostic(), event))?;
    Ok(crate::json::to_text(&explanation.locate(pattern.text(), Some(event))))
}
