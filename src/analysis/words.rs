//! The words of explanations: what was expected, what was found.
//!
//! Long values and long lists are cut: a sentence must stay one.

use super::lookup;
use crate::event::{Event, Field, Scalar};
use crate::json::{self, Kind};
use crate::pattern::operators::Leaf;

/// The longest a value is quoted, in characters.
const LONGEST: usize = 80;
/// How many values or leaves are listed.
const LISTED: usize = 5;

/// What a leaf array asks: `"a" or prefix "b"`.
pub(super) fn expected(leaves: &[Leaf]) -> String {
    list(leaves.iter().map(|leaf| leaf.operator.describe()), leaves.len(), " or ")
}

/// What satisfied a leaf array.
pub(super) fn satisfied(path: &str, found: &[&Field], matching: &[&Field]) -> String {
    match matching.first() {
        None if !found.is_empty() => format!("`{path}` is missing in the array elements that matched, as expected"),
        Some(field) => is(path, &[field]),
        None => format!("`{path}` is missing, as expected"),
    }
}

/// What the event has at a path instead of what was expected.
pub(super) fn situation(path: &str, event: &Event, found: &[&Field]) -> String {
    if !found.is_empty() {
        return is(path, found);
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
        false => format!("its {}", is(field, found)),
    }
}

fn is(path: &str, found: &[&Field]) -> String {
    let values = found.iter().map(|field| match &field.value {
        Scalar::Number(number) => number.text().to_owned(),
        Scalar::String(text) => json::quote(text),
        other => other.to_value().to_string(),
    });
    ["`", path, "` is ", &list(values, found.len(), " and ")].concat()
}

fn shorten(mut text: String) -> String {
    if text.len() > LONGEST
        && let Some((cut, _)) = text.char_indices().nth(LONGEST)
    {
        text.truncate(cut);
        text.push_str("...");
    }
    text
}

/// The first few, each shortened.
fn list(items: impl Iterator<Item = String>, count: usize, between: &str) -> String {
    let mut shown = String::new();
    for (at, item) in items.take(LISTED).enumerate() {
        if at > 0 {
            shown.push_str(between);
        }
        shown.push_str(&shorten(item));
    }
    if count > LISTED {
        shown.push_str(&format!("{between}{} more", count - LISTED));
    }
    shown
}
