//! Folding the verdicts of single definitions over branches and `$or`s.
//!
//! A branch is *dead* when an uncontested definition in it fails, or all branches of a `$or` in it are dead. It is
//! *done* when everything in it holds. A `$or` with a done branch is done too, unless something contested stands inside:
//! then another branch may be wanted for what it overrides.

use super::super::compile::{BranchId, Compiled, ROOT};
use super::judge::{Judgement, Verdict};

/// What is known of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Dead,
    Open,
    Done,
}

/// What is known of the whole pattern.
pub(super) enum Root {
    Matches,
    Fails,
    Open,
}

/// What is known of every branch and `$or`.
pub(super) struct Settled {
    pub(super) branches: Vec<State>,
    /// Whether a `$or` is done, and by which branch.
    pub(super) ors: Vec<Option<BranchId>>,
}

pub(super) fn settle(compiled: &Compiled, judgements: &[Judgement]) -> Settled {
    let mut settled =
        Settled { branches: vec![State::Open; compiled.branches.len()], ors: vec![None; compiled.ors.len()] };
    // Inner branches have higher numbers, so they come first.
    for (index, branch) in compiled.branches.iter().enumerate().rev() {
        let mut state = State::Done;
        for definition in &branch.definitions {
            let contested = compiled.definition(*definition).is_some_and(|definition| definition.contested);
            match judgements.get(*definition).map(|judgement| judgement.verdict) {
                Some(Verdict::Fails) if !contested => state = State::Dead,
                Some(Verdict::Holds) if !contested => {}
                _ if state == State::Done => state = State::Open,
                _ => {}
            }
        }
        for or_index in &branch.ors {
            let Some(or) = compiled.ors.get(*or_index) else { continue };
            let state_of = |branch: &&BranchId| settled.branches.get(branch.0).copied().unwrap_or(State::Dead);
            let done = or.branches.iter().find(|branch| state_of(branch) == State::Done);
            match done {
                Some(done) if !or.contested => {
                    if let Some(slot) = settled.ors.get_mut(*or_index) {
                        *slot = Some(*done);
                    }
                }
                _ if or.branches.iter().all(|branch| state_of(&branch) == State::Dead) => state = State::Dead,
                _ if state == State::Done => state = State::Open,
                _ => {}
            }
        }
        if let Some(slot) = settled.branches.get_mut(index) {
            *slot = state;
        }
    }
    settled
}

impl Settled {
    pub(super) fn root(&self) -> Root {
        match self.state(ROOT) {
            State::Done => Root::Matches,
            State::Dead => Root::Fails,
            State::Open => Root::Open,
        }
    }

    pub(super) fn state(&self, branch: BranchId) -> State {
        self.branches.get(branch.0).copied().unwrap_or(State::Dead)
    }

    /// Whether a `$or` needs no choice any more.
    pub(super) fn is_done(&self, or: usize) -> bool {
        self.ors.get(or).is_some_and(Option::is_some)
    }
}
