//! Decimal numbers and doubles: the nearest double of a text, and whether that double is spelled as the text again.
//!
//! The standard library's ways bring 20 kB of compressed tables and code into the engine. Here a number is read with 64 bits
//! of precision, which nearly always decides how it is rounded; when it does not, and for spelling, the decimal number and the
//! double are compared exactly (`exact`).
//!
//! A double is spelled as Java does it: the fewest digits that are read as this double again, of several such numbers the
//! nearest, but never fewer than two digits. Texts follow the grammar of JSON numbers; what else they hold is passed over.

mod exact;

use std::cmp::Ordering;

use exact::{Big, Double, GREATEST, five, order, quick_order};

/// Digits that surely fit into 64 bits.
const HEAD: usize = 19;
const MOST_BEFORE_EIGHT: usize = HEAD - 8;
/// No number between two doubles that are neighbours is longer than 767 digits; what follows can only break a tie.
const DIGITS: usize = 800;
/// How far 64 bits may lie below the number that they stand for: 14 products and the digits past the head.
const SLACK: u64 = 128;
const FIFTEEN_DIGITS: u64 = 10u64.pow(15);
/// Powers of ten that are doubles exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];
/// `5^-27`, times `2^126`.
#[expect(clippy::cast_possible_truncation, reason = "below 2^64")]
const RECIPROCAL: u64 = ((1 << 126) / 5u128.pow(27)) as u64;

/// The nearest double; of two the even one. Infinite when there is none.
pub fn nearest(text: &[u8]) -> f64 {
    read(text).0
}

/// The same, and whether it is plain that the double is spelled with the text's digits: there are at most fifteen, and no
/// exponent.
#[inline]
pub fn read(text: &[u8]) -> (f64, bool) {
    let decimal = Decimal::read(text);
    let quotient = decimal.quotient();
    let value = quotient.unwrap_or_else(|| f64::from_bits(decimal.nearest()));
    let is_plain = quotient.is_some() && decimal.head < FIFTEEN_DIGITS && decimal.power == 0;
    (if decimal.minus { -value } else { value }, is_plain)
}

/// Whether the double that a text was read as is spelled with the text's digits: whether the number went through it whole.
pub fn survives(text: &[u8], value: f64) -> bool {
    let Decimal { mut head, mut exponent, tail, .. } = Decimal::read(text);
    if head == 0 || value == 0.0 || !value.is_finite() {
        return head == 0;
    }
    if tail.iter().any(|byte| matches!(byte, b'1'..=b'9')) {
        return false;
    }
    while head.is_multiple_of(10) {
        (head, exponent) = (head / 10, exponent + 1);
    }
    if head < 10 {
        (head, exponent) = (head * 10, exponent - 1);
    }
    head < 10u64.pow(17) && Double::of(value).is_spelled(head, exponent)
}

/// A positive double as Java spells it, with an exponent and without zeros at the end.
pub fn spelling(value: f64) -> String {
    let double = Double::of(value);
    // Seventeen digits, cut off: as many as any double needs.
    let (least, most) = (10u64.pow(16), 10u64.pow(17));
    let mut exponent = i64::from(double.binary + 63 - double.mantissa.leading_zeros().cast_signed()) * 1233 / 4096 - 18;
    while double.order(most, exponent).is_le() {
        exponent += 1;
    }
    let (mut low, mut high) = (least, most);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if double.order(middle, exponent).is_le() { low = middle } else { high = middle }
    }
    let mut places = 15;
    loop {
        let (shorter, exponent) = (low / 10u64.pow(places), exponent + i64::from(places));
        let by_distance = if double.is_above_middle(shorter, exponent) { [1, 0] } else { [0, 1] };
        let mut numbers = by_distance.into_iter().map(|up| shorter + up);
        match numbers.find(|number| double.is_read(*number, exponent)) {
            Some(number) => return written(number, exponent),
            None if places == 0 => return written(low, exponent),
            None => places -= 1,
        }
    }
}

fn written(mut digits: u64, mut exponent: i64) -> String {
    while digits.is_multiple_of(10) {
        (digits, exponent) = (digits / 10, exponent + 1);
    }
    let mut text = digits.to_string();
    exponent += text.len() as i64 - 1;
    if text.len() > 1 {
        text.insert(1, '.');
    }
    format!("{text}e{exponent}")
}

/// A decimal number as it is written: `head.tail * 10^exponent`.
struct Decimal<'a> {
    minus: bool,
    /// The first digits from the first that is not zero; 0 only for zero.
    head: u64,
    /// What stands behind them, a point perhaps among it.
    tail: &'a [u8],
    exponent: i64,
    /// What is written behind the `e`.
    power: i64,
}

/// The first digits of a number.
struct Head {
    number: u64,
    digits: usize,
}

impl Head {
    /// Takes digits while there is room for them; gives what is left.
    fn take<'a>(&mut self, mut text: &'a [u8]) -> &'a [u8] {
        while let ([b'0', rest @ ..], 0) = (text, self.number) {
            text = rest;
        }
        while let (Some(chunk), ..=MOST_BEFORE_EIGHT) = (text.first_chunk(), self.digits)
            && let Some(eight) = eight_digits(*chunk)
        {
            self.number = self.number * 100_000_000 + eight;
            self.digits += 8;
            text = text.get(8..).unwrap_or_default();
        }
        while let ([digit @ b'0'..=b'9', rest @ ..], ..HEAD) = (text, self.digits) {
            self.number = self.number * 10 + u64::from(digit - b'0');
            self.digits += 1;
            text = rest;
        }
        text
    }
}

/// Eight digits at once: pairs of neighbours are put together, then pairs of pairs, then those.
#[inline(always)]
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    let digits = u64::from_le_bytes(bytes) ^ ZEROS;
    // With 118 added, whatever is more than nine has its highest bit set.
    let beyond = ((digits & 0x7f7f_7f7f_7f7f_7f7f) + 0x7676_7676_7676_7676) | digits;
    if beyond & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours & 0xffff) * 10_000 + (fours >> 32))
}

impl<'a> Decimal<'a> {
    fn read(text: &'a [u8]) -> Self {
        let (minus, text) = match text {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, text),
        };
        let mut start = Head { number: 0, digits: 0 };
        let mut rest = start.take(text);
        let mut exponent = 0;
        let whole = rest;
        if let [b'.', fraction @ ..] = rest {
            rest = start.take(fraction);
            exponent = rest.len() as i64 - fraction.len() as i64;
        }
        if rest.is_empty() {
            return Self { minus, head: start.number, tail: rest, exponent, power: 0 };
        }
        let end = rest.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(rest.len());
        let (tail, power) = rest.split_at_checked(end).unwrap_or_default();
        // Digits before the point for which the head has no room.
        if whole.first().is_some_and(u8::is_ascii_digit) {
            exponent = tail.iter().position(|byte| *byte == b'.').unwrap_or(tail.len()) as i64;
        }
        let power = self::power(power);
        Self { minus, head: start.number, tail, exponent: exponent + power, power }
    }

    /// Where both are doubles exactly, one division rounds it as the standard says.
    #[inline(always)]
    fn quotient(&self) -> Option<f64> {
        if self.head > 1 << f64::MANTISSA_DIGITS || !self.tail.is_empty() {
            return None;
        }
        Some(self.head as f64 / TENS.get(usize::try_from(-self.exponent).ok()?)?)
    }

    /// The bits of the nearest double.
    fn nearest(&self) -> u64 {
        const INFINITE: u64 = 0x7ff << 52;
        // The head has at most twenty digits.
        if self.head == 0 || self.exponent < -350 {
            return 0;
        }
        if self.exponent > 310 {
            return INFINITE;
        }
        let (mantissa, binary) = self.roughly();
        // A double keeps 53 bits, and none below 2^-1074.
        let drop = (-1074 - binary).max(11).cast_unsigned();
        let kept = mantissa.checked_shr(drop).unwrap_or(0);
        let lowest = binary + drop.cast_signed();
        let up = surely_up(mantissa, drop).unwrap_or_else(|| match self.order(2 * kept + 1, lowest - 1) {
            Ordering::Equal => kept % 2 == 1,
            order => order.is_gt(),
        });
        // The exponent is one less for numbers without the hidden bit, and one more when rounding up reaches it.
        let bits = (u64::from((lowest + 1074).cast_unsigned()) << 52) + kept + u64::from(up);
        bits.min(INFINITE)
    }

    /// `mantissa * 2^binary`, less than [`SLACK`] units too low. The mantissa has 64 bits.
    fn roughly(&self) -> (u64, i32) {
        let zeros = self.head.leading_zeros();
        let (mut mantissa, mut power) = (self.head << zeros, self.exponent);
        let mut binary = power as i32 - zeros.cast_signed();
        while power != 0 {
            let (factor, places) = if power < 0 { (RECIPROCAL, 126) } else { (five(power.min(GREATEST)), 0) };
            power = if power < 0 { power + GREATEST } else { (power - GREATEST).max(0) };
            // Both with their highest bits set, so the product has 127 bits or 128.
            let zeros = factor.leading_zeros();
            let product = high(mantissa, factor << zeros);
            let one = product.leading_zeros();
            mantissa = product << one;
            binary += 64 - (zeros + one).cast_signed() - places;
        }
        (mantissa, binary)
    }

    /// This number beside `mantissa * 2^binary`.
    fn order(&self, mantissa: u64, binary: i32) -> Ordering {
        if self.tail.is_empty() {
            return quick_order(self.head, self.exponent, mantissa, binary);
        }
        let (mut digits, mut exponent) = (Big::of(self.head), self.exponent);
        let mut tail = self.tail.iter().filter(|byte| byte.is_ascii_digit());
        for byte in tail.by_ref().take(DIGITS) {
            digits.times(10, u32::from(byte - b'0'));
            exponent -= 1;
        }
        if tail.any(|byte| *byte != b'0') {
            digits.times(10, 1);
            exponent -= 1;
        }
        order(digits, exponent, mantissa, binary)
    }
}

/// Whether the lowest bits of a mantissa that is a little too low are more than half, if that is sure.
#[inline(always)]
fn surely_up(mantissa: u64, bits: u32) -> Option<bool> {
    if bits >= u64::BITS {
        return None;
    }
    let half = 1 << (bits - 1);
    let dropped = mantissa & (2 * half - 1);
    (dropped > half || half > dropped + SLACK).then_some(dropped > half)
}

/// The upper half of a product. In wasm one of 128 bits would be a call.
#[inline(always)]
fn high(one: u64, other: u64) -> u64 {
    if cfg!(target_arch = "wasm32") {
        return high_by_halves(one, other);
    }
    ((u128::from(one) * u128::from(other)) >> 64) as u64
}

#[inline(always)]
fn high_by_halves(one: u64, other: u64) -> u64 {
    let low = |number: u64| number & u64::from(u32::MAX);
    let (one, other) = ((one >> 32, low(one)), (other >> 32, low(other)));
    let (first, second) = (one.0 * other.1, one.1 * other.0);
    let carried = ((one.1 * other.1) >> 32) + low(first) + low(second);
    one.0 * other.0 + (first >> 32) + (second >> 32) + (carried >> 32)
}

/// The written power of ten; what is beyond all doubles is as good as the number itself.
fn power(text: &[u8]) -> i64 {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit());
    let power = digits.fold(0, |power: i64, byte| (power * 10 + i64::from(byte - b'0')).min(1 << 40));
    if text.contains(&b'-') { -power } else { power }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{nearest, spelling, survives};

    /// As the standard library has it.
    fn java(value: f64) -> String {
        let shortest = format!("{value:e}");
        if shortest.contains('.') { shortest } else { format!("{value:.1e}").replace(".0e", "e") }
    }

    fn holds(text: &str) {
        let value: f64 = text.parse().unwrap();
        assert_eq!(nearest(text.as_bytes()).to_bits(), value.to_bits(), "{text}");
    }

    fn is_spelled(value: f64) {
        let text = java(value);
        holds(&text);
        assert_eq!(spelling(value), text);
        assert!(survives(text.as_bytes(), value), "{text}");
    }

    #[test]
    fn doubles_at_the_edges_are_read_and_spelled() {
        for text in ["0", "-0.0", "0e99999999999", "1e400", "-1e-400", "1e999999999999999999999", "9007199254740993"] {
            holds(text);
        }
        // The middle between two doubles, exactly and with a digit far behind, and long numbers.
        let middle = format!("{:.1074}", f64::from_bits(1) * 1.5);
        for end in ["", "000", "0001"] {
            holds(&format!("9007199254740993.{}{end}", "0".repeat(900)).replace(".1", ".01"));
            holds(&format!("{middle}{end}"));
            holds(&format!("2.4703282292062327208051355972443{end}e-324"));
            holds(&format!(
                "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070963302864166928879109465555478519404026306574886715058206819089020007083836762738548458177115317644757302700698555713669596228429148198608349364752927190741684443655107043427116996995080930428801779041744977919999{end}e1"
            ));
        }
        for value in
            [5e-324, 1e-323, f64::MIN_POSITIVE, f64::MAX, 1e22, 1e23, 9007199254740992.0, 2f64.powi(60), 0.3, 0.1 + 0.2]
        {
            is_spelled(value);
            is_spelled(value.next_up().min(f64::MAX));
            is_spelled(value.next_down().max(5e-324));
        }
        for power in -1074..=1023 {
            is_spelled(2f64.powi(power / 2) * 2f64.powi(power - power / 2));
        }
    }

    proptest! {
        #[test]
        fn products_by_halves_are_the_same(one: u64, other: u64) {
            let whole = (u128::from(one) * u128::from(other)) >> 64;
            prop_assert_eq!(u128::from(super::high_by_halves(one, other)), whole);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_the_library_reads_them(text in "-?(0|[1-9][0-9]{0,22})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?") {
            holds(&text);
        }

        #[test]
        fn doubles_are_spelled_as_the_library_spells_them(bits in 1u64..0x7ff << 52) {
            is_spelled(f64::from_bits(bits));
            is_spelled(f64::from_bits(bits & ((1 << 54) - 1)).max(5e-324));
        }

        #[test]
        fn a_number_that_is_not_the_spelling_does_not_survive(bits in 1u64..0x7ff << 52, digits in 15usize..18) {
            let value = f64::from_bits(bits);
            let text = format!("{value:.digits$e}");
            let read: f64 = text.parse().unwrap();
            let same = text.replace("0e", "e").len() >= java(read).len() && read.is_finite() && java(read) == shorten(&text);
            prop_assert_eq!(survives(text.as_bytes(), nearest(text.as_bytes())), same);
        }
    }

    fn shorten(text: &str) -> String {
        let (digits, power) = text.split_once('e').unwrap();
        format!("{}e{power}", digits.trim_end_matches('0').trim_end_matches('.'))
    }
}
