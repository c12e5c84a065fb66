//! What every event on a bus has: which fields, and what stands in them.
//!
//! Beside `detail` an event has the fields of [`NAMES`] and no others; all hold strings, `detail` holds an object, and
//! `account` twelve digits. From that follows of some leaves that they match always or never; of all others nothing is
//! claimed.
//!
//! Source: service documentation (event structure), pattern language section 4.

use crate::json::{Kind, Value};
use crate::pattern::operators::exact::Exact;
use crate::pattern::operators::exists::Exists;
use crate::pattern::operators::prefix::Prefix;
use crate::pattern::operators::suffix::Suffix;
use crate::pattern::operators::{Leaf, Operator};

/// The fields of an event. `replay-name` is there only when an archive is replayed.
pub(in super::super) const NAMES: [&str; 10] =
    ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name"];

/// How many digits an account has.
const ACCOUNT: usize = 12;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Known {
    /// A string of the envelope.
    Text(&'static str, Presence, Format),
    /// The object `detail`, which has fields and no value of its own.
    Object,
    /// Below a string of the envelope, where there is nothing.
    Below(&'static str),
    /// Inside `detail`: anything.
    Inside,
    /// A field that no event has.
    Outside,
}

/// Whether a field of the envelope always holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Presence {
    Always,
    Sometimes,
}

/// What is known of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Format {
    Any,
    Account,
}

/// How often a leaf matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Always,
    Never,
    /// Nothing is claimed.
    Open,
}

/// What stands at a dotted path.
pub(in super::super) fn known(path: &str) -> Known {
    let (first, below) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Some(name) = NAMES.into_iter().find(|name| *name == first) else { return Known::Outside };
    match (name, below) {
        ("detail", None) => Known::Object,
        ("detail", Some(_)) => Known::Inside,
        (_, Some(_)) => Known::Below(name),
        ("account", None) => Known::Text(name, Presence::Always, Format::Account),
        ("resources" | "replay-name", None) => Known::Text(name, Presence::Sometimes, Format::Any),
        (_, None) => Known::Text(name, Presence::Always, Format::Any),
    }
}

/// How often a leaf matches what stands at a path.
pub(super) fn fate(known: &Known, operator: &Operator) -> Fate {
    match known {
        Known::Inside | Known::Outside => Fate::Open,
        Known::Object if operator.accepts_absence() => Fate::Always,
        // An event could hold no `x` below `source`, but asking for that is not asking for nothing.
        Known::Below(_) if operator.accepts_absence() => Fate::Open,
        Known::Object | Known::Below(_) => Fate::Never,
        Known::Text(_, presence, format) => text_fate(*presence, *format, operator),
    }
}

fn text_fate(presence: Presence, format: Format, operator: &Operator) -> Fate {
    let always = if presence == Presence::Always { Fate::Always } else { Fate::Open };
    let open_if = |possible: bool| if possible { Fate::Open } else { Fate::Never };
    match operator {
        Operator::Exists(Exists::Present) => always,
        Operator::Exists(Exists::Absent) => open_if(presence == Presence::Sometimes),
        Operator::Exact(Exact::Number(_) | Exact::Bool(_) | Exact::Null) | Operator::Numeric(_) => Fate::Never,
        operator if is_any_string(operator) => always,
        _ if format == Format::Any => Fate::Open,
        Operator::Exact(Exact::Text(text) | Exact::Exactly(text) | Exact::Ip(text, _)) => open_if(is_account(text)),
        Operator::EqualsIgnoreCase(text) => open_if(is_account(text.text())),
        Operator::Prefix(Prefix::Plain(text)) | Operator::Suffix(Suffix::Plain(text)) => open_if(is_part(text)),
        Operator::Prefix(Prefix::Folded(text)) | Operator::Suffix(Suffix::Folded(text)) => {
            open_if(is_part(text.text()))
        }
        Operator::Wildcard(wildcard) => {
            let text = wildcard.text();
            let literal: String = text.chars().filter(|c| *c != '*').collect();
            open_if(if text.contains('*') { is_part(&literal) } else { is_account(text) })
        }
        Operator::AnythingBut(_) => match refused_strings(operator) {
            Some(texts) if !texts.iter().any(|text| is_account(text)) => Fate::Always,
            _ => Fate::Open,
        },
        Operator::Cidr(_) => Fate::Never,
    }
}

/// Whether a leaf array is met by every event, so that it could as well not be there.
pub(super) fn is_always(known: &Known, leaves: &[Leaf]) -> bool {
    let has = |wanted: Exists| leaves.iter().any(|leaf| leaf.operator == Operator::Exists(wanted));
    let both = *known != Known::Outside && has(Exists::Present) && has(Exists::Absent);
    both || leaves.iter().any(|leaf| fate(known, &leaf.operator) == Fate::Always)
}

/// Whether a leaf matches every string.
pub(super) fn is_any_string(operator: &Operator) -> bool {
    match operator {
        Operator::Prefix(Prefix::Plain(text)) | Operator::Suffix(Suffix::Plain(text)) => text.is_empty(),
        Operator::Prefix(Prefix::Folded(text)) | Operator::Suffix(Suffix::Folded(text)) => text.text().is_empty(),
        Operator::Wildcard(wildcard) => wildcard.text() == "*",
        Operator::AnythingBut(_) => {
            let items = refused(operator);
            !items.is_empty() && items.iter().all(|item| item.as_number().is_some())
        }
        Operator::Exists(exists) => *exists == Exists::Present,
        Operator::Exact(_) | Operator::EqualsIgnoreCase(_) | Operator::Numeric(_) | Operator::Cidr(_) => false,
    }
}

/// The strings that a plain `anything-but` refuses; none when it refuses something else.
pub(super) fn refused_strings(operator: &Operator) -> Option<Vec<String>> {
    let items = refused(operator);
    let texts: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
    texts.filter(|texts| !texts.is_empty())
}

/// The operands of a plain `anything-but`; empty for everything else.
fn refused(operator: &Operator) -> Vec<Value> {
    if !matches!(operator, Operator::AnythingBut(_)) {
        return Vec::new();
    }
    match operator.to_value().get("anything-but").map(|operand| operand.kind.clone()) {
        Some(Kind::Array(items)) => items,
        Some(Kind::String(text)) => vec![Value::string(text)],
        Some(Kind::Number(number)) => vec![Value::number(number)],
        _ => Vec::new(),
    }
}

fn is_account(text: &str) -> bool {
    text.len() == ACCOUNT && is_part(text)
}

/// Whether an account can hold the text.
fn is_part(text: &str) -> bool {
    text.len() <= ACCOUNT && text.bytes().all(|byte| byte.is_ascii_digit())
}
