//! `EB010`: a leaf that adds nothing, because another of the list matches all that it matches.
//!
//! Only what can be proven from the two leaves is said: a value is tried on the other leaf; of a prefix and a prefix, a
//! suffix and a suffix, a number range and another, one can hold the other.

use super::envelope::{self, Fate, is_always, is_any_string, refused_strings};
use super::subject::Subject;
use super::{Definition, Example, Findings, Page, edits};
use crate::diagnostics::{Fix, Severity};
use crate::event::Scalar;
use crate::pattern::Comparable;
use crate::pattern::operators::exact::Exact;
use crate::pattern::operators::exists::Exists;
use crate::pattern::operators::prefix::Prefix;
use crate::pattern::operators::suffix::Suffix;
use crate::pattern::operators::{Leaf, Operator};

pub(super) const DEFINITION: Definition = Definition { code: "EB010", name: "redundant-leaf", check };

pub(super) const PAGE: Page = Page {
    title: "a value that another one of the list covers",
    severities: &[Severity::Hint],
    meaning: "Of the values in a list one is enough. Whatever the marked one matches, another one matches too.",
    why: "It makes the pattern longer and hides what decides: without the other one the rule would match less, without this one \
          it would not.",
    cure: "Remove it, or remove the other if that is too wide.",
    fix: Some("removes it"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["aws.s3", { "prefix": "aws." }] }"#,
            severity: Severity::Hint,
            marked: r#""aws.s3""#,
            message: "\"aws.s3\" is covered by prefix \"aws.\"",
            fixed: Some(r#"{ "source": [{ "prefix": "aws." }] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "state": ["on", "off", "on"] } }"#,
            severity: Severity::Hint,
            marked: r#""on""#,
            message: "\"on\" stands in the list already",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "state": ["on", "off"] } }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "n": [{ "numeric": [">", 5, "<", 9] }, { "numeric": [">=", 5] }] } }"#,
            severity: Severity::Hint,
            marked: r#"{ "numeric": [">", 5, "<", 9] }"#,
            message: "a number > 5 and < 9 is covered by a number >= 5",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "n": [{ "numeric": [">=", 5] }] } }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "x": [{ "anything-but": "a" }, { "suffix": "b" }, { "exists": false }] } }"#,
            severity: Severity::Hint,
            marked: r#"{ "suffix": "b" }"#,
            message: "suffix \"b\" is covered by anything but \"a\"",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "x": [{ "anything-but": "a" }, { "exists": false }] } }"#),
        },
    ],
    silent: &[
        r#"{ "source": ["shop"], "detail": { "ip": ["10.0.0.1", { "prefix": "10." }], "x": [{ "wildcard": "a*\\*" }, { "prefix": "a" }] } }"#,
        r#"{ "source": ["shop"], "detail": { "n": [1, "1", { "numeric": [">", 1] }], "m": [null, { "prefix": "n" }] } }"#,
        r#"{ "source": ["shop"], "detail": { "n": [{ "numeric": [">=", 5] }, { "numeric": ["<", 5] }, { "exists": false }] } }"#,
    ],
};

/// Of a longer list only so many leaves are compared with each other.
const COMPARED: usize = 200;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for site in subject.standing().filter(|site| !is_always(&site.known, site.leaves)) {
        let leaves = site.leaves.get(..COMPARED).unwrap_or(site.leaves);
        let mut gone = Vec::new();
        for (index, leaf) in leaves.iter().enumerate() {
            if envelope::fate(&site.known, &leaf.operator) == Fate::Never {
                continue;
            }
            // Of two that cover each other the first stays.
            let is_better = |other: usize, cover: &Leaf| {
                other != index
                    && !gone.contains(&other)
                    && covers(&cover.operator, &leaf.operator)
                    && (other < index || !covers(&leaf.operator, &cover.operator))
            };
            if let Some((_, cover)) = leaves.iter().enumerate().find(|(other, cover)| is_better(*other, cover)) {
                gone.push(index);
                report(leaf, cover, findings);
            }
        }
    }
}

fn report(leaf: &Leaf, cover: &Leaf, findings: &mut Findings<'_>) {
    let (said, by) = (leaf.operator.describe(), cover.operator.describe());
    let message = match said == by {
        true => format!("{said} stands in the list already"),
        false => format!("{said} is covered by {by}"),
    };
    let fix = Fix::new("remove it", vec![edits::remove(findings.text, leaf.span)]);
    findings.add(Severity::Hint, leaf.span, message, "remove it, or the other if that is too wide", Some(fix));
}

/// Whether a leaf certainly matches all that another one matches.
fn covers(cover: &Operator, leaf: &Operator) -> bool {
    if cover == leaf {
        return true;
    }
    let text = |text: &str| Scalar::String(text.into());
    match (cover, leaf) {
        (Operator::Exists(Exists::Absent), _) | (_, Operator::Exists(_)) => false,
        (Operator::Exists(Exists::Present), _) => true,
        // An address matches in all its spellings.
        (Operator::Exact(Exact::Ip(_, a)), Operator::Exact(Exact::Ip(_, b))) => a == b,
        (Operator::Cidr(_), Operator::Exact(Exact::Ip(found, _))) => cover.test(&text(found)),
        (_, Operator::Exact(Exact::Ip(..)) | Operator::Cidr(_)) => is_any_string(cover),
        (_, Operator::Exact(Exact::Text(found) | Exact::Exactly(found))) => cover.test(&text(found)),
        (_, Operator::Exact(Exact::Number(number))) => cover.test(&Scalar::Number(number.clone())),
        (_, Operator::Exact(Exact::Bool(value))) => cover.test(&Scalar::Bool(*value)),
        (_, Operator::Exact(Exact::Null)) => cover.test(&Scalar::Null),
        (Operator::Numeric(_), Operator::Numeric(_)) => holds(&Interval::of(cover), &Interval::of(leaf)),
        (_, Operator::Prefix(_) | Operator::Suffix(_) | Operator::EqualsIgnoreCase(_) | Operator::Wildcard(_))
            if is_any_string(cover) =>
        {
            true
        }
        (Operator::Prefix(_), Operator::Prefix(Prefix::Plain(start))) => cover.test(&text(start)),
        (Operator::Suffix(_), Operator::Suffix(Suffix::Plain(end))) => cover.test(&text(end)),
        (Operator::AnythingBut(_), Operator::Prefix(_) | Operator::Suffix(_) | Operator::EqualsIgnoreCase(_)) => {
            refused_strings(cover).is_some_and(|refused| !refused.iter().any(|refused| leaf.test(&text(refused))))
        }
        _ => false,
    }
}

/// The numbers of a `numeric`, each end with whether it belongs to them.
struct Interval {
    low: (f64, bool),
    high: (f64, bool),
}

impl Interval {
    fn of(operator: &Operator) -> Option<Interval> {
        let value = operator.to_value();
        let mut terms = value.get("numeric")?.as_array()?.chunks_exact(2);
        let mut interval = Interval { low: (f64::MIN, true), high: (f64::MAX, true) };
        for term in &mut terms {
            let [sign, number] = term else { return None };
            let end = Comparable::of(number.as_number()?.text())?.get();
            match sign.as_str()? {
                "=" => interval = Interval { low: (end, true), high: (end, true) },
                ">" => interval.low = (end, false),
                ">=" => interval.low = (end, true),
                "<" => interval.high = (end, false),
                _ => interval.high = (end, true),
            }
        }
        Some(interval)
    }
}

fn holds(outer: &Option<Interval>, inner: &Option<Interval>) -> bool {
    let (Some(outer), Some(inner)) = (outer, inner) else { return false };
    let low = outer.low.0 < inner.low.0 || (outer.low.0 == inner.low.0 && (outer.low.1 || !inner.low.1));
    let high = outer.high.0 > inner.high.0 || (outer.high.0 == inner.high.0 && (outer.high.1 || !inner.high.1));
    low && high
}
