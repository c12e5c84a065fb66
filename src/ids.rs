//! Seeded ids: uuids and hex strings that look random and are the same in every run with the same seed.
//!
//! The core has no randomness of its own. A scenario and a seed give the same bytes out, in Rust, in Node and in every
//! browser, so traces can be compared and tests can name ids. The generator is SplitMix64: one addition and three mixes a
//! step, full period, no state but one counter, which is what a snapshot stores.

use crate::text::shared;
use std::rc::Rc;

/// A source of ids. Cloning it forks the sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    state: u64,
}

impl Ids {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The sequence that belongs to a name: what is made twice under one name gets the same ids.
    pub fn of(seed: u64, name: &str) -> Self {
        // FNV-1a.
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self { state: name.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, mix) }
    }

    /// Where the sequence stands: `new` goes on from there.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A version 4 uuid.
    pub fn uuid(&mut self) -> String {
        std::str::from_utf8(&self.uuid_bytes()).unwrap_or_default().to_owned()
    }

    /// The same, to be kept in several places.
    pub fn shared_uuid(&mut self) -> Rc<str> {
        shared(std::str::from_utf8(&self.uuid_bytes()).unwrap_or_default())
    }

    fn uuid_bytes(&mut self) -> [u8; 36] {
        let (high, low) = (self.bits(), self.bits());
        let (high, low) = ((high & !0xf000) | 0x4000, (low & !(0b11 << 62)) | (0b10 << 62));
        // Every event and invocation gets one: formatting would be slower.
        let (one, two) = (hex_digits((high >> 32) as u32), hex_digits(high as u32));
        let (three, four) = (hex_digits((low >> 32) as u32), hex_digits(low as u32));
        let mut text = *b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
        for (at, part) in
            [(0, &one[..]), (9, &two[..4]), (14, &two[4..]), (19, &three[..4]), (24, &three[4..]), (28, &four[..])]
        {
            text.iter_mut().skip(at).zip(part).for_each(|(place, digit)| *place = *digit);
        }
        text
    }

    /// That many lower-case hex digits.
    pub fn hex(&mut self, digits: usize) -> String {
        let mut text = String::with_capacity(digits + 16);
        while text.len() < digits {
            text.push_str(&format!("{:016x}", self.bits()));
        }
        text.truncate(digits);
        text
    }
}

/// Eight lower-case hex digits, all at once: a byte for each four bits, and to those above nine what lies between `9` and `a`.
fn hex_digits(bits: u32) -> [u8; 8] {
    let mut spread = u64::from(bits);
    spread = (spread | spread << 16) & 0x0000_ffff_0000_ffff;
    spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ff;
    spread = (spread | spread << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    let letters = (spread + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101;
    (spread + 0x3030_3030_3030_3030 + letters * u64::from(b'a' - b'9' - 1)).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (mut one, mut two, mut other) = (Ids::new(7), Ids::new(7), Ids::new(8));
        let id = one.uuid();
        assert_eq!(id, two.uuid());
        assert_ne!(id, other.uuid());
        assert_eq!(id.len(), 36);
        assert_eq!(id.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&id.as_bytes()[19]));
        assert_eq!(one.hex(6).len(), 6);
        assert_eq!(one.hex(64).len(), 64);
        assert_eq!(Ids::new(one.state()).uuid(), one.uuid());
    }

    #[test]
    fn digits_are_hexadecimal() {
        for bits in [0, 0x0123_4567, 0x89ab_cdef, u32::MAX, 0x9a9a_9a9a] {
            assert_eq!(hex_digits(bits), *format!("{bits:08x}").as_bytes());
        }
    }
}
