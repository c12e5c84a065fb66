//! `EB001`: a leaf array that no event on a bus satisfies, so the rule never fires.
//!
//! Only what the envelope settles is said, and only where nothing overrides the leaf array and no `$or` offers a way round
//! it. Lints that know a nearer reason speak first.

use super::envelope::{Format, Known};
use super::subject::{Site, Standing, Subject};
use super::{Definition, Example, Findings, Page, literal_star, number_for_text, operator_as_field};
use crate::diagnostics::Severity;
use crate::pattern::operators::{Leaf, Operator};

pub(super) const DEFINITION: Definition = Definition { code: "EB001", name: "never-matches", check };

pub(super) const PAGE: Page = Page {
    title: "no event can match",
    severities: &[Severity::Error],
    meaning: "Every event on a bus has the same envelope: `account` is twelve digits, `detail` is an object, the other fields \
              are strings (`resources` a list of them), and all but `resources` and `replay-name` always hold a value. The \
              marked list asks for something else, so no event matches the pattern.",
    why: "The service accepts the pattern, and the rule never fires.",
    cure: "Ask for what the field can hold, or remove it.",
    fix: None,
    examples: &[
        Example {
            pattern: r#"{ "source": ["shop"], "account": ["12345"] }"#,
            severity: Severity::Error,
            marked: r#"["12345"]"#,
            message: "no event matches: `account` is always twelve digits",
            fixed: None,
        },
        Example {
            pattern: r#"{ "source": [{ "exists": false }] }"#,
            severity: Severity::Error,
            marked: r#"[{ "exists": false }]"#,
            message: "no event matches: `source` is never missing",
            fixed: None,
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": [{ "exists": true }] }"#,
            severity: Severity::Error,
            marked: r#"[{ "exists": true }]"#,
            message: "no event matches: `detail` is an object, and only its fields have values",
            fixed: None,
        },
        Example {
            pattern: r#"{ "detail-type": [{ "numeric": [">", 3] }], "source": ["shop"] }"#,
            severity: Severity::Error,
            marked: r#"[{ "numeric": [">", 3] }]"#,
            message: "no event matches: `detail-type` is always a string",
            fixed: None,
        },
        Example {
            pattern: r#"{ "account": [{ "prefix": "arn:" }], "source": ["shop"] }"#,
            severity: Severity::Error,
            marked: r#"[{ "prefix": "arn:" }]"#,
            message: "no event matches: `account` is always twelve digits",
            fixed: None,
        },
    ],
    silent: &[
        r#"{ "source": ["shop"], "account": [{ "prefix": "1234" }, { "wildcard": "*99" }] }"#,
        r#"{ "source": ["shop"], "resources": [{ "exists": false }] }"#,
        r#"{ "source": ["shop"], "$or": [{ "account": ["12345"] }, { "region": ["eu-west-1"] }] }"#,
        r#"{ "source": ["shop"], "account": ["12345"], "$or": [{ "account": ["123456789012"] }, { "id": ["x"] }] }"#,
        r#"{ "source": ["shop"], "detail": { "account": ["12345"] } }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for site in subject.standing().filter(|site| site.standing == Standing::Whole) {
        if site.is_hopeless() && !site.leaves.iter().any(|leaf| is_claimed(site, leaf)) {
            let message = format!("no event matches: {}", reason(site));
            findings.add(Severity::Error, site.span, message, help(site), None);
        }
    }
}

/// Whether another lint knows a nearer reason why a leaf cannot match.
pub(super) fn is_claimed(site: &Site<'_>, leaf: &Leaf) -> bool {
    number_for_text::claims(site, leaf) || literal_star::claims(leaf) || operator_as_field::claims(site)
}

/// What the envelope has at a path where nothing that is asked can be.
pub(super) fn reason(site: &Site<'_>) -> String {
    let absence = site.leaves.iter().all(|leaf| leaf.operator.accepts_absence());
    match site.known {
        Known::Text(name, ..) if absence => format!("`{name}` is never missing"),
        Known::Text(name, _, Format::Account) if site.leaves.iter().any(is_string) => {
            format!("`{name}` is always twelve digits")
        }
        Known::Text(name, ..) => format!("`{name}` is always a string"),
        Known::Object => "`detail` is an object, and only its fields have values".to_owned(),
        Known::Below(name) => format!("`{name}` is a string and has no fields"),
        Known::Inside | Known::Outside => "nothing can be there".to_owned(),
    }
}

fn is_string(leaf: &Leaf) -> bool {
    use crate::pattern::operators::exact::Exact;
    !matches!(
        leaf.operator,
        Operator::Exact(Exact::Number(_) | Exact::Bool(_) | Exact::Null) | Operator::Numeric(_) | Operator::Exists(_)
    )
}

pub(super) fn help(site: &Site<'_>) -> String {
    match site.known {
        Known::Text(name, _, Format::Account) => {
            format!("write all twelve digits of `{name}`, as a string; zeros in front count")
        }
        Known::Object => "name a field inside: `\"detail\": { \"state\": [{ \"exists\": true }] }`".to_owned(),
        Known::Below(name) => format!("put the list at `{name}` itself"),
        _ => "ask for what the field can hold, or remove it".to_owned(),
    }
}
