//! The sub-rule to tell about: the one that matched, or the one with the fewest definitions that fail.
//!
//! The search's own choices come first, then branches that are done, then the branch with the fewest failures.

use super::super::compile::{BranchId, Compiled, ROOT};
use super::judge::Judgement;
use super::settle::{Settled, State};

/// A sub-rule, in ascending numbers.
pub(super) struct Selection {
    /// The definitions that take effect.
    pub(super) definitions: Vec<usize>,
    pub(super) branches: Vec<BranchId>,
}

pub(super) fn select(
    compiled: &Compiled,
    judgements: &[Judgement],
    settled: &Settled,
    choices: &[(usize, BranchId)],
) -> Selection {
    let mut made: Vec<Option<BranchId>> = vec![None; compiled.ors.len()];
    for (or, branch) in choices {
        made.get_mut(*or).into_iter().for_each(|made| *made = Some(*branch));
    }
    let mut failures = vec![0usize; compiled.branches.len()];
    let mut chosen: Vec<Option<BranchId>> = vec![None; compiled.ors.len()];
    // Inner branches have higher numbers, so they are counted first.
    for (index, branch) in compiled.branches.iter().enumerate().rev() {
        let passes = |index: &usize| judgements.get(*index).is_some_and(Judgement::passes);
        let mut count = branch.definitions.iter().filter(|index| !passes(index)).count();
        for or_index in &branch.ors {
            let Some(or) = compiled.ors.get(*or_index) else { continue };
            let failures_of = |branch: &BranchId| {
                let dead = settled.state(*branch) == State::Dead;
                (failures.get(branch.0).copied().unwrap_or(usize::MAX), dead)
            };
            let made = made.get(*or_index).copied().flatten().or_else(|| settled.ors.get(*or_index).copied().flatten());
            let best = made.or_else(|| or.branches.iter().copied().min_by_key(failures_of));
            count = count.saturating_add(best.map_or(0, |best| failures_of(&best).0));
            if let Some(slot) = chosen.get_mut(*or_index) {
                *slot = best;
            }
        }
        if let Some(slot) = failures.get_mut(index) {
            *slot = count;
        }
    }
    collect(compiled, &chosen)
}

/// The definitions that take effect when these branches are chosen, in the order of the text.
fn collect(compiled: &Compiled, chosen: &[Option<BranchId>]) -> Selection {
    let mut definitions = Vec::new();
    let mut branches = Vec::new();
    let mut open = vec![ROOT];
    while let Some(id) = open.pop() {
        let Some(branch) = compiled.branches.get(id.0) else { continue };
        branches.push(id);
        definitions.extend_from_slice(&branch.definitions);
        open.extend(branch.ors.iter().filter_map(|or| chosen.get(*or).copied().flatten()));
    }
    crate::sets::sort_by(&mut branches, |one, other| one.cmp(other));
    Selection { definitions: compiled.effective(&definitions), branches }
}
