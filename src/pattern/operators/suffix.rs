//! `suffix`: a string that ends with the given text.
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

/// What a string must end with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suffix {
    /// This text.
    Plain(String),
    /// This text in any case.
    Folded(Folded),
}

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Suffix, PatternError> {
    let operand = match parser.token()? {
        Token::String => Suffix::Plain(parser.text()?),
        Token::StartObject => Suffix::Folded(equals_ignore_case::parse_inside(parser, "Suffix", "suffix")?),
        _ => return Err(not_a_string(parser, "suffix match pattern must be a string")),
    };
    parser.close_operator(ONE_KEY)?;
    Ok(operand)
}

impl Suffix {
    pub(super) fn test(&self, value: &Scalar) -> bool {
        match (self, value) {
            (Suffix::Plain(text), Scalar::String(found)) => found.ends_with(text.as_str()),
            (Suffix::Folded(text), Scalar::String(found)) => text.ends(found),
            _ => false,
        }
    }

    pub(super) fn value_set(&self) -> ValueSet {
        let steps = match self {
            Suffix::Plain(text) => vec![Step::Run, literal(text)],
            Suffix::Folded(text) => std::iter::once(Step::Run).chain(text.steps()).listed(),
        };
        Strings::of(vec![shape(steps)]).into()
    }

    pub(super) fn to_value(&self) -> Value {
        object(
            "suffix",
            match self {
                Suffix::Plain(text) => Value::string(text),
                Suffix::Folded(text) => text.to_value(),
            },
        )
    }

    pub(super) fn describe(&self) -> String {
        match self {
            Suffix::Plain(text) => format!("suffix {}", quote(text)),
            Suffix::Folded(text) => format!("suffix {} in any case", quote(text.text())),
        }
    }
}
