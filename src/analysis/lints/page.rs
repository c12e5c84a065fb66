//! What the documentation says of a lint; its examples are its tests.
//!
//! Pages are apart from the checks so that the engine in the browser does not carry them.

use crate::diagnostics::Severity;

/// A page of the documentation.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// One line: what it finds.
    pub title: &'static str,
    /// How bad it is; where there are several, the examples show when.
    pub severities: &'static [Severity],
    /// What it means.
    pub meaning: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub cure: &'static str,
    /// What the fix does, where a machine can make one; not every finding has it.
    pub fix: Option<&'static str>,
    /// Patterns that it speaks of.
    pub examples: &'static [Example],
    /// Patterns that look alike and are none of its business.
    pub silent: &'static [&'static str],
}

/// A pattern that a lint speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The pattern.
    pub pattern: &'static str,
    /// How bad it is here.
    pub severity: Severity,
    /// What is underlined.
    pub marked: &'static str,
    /// What is said.
    pub message: &'static str,
    /// The pattern once the fix was applied, where there is one.
    pub fixed: Option<&'static str>,
}
