//! Places in a text: spans, lines and columns, code frames, and "did you mean".
//!
//! Everything that reads text keeps *byte offsets* ([`Span`]); a line and column are worked out only when a message
//! needs them. Columns count UTF-16 units, because both audiences do: the service's messages (a Java parser) and
//! browsers. A line ends at `\n`, `\r` or `\r\n`.
//!
//! What does not live here: any knowledge of JSON or of patterns.

pub mod case;
mod frame;
mod suggest;

pub use frame::frame;
pub use suggest::did_you_mean;

use serde::Serialize;
use std::rc::Rc;

/// A text that is kept in many places. Out of line, because it is made in many.
#[inline(never)]
pub fn shared(text: &str) -> Rc<str> {
    Rc::from(text)
}

/// A stretch of a text, as byte offsets: `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets; offsets beyond 4 GiB are clamped (no text of ours is that long).
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// The empty span at one offset.
    pub fn at(offset: usize) -> Span {
        Span::new(offset, offset)
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text it covers; empty when it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// A place as people count it: both numbers start at 1; the column counts UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in UTF-16 units, from 1.
    pub column: u32,
}

/// Line and column of a byte offset. An offset beyond the end is the end.
pub fn position(text: &str, offset: usize) -> Position {
    let mut line = 1;
    let mut column = 1;
    let mut before = '\0';
    for (at, c) in text.char_indices() {
        if at >= offset {
            break;
        }
        match c {
            // The second half of `\r\n` belongs to the line break that `\r` already counted.
            '\n' if before == '\r' => {}
            '\n' | '\r' => {
                line += 1;
                column = 1;
            }
            _ => column += c.len_utf16() as u32,
        }
        before = c;
    }
    Position { line, column }
}

/// A byte offset as an offset in UTF-16 units, as browsers and editors count.
pub fn utf16_offset(text: &str, offset: usize) -> u32 {
    let units: usize = text.char_indices().take_while(|(at, _)| *at < offset).map(|(_, c)| c.len_utf16()).sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_every_kind_of_line_end() {
        assert_eq!(position("a😀b", 5), Position { line: 1, column: 4 });
        assert_eq!(position("a\r\nb", 3), Position { line: 2, column: 1 });
        assert_eq!(position("a\rb\nc", 4), Position { line: 3, column: 1 });
        assert_eq!(position("ab", 99), Position { line: 1, column: 3 });
        assert_eq!(utf16_offset("é😀b", 6), 3);
    }
}
