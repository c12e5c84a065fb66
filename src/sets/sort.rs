//! Sorting with little code: one merge sort over indexes, for all types.
//!
//! The standard sorts are faster, but each type and comparison that uses them costs kilobytes of wasm, and the engine has a
//! size budget. Here only the last step, swapping items, is made anew for each type. Stable; n log n.

use std::cmp::Ordering;

/// Sorts items by a comparison. Equal items keep their order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &mut |one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    swaps.into_iter().for_each(|(one, other)| items.swap(one, other));
}

/// What is to be swapped, one after the other, to bring items in order.
fn swaps(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    if (1..len).all(|at| compare(at - 1, at).is_le()) {
        return Vec::new();
    }
    let mut order = order(len, compare);
    let mut swaps = Vec::with_capacity(len);
    for place in 0..len {
        // Items move along a circle of places until the last of it stands where the first one was.
        let mut at = place;
        while let Some(slot) = order.get_mut(at) {
            let from = std::mem::replace(slot, at);
            if from == place || from == at {
                break;
            }
            swaps.push((at, from));
            at = from;
        }
    }
    swaps
}

/// Up to so many items are put in their places one by one.
const FEW: usize = 12;

/// The indexes below `len` in the order of a comparison.
fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from = Vec::with_capacity(len);
    from.extend(0..len);
    if len <= FEW {
        // Each goes in front of those before it that are greater.
        for sorted in 1..len {
            let mut at = sorted;
            while at > 0 && from.get(at - 1).is_some_and(|before| compare(*before, sorted) == Ordering::Greater) {
                from.swap(at - 1, at);
                at -= 1;
            }
        }
        return from;
    }
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
