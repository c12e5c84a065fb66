//! `:` where the event has `/`, or the other way round: the resource part of an ARN is written in both ways.
//!
//! Texts of equal length that agree once every `/` is read as `:` are taken for the same resource.

use super::{Miss, Near};
use crate::text::Span;

pub(super) fn hint(miss: &Miss<'_>) -> Option<Near> {
    let alike = |(wanted, found, _): &(&str, &str, Span)| {
        found.starts_with("arn:") && wanted.len() == found.len() && wanted.replace('/', ":") == found.replace('/', ":")
    };
    let (_, found, span) = miss.text_pairs().find(alike)?;
    Near::new(format!("the ARNs differ only in `:` and `/`: the event has `{found}`"), span)
}
