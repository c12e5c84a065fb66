//! `EB006`: an ARN with `:` where the service writes `/`, or the other way round.
//!
//! Each service has its own way to part the kind of a resource from its name; only kinds are listed whose way is certain.
//! `*` may stand for other parts of the ARN.

use super::subject::Subject;
use super::{Definition, Example, Findings, Page, edits};
use crate::diagnostics::{Fix, Severity};
use crate::json::quote;
use crate::pattern::operators::{Leaf, Operator};

pub(super) const DEFINITION: Definition = Definition { code: "EB006", name: "arn-separator", check };

pub(super) const PAGE: Page = Page {
    title: "an ARN with `:` for `/`, or `/` for `:`",
    severities: &[Severity::Warning],
    meaning: "Some services write `kind/name` at the end of an ARN (`instance/i-0123`), others `kind:name` (`function:resize`). \
              The marked ARN has it the wrong way round.",
    why: "An ARN is compared as text, so the rule never fires.",
    cure: "Write the separator that the service writes.",
    fix: Some("writes the right separator"),
    examples: &[
        Example {
            pattern: r#"{ "source": ["aws.ec2"], "resources": ["arn:aws:ec2:us-east-1:123456789012:instance:i-0123"] }"#,
            severity: Severity::Warning,
            marked: r#""arn:aws:ec2:us-east-1:123456789012:instance:i-0123""#,
            message: "`ec2` writes `instance/`, not `instance:`",
            fixed: Some(
                r#"{ "source": ["aws.ec2"], "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-0123"] }"#,
            ),
        },
        Example {
            pattern: r#"{ "source": ["aws.lambda"], "resources": [{ "wildcard": "arn:aws:lambda:*:*:function/re*" }] }"#,
            severity: Severity::Warning,
            marked: r#""arn:aws:lambda:*:*:function/re*""#,
            message: "`lambda` writes `function:`, not `function/`",
            fixed: Some(
                r#"{ "source": ["aws.lambda"], "resources": [{ "wildcard": "arn:aws:lambda:*:*:function:re*" }] }"#,
            ),
        },
    ],
    silent: &[
        r#"{ "source": ["x"], "resources": ["arn:aws:lambda:us-east-1:123456789012:function:a/b", "arn:aws:s3:::bucket/instance:1"] }"#,
        r#"{ "source": ["x"], "resources": ["arn:aws:ecs:us-east-1:123456789012:cluster/a", "arn:aws:rds:us-east-1:123456789012:cluster:a"] }"#,
    ],
};

/// Service, what parts the kind from the name, and kinds.
const KINDS: [(&str, char, &[&str]); 27] = [
    ("acm", '/', &["certificate"]),
    ("batch", '/', &["job", "job-queue", "job-definition", "compute-environment"]),
    ("cloudformation", '/', &["stack"]),
    ("cloudwatch", ':', &["alarm"]),
    ("codebuild", '/', &["project", "build"]),
    ("dynamodb", '/', &["table"]),
    ("ec2", '/', &["instance", "volume", "snapshot", "image", "security-group", "subnet", "vpc", "network-interface"]),
    ("ecr", '/', &["repository"]),
    ("ecs", '/', &["cluster", "service", "task", "task-definition", "container-instance"]),
    ("eks", '/', &["cluster"]),
    ("elasticloadbalancing", '/', &["loadbalancer", "targetgroup"]),
    ("events", '/', &["rule", "event-bus", "archive", "replay", "connection", "api-destination"]),
    ("firehose", '/', &["deliverystream"]),
    ("glue", '/', &["job", "crawler", "database"]),
    ("guardduty", '/', &["detector"]),
    ("iam", '/', &["role", "user", "group", "policy", "instance-profile"]),
    ("kinesis", '/', &["stream"]),
    ("kms", '/', &["key", "alias"]),
    ("lambda", ':', &["function", "layer", "event-source-mapping"]),
    ("logs", ':', &["log-group"]),
    ("rds", ':', &["db", "cluster", "snapshot", "cluster-snapshot", "pg", "subgrp"]),
    ("redshift", ':', &["cluster"]),
    ("elasticache", ':', &["cluster", "replicationgroup", "snapshot"]),
    ("sagemaker", '/', &["training-job", "endpoint", "model", "notebook-instance", "processing-job"]),
    ("secretsmanager", ':', &["secret"]),
    ("ssm", '/', &["parameter", "document", "maintenancewindow", "managed-instance"]),
    ("states", ':', &["stateMachine", "execution", "activity"]),
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, leaf) in subject.leaves().filter(|(_, leaf)| holds_strings(leaf)) {
        for (span, text) in edits::strings(findings.text, leaf) {
            let Some((service, kind, at, right)) = look_alike(&text) else { continue };
            let wrong = if right == '/' { ':' } else { '/' };
            let message = format!("`{service}` writes `{kind}{right}`, not `{kind}{wrong}`");
            let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
            let fix = Fix::replace(format!("write `{right}`"), span, quote(&format!("{before}{right}{after}")));
            findings.add(Severity::Warning, span, message, "ARNs are compared as text", Some(fix));
        }
    }
}

/// Whether a leaf's strings are the beginning or the whole of what an event holds.
fn holds_strings(leaf: &Leaf) -> bool {
    !matches!(leaf.operator, Operator::Suffix(_) | Operator::Numeric(_) | Operator::Cidr(_) | Operator::Exists(_))
}

/// Service, kind, the place of the wrong separator, and the right one.
fn look_alike(text: &str) -> Option<(&'static str, &'static str, usize, char)> {
    let mut parts = text.splitn(6, ':');
    let (arn, _, service) = (parts.next()?, parts.next()?, parts.next()?);
    let resource = parts.nth(2)?;
    let (service, right, kinds) = KINDS.iter().find(|(known, ..)| arn == "arn" && *known == service)?;
    let separator = resource.find([':', '/'])?;
    let kind = kinds.iter().find(|kind| resource.get(..separator) == Some(**kind))?;
    let wrong = !resource.get(separator..)?.starts_with(*right);
    wrong.then_some((*service, *kind, text.len() - resource.len() + separator, *right))
}
