//! One way over the bytes of a JSON text: strings, numbers and whole values are passed without being built.
//!
//! The rule: whatever this accepts, `json::parse_prefix` accepts with the same meaning. What it does not accept is only
//! *odd*: the caller asks the real reader, which knows the words of the error (or that all is well).
//!
//! A *trusted* text was validated before: strings and brackets are still followed, nothing else is looked at.
//!
//! Every step is given a place and gives the place behind what it passed. Were the place a part of the scanner, each step would
//! wait for the one before to write it to memory.

use crate::json::block;
use crate::json::window::{Stops, Window};
use std::marker::PhantomData;
use std::num::NonZeroUsize;

/// The text is not JSON, or beyond a limit of the reader; the reader must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Odd;

/// The deepest nesting, as in `json`.
pub(super) const MAX_DEPTH: usize = crate::json::MAX_DEPTH;
/// Longer names and numbers are left to the reader, which has limits there.
const LONGEST_NAME: usize = crate::json::MAX_NAME;
const LONGEST_NUMBER: usize = 1_000;
/// No string of a shorter text is beyond the reader's limit.
pub(super) const LONGEST_TEXT: usize = crate::json::MAX_STRING;

/// How much of a text is known.
pub(super) trait Trust {
    /// Whether it was validated before.
    const TRUSTED: bool;
    /// Whether no object repeats a name and no name holds a dot.
    const PLAIN: bool;
}

/// Nothing is known.
pub(super) struct Stranger;
/// It was validated before.
pub(super) struct Acquaintance;
/// It was validated before, and its names are plain.
pub(super) struct Friend;

impl Trust for Stranger {
    const TRUSTED: bool = false;
    const PLAIN: bool = false;
}

impl Trust for Acquaintance {
    const TRUSTED: bool = true;
    const PLAIN: bool = false;
}

impl Trust for Friend {
    const TRUSTED: bool = true;
    const PLAIN: bool = true;
}

/// The place behind what was passed. That is never the first one, so this fits into a register.
pub(super) type Past = Result<NonZeroUsize, Odd>;

#[inline(always)]
pub(super) fn past(at: usize) -> Past {
    NonZeroUsize::new(at).ok_or(Odd)
}

/// Where the characters of a string stand.
#[derive(Clone, Copy)]
pub(super) struct Quoted {
    pub(super) start: usize,
    /// The place of the closing quote.
    pub(super) end: usize,
    /// Whether there are backslashes in it.
    pub(super) escaped: bool,
}

/// What steps over a text.
pub(super) struct Scanner<'a, T> {
    pub(super) bytes: &'a [u8],
    /// Whether there are backslashes in the string that `careful` passed last.
    escaped: bool,
    window: Window<Stops>,
    trust: PhantomData<T>,
}

impl<'a, T: Trust> Scanner<'a, T> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, escaped: false, window: Window::new(), trust: PhantomData }
    }

    #[inline(always)]
    pub(super) fn slice(&self, text: Quoted) -> &'a [u8] {
        self.bytes.get(text.start..text.end).unwrap_or_default()
    }

    /// The byte at a place; 0 at the end.
    #[inline(always)]
    pub(super) fn byte(&self, at: usize) -> u8 {
        match self.bytes.get(at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// The next byte that is no blank, which is not taken; 0 at the end.
    #[inline(always)]
    pub(super) fn peek(&self, at: &mut usize) -> u8 {
        // Nearly always there is no blank.
        let byte = self.byte(*at);
        if byte > b' ' {
            return byte;
        }
        *at = self.behind_blanks(*at);
        self.byte(*at)
    }

    #[inline(never)]
    fn behind_blanks(&self, mut at: usize) -> usize {
        while matches!(self.bytes.get(at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            at += 1;
        }
        at
    }

    /// Sixteen bytes, if so many are left.
    #[inline(always)]
    fn chunk(&self, at: usize) -> Option<[u8; 16]> {
        self.bytes.get(at..)?.first_chunk::<16>().copied()
    }

    /// Where the string ends whose opening quote stands at a place.
    #[inline(always)]
    pub(super) fn string(&mut self, at: usize) -> Result<Quoted, Odd> {
        let start = at + 1;
        let end = self.window.next(self.bytes, start);
        if self.byte(end) == b'"' {
            return Ok(Quoted { start, end, escaped: false });
        }
        let end = self.careful(start, end)?.get();
        Ok(Quoted { start, end, escaped: self.escaped })
    }

    /// The rest of a string with escapes, other letters than ASCII, or the end of the text near: where its closing quote stands.
    #[inline(never)]
    fn careful(&mut self, start: usize, mut at: usize) -> Past {
        let (mut escaped, mut ascii) = (false, true);
        loop {
            if let Some(chunk) = self.chunk(at) {
                let ends = block::ends(chunk);
                ascii &= is_ascii(chunk);
                if ends == 0 {
                    at += 16;
                    continue;
                }
                at += ends.trailing_zeros() as usize;
            }
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at += self.escape(at)?;
                }
                Some(byte) if *byte >= 0x20 => {
                    ascii &= byte.is_ascii();
                    at += 1;
                }
                _ => return Err(Odd),
            }
        }
        self.escaped = escaped;
        if !T::TRUSTED && !ascii && std::str::from_utf8(self.slice(Quoted { start, end: at, escaped })).is_err() {
            return Err(Odd);
        }
        past(at)
    }

    /// How long the escape is that begins here.
    fn escape(&self, at: usize) -> Result<usize, Odd> {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
            Some(b'u') => {
                let digits = self.bytes.get(at + 2..at + 6).ok_or(Odd)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(6).ok_or(Odd)
            }
            _ => Err(Odd),
        }
    }

    /// A member's name, whose opening quote stands at `at`, which goes behind its colon.
    #[inline(always)]
    pub(super) fn name(&mut self, at: &mut usize) -> Result<Quoted, Odd> {
        let name = self.string(*at)?;
        if name.end - name.start > LONGEST_NAME {
            return Err(Odd);
        }
        *at = name.end + 1;
        if self.peek(at) != b':' {
            return Err(Odd);
        }
        *at += 1;
        Ok(name)
    }

    /// Passes a number.
    #[inline(never)]
    pub(super) fn number(&self, start: usize) -> Past {
        self.number_at_once(start)
    }

    /// The same where many come one after the other.
    #[inline(always)]
    pub(super) fn number_at_once(&self, start: usize) -> Past {
        let mut at = start;
        if T::TRUSTED {
            while matches!(self.byte(at), b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
                at += 1;
            }
            return if at == start || at - start > LONGEST_NUMBER { Err(Odd) } else { past(at) };
        }
        if self.byte(at) == b'-' {
            at += 1;
        }
        match self.byte(at) {
            b'0' => at += 1,
            b'1'..=b'9' => at = self.digits(at),
            _ => return Err(Odd),
        }
        if self.byte(at) == b'.' {
            at = self.fraction(at + 1)?;
        }
        if matches!(self.byte(at), b'e' | b'E') {
            at += 1;
            if matches!(self.byte(at), b'+' | b'-') {
                at += 1;
            }
            at = self.some_digits(at)?.get();
        }
        if at - start > LONGEST_NUMBER { Err(Odd) } else { past(at) }
    }

    /// A number that is nothing but at most fifteen digits, and the place behind it.
    #[inline(always)]
    pub(super) fn whole(&self, start: usize) -> Option<(i64, usize)> {
        let (mut at, mut number) = (start, 0);
        while let digit @ b'0'..=b'9' = self.byte(at) {
            if at == start + 15 {
                return None;
            }
            number = number * 10 + i64::from(digit - b'0');
            at += 1;
        }
        // The reader must speak about a zero that leads.
        let leads = self.byte(start) == b'0' && at > start + 1;
        if at == start || leads || !matches!(self.byte(at), b',' | b'}' | b']') {
            return None;
        }
        Some((number, at))
    }

    #[inline(always)]
    fn digits(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    /// Passes the digits behind a dot, which are often many.
    #[inline(always)]
    fn fraction(&self, at: usize) -> Result<usize, Odd> {
        if let Some(chunk) = self.chunk(at)
            && let count @ 1..16 = (!block::digits(chunk)).trailing_zeros()
        {
            return Ok(at + count as usize);
        }
        Ok(self.some_digits(at)?.get())
    }

    #[inline(never)]
    fn some_digits(&self, start: usize) -> Past {
        let at = self.digits(start);
        if at == start { Err(Odd) } else { past(at) }
    }

    /// Passes `true`, `false` or `null`, given by its last four letters, which stand at a place.
    #[inline(never)]
    pub(super) fn literal(&self, at: usize, letters: &[u8; 4]) -> Past {
        if self.bytes.get(at..).and_then(<[u8]>::first_chunk) != Some(letters) {
            return Err(Odd);
        }
        // The reader takes a letter after the word for a longer word.
        match self.bytes.get(at + 4) {
            None | Some(b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t') => past(at + 4),
            _ => Err(Odd),
        }
    }
}

#[inline(always)]
fn is_ascii(bytes: [u8; 16]) -> bool {
    u128::from_le_bytes(bytes) & u128::from_le_bytes([0x80; 16]) == 0
}
