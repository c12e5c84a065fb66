//! The hash of the tables: eight bytes a step, one multiplication each. And texts that know their first bytes as a number.
//!
//! Names and values are mostly short. A text of up to eight bytes is one number, which is compared and hashed without looking at
//! the text again.
//!
//! Not proof against somebody who makes patterns collide on purpose; that costs him time in his own rule set only, because what
//! is looked up for an event is compared with at most one run of entries.

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// So many bytes are one number.
pub(super) const SHORT: usize = 8;

/// A text to be looked up.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) bytes: &'a [u8],
    /// The bytes as a number, if they are [`SHORT`].
    pub(super) word: u64,
}

impl<'a> Text<'a> {
    /// A text by itself.
    #[inline(always)]
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let word = if bytes.len() <= SHORT { word(bytes) } else { 0 };
        Self { bytes, word }
    }

    /// A part of a text: what stands behind it is read too, and taken off.
    #[inline(always)]
    pub(super) fn within(text: &'a [u8], start: usize, end: usize) -> Self {
        let bytes = text.get(start..end).unwrap_or_default();
        let too_many = (8 * SHORT).wrapping_sub(8 * bytes.len()) as u32;
        match text.get(start..).and_then(<[u8]>::first_chunk::<SHORT>) {
            Some(eight) => {
                Self { bytes, word: u64::from_le_bytes(*eight) & u64::MAX.checked_shr(too_many).unwrap_or(0) }
            }
            None => Self::new(bytes),
        }
    }

    #[inline(always)]
    pub(super) fn is_short(self) -> bool {
        self.bytes.len() <= SHORT
    }
}

/// The hash of some bytes, begun with a seed.
#[inline(always)]
pub(super) fn hash(seed: u64, text: Text<'_>) -> u64 {
    let state = seed.wrapping_mul(MIX) ^ text.bytes.len() as u64;
    if text.is_short() { step(state, text.word) } else { long(state, text.bytes) }
}

/// The rest of it for longer texts. A call by itself, because this stands where every name and value comes by.
#[inline(never)]
fn long(mut state: u64, bytes: &[u8]) -> u64 {
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

/// Up to eight bytes as a number, the first byte lowest.
#[inline(always)]
fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(all) => u64::from_le_bytes(*all),
        None => short_word(bytes),
    }
}

/// Up to seven bytes as a number that leaves its highest byte free.
#[inline(always)]
fn short_word(bytes: &[u8]) -> u64 {
    let last = bytes.len().checked_sub(4).and_then(|at| bytes.get(at..)?.first_chunk::<4>());
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), last) {
        let rest = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - bytes.len()) as u32);
        return u64::from(u32::from_le_bytes(*first)) | rest << 32;
    }
    match (bytes.first(), bytes.get(bytes.len() / 2), bytes.last()) {
        (Some(first), Some(middle), Some(last)) => {
            let at = |byte: u8, place: usize| u64::from(byte) << (8 * place);
            at(*first, 0) | at(*middle, bytes.len() / 2) | at(*last, bytes.len() - 1)
        }
        _ => 0,
    }
}

/// Whether two longer texts are equal. Most are short, and then calling for a comparison costs more than comparing.
#[inline(always)]
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.first_chunk::<8>(), other.first_chunk::<8>()) {
        (Some(first), Some(second)) if one.len() <= 16 => first == second && last_eight(one) == last_eight(other),
        _ => one == other,
    }
}

/// The last eight bytes as a number. `last_chunk` stays a call where the engine is compiled for size.
#[inline(always)]
pub(super) fn last_eight(bytes: &[u8]) -> Option<u64> {
    let last = bytes.get(bytes.len().checked_sub(8)?..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*last))
}
