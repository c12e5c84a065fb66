//! `$or`: one of several objects must match. It is a member of an object, not of a leaf array.
//!
//! Rules: an array of two or more objects; inside, at any depth, the names of operators cannot be field names. (The
//! list holds names of operators the service does not have yet.)
//!
//! Source: pattern language, section 5.

use super::super::PatternError;
use super::super::parse::Parser;
use crate::json::Token;
use crate::text::Span;

/// The name of the member.
pub const NAME: &str = "$or";

/// Names that cannot be fields inside `$or`.
const RESERVED: [&str; 24] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];

/// The array must open.
pub(in super::super) fn open(parser: &mut Parser<'_>) -> Result<(), PatternError> {
    match parser.token()? {
        Token::StartArray => Ok(()),
        _ => Err(parser
            .refuse("EB206", "It must be an Array followed with $or.")
            .with_help("`$or` holds an array of objects: `\"$or\": [{ ... }, { ... }]`")),
    }
}

/// A field name inside `$or`.
pub(in super::super) fn check_name(parser: &Parser<'_>, name: &str, span: Span) -> Result<(), PatternError> {
    if !RESERVED.contains(&name) {
        return Ok(());
    }
    let reason = format!("{name} is Ruler reserved fieldName which cannot be used inside $or.");
    Err(parser
        .refuse("EB206", reason)
        .at(span)
        .with_help("inside `$or` stand whole objects: `{ \"field\": [{ \"prefix\": \"a\" }] }`"))
}

/// The array closes after so many objects.
pub(in super::super) fn check_branches(parser: &Parser<'_>, count: usize) -> Result<(), PatternError> {
    if count >= 2 {
        return Ok(());
    }
    let error = parser.refuse("EB206", "There must have at least 2 Objects in $or relationship.");
    Err(error.with_help("with one object, write its fields directly"))
}

/// Something else than an object inside the array.
pub(in super::super) fn not_an_object(parser: &Parser<'_>) -> PatternError {
    parser
        .refuse("EB206", "Only JSON object is allowed in array of $or relationship.")
        .with_help("`$or` chooses between fields; to choose between values, list them in the field's array")
}
