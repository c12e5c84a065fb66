//! An object where a value is needed: patterns see only the values inside.
//!
//! Source: pattern language, section 4 (`exists` and all other leaves look at values only).

use super::super::lookup;
use super::Miss;

pub(super) fn hint(miss: &Miss<'_>) -> Option<String> {
    if !miss.found.is_empty() {
        return None;
    }
    let here = lookup::at(miss.event.value(), miss.path);
    let names = lookup::names(&here);
    let first = names.first()?;
    Some(format!("`{}` holds objects: name a field inside, such as `{first}`", miss.path))
}
