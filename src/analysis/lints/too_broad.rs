//! `EB012`: a pattern that names no `source`, so that any sender's events can match.
//!
//! A `$or` names a source if each of its branches does. A condition that every event meets names none.

use super::envelope::{is_always, known};
use super::subject::Subject;
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::Severity;
use crate::pattern::ast::{Entry, Node, Object};
use crate::text::Span;

pub(super) const DEFINITION: Definition = Definition { code: "EB012", name: "too-broad", check };

pub(super) const PAGE: Page = Page {
    title: "a pattern that names no `source`",
    severities: &[Severity::Hint],
    meaning: "Events of any source match: those of AWS services, of all applications on the bus, and of whatever is added later.",
    why: "Rules that match more than they are for cost money, and they are how infinite loops begin: the events that a target \
          sends can match the rule that invoked it.",
    cure: "Add a `source`.",
    fix: None,
    examples: &[
        Example {
            pattern: r#"{ "detail-type": ["Order Placed"] }"#,
            severity: Severity::Hint,
            marked: "{",
            message: "the pattern names no `source`, so events of every source can match",
            fixed: None,
        },
        Example {
            pattern: r#"{ "$or": [{ "source": ["shop"] }, { "region": ["eu-west-1"] }] }"#,
            severity: Severity::Hint,
            marked: "{",
            message: "the pattern names no `source` in each branch of `$or`, so events of every source can match",
            fixed: None,
        },
    ],
    silent: &[
        r#"{ "source": [{ "prefix": "aws." }] }"#,
        r#"{ "$or": [{ "source": ["shop"] }, { "source": ["store"], "region": ["eu-west-1"] }] }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let root = subject.pattern.root();
    if names_source(root) {
        return;
    }
    let some = subject.tops.iter().any(|(field, _)| field.name == "source");
    let branches = if some { " in each branch of `$or`" } else { "" };
    let message = format!("the pattern names no `source`{branches}, so events of every source can match");
    // A pattern is long: its opening bracket stands for it.
    let brace = Span { end: root.span.start + 1, ..root.span };
    findings.add(Severity::Hint, brace, message, "add `\"source\": [...]`", None);
}

/// Recursion is bounded by the depth of what can be read.
fn names_source(object: &Object) -> bool {
    object.entries.iter().any(|entry| match entry {
        Entry::Field(field) => match &field.node {
            Node::Leaves(leaves, _) => field.name == "source" && !is_always(&known("source"), leaves),
            Node::Object(_) => field.name == "source",
        },
        Entry::Or(branches) => branches.iter().all(names_source),
    })
}
