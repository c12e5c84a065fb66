//! Past a bracket of a trusted text, sixty-four bytes at a time.
//!
//! Only quotes and brackets matter in a text that is known to be JSON. With a bit for each quote, the bits of all that lies between
//! quotes come from six shifts (every bit the parity of those before it), and brackets outside of strings are counted by their
//! bits. This is how simdjson finds strings. Blocks with backslashes are gone through byte by byte.

use super::scan::{Cursor, Odd, Trust};
use crate::json::block::{self, Shape};

impl<T: Trust> Cursor<'_, T> {
    /// Goes behind the bracket that closes the last of the `open` ones; with none open, behind the value whose bracket is next.
    #[inline(never)]
    pub(super) fn leap(&mut self, mut open: usize) -> Result<(), Odd> {
        // All ones while a string is open from block to block.
        let mut inside = 0u64;
        let (mut skipped, mut rest) = (self.at, self.bytes.get(self.at..).unwrap_or_default());
        while let Some((block, behind)) = rest.split_first_chunk::<64>() {
            let shape = block::shape(block);
            if shape.backslashes != 0 {
                self.at = skipped;
                self.finish_string(inside)?;
                if self.step_to(skipped + 64, &mut open)? {
                    return Ok(());
                }
                (inside, skipped) = (0, self.at);
                rest = self.bytes.get(self.at..).unwrap_or_default();
                continue;
            }
            let strings = parities(shape.quotes) ^ inside;
            if let Some(at) = closes(&shape, strings, &mut open) {
                self.at = skipped + at + 1;
                return Ok(());
            }
            inside = if strings >> 63 == 1 { u64::MAX } else { 0 };
            (skipped, rest) = (skipped + 64, behind);
        }
        self.at = skipped;
        self.finish_string(inside)?;
        if self.step_to(usize::MAX, &mut open)? { Ok(()) } else { Err(Odd) }
    }

    /// Goes behind the quote that ends the open string, if one is open.
    fn finish_string(&mut self, inside: u64) -> Result<(), Odd> {
        if inside != 0 {
            self.at -= 1;
            self.string()?;
        }
        Ok(())
    }

    /// Goes on byte by byte, to the end or a place. Whether the last bracket was closed.
    fn step_to(&mut self, end: usize, open: &mut usize) -> Result<bool, Odd> {
        while self.at < end {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.string()?;
                    continue;
                }
                Some(b'{' | b'[') => *open += 1,
                Some(b'}' | b']') => {
                    *open = open.saturating_sub(1);
                    if *open == 0 {
                        self.at += 1;
                        return Ok(true);
                    }
                }
                Some(_) => {}
                None => return Ok(false),
            }
            self.at += 1;
        }
        Ok(false)
    }
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
