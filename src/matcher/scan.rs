//! One way over the bytes of a JSON text: strings, numbers and whole values are passed without being built.
//!
//! The rule: whatever this accepts, `json::parse_prefix` accepts with the same meaning. What it does not accept is only
//! *odd*: the caller asks the real reader, which knows the words of the error (or that all is well).
//!
//! A *trusted* text was validated before: strings and brackets are still followed, nothing else is looked at.

use crate::json::block;
use crate::json::window::{Stops, Window};
use std::marker::PhantomData;

/// The text is not JSON, or beyond a limit of the reader; the reader must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Odd;

/// The deepest nesting, as in `json`.
pub(super) const MAX_DEPTH: usize = crate::json::MAX_DEPTH;
/// Longer names, numbers and strings are left to the reader, which has limits there.
const LONGEST_NAME: usize = 50_000;
const LONGEST_NUMBER: usize = 1_000;
const LONGEST_STRING: usize = 5_000_000;

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

/// A place in a text.
pub(super) struct Cursor<'a, T> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Whether there are backslashes in the string that was passed last. Not a part of what `string` gives, so that this fits
    /// into registers.
    pub(super) escaped: bool,
    window: Window<Stops>,
    trust: PhantomData<T>,
}

impl<'a, T: Trust> Cursor<'a, T> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, escaped: false, window: Window::new(), trust: PhantomData }
    }

    #[inline(always)]
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a [u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The next byte that is no blank, which is not taken; 0 at the end.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> u8 {
        // Nearly always there is no blank.
        match self.bytes.get(self.at) {
            Some(byte) if *byte > b' ' => *byte,
            _ => self.peek_behind_blanks(),
        }
    }

    #[inline(never)]
    fn peek_behind_blanks(&mut self) -> u8 {
        loop {
            match self.bytes.get(self.at) {
                Some(byte) if *byte > b' ' => return *byte,
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                _ => return 0,
            }
        }
    }

    /// Takes a byte that must be there.
    #[inline(always)]
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Odd> {
        if self.peek() != byte {
            return Err(Odd);
        }
        self.at += 1;
        Ok(())
    }

    /// Sixteen bytes, if so many are left.
    #[inline(always)]
    fn chunk(&self, at: usize) -> Option<[u8; 16]> {
        self.bytes.get(at..)?.first_chunk::<16>().copied()
    }

    /// Passes a string whose opening quote is next, and gives the place of the closing one.
    #[inline(always)]
    pub(super) fn string(&mut self) -> Result<usize, Odd> {
        let start = self.at + 1;
        let end = self.window.next(self.bytes, start);
        if matches!(self.bytes.get(end), Some(b'"')) {
            (self.at, self.escaped) = (end + 1, false);
            return Ok(end);
        }
        self.careful(start, end)
    }

    /// The rest of a string with escapes, other letters than ASCII, or the end of the text near.
    #[inline(never)]
    fn careful(&mut self, start: usize, mut at: usize) -> Result<usize, Odd> {
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
        if at - start > LONGEST_STRING {
            return Err(Odd);
        }
        if !T::TRUSTED && !ascii && std::str::from_utf8(self.slice(start, at)).is_err() {
            return Err(Odd);
        }
        (self.at, self.escaped) = (at + 1, escaped);
        Ok(at)
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

    /// Passes a member's name and its colon, and gives the place of the name's closing quote.
    #[inline(always)]
    pub(super) fn name(&mut self) -> Result<usize, Odd> {
        let quote = self.at;
        let end = self.string()?;
        if end - quote > LONGEST_NAME {
            return Err(Odd);
        }
        // Nearly always the colon is right there.
        if matches!(self.bytes.get(self.at), Some(b':')) {
            self.at += 1;
        } else {
            self.expect(b':')?;
        }
        Ok(end)
    }

    /// Passes a number that begins here, and gives its end.
    #[inline(always)]
    pub(super) fn number(&mut self) -> Result<usize, Odd> {
        let start = self.at;
        if T::TRUSTED {
            while matches!(self.bytes.get(self.at), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
                self.at += 1;
            }
            return if (1..=LONGEST_NUMBER).contains(&(self.at - start)) { Ok(self.at) } else { Err(Odd) };
        }
        if matches!(self.bytes.get(self.at), Some(b'-')) {
            self.at += 1;
        }
        match self.bytes.get(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err(Odd),
        }
        if matches!(self.bytes.get(self.at), Some(b'.')) {
            self.at += 1;
            self.fraction()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        if self.at - start > LONGEST_NUMBER {
            return Err(Odd);
        }
        Ok(self.at)
    }

    /// Passes a number that begins here if it is nothing but at most fifteen digits, and gives it.
    #[inline(always)]
    pub(super) fn whole(&mut self) -> Option<i64> {
        let (mut end, mut number) = (self.at, 0);
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(end).filter(|_| end < self.at + 15) {
            number = number * 10 + i64::from(digit - b'0');
            end += 1;
        }
        // The reader must speak about a zero that leads.
        let leads = matches!(self.bytes.get(self.at), Some(b'0')) && end > self.at + 1;
        if end == self.at || leads || !matches!(self.bytes.get(end), Some(b',' | b'}' | b']')) {
            return None;
        }
        self.at = end;
        Some(number)
    }

    #[inline(always)]
    fn digits(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    /// Passes the digits behind a dot, which are often many.
    #[inline(always)]
    fn fraction(&mut self) -> Result<(), Odd> {
        let Some(chunk) = self.chunk(self.at) else { return self.some_digits() };
        match (!block::digits(chunk)).trailing_zeros() {
            0 => Err(Odd),
            count @ 1..16 => {
                self.at += count as usize;
                Ok(())
            }
            _ => self.some_digits(),
        }
    }

    #[inline(never)]
    fn some_digits(&mut self) -> Result<(), Odd> {
        let start = self.at;
        self.digits();
        if self.at == start { Err(Odd) } else { Ok(()) }
    }

    /// Passes `true`, `false` or `null`, given by its last four letters and how many stand before them.
    #[inline]
    pub(super) fn literal(&mut self, word: &[u8; 4], before: usize) -> Result<(), Odd> {
        let start = self.at + before;
        if self.bytes.get(start..).and_then(<[u8]>::first_chunk) != Some(word) {
            return Err(Odd);
        }
        let end = start + word.len();
        self.at = end;
        // The reader takes a letter after the word for a longer word.
        match self.bytes.get(end) {
            None | Some(b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t') => Ok(()),
            _ => Err(Odd),
        }
    }

    /// [`Cursor::skip`] where most values are strings that begin at once.
    #[inline(always)]
    pub(super) fn pass(&mut self, depth: usize) -> Result<(), Odd> {
        if matches!(self.bytes.get(self.at), Some(b'"')) {
            return self.string().map(|_| ());
        }
        self.skip(depth)
    }

    /// Passes a value without looking into it. `depth` brackets are open around it.
    #[inline]
    pub(super) fn skip(&mut self, depth: usize) -> Result<(), Odd> {
        match self.peek() {
            b'"' => self.string().map(|_| ()),
            b'{' | b'[' => self.skip_brackets(depth),
            b't' => self.literal(b"true", 0),
            b'f' => self.literal(b"alse", 1),
            b'n' => self.literal(b"null", 0),
            _ => self.number().map(|_| ()),
        }
    }

    /// Passes an object or array.
    #[inline(never)]
    fn skip_brackets(&mut self, depth: usize) -> Result<(), Odd> {
        if T::TRUSTED {
            return self.leap(0);
        }
        // A bit for each open bracket, the innermost last: whether it is an object's.
        let (mut kinds, mut open) = (0u64, 0);
        loop {
            // A value begins here.
            match self.peek() {
                b'{' | b'[' if open == u64::BITS as usize => self.skip_brackets(depth + open)?,
                byte @ (b'{' | b'[') => {
                    self.at += 1;
                    open += 1;
                    if depth + open > MAX_DEPTH {
                        return Err(Odd);
                    }
                    let object = byte == b'{';
                    kinds = kinds << 1 | u64::from(object);
                    let close = if object { b'}' } else { b']' };
                    if self.peek() != close && (!object || self.members()? == Next::Begins) {
                        continue;
                    }
                }
                b'"' => {
                    self.string()?;
                }
                b'-' | b'0'..=b'9' => {
                    self.number()?;
                }
                _ => self.skip(depth)?,
            }
            // A value ended here, or an empty bracket is to be closed.
            loop {
                let object = kinds & 1 == 1;
                match self.peek() {
                    b',' => {
                        self.at += 1;
                        if !object || self.members()? == Next::Begins {
                            break;
                        }
                        continue;
                    }
                    b'}' if object => {}
                    b']' if !object => {}
                    _ => return Err(Odd),
                }
                self.at += 1;
                open -= 1;
                kinds >>= 1;
                if open == 0 {
                    return Ok(());
                }
            }
        }
    }

    /// Passes a name, and goes on while values are strings and the next name follows at once: most of most events.
    #[inline(always)]
    fn members(&mut self) -> Result<Next, Odd> {
        self.quote()?;
        loop {
            self.name()?;
            if !matches!(self.bytes.get(self.at), Some(b'"')) {
                return Ok(Next::Begins);
            }
            self.string()?;
            if self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) != Some(b",\"") {
                return Ok(Next::Ended);
            }
            self.at += 1;
        }
    }

    #[inline(always)]
    fn quote(&mut self) -> Result<(), Odd> {
        if self.peek() == b'"' { Ok(()) } else { Err(Odd) }
    }
}

/// What a value does at some place.
#[derive(PartialEq, Eq)]
enum Next {
    Begins,
    Ended,
}

#[inline(always)]
fn is_ascii(bytes: [u8; 16]) -> bool {
    u128::from_le_bytes(bytes) & u128::from_le_bytes([0x80; 16]) == 0
}
