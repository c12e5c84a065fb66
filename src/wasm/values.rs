//! Values on their way out: what is thrown, and small structured results.
//!
//! Results with events inside leave as JSON text, where numbers keep their spelling. Errors and diagnostics are small and
//! flat and leave as plain objects; the facade makes classes of them.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::diagnostics::{Diagnostic, Located, Range};
use crate::json::to_text;

/// An error as the facade expects it (`ErrorShape` of errors.ts).
#[derive(Serialize)]
pub struct Failure {
    name: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    diagnostics: Vec<Located>,
}

impl Failure {
    /// A pattern that was refused. Its message is the service's; ours, with the place, is in the diagnostics.
    pub fn pattern(diagnostic: &Diagnostic, text: &str) -> Failure {
        let located = diagnostic.locate(text);
        let message = located.aws.clone().unwrap_or_else(|| located.message.clone());
        Failure::new("InvalidEventPatternException", message, located)
    }

    /// An event that was refused.
    pub fn event(diagnostic: &Diagnostic, text: &str) -> Failure {
        let located = diagnostic.locate(text);
        Failure::new("InvalidEventError", located.message.clone(), located)
    }

    /// A question that stays open.
    pub fn undecided(reason: &str) -> Failure {
        let (message, help) = (reason.to_owned(), None);
        Failure { name: "UndecidedError", message, help, range: None, diagnostics: Vec::new() }
    }

    /// The same about one line of several.
    pub fn on_line(mut self, line: usize) -> Failure {
        self.message = format!("line {line}: {}", self.message);
        self
    }

    fn new(name: &'static str, message: String, located: Located) -> Failure {
        Failure { name, message, help: located.help.clone(), range: located.range, diagnostics: vec![located] }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> JsValue {
        to_js(&failure)
    }
}

/// A plain object. What is written as JSON can be read; `null` stands for the impossible.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    js_sys::JSON::parse(&to_text(value)).unwrap_or(JsValue::NULL)
}
