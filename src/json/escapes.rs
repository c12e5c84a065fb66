//! The fast way through strings with escapes: those that hold JSON, such as the detail of an event on its way in.
//!
//! The trap: an escaped quote is no end. It is taken over with what follows it, and the next end is looked for behind it.

use super::window::{Ends, Window};

/// The text of a string up to its closing quote, and where that stands, if all its escapes are of one letter. Others, and
/// errors, are for the careful way.
///
/// How long it is shows at its end only, so it is put together in a buffer that all strings of a reader share.
pub(super) fn simple<'a>(rest: &str, buffer: &'a mut Vec<u8>) -> Option<(&'a str, usize)> {
    let bytes = rest.as_bytes();
    // A string is never longer than what is left, and seldom than this.
    let mut size = 32 * 1024;
    let (filled, end) = loop {
        if buffer.len() < size.min(bytes.len()) {
            buffer.resize(size.min(bytes.len()), 0);
        }
        match decode(bytes, buffer) {
            Ok(found) => break found,
            Err(Stop::Full) if buffer.len() < bytes.len() => size = buffer.len() * 4,
            Err(_) => return None,
        }
    };
    Some((std::str::from_utf8(buffer.get(..filled)?).ok()?, end))
}

/// Why a string was not put together.
enum Stop {
    /// The buffer is too small.
    Full,
    /// It is for the careful way.
    Odd,
}

/// Puts a string together: how long it is, and where it ends.
#[inline(never)]
fn decode(bytes: &[u8], room: &mut [u8]) -> Result<(usize, usize), Stop> {
    let mut window = Window::<Ends>::new();
    // What stands before `from` was taken over; between there and `at` is no end.
    let (mut filled, mut from, mut at) = (0, 0, 0);
    loop {
        at = window.next(bytes, at);
        let run = at - from;
        let Some(next) = bytes.get(from..).and_then(<[u8]>::first_chunk::<16>) else {
            return last(bytes, from, at, room, filled);
        };
        // Runs between escapes are short, so sixteen bytes are written, and those too many are written over.
        *room.get_mut(filled..).and_then(<[u8]>::first_chunk_mut).ok_or(Stop::Full)? = *next;
        if run > 16 {
            let (long, room) = (bytes.get(from..at), room.get_mut(filled..filled + run));
            room.ok_or(Stop::Full)?.copy_from_slice(long.ok_or(Stop::Odd)?);
        }
        filled += run;
        match bytes.get(at) {
            Some(b'"') => return Ok((filled, at)),
            Some(b'\\') => {}
            _ => return Err(Stop::Odd),
        }
        from = at + 1;
        at += 2;
        let escape = *bytes.get(from).ok_or(Stop::Odd)?;
        if !matches!(escape, b'"' | b'\\' | b'/') {
            *room.get_mut(filled).ok_or(Stop::Full)? = letter(escape).ok_or(Stop::Odd)?;
            (filled, from) = (filled + 1, at);
        }
    }
}

/// The rest, where less than sixteen bytes of the text are left. Up to `at` there is no end.
fn last(bytes: &[u8], from: usize, at: usize, room: &mut [u8], mut filled: usize) -> Result<(usize, usize), Stop> {
    let mut rest = bytes.iter().enumerate().skip(from);
    while let Some((place, byte)) = rest.next() {
        let byte = match byte {
            b'"' if place >= at => return Ok((filled, place)),
            b'\\' if place >= at => rest.next().and_then(|(_, escape)| letter(*escape)).ok_or(Stop::Odd)?,
            0..0x20 => return Err(Stop::Odd),
            byte => *byte,
        };
        *room.get_mut(filled).ok_or(Stop::Full)? = byte;
        filled += 1;
    }
    Err(Stop::Odd)
}

/// What an escape of this one letter stands for.
fn letter(escape: u8) -> Option<u8> {
    Some(match escape {
        b'"' | b'\\' | b'/' => escape,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::json::{Value, parse};

    #[test]
    fn escapes_are_read_wherever_they_stand() {
        let odd = [
            ("\\\"", "\""),
            ("\\\\", "\\"),
            ("\\/", "/"),
            ("\\n", "\n"),
            ("\\\\\\\"", "\\\""),
            ("é", "é"),
            ("\\u0041", "A"),
        ];
        for (before, after) in (0..40).flat_map(|before| (0..40).map(move |after| (before, after))) {
            for (written, meant) in odd {
                let around = |middle: &str| format!("{}{middle}{}", "a".repeat(before), "b".repeat(after));
                let text = format!("[\"{}\",\"{}\"]", around(written), around(&written.repeat(3)));
                let wanted = [around(meant), around(&meant.repeat(3))].map(Value::string);
                assert_eq!(parse(&text).unwrap(), Value::array(wanted.into()), "{text}");
            }
        }
    }

    #[test]
    fn long_strings_are_read_too() {
        for (written, meant) in [("\\n", "\n"), ("\\\"", "\""), ("ab\\\\", "ab\\"), ("é\\u0041", "éA")] {
            let (written, meant) = (written.repeat(60_000), meant.repeat(60_000));
            assert_eq!(parse(&format!("[\"{written}\"]")).unwrap(), Value::array(vec![Value::string(meant)]));
        }
    }
}
