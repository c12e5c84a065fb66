//! `EB009`: a star that stands for itself, where a wildcard was probably meant: `"account": ["*"]`.
//!
//! Only `wildcard` knows stars. `exactly` says that a star is meant, and this lint is silent there; texts with blanks (SQL,
//! schedules) are left alone too.

use super::envelope::{Known, refused_strings};
use super::subject::{Site, Subject};
use super::{Definition, Example, Findings, Page, edits};
use crate::diagnostics::{Fix, Severity};
use crate::json::{self, Value, quote};
use crate::pattern::operators::exact::Exact;
use crate::pattern::operators::prefix::Prefix;
use crate::pattern::operators::suffix::Suffix;
use crate::pattern::operators::{Leaf, Operator};
use crate::sets::Listed as _;

pub(super) const DEFINITION: Definition = Definition { code: "EB009", name: "literal-star", check };

pub(super) const PAGE: Page = Page {
    title: "a star that is no wildcard",
    severities: &[Severity::Error, Severity::Warning, Severity::Hint],
    meaning: "In a plain value, and in the operators `prefix`, `suffix` and `anything-but`, a `*` stands for itself: \
              `\"prod-*\"` matches the six characters `prod-*` and nothing else.",
    why: "The rule never fires (an error where the field cannot hold a star), or excludes nothing.",
    cure: "Use `wildcard`, or `exists` where any value will do. If the star is meant, say so with `exactly`, or escape it in a \
           `wildcard` as `\\*`.",
    fix: Some("makes it a `wildcard`, or `exists`"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["shop"], "account": ["*"] }"#,
            severity: Severity::Error,
            marked: r#""*""#,
            message: "the star is no wildcard here: `\"*\"` matches only itself",
            fixed: Some(r#"{ "source": ["shop"], "account": [{ "exists": true }] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "name": ["prod-*", "stage"] } }"#,
            severity: Severity::Warning,
            marked: r#""prod-*""#,
            message: "the star is no wildcard here: `\"prod-*\"` matches only itself",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "name": [{ "wildcard": "prod-*" }, "stage"] } }"#),
        },
        Example {
            pattern: r#"{ "source": [{ "prefix": "aws.*" }] }"#,
            severity: Severity::Warning,
            marked: r#""aws.*""#,
            message: "the star is no wildcard here: `prefix` takes it as it is",
            fixed: Some(r#"{ "source": [{ "prefix": "aws." }] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "file": [{ "suffix": "/*.png" }] } }"#,
            severity: Severity::Warning,
            marked: r#""/*.png""#,
            message: "the star is no wildcard here: `suffix` takes it as it is",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "file": [{ "wildcard": "*/*.png" }] } }"#),
        },
        Example {
            pattern: r#"{ "source": [{ "anything-but": ["aws.*", "shop"] }] }"#,
            severity: Severity::Warning,
            marked: r#"{ "anything-but": ["aws.*", "shop"] }"#,
            message: "the star is no wildcard here: `anything-but` takes it as it is",
            fixed: Some(r#"{ "source": [{ "anything-but": { "wildcard": ["aws.*", "shop"] } }] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "principal": ["*"] } }"#,
            severity: Severity::Hint,
            marked: r#""*""#,
            message: "the star is no wildcard here: `\"*\"` matches only itself",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "principal": [{ "exists": true }] } }"#),
        },
    ],
    silent: &[
        r#"{ "source": [{ "wildcard": "aws.*" }, { "exactly": "shop*" }] }"#,
        r#"{ "source": ["shop"], "detail": { "schedule": ["cron(0 * * * ? *)"] } }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (site, leaf) in subject.leaves().filter(|(_, leaf)| claims(leaf)) {
        report(site, leaf, findings);
    }
}

/// Whether a star in a leaf is probably meant as a wildcard.
pub(super) fn claims(leaf: &Leaf) -> bool {
    let meant = |text: &str| text.contains('*') && !text.contains(char::is_whitespace);
    match &leaf.operator {
        Operator::Exact(Exact::Text(text))
        | Operator::Prefix(Prefix::Plain(text))
        | Operator::Suffix(Suffix::Plain(text)) => meant(text),
        Operator::AnythingBut(_) => {
            refused_strings(&leaf.operator).is_some_and(|texts| texts.iter().any(|text| meant(text)))
        }
        _ => false,
    }
}

fn report(site: &Site<'_>, leaf: &Leaf, findings: &mut Findings<'_>) {
    let lone = matches!(&leaf.operator, Operator::Exact(Exact::Text(text)) if text == "*");
    let severity = if lone && site.known == Known::Inside { Severity::Hint } else { site.severity() };
    let name = operator_name(&leaf.operator);
    let message = match name {
        None => format!("the star is no wildcard here: `{}` matches only itself", leaf.span.of(findings.text)),
        Some(name) => format!("the star is no wildcard here: `{name}` takes it as it is"),
    };
    let span = match edits::strings(findings.text, leaf).as_slice() {
        [(span, _)] => *span,
        _ => leaf.span,
    };
    let help = "use `wildcard`; if the star is meant, say so with `exactly`";
    findings.add(severity, span, message, help, meant(leaf));
}

fn operator_name(operator: &Operator) -> Option<&'static str> {
    match operator {
        Operator::Prefix(_) => Some("prefix"),
        Operator::Suffix(_) => Some("suffix"),
        Operator::AnythingBut(_) => Some("anything-but"),
        _ => None,
    }
}

/// The leaf with the star as a wildcard.
fn meant(leaf: &Leaf) -> Option<Fix> {
    let wildcard = |text: &str| format!("{{ \"wildcard\": {} }}", quote(&escaped(text)));
    let replace = |title: &str, text: String| Some(Fix::replace(title, leaf.span, text));
    match &leaf.operator {
        Operator::Exact(Exact::Text(text)) if text == "*" => {
            replace("match any value with `exists`", "{ \"exists\": true }".to_owned())
        }
        Operator::Exact(Exact::Text(text)) => replace("use `wildcard`", wildcard(text)),
        Operator::Prefix(Prefix::Plain(text)) => match text.strip_suffix('*') {
            Some(start) if !start.contains('*') => {
                replace("remove the star", format!("{{ \"prefix\": {} }}", quote(start)))
            }
            _ => replace("use `wildcard`", wildcard(&format!("{text}*"))),
        },
        Operator::Suffix(Suffix::Plain(text)) => match text.strip_prefix('*') {
            Some(end) if !end.contains('*') => replace("remove the star", format!("{{ \"suffix\": {} }}", quote(end))),
            _ => replace("use `wildcard`", wildcard(&format!("*{text}"))),
        },
        operator => {
            let texts: Vec<Value> = refused_strings(operator)?.iter().map(|text| Value::string(escaped(text))).listed();
            let operand = match texts.as_slice() {
                [only] => json::print(only),
                several => format!("[{}]", several.iter().map(json::print).listed().join(", ")),
            };
            replace("use `wildcard`", format!("{{ \"anything-but\": {{ \"wildcard\": {operand} }} }}"))
        }
    }
}

/// As the text of a wildcard: backslashes stand for themselves, and of several stars in a row one is enough.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '*' if escaped.ends_with('*') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
