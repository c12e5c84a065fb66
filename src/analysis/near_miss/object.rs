//! An object where a value is needed: patterns see only the values inside.
//!
//! Source: pattern language, section 4 (`exists` and all other leaves look at values only).

use super::super::lookup;
use super::{Miss, Near};

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    if !miss.found.is_empty() {
        return None;
    }
    let here = lookup::at(miss.event.value(), miss.path);
    let (first, _) = lookup::names(&here).into_iter().next()?;
    let hint = format!("`{}` holds objects: name a field inside, such as `{first}`", miss.path);
    Near::new(hint, here.first()?.span)
}
