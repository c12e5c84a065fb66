//! A decimal number beside a double, exactly.
//!
//! `d * 10^e` and `m * 2^b` are made whole numbers by powers of five and two, and compared as such: in 128 bits where they have
//! room, which is usual, else in as many as it takes.

use std::cmp::Ordering;

/// The greatest power of five in 64 bits.
pub(super) const GREATEST: i64 = 27;
const POWERS: [u64; 28] = {
    let (mut powers, mut at, mut power) = ([1; 28], 1, 1);
    while at < powers.len() {
        power *= 5;
        #[expect(clippy::indexing_slicing, reason = "a constant: the compiler looks")]
        {
            powers[at] = power;
        }
        at += 1;
    }
    powers
};

/// A positive double: `mantissa * 2^binary`.
pub(super) struct Double {
    pub(super) mantissa: u64,
    pub(super) binary: i32,
}

impl Double {
    pub(super) fn of(value: f64) -> Self {
        let bits = value.abs().to_bits();
        let (exponent, fraction) = (bits >> 52, bits & ((1 << 52) - 1));
        let hidden = u64::from(exponent > 0) << 52;
        Self { mantissa: fraction | hidden, binary: exponent.max(1) as i32 - 1075 }
    }

    /// The decimal number beside this one.
    pub(super) fn order(&self, digits: u64, exponent: i64) -> Ordering {
        quick_order(digits, exponent, self.mantissa, self.binary)
    }

    /// Whether it is not below the middle between this number of so many places and the next.
    pub(super) fn is_above_middle(&self, digits: u64, exponent: i64) -> bool {
        quick_order(2 * digits + 1, exponent, self.mantissa, self.binary + 1).is_le()
    }

    /// Whether the decimal number is read as this double.
    pub(super) fn is_read(&self, digits: u64, exponent: i64) -> bool {
        // Below a power of two the doubles lie twice as close.
        let below = if self.mantissa == 1 << 52 && self.binary > -1074 { 1 } else { 2 };
        let least = quick_order(digits, exponent, 4 * self.mantissa - below, self.binary - 2);
        let most = quick_order(digits, exponent, 4 * self.mantissa + 2, self.binary - 2);
        match self.mantissa % 2 {
            0 => least.is_ge() && most.is_le(),
            _ => least.is_gt() && most.is_lt(),
        }
    }

    /// Whether a number that is read as this double is also how it is spelled. At least two digits, and no zero behind them.
    pub(super) fn is_spelled(&self, digits: u64, exponent: i64) -> bool {
        let shorter = digits / 10;
        if shorter >= 10 && (self.is_read(shorter, exponent + 1) || self.is_read(shorter + 1, exponent + 1)) {
            return false;
        }
        // Below 1.0 comes 0.99.
        let (before, place) = if digits == 10 { (99, exponent - 1) } else { (digits - 1, exponent) };
        let nearer_below = !self.is_above_middle(before, place) && self.is_read(before, place);
        !self.is_above_middle(digits, exponent) && !nearer_below
    }
}

/// `digits * 10^exponent` beside `mantissa * 2^binary`.
pub(super) fn quick_order(digits: u64, exponent: i64, mantissa: u64, binary: i32) -> Ordering {
    if exponent.abs() > GREATEST {
        return order(Big::of(digits), exponent, mantissa, binary);
    }
    let (mut left, mut right) = (u128::from(digits), u128::from(mantissa));
    if exponent > 0 {
        left *= u128::from(five(exponent));
    } else {
        right *= u128::from(five(-exponent));
    }
    let shift = exponent as i32 - binary;
    let bits = |number: u128| 128 - number.leading_zeros().cast_signed();
    // Where the highest bits stand at one place, neither leaves the 128.
    (bits(left) + shift).cmp(&bits(right)).then_with(|| match shift {
        0.. => (left << shift).cmp(&right),
        _ => left.cmp(&(right << -shift)),
    })
}

/// The same for numbers of any size.
pub(super) fn order(mut digits: Big, exponent: i64, mantissa: u64, binary: i32) -> Ordering {
    let mut double = Big::of(mantissa);
    let scaled = if exponent > 0 { &mut digits } else { &mut double };
    let mut power = exponent.abs();
    while power > 0 {
        scaled.times(five(power.min(13)) as u32, 0);
        power -= 13;
    }
    let shift = exponent as i32 - binary;
    let scaled = if shift > 0 { &mut digits } else { &mut double };
    scaled.shift(shift.unsigned_abs());
    digits.order(&double)
}

pub(super) fn five(power: i64) -> u64 {
    usize::try_from(power).ok().and_then(|power| POWERS.get(power)).copied().unwrap_or(1)
}

/// A whole number: its limbs, the lowest first, none of them in vain.
pub(super) struct Big(Vec<u32>);

impl Big {
    pub(super) fn of(number: u64) -> Self {
        let mut big = Self(Vec::new());
        big.carry(number);
        big
    }

    /// Times a factor, and a number added.
    pub(super) fn times(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        self.carry(carry);
    }

    fn shift(&mut self, bits: u32) {
        self.times(1 << (bits % 32), 0);
        self.0.splice(..0, std::iter::repeat_n(0, (bits / 32) as usize));
    }

    fn carry(&mut self, mut carry: u64) {
        while carry > 0 {
            self.0.push(carry as u32);
            carry >>= 32;
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}
