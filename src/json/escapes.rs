//! The fast way through strings with escapes: those that hold JSON, such as the detail of an event on its way in.
//!
//! The trap: an escaped quote is no end. It is taken over with what follows it, and the next end is looked for behind it.

use super::window::{Ends, marks};

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

/// So many bytes are taken over at once.
const STEP: usize = 32;

/// Puts a string together: how long it is, and where it ends.
#[inline(never)]
fn decode(bytes: &[u8], room: &mut [u8]) -> Result<(usize, usize), Stop> {
    // What stands before `from` was taken over. The first byte of a window may belong to an escape before it.
    let (mut filled, mut from, mut start, mut escaped) = (0, 0, 0, 0);
    // Behind the window stands a step more, so that one can be taken over from wherever in it.
    while let Some(window) = bytes.get(start..).filter(|rest| rest.len() >= 64 + STEP).and_then(<[u8]>::first_chunk) {
        let mut marks = marks::<Ends>(window) & !escaped;
        escaped = 0;
        while marks != 0 {
            let at = start + marks.trailing_zeros() as usize;
            filled = take(bytes, from, at, room, filled)?;
            match bytes.get(at) {
                Some(b'"') => return Ok((filled, at)),
                Some(b'\\') => {}
                _ => return Err(Stop::Odd),
            }
            escaped = u64::from(marks == 1 << 63);
            marks &= marks - 1;
            let escape = *bytes.get(at + 1).ok_or(Stop::Odd)?;
            // What stands for itself begins what is taken over next. It may be marked as an end, which it is not.
            from = at + 1;
            match escape {
                b'"' | b'\\' => marks &= marks.wrapping_sub(1),
                b'/' => {}
                _ => {
                    *room.get_mut(filled).ok_or(Stop::Full)? = letter(escape).ok_or(Stop::Odd)?;
                    (filled, from) = (filled + 1, at + 2);
                }
            }
        }
        start += 64;
    }
    last(bytes, from, from.max(start + escaped as usize), room, filled)
}

/// Takes over what stands between two places; gives how much there is now.
#[inline(always)]
fn take(bytes: &[u8], from: usize, to: usize, room: &mut [u8], filled: usize) -> Result<usize, Stop> {
    let run = to - from;
    if run > STEP {
        let (long, room) = (bytes.get(from..to), room.get_mut(filled..filled + run));
        room.ok_or(Stop::Full)?.copy_from_slice(long.ok_or(Stop::Odd)?);
    } else {
        // Runs between escapes are short, so a whole step is written, and what is too much is written over.
        let next = bytes.get(from..).and_then(<[u8]>::first_chunk::<STEP>).ok_or(Stop::Odd)?;
        *room.get_mut(filled..).and_then(<[u8]>::first_chunk_mut).ok_or(Stop::Full)? = *next;
    }
    Ok(filled + run)
}

/// The rest, where less than a window and a step are left. Up to `at` there is no end.
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
        for (before, after) in (0..140).flat_map(|before| [0, 1, 15, 16, 17, 64, 90].map(|after| (before, after))) {
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
