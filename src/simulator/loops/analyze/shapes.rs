//! The shapes of texts that are new every time: which letters can stand where.
//!
//! A question about such a text has an answer only where all texts of the shape give the same.

use crate::sets::Listed as _;
use crate::sets::strings::Step;

fn digits(count: usize, letters: &str) -> impl Iterator<Item = Step> {
    let one = Step::OneOf(letters.chars().map(String::from).listed());
    std::iter::repeat_n(one, count)
}

/// So many hex digits.
pub(super) fn hex(count: usize) -> Vec<Step> {
    digits(count, "0123456789abcdef").listed()
}

/// A UUID.
pub(super) fn uuid() -> Vec<Step> {
    let dash = || Step::OneOf(vec!["-".to_owned()]);
    let mut steps = hex(8);
    for count in [4, 4, 4, 12] {
        steps.push(dash());
        steps.extend(hex(count));
    }
    steps
}

/// `2026-01-01T00:00:00Z`, digits anywhere.
pub(super) fn time() -> Vec<Step> {
    let mut steps = Vec::new();
    for (count, mark) in [(4, "-"), (2, "-"), (2, "T"), (2, ":"), (2, ":"), (2, "Z")] {
        steps.extend(digits(count, "0123456789"));
        steps.push(Step::OneOf(vec![mark.to_owned()]));
    }
    steps
}
