//! Changes of a pattern's text that fixes are made of.
//!
//! They work on the text between two tokens, where there are only blanks, one comma and brackets; so a member or an item
//! goes with its comma, and the layout of all the rest stays.

use crate::diagnostics::Edit;
use crate::json::{self, Kind, Value};
use crate::pattern::operators::Leaf;
use crate::text::Span;

/// The edit that takes a member of an object, or an item of an array, out of its list.
pub(super) fn remove(text: &str, item: Span) -> Edit {
    let (start, end) = (item.start as usize, item.end as usize);
    let after = text.get(end..).unwrap_or("");
    let before = text.get(..start).unwrap_or("");
    let span = match after.trim_start().strip_prefix(',') {
        // What follows takes its place.
        Some(rest) => Span::new(start, text.len() - rest.trim_start().len()),
        None => match before.trim_end().strip_suffix(',') {
            Some(rest) => Span::new(rest.len(), end),
            None => item,
        },
    };
    Edit { span, new_text: String::new() }
}

/// A replacement.
pub(super) fn replace(span: Span, new_text: impl Into<String>) -> Edit {
    Edit { span, new_text: new_text.into() }
}

/// The strings in the text of a leaf with their places, names left aside. Reads the leaf once more.
pub(super) fn strings(text: &str, leaf: &Leaf) -> Vec<(Span, String)> {
    let start = leaf.span.start as usize;
    let Ok(value) = json::parse_prefix(leaf.span.of(text)) else { return Vec::new() };
    let moved = |span: Span| Span::new(span.start as usize + start, span.end as usize + start);
    let mut strings = Vec::new();
    let mut open: Vec<&Value> = vec![&value];
    while let Some(value) = open.pop() {
        match &value.kind {
            Kind::String(found) => strings.push((moved(value.span), found.to_string())),
            Kind::Array(items) => open.extend(items.iter().rev()),
            Kind::Object(members) => open.extend(members.iter().rev().map(|member| &member.value)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        }
    }
    strings
}
