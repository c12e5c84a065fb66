//! Strings with backslashes, decoded only where a rule looks at them.
//!
//! The trap: half a surrogate pair is a question mark to the service, as in `json`.

/// The characters of a string with escapes, as bytes of UTF-8. The string was passed by a `Cursor` before.
pub(super) fn decode(escaped: &[u8], into: &mut Vec<u8>) {
    into.clear();
    let mut rest = escaped;
    while let Some(slash) = rest.iter().position(|byte| *byte == b'\\') {
        into.extend_from_slice(rest.get(..slash).unwrap_or_default());
        let letter = rest.get(slash + 1).copied().unwrap_or(b'?');
        let mut used = slash + 2;
        let plain = match letter {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let first = unit(rest, slash);
                used = slash + 6;
                let mut c = char::from_u32(first);
                if (0xd800..0xdc00).contains(&first) && rest.get(used..used + 2) == Some(b"\\u") {
                    let second = unit(rest, used);
                    if (0xdc00..0xe000).contains(&second) {
                        c = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                        used += 6;
                    }
                }
                // Half a character is a question mark to the service.
                let mut buffer = [0; 4];
                into.extend_from_slice(c.unwrap_or('?').encode_utf8(&mut buffer).as_bytes());
                rest = rest.get(used..).unwrap_or_default();
                continue;
            }
            other => other,
        };
        into.push(plain);
        rest = rest.get(used..).unwrap_or_default();
    }
    into.extend_from_slice(rest);
}

/// The four hex digits of the `\u` at this place.
fn unit(text: &[u8], slash: usize) -> u32 {
    let digits = text.get(slash + 2..slash + 6).unwrap_or_default();
    digits.iter().fold(0, |value, digit| value * 16 + (*digit as char).to_digit(16).unwrap_or(0))
}
