//! What is wrong with a JSON text, in the words of the service's own parser.
//!
//! The words and the position "just after what was read last" are Jackson's of the version the service runs (recorded);
//! newer versions point at the start of the offending character instead.

use std::ops::Deref;

use crate::diagnostics::Diagnostic;
use crate::text::{Span, position};

/// A JSON text that cannot be read. A pointer, because every step of the reader passes it on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.message)]
pub struct Error(Box<Refusal>);

/// What there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `EB101` for syntax, `EB102` for a limit, `EB103` for text after the value.
    pub code: &'static str,
    /// Jackson's words.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The offending characters.
    pub span: Span,
    /// The parser's position when it gave up (byte offset); none for limits, which Jackson reports without a place.
    pub(crate) stopped: Option<u32>,
}

impl Deref for Error {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        &self.0
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error(Box::new(refusal))
    }
}

impl Error {
    pub(crate) fn syntax(message: impl Into<String>, span: Span, stopped: usize) -> Error {
        let stopped = Some(Span::at(stopped).start);
        Refusal { code: "EB101", message: message.into(), help: None, span, stopped }.into()
    }

    pub(crate) fn limit(message: impl Into<String>, span: Span) -> Error {
        Refusal { code: "EB102", message: message.into(), help: None, span, stopped: None }.into()
    }

    /// The same error in a text that has `bytes` more before it.
    pub(crate) fn moved(mut self, bytes: usize) -> Error {
        let at = |offset: u32| Span::at(offset as usize + bytes).start;
        self.0.span = Span { start: at(self.span.start), end: at(self.span.end) };
        self.0.stopped = self.stopped.map(at);
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Error {
        self.0.help = Some(help.into());
        self
    }

    pub(crate) fn with_span(mut self, span: Span) -> Error {
        self.0.span = span;
        self
    }

    /// The message with the place as Jackson appends it.
    pub fn full_message(&self, text: &str) -> String {
        match self.stopped {
            Some(offset) => format!("{}{}", self.message, source_suffix(text, offset as usize)),
            None => self.message.clone(),
        }
    }

    /// As a diagnostic in our own style; `what` names the text: `event`, `pattern`.
    pub fn to_diagnostic(&self, what: &str) -> Diagnostic {
        let mut letters = self.message.chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase()).map(String::from).unwrap_or_default();
        let words = format!("{what} is not valid JSON: {first}{}", letters.as_str());
        let mut diagnostic = Diagnostic::error(self.code, words).with_span(self.span);
        diagnostic.help.clone_from(&self.help);
        diagnostic
    }
}

/// How many UTF-16 units of the text a message quotes.
const QUOTED: usize = 500;

/// Jackson's location: a line break, ` at [Source: (String)"..."; line: 1, column: 9]`.
pub fn source_suffix(text: &str, offset: usize) -> String {
    format!("\n at {}", source_place(text, offset))
}

/// The bracket of [`source_suffix`], which some messages hold inside.
pub(crate) fn source_place(text: &str, offset: usize) -> String {
    let place = position(text, offset);
    let mut quoted = String::new();
    let mut units = 0;
    let mut left_out = 0;
    for c in text.chars() {
        if units + c.len_utf16() > QUOTED || left_out > 0 {
            left_out += c.len_utf16();
            continue;
        }
        units += c.len_utf16();
        match c {
            '\r' | '\n' => quoted.push(c),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    let cut = if left_out > 0 { format!("[truncated {left_out} chars]") } else { String::new() };
    format!("[Source: (String)\"{quoted}\"{cut}; line: {}, column: {}]", place.line, place.column)
}
