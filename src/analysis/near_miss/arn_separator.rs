//! `:` where the event has `/`, or the other way round: the resource part of an ARN is written in both ways.
//!
//! Texts of equal length that agree once every `/` is read as `:` are taken for the same resource.

use super::Miss;

pub(super) fn hint(miss: &Miss<'_>) -> Option<String> {
    let alike = |(wanted, found): &(&str, &str)| {
        found.starts_with("arn:") && wanted.len() == found.len() && wanted.replace('/', ":") == found.replace('/', ":")
    };
    miss.text_pairs()
        .find(alike)
        .map(|(_, found)| format!("the ARNs differ only in `:` and `/`: the event has `{found}`"))
}
