//! Does an event match? The service's algorithm, with a bound on its steps and a record of what it found.
//!
//! A sub-rule matches when its paths, taken in the order of Java strings, can each be given a value so that no two
//! values lie in different elements of one array (`exists: false` is tested against the elements chosen *before* it).
//!
//! Three steps, so that neither `$or`s nor large events multiply:
//! 1. `judge` tests every definition by itself. Where no value lies in an array, that settles it.
//! 2. `settle` folds these verdicts over the `$or`s, which nearly always settles the whole.
//! 3. `search` backtracks over what is left, remembering what failed.
//!
//! Matching is NP-hard for hostile events (duplicate names), so the steps are counted: see [`STEP_LIMIT`].
//!
//! Source: pattern language, sections 3 and 5.

mod judge;
mod search;
mod selection;
mod settle;

pub use judge::{Judgement, Verdict};

use selection::Selection;

use super::compile::{BranchId, Compiled};
use crate::diagnostics::Diagnostic;
use crate::event::Event;

/// The most steps one evaluation may take. A step is about one short comparison; ten million take about a second.
pub const STEP_LIMIT: u64 = 10_000_000;

/// The event would take more than [`STEP_LIMIT`] steps to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("matching this event takes more than {STEP_LIMIT} steps")]
pub struct StepLimit;

impl StepLimit {
    /// As a diagnostic.
    pub fn to_diagnostic(&self) -> Diagnostic {
        Diagnostic::error("EB302", self.to_string())
            .with_help("the event repeats names or array elements very often: shorten it")
    }
}

/// The steps that are left.
struct Budget {
    left: u64,
}

impl Budget {
    fn spend(&mut self, steps: usize) -> Result<(), StepLimit> {
        self.left = self.left.checked_sub(steps as u64).ok_or(StepLimit)?;
        Ok(())
    }
}

/// The outcome of an evaluation and what was found on the way.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// Whether the event matches.
    pub matched: bool,
    /// For each definition of the pattern, what it found by itself.
    pub judgements: Vec<Judgement>,
    /// The definitions of the sub-rule that matched or, without a match, of the one that came nearest: the fewest
    /// definitions that fail.
    pub selected: Vec<usize>,
    /// The branches of that sub-rule, ascending.
    pub branches: Vec<BranchId>,
    /// Without a match, the definition at which the search gave up, if it had to search: what satisfies it by itself
    /// lies in other array elements than those of the definitions before it.
    pub stuck: Option<usize>,
}

/// What [`first_failing`] says.
pub enum First {
    /// This definition, and the values found at its path, by number.
    Fails(usize, Vec<u32>),
    /// None fails: the event matches.
    None,
    /// It depends on `$or`s or on elements of arrays; see [`evaluate`].
    Depends,
}

/// The first definition in the order of the text that fails, where each decides by itself: without `$or`, and without choice
/// between elements of arrays. The others need not be judged then.
pub(super) fn first_failing(compiled: &Compiled, event: &Event) -> Result<First, StepLimit> {
    if !compiled.ors.is_empty() || event.choices() != 1 {
        return Ok(First::Depends);
    }
    let mut budget = Budget { left: STEP_LIMIT };
    for (index, definition) in compiled.definitions().iter().enumerate() {
        let found = event.indexes(&definition.path, &mut budget.left).ok_or(StepLimit)?;
        budget.spend(1 + found.len())?;
        match judge::one(definition, &found, event, &mut budget)?.1 {
            Verdict::Holds => {}
            Verdict::Fails => return Ok(First::Fails(index, found)),
            Verdict::Depends => return Ok(First::Depends),
        }
    }
    Ok(First::None)
}

/// How far the search came.
#[derive(Default)]
struct Progress {
    stuck: Option<usize>,
    /// The choices it had made: a branch for each of these `$or`s.
    choices: Vec<(usize, BranchId)>,
}

pub(super) fn evaluate(compiled: &Compiled, event: &Event) -> Result<Evaluation, StepLimit> {
    let mut budget = Budget { left: STEP_LIMIT };
    let judged = judge::judge(compiled, event, &mut budget)?;
    let settled = settle::settle(compiled, &judged.judgements);
    let (matched, progress) = match settled.root() {
        settle::Root::Matches => (true, Progress::default()),
        settle::Root::Fails => (false, Progress::default()),
        settle::Root::Open => search::search(compiled, event, &judged, &settled, &mut budget)?,
    };
    let Selection { definitions: selected, branches } =
        selection::select(compiled, &judged.judgements, &settled, &progress.choices);
    Ok(Evaluation { matched, judgements: judged.judgements, selected, branches, stuck: progress.stuck })
}
