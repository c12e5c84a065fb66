//! A string that holds JSON where an object is needed: the service does not look inside.
//!
//! The usual cause is a `Detail` that was turned into text twice.

use super::super::lookup;
use super::{Miss, Near};
use crate::json;

/// Longer texts are not tried.
const LONGEST: usize = 1 << 20;

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    if !miss.found.is_empty() {
        return None;
    }
    let (place, values, _) = lookup::nearest(miss.event.value(), miss.path);
    let (text, span) = values.iter().find_map(|value| Some((value.as_str()?, value.span)))?;
    let holds_object = text.len() <= LONGEST
        && text.trim_start().starts_with('{')
        && json::parse(text).is_ok_and(|value| value.as_object().is_some());
    let hint = match holds_object {
        true => format!("`{place}` is a string that holds JSON: patterns do not look inside strings"),
        false => format!("`{place}` is a string and has no fields"),
    };
    Near::new(hint, span)
}
