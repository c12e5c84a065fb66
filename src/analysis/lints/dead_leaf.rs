//! `EB002`: a leaf that no event on a bus satisfies, while the pattern as a whole still can match.
//!
//! Either other leaves stand beside it, or it stands in a branch of a `$or`.

use super::envelope::{self, Fate};
use super::never_matches::{help, is_claimed, reason};
use super::subject::{Site, Standing, Subject};
use super::{Definition, Example, Findings, Page, edits};
use crate::diagnostics::{Fix, Severity};
use crate::pattern::operators::Leaf;

pub(super) const DEFINITION: Definition = Definition { code: "EB002", name: "dead-leaf", check };

pub(super) const PAGE: Page = Page {
    title: "a part of the pattern that no event can match",
    severities: &[Severity::Warning],
    meaning: "What is marked can never match what the envelope of an event holds there (see `EB001`). The pattern still can \
              match by the other values of the list, or by another branch of the `$or`.",
    why: "It looks as if a case were covered that is not.",
    cure: "Ask for what the field can hold, or remove the part.",
    fix: Some("removes it"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["shop", null] }"#,
            severity: Severity::Warning,
            marked: "null",
            message: "null never matches: `source` is always a string",
            fixed: Some(r#"{ "source": ["shop"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "account": [{ "prefix": "acct-" }, "123456789012"] }"#,
            severity: Severity::Warning,
            marked: r#"{ "prefix": "acct-" }"#,
            message: "prefix \"acct-\" never matches: `account` is always twelve digits",
            fixed: Some(r#"{ "source": ["shop"], "account": ["123456789012"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "$or": [{ "account": ["12345"] }, { "region": ["eu-west-1"] }] }"#,
            severity: Severity::Warning,
            marked: r#"["12345"]"#,
            message: "this branch never matches: `account` is always twelve digits",
            fixed: None,
        },
    ],
    silent: &[
        r#"{ "source": ["shop"], "detail": { "state": ["on", null, { "exists": false }] } }"#,
        r#"{ "source": ["shop"], "replay-name": ["nightly", { "exists": false }] }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for site in subject.standing() {
        if !site.is_hopeless() {
            let dead = site.leaves.iter().filter(|leaf| envelope::fate(&site.known, &leaf.operator) == Fate::Never);
            for leaf in dead.filter(|leaf| !is_claimed(site, leaf)) {
                report_leaf(site, leaf, findings);
            }
        } else if site.standing != Standing::Whole && !site.leaves.iter().any(|leaf| is_claimed(site, leaf)) {
            let message = format!("this branch never matches: {}", reason(site));
            findings.add(Severity::Warning, site.span, message, help(site), None);
        }
    }
}

fn report_leaf<'a>(site: &Site<'a>, leaf: &'a Leaf, findings: &mut Findings<'_>) {
    let alone = site.only(leaf);
    let message = format!("{} never matches: {}", leaf.operator.describe(), reason(&alone));
    let fix = Fix::new("remove it", vec![edits::remove(findings.text, leaf.span)]);
    findings.add(Severity::Warning, leaf.span, message, help(&alone), Some(fix));
}
