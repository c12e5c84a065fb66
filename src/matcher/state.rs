//! What one event was found to hold. Reused from event to event: nothing is cleared, an *epoch* says what is of today.
//!
//! For each predicate: whether some value satisfies it, and, if the values lie in arrays, in which elements. Negations
//! (`anything-but`) are not noted when they hold, which they nearly always do, but when they are spoilt: one holds if its field
//! has more values than spoil it.

use super::interner::NONE;
use super::trie::NodeId;

/// What is known of a predicate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    epoch: u32,
    /// The last of the hits inside arrays, or [`DIRECT`] when a value outside of all arrays satisfies it.
    head: u32,
}

/// Satisfied by a value that lies in no array element: consistent with every choice.
pub(super) const DIRECT: u32 = NONE - 1;

/// What is known of a field.
#[derive(Clone, Copy, Debug, Default)]
struct Values {
    epoch: u32,
    count: u32,
    in_arrays: bool,
}

/// What is known of a negation.
#[derive(Clone, Copy, Debug, Default)]
struct Spoilt {
    epoch: u32,
    count: u32,
    /// The last value that spoilt it: several reasons of one value count once.
    value: u32,
}

/// A value that satisfies a predicate, inside an array element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) member: u32,
    pub(super) next: u32,
}

/// An element, itself an object or array, of an array.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) array: u32,
    /// The element around the array.
    pub(super) outer: u32,
    /// Where in the rules' paths the array stands, and those around it.
    pub(super) shape: u32,
}

/// The place of arrays: a node, and the place of the arrays around them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) parent: u32,
    node: NodeId,
    pub(super) depth: u32,
    /// The element around the last array of this shape.
    outer: u32,
}

/// More shapes than this are not told apart.
const MOST_SHAPES: usize = 32;

/// All of it.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) epoch: u32,
    value: u32,
    seen: Vec<Seen>,
    values: Vec<Values>,
    spoilt: Vec<Spoilt>,
    /// For each rule the epoch that it was looked at last.
    pub(super) tried: Vec<u32>,
    /// The predicates that are satisfied, in the order they were found.
    pub(super) satisfied: Vec<u32>,
    /// The same as one bit each: small enough to stay in the cache where the table of marks is not.
    bits: Vec<u64>,
    pub(super) hits: Vec<Hit>,
    pub(super) members: Vec<Member>,
    pub(super) arrays: u32,
    pub(super) shapes: Vec<Shape>,
    /// Whether some element holds two arrays of one shape (a name is repeated, or holds dots), or there are too many shapes.
    pub(super) twins: bool,
    /// Room for strings in lower case, and without their escapes.
    pub(super) lowered: Vec<u8>,
    pub(super) decoded: Vec<u8>,
    /// The same for names.
    pub(super) name: Vec<u8>,
}

/// How large the tables must be.
pub(super) struct Sizes {
    pub(super) predicates: usize,
    pub(super) fields: usize,
    pub(super) rules: usize,
}

impl State {
    /// Makes ready for an event.
    pub(super) fn begin(&mut self) {
        if self.epoch == u32::MAX {
            self.forget();
        }
        self.epoch += 1;
        self.value = 0;
        self.arrays = 0;
        for predicate in &self.satisfied {
            if let Some(word) = self.bits.get_mut(*predicate as usize / 64) {
                *word = 0;
            }
        }
        self.satisfied.clear();
        self.hits.clear();
        self.members.clear();
        self.shapes.clear();
        self.twins = false;
    }

    /// All epochs are over: what was noted in the first must not look like today's.
    #[inline(never)]
    fn forget(&mut self) {
        self.epoch = 0;
        self.seen.fill(Seen::default());
        self.values.fill(Values::default());
        self.spoilt.fill(Spoilt::default());
        self.tried.fill(0);
    }

    /// Room for all predicates, fields and rules there are.
    pub(super) fn make_room(&mut self, sizes: &Sizes) {
        grow(&mut self.seen, sizes.predicates);
        grow(&mut self.bits, sizes.predicates / 64 + 1);
        grow(&mut self.values, sizes.fields);
        grow(&mut self.spoilt, sizes.predicates);
        grow(&mut self.tried, sizes.rules);
    }

    /// Notes a value of a field.
    #[inline(always)]
    pub(super) fn value(&mut self, field: u32, member: u32) {
        self.value += 1;
        let epoch = self.epoch;
        if let Some(values) = self.values.get_mut(field as usize) {
            if values.epoch != epoch {
                *values = Values { epoch, count: 0, in_arrays: false };
            }
            values.count += 1;
            values.in_arrays |= member != NONE;
        }
    }

    /// Whether noting the predicate once more would add nothing.
    #[inline(always)]
    pub(super) fn is_settled(&self, predicate: u32, joint: u32) -> bool {
        self.seen
            .get(predicate as usize)
            .is_some_and(|seen| seen.epoch == self.epoch && (joint == 0 || seen.head == DIRECT))
    }

    /// Notes that the value noted last satisfies a predicate.
    #[inline(always)]
    pub(super) fn hit(&mut self, predicate: u32, joint: u32, member: u32) {
        let Some(seen) = self.seen.get_mut(predicate as usize) else { return };
        if seen.epoch != self.epoch {
            *seen = Seen { epoch: self.epoch, head: NONE };
            self.satisfied.push(predicate);
            if let Some(word) = self.bits.get_mut(predicate as usize / 64) {
                *word |= 1 << (predicate % 64);
            }
        }
        if member == NONE {
            seen.head = DIRECT;
        } else if seen.head != DIRECT && joint > 0 {
            self.hits.push(Hit { member, next: seen.head });
            seen.head = self.hits.len() as u32 - 1;
        }
    }

    /// Notes that the value noted last spoils a negation.
    #[inline]
    pub(super) fn spoil(&mut self, negation: u32) {
        let Some(spoilt) = self.spoilt.get_mut(negation as usize) else { return };
        if spoilt.epoch != self.epoch {
            *spoilt = Spoilt { epoch: self.epoch, count: 0, value: 0 };
        }
        if spoilt.value != self.value {
            spoilt.value = self.value;
            spoilt.count += 1;
        }
    }

    /// The head of the hits of a predicate, if it is satisfied.
    #[inline(always)]
    pub(super) fn head(&self, predicate: u32) -> Option<u32> {
        let word = self.bits.get(predicate as usize / 64)?;
        if word >> (predicate % 64) & 1 == 0 {
            return None;
        }
        self.seen.get(predicate as usize).map(|seen| seen.head)
    }

    /// How many values a field has, and whether any lies in an array element.
    #[inline(always)]
    pub(super) fn count(&self, field: u32) -> (u32, bool) {
        match self.values.get(field as usize) {
            Some(values) if values.epoch == self.epoch => (values.count, values.in_arrays),
            _ => (0, false),
        }
    }

    /// How many values spoil a negation.
    #[inline(always)]
    pub(super) fn spoilt(&self, negation: u32) -> u32 {
        match self.spoilt.get(negation as usize) {
            Some(spoilt) if spoilt.epoch == self.epoch => spoilt.count,
            _ => 0,
        }
    }

    /// A new element of an array.
    #[inline]
    pub(super) fn member(&mut self, array: u32, outer: u32, shape: u32) -> u32 {
        self.members.push(Member { array, outer, shape });
        self.members.len() as u32 - 1
    }

    /// The shape of an array that begins at a node, in an element.
    pub(super) fn shape(&mut self, node: NodeId, outer: u32) -> u32 {
        let parent = self.members.get(outer as usize).map_or(NONE, |outer| outer.shape);
        let known = self.shapes.iter().position(|shape| shape.parent == parent && shape.node == node);
        if let Some(at) = known {
            if let Some(shape) = self.shapes.get_mut(at) {
                self.twins |= shape.outer == outer;
                shape.outer = outer;
            }
            return at as u32;
        }
        if self.shapes.len() >= MOST_SHAPES {
            self.twins = true;
            return NONE;
        }
        let depth = self.shapes.get(parent as usize).map_or(0, |parent| parent.depth + 1);
        self.shapes.push(Shape { parent, node, depth, outer });
        self.shapes.len() as u32 - 1
    }
}

fn grow<T: Clone + Default>(table: &mut Vec<T>, size: usize) {
    if table.len() < size {
        table.resize(size, T::default());
    }
}

#[cfg(test)]
mod tests {
    use super::{Sizes, State};
    use crate::matcher::interner::NONE;

    #[test]
    fn what_was_noted_in_the_first_epoch_is_not_taken_for_today_when_epochs_begin_anew() {
        let mut state = State::default();
        state.make_room(&Sizes { predicates: 3, fields: 2, rules: 2 });
        state.begin();
        state.value(1, NONE);
        state.hit(2, 0, NONE);
        state.spoil(0);
        assert_eq!((state.head(2).is_some(), state.count(1).0, state.spoilt(0)), (true, 1, 1));
        state.epoch = u32::MAX;
        state.begin();
        assert_eq!((state.head(2).is_some(), state.count(1).0, state.spoilt(0)), (false, 0, 0));
        assert!(!state.is_settled(2, 0) && state.satisfied.is_empty());
    }
}
