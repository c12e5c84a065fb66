//! `EB008`: a string that reads as a number: it does not match the number.
//!
//! Only a hint, since many events do hold numbers as strings; names that speak of ids and versions are left alone.

use super::envelope::Known;
use super::subject::{Site, Subject};
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::{Fix, Severity};
use crate::json::Number;
use crate::pattern::operators::exact::Exact;
use crate::pattern::operators::{Leaf, Operator};
use crate::text::Span;

pub(super) const DEFINITION: Definition = Definition { code: "EB008", name: "text-for-number", check };

pub(super) const PAGE: Page = Page {
    title: "a string that looks like a number",
    severities: &[Severity::Hint],
    meaning: "`\"100\"` matches the string only; an event with the number `100` does not match. Both may stand in the list.",
    why: "Whether a field holds numbers or strings is easy to get wrong, and then the rule never fires.",
    cure: "Look at an event. Write the number without quotes if it holds a number, or both if there are both.",
    fix: Some("adds the number to the list"),
    examples: &[Example {
        pattern: r#"{ "source": ["shop"], "detail": { "total": ["100"] } }"#,
        severity: Severity::Hint,
        marked: r#""100""#,
        message: "`\"100\"` matches the string, not the number",
        fixed: Some(r#"{ "source": ["shop"], "detail": { "total": ["100", 100] } }"#),
    }],
    silent: &[
        r#"{ "source": ["shop"], "detail": { "total": ["100", 100] } }"#,
        r#"{ "source": ["shop"], "detail": { "total": ["100", { "numeric": [">", 5] }] } }"#,
        r#"{ "source": ["shop"], "account": ["123456789012"], "detail": { "accountId": ["123"], "eventVersion": ["1.08"] } }"#,
        r#"{ "source": ["shop"], "detail": { "owner": ["123456789012"], "code": ["007"] } }"#,
    ],
};

/// Longer ones are rather identifiers.
const LONGEST: usize = 9;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for site in subject.standing().filter(|site| site.known == Known::Inside && !is_identifier(&site.field.name)) {
        if site.leaves.iter().any(|leaf| is_number(&leaf.operator)) {
            continue;
        }
        for leaf in site.leaves {
            report(site, leaf, findings);
        }
    }
}

fn report(site: &Site<'_>, leaf: &Leaf, findings: &mut Findings<'_>) {
    let Operator::Exact(Exact::Text(text)) = &leaf.operator else { return };
    if text.len() > LONGEST || Number::parse(text).is_none() {
        return;
    }
    let quoted = leaf.span.of(findings.text);
    let after = Span { start: leaf.span.end, ..leaf.span };
    let fix = Fix::replace("match the number as well", after, format!(", {text}"));
    let message = format!("`{quoted}` matches the string, not the number");
    let help = format!("if `{}` is a number in the event, write `{text}` without quotes", site.path);
    findings.add(Severity::Hint, leaf.span, message, help, Some(fix));
}

fn is_number(operator: &Operator) -> bool {
    matches!(operator, Operator::Numeric(_) | Operator::Exact(Exact::Number(_)))
}

fn is_identifier(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["id", "version", "arn", "name"].iter().any(|end| name.ends_with(end))
}
