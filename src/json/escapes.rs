//! The fast way through strings with escapes: those that hold JSON, such as the detail of an event on its way in.
//!
//! The trap: an escaped quote is no end. It is taken over as it stands, and the block that begins with it is judged without it.

use super::block;

/// The text of a string up to its closing quote, and where that stands, if all its escapes are of one letter. Others, and
/// errors, are for the careful way.
///
/// How long it is shows at its end only, so it is put together in a buffer that all strings of a reader share.
pub(super) fn simple<'a>(rest: &str, buffer: &'a mut Vec<u8>) -> Option<(&'a str, usize)> {
    let bytes = rest.as_bytes();
    let (mut filled, mut at) = (0, 0);
    // All bits, but for the first where an escape was: what it stands for is no end.
    let mut judged = u32::MAX;
    loop {
        if buffer.len() < filled + 32 {
            buffer.resize((buffer.len() * 2).max(2048), 0);
        }
        // Runs between escapes are short, so all sixteen bytes are written, and those too many are written over.
        let Some(next) = bytes.get(at..)?.first_chunk::<16>() else { break };
        *buffer.get_mut(filled..)?.first_chunk_mut()? = *next;
        let ends = block::ends(*next) & judged;
        judged = u32::MAX;
        if ends == 0 {
            (filled, at) = (filled + 16, at + 16);
            continue;
        }
        let run = ends.trailing_zeros() as usize;
        (filled, at) = (filled + run, at + run);
        match next.get(run)? {
            b'"' => return Some((std::str::from_utf8(buffer.get(..filled)?).ok()?, at)),
            b'\\' => match *bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' => (at, judged) = (at + 1, !1),
                other => {
                    *buffer.get_mut(filled)? = letter(other)?;
                    (filled, at) = (filled + 1, at + 2);
                }
            },
            _ => return None,
        }
    }
    // Less than sixteen bytes are left.
    buffer.truncate(filled);
    if judged != u32::MAX {
        buffer.push(*bytes.get(at)?);
        at += 1;
    }
    loop {
        match bytes.get(at)? {
            b'"' => return Some((std::str::from_utf8(buffer).ok()?, at)),
            b'\\' => {
                at += 1;
                buffer.push(letter(*bytes.get(at)?)?);
            }
            0..0x20 => return None,
            byte => buffer.push(*byte),
        }
        at += 1;
    }
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
}
