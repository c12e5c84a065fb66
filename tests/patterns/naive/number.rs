//! Numbers that survive a double: the shortest spelling is found by trying all lengths.

use std::cmp::Ordering;

/// The double of a number that equals its shortest spelling.
pub fn comparable(text: &str) -> Option<f64> {
    let double: f64 = text.parse().unwrap();
    if !double.is_finite() {
        return None;
    }
    // Java writes two digits at least.
    let shortest = (1..20).map(|digits| format!("{double:.digits$e}")).find(|it| it.parse() == Ok(double)).unwrap();
    (decimal(text)? == decimal(&shortest)?).then_some(double)
}

/// Sign, digits without zeros at the ends, and the power of ten behind the last of them. Java holds powers of 32 bits.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let lower = text.to_lowercase();
    let (mantissa, power) = lower.split_once('e').unwrap_or((&lower, "0"));
    let digits = mantissa.trim_start_matches('-');
    let behind_point = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let all: String = digits.chars().filter(char::is_ascii_digit).collect();
    let trimmed = all.trim_end_matches('0');
    let power = i64::from(power.parse::<i32>().ok()?) - behind_point as i64 + (all.len() - trimmed.len()) as i64;
    Some(match trimmed.trim_start_matches('0') {
        "" => (false, String::new(), 0),
        digits => (mantissa.starts_with('-'), digits.to_owned(), power),
    })
}

/// Equal to the service: both comparable and equal, or the same text.
pub fn equal(a: &str, b: &str) -> bool {
    a == b || matches!((comparable(a), comparable(b)), (Some(a), Some(b)) if a == b)
}

/// Whether a comparison such as `<=` holds.
pub fn holds(value: f64, operator: &str, operand: f64) -> bool {
    let order = value.partial_cmp(&operand).unwrap();
    match operator {
        "=" => order == Ordering::Equal,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        _ => order != Ordering::Less,
    }
}
