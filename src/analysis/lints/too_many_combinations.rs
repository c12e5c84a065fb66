//! `EB016`: more combinations of `$or` branches than the service takes.
//!
//! `$or`s that stand side by side multiply. The library matches them without writing them out; the operations refuse them,
//! as the service does.

use super::subject::Subject;
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::Severity;
use crate::pattern::COMBINATIONS_LIMIT;
use crate::text::Span;

pub(super) const DEFINITION: Definition = Definition { code: "EB016", name: "too-many-combinations", check };

pub(super) const PAGE: Page = Page {
    title: "more than 1,000 combinations of `$or`",
    severities: &[Severity::Error],
    meaning: "Every way to choose one branch of each `$or` counts, so `$or`s that stand side by side multiply. The service takes \
              1,000 combinations.",
    why: "`PutRule` refuses the pattern.",
    cure: "List several values of one field in its own list, or make several rules.",
    fix: None,
    examples: &[Example {
        pattern: r#"{ "source": ["s"], "detail": { "$or": [{ "a": [1] }, { "b": [1] }, { "c": [1] }, { "d": [1] }, { "e": [1] }, { "f": [1] }],
  "p": { "$or": [{ "a": [1] }, { "b": [1] }, { "c": [1] }, { "d": [1] }, { "e": [1] }, { "f": [1] }] },
  "q": { "$or": [{ "a": [1] }, { "b": [1] }, { "c": [1] }, { "d": [1] }, { "e": [1] }, { "f": [1] }] },
  "r": { "$or": [{ "a": [1] }, { "b": [1] }, { "c": [1] }, { "d": [1] }, { "e": [1] }, { "f": [1] }] } } }"#,
        severity: Severity::Error,
        marked: "{",
        message: "the `$or`s have 1296 combinations, and the service takes at most 1000",
        fixed: None,
    }],
    silent: &[r#"{ "source": ["s"], "$or": [{ "detail": { "a": [1, 2, 3] } }, { "detail": { "b": [1] } }] }"#],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let count = subject.pattern.combinations();
    if count <= COMBINATIONS_LIMIT {
        return;
    }
    let root = subject.pattern.root().span;
    let brace = Span { end: root.start + 1, ..root };
    let many = if count == u64::MAX { "endlessly many".to_owned() } else { count.to_string() };
    let message = format!("the `$or`s have {many} combinations, and the service takes at most {COMBINATIONS_LIMIT}");
    let help = "list several values of one field in its own list, or make several rules";
    findings.add(Severity::Error, brace, message, help, None);
}
