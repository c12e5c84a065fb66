//! Diagnostics: how every failure and every hint is told to a user.
//!
//! A [`Diagnostic`] has a code, a severity, a message (lower case, no full stop, user input in backticks), help apart
//! from it, and a span whenever there is text. The service's own words travel in `aws`, byte for byte. [`Located`] is
//! the same with the span worked out against its text, in the units of browsers (UTF-16), ready for the page.
//!
//! A [`Fix`] is a change of the text that a machine can make; whoever offers one has made sure of what it leaves.
//!
//! Codes: `EB0xx` lints, `EB1xx` JSON, `EB2xx` patterns, `EB3xx` events; other floors take the numbers above.

mod fix;
mod places;

pub use fix::{Edit, Fix, LocatedEdit, LocatedFix};
pub use places::Places;

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::Serialize;

use crate::text::{self, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used and very likely does not do what was meant.
    Warning,
    /// Something worth knowing.
    Hint,
}

/// One thing to tell a user about a text or a request.
///
/// A pointer, because it passes through many hands on its way out; what it says is in [`Words`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic(Box<Words>);

/// What a [`Diagnostic`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// A stable code such as `EB204`, to search for and to filter by.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, lower case, without full stop.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where in the text, when there is a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The service's own message, byte for byte, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws: Option<String>,
    /// A change of the text that puts it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Box<Fix>>,
}

impl Deref for Diagnostic {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}

impl DerefMut for Diagnostic {
    fn deref_mut(&mut self) -> &mut Words {
        &mut self.0
    }
}

impl Diagnostic {
    /// An error without help, span or service message; add them with the `with_` functions.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        let (severity, message) = (Severity::Error, message.into());
        Diagnostic(Box::new(Words { code, severity, message, help: None, span: None, aws: None, fix: None }))
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).with_severity(Severity::Warning)
    }

    /// A hint.
    pub fn hint(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).with_severity(Severity::Hint)
    }

    /// The same, as bad as this.
    pub fn with_severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }

    /// The same with a help line.
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with a place.
    pub fn with_span(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// The same with the service's own words.
    pub fn with_aws(mut self, aws: impl Into<String>) -> Diagnostic {
        self.aws = Some(aws.into());
        self
    }

    /// The same with a fix, if there is one.
    pub fn with_fix(mut self, fix: impl Into<Option<Fix>>) -> Diagnostic {
        self.fix = fix.into().map(Box::new);
        self
    }

    /// The same with its place worked out against the text it is about.
    pub fn locate(&self, text: &str) -> Located {
        self.located(&|span| Range::of(text, span))
    }

    /// The same for one of many diagnostics of a text.
    pub fn locate_in(&self, places: &Places<'_>) -> Located {
        self.located(&|span| places.range(span))
    }

    fn located(&self, range: &dyn Fn(Span) -> Range) -> Located {
        Located {
            code: self.code,
            severity: self.severity,
            message: self.message.clone(),
            help: self.help.clone(),
            range: self.span.map(range),
            aws: self.aws.clone(),
            fix: self.fix.as_ref().map(|fix| fix.locate(range)),
        }
    }

    /// As a terminal shows it: message, code frame, help, code and the service's words.
    pub fn render(&self, text: &str, origin: &str) -> String {
        let mut shown = self.message.clone();
        if let Some(span) = self.span {
            shown.push('\n');
            shown.push_str(&text::frame(text, span, origin, ""));
        }
        if let Some(help) = &self.help {
            shown.push_str(&format!("\n   = help: {help}"));
        }
        shown.push_str(&format!("\n   = code: {}", self.code));
        if let Some(aws) = &self.aws {
            let first = aws.lines().next().unwrap_or("");
            shown.push_str(&format!("   source: service message \"{first}\""));
        }
        shown
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}

/// A [`Diagnostic`] with its range in the units of browsers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Located {
    /// See [`Diagnostic::code`].
    pub code: &'static str,
    /// See [`Diagnostic::severity`].
    pub severity: Severity,
    /// See [`Diagnostic::message`].
    pub message: String,
    /// See [`Diagnostic::help`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// See [`Diagnostic::aws`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws: Option<String>,
    /// See [`Diagnostic::fix`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<LocatedFix>,
}

/// A span as two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The first character.
    pub start: Place,
    /// Just after the last character.
    pub end: Place,
}

/// One place of a text, for editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Offset in UTF-16 units, from 0.
    pub offset: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in UTF-16 units, from 1.
    pub column: u32,
}

impl Range {
    /// The range of a span in its text.
    pub fn of(text: &str, span: Span) -> Range {
        let place = |offset: u32| {
            let position = text::position(text, offset as usize);
            Place { offset: text::utf16_offset(text, offset as usize), line: position.line, column: position.column }
        };
        Range { start: place(span.start), end: place(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_located_diagnostic_counts_as_browsers_do() {
        let located = Diagnostic::error("EB200", "no").with_span(Span::new(6, 7)).locate("é😀x");
        assert_eq!(
            serde_json::to_string(&located).unwrap(),
            r#"{"code":"EB200","severity":"error","message":"no","range":{"start":{"offset":3,"line":1,"column":4},"end":{"offset":4,"line":1,"column":5}}}"#
        );
    }
}
