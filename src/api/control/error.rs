//! Why a verb failed, as JavaScript gets it: `{ name, message, help?, range? }`.
//!
//! Names are those of the JavaScript error classes; `help` stands apart from the message, and the range is in UTF-16 units.

use std::ops::Deref;

use crate::diagnostics::Diagnostic;
use crate::json::Value;
use serde::Serialize;

/// What every verb gives: JSON text, or the reason.
pub(super) type Answer = Result<String, ControlError>;

/// Why a verb failed. A pointer, because it passes through many hands on its way out.
#[derive(Debug, Clone, Serialize)]
pub struct ControlError(Box<Failure>);

/// What there is to say about it.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// The class of the error: `InvalidEventError`, `InvalidEffectError`, `InvalidScenarioError`, `MisuseError`, or the
    /// service's own code.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where, in the text that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<crate::diagnostics::Range>,
}

impl Deref for ControlError {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.0
    }
}

impl From<Failure> for ControlError {
    fn from(failure: Failure) -> Self {
        Self(Box::new(failure))
    }
}

impl ControlError {
    /// From a diagnostic about `text`.
    pub fn from_diagnostic(name: &str, diagnostic: &Diagnostic, text: &str) -> Self {
        let located = diagnostic.locate(text);
        let (message, help, range) = (located.message, located.help, located.range);
        Failure { name: name.to_owned(), message, help, range }.into()
    }

    /// The caller holds it wrong.
    pub fn misuse(message: String, help: &str) -> Self {
        Failure { name: "MisuseError".to_owned(), message, help: Some(help.to_owned()), range: None }.into()
    }
}

/// The answer `{}`, or one made of a few members.
pub(super) fn object(members: Vec<(&str, Value)>) -> Answer {
    Ok(crate::json::print(&Value::object(members)))
}

/// An answer as JSON text.
pub(super) fn json<T: Serialize + ?Sized>(answer: &T) -> Answer {
    Ok(crate::json::to_text(answer))
}
