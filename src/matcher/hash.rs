//! The hash of the tables: eight bytes a step, one multiplication each.
//!
//! Not proof against somebody who makes patterns collide on purpose; that costs him time in his own rule set only, because what
//! is looked up for an event is compared with at most one run of entries.

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of some bytes, begun with a seed.
#[inline]
pub(super) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = step(seed, bytes.len() as u64);
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = step(state, u64::from_le_bytes(*chunk));
    }
    if !rest.is_empty() {
        state = step(state, word(rest));
    }
    state ^ (state >> 29)
}

#[inline]
fn step(state: u64, word: u64) -> u64 {
    let mixed = (state ^ word).wrapping_mul(MIX);
    mixed ^ (mixed >> 32)
}

/// Up to eight bytes as a number.
#[inline]
pub(super) fn word(bytes: &[u8]) -> u64 {
    if let Some(all) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*all);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))
}
