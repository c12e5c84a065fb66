//! Sixteen bytes at a time: where in them a string ends or needs care.
//!
//! The only thing vectors are used for. SSE2 is part of every x86-64, simd128 of every engine since 2023 (the wasm build turns it
//! on, `.cargo/config.toml`); elsewhere a plain loop does the same.
//!
//! simd128 pays. The matcher in wasm without it and with it, in multiples of `JSON.parse`, medians of two interleaved runs on
//! 22 November 2026 (Node 20, scale events of 1.1 kB): 10 rules 0.68 and 0.56, 1,000 rules 0.81 and 0.70, escapes 2.9 and 2.2,
//! strings of 64 kB 33 and 13; the wasm is 0.7 % smaller with it.

/// Which of sixteen bytes end a run of plain ASCII text inside a JSON string: quote, backslash, control character, and
/// everything beyond ASCII. Bit `i` is byte `i`.
#[inline(always)]
pub(crate) fn stops(bytes: [u8; 16]) -> u32 {
    imp::stops(bytes)
}

/// Which of sixteen bytes are quotes, backslashes or control characters.
#[inline(always)]
pub(crate) fn ends(bytes: [u8; 16]) -> u32 {
    imp::ends(bytes)
}

/// Which of sixteen bytes are this one.
#[inline(always)]
pub(crate) fn equal(bytes: [u8; 16], wanted: u8) -> u32 {
    imp::equal(bytes, wanted)
}

/// Which of sixteen bytes are digits.
#[inline(always)]
pub(crate) fn digits(bytes: [u8; 16]) -> u32 {
    imp::digits(bytes)
}

/// Where in sixty-four bytes the characters stand that shape a JSON text.
pub(crate) struct Shape {
    pub(crate) quotes: u64,
    pub(crate) backslashes: u64,
    /// `{` and `[`.
    pub(crate) opening: u64,
    /// `}` and `]`.
    pub(crate) closing: u64,
}

/// Finds them.
#[inline]
pub(crate) fn shape(bytes: &[u8; 64]) -> Shape {
    let mut shape = Shape { quotes: 0, backslashes: 0, opening: 0, closing: 0 };
    for (at, block) in bytes.as_chunks::<16>().0.iter().enumerate() {
        // Braces are brackets with one bit more.
        let braces = (u128::from_le_bytes(*block) | u128::from_le_bytes([0x20; 16])).to_le_bytes();
        let place = |bits: u32| u64::from(bits) << (16 * at);
        shape.quotes |= place(equal(*block, b'"'));
        shape.backslashes |= place(equal(*block, b'\\'));
        shape.opening |= place(equal(braces, b'{'));
        shape.closing |= place(equal(braces, b'}'));
    }
    shape
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "SSE2 is part of x86-64, and the calls need nothing else")]
mod imp {
    use std::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_max_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8, _mm_sub_epi8,
    };

    #[inline]
    #[target_feature(enable = "sse2")]
    fn load(bytes: [u8; 16]) -> __m128i {
        let both = u128::from_le_bytes(bytes);
        _mm_set_epi64x((both >> 64) as i64, both as i64)
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn quotes(block: __m128i) -> __m128i {
        let quote = _mm_cmpeq_epi8(block, _mm_set1_epi8(b'"' as i8));
        _mm_or_si128(quote, _mm_cmpeq_epi8(block, _mm_set1_epi8(b'\\' as i8)))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn stops_of(block: __m128i) -> i32 {
        // As signed numbers, bytes beyond ASCII are negative, hence below 0x20 like control characters.
        let low = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20));
        _mm_movemask_epi8(_mm_or_si128(quotes(block), low))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn ends_of(block: __m128i) -> i32 {
        let limit = _mm_set1_epi8(0x1f);
        let control = _mm_cmpeq_epi8(_mm_max_epu8(block, limit), limit);
        _mm_movemask_epi8(_mm_or_si128(quotes(block), control))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn equal_of(block: __m128i, wanted: u8) -> i32 {
        _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(wanted as i8)))
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    fn digits_of(block: __m128i) -> i32 {
        let nine = _mm_set1_epi8(9);
        let value = _mm_sub_epi8(block, _mm_set1_epi8(b'0' as i8));
        _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(value, nine), nine))
    }

    #[inline(always)]
    pub(crate) fn digits(bytes: [u8; 16]) -> u32 {
        // SAFETY: see the module's reason.
        unsafe { digits_of(load(bytes)) as u32 }
    }

    #[inline(always)]
    pub(crate) fn stops(bytes: [u8; 16]) -> u32 {
        // SAFETY: see the module's reason.
        unsafe { stops_of(load(bytes)) as u32 }
    }

    #[inline(always)]
    pub(crate) fn ends(bytes: [u8; 16]) -> u32 {
        // SAFETY: see the module's reason.
        unsafe { ends_of(load(bytes)) as u32 }
    }

    #[inline(always)]
    pub(crate) fn equal(bytes: [u8; 16], wanted: u8) -> u32 {
        // SAFETY: see the module's reason.
        unsafe { equal_of(load(bytes), wanted) as u32 }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use std::arch::wasm32::{
        i8x16_lt, i8x16_splat, i64x2, u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u8x16_sub, v128, v128_or,
    };

    #[inline(always)]
    fn load(bytes: [u8; 16]) -> v128 {
        let both = u128::from_le_bytes(bytes);
        i64x2(both as i64, (both >> 64) as i64)
    }

    #[inline(always)]
    fn quotes(block: v128) -> v128 {
        v128_or(u8x16_eq(block, u8x16_splat(b'"')), u8x16_eq(block, u8x16_splat(b'\\')))
    }

    #[inline(always)]
    pub(crate) fn stops(bytes: [u8; 16]) -> u32 {
        let block = load(bytes);
        u32::from(u8x16_bitmask(v128_or(quotes(block), i8x16_lt(block, i8x16_splat(0x20)))))
    }

    #[inline(always)]
    pub(crate) fn ends(bytes: [u8; 16]) -> u32 {
        let block = load(bytes);
        u32::from(u8x16_bitmask(v128_or(quotes(block), u8x16_lt(block, u8x16_splat(0x20)))))
    }

    #[inline(always)]
    pub(crate) fn equal(bytes: [u8; 16], wanted: u8) -> u32 {
        u32::from(u8x16_bitmask(u8x16_eq(load(bytes), u8x16_splat(wanted))))
    }

    #[inline(always)]
    pub(crate) fn digits(bytes: [u8; 16]) -> u32 {
        u32::from(u8x16_bitmask(u8x16_lt(u8x16_sub(load(bytes), u8x16_splat(b'0')), u8x16_splat(10))))
    }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod imp {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;

    /// The high bit of every byte that equals `wanted`.
    #[inline]
    fn same(word: u64, wanted: u8) -> u64 {
        let zero = word ^ (ONES * u64::from(wanted));
        !(((zero & !HIGHS) + !HIGHS) | zero) & HIGHS
    }

    #[inline]
    fn gather(highs: u64) -> u32 {
        // The multiplication moves the eight bits side by side.
        (((highs >> 7).wrapping_mul(0x0102_0408_1020_4080)) >> 56) as u32
    }

    #[inline]
    fn of(bytes: [u8; 16], word: impl Fn(u64) -> u64) -> u32 {
        let both = u128::from_le_bytes(bytes);
        gather(word(both as u64)) | gather(word((both >> 64) as u64)) << 8
    }

    /// The high bit of every byte below 0x20.
    #[inline]
    fn control(word: u64) -> u64 {
        !((word & !HIGHS) + ONES * 0x60) & !word & HIGHS
    }

    #[inline(always)]
    pub(crate) fn stops(bytes: [u8; 16]) -> u32 {
        of(bytes, |word| same(word, b'"') | same(word, b'\\') | control(word) | (word & HIGHS))
    }

    #[inline(always)]
    pub(crate) fn ends(bytes: [u8; 16]) -> u32 {
        of(bytes, |word| same(word, b'"') | same(word, b'\\') | control(word))
    }

    #[inline(always)]
    pub(crate) fn equal(bytes: [u8; 16], wanted: u8) -> u32 {
        of(bytes, |word| same(word, wanted))
    }

    pub(crate) fn digits(bytes: [u8; 16]) -> u32 {
        let marks = bytes.iter().rev().map(|byte| u32::from(byte.is_ascii_digit()));
        marks.fold(0, |all, mark| all << 1 | mark)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_is_judged_by_itself() {
        for byte in 0..=255u8 {
            for at in 0..16 {
                let mut bytes = [b'a'; 16];
                bytes[at] = byte;
                let end = byte == b'"' || byte == b'\\' || byte < 0x20;
                assert_eq!(super::ends(bytes), u32::from(end) << at, "{byte} at {at}");
                assert_eq!(super::stops(bytes), u32::from(end || byte > 0x7f) << at, "{byte} at {at}");
                assert_eq!(super::digits(bytes), u32::from(byte.is_ascii_digit()) << at, "{byte} at {at}");
            }
        }
    }
}
