//! Sorting with little code: one merge sort over indexes, for all types.
//!
//! The standard sorts are faster, but each type and comparison that uses them costs kilobytes of wasm, and the engine has a
//! size budget. Here only the last step, putting items in their order, is made anew for each type. Stable; n log n.

use crate::sets::Listed as _;

use std::cmp::Ordering;

/// Sorts items by a comparison. Equal items keep their order.
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() <= FEW {
        return insert_each(items, &mut compare);
    }
    let order = order(items.len(), &mut |one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut old: Vec<Option<T>> = items.drain(..).map(Some).listed();
    items.extend(order.into_iter().filter_map(|index| old.get_mut(index)?.take()));
}

/// So many are sorted in place.
const FEW: usize = 12;

/// Moves each item before the greater ones in front of it: no memory, and nothing to do when all are in order.
fn insert_each<T>(items: &mut [T], compare: &mut dyn FnMut(&T, &T) -> Ordering) {
    for end in 1..items.len() {
        for at in (1..=end).rev() {
            match items.get(at - 1..=at) {
                Some([one, other]) if compare(one, other) == Ordering::Greater => items.swap(at - 1, at),
                _ => break,
            }
        }
    }
}

/// The indexes below `len` in the order of a comparison.
fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..len).listed();
    let mut width = 1;
    while width < len {
        let mut to = Vec::with_capacity(len);
        for pair in from.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            while let (Some(one), Some(other)) = (left.first(), right.first()) {
                let side = if compare(*one, *other) == Ordering::Greater { &mut right } else { &mut left };
                if let Some((first, rest)) = side.split_first() {
                    to.push(*first);
                    *side = rest;
                }
            }
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        from = to;
        width *= 2;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::sort_by;

    #[test]
    fn items_come_in_order_and_equal_ones_keep_theirs() {
        for len in 0..70u32 {
            let mut items: Vec<(u32, u32)> = (0..len).map(|index| (index * 37 % 11, index)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by(&mut items, |one, other| one.0.cmp(&other.0));
            assert_eq!(items, expected);
        }
    }
}
