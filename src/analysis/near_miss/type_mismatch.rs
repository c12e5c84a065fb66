//! A number against a string, a literal against its name in quotes.
//!
//! Strings and numbers never equal each other in patterns, and `numeric` sees numbers only.

use super::{Miss, Near};
use crate::event::Scalar;
use crate::json::{Number, quote};
use crate::pattern::operators::{Operator, exact::Exact};

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    miss.pairs().find_map(|(operator, field)| match (operator, &field.value) {
        (Operator::Exact(Exact::Text(wanted)), Scalar::Number(found)) if wanted == found.text() => {
            Near::new(format!("the event has a number: write `{found}` without quotes"), field.span)
        }
        (Operator::Exact(Exact::Number(wanted)), Scalar::String(found)) if wanted.text() == &**found => {
            Near::new(format!("the event has a string: write `{}`", quote(found)), field.span)
        }
        (Operator::Exact(Exact::Text(wanted)), Scalar::Bool(found)) if *wanted == found.to_string() => {
            Near::new(format!("the event has a boolean: write `{found}` without quotes"), field.span)
        }
        (Operator::Exact(Exact::Bool(wanted)), Scalar::String(found)) if wanted.to_string() == **found => {
            Near::new(format!("the event has a string: write `{}`", quote(found)), field.span)
        }
        (Operator::Exact(Exact::Text(wanted)), Scalar::Null) if wanted == "null" => {
            Near::new("the event has null: write `null` without quotes", field.span)
        }
        (Operator::Numeric(_), Scalar::String(found)) if Number::parse(found).is_some() => {
            Near::new("the event has the number as a string, and `numeric` sees only numbers", field.span)
        }
        _ => None,
    })
}
