//! Which numbers can be compared, and with what.
//!
//! The service turns a number into the nearest double and accepts it only if the double's shortest spelling (Java's
//! `Double.toString`) is the same number again: 300, 3.0e2 and 300.0 are one value; 9007199254740993 has none.
//!
//! The trap: Java writes at least two digits and picks the two that are nearest, so the smallest double is 4.9E-324
//! there and 5e-324 everywhere else.
//!
//! Source: pattern language, section 6.

use crate::json::double;

/// A number that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Comparable(f64);

impl Comparable {
    /// The comparable value of a JSON number's text, if it has one.
    pub fn of(text: &str) -> Option<Comparable> {
        let value = double::nearest(text.as_bytes());
        // Adding zero turns -0 into 0.
        (value.is_finite() && fits(text) && double::survives(text.as_bytes(), value)).then_some(Comparable(value + 0.0))
    }

    /// The double.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Whether the exponent is one that Java's `BigDecimal` holds.
fn fits(text: &str) -> bool {
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let fraction = number.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i64);
    power.parse().is_ok_and(|power: i32| i32::try_from(fraction - i64::from(power)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::Comparable;

    #[test]
    fn a_number_must_survive_the_way_through_a_double() {
        for good in
            ["300", "-0.0", "9007199254740992", "0.30000000000000004", "1e22", "1.7976931348623157e308", "4.9e-324"]
        {
            assert!(Comparable::of(good).is_some(), "{good}");
        }
        for bad in ["9007199254740993", "299.99999999999999", "1e400", "1e-400", "5e-324", "0e99999999999"] {
            assert!(Comparable::of(bad).is_none(), "{bad}");
        }
        assert_eq!(Comparable::of("3.0e2"), Comparable::of("300"));
        assert_eq!(Comparable::of("-0"), Comparable::of("0.00"));
    }
}
