//! Lints: what a pattern that the service accepts probably gets wrong, one a file.
//!
//! A lint's file holds its code, its page of the documentation (with examples that are its tests) and its check. Adding
//! one is adding a file, its `mod` line and its line in the table below, from which the compiler makes everything else.
//!
//! Two rules. *A lint never guesses*: an error is said only where no event on a bus can match, or where the service
//! refuses; what is merely likely is a warning, and what is merely worth knowing a hint. *A fix is tried before it is
//! offered*: what it leaves reads as a pattern.
//!
//! Lints speak of rules, so of events as they arrive on a bus. Pipes and Lambda have the same language for other events.

mod always_true;
mod arn_separator;
mod dead_leaf;
mod duplicate_path;
mod edits;
pub(in super::super) mod envelope;
mod inexact_number;
mod literal_star;
mod never_matches;
mod number_for_text;
mod operator_as_field;
mod page;
mod redundant_leaf;
mod refused;
mod subject;
mod text_for_number;
mod too_broad;
mod too_complex;
mod too_long;
mod too_many_combinations;
mod unknown_field;

pub use page::{Example, Page};

use crate::diagnostics::{Diagnostic, Fix, Severity};
use crate::pattern::Pattern;
use crate::sets::sort_by;
use crate::text::Span;
use subject::Subject;

/// Longer patterns are only told that they are too long.
const LONGEST: usize = 1 << 14;
/// The most findings of one lint: nobody reads more, and trying a fix costs reading the pattern.
const MOST: usize = 50;

/// The most characters of a message.
const SENTENCE: usize = 300;

/// What a lint is to the engine.
struct Definition {
    code: &'static str,
    name: &'static str,
    check: fn(&Subject<'_>, &mut Findings<'_>),
}

macro_rules! lints {
    ($($(#[$doc:meta])* $lint:ident = $module:ident,)*) => {
        /// The lints of patterns, in the order of their codes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Lint {
            $($(#[$doc])* $lint,)*
        }

        impl Lint {
            /// Every lint.
            pub const ALL: &[Lint] = &[$(Lint::$lint,)*];

            /// Its page of the documentation.
            pub fn page(self) -> &'static Page {
                match self {
                    $(Lint::$lint => &$module::PAGE,)*
                }
            }

            fn definition(self) -> &'static Definition {
                match self {
                    $(Lint::$lint => &$module::DEFINITION,)*
                }
            }
        }
    };
}

lints! {
    /// No event can match.
    NeverMatches = never_matches,
    /// A part of the pattern can never match.
    DeadLeaf = dead_leaf,
    /// A later definition of the path takes the place of this one.
    DuplicatePath = duplicate_path,
    /// An operator that was written as a field.
    OperatorAsField = operator_as_field,
    /// A field that no event has.
    UnknownField = unknown_field,
    /// `:` in an ARN where the service writes `/`, or the other way round.
    ArnSeparator = arn_separator,
    /// A number where the event has a string.
    NumberForText = number_for_text,
    /// A string that looks like a number.
    TextForNumber = text_for_number,
    /// A star that stands for itself.
    LiteralStar = literal_star,
    /// A leaf that another one covers.
    RedundantLeaf = redundant_leaf,
    /// A condition that every event meets.
    AlwaysTrue = always_true,
    /// No `source`.
    TooBroad = too_broad,
    /// Longer than the service takes.
    TooLong = too_long,
    /// A number that equals only its own spelling.
    InexactNumber = inexact_number,
    /// Wildcards that the service refuses.
    TooComplex = too_complex,
    /// More combinations of `$or`s than the service takes.
    TooManyCombinations = too_many_combinations,
}

impl Lint {
    /// The stable code: `EB001`.
    pub fn code(self) -> &'static str {
        self.definition().code
    }

    /// The short name: `never-matches`.
    pub fn name(self) -> &'static str {
        self.definition().name
    }
}

/// What is wrong with a pattern or could be better, in the order of the text. What cannot be read is one error.
pub fn lint(text: &str) -> Vec<Diagnostic> {
    match Pattern::parse(text) {
        Ok(pattern) => lint_pattern(&pattern),
        Err(error) => vec![error.to_diagnostic().with_fix(refused::fix(text, &error))],
    }
}

/// The same for a pattern that was read already.
pub fn lint_pattern(pattern: &Pattern) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    if pattern.text().len() > LONGEST {
        let subject = Subject { pattern, sites: Vec::new(), tops: Vec::new() };
        run(Lint::TooLong, &subject, &mut all);
        return all;
    }
    let subject = Subject::of(pattern);
    for lint in Lint::ALL {
        run(*lint, &subject, &mut all);
    }
    sort_by(&mut all, |one, other| (one.span, one.severity).cmp(&(other.span, other.severity)));
    all
}

fn run(lint: Lint, subject: &Subject<'_>, all: &mut Vec<Diagnostic>) {
    let definition = lint.definition();
    let mut findings = Findings { code: definition.code, text: subject.text(), found: Vec::new() };
    (definition.check)(subject, &mut findings);
    all.append(&mut findings.found);
}

/// What one lint has found so far.
struct Findings<'a> {
    code: &'static str,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Adds a finding with its help. A fix that leaves no pattern is left out.
    fn add(
        &mut self,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        fix: Option<Fix>,
    ) {
        if self.found.len() >= MOST {
            return;
        }
        let fix = fix.filter(|fix| fix.apply(self.text).is_some_and(|fixed| Pattern::parse(&fixed).is_ok()));
        let found = Diagnostic::error(self.code, sentence(message.into())).with_severity(severity);
        self.found.push(found.with_span(span).with_help(sentence(help.into())).with_fix(fix));
    }
}

/// What quotes a long text is cut: a sentence must stay one.
fn sentence(text: String) -> String {
    match text.char_indices().nth(SENTENCE) {
        Some((cut, _)) => format!("{}...", text.get(..cut).unwrap_or("")),
        None => text,
    }
}
