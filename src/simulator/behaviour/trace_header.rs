//! The X-Ray trace header of an event, put in order as the service does (recorded 2026).
//!
//! `Root=1-8hex-24hex;Parent=16hex;Sampled=0|1|?`, then whatever else was there. Blanks around parts go; of several parts of
//! one name the last wins; a bad `Parent` or `Sampled` is left out; a bad `Root` is replaced by a generated one; without
//! `Root` there is no header. It travels to queues as `AWSTraceHeader` and over bus hops, and is never part of the event.

use crate::ids::Ids;
use crate::sets::Listed as _;
use crate::time::Instant;

/// The header that is delivered for the one that was sent, if any is.
pub fn normalised(given: &str, now: Instant, ids: &mut Ids) -> Option<String> {
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for part in given.split(';') {
        let Some((name, value)) = part.split_once('=') else { continue };
        let (name, value) = (name.trim(), value.trim());
        match parts.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None => parts.push((name, value)),
        }
    }
    let value = |name: &str| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let root = value("Root")?;
    let mut header = format!("Root={}", if is_root(root) { root.to_owned() } else { generated(now, ids) });
    if let Some(parent) = value("Parent").filter(|parent| is_hex(parent, 16)) {
        header.push_str(&format!(";Parent={parent}"));
    }
    if let Some(sampled) = value("Sampled").filter(|sampled| matches!(*sampled, "0" | "1" | "?")) {
        header.push_str(&format!(";Sampled={sampled}"));
    }
    for (name, value) in parts.iter().filter(|(name, _)| !matches!(*name, "Root" | "Parent" | "Sampled")) {
        header.push_str(&format!(";{name}={value}"));
    }
    Some(header)
}

fn generated(now: Instant, ids: &mut Ids) -> String {
    format!("1-{:08x}-{}", now.seconds() & 0xffff_ffff, ids.hex(24))
}

fn is_root(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').listed();
    matches!(parts.as_slice(), ["1", time, rest] if is_hex(time, 8) && is_hex(rest, 24))
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_put_in_order() {
        let root = "Root=1-6ab2832c-0123456789abcdef01234567";
        let parent = "Parent=0123456789abcdef";
        for (given, wanted) in [
            ("garbage".to_owned(), None),
            (parent.to_owned(), None),
            (root.to_owned(), Some(root.to_owned())),
            (format!(" {root} ; {parent} ; Sampled=0 "), Some(format!("{root};{parent};Sampled=0"))),
            (format!("Sampled=0;Foo=bar;{parent};{root}"), Some(format!("{root};{parent};Sampled=0;Foo=bar"))),
            (format!("Root=1;{root};Parent=;Sampled=7"), Some(root.to_owned())),
        ] {
            assert_eq!(normalised(&given, Instant::from_seconds(0), &mut Ids::new(0)), wanted, "{given}");
        }
        let made = normalised("Root=oops", Instant::from_seconds(16), &mut Ids::new(0)).unwrap();
        assert!(made.starts_with("Root=1-00000010-") && is_root(made.strip_prefix("Root=").unwrap()), "{made}");
    }
}
