//! The words of explanations: what was expected, what was found.
//!
//! Long values and long lists are cut: a sentence must stay one.

use super::lookup;
use crate::event::{Event, Field};
use crate::json::{Kind, Value};
use crate::pattern::operators::Leaf;
use crate::sets::Listed as _;

/// The longest a value is quoted, in characters.
const LONGEST: usize = 80;
/// How many values or leaves are listed.
const LISTED: usize = 5;

/// What a leaf array asks: `"a" or prefix "b"`.
pub(super) fn expected(leaves: &[Leaf]) -> String {
    list(leaves.iter().map(|leaf| shorten(leaf.operator.describe())), leaves.len(), " or ")
}

/// What satisfied a leaf array.
pub(super) fn satisfied(path: &str, found: &[&Field], matching: &[&Field]) -> String {
    match matching.first() {
        None if !found.is_empty() => format!("`{path}` is missing in the array elements that matched, as expected"),
        Some(field) => format!("`{path}` is {}", quoted(&field.value.to_value())),
        None => format!("`{path}` is missing, as expected"),
    }
}

/// What the event has at a path instead of what was expected.
pub(super) fn situation(path: &str, event: &Event, found: &[&Field]) -> String {
    if !found.is_empty() {
        let values = found.iter().map(|field| quoted(&field.value.to_value()));
        return format!("`{path}` is {}", list(values, found.len(), " and "));
    }
    match lookup::at(event.value(), path).first().map(|value| &value.kind) {
        Some(Kind::Object(members)) if members.is_empty() => format!("`{path}` is an empty object"),
        Some(Kind::Object(_)) => format!("`{path}` is an object"),
        Some(Kind::Array(items)) if items.is_empty() => format!("`{path}` is an empty array"),
        Some(Kind::Array(_)) => format!("`{path}` is an array without values"),
        _ => format!("`{path}` is missing"),
    }
}

/// What an array element has in a field, instead of what was expected.
pub(super) fn inside(field: &str, found: &[&Field]) -> String {
    match found.is_empty() {
        true => format!("it has no `{field}`"),
        false => {
            let values = found.iter().map(|field| quoted(&field.value.to_value()));
            format!("its `{field}` is {}", list(values, found.len(), " and "))
        }
    }
}

fn quoted(value: &Value) -> String {
    shorten(value.to_string())
}

fn shorten(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}...", text.get(..cut).unwrap_or("")),
        None => text,
    }
}

fn list(items: impl Iterator<Item = String>, count: usize, between: &str) -> String {
    let mut shown: Vec<String> = items.take(LISTED).listed();
    if count > LISTED {
        shown.push(format!("{} more", count - LISTED));
    }
    shown.join(between)
}
