//! The hash of the tables: eight bytes a step, one multiplication each.
//!
//! Not proof against somebody who makes patterns collide on purpose; that costs him time in his own rule set only, because what
//! is looked up for an event is compared with at most one run of entries.

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of some bytes, begun with a seed.
#[inline(always)]
pub(super) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = seed.wrapping_mul(MIX) ^ bytes.len() as u64;
    if bytes.len() <= 8 {
        return step(state, word(bytes));
    }
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = step(state, u64::from_le_bytes(*chunk));
    }
    if !rest.is_empty() {
        state = step(state, word(rest));
    }
    state
}

#[inline(always)]
fn step(state: u64, word: u64) -> u64 {
    // Doubles of small integers differ in their highest bits only, which a multiplication would not carry down.
    let both = state ^ word;
    let mixed = (both ^ (both >> 32)).wrapping_mul(MIX);
    mixed ^ (mixed >> 32)
}

/// Up to eight bytes as a number: of two texts of one length the same only if they are equal.
#[inline(always)]
pub(super) fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(all) => u64::from_le_bytes(*all),
        None => short_word(bytes),
    }
}

/// Up to seven bytes as a number that leaves its highest byte free.
#[inline(always)]
pub(super) fn short_word(bytes: &[u8]) -> u64 {
    let last = bytes.len().checked_sub(4).and_then(|at| bytes.get(at..)?.first_chunk::<4>());
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), last) {
        let rest = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - bytes.len()) as u32);
        return u64::from(u32::from_le_bytes(*first)) | rest << 32;
    }
    match (bytes.first(), bytes.get(bytes.len() / 2), bytes.last()) {
        (Some(first), Some(middle), Some(last)) => u64::from(*first) | u64::from(*middle) << 8 | u64::from(*last) << 16,
        _ => 0,
    }
}

/// Whether two texts are equal. Most are short, and then calling for a comparison costs more than comparing.
#[inline(always)]
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.first_chunk::<8>(), other.first_chunk::<8>()) {
        (Some(first), Some(second)) if one.len() <= 16 => {
            first == second && one.last_chunk::<8>() == other.last_chunk::<8>()
        }
        (None, None) => short_word(one) == short_word(other),
        _ => one == other,
    }
}
