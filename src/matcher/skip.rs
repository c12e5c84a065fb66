//! Past values that no rule names, without looking into them.
//!
//! Most of an event is passed here, so what is frequent stands first: strings that begin where they are expected, names that follow
//! at once. Brackets are kept as bits instead of calls.

use super::scan::{MAX_DEPTH, Odd, Past, Scanner, Trust, past};

impl<T: Trust> Scanner<'_, T> {
    /// [`Scanner::skip`] where most values are strings that begin at once.
    #[inline(always)]
    pub(super) fn pass(&mut self, at: usize, depth: usize) -> Result<usize, Odd> {
        if self.byte(at) == b'"' {
            return Ok(self.string(at)?.end + 1);
        }
        Ok(self.skip(at, depth)?.get())
    }

    /// Passes a value. `depth` brackets are open around it.
    #[inline(never)]
    pub(super) fn skip(&mut self, mut at: usize, depth: usize) -> Past {
        match self.peek(&mut at) {
            b'"' => past(self.string(at)?.end + 1),
            b'{' | b'[' => self.skip_brackets(at, depth),
            b't' => self.literal(at, b"true"),
            b'f' => self.literal(at + 1, b"alse"),
            b'n' => self.literal(at, b"null"),
            _ => self.number(at),
        }
    }

    /// Passes an object or array.
    #[inline(never)]
    fn skip_brackets(&mut self, mut at: usize, depth: usize) -> Past {
        if T::TRUSTED {
            return self.leap(at, 0);
        }
        // A bit for each open bracket, the innermost last: whether it is an object's.
        let (mut kinds, mut open) = (0u64, 0);
        loop {
            // A value begins here.
            match self.peek(&mut at) {
                b'{' | b'[' if open == u64::BITS as usize => at = self.skip_brackets(at, depth + open)?.get(),
                byte @ (b'{' | b'[') => {
                    at += 1;
                    open += 1;
                    if depth + open > MAX_DEPTH {
                        return Err(Odd);
                    }
                    let object = byte == b'{';
                    kinds = kinds << 1 | u64::from(object);
                    let close = if object { b'}' } else { b']' };
                    if self.peek(&mut at) != close && (!object || self.members(&mut at)? == Next::Begins) {
                        continue;
                    }
                }
                b'"' => at = self.string(at)?.end + 1,
                b'-' | b'0'..=b'9' => at = self.number_at_once(at)?.get(),
                _ => at = self.skip(at, depth)?.get(),
            }
            // A value ended here, or an empty bracket is to be closed.
            loop {
                let object = kinds & 1 == 1;
                match self.peek(&mut at) {
                    b',' => {
                        at += 1;
                        if !object || self.members(&mut at)? == Next::Begins {
                            break;
                        }
                        continue;
                    }
                    b'}' if object => {}
                    b']' if !object => {}
                    _ => return Err(Odd),
                }
                at += 1;
                open -= 1;
                kinds >>= 1;
                if open == 0 {
                    return past(at);
                }
            }
        }
    }

    /// Passes a name, and goes on while values are strings and the next name follows at once: most of most events.
    #[inline(always)]
    fn members(&mut self, at: &mut usize) -> Result<Next, Odd> {
        if self.peek(at) != b'"' {
            return Err(Odd);
        }
        loop {
            self.name(at)?;
            if self.byte(*at) != b'"' {
                return Ok(Next::Begins);
            }
            *at = self.string(*at)?.end + 1;
            if self.bytes.get(*at..).and_then(<[u8]>::first_chunk) != Some(b",\"") {
                return Ok(Next::Ended);
            }
            *at += 1;
        }
    }
}

/// What a value does at some place.
#[derive(PartialEq, Eq)]
enum Next {
    Begins,
    Ended,
}
