//! Why a pattern is refused: the service's reason byte for byte, and our own place and help.
//!
//! The service's parser appends where it stood (see `json::source_suffix`); a problem inside a list under
//! `anything-but` is reported from within and again from without, so the place appears twice. Problems of addresses,
//! sizes and of a single `anything-but` number carry no place.

use crate::diagnostics::Diagnostic;
use crate::json::{self, source_suffix};
use crate::text::Span;

/// A pattern that the service would refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event pattern is not valid: {}", self.first_line())]
pub struct PatternError(Box<Refusal>);

/// Behind a pointer, because every step of the parser passes it on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    code: &'static str,
    reason: String,
    span: Span,
    help: Option<String>,
}

impl PatternError {
    /// An error without a place in the service's reason.
    pub(crate) fn new(code: &'static str, reason: impl Into<String>, span: Span) -> PatternError {
        PatternError(Box::new(Refusal { code, reason: reason.into(), span, help: None }))
    }

    /// A JSON error as the pattern parser passes it on.
    pub(crate) fn json(error: json::Error, text: &str) -> PatternError {
        let reason = error.full_message(text);
        PatternError(Box::new(Refusal { code: error.code, reason, span: error.span, help: error.help.clone() }))
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> PatternError {
        self.0.help = Some(help.into());
        self
    }

    /// The same with the place where the parser stood appended to the reason.
    pub(crate) fn stopped_at(mut self, text: &str, offset: usize) -> PatternError {
        self.0.reason.push_str(&source_suffix(text, offset));
        self
    }

    /// The service's reason, place included.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The whole message of the service's `InvalidEventPatternException`.
    pub fn aws_message(&self) -> String {
        format!("Event pattern is not valid. Reason: {}", self.0.reason)
    }

    /// A stable code.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// Where in the pattern.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// As a diagnostic.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let mut diagnostic =
            Diagnostic::error(self.0.code, self.to_string()).with_span(self.0.span).with_aws(self.aws_message());
        diagnostic.help.clone_from(&self.0.help);
        diagnostic
    }

    /// The reason's first line in our style: lower case, no full stop.
    fn first_line(&self) -> String {
        let line = self.0.reason.lines().next().unwrap_or("").trim_end_matches('.');
        // A word in capitals (`IPv4`) keeps them.
        let mut letters = line.chars();
        match (letters.next(), letters.clone().next()) {
            (Some(first), Some(second)) if !second.is_ascii_uppercase() => {
                format!("{}{}", first.to_ascii_lowercase(), letters.as_str())
            }
            _ => line.to_owned(),
        }
    }
}

impl PatternError {
    /// The same about another stretch of the pattern.
    pub(crate) fn at(mut self, span: Span) -> PatternError {
        self.0.span = span;
        self
    }
}
