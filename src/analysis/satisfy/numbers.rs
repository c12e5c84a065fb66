//! Numbers that patterns can tell apart, one of each kind.
//!
//! Between two neighbouring operands all comparable numbers are alike, so one stands for all: a short one, if there is one.
//! Doubles are not dense, so two operands may have none between them. Numbers that cannot be compared are alike but for
//! their own texts.

use crate::json::{Number, double};
use crate::pattern::Comparable;
use crate::sets::{Listed as _, sort_by};

/// A number that no double spells like this, so that it cannot be compared.
const INCOMPARABLE: &str = "12345678901234567890123";

/// The operands and one number of each gap between them; then one that cannot be compared.
pub(super) fn representatives(operands: &[Number]) -> Vec<Number> {
    let mut points: Vec<(f64, &Number)> = Vec::new();
    for number in operands {
        points.extend(Comparable::of(number.text()).map(|value| (value.get(), number)));
    }
    sort_by(&mut points, |one, other| one.0.total_cmp(&other.0));
    points.dedup_by(|one, other| one.0 == other.0);
    let mut texts = Vec::new();
    let mut low = None;
    for (value, number) in &points {
        texts.extend(between(low, Some(*value)));
        texts.push(number.text().to_owned());
        low = Some(*value);
    }
    texts.extend(between(low, None));
    let incomparable = operands.iter().filter(|number| Comparable::of(number.text()).is_none());
    texts.extend(incomparable.map(|number| number.text().to_owned()));
    // One digit more for each that is taken already.
    let mut other = INCOMPARABLE.to_owned();
    while operands.iter().any(|number| number.text() == other) {
        other.push('1');
    }
    texts.push(other);
    texts.iter().filter_map(|text| Number::parse(text)).listed()
}

/// The text of a comparable number strictly between these, if there is one.
fn between(low: Option<f64>, high: Option<f64>) -> Option<String> {
    let least = low.map_or(f64::MIN, f64::next_up);
    let most = high.map_or(f64::MAX, f64::next_down);
    if !least.is_finite() || !most.is_finite() || least > most {
        return None;
    }
    let fits = |text: &String| Comparable::of(text).is_some_and(|value| (least..=most).contains(&value.get()));
    let short = match (low, high) {
        (None, None) => Some("1".to_owned()),
        (Some(low), _) => short_above(low),
        (None, Some(high)) => whole(high.ceil() - 1.0),
    };
    let decimals = (1..=17).filter_map(|digits| decimal(low?, digits));
    let minus = if least < 0.0 { "-" } else { "" };
    let exact = || (least != 0.0).then(|| minus.to_owned() + &double::spelling(least.abs())).filter(fits);
    short.into_iter().chain(decimals).find(fits).or_else(exact)
}

fn short_above(low: f64) -> Option<String> {
    whole(low.floor() + 1.0)
}

fn whole(value: f64) -> Option<String> {
    (value.abs() < 1e15).then(|| (value as i64).to_string())
}

/// The next number above with so many digits behind the point.
fn decimal(low: f64, digits: i32) -> Option<String> {
    let scaled = (low * 10f64.powi(digits)).floor() + 1.0;
    if scaled.abs() >= 1e17 {
        return None;
    }
    let (minus, scaled) = (if scaled < 0.0 { "-" } else { "" }, (scaled.abs() as i64).to_string());
    let digits = digits.unsigned_abs() as usize;
    let padded = "0".repeat((digits + 1).saturating_sub(scaled.len())) + &scaled;
    let (whole, fraction) = padded.split_at_checked(padded.len() - digits)?;
    Some(format!("{minus}{whole}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::representatives;
    use crate::json::Number;

    fn texts(operands: &[&str]) -> Vec<String> {
        let numbers: Vec<Number> = operands.iter().map(|text| Number::parse(text).unwrap()).collect();
        representatives(&numbers).iter().map(|number| number.text().to_owned()).collect()
    }

    #[test]
    fn every_gap_has_one_and_no_gap_none() {
        assert_eq!(texts(&["5", "6"])[..5], ["4", "5", "5.1", "6", "7"]);
        assert_eq!(texts(&["-0.5", "0"])[..5], ["-1", "-0.5", "-0.4", "0", "1"]);
        assert_eq!(texts(&["9007199254740992", "9007199254740994"]).len(), 5);
        assert_eq!(texts(&["1.7976931348623157e308"])[1], "1.7976931348623157e308");
        assert_eq!(texts(&["4.9e-324"])[..2], ["0", "4.9e-324"]);
        assert_eq!(texts(&["0", "4.9e-324"])[1..3], ["0", "4.9e-324"]);
    }
}
