//! `EB007`: a number where the envelope has a string: `"account": [123456789012]`.
//!
//! Strings and numbers never equal each other.

use super::envelope::Known;
use super::subject::{Site, Subject};
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::{Fix, Severity};
use crate::json::quote;
use crate::pattern::operators::exact::Exact;
use crate::pattern::operators::{Leaf, Operator};

pub(super) const DEFINITION: Definition = Definition { code: "EB007", name: "number-for-text", check };

pub(super) const PAGE: Page = Page {
    title: "a number where events have a string",
    severities: &[Severity::Error, Severity::Warning],
    meaning: "`account`, `version` and all other fields beside `detail` hold strings. A number never equals a string, even if \
              both read the same.",
    why: "The rule never fires; or not for this value, when others stand beside it.",
    cure: "Put it into quotes. An account has twelve digits; a number has lost the zeros in front.",
    fix: Some("puts the number into quotes"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["shop"], "account": [123456789012] }"#,
            severity: Severity::Error,
            marked: "123456789012",
            message: "`account` is always a string, and the number 123456789012 never equals one",
            fixed: Some(r#"{ "source": ["shop"], "account": ["123456789012"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "version": ["1", 0] }"#,
            severity: Severity::Warning,
            marked: "0",
            message: "`version` is always a string, and the number 0 never equals one",
            fixed: Some(r#"{ "source": ["shop"], "version": ["1", "0"] }"#),
        },
    ],
    silent: &[r#"{ "source": ["shop"], "detail": { "account": [123456789012] } }"#],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (site, leaf) in subject.leaves().filter(|(site, leaf)| claims(site, leaf)) {
        let number = leaf.span.of(findings.text);
        let message = format!("`{}` is always a string, and the number {number} never equals one", site.path);
        let fix = Fix::replace("put it into quotes", leaf.span, quote(number));
        findings.add(site.severity(), leaf.span, message, format!("write `{}`", quote(number)), Some(fix));
    }
}

/// Whether this is the reason why a leaf cannot match.
pub(super) fn claims(site: &Site<'_>, leaf: &Leaf) -> bool {
    matches!(site.known, Known::Text(..)) && matches!(leaf.operator, Operator::Exact(Exact::Number(_)))
}
