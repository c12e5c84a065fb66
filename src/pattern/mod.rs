//! Event patterns: the service's language, exactly, without the accidents of its engine.
//!
//! A [`Pattern`] is read once ([`Pattern::parse`]) and then never fails: it can be matched, explained and printed. What
//! the service's compiler refuses is refused here with the same words, place included.
//!
//! The way of a pattern: `parse` reads tokens into the `ast` (as written), `compile` works out which definition of a
//! path overrides which, `evaluate` matches an event. Wildcard complexity and the number of `$or` combinations are
//! limits of the service's API, not of the language: [`Pattern::parse`] lets them pass, [`Pattern::check_limits`] not.
//!
//! Invariant: explaining is evaluating with the record kept, so the two cannot disagree.
//!
//! Source: pattern language.

pub mod ast;
mod compile;
mod complexity;
mod error;
pub mod evaluate;
mod few;
mod limits;
mod number;
pub mod operators;
mod parse;
pub mod predicates;
mod print;
mod required;
mod structure;

pub use compile::{BranchId, Definition};
pub use complexity::{COMPLEXITY_LIMIT, COMPLEXITY_STEPS, ComplexField, Complexity, Score};
pub use error::PatternError;
pub use evaluate::{Evaluation, First, STEP_LIMIT, StepLimit};
pub use limits::COMBINATIONS_LIMIT;
pub use number::Comparable;
pub use structure::Structure;

use crate::event::Event;
use compile::Compiled;
use operators::Operator;
use operators::exists::Exists;

/// An event pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    root: ast::Object,
    compiled: Compiled,
}

/// What a pattern reads of the values at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Their content.
    Value,
    /// Only whether there are any.
    Existence,
}

/// A path that a pattern tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestedPath<'a> {
    /// The names joined by dots.
    pub path: &'a str,
    /// What is read there.
    pub reads: Reads,
}

impl Pattern {
    /// Reads a pattern. Text after its closing brace is ignored, as by the service.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        let root = parse::parse(text)?;
        let compiled = compile::compile(&root)?;
        Ok(Pattern { text: text.to_owned(), root, compiled })
    }

    /// Whether an event matches.
    pub fn matches(&self, event: &Event) -> Result<bool, StepLimit> {
        self.evaluate(event).map(|evaluation| evaluation.matched)
    }

    /// Matches an event and keeps the record.
    pub fn evaluate(&self, event: &Event) -> Result<Evaluation, StepLimit> {
        evaluate::evaluate(&self.compiled, event)
    }

    /// The first definition that fails, where the others need not be judged to know it.
    pub fn first_failing(&self, event: &Event) -> Result<First, StepLimit> {
        evaluate::first_failing(&self.compiled, event)
    }

    /// Matches an event against some definitions of one sub-rule only. The record numbers them as they are given.
    pub fn evaluate_only(&self, definitions: &[usize], event: &Event) -> Result<Evaluation, StepLimit> {
        evaluate::evaluate(&self.compiled.only(definitions), event)
    }

    /// How complex its wildcards are. The work is bounded.
    pub fn complexity(&self) -> Complexity {
        complexity::complexity(&self.compiled)
    }

    /// How many sub-rules its `$or`s stand for; `u64::MAX` for all that are more.
    pub fn combinations(&self) -> u64 {
        self.compiled.combinations()
    }

    /// Refuses what the service's operations refuse beyond the language: too many combinations, then too complex wildcards.
    pub fn check_limits(&self) -> Result<(), PatternError> {
        limits::check(&self.compiled, self.root.span)
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pattern as written.
    pub fn root(&self) -> &ast::Object {
        &self.root
    }

    /// The canonical text: no blanks, everything in the order written. Reading it gives an equal pattern.
    pub fn print(&self) -> String {
        print::print(&self.root)
    }

    /// The definitions that can take effect, in the order of the text.
    pub fn definitions(&self) -> &[Definition] {
        self.compiled.definitions()
    }

    /// The definitions in branches of `$or` other than those that an evaluation tells about, in the order of the text.
    pub fn beside<'a>(&'a self, evaluation: &'a Evaluation) -> impl Iterator<Item = (usize, &'a Definition)> {
        let told = |branch: &BranchId| evaluation.branches.binary_search(branch).is_ok();
        self.definitions().iter().enumerate().filter(move |(_, definition)| !told(&definition.branch))
    }

    /// The paths the pattern tests, each once, in the order of Java strings.
    pub fn tested(&self) -> impl Iterator<Item = TestedPath<'_>> {
        self.compiled.groups().map(|(path, mut definitions)| {
            let exists = |definition: &Definition| {
                let operators = definition.leaves.iter().map(|leaf| &leaf.operator);
                operators
                    .into_iter()
                    .all(|operator| matches!(operator, Operator::Exists(Exists::Present | Exists::Absent)))
            };
            TestedPath { path, reads: if definitions.all(exists) { Reads::Existence } else { Reads::Value } }
        })
    }
}

/// Equality of what is written, blanks and spelling of strings aside.
impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.root == other.root
    }
}

impl Eq for Pattern {}
