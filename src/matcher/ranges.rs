//! Ranges of numbers on one field: which of them hold a number?
//!
//! Sorted by their lower ends, with the highest upper end of every run of sixteen: a search goes over the runs that begin
//! early enough and looks into those that reach far enough. Ranges of a few widths cost their hits and little more.

use crate::pattern::predicates::Range;
use crate::sets::sort_by;

const RUN: usize = 16;

/// The ranges.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    /// By lower end.
    ranges: Vec<(Range, u32)>,
    /// The highest upper end of each run.
    highest: Vec<f64>,
}

impl Ranges {
    /// Takes in a range. [`Ranges::prepare`] must follow before anything is looked for.
    pub(super) fn add(&mut self, range: Range, predicate: u32) {
        self.ranges.push((range, predicate));
    }

    /// Gives up a range; the same holds.
    pub(super) fn remove(&mut self, predicate: u32) {
        self.ranges.retain(|(_, other)| *other != predicate);
    }

    /// Sorts what was added. What is sorted already costs one pass.
    pub(super) fn prepare(&mut self) {
        sort_by(&mut self.ranges, |(one, _), (other, _)| one.low.total_cmp(&other.low));
        let highest = |run: &[(Range, u32)]| run.iter().map(|(range, _)| range.high).fold(f64::MIN, f64::max);
        self.highest.clear();
        self.highest.extend(self.ranges.chunks(RUN).map(highest));
    }

    /// Names the ranges that hold a number.
    #[inline]
    pub(super) fn find(&self, number: f64, mut hit: impl FnMut(u32)) {
        let mut rest = self.ranges.as_slice();
        for highest in &self.highest {
            if rest.first().is_none_or(|(range, _)| range.low > number) {
                break;
            }
            let (run, behind) = rest.split_at_checked(RUN).unwrap_or((rest, &[]));
            rest = behind;
            if *highest < number {
                continue;
            }
            for (range, predicate) in run {
                if range.contains(number) {
                    hit(*predicate);
                }
            }
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.ranges.capacity() * size_of::<(Range, u32)>() + self.highest.capacity() * 8
    }
}
