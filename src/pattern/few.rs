//! A list of numbers of which there is nearly always one.
//!
//! Each path of a pattern has its definitions. A second one of the same path is rare, and a vector for the only one costs more
//! than all else that is known of the path.

use std::ops::Deref;

/// The numbers, in the order in which they were added.
#[derive(Clone, Debug)]
pub(super) enum Few {
    One(usize),
    Many(Vec<usize>),
}

impl Few {
    /// Adds one.
    pub(super) fn push(&mut self, number: usize) {
        match self {
            Few::One(first) => *self = Few::Many(vec![*first, number]),
            Few::Many(numbers) => numbers.push(number),
        }
    }
}

impl Deref for Few {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        match self {
            Few::One(number) => std::slice::from_ref(number),
            Few::Many(numbers) => numbers,
        }
    }
}
