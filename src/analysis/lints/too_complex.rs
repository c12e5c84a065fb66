//! `EB015`: wildcards more complex than the service takes.
//!
//! The library matches them all the same; the operations refuse them, as the service does. How the score comes about is told
//! in `pattern::complexity`.
//!
//! Source: pattern language, section 8.

use super::subject::Subject;
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::Severity;
use crate::pattern::{COMPLEXITY_LIMIT, Score};

pub(super) const DEFINITION: Definition = Definition { code: "EB015", name: "too-complex", check };

pub(super) const PAGE: Page = Page {
    title: "wildcards too complex for the service",
    severities: &[Severity::Error],
    meaning: "The service gives the wildcards of each field a score: how many positions of them a single text can keep busy at \
              once. Stars followed by the same characters again and again raise it, and several wildcards on one field add up. \
              It takes a score of 10 and no more.",
    why: "`PutRule` refuses the pattern.",
    cure: "Use fewer stars, `prefix` and `suffix` where they do, or several rules.",
    fix: None,
    examples: &[Example {
        pattern: r#"{ "source": ["shop"], "detail": { "path": [{ "wildcard": "*a*a*a*a*a*" }] } }"#,
        severity: Severity::Error,
        marked: r#"[{ "wildcard": "*a*a*a*a*a*" }]"#,
        message: "the wildcards of `detail.path` are too complex: a score of at least 11, and the service takes at most 10",
        fixed: None,
    }],
    silent: &[
        r#"{ "source": ["shop"], "detail": { "path": [{ "wildcard": "*a*a*a*a*a" }] } }"#,
        r#"{ "source": ["shop"], "detail": { "a": [{ "wildcard": "*a*a*a*" }], "b": [{ "wildcard": "*a*a*a*" }] } }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let complexity = subject.pattern.complexity();
    let Some(field) = complexity.field.as_ref().filter(|_| complexity.is_refused()) else { return };
    let score = match complexity.service {
        Score::Exactly(score) if score <= COMPLEXITY_LIMIT => return,
        Score::AtLeast(score) if score <= COMPLEXITY_LIMIT => "too high to find out".to_owned(),
        score => format!("at least {}", score.value()),
    };
    let message = format!(
        "the wildcards of `{}` are too complex: a score of {score}, and the service takes at most {COMPLEXITY_LIMIT}",
        field.path
    );
    let help = "use fewer stars, `prefix` and `suffix` where they do, or several rules";
    findings.add(Severity::Error, field.span, message, help, None);
}
