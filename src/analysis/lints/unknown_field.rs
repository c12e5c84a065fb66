//! `EB005`: a field that no event on a bus has beside `detail`: misspelt (`detailType`), or forgotten to be put inside.
//!
//! A warning and not an error, because the same language filters records of Pipes and Lambda, which have other fields.

use super::envelope::{Known, NAMES, known};
use super::subject::Subject;
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::{Fix, Severity};
use crate::json::quote;
use crate::pattern::ast::{Entry, Field, Node, Object};
use crate::text::did_you_mean;

pub(super) const DEFINITION: Definition = Definition { code: "EB005", name: "unknown-field", check };

pub(super) const PAGE: Page = Page {
    title: "a field that no event has: `detailType` for `detail-type`",
    severities: &[Severity::Warning],
    meaning: "The fields of an event are `version`, `id`, `detail-type`, `source`, `account`, `time`, `region`, `resources` and \
              `detail` (and `replay-name` in replays), spelt exactly so. Everything that is an event's own stands inside \
              `detail`.",
    why: "The rule never fires. (In patterns for Pipes or for Lambda's filters, where records have other fields, this is no \
          mistake.)",
    cure: "Correct the name, or move the field into `detail`.",
    fix: Some("renames the field, or moves it into `detail`"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["aws.ec2"], "detailType": ["EC2 Instance State-change Notification"] }"#,
            severity: Severity::Warning,
            marked: r#""detailType""#,
            message: "no event has a field `detailType`: it is called `detail-type`",
            fixed: Some(r#"{ "source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] }"#),
        },
        Example {
            pattern: r#"{ "Source": ["shop"] }"#,
            severity: Severity::Warning,
            marked: r#""Source""#,
            message: "no event has a field `Source`: it is called `source`",
            fixed: Some(r#"{ "source": ["shop"] }"#),
        },
        Example {
            pattern: r#"{ "source": ["shop"], "status": ["paid"] }"#,
            severity: Severity::Warning,
            marked: r#""status""#,
            message: "no event has a field `status` of its own",
            fixed: Some(r#"{ "source": ["shop"], "detail": { "status": ["paid"] } }"#),
        },
    ],
    silent: &[
        r#"{ "source": ["shop"], "detail": { "detailType": ["x"], "Source": ["y"] } }"#,
        r#"{ "source": ["shop"], "detail.status": ["paid"] }"#,
        r#"{ "replay-name": ["nightly"], "source": ["shop"] }"#,
    ],
};

/// Shorter names are near to too many others.
const SHORTEST: usize = 4;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (field, object) in &subject.tops {
        let name = field.name.split('.').next().unwrap_or("");
        if known(name) != Known::Outside {
            continue;
        }
        let near = Some(name).filter(|name| name.len() >= SHORTEST).and_then(|name| did_you_mean(name, NAMES));
        let (message, help, fix) = match near {
            Some(near) => (
                format!("no event has a field `{name}`: it is called `{near}`"),
                format!("write `{near}`"),
                rename(field, object, name, near),
            ),
            None => (
                format!("no event has a field `{name}` of its own"),
                "what is an event's own stands inside `detail`".to_owned(),
                move_inside(findings.text, field, object),
            ),
        };
        findings.add(Severity::Warning, field.span, message, help, fix);
    }
}

/// Renames the field, unless that would override another.
fn rename(field: &Field, object: &Object, name: &str, near: &str) -> Option<Fix> {
    let rest = field.name.get(name.len()..).unwrap_or("");
    let renamed = format!("{near}{rest}");
    if has(object, near) {
        return None;
    }
    Some(Fix::replace(format!("rename to `{renamed}`"), field.span, quote(&renamed)))
}

/// Wraps the field into `detail`, unless there is one already.
fn move_inside(text: &str, field: &Field, object: &Object) -> Option<Fix> {
    if has(object, "detail") {
        return None;
    }
    let (Node::Object(Object { span, .. }) | Node::Leaves(_, span)) = &field.node;
    let member = field.span.to(*span);
    Some(Fix::replace("move it into `detail`", member, format!("\"detail\": {{ {} }}", member.of(text))))
}

/// Whether an object has a field of the name, or one below it.
fn has(object: &Object, name: &str) -> bool {
    object.entries.iter().any(|entry| match entry {
        Entry::Field(field) => field.name.split('.').next() == Some(name),
        Entry::Or(_) => false,
    })
}
