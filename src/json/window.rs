//! Where the strings of a text end, found sixty-four bytes at a time.
//!
//! Strings of JSON are short: five or ten names and values lie in sixty-four bytes. These are judged at once, a bit for each that
//! may end a string, and the end of the next string is then one shift and one count away. This costs half of what judging each
//! string's bytes anew does, and what comes next does not wait for memory.

use super::block;
use std::marker::PhantomData;

/// Which bytes are looked for.
pub(crate) trait Marks {
    /// A bit for each of sixteen bytes.
    fn of(bytes: [u8; 16]) -> u32;
}

/// Quotes, backslashes and control characters.
pub(crate) struct Ends;
/// The same, and everything beyond ASCII.
pub(crate) struct Stops;

impl Marks for Ends {
    #[inline(always)]
    fn of(bytes: [u8; 16]) -> u32 {
        block::ends(bytes)
    }
}

impl Marks for Stops {
    #[inline(always)]
    fn of(bytes: [u8; 16]) -> u32 {
        block::stops(bytes)
    }
}

/// The bytes that were judged last.
pub(crate) struct Window<M> {
    start: usize,
    marks: u64,
    kind: PhantomData<M>,
}

impl<M: Marks> Window<M> {
    pub(crate) fn new() -> Self {
        // No place lies in this one.
        Self { start: usize::MAX / 2, marks: 0, kind: PhantomData }
    }

    /// The first marked byte of a text from a place on, or the text's length. It must be the same text each time.
    #[inline(always)]
    pub(crate) fn next(&mut self, bytes: &[u8], at: usize) -> usize {
        let into = at.wrapping_sub(self.start);
        let marks = if into < 64 { self.marks >> into } else { 0 };
        if marks != 0 {
            return at + marks.trailing_zeros() as usize;
        }
        self.far(bytes, at)
    }

    /// The same, where it does not lie in what was judged.
    #[inline(never)]
    fn far(&mut self, bytes: &[u8], mut at: usize) -> usize {
        loop {
            let into = at.wrapping_sub(self.start);
            let marks = if into < 64 { self.marks >> into } else { self.judge(bytes, at) };
            if marks != 0 {
                return at + marks.trailing_zeros() as usize;
            }
            at = self.start + 64;
        }
    }

    /// Judges the bytes from a place on. What lies behind the end of the text is marked.
    #[inline(always)]
    fn judge(&mut self, bytes: &[u8], at: usize) -> u64 {
        let rest = bytes.get(at..).unwrap_or_default();
        self.start = at;
        self.marks = match rest.first_chunk() {
            Some(all) => marks::<M>(all),
            None => last_marks::<M>(bytes, rest),
        };
        self.marks
    }
}

/// All four in one expression: engines compute what they share once, and a loop stays one where the engine is compiled for size.
#[inline(always)]
pub(super) fn marks<M: Marks>(bytes: &[u8; 64]) -> u64 {
    let [a, b, c, d] = bytes.as_chunks::<16>().0 else { return 0 };
    let high = M::of(*c) | M::of(*d) << 16;
    u64::from(M::of(*a) | M::of(*b) << 16) | u64::from(high) << 32
}

/// The marks of fewer than sixty-four bytes at the end of a text: they are judged with what stands before them, which saves a copy.
#[inline(never)]
fn last_marks<M: Marks>(bytes: &[u8], rest: &[u8]) -> u64 {
    let mut few = [0; 64];
    let (all, before) = match bytes.len().checked_sub(64).and_then(|at| bytes.get(at..)?.first_chunk()) {
        Some(all) => (all, 64 - rest.len() as u32),
        None => {
            few.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
            (&few, 0)
        }
    };
    marks::<M>(all).checked_shr(before).unwrap_or(0) | u64::MAX << (rest.len() % 64)
}

#[cfg(test)]
mod tests {
    use super::{Ends, Window};

    #[test]
    fn every_mark_is_found_from_every_place() {
        for length in [0, 1, 15, 63, 64, 65, 127, 128, 129, 200] {
            for mark in 0..length {
                let mut bytes = vec![b'a'; length];
                bytes[mark] = b'"';
                let mut window = Window::<Ends>::new();
                for at in (0..=length).chain((0..=length).rev()) {
                    let wanted = if at <= mark { mark } else { length };
                    assert_eq!(window.next(&bytes, at), wanted, "mark {mark} of {length} from {at}");
                }
            }
        }
    }
}
