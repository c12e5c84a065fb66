//! `prefix`: a string that begins with the given text.
//!
//! Compile rule: the operand is a string, or `{"equals-ignore-case": string}`; the empty string is allowed and matches
//! every string. Numbers, booleans and null never match.
//!
//! Source: pattern language, section 4.

use super::super::PatternError;
use super::super::parse::Parser;
use super::equals_ignore_case::Folded;
use super::{ONE_KEY, ValueSet, equals_ignore_case, literal, not_a_string, object, shape};
use crate::event::Scalar;
use crate::json::{Token, Value, quote};
use crate::sets::Listed as _;
use crate::sets::strings::{Step, Strings};

/// What a string must begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// This text.
    Plain(String),
    /// This text in any case.
    Folded(Folded),
}

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Prefix, PatternError> {
    let operand = match parser.token()? {
        Token::String => Prefix::Plain(parser.text()?),
        Token::StartObject => Prefix::Folded(equals_ignore_case::parse_inside(parser, "Prefix", "prefix")?),
        _ => return Err(not_a_string(parser, "prefix match pattern must be a string")),
    };
    parser.close_operator(ONE_KEY)?;
    Ok(operand)
}

impl Prefix {
    pub(super) fn test(&self, value: &Scalar) -> bool {
        match (self, value) {
            (Prefix::Plain(text), Scalar::String(found)) => found.starts_with(text.as_str()),
            (Prefix::Folded(text), Scalar::String(found)) => text.begins(found),
            _ => false,
        }
    }

    pub(super) fn value_set(&self) -> ValueSet {
        let steps = match self {
            Prefix::Plain(text) => vec![literal(text), Step::Run],
            Prefix::Folded(text) => text.steps().chain([Step::Run]).listed(),
        };
        Strings::of(vec![shape(steps)]).into()
    }

    pub(super) fn to_value(&self) -> Value {
        object(
            "prefix",
            match self {
                Prefix::Plain(text) => Value::string(text),
                Prefix::Folded(text) => text.to_value(),
            },
        )
    }

    pub(super) fn describe(&self) -> String {
        match self {
            Prefix::Plain(text) => format!("prefix {}", quote(text)),
            Prefix::Folded(text) => format!("prefix {} in any case", quote(text.text())),
        }
    }
}
