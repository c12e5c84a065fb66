//! A number against a string, a literal against its name in quotes.
//!
//! Strings and numbers never equal each other in patterns, and `numeric` sees numbers only.

use super::Miss;
use crate::event::Scalar;
use crate::json::{Number, quote};
use crate::pattern::operators::{Operator, exact::Exact};

pub(super) fn hint(miss: &Miss<'_>) -> Option<String> {
    miss.pairs().find_map(|(operator, value)| match (operator, value) {
        (Operator::Exact(Exact::Text(wanted)), Scalar::Number(found)) if wanted == found.text() => {
            Some(format!("the event has a number: write `{found}` without quotes"))
        }
        (Operator::Exact(Exact::Number(wanted)), Scalar::String(found)) if wanted.text() == &**found => {
            Some(format!("the event has a string: write `{}`", quote(found)))
        }
        (Operator::Exact(Exact::Text(wanted)), Scalar::Bool(found)) if *wanted == found.to_string() => {
            Some(format!("the event has a boolean: write `{found}` without quotes"))
        }
        (Operator::Exact(Exact::Bool(wanted)), Scalar::String(found)) if wanted.to_string() == **found => {
            Some(format!("the event has a string: write `{}`", quote(found)))
        }
        (Operator::Exact(Exact::Text(wanted)), Scalar::Null) if wanted == "null" => {
            Some("the event has null: write `null` without quotes".to_owned())
        }
        (Operator::Numeric(_), Scalar::String(found)) if Number::parse(found).is_some() => {
            Some("the event has the number as a string, and `numeric` sees only numbers".to_owned())
        }
        _ => None,
    })
}
