//! `EB011`: a condition that every event meets, so it could as well not be there.
//!
//! The trap: removing one that overrides another would bring the other back, and inside arrays even such a condition
//! chooses an element, which the other fields must then share; in both cases no fix is offered. A pattern of nothing but
//! one such condition is the usual way to match everything, and is left alone.

use super::envelope::{Known, is_always};
use super::subject::{Site, Subject};
use super::{Definition, Example, Findings, Page, edits};
use crate::diagnostics::{Fix, Severity};

pub(super) const DEFINITION: Definition = Definition { code: "EB011", name: "always-true", check };

pub(super) const PAGE: Page = Page {
    title: "a condition that every event meets",
    severities: &[Severity::Hint],
    meaning: "Every event on a bus meets what is marked: the field is always there and holds a string, or the list asks for a \
              value and for none.",
    why: "It restricts nothing, although it looks as if it did.",
    cure: "Remove it, or ask for what was meant.",
    fix: Some("removes it"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["shop"], "account": [{ "exists": true }] }"#,
            severity: Severity::Hint,
            marked: r#"[{ "exists": true }]"#,
            message: "every event meets this condition on `account`",
            fixed: Some(r#"{ "source": ["shop"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "state": [{ "exists": false }, { "exists": true }] } }"#,
            severity: Severity::Hint,
            marked: r#"[{ "exists": false }, { "exists": true }]"#,
            message: "every event meets this condition on `detail.state`",
            fixed: Some(r#"{ "source": ["shop"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "region": ["eu-west-1", { "wildcard": "*" }] }"#,
            severity: Severity::Hint,
            marked: r#"["eu-west-1", { "wildcard": "*" }]"#,
            message: "every event meets this condition on `region`",
            fixed: Some(r#"{ "source": ["shop"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "account": [{ "anything-but": "prod" }] }"#,
            severity: Severity::Hint,
            marked: r#"[{ "anything-but": "prod" }]"#,
            message: "every event meets this condition on `account`",
            fixed: Some(r#"{ "source": ["shop"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "items": { "x": [{ "exists": true }, { "exists": false }], "y": [1] } } }"#,
            severity: Severity::Hint,
            marked: r#"[{ "exists": true }, { "exists": false }]"#,
            message: "every event meets this condition on `detail.items.x`",
            fixed: None,
        },
    ],
    silent: &[
        r#"{ "source": [{ "prefix": "" }] }"#,
        r#"{ "source": ["shop"], "detail": { "state": [{ "exists": true }] }, "resources": [{ "exists": true }] }"#,
        r#"{ "source": ["shop"], "detail": { "state": [{ "anything-but": "on" }, "on"] } }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if let [_] = subject.sites.as_slice() {
        return;
    }
    for site in subject.standing().filter(|site| is_always(&site.known, site.leaves)) {
        let removed = |member| Fix::new("remove it", vec![edits::remove(findings.text, member)]);
        let message = format!("every event meets this condition on `{}`", site.path);
        let help = match site.known {
            Known::Object => "`detail` itself has no value; ask for a field inside",
            _ => "remove it, or ask for what was meant",
        };
        findings.add(
            Severity::Hint,
            site.span,
            message,
            help,
            site.member.filter(|_| is_free(site, subject)).map(removed),
        );
    }
}

/// Whether a leaf array can go without any effect on the others.
fn is_free(site: &Site<'_>, subject: &Subject<'_>) -> bool {
    // What stands directly in `detail` lies in no array that others could share, unless they lie below it.
    let direct = site.known != Known::Inside || site.path.matches('.').count() == 1;
    let meets = |other: &Site<'_>| {
        other.path.strip_prefix(&*site.path).is_some_and(|below| below.is_empty() || below.starts_with('.'))
    };
    direct && subject.sites.iter().filter(|other| meets(other)).count() == 1
}
