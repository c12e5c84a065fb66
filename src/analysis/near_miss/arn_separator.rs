//! `:` where the event has `/`, or the other way round: the resource part of an ARN is written in both ways.
//!
//! Each `/` is read as `:` on both sides; what then fits is taken for the same resource. Plain strings, prefixes,
//! suffixes and wildcards are compared: what ARNs are asked with.

use super::{Miss, Near};
use crate::event::{Field, Scalar};
use crate::pattern::operators::{Operator, exact::Exact, prefix::Prefix, suffix::Suffix};
use crate::sets::{Listed as _, glob};

/// Longer texts are not ARNs.
const LONGEST: usize = 2048;

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    miss.pairs().find_map(|(operator, field)| near(operator, field))
}

fn near(operator: &Operator, field: &Field) -> Option<Near> {
    let Scalar::String(found) = &field.value else { return None };
    if !found.starts_with("arn:") || found.len() > LONGEST {
        return None;
    }
    let same = |wanted: &str, found: &str| wanted.len() == found.len() && plain(wanted) == plain(found);
    let hint = match operator {
        Operator::Exact(Exact::Text(wanted) | Exact::Exactly(wanted)) if same(wanted, found) => {
            format!("the ARNs differ only in `:` and `/`: the event has `{found}`")
        }
        Operator::Prefix(Prefix::Plain(wanted)) => {
            let start = found.get(..wanted.len()).filter(|start| same(wanted, start))?;
            format!("the ARNs differ only in `:` and `/`: the event's begins with `{start}`")
        }
        Operator::Suffix(Suffix::Plain(wanted)) => {
            let end = found.get(found.len().checked_sub(wanted.len())?..).filter(|end| same(wanted, end))?;
            format!("the ARNs differ only in `:` and `/`: the event's ends with `{end}`")
        }
        Operator::Wildcard(wanted) if wanted.text().len() <= LONGEST => {
            let pieces: Vec<String> = wanted.pieces().iter().map(|piece| plain(piece)).listed();
            if !glob::pieces_match(&pieces, &plain(found)) {
                return None;
            }
            format!("the ARNs differ only in `:` and `/`: the event has `{found}`")
        }
        _ => return None,
    };
    Near::new(hint, field.span)
}

fn plain(text: &str) -> String {
    text.replace('/', ":")
}
