//! Finding what stands at a dotted path of an event, objects and arrays included.
//!
//! Names may hold dots and arrays do not extend the path, so there can be several answers; the search is bounded.

use crate::json::{Kind, Value};
use crate::text::Span;

/// How many values are looked at.
const BOUND: usize = 100_000;

/// The values at a path in the order of the text; an array itself, not its elements, when the path ends there.
pub(super) fn at<'a>(root: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    let mut open = vec![(root, Some(path))];
    let mut looked = 0;
    while let Some((value, rest)) = open.pop() {
        looked += 1;
        if looked > BOUND {
            break;
        }
        let Some(rest) = rest else {
            found.push(value);
            continue;
        };
        match &value.kind {
            Kind::Array(items) => open.extend(items.iter().rev().map(|item| (item, Some(rest)))),
            Kind::Object(members) => {
                for member in members.iter().rev() {
                    match rest.strip_prefix(member.name.as_str()) {
                        Some("") => open.push((&member.value, None)),
                        Some(below) => {
                            if let Some(below) = below.strip_prefix('.') {
                                open.push((&member.value, Some(below)));
                            }
                        }
                        None => {}
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The longest beginning of a path at which something stands, what stands there, and the rest of the path.
pub(super) fn nearest<'a, 'p>(root: &'a Value, path: &'p str) -> (&'p str, Vec<&'a Value>, &'p str) {
    for (dot, _) in path.rmatch_indices('.').take(64) {
        let (before, after) = (path.get(..dot).unwrap_or(""), path.get(dot + 1..).unwrap_or(""));
        let found = at(root, before);
        if !found.is_empty() {
            return (before, found, after);
        }
    }
    ("", vec![root], path)
}

/// The names of the members of these values and where they stand, array elements included.
pub(super) fn names<'a>(values: &[&'a Value]) -> Vec<(&'a str, Span)> {
    let mut names = Vec::new();
    let mut open: Vec<&Value> = values.to_vec();
    while let Some(value) = open.pop() {
        match &value.kind {
            Kind::Array(items) => open.extend(items.iter().take(100)),
            Kind::Object(members) => {
                names.extend(members.iter().map(|member| (member.name.as_str(), member.name_span)))
            }
            _ => {}
        }
        if names.len() > 1000 {
            break;
        }
    }
    names
}
