//! Values that look real: by the name of the field, and made from what the leaves themselves spell.
//!
//! They are only proposals: each is tried on the leaves, and where none fits the search goes on without them.

use crate::event::Scalar;
use crate::json::{Kind, Number, Value};
use crate::pattern::operators::prefix::Prefix;
use crate::pattern::operators::suffix::Suffix;
use crate::pattern::operators::{Leaf, Operator};
use std::rc::Rc;

/// What stands in a field that these words end, as JSON.
const BY_NAME: [(&str, &[&str]); 22] = [
    ("version", &["0", "1"]),
    ("detail-type", &["Example Event", "Other Event"]),
    ("source", &["com.example.shop", "com.example.billing"]),
    ("account", &["123456789012", "210987654321"]),
    ("accountid", &["123456789012", "210987654321"]),
    ("region", &["us-east-1", "eu-west-1"]),
    ("time", &["2026-01-01T00:00:00Z", "2026-06-15T12:30:00Z"]),
    ("date", &["2026-01-01", "2026-06-15"]),
    ("resources", &["arn:aws:s3:::example-bucket", "arn:aws:s3:::other-bucket"]),
    ("arn", &["arn:aws:iam::123456789012:user/alice", "arn:aws:iam::123456789012:user/bob"]),
    ("username", &["alice", "bob"]),
    ("email", &["alice@example.com", "bob@example.com"]),
    ("state", &["running", "stopped"]),
    ("status", &["completed", "pending"]),
    ("sourceipaddress", &["198.51.100.7", "203.0.113.9"]),
    ("ip", &["198.51.100.7", "203.0.113.9"]),
    ("bucketname", &["example-bucket", "other-bucket"]),
    ("key", &["example/file.txt", "other/file.txt"]),
    ("id", &["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]),
    ("url", &["https://example.com/", "https://example.org/"]),
    ("currency", &["EUR", "USD"]),
    ("name", &["example", "other"]),
];

/// Fields that hold numbers.
const NUMBERS: [&str; 9] = ["count", "amount", "total", "size", "price", "quantity", "number", "age", "limit"];

/// Proposals for a field, best first.
pub(super) fn proposals<'a>(path: &str, leaves: impl Iterator<Item = &'a Leaf>) -> Vec<Scalar> {
    let mut proposals = Vec::new();
    leaves.for_each(|leaf| from_leaf(&leaf.operator, &mut proposals));
    let name = path.rsplit('.').next().unwrap_or(path).to_ascii_lowercase();
    if NUMBERS.iter().any(|known| name.ends_with(known)) {
        proposals.extend(["42", "7"].map(number));
    }
    match BY_NAME.iter().find(|(known, _)| name.ends_with(known)) {
        Some((_, texts)) => proposals.extend(texts.iter().map(|value| text(value))),
        None => proposals.extend(["example", "other"].map(text)),
    }
    proposals.extend(["1", "42", "100", "0"].map(number));
    proposals.extend([Scalar::Bool(true), Scalar::Bool(false), Scalar::Null]);
    proposals
}

fn text(text: &str) -> Scalar {
    Scalar::String(text.into())
}

fn number(text: &str) -> Scalar {
    Scalar::Number(Number::trusted(text.to_owned()))
}

fn from_leaf(operator: &Operator, proposals: &mut Vec<Scalar>) {
    match operator {
        Operator::Exact(_) => {
            let value = operator.to_value();
            proposals.extend(scalar(value.get("exactly").unwrap_or(&value)));
        }
        Operator::EqualsIgnoreCase(folded) => proposals.push(text(folded.text())),
        Operator::Prefix(Prefix::Plain(prefix)) => proposals.push(text(&format!("{prefix}{}", tail(prefix)))),
        Operator::Prefix(Prefix::Folded(prefix)) => {
            proposals.push(text(&format!("{}{}", prefix.text(), tail(prefix.text()))));
        }
        Operator::Suffix(Suffix::Plain(suffix)) => proposals.push(text(&format!("example{suffix}"))),
        Operator::Suffix(Suffix::Folded(suffix)) => proposals.push(text(&format!("example{}", suffix.text()))),
        Operator::Wildcard(wildcard) => {
            proposals.push(text(&wildcard.pieces().join("example")));
            proposals.push(text(&wildcard.pieces().join("1")));
        }
        Operator::Numeric(_) | Operator::Exists(_) | Operator::Cidr(_) | Operator::AnythingBut(_) => {}
    }
}

/// Something to follow a prefix: digits behind digits.
fn tail(prefix: &str) -> &'static str {
    if prefix.ends_with(|c: char| c.is_ascii_digit()) { "1" } else { "example" }
}

/// A JSON value without parts.
pub(super) fn scalar(value: &Value) -> Option<Scalar> {
    Some(match &value.kind {
        Kind::Null => Scalar::Null,
        Kind::Bool(value) => Scalar::Bool(*value),
        Kind::Number(number) => Scalar::Number(number.clone()),
        Kind::String(text) => Scalar::String(Rc::clone(text)),
        Kind::Array(_) | Kind::Object(_) => return None,
    })
}
