//! Which rules to look at for an event: each rule hangs on what is rarest in it.
//!
//! A rule that matches has every one of its definitions satisfied, so it is enough to look at it when *one* is. We take the
//! one whose predicates the fewest rules name (what few rules ask for, few events have). Where even that is common the
//! rule hangs on a *pair* of predicates of two definitions: of ten thousand rules about one account only those are looked at
//! that also ask for this event's state. Rules that ask for nothing positive are looked at when their field has a value,
//! or always.
//!
//! Rules get their place when the first event comes after they were added, because only then the frequencies are known.

use super::index::Index;
use super::interner::{Kind, NONE};
use super::program::{NEGATED, Reader, Written};
use super::state::State;
use crate::sets::sort_by;

/// What a rule hangs on. Places are offsets in its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// It has no place yet.
    Pending,
    /// It is looked at for every event.
    Always,
    /// One definition.
    One(u32),
    /// Two definitions.
    Two(u32, u32),
    /// A `$or`, of each branch one definition.
    Or(u32),
    /// That a field has a value; the predicate says so.
    Present(u32),
}

/// Up to so many rules a predicate is rare enough by itself.
const RARE: u64 = 12;
/// More pairs than this are not made for one rule.
const MOST_PAIRS: usize = 16;

/// Puts the definitions of a rule in order, rarest first, so that checking it fails early.
pub(super) fn sort(program: &mut [u32], index: &Index) {
    let mut reader = Reader { rest: program };
    let count = reader.number();
    if count < 2 {
        return;
    }
    let mut definitions = Vec::with_capacity(count as usize);
    let start = reader.rest;
    for _ in 0..count {
        let from = start.len() - reader.rest.len();
        let definition = reader.definition();
        let cost = cost(&definition, index).unwrap_or(u64::MAX);
        definitions.push((cost, from..start.len() - reader.rest.len()));
    }
    if definitions.is_sorted_by_key(|(cost, _)| *cost) {
        return;
    }
    sort_by(&mut definitions, |(one, _), (other, _)| one.cmp(other));
    let old = start.to_vec();
    let sorted = definitions.into_iter().flat_map(|(_, words)| old.get(words).unwrap_or_default());
    program.iter_mut().skip(1).zip(sorted).for_each(|(slot, word)| *slot = *word);
}

/// Chooses what a rule hangs on.
pub(super) fn choose(program: &[u32], index: &mut Index) -> Access {
    let mut reader = Reader { rest: program };
    let mut best: Option<(u64, u32, Written<'_>)> = None;
    let mut second: Option<(u64, u32, Written<'_>)> = None;
    let mut present = None;
    for _ in 0..reader.number() {
        let at = (program.len() - reader.rest.len()) as u32;
        let definition = reader.definition();
        let Some(cost) = cost(&definition, index) else {
            if !definition.absent {
                present = Some(definition.field);
            }
            continue;
        };
        let found = Some((cost, at, definition));
        if best.as_ref().is_none_or(|(other, ..)| cost < *other) {
            second = std::mem::replace(&mut best, found);
        } else if second.as_ref().is_none_or(|(other, ..)| cost < *other) {
            second = found;
        }
    }
    match (best, second) {
        (Some((cost, one, first)), Some((_, two, other)))
            if cost > RARE && first.predicates.len() * other.predicates.len() <= MOST_PAIRS =>
        {
            Access::Two(one, two)
        }
        (Some((_, one, _)), _) => Access::One(one),
        _ => choose_otherwise(program, reader, present, index),
    }
}

fn choose_otherwise(program: &[u32], mut reader: Reader<'_>, present: Option<u32>, index: &mut Index) -> Access {
    for _ in 0..reader.number() {
        let at = (program.len() - reader.rest.len()) as u32;
        let mut all = true;
        for _ in 0..reader.number() {
            all &= rarest(reader.branch(), index).is_some();
        }
        if all {
            return Access::Or(at);
        }
    }
    match present {
        Some(field) => Access::Present(index.add(field, &crate::pattern::predicates::Predicate::Present)),
        None => Access::Always,
    }
}

/// How common the predicates of a definition are; none if it can hold without any of them being satisfied.
fn cost(definition: &Written<'_>, index: &Index) -> Option<u64> {
    if definition.absent || definition.predicates.iter().any(|predicate| predicate & NEGATED != 0) {
        return None;
    }
    let of = |predicate: &u32| {
        let entry = index.interner.get(*predicate)?;
        let breadth = match entry.kind {
            Kind::Text | Kind::Number | Kind::Spelling | Kind::Address | Kind::FoldedText => 1,
            Kind::Literal | Kind::Range => 8,
            _ => 2,
        };
        Some(u64::from(entry.uses) * breadth)
    };
    definition.predicates.iter().map(of).sum::<Option<u64>>()
}

/// The definition of a branch that is the rarest.
fn rarest<'a>(mut branch: Reader<'a>, index: &Index) -> Option<Written<'a>> {
    let count = branch.number();
    let definitions = (0..count).map(|_| branch.definition());
    let costs = definitions.filter_map(|definition| Some((cost(&definition, index)?, definition)));
    costs.min_by_key(|(cost, _)| *cost).map(|(_, definition)| definition)
}

/// Hangs a rule up, or takes it down again.
pub(super) fn hang(rule: u32, access: Access, program: &[u32], index: &mut Index, change: Change) {
    let at = |place: u32| Reader { rest: program.get(place as usize..).unwrap_or_default() };
    match access {
        Access::Pending | Access::Always => {}
        Access::One(one) => at(one).definition().predicates.iter().for_each(|id| list(*id, rule, index, change)),
        Access::Two(one, two) => {
            for first in at(one).definition().predicates {
                for second in at(two).definition().predicates {
                    pair(*first, *second, rule, index, change);
                }
            }
        }
        Access::Or(place) => {
            // Frequencies change, so the rule hangs on every definition that could be the rarest of its branch.
            let mut reader = at(place);
            for _ in 0..reader.number() {
                let mut branch = reader.branch();
                for _ in 0..branch.number() {
                    let definition = branch.definition();
                    if cost(&definition, index).is_some() {
                        definition.predicates.iter().for_each(|id| list(*id, rule, index, change));
                        break;
                    }
                }
            }
        }
        Access::Present(predicate) => list(predicate, rule, index, change),
    }
    if let (Access::Present(predicate), Change::Down) = (access, change) {
        index.release(predicate);
    }
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Up,
    Down,
}

fn list(predicate: u32, rule: u32, index: &mut Index, change: Change) {
    let Some(old) = index.interner.get(predicate).map(|entry| entry.rules) else { return };
    let new = match change {
        Change::Up => index.lists.push(old, rule),
        Change::Down => index.lists.remove(old, rule),
    };
    if let Some(entry) = index.interner.get_mut(predicate) {
        entry.rules = new;
    }
}

fn pair(first: u32, second: u32, rule: u32, index: &mut Index, change: Change) {
    let bytes = second.to_le_bytes();
    let Some(field) = index.interner.get(second).map(|entry| entry.field) else { return };
    let field_bytes = field.to_le_bytes();
    if change == Change::Up {
        let pair = index.interner.add(first, Kind::Pair, &bytes);
        index.pairs.note(first, second);
        list(pair, rule, index, change);
        let known = index.interner.add(first, Kind::PairField, &field_bytes);
        if index.interner.get(known).is_some_and(|entry| entry.uses == 1) {
            let old = index.interner.get(first).map_or(NONE, |entry| entry.pairs);
            let new = index.lists.push(old, field);
            if let Some(entry) = index.interner.get_mut(first) {
                entry.pairs = new;
            }
        }
        return;
    }
    if let Some(pair) = index.interner.find(first, Kind::Pair, &bytes) {
        list(pair, rule, index, change);
        index.interner.release(pair);
    }
    let known = index.interner.find(first, Kind::PairField, &field_bytes);
    if known.is_some_and(|known| index.interner.release(known)) {
        let old = index.interner.get(first).map_or(NONE, |entry| entry.pairs);
        let new = index.lists.remove(old, field);
        if let Some(entry) = index.interner.get_mut(first) {
            entry.pairs = new;
        }
    }
}

/// Gives the rules to look at, some at a time, by what is satisfied. A rule may come more than once.
#[inline(always)]
pub(super) fn candidates(index: &Index, state: &State, mut look: impl FnMut(&[u32])) {
    for predicate in &state.satisfied {
        let Some(entry) = index.interner.get(*predicate) else { continue };
        if entry.rules != NONE {
            let mut single = 0;
            look(index.lists.get(entry.rules, &mut single));
        }
        if entry.pairs != NONE {
            pairs(index, state, *predicate, entry.pairs, &mut look);
        }
    }
}

/// The same for rules that need another predicate too, on one of some fields.
fn pairs(index: &Index, state: &State, predicate: u32, fields: u32, look: &mut impl FnMut(&[u32])) {
    let mut single = 0;
    let fields = index.lists.get(fields, &mut single);
    for other in &state.satisfied {
        let is_partner = index.interner.get(*other).is_some_and(|other| fields.contains(&other.field));
        if !is_partner {
            continue;
        }
        if let Some(pair) = index.find_pair(predicate, *other) {
            let mut single = 0;
            let rules = index.interner.get(pair).map_or(NONE, |entry| entry.rules);
            look(index.lists.get(rules, &mut single));
        }
    }
}
