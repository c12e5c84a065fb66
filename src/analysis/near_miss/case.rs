//! The right text in the wrong case.
//!
//! Plain strings, prefixes and suffixes are compared in lower case; the hint names the operator that ignores case.

use super::{Miss, Near};
use crate::event::{Field, Scalar};
use crate::pattern::operators::{Operator, prefix::Prefix, suffix::Suffix};
use crate::text::case::lower;

/// Longer texts are not compared.
const LONGEST: usize = 10_000;

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    let fold = |text: &str| lower(text.get(..LONGEST).unwrap_or(text));
    if let Some((_, _, span)) = miss.text_pairs().find(|(wanted, found, _)| fold(wanted) == fold(found)) {
        return Near::new("only the case differs: correct it, or use `equals-ignore-case`", span);
    }
    let affix = |(operator, field): (&Operator, &Field)| match (operator, &field.value) {
        (Operator::Prefix(Prefix::Plain(wanted)), Scalar::String(found)) => {
            fold(found).starts_with(&fold(wanted)).then_some(("prefix", field.span))
        }
        (Operator::Suffix(Suffix::Plain(wanted)), Scalar::String(found)) if found.len() < LONGEST => {
            fold(found).ends_with(&fold(wanted)).then_some(("suffix", field.span))
        }
        _ => None,
    };
    let (name, span) = miss.pairs().find_map(affix)?;
    let hint = format!("only the case differs: correct it, or write `{{\"{name}\": {{\"equals-ignore-case\": ...}}}}`");
    Near::new(hint, span)
}
