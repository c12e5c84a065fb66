//! Is a text already as [`print`](super::print) would write it? Then it need not be read to be passed on.
//!
//! Only texts that are plain enough are said to be: no blanks, no escapes but the shortest ones, not deep, not long. Whatever
//! else there is the reader must see. On the way it is counted what matching an event may cost.

use super::block;
use super::window::{Ends, Window};
use std::num::NonZeroUsize;

/// Longer texts are left to the reader, which has limits on names and strings.
const LONGEST: usize = super::MAX_NAME;
/// Each level takes a call.
const DEEPEST: usize = 64;

/// What is known of a compact object that was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compact {
    /// In how many ways one element that is an object or array can be chosen of each array, or none.
    pub choices: u64,
    /// Commas between its members and elements, and theirs.
    pub commas: usize,
}

/// Looks through a text; nothing if it is not a compact object.
pub fn compact_object(text: &str) -> Option<Compact> {
    let mut scan = Scan { bytes: text.as_bytes(), commas: 0, choices: 1, window: Window::new() };
    if text.len() > LONGEST || scan.byte(0) != b'{' {
        return None;
    }
    let end = scan.brackets(0, 0)?.get();
    (end == text.len()).then_some(Compact { choices: scan.choices, commas: scan.commas })
}

/// How many bytes from here on are part of a string and need no look.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let ends = block::ends(*next);
        if ends != 0 {
            return at + ends.trailing_zeros() as usize;
        }
        at += next.len();
    }
    // Sixteen bytes that were partly judged already, or all there are, some of them twice.
    let last = match (bytes.last_chunk(), bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(last), ..) => *last,
        (None, Some(first), Some(last)) => {
            let all = u128::from(u64::from_le_bytes(*last)) << 64 | u128::from(u64::from_le_bytes(*first));
            let ends = block::ends(all.to_le_bytes());
            let end = ends.trailing_zeros() as usize;
            return if end < 8 {
                end
            } else if ends == 0 {
                bytes.len()
            } else {
                bytes.len() + end - 16
            };
        }
        _ => return bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(bytes.len()),
    };
    match block::ends(last) {
        0 => bytes.len(),
        ends => bytes.len() - 16 + ends.trailing_zeros() as usize,
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    commas: usize,
    /// The choices of the object or array that was passed last.
    choices: u64,
    window: Window<Ends>,
}

/// Steps give the place behind what they passed: were it a part of the scan, each would wait for the one before to write it to
/// memory. It is never the first place, so it fits into a register.
type Past = Option<NonZeroUsize>;

impl Scan<'_> {
    /// The byte at a place; 0 at the end.
    #[inline(always)]
    fn byte(&self, at: usize) -> u8 {
        match self.bytes.get(at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// An object or array. `depth` of them are around it.
    fn brackets(&mut self, at: usize, depth: usize) -> Past {
        match self.byte(at) {
            _ if depth == DEEPEST => None,
            b'{' => self.object(at + 1, depth + 1),
            _ => self.array(at + 1, depth + 1),
        }
    }

    fn object(&mut self, mut at: usize, depth: usize) -> Past {
        let (mut choices, mut commas) = (1u64, 0);
        if self.byte(at) != b'}' {
            loop {
                at = self.string(at)?;
                if self.byte(at) != b':' {
                    return None;
                }
                at += 1;
                match self.byte(at) {
                    // Most values are strings.
                    b'"' => at = self.string(at)?,
                    b'{' | b'[' => {
                        at = self.brackets(at, depth)?.get();
                        choices = choices.saturating_mul(self.choices);
                    }
                    _ => at = self.scalar(at)?.get(),
                }
                if self.byte(at) != b',' {
                    break;
                }
                (at, commas) = (at + 1, commas + 1);
            }
        }
        self.close(at, b'}', choices, commas)
    }

    fn array(&mut self, mut at: usize, depth: usize) -> Past {
        let (mut choices, mut commas) = (1u64, 0);
        if self.byte(at) != b']' {
            loop {
                match self.byte(at) {
                    b'{' | b'[' => {
                        at = self.brackets(at, depth)?.get();
                        choices = choices.saturating_add(self.choices);
                    }
                    b'"' => at = self.string(at)?,
                    _ => at = self.scalar(at)?.get(),
                }
                if self.byte(at) != b',' {
                    break;
                }
                (at, commas) = (at + 1, commas + 1);
            }
        }
        self.close(at, b']', choices, commas)
    }

    #[inline(always)]
    fn close(&mut self, at: usize, bracket: u8, choices: u64, commas: usize) -> Past {
        if self.byte(at) != bracket {
            return None;
        }
        self.choices = choices;
        self.commas += commas;
        NonZeroUsize::new(at + 1)
    }

    #[inline(always)]
    fn string(&mut self, at: usize) -> Option<usize> {
        if self.byte(at) != b'"' {
            return None;
        }
        let end = self.window.next(self.bytes, at + 1);
        if self.byte(end) == b'"' {
            return Some(end + 1);
        }
        Some(self.escaped(end)?.get())
    }

    /// The rest of a string with escapes, of which the first stands at a place.
    #[inline(never)]
    fn escaped(&mut self, mut at: usize) -> Past {
        while self.byte(at) == b'\\' && matches!(self.byte(at + 1), b'"' | b'\\' | b'n' | b'r' | b't' | b'b' | b'f') {
            at = self.window.next(self.bytes, at + 2);
            if self.byte(at) == b'"' {
                return NonZeroUsize::new(at + 1);
            }
        }
        None
    }

    /// A number or word.
    #[inline(never)]
    fn scalar(&self, at: usize) -> Past {
        // Its last four letters, and where they stand.
        let (letters, start) = match self.byte(at) {
            b't' => (b"true", at),
            b'f' => (b"alse", at + 1),
            b'n' => (b"null", at),
            _ => return self.number(at),
        };
        let found = self.bytes.get(start..)?.first_chunk::<4>()?;
        if found == letters { NonZeroUsize::new(start + 4) } else { None }
    }

    #[inline(always)]
    fn number(&self, mut at: usize) -> Past {
        if self.byte(at) == b'-' {
            at += 1;
        }
        at = match self.byte(at) {
            b'0' => at + 1,
            _ => self.digits(at)?.get(),
        };
        if self.byte(at) == b'.' {
            at = self.digits(at + 1)?.get();
        }
        if matches!(self.byte(at), b'e' | b'E') {
            at += 1;
            if matches!(self.byte(at), b'+' | b'-') {
                at += 1;
            }
            at = self.digits(at)?.get();
        }
        NonZeroUsize::new(at)
    }

    /// One digit or more.
    #[inline(never)]
    fn digits(&self, start: usize) -> Past {
        let mut at = start;
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        if at > start { NonZeroUsize::new(at) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::compact_object;
    use crate::json::{parse, print};

    #[test]
    fn what_is_compact_prints_as_it_is() {
        for (text, ways) in [
            ("{}", Some(1)),
            (r#"{"a":[{"b":1},[2],3,{}],"c":[[]],"d":[-0.5e+7,true,null,"é\"\\\n"]}"#, Some(4 * 2)),
            (r#"{"a":[{"b":[{},{}]},{"b":[{}]}],"a":{"a":[{}]}}"#, Some((1 + 3 + 2) * 2)),
            (r#"{"a": 1}"#, None),
            (r#"{"a":"\u0041"}"#, None),
            (r#"{"a":"\/"}"#, None),
            (r#"{"a":01}"#, None),
            (r#"{"a":1,}"#, None),
            (r#"{"a":1}}"#, None),
            ("{\"a\":\"\u{1}\"}", None),
            ("[1]", None),
            ("", None),
            ("{", None),
        ] {
            assert_eq!(compact_object(text).map(|it| it.choices), ways, "{text}");
            if ways.is_some() {
                assert_eq!(print(&parse(text).unwrap()), text);
            }
        }
        assert_eq!(compact_object(&format!("{{\"a\":{}{}}}", "[".repeat(64), "]".repeat(64))), None);
    }
}
