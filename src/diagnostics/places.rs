//! Many places of one text, without reading it from the start for each.
//!
//! A mark every [`STRIDE`] bytes; a place is counted on from the mark before it. So all places of a pattern of a megabyte
//! cost its length and not its square.

use super::{Place, Range};
use crate::text::Span;

const STRIDE: usize = 512;

/// A text whose places can be asked for again and again.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    marks: Vec<Mark>,
}

/// How far the count had come at a byte offset.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    place: Place,
    /// The character before, because `\r\n` is one line break.
    before: char,
}

impl Mark {
    fn after(self, c: char) -> Mark {
        let Place { offset, line, column } = self.place;
        let units = c.len_utf16() as u32;
        let (line, column) = match c {
            '\n' if self.before == '\r' => (line, column),
            '\n' | '\r' => (line + 1, 1),
            _ => (line, column + units),
        };
        Mark { at: self.at + c.len_utf8(), place: Place { offset: offset + units, line, column }, before: c }
    }
}

impl<'a> Places<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Places<'a> {
        let mut mark = Mark { at: 0, place: Place { offset: 0, line: 1, column: 1 }, before: '\0' };
        let mut marks = vec![mark];
        let mut next = STRIDE;
        for c in text.chars() {
            mark = mark.after(c);
            if mark.at >= next {
                marks.push(mark);
                next = mark.at + STRIDE;
            }
        }
        Places { text, marks }
    }

    /// The range of a span; past the end of the text, the end.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.place(span.start as usize), end: self.place(span.end as usize) }
    }

    fn place(&self, offset: usize) -> Place {
        let marks = self.marks.partition_point(|mark| mark.at <= offset);
        let Some(mut mark) = self.marks.get(marks.saturating_sub(1)).copied() else {
            return Place { offset: 0, line: 1, column: 1 };
        };
        for c in self.text.get(mark.at..).unwrap_or("").chars() {
            if mark.at >= offset {
                break;
            }
            mark = mark.after(c);
        }
        mark.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_a_count_from_the_start_gives() {
        let text = "aé😀\r\nb\rc\n\n\u{2028}".repeat(200);
        let places = Places::new(&text);
        for start in 0..text.len() + 3 {
            let span = Span::new(start, start + 2);
            assert_eq!(places.range(span), Range::of(&text, span), "at {start}");
        }
    }
}
