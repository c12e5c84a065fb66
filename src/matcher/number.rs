//! The numbers of an event as doubles, and whether the service can compare them.
//!
//! Nearly all numbers have at most fifteen digits and no exponent. Such a one is an integer and a power of ten that doubles hold
//! exactly, so one division rounds it as the standard says, and it is comparable. The rest goes to the library.

use crate::json::double;
use crate::pattern::Comparable;

/// A number of an event.
pub(super) struct Number<'a> {
    text: &'a [u8],
    pub(super) value: f64,
    /// Whether it can be compared, once that was asked.
    comparable: Option<bool>,
}

impl<'a> Number<'a> {
    /// Reads a number that follows the grammar of JSON.
    #[inline]
    pub(super) fn read(text: &'a [u8]) -> Option<Self> {
        if let Some(value) = short(text) {
            return Some(Self { text, value, comparable: Some(true) });
        }
        Some(Self { text, value: double::nearest(text), comparable: None })
    }

    /// Whether the service can compare it. Asked only when it matters.
    #[inline]
    pub(super) fn is_comparable(&mut self) -> bool {
        let (text, value) = (self.text, self.value);
        let ask = || survives(text, value).or_else(|| std::str::from_utf8(text).ok().map(is_comparable));
        *self.comparable.get_or_insert_with(|| ask().unwrap_or_default())
    }
}

const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// A number of at most fifteen digits without an exponent.
#[inline]
fn short(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        _ => (false, text),
    };
    if digits.len() > 16 {
        return None;
    }
    let (mut whole, mut point) = (0i64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole * 10 + i64::from(byte - b'0'),
            b'.' => point = Some(at),
            _ => return None,
        }
    }
    if digits.len() - usize::from(point.is_some()) > 15 {
        return None;
    }
    let value = match point {
        None => whole as f64,
        Some(point) => whole as f64 / POWERS.get(digits.len() - point - 1)?,
    };
    Some(if negative { -value } else { value })
}

/// Whether the shortest spelling of a double has the digits of a number without an exponent, if that is easily said.
///
/// Their powers of ten cannot differ: the number was read as this very double.
fn survives(text: &[u8], value: f64) -> Option<bool> {
    if !value.is_finite() || text.iter().any(|byte| matches!(byte, b'e' | b'E')) {
        return None;
    }
    Some(double::survives(text, value))
}

/// The bytes of a number's predicate. Minus zero is zero.
pub(super) fn number_bytes(value: f64) -> [u8; 8] {
    (value + 0.0).to_bits().to_le_bytes()
}

/// Whether the service can compare a number. Up to 15 digits a double always gives back; beyond, it must be tried.
fn is_comparable(text: &str) -> bool {
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits = number.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    let ordinary = power.len() <= 2 && number.len() <= 100;
    (digits <= 15 && ordinary) || Comparable::of(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Number, is_comparable};
    use crate::pattern::Comparable;
    use proptest::prelude::*;

    #[test]
    fn the_short_way_to_comparable_is_right() {
        for text in ["0", "-0.0", "0.10", "123456789012345", "1e22", "299.99999999999999", "1e-400", "9007199254740993"]
        {
            assert_eq!(is_comparable(text), Comparable::of(text).is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_the_library_reads_them(text in "-?(0|[1-9][0-9]{0,16})(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?") {
            let mut number = Number::read(text.as_bytes()).unwrap();
            prop_assert_eq!(number.value.to_bits(), text.parse::<f64>().unwrap().to_bits());
            prop_assert_eq!(number.is_comparable(), Comparable::of(&text).is_some());
        }
    }
}
