//! Is a text already as [`print`](super::print) would write it? Then it need not be read to be passed on.
//!
//! Only texts that are plain enough are said to be: no blanks, no escapes but the shortest ones, not deep, not long. Whatever
//! else there is the reader must see. On the way it is counted what matching an event may cost.

use super::block;
use super::window::{Ends, Window};

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
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, commas: 0, window: Window::new() };
    if text.len() > LONGEST || scan.peek() != b'{' {
        return None;
    }
    let choices = scan.value(0)?;
    (scan.at == text.len()).then_some(Compact { choices, commas: scan.commas })
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
    at: usize,
    commas: usize,
    window: Window<Ends>,
}

impl Scan<'_> {
    /// The next byte; 0 at the end.
    #[inline]
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    fn take(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    fn value(&mut self, depth: usize) -> Option<u64> {
        match self.peek() {
            b'{' | b'[' if depth == DEEPEST => None,
            b'{' => self.object(depth + 1),
            b'[' => self.array(depth + 1),
            b'"' => self.string().map(|()| 1),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<u64> {
        self.at += 1;
        let mut ways = 1u64;
        if self.peek() == b'}' {
            self.at += 1;
            return Some(ways);
        }
        loop {
            self.string()?;
            if self.take() != b':' {
                return None;
            }
            // Most values are strings, and these need no call.
            match self.peek() {
                b'"' => self.string()?,
                _ => ways = ways.saturating_mul(self.value(depth)?),
            }
            match self.take() {
                b',' => self.commas += 1,
                b'}' => return Some(ways),
                _ => return None,
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<u64> {
        self.at += 1;
        let mut ways = 1u64;
        if self.peek() == b']' {
            self.at += 1;
            return Some(ways);
        }
        loop {
            let is_element = matches!(self.peek(), b'{' | b'[');
            let inside = self.value(depth)?;
            if is_element {
                ways = ways.saturating_add(inside);
            }
            match self.take() {
                b',' => self.commas += 1,
                b']' => return Some(ways),
                _ => return None,
            }
        }
    }

    #[inline(always)]
    fn string(&mut self) -> Option<()> {
        if self.peek() != b'"' {
            return None;
        }
        self.at = self.window.next(self.bytes, self.at + 1);
        match self.take() {
            b'"' => Some(()),
            escape => self.escaped(escape),
        }
    }

    /// The rest of a string with escapes. What ended its first part is taken already.
    #[inline(never)]
    fn escaped(&mut self, mut end: u8) -> Option<()> {
        while end == b'\\' && matches!(self.take(), b'"' | b'\\' | b'n' | b'r' | b't' | b'b' | b'f') {
            self.at = self.window.next(self.bytes, self.at);
            end = self.take();
            if end == b'"' {
                return Some(());
            }
        }
        None
    }

    fn word(&mut self, word: &[u8]) -> Option<u64> {
        let end = self.at + word.len();
        let same = self.bytes.get(self.at..end)? == word;
        self.at = end;
        same.then_some(1)
    }

    fn number(&mut self) -> Option<u64> {
        if self.peek() == b'-' {
            self.at += 1;
        }
        match self.take() {
            b'0' => {}
            b'1'..=b'9' => self.digits(),
            _ => return None,
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Some(1)
    }

    fn digits(&mut self) {
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Option<()> {
        let start = self.at;
        self.digits();
        (self.at > start).then_some(())
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
