//! The field stands elsewhere: `state` is asked for at the top and the event has `detail.state`.
//!
//! A field of the same last name that has what is wanted is surely meant, wherever it stands. One that has another value
//! is named only if the whole path asked for is the end of its own, and no other field is so: names such as `id` and
//! `name` stand in many places.

use super::super::lookup;
use super::{COMPARED, Miss, Near};
use crate::event::Field;
use crate::pattern::operators::Operator;
use crate::sets::Listed as _;

/// How many values are looked at.
const LOOKED: usize = 10_000;
/// How many paths are spelt out.
const SPELT: usize = 20;

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    if !miss.found.is_empty() || !lookup::at(miss.event.value(), miss.path).is_empty() {
        return None;
    }
    let name = miss.path.rsplit('.').next().unwrap_or(miss.path);
    let named = miss.event.fields().iter().take(LOOKED).filter(|field| miss.event.is_named(field, name));
    let named: Vec<&Field> = named.take(COMPARED).listed();
    let field = named.iter().copied().find(|field| has_what_is_wanted(miss, field)).or_else(|| only(miss, &named))?;
    Near::new(format!("the field stands elsewhere: `{}`", miss.event.path(field)), field.span)
}

/// Leaves that nearly every value satisfies say nothing.
fn has_what_is_wanted(miss: &Miss<'_>, field: &Field) -> bool {
    let says_much = |operator: &Operator| !matches!(operator, Operator::Exists(_) | Operator::AnythingBut(_));
    let mut operators = miss.leaves.iter().take(SPELT).map(|leaf| &leaf.operator);
    operators.any(|operator| says_much(operator) && operator.test(&field.value))
}

/// The first of the fields whose path ends with the path asked for, if they all have the same path.
fn only<'a>(miss: &Miss<'_>, named: &[&'a Field]) -> Option<&'a Field> {
    let end = format!(".{}", miss.path);
    let paths = named.iter().take(SPELT).map(|field| (*field, miss.event.path(field)));
    let mut ending = paths.filter(|(_, path)| path.ends_with(&end));
    let (first, path) = ending.next()?;
    ending.all(|(_, other)| other == path).then_some(first)
}
