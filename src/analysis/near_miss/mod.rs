//! Near misses: the usual reasons why an event nearly matches, one a file.
//!
//! Each looks at one leaf array that failed and gives a hint or nothing; the first hint wins, so the surest come first.

mod arn_separator;
mod case;
mod elsewhere;
mod json_text;
mod object;
mod sibling;
mod type_mismatch;

use crate::event::{Event, Field, Scalar};
use crate::pattern::operators::{Leaf, Operator, exact::Exact};
use crate::text::Span;

/// A leaf array that failed.
pub(super) struct Miss<'a> {
    pub(super) path: &'a str,
    pub(super) leaves: &'a [Leaf],
    /// The values at the path, the likeliest first.
    pub(super) found: &'a [&'a Field],
    pub(super) event: &'a Event,
}

/// What is probably wrong with the event or the pattern.
pub(super) struct Near {
    /// The words.
    pub(super) hint: String,
    /// What in the event they speak of.
    pub(super) span: Span,
}

impl Near {
    fn new(hint: impl Into<String>, span: Span) -> Option<Near> {
        Some(Near { hint: hint.into(), span })
    }
}

/// How many pairs of a leaf and a value are compared.
const COMPARED: usize = 1000;

/// What is probably wrong.
pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    let looks = [
        object::hint,
        json_text::hint,
        sibling::hint,
        elsewhere::hint,
        type_mismatch::hint,
        case::hint,
        arn_separator::hint,
    ];
    looks.iter().find_map(|look| look(miss))
}

impl<'a> Miss<'a> {
    /// Each leaf with each value, as far as it is worth looking.
    fn pairs(&self) -> impl Iterator<Item = (&'a Operator, &'a Field)> {
        let found = self.found;
        let pair = move |leaf: &'a Leaf| found.iter().map(move |field| (&leaf.operator, *field));
        self.leaves.iter().flat_map(pair).take(COMPARED)
    }

    /// The plain strings among the leaves with the strings found, and where these stand.
    fn text_pairs(&self) -> impl Iterator<Item = (&'a str, &'a str, Span)> {
        self.pairs().filter_map(|(operator, field)| match (operator, &field.value) {
            (Operator::Exact(Exact::Text(wanted) | Exact::Exactly(wanted)), Scalar::String(found)) => {
                Some((wanted.as_str(), &**found, field.span))
            }
            _ => None,
        })
    }
}
