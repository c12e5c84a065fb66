//! `EB003`: a path that is defined twice, where the later definition takes the place of the earlier.
//!
//! The service says nothing of it: neither both nor either must match, only the last. `{"a": {"b": ..}}` and `{"a.b": ..}`
//! are the same path. A branch of a `$or` overrides what stands before the `$or` in the same way, in that branch.
//!
//! Source: pattern language, sections 1 and 5.

use super::subject::{Standing, Subject};
use super::{Definition, Example, Findings, Page, edits};
use crate::diagnostics::{Fix, Severity};

pub(super) const DEFINITION: Definition = Definition { code: "EB003", name: "duplicate-path", check };

pub(super) const PAGE: Page = Page {
    title: "a path defined twice: the last one wins",
    severities: &[Severity::Warning],
    meaning: "The same field is asked for in two places. They are not combined: the last one replaces the earlier, silently. A \
              field inside a branch of `$or` replaces the same field outside, too.",
    why: "A condition that is written down has no effect, so the rule matches more than it seems to.",
    cure: "Remove the one that has no effect, or put all values into one list.",
    fix: Some("removes the one that has no effect"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "state": ["on"] }, "detail.state": ["off"] }"#,
            severity: Severity::Warning,
            marked: r#""state""#,
            message: "`detail.state` is defined again below, and only the last definition counts",
            fixed: Some(r#"{ "source": ["shop"], "detail.state": ["off"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["a"], "source": ["b"] }"#,
            severity: Severity::Warning,
            marked: r#""source""#,
            message: "`source` is defined again below, and only the last definition counts",
            fixed: Some(r#"{ "source": ["b"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["a", "b"], "$or": [{ "source": ["a"] }, { "region": ["eu-west-1"] }] }"#,
            severity: Severity::Warning,
            marked: r#""source""#,
            message: "`source` is defined again in a branch of `$or`, and does not count there",
            fixed: None,
        },
    ],
    silent: &[
        r#"{ "$or": [{ "source": ["a"] }, { "source": ["b"] }] }"#,
        r#"{ "source": ["shop"], "detail": { "source": ["a"] } }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for site in &subject.sites {
        let path = &site.path;
        let (message, fix) = match site.standing {
            Standing::Replaced(_) => (
                format!("`{path}` is defined again below, and only the last definition counts"),
                site.member
                    .map(|member| Fix::new("remove what has no effect", vec![edits::remove(findings.text, member)])),
            ),
            Standing::Overridden(_) => {
                (format!("`{path}` is defined again in a branch of `$or`, and does not count there"), None)
            }
            Standing::Whole | Standing::Partly => continue,
        };
        findings.add(Severity::Warning, site.field.span, message, "put all values into one list", fix);
    }
}
