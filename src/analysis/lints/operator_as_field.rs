//! `EB004`: an operator that was written as a field: `{"state": {"prefix": ["x"]}}` asks for a field called `prefix`.
//!
//! Below a string of the envelope nothing can stand, so there it is certain. Inside `detail` a field may well be called
//! `prefix`; it is a warning where the name hardly is a field's, and a hint where it could be.

use super::envelope::Known;
use super::subject::{Alone, Site, Subject};
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::{Fix, Severity};
use crate::json::quote;
use crate::pattern::ast::Field;
use crate::pattern::operators::NAMES;
use crate::sets::Listed as _;
use crate::text::did_you_mean;

pub(super) const DEFINITION: Definition = Definition { code: "EB004", name: "operator-as-field", check };

pub(super) const PAGE: Page = Page {
    title: "an operator written as a field",
    severities: &[Severity::Error, Severity::Warning, Severity::Hint],
    meaning: "Operators are objects inside the list of values: `\"state\": [{ \"prefix\": \"x\" }]`. Written as \
              `\"state\": { \"prefix\": [\"x\"] }` it asks for a field `prefix` inside `state`.",
    why: "The service accepts the pattern, and the rule does not fire. Below `source`, `account` and their like there are no \
          fields at all, so it is an error there; inside `detail` a field could have that name.",
    cure: "Move the operator into the list.",
    fix: Some("moves the operator into the list"),
    examples: &[
        Example {
            pattern: r#"{ "source": { "prefix": ["aws."] } }"#,
            severity: Severity::Error,
            marked: r#""prefix""#,
            message: "`prefix` is written as a field of `source`, not as an operator",
            fixed: Some(r#"{ "source": [{ "prefix": "aws." }] }"#),
        },
        Example {
            pattern: r#"{ "source": { "anythingBut": ["aws.s3", "aws.ec2"] } }"#,
            severity: Severity::Error,
            marked: r#""anythingBut""#,
            message: "`anythingBut` is written as a field of `source`, not as an operator",
            fixed: Some(r#"{ "source": [{ "anything-but": ["aws.s3", "aws.ec2"] }] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "total": { "numeric": [">", 100] } } }"#,
            severity: Severity::Warning,
            marked: r#""numeric""#,
            message: "`numeric` is written as a field of `total`, not as an operator",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "total": [{ "numeric": [">", 100] }] } }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "detail": { "name": { "suffix": [".png", ".jpg"] } } }"#,
            severity: Severity::Hint,
            marked: r#""suffix""#,
            message: "`suffix` is written as a field of `name`, not as an operator",
            fixed: Some(
                r#"{ "source": ["shop"], "detail": { "name": [{ "suffix": ".png" }, { "suffix": ".jpg" }] } }"#,
            ),
        },
    ],
    silent: &[
        r#"{ "source": ["aws.s3"], "detail": { "requestParameters": { "prefix": ["logs/"] } } }"#,
        r#"{ "source": ["aws.s3"], "detail": { "filter": { "prefix": ["logs/"], "suffix": [".gz"] } } }"#,
        r#"{ "source": ["shop"], "detail": { "prefix": ["a"] } }"#,
        r#"{ "source": ["shop"], "detail": { "rule": { "exists": ["yes"] } } }"#,
    ],
};

/// Names that hardly anyone gives a field.
const ODD: [&str; 4] = ["anything-but", "equals-ignore-case", "wildcard", "numeric"];
/// Objects that hold what the caller of some operation passed, under that operation's names.
const FREE: [&str; 6] =
    ["detail", "requestParameters", "responseElements", "additionalEventData", "filter", "parameters"];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for site in subject.standing() {
        let (Some(alone), Some(operator)) = (site.alone, meant(site)) else { continue };
        let severity = match site.known {
            Known::Below(_) => site.severity(),
            _ if ODD.contains(&operator) => Severity::Warning,
            _ => Severity::Hint,
        };
        let Some(leaves) = moved(findings.text, site, operator) else { continue };
        let (name, of) = (&site.field.name, &alone.of.name);
        let message = format!("`{name}` is written as a field of `{of}`, not as an operator");
        let help = format!("operators are objects inside the list: `{}: {leaves}`", quote(of));
        let fix = Fix::replace(format!("make `{operator}` an operator"), alone.span, leaves);
        findings.add(severity, site.field.span, message, help, Some(fix));
    }
}

/// Whether this is the reason why a leaf array below a string of the envelope cannot match.
pub(super) fn claims(site: &Site<'_>) -> bool {
    matches!(site.known, Known::Below(_)) && meant(site).is_some()
}

/// The operator that a field is probably meant to be.
fn meant(site: &Site<'_>) -> Option<&'static str> {
    let Alone { of, .. } = site.alone?;
    let name = site.field.name.as_str();
    let same = |known: &&&str| plain(known) == plain(name);
    match site.known {
        Known::Below(below) if of.name == below => {
            NAMES.iter().find(|known| **known == name).copied().or_else(|| did_you_mean(name, NAMES))
        }
        Known::Inside if is_free(of) => None,
        Known::Inside => NAMES.iter().find(|known| **known == name).or_else(|| ODD.iter().find(same)).copied(),
        _ => None,
    }
}

fn is_free(field: &Field) -> bool {
    FREE.contains(&field.name.as_str())
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// The leaf array that was meant, when what stands there can be operands.
fn moved(text: &str, site: &Site<'_>, operator: &str) -> Option<String> {
    let list = site.span.of(text);
    let one = |operand: &str| format!("{{ {}: {operand} }}", quote(operator));
    let leaves = match operator {
        "numeric" | "anything-but" => vec![one(list)],
        "exists" => match site.leaves {
            [leaf] => vec![one(leaf.span.of(text))],
            _ => return None,
        },
        _ => site.leaves.iter().map(|leaf| one(leaf.span.of(text))).listed(),
    };
    let leaves = format!("[{}]", leaves.join(", "));
    // The operators judge what they take.
    crate::pattern::Pattern::parse(&format!("{{ \"a\": {leaves} }}")).ok()?;
    Some(leaves)
}
