//! The numbers of an event as doubles, and whether the service can compare them.
//!
//! Nearly all numbers have at most fifteen digits and no exponent, and are comparable. The rest is tried.

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
    pub(super) fn read(text: &'a [u8]) -> Self {
        let (value, is_plain) = double::read(text);
        Self { text, value, comparable: is_plain.then_some(true) }
    }

    /// Whether the service can compare it. Asked only when it matters.
    #[inline]
    pub(super) fn is_comparable(&mut self) -> bool {
        let (text, value) = (self.text, self.value);
        let ask = || survives(text, value).or_else(|| std::str::from_utf8(text).ok().map(is_comparable));
        *self.comparable.get_or_insert_with(|| ask().unwrap_or_default())
    }
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
            let mut number = Number::read(text.as_bytes());
            prop_assert_eq!(number.value.to_bits(), text.parse::<f64>().unwrap().to_bits());
            prop_assert_eq!(number.is_comparable(), Comparable::of(&text).is_some());
        }
    }
}
