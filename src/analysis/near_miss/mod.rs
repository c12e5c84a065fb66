//! Near misses: the usual reasons why an event nearly matches, one a file.
//!
//! Each looks at one leaf array that failed and gives a hint or nothing; the first hint wins, so the surest come first.

mod arn_separator;
mod case;
mod json_text;
mod object;
mod sibling;
mod type_mismatch;

use crate::event::{Event, Field, Scalar};
use crate::pattern::operators::{Leaf, Operator, exact::Exact};

/// A leaf array that failed.
pub(super) struct Miss<'a> {
    pub(super) path: &'a str,
    pub(super) leaves: &'a [Leaf],
    /// The values at the path.
    pub(super) found: &'a [&'a Field],
    pub(super) event: &'a Event,
}

/// How many pairs of a leaf and a value are compared.
const COMPARED: usize = 1000;

/// What is probably wrong.
pub(super) fn hint(miss: &Miss<'_>) -> Option<String> {
    [object::hint, json_text::hint, sibling::hint, type_mismatch::hint, case::hint, arn_separator::hint]
        .iter()
        .find_map(|look| look(miss))
}

impl<'a> Miss<'a> {
    /// Each leaf with each value, as far as it is worth looking.
    fn pairs(&self) -> impl Iterator<Item = (&'a Operator, &'a Scalar)> {
        let found = self.found;
        let pair = move |leaf: &'a Leaf| found.iter().map(move |field| (&leaf.operator, &field.value));
        self.leaves.iter().flat_map(pair).take(COMPARED)
    }

    /// The plain strings among the leaves with the strings found.
    fn text_pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.pairs().filter_map(|(operator, value)| match (operator, value) {
            (Operator::Exact(Exact::Text(wanted) | Exact::Exactly(wanted)), Scalar::String(found)) => {
                Some((wanted.as_str(), &**found))
            }
            _ => None,
        })
    }
}
