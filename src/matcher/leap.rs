//! Past a bracket of a trusted text, sixty-four bytes at a time.
//!
//! Only quotes and brackets matter in a text that is known to be JSON. With a bit for each quote, the bits of all that lies between
//! quotes come from six shifts (every bit the parity of those before it), and brackets outside of strings are counted by their
//! bits. This is how simdjson finds strings. Blocks with backslashes are gone through byte by byte.

use super::scan::{Odd, Past, Scanner, Trust, past};
use crate::json::block::{self, Shape};

impl<T: Trust> Scanner<'_, T> {
    /// Goes behind the bracket that closes the last of the `open` ones; with none open, behind the value whose bracket is next.
    #[inline(never)]
    pub(super) fn leap(&mut self, mut at: usize, mut open: usize) -> Past {
        // All ones while a string is open from block to block.
        let mut inside = 0u64;
        while let Some(block) = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<64>) {
            let shape = block::shape(block);
            if shape.backslashes != 0 {
                let start = self.finish_string(at, inside)?;
                match self.step_to(start, at + 64, &mut open)? {
                    Step::Closed(at) => return past(at),
                    Step::Stopped(place) => (at, inside) = (place, 0),
                }
                continue;
            }
            let strings = parities(shape.quotes) ^ inside;
            if let Some(closed) = closes(&shape, strings, &mut open) {
                return past(at + closed + 1);
            }
            inside = if strings >> 63 == 1 { u64::MAX } else { 0 };
            at += 64;
        }
        at = self.finish_string(at, inside)?;
        match self.step_to(at, usize::MAX, &mut open)? {
            Step::Closed(at) => past(at),
            Step::Stopped(_) => Err(Odd),
        }
    }

    /// Goes behind the quote that ends the open string, if one is open.
    fn finish_string(&mut self, at: usize, inside: u64) -> Result<usize, Odd> {
        if inside == 0 { Ok(at) } else { Ok(self.string(at - 1)?.end + 1) }
    }

    /// Goes on byte by byte, to the end or a place.
    fn step_to(&mut self, mut at: usize, end: usize, open: &mut usize) -> Result<Step, Odd> {
        while at < end {
            match self.bytes.get(at) {
                Some(b'"') => {
                    at = self.string(at)?.end + 1;
                    continue;
                }
                Some(b'{' | b'[') => *open += 1,
                Some(b'}' | b']') => {
                    *open = open.saturating_sub(1);
                    if *open == 0 {
                        return Ok(Step::Closed(at + 1));
                    }
                }
                Some(_) => {}
                None => break,
            }
            at += 1;
        }
        Ok(Step::Stopped(at))
    }
}

/// Where going byte by byte came to.
enum Step {
    /// Behind the last bracket.
    Closed(usize),
    Stopped(usize),
}

/// For each bit whether an odd number of bits are set up to it: between quotes, the opening one included.
#[inline]
fn parities(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Counts the brackets of a block. Where the last one is closed, if it is.
#[inline]
fn closes(shape: &Shape, strings: u64, open: &mut usize) -> Option<usize> {
    let (opening, closing) = (shape.opening & !strings, shape.closing & !strings);
    let closed = closing.count_ones() as usize;
    if *open > closed {
        *open = *open + opening.count_ones() as usize - closed;
        return None;
    }
    let mut brackets = opening | closing;
    while brackets != 0 {
        let at = brackets.trailing_zeros();
        brackets &= brackets - 1;
        if opening >> at & 1 == 1 {
            *open += 1;
            continue;
        }
        *open = open.saturating_sub(1);
        if *open == 0 {
            return Some(at as usize);
        }
    }
    None
}
