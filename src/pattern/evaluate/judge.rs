//! Each definition by itself: which values of the event satisfy it, and whether that is the whole answer.
//!
//! It is, when no value at the path lies in an array element: such a value is consistent with every choice of elements.

use super::super::compile::{Compiled, Definition};
use super::{Budget, StepLimit};
use crate::event::{Event, Scalar};

/// What a definition found.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The values at its path, by number.
    pub found: std::rc::Rc<[u32]>,
    /// Those that satisfy one of its leaves.
    pub matching: Vec<u32>,
    /// What follows.
    pub verdict: Verdict,
}

/// Whether a definition is satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Whatever the others choose.
    Holds,
    /// Whatever the others choose.
    Fails,
    /// If the elements the others choose allow it.
    Depends,
}

impl Judgement {
    /// Whether it is satisfied, or may be: it does not fail whatever the others choose.
    pub fn passes(&self) -> bool {
        self.verdict != Verdict::Fails
    }
}

/// The judgements, by definition.
pub(super) struct Judged {
    pub(super) judgements: Vec<Judgement>,
}

pub(super) fn judge(compiled: &Compiled, event: &Event, budget: &mut Budget) -> Result<Judged, StepLimit> {
    let mut judgements: Vec<Option<Judgement>> = vec![None; compiled.definitions().len()];
    for group in &compiled.groups {
        budget.spend(1)?;
        let found = event.indexes(&group.path, &mut budget.left).ok_or(StepLimit)?;
        budget.spend(found.len())?;
        let found: std::rc::Rc<[u32]> = found.into();
        for index in group.definitions.iter() {
            let Some(definition) = compiled.definition(*index) else { continue };
            let (matching, verdict) = one(definition, &found, event, budget)?;
            if let Some(slot) = judgements.get_mut(*index) {
                *slot = Some(Judgement { found: found.clone(), matching, verdict });
            }
        }
    }
    Ok(Judged { judgements: judgements.into_iter().flatten().collect() })
}

/// Which of the values found at its path satisfy a definition, and what follows.
pub(super) fn one(
    definition: &Definition,
    found: &[u32],
    event: &Event,
    budget: &mut Budget,
) -> Result<(Vec<u32>, Verdict), StepLimit> {
    let fields = || found.iter().filter_map(|index| event.field(*index));
    let leaves = &definition.leaves;
    let weights: usize = fields().map(|field| weight(&field.value)).sum();
    budget.spend(1 + weights * leaves.iter().map(|leaf| leaf.operator.weight()).sum::<usize>())?;
    let matches = |index: &&u32| {
        let value = event.field(**index).map(|field| &field.value);
        value.is_some_and(|value| leaves.iter().any(|leaf| leaf.operator.test(value)))
    };
    let matching: Vec<u32> = found.iter().filter(matches).copied().collect();
    let absence = leaves.iter().any(|leaf| leaf.operator.accepts_absence());
    let in_arrays = fields().any(Event::is_in_array);
    let verdict = match (found.is_empty(), in_arrays) {
        (true, _) if absence => Verdict::Holds,
        (true, _) => Verdict::Fails,
        (false, false) if matching.is_empty() => Verdict::Fails,
        (false, false) => Verdict::Holds,
        (false, true) if matching.is_empty() && !absence => Verdict::Fails,
        (false, true) => Verdict::Depends,
    };
    Ok((matching, verdict))
}

/// About what it costs to look at a value.
fn weight(value: &Scalar) -> usize {
    match value {
        Scalar::String(text) => 1 + text.len() / 64,
        // Comparing numbers means reading them as decimals and as doubles.
        Scalar::Number(number) => 12 + number.text().len() / 4,
        _ => 1,
    }
}
