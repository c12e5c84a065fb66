//! What an index of many patterns needs to know of one: its conditions as a tree, and its operators as predicates.
//!
//! A predicate is an operator with its operand laid open; the meaning of each stays with the operator. The tree has no
//! paths that override each other: where that depends on the branches chosen ("contested", see `compile`) there is no tree,
//! and the evaluator must be asked.
//!
//! Source: pattern language, sections 3 to 7.

use super::Pattern;
use super::compile::{BranchId, Compiled, Definition, ROOT};
use super::operators::equals_ignore_case::Folded;
use super::operators::wildcard::Wildcard;
use crate::sets::ip::{Address, Network};

/// What a leaf asks of a value.
#[derive(Clone, Copy, Debug)]
pub enum Predicate<'a> {
    /// This string, code point for code point.
    Text(&'a str),
    /// A string that is this address.
    Address(Address),
    /// A string that is an address of this network.
    Network(Network),
    /// A number equal to this one: by value if it is comparable, else by spelling.
    Number(Option<f64>, &'a str),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// Any value.
    Present,
    /// No value.
    Absent,
    /// A string that begins so.
    Prefix(&'a str),
    /// A string that ends so.
    Suffix(&'a str),
    /// A string that is, begins with or ends with a text in any case.
    Folded(&'a Folded, Place),
    /// A string that fits a text with stars.
    Wildcard(&'a Wildcard),
    /// A comparable number in a range.
    Range(Range),
}

/// Where a folded text stands in the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is all of it.
    Whole,
    /// It begins it.
    Begin,
    /// It ends it.
    End,
}

/// A range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The lower end.
    pub low: f64,
    /// Whether it belongs to the range.
    pub low_included: bool,
    /// The upper end.
    pub high: f64,
    /// Whether it belongs to the range.
    pub high_included: bool,
}

impl Range {
    /// Whether a number lies in it.
    pub fn contains(&self, number: f64) -> bool {
        (number > self.low || (self.low_included && number == self.low))
            && (number < self.high || (self.high_included && number == self.high))
    }
}

/// A leaf as predicates.
#[derive(Clone, Debug)]
pub enum Test<'a> {
    /// The value satisfies it.
    Is(Predicate<'a>),
    /// The value satisfies none of them.
    IsNone(Vec<Predicate<'a>>),
}

/// What must hold together: definitions, and of each `$or` one alternative.
#[derive(Clone, Debug)]
pub struct Conditions<'a> {
    /// Paths with their leaves.
    pub definitions: Vec<&'a Definition>,
    /// For each `$or` its branches.
    pub ors: Vec<Vec<Conditions<'a>>>,
}

/// The deepest nesting of `$or`s that is told as a tree; far more than 4,096 characters hold.
const MAX_NESTING: usize = 300;

impl Pattern {
    /// The conditions as a tree, if no definition's effect depends on the branches chosen elsewhere.
    pub fn conditions(&self) -> Option<Conditions<'_>> {
        if self.definitions().iter().any(|definition| definition.contested) {
            return None;
        }
        conditions(&self.compiled, ROOT, 0)
    }
}

fn conditions(compiled: &Compiled, branch: BranchId, depth: usize) -> Option<Conditions<'_>> {
    let branch = compiled.branches.get(branch.0).filter(|_| depth < MAX_NESTING)?;
    let mut found = Conditions { definitions: Vec::with_capacity(branch.definitions.len()), ors: Vec::new() };
    for index in &branch.definitions {
        found.definitions.push(compiled.definition(*index)?);
    }
    for or in &branch.ors {
        let mut branches = Vec::new();
        for inner in &compiled.ors.get(*or)?.branches {
            branches.push(conditions(compiled, *inner, depth + 1)?);
        }
        found.ors.push(branches);
    }
    Some(found)
}
