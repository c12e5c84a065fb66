//! Plain values: strings, numbers, `true`, `false`, `null`; and `exactly`, the same for a string without IP spelling.
//!
//! A string leaf that spells an IP address matches every spelling of that address. A number leaf matches equal
//! comparable numbers, and any number of the same text. Strings, numbers and literals never equal each other.
//!
//! Source: pattern language, sections 4, 6 and 7.

use super::super::PatternError;
use super::super::number::Comparable;
use super::super::parse::Parser;
use super::super::predicates::Predicate;
use super::{ValueSet, literal, object, shape, string_operand};
use crate::event::Scalar;
use crate::json::{Number, Token, Value, quote};
use crate::sets::ip::{Address, Network};
use crate::sets::strings::{Shape, Strings};

/// A value to be equal to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exact {
    /// A string that is no IP address.
    Text(String),
    /// A string that is an IP address: any spelling matches.
    Ip(String, Address),
    /// `{"exactly": string}`
    Exactly(String),
    /// A number.
    Number(Number),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
}

/// Reads a plain value whose token is current.
pub(super) fn parse_value(parser: &mut Parser<'_>, token: Token) -> Result<Exact, PatternError> {
    Ok(match token {
        Token::True => Exact::Bool(true),
        Token::False => Exact::Bool(false),
        Token::Number => Exact::Number(Number::trusted(parser.text()?)),
        Token::String => {
            let text = parser.text()?;
            match Address::parse(&text) {
                Some(address) => Exact::Ip(text, address),
                None => Exact::Text(text),
            }
        }
        _ => Exact::Null,
    })
}

/// Reads the operand of `exactly`.
pub(super) fn parse_exactly(parser: &mut Parser<'_>) -> Result<Exact, PatternError> {
    string_operand(parser, "exact match pattern must be a string").map(Exact::Exactly)
}

impl Exact {
    pub(super) fn test(&self, value: &Scalar) -> bool {
        match (self, value) {
            (Exact::Text(wanted) | Exact::Exactly(wanted), Scalar::String(found)) => **wanted == **found,
            (Exact::Ip(wanted, address), Scalar::String(found)) => {
                **wanted == **found || Address::parse(found) == Some(*address)
            }
            (Exact::Number(wanted), Scalar::Number(found)) => equal(wanted, found),
            (Exact::Bool(wanted), Scalar::Bool(found)) => wanted == found,
            (Exact::Null, Scalar::Null) => true,
            _ => false,
        }
    }

    pub(super) fn value_set(&self) -> ValueSet {
        match self {
            Exact::Text(text) | Exact::Exactly(text) => Strings::of(vec![shape(vec![literal(text)])]).into(),
            Exact::Ip(_, address) => Strings::of(vec![Shape::Address(Network::only(*address))]).into(),
            Exact::Number(number) => ValueSet { strings: Strings::none(), numbers: vec![number.clone()] },
            Exact::Bool(_) | Exact::Null => Strings::none().into(),
        }
    }

    pub(super) fn predicate(&self) -> Predicate<'_> {
        match self {
            Exact::Text(text) | Exact::Exactly(text) => Predicate::Text(text),
            // Equal texts are equal addresses, so the address says it all.
            Exact::Ip(_, address) => Predicate::Address(*address),
            Exact::Number(number) => {
                Predicate::Number(Comparable::of(number.text()).map(Comparable::get), number.text())
            }
            Exact::Bool(value) => Predicate::Bool(*value),
            Exact::Null => Predicate::Null,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Exact::Text(text) | Exact::Ip(text, _) => Value::string(text),
            Exact::Exactly(text) => object("exactly", Value::string(text)),
            Exact::Number(number) => Value::number(number.clone()),
            Exact::Bool(value) => Value::boolean(*value),
            Exact::Null => Value::null(),
        }
    }

    pub(super) fn describe(&self) -> String {
        match self {
            Exact::Exactly(text) => quote(text),
            other => other.to_value().to_string(),
        }
    }
}

/// Whether two numbers are equal to the service.
pub(super) fn equal(a: &Number, b: &Number) -> bool {
    a == b || Comparable::of(a.text()).is_some_and(|a| Some(a) == Comparable::of(b.text()))
}
