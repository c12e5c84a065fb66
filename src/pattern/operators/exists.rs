//! `exists`: whether there is a value at the path at all.
//!
//! Rules: any value counts, `null` included; objects, `[]` and `{}` hold no value. `exists: false` inside an array of
//! objects is asked of the elements consistent with what was matched before it, in the order of the paths (see
//! `evaluate`).
//!
//! Source: pattern language, sections 3 and 4.

use super::super::PatternError;
use super::super::parse::Parser;
use super::{ONE_KEY, ValueSet, object};
use crate::json::{Token, Value};
use crate::sets::strings::Strings;

/// Whether a value must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exists {
    /// `true`
    Present,
    /// `false`
    Absent,
}

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Exists, PatternError> {
    let exists = match parser.token()? {
        Token::True => Exists::Present,
        Token::False => Exists::Absent,
        _ => {
            let error = parser.refuse("EB203", "exists match pattern must be either true or false.");
            return Err(error.with_help("write `true` or `false` without quotes"));
        }
    };
    parser.close_operator(ONE_KEY)?;
    Ok(exists)
}

impl Exists {
    pub(super) fn value_set(self) -> ValueSet {
        if self == Exists::Present { Strings::all().into() } else { Strings::none().into() }
    }

    pub(super) fn to_value(self) -> Value {
        object("exists", Value::boolean(self == Exists::Present))
    }

    pub(super) fn describe(self) -> String {
        match self {
            Exists::Present => "any value".to_owned(),
            Exists::Absent => "no value".to_owned(),
        }
    }
}
