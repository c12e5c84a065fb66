//! Which numbers can be compared, and with what.
//!
//! The service turns a number into the nearest double and accepts it only if the double's shortest spelling (Java's
//! `Double.toString`) is the same number again: 300, 3.0e2 and 300.0 are one value; 9007199254740993 has none.
//!
//! The trap: Java writes at least two digits and picks the two that are nearest, so the smallest double is 4.9E-324
//! there and 5e-324 everywhere else.
//!
//! Source: pattern language, section 6.

/// A number that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Comparable(f64);

impl Comparable {
    /// The comparable value of a JSON number's text, if it has one.
    pub fn of(text: &str) -> Option<Comparable> {
        let value: f64 = text.parse().ok()?;
        if !value.is_finite() {
            return None;
        }
        let shortest = format!("{value:e}");
        let one_digit = !shortest.contains('.');
        let java = if one_digit { format!("{value:.1e}") } else { shortest };
        // Adding zero turns -0 into 0.
        (Decimal::of(text)? == Decimal::of(&java)?).then_some(Comparable(value + 0.0))
    }

    /// The double.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A decimal number: `0.digits * 10^exponent`, without zeros at either end. Zero has no digits.
#[derive(PartialEq)]
struct Decimal {
    minus: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// None when the exponent is beyond what Java's `BigDecimal` holds.
    fn of(text: &str) -> Option<Decimal> {
        let (minus, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let power: i64 = power.parse::<i32>().ok()?.into();
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        i32::try_from(fraction.len() as i64 - power).ok()?;
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let exponent = whole.len() as i64 + power - (all.len() - digits.len()) as i64;
        let digits = digits.trim_end_matches('0').to_owned();
        match digits.is_empty() {
            true => Some(Decimal { minus: false, digits, exponent: 0 }),
            false => Some(Decimal { minus, digits, exponent }),
        }
    }
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
