//! A rule as numbers: which predicates it needs, laid out for checking.
//!
//! ```text
//! group      := count of definitions, definition..., count of $ors, $or...
//! definition := field | flag ABSENT, count, predicate | flag NEGATED...      one of them must hold
//! $or        := count of branches, (length, group)...                        one of them must hold
//! ```
//!
//! Checking knows three answers. A definition whose values lie in array elements *depends* on which element the others choose;
//! a rule with one such definition holds, with several `arrays` decides, and in the rare rest the evaluator.

use super::index::Index;
use super::interner::NONE;
use super::state::State;
use crate::pattern::Definition;
use crate::pattern::operators::exists::Exists;
use crate::pattern::operators::{Leaf, Operator};
use crate::pattern::predicates::{Conditions, Test};

/// Of a field: the absence of values satisfies it.
const ABSENT: u32 = 1 << 31;
/// Of a predicate: it is a negation.
pub(super) const NEGATED: u32 = 1 << 31;

/// Writes a rule's conditions.
pub(super) fn write(conditions: &Conditions<'_>, index: &mut Index, program: &mut Vec<u32>) {
    let joint = size(conditions) > 1;
    group(conditions, joint, index, program);
}

/// How many definitions there are.
fn size(conditions: &Conditions<'_>) -> usize {
    conditions.definitions.len() + conditions.ors.iter().flatten().map(size).sum::<usize>()
}

fn group(conditions: &Conditions<'_>, joint: bool, index: &mut Index, program: &mut Vec<u32>) {
    program.push(conditions.definitions.len() as u32);
    for written in &conditions.definitions {
        definition(written, joint, index, program);
    }
    program.push(conditions.ors.len() as u32);
    for branches in &conditions.ors {
        program.push(branches.len() as u32);
        for branch in branches {
            let length = program.len();
            program.push(0);
            group(branch, joint, index, program);
            let size = (program.len() - length - 1) as u32;
            if let Some(slot) = program.get_mut(length) {
                *slot = size;
            }
        }
    }
}

fn definition(definition: &Definition, joint: bool, index: &mut Index, program: &mut Vec<u32>) {
    let field = index.add_field(&definition.path);
    let is_absent = |leaf: &&Leaf| leaf.operator == Operator::Exists(Exists::Absent);
    let absent = if definition.leaves.iter().any(|leaf| is_absent(&leaf)) { ABSENT } else { 0 };
    program.push(field | absent);
    program.push(definition.leaves.iter().filter(|leaf| !is_absent(leaf)).count() as u32);
    for leaf in definition.leaves.iter().filter(|leaf| !is_absent(leaf)) {
        let id = match leaf.operator.predicate() {
            Test::Is(predicate) => index.add(field, &predicate),
            Test::IsNone(refused) => {
                let refused = refused.iter().map(|predicate| index.add(field, predicate)).collect();
                program.push(index.add_negation(field, refused) | NEGATED);
                continue;
            }
        };
        if let Some(entry) = index.interner.get_mut(id).filter(|_| joint) {
            entry.joint += 1;
        }
        program.push(id);
    }
}

/// A definition as it stands in a program.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) field: u32,
    pub(super) absent: bool,
    pub(super) predicates: &'a [u32],
}

/// Reads a program.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u32],
}

impl<'a> Reader<'a> {
    /// Never a call: reading takes half the time of checking a `$or`.
    #[inline(always)]
    pub(super) fn number(&mut self) -> u32 {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                *first
            }
            None => 0,
        }
    }

    pub(super) fn definition(&mut self) -> Written<'a> {
        self.definition_at_once()
    }

    /// The same where rules are checked.
    #[inline(always)]
    fn definition_at_once(&mut self) -> Written<'a> {
        let field = self.number();
        let count = self.number() as usize;
        Written { field: field & !ABSENT, absent: field & ABSENT != 0, predicates: self.part(count) }
    }

    /// The next branch of a `$or`, by itself.
    #[inline(always)]
    pub(super) fn branch(&mut self) -> Reader<'a> {
        let length = self.number() as usize;
        Reader { rest: self.part(length) }
    }

    #[inline(always)]
    fn part(&mut self, length: usize) -> &'a [u32] {
        let (part, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        part
    }
}

/// Gives up all that a program names.
pub(super) fn release(program: &[u32], index: &mut Index) {
    let mut reader = Reader { rest: program };
    let joint = count(reader) > 1;
    release_group(&mut reader, joint, index);
}

fn count(mut reader: Reader<'_>) -> usize {
    let mut total = 0;
    let definitions = reader.number();
    for _ in 0..definitions {
        reader.definition();
        total += 1;
    }
    for _ in 0..reader.number() {
        for _ in 0..reader.number() {
            total += count(reader.branch());
        }
    }
    total
}

fn release_group(reader: &mut Reader<'_>, joint: bool, index: &mut Index) {
    for _ in 0..reader.number() {
        let definition = reader.definition();
        for predicate in definition.predicates {
            let id = predicate & !NEGATED;
            if let Some(entry) = index.interner.get_mut(id).filter(|_| joint && predicate & NEGATED == 0) {
                entry.joint = entry.joint.saturating_sub(1);
            }
            index.release(id);
        }
        index.release_field(definition.field);
    }
    for _ in 0..reader.number() {
        for _ in 0..reader.number() {
            release_group(&mut reader.branch(), joint, index);
        }
    }
}

/// What checking found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    No,
    Yes,
    /// It depends on the elements of arrays that are chosen.
    Depends,
}

/// Whether a definition holds by itself.
#[inline(always)]
fn judge(definition: &Written<'_>, state: &State) -> Truth {
    let (count, in_arrays) = state.count(definition.field);
    if count == 0 {
        return if definition.absent { Truth::Yes } else { Truth::No };
    }
    let mut truth = Truth::No;
    for predicate in definition.predicates {
        if predicate & NEGATED != 0 {
            if count > state.spoilt(predicate & !NEGATED) {
                truth = if in_arrays { Truth::Depends } else { return Truth::Yes };
            }
        } else if let Some(head) = state.head(*predicate) {
            if !in_arrays || head == super::state::DIRECT {
                return Truth::Yes;
            }
            truth = Truth::Depends;
        }
    }
    if truth == Truth::No && definition.absent && in_arrays { Truth::Depends } else { truth }
}

/// What must be decided together.
#[derive(Default)]
pub(super) struct Open<'a> {
    /// The definitions that depend on the choice of elements.
    pub(super) definitions: Vec<Written<'a>>,
    /// Whether there is more to it than picking an element for each: an absence, a negation, a `$or`.
    pub(super) hard: bool,
}

impl<'a> Open<'a> {
    #[inline(never)]
    fn close(&mut self) {
        self.definitions.clear();
        self.hard = false;
    }

    #[inline(never)]
    fn take(&mut self, definition: Written<'a>) {
        self.hard |= definition.absent || definition.predicates.iter().any(|id| id & NEGATED != 0);
        self.definitions.push(definition);
    }

    /// One definition alone is free to choose, unless the choice is what it is about.
    #[inline(never)]
    fn is_free(&self) -> bool {
        matches!(self.definitions.as_slice(), [only] if only.field != NONE && !only.absent)
    }
}

/// Checks a rule. What depends on the choice of elements is left in `open`.
#[inline(always)]
pub(super) fn check<'a>(program: &'a [u32], state: &State, open: &mut Open<'a>) -> Truth {
    if !open.definitions.is_empty() {
        open.close();
    }
    let mut reader = Reader { rest: program };
    for _ in 0..reader.number() {
        let definition = reader.definition_at_once();
        match judge(&definition, state) {
            Truth::No => return Truth::No,
            Truth::Yes => {}
            Truth::Depends => open.take(definition),
        }
    }
    let ors = reader.number();
    if ors > 0 && !check_ors(ors, reader, state, open) {
        return Truth::No;
    }
    if open.definitions.is_empty() || open.is_free() { Truth::Yes } else { Truth::Depends }
}

/// Checks a rule's `$or`s; whether it can still hold.
#[inline(never)]
fn check_ors(count: u32, mut reader: Reader<'_>, state: &State, open: &mut Open<'_>) -> bool {
    for _ in 0..count {
        match any_branch(&mut reader, state) {
            Truth::No => return false,
            Truth::Yes => {}
            Truth::Depends => open.take(Written { field: NONE, absent: true, predicates: &[] }),
        }
    }
    true
}

fn any_branch(reader: &mut Reader<'_>, state: &State) -> Truth {
    let mut best = Truth::No;
    for _ in 0..reader.number() {
        let branch = reader.branch();
        // The others are passed.
        if best == Truth::Yes {
            continue;
        }
        match all(branch, state) {
            Truth::No => {}
            better => best = better,
        }
    }
    best
}

#[inline(always)]
fn all(mut reader: Reader<'_>, state: &State) -> Truth {
    let mut truth = Truth::Yes;
    for _ in 0..reader.number() {
        match judge(&reader.definition_at_once(), state) {
            Truth::No => return Truth::No,
            Truth::Yes => {}
            Truth::Depends => truth = Truth::Depends,
        }
    }
    for _ in 0..reader.number() {
        match any_branch(&mut reader, state) {
            Truth::No => return Truth::No,
            Truth::Yes => {}
            Truth::Depends => truth = Truth::Depends,
        }
    }
    truth
}
