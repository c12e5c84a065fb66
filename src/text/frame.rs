//! The code frame: the line of the text that a message is about, with the place underlined.
//!
//! Only the first line of a span is shown, and of a long line only the neighbourhood: a pattern may be one line of a
//! megabyte.

use super::{Span, position};

/// How many characters of context are kept on each side of the place.
const CONTEXT: usize = 60;

/// The frame for one span. `origin` names the text (``rule `orders` ``), `note` is written beside the underline.
///
/// ```text
///   --> rule `orders`, line 3, column 18
///    |
///  3 |   "detail": { "total": [{ "numeric": [">", "100"] }] }
///    |                                            ^^^^^ a string, not a number
/// ```
pub fn frame(text: &str, span: Span, origin: &str, note: &str) -> String {
    let (start, end) = (floor(text, span.start as usize), floor(text, span.end as usize));
    let place = position(text, start);
    let before = text.get(..start).unwrap_or("");
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or("");
    let line_end = rest.find(['\n', '\r']).map_or(text.len(), |at| start + at);

    let lead = text.get(line_start..start).unwrap_or("");
    let body = text.get(start..end.clamp(start, line_end)).unwrap_or("");
    let tail = text.get(start + body.len()..line_end).unwrap_or("");
    let lead = last_characters(lead);
    let body: String = body.chars().take(2 * CONTEXT).collect();
    let tail: String = tail.chars().take(CONTEXT).collect();

    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    let indent: String = lead.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let marks = "^".repeat(body.chars().count().max(1));
    let note = if note.is_empty() { String::new() } else { format!(" {note}") };
    format!(
        "{gutter} --> {origin}, line {}, column {}\n {gutter} |\n {number} | {lead}{body}{tail}\n {gutter} | {indent}{marks}{note}",
        place.line, place.column
    )
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn last_characters(text: &str) -> &str {
    match text.char_indices().rev().nth(CONTEXT) {
        Some((at, c)) => text.get(at + c.len_utf8()..).unwrap_or(""),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_underlined_under_its_line() {
        let text = "{\n  \"a\": [\"x\"]\n}";
        let shown = frame(text, Span::new(10, 13), "pattern", "here");
        assert_eq!(shown, "  --> pattern, line 2, column 9\n   |\n 2 |   \"a\": [\"x\"]\n   |         ^^^ here");
    }
}
