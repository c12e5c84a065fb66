//! A missing field beside one of a similar name: `detailType` and `detail-type`.
//!
//! Names are compared where the path leaves the event: at the deepest part of it that exists.

use super::super::lookup;
use super::{Miss, Near};
use crate::text::did_you_mean;

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    if !miss.found.is_empty() {
        return None;
    }
    let (place, values, rest) = lookup::nearest(miss.event.value(), miss.path);
    let names = lookup::names(&values);
    let wanted = rest.split('.').next().unwrap_or(rest);
    if names.iter().any(|(name, _)| *name == rest || *name == wanted) {
        return None;
    }
    let similar = did_you_mean(wanted, names.iter().map(|(name, _)| *name))?;
    let (_, span) = names.iter().find(|(name, _)| *name == similar)?;
    let holder = if place.is_empty() { "the event".to_owned() } else { format!("`{place}`") };
    Near::new(format!("{holder} has no `{wanted}` but `{similar}`"), *span)
}
