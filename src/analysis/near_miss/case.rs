//! The right text in the wrong case.
//!
//! Plain strings, prefixes and suffixes are compared in lower case; the hint names the operator that ignores case.

use super::Miss;
use crate::event::Scalar;
use crate::pattern::operators::{Operator, prefix::Prefix, suffix::Suffix};

/// Longer texts are not compared.
const LONGEST: usize = 10_000;

pub(super) fn hint(miss: &Miss<'_>) -> Option<String> {
    let fold = |text: &str| text.get(..LONGEST).unwrap_or(text).to_lowercase();
    if miss.text_pairs().any(|(wanted, found)| fold(wanted) == fold(found)) {
        return Some("only the case differs: correct it, or use `equals-ignore-case`".to_owned());
    }
    let affix = |(operator, value): (&Operator, &Scalar)| match (operator, value) {
        (Operator::Prefix(Prefix::Plain(wanted)), Scalar::String(found)) => {
            fold(found).starts_with(&fold(wanted)).then_some("prefix")
        }
        (Operator::Suffix(Suffix::Plain(wanted)), Scalar::String(found)) if found.len() < LONGEST => {
            fold(found).ends_with(&fold(wanted)).then_some("suffix")
        }
        _ => None,
    };
    let name = miss.pairs().find_map(affix)?;
    Some(format!("only the case differs: correct it, or write `{{\"{name}\": {{\"equals-ignore-case\": ...}}}}`"))
}
