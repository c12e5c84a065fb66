//! A JSON number as it was written.
//!
//! The text is the value: `3.0e2` stays `3.0e2`, and 20 digits stay 20 digits. Comparing numbers as the service does is
//! the business of `pattern`; equality here is equality of spelling.

use std::fmt;

/// A number, known by its spelling.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    text: String,
}

impl Number {
    /// From a text; none when it is not a JSON number.
    pub fn parse(text: &str) -> Option<Number> {
        is_number(text.as_bytes()).then(|| Number { text: text.to_owned() })
    }

    /// From a text that the reader has checked.
    pub(crate) fn trusted(text: String) -> Number {
        Number { text }
    }

    /// The spelling.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole number that is written, if it is written as one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.text.parse().ok()
    }

    /// The nearest double.
    pub fn as_f64(&self) -> f64 {
        super::double::nearest(self.text.as_bytes())
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number { text: value.to_string() }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The grammar of RFC 8259: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
fn is_number(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"-").unwrap_or(text);
    let (whole, rest) = digits(rest);
    if whole.is_empty() || (whole.len() > 1 && whole.first() == Some(&b'0')) {
        return false;
    }
    let rest = match rest.strip_prefix(b".") {
        Some(fraction) => match digits(fraction) {
            ([], _) => return false,
            (_, rest) => rest,
        },
        None => rest,
    };
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', power @ ..] | [b'e' | b'E', power @ ..] => matches!(digits(power), ([_, ..], [])),
        _ => false,
    }
}

fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
    text.split_at(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_numbers_are_numbers() {
        for good in ["0", "-0", "1", "10.50", "3E+2", "3e-2", "1.5e10"] {
            assert!(Number::parse(good).is_some(), "{good}");
        }
        for bad in ["", "-", "01", "1.", ".5", "+1", "1e", "1e+", "1x", "NaN"] {
            assert!(Number::parse(bad).is_none(), "{bad}");
        }
    }
}
