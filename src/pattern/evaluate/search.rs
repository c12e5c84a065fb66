//! Backtracking over the paths that are not settled, in the order of Java strings.
//!
//! State of the search: the element chosen in each array, and the branch chosen in each `$or`; a `$or` is decided when
//! the first path is reached that depends on it. A state that failed is remembered by what later paths can see of it, so
//! independent `$or`s and independent arrays add up instead of multiplying.

use std::collections::HashSet;

use super::super::compile::{BranchId, Compiled};
use super::judge::{Judged, Judgement, Verdict};
use super::settle::{Settled, State};
use super::{Budget, Progress, StepLimit};
use crate::event::Event;
use crate::sets::SortedMap;

/// The deepest the search may nest, so that it cannot exhaust the stack. A rule has at most 256 paths.
const MAX_NESTING: usize = 1000;

/// The element chosen in each array, by array.
type Elements = Vec<(u32, u32)>;

/// A path with what is left of its definitions.
struct Stage {
    definitions: Vec<usize>,
    found: ByElement,
}

/// Values by the outermost array element that holds them.
#[derive(Default)]
struct ByElement {
    free: Vec<u32>,
    arrays: SortedMap<u32, SortedMap<u32, Vec<u32>>>,
}

/// By number, the last stage in which something is used.
#[derive(Default)]
struct Last {
    stages: Vec<Option<usize>>,
}

impl Last {
    fn set(&mut self, number: usize, stage: usize) {
        if self.stages.len() <= number {
            self.stages.resize(number + 1, None);
        }
        self.stages.get_mut(number).into_iter().for_each(|last| *last = Some(stage));
    }

    fn get(&self, number: usize) -> Option<usize> {
        self.stages.get(number).copied().flatten()
    }
}

struct Search<'a> {
    compiled: &'a Compiled,
    event: &'a Event,
    judgements: &'a [Judgement],
    settled: &'a Settled,
    stages: Vec<Stage>,
    /// The matching values of the definitions in the stages.
    matching: Vec<Option<ByElement>>,
    /// The last stage that can see the choice of a `$or`, or of an array's element.
    last_use_of_or: Last,
    last_use_of_array: Last,
    /// The last stage with a definition inside a branch, and the last that can be satisfied by an absence.
    last_use_of_branch: Last,
    last_absence: Option<usize>,
    /// The branch chosen in each `$or`, and the `$or`s decided so far.
    chosen_branch: Vec<Option<BranchId>>,
    decided: Vec<usize>,
    failed: HashSet<Vec<u32>>,
    /// The deepest stage that failed, and the choices then.
    deepest: Option<(usize, Progress)>,
    nesting: usize,
    budget: &'a mut Budget,
}

pub(super) fn search(
    compiled: &Compiled,
    event: &Event,
    judged: &Judged,
    settled: &Settled,
    budget: &mut Budget,
) -> Result<(bool, Progress), StepLimit> {
    let mut search = Search {
        compiled,
        event,
        judgements: &judged.judgements,
        settled,
        stages: Vec::new(),
        matching: compiled.definitions().iter().map(|_| None).collect(),
        last_use_of_or: Last::default(),
        last_use_of_array: Last::default(),
        last_use_of_branch: Last::default(),
        last_absence: None,
        chosen_branch: vec![None; compiled.ors.len()],
        decided: Vec::new(),
        failed: HashSet::new(),
        deepest: None,
        nesting: 0,
        budget,
    };
    search.prepare()?;
    let matched = search.from(0, &Vec::new())?;
    let progress = match (matched, search.deepest.take()) {
        (true, _) => Progress { stuck: None, choices: search.choices() },
        (false, Some((_, progress))) => progress,
        (false, None) => Progress::default(),
    };
    Ok((matched, progress))
}

/// Which definition of a path counts, given the choices so far.
enum Effective {
    None,
    Undecided(usize),
    Definition(usize),
}

impl Search<'_> {
    fn prepare(&mut self) -> Result<(), StepLimit> {
        for group in &self.compiled.groups {
            let definitions: Vec<usize> =
                group.definitions.iter().copied().filter(|index| self.is_open(*index)).collect();
            let Some(first) = definitions.first().and_then(|index| self.judgements.get(*index)) else { continue };
            let stage = self.stages.len();
            let found = ByElement::of(self.event, &first.found);
            for field in first.found.iter().filter_map(|index| self.event.field(*index)) {
                for (array, _) in self.event.membership(field) {
                    self.budget.spend(1)?;
                    self.last_use_of_array.set(array as usize, stage);
                }
            }
            for index in &definitions {
                let Some(judgement) = self.judgements.get(*index) else { continue };
                self.budget.spend(judgement.matching.len())?;
                let matching = ByElement::of(self.event, &judgement.matching);
                if let Some(slot) = self.matching.get_mut(*index) {
                    *slot = Some(matching);
                }
                let Some(definition) = self.compiled.definition(*index) else { continue };
                for (branch, or) in self.compiled.chain(definition.branch) {
                    self.budget.spend(1)?;
                    self.last_use_of_branch.set(branch.0, stage);
                    if let Some(or) = or {
                        self.last_use_of_or.set(or, stage);
                    }
                }
                if self.accepts_absence(*index) {
                    self.last_absence = Some(stage);
                }
            }
            self.stages.push(Stage { definitions, found });
        }
        Ok(())
    }

    /// Whether the search must look at a definition.
    fn is_open(&self, index: usize) -> bool {
        let Some(definition) = self.compiled.definition(index) else { return false };
        let holds = self.judgements.get(index).is_some_and(|judgement| judgement.verdict == Verdict::Holds);
        if holds && !definition.contested {
            return false;
        }
        self.compiled.chain(definition.branch).all(|(branch, or)| {
            self.settled.state(branch) != State::Dead && or.is_none_or(|or| !self.settled.is_done(or))
        })
    }

    fn accepts_absence(&self, index: usize) -> bool {
        let definition = self.compiled.definition(index);
        definition.is_some_and(|definition| definition.leaves.iter().any(|leaf| leaf.operator.accepts_absence()))
    }

    fn choice(&self, or: usize) -> Option<BranchId> {
        self.chosen_branch.get(or).copied().flatten()
    }

    fn choices(&self) -> Vec<(usize, BranchId)> {
        self.decided.iter().filter_map(|or| Some((*or, self.choice(*or)?))).collect()
    }

    fn choose(&mut self, or: usize, branch: Option<BranchId>) {
        if let Some(slot) = self.chosen_branch.get_mut(or) {
            *slot = branch;
        }
    }

    /// Whether the stages from this one on can be satisfied.
    fn from(&mut self, mut stage: usize, chosen: &Elements) -> Result<bool, StepLimit> {
        let effective = loop {
            if stage >= self.stages.len() {
                return Ok(true);
            }
            match self.effective(stage)? {
                Effective::None => stage += 1,
                other => break other,
            }
        };
        let key = self.key(stage, chosen);
        self.budget.spend(4 + key.len())?;
        if self.failed.contains(&key) {
            return Ok(false);
        }
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            return Err(StepLimit);
        }
        let satisfied = match effective {
            Effective::Undecided(or) => self.decide(or, stage, chosen)?,
            Effective::Definition(index) => self.satisfy(index, stage, chosen)?,
            Effective::None => false,
        };
        self.nesting -= 1;
        if !satisfied {
            self.failed.insert(key);
        }
        Ok(satisfied)
    }

    /// The values that may satisfy a definition, given the elements chosen.
    fn candidates(&self, index: usize, chosen: &Elements) -> Vec<u32> {
        let matching = self.matching.get(index).and_then(Option::as_ref);
        matching.map(|matching| matching.candidates(chosen)).unwrap_or_default()
    }

    /// The state as the stages from this one on can see it.
    fn key(&self, stage: usize, chosen: &Elements) -> Vec<u32> {
        let mut key = vec![stage as u32];
        let visible = |last: Option<usize>| last.is_some_and(|last| last >= stage);
        for (array, index) in chosen.iter().filter(|(array, _)| visible(self.last_use_of_array.get(*array as usize))) {
            key.extend([*array, *index]);
        }
        key.push(u32::MAX);
        for or in self.decided.iter().filter(|or| visible(self.last_use_of_or.get(**or))) {
            key.extend([*or as u32, self.choice(*or).map_or(u32::MAX, |branch| branch.0 as u32)]);
        }
        key
    }

    /// The last definition of the path whose branches are all chosen.
    fn effective(&mut self, stage: usize) -> Result<Effective, StepLimit> {
        let Some(stage) = self.stages.get(stage) else { return Ok(Effective::None) };
        'next: for index in stage.definitions.iter().rev() {
            let Some(definition) = self.compiled.definition(*index) else { continue };
            let mut undecided = None;
            for (branch, or) in self.compiled.chain(definition.branch) {
                self.budget.spend(1)?;
                let Some(or) = or else { continue };
                match self.choice(or) {
                    Some(choice) if choice != branch => continue 'next,
                    Some(_) => {}
                    // The outermost is found last and must be decided first.
                    None => undecided = Some(or),
                }
            }
            return Ok(undecided.map_or(Effective::Definition(*index), Effective::Undecided));
        }
        Ok(Effective::None)
    }

    fn decide(&mut self, or: usize, stage: usize, chosen: &Elements) -> Result<bool, StepLimit> {
        let compiled = self.compiled;
        let Some(branches) = compiled.ors.get(or).map(|or| &or.branches) else { return Ok(false) };
        self.decided.push(or);
        let mut satisfied = false;
        for branch in branches.iter().filter(|branch| self.settled.state(**branch) != State::Dead) {
            self.choose(or, Some(*branch));
            satisfied = self.from(stage, chosen)?;
            if satisfied || self.is_cheapest(or, *branch, stage, chosen)? {
                break;
            }
        }
        if !satisfied {
            self.choose(or, None);
            self.decided.pop();
        }
        Ok(satisfied)
    }

    /// Whether no other branch can do better: this one asks for nothing after this stage, and here for a value in the
    /// elements chosen already. Were an absence still to come, another branch could help by choosing more elements.
    fn is_cheapest(&mut self, or: usize, branch: BranchId, stage: usize, chosen: &Elements) -> Result<bool, StepLimit> {
        let ends_here = self.last_use_of_branch.get(branch.0).is_none_or(|last| last <= stage);
        let contested = self.compiled.ors.get(or).is_some_and(|or| or.contested);
        if !ends_here || contested || self.last_absence.is_some_and(|last| last > stage) {
            return Ok(false);
        }
        let here = self.stages.get(stage).map(|stage| stage.definitions.as_slice()).unwrap_or_default();
        let inside = |index: &&usize| {
            let definition = self.compiled.definition(**index);
            definition
                .is_some_and(|definition| self.compiled.chain(definition.branch).any(|(around, _)| around == branch))
        };
        let mut inside = here.iter().filter(inside);
        let index = match (inside.next(), inside.next()) {
            (Some(index), None) => index,
            (None, _) => return Ok(true),
            _ => return Ok(false),
        };
        if self.compiled.definition(*index).is_none_or(|definition| definition.branch != branch) {
            return Ok(false);
        }
        let candidates = self.candidates(*index, chosen);
        for value in candidates {
            if self.merge(value, chosen)?.is_some_and(|merged| merged == *chosen) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn satisfy(&mut self, index: usize, stage: usize, chosen: &Elements) -> Result<bool, StepLimit> {
        if self.deepest.as_ref().is_none_or(|(deepest, _)| *deepest < stage) {
            self.deepest = Some((stage, Progress { stuck: Some(index), choices: self.choices() }));
        }
        let Some(judgement) = self.judgements.get(index) else { return Ok(false) };
        match judgement.verdict {
            Verdict::Holds => return self.from(stage + 1, chosen),
            Verdict::Fails => return Ok(false),
            Verdict::Depends => {}
        }
        if self.accepts_absence(index) && !self.any_consistent(stage, chosen)? && self.from(stage + 1, chosen)? {
            return Ok(true);
        }
        let candidates = self.candidates(index, chosen);
        for value in candidates {
            if let Some(chosen) = self.merge(value, chosen)?
                && self.from(stage + 1, &chosen)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn any_consistent(&mut self, stage: usize, chosen: &Elements) -> Result<bool, StepLimit> {
        let candidates = self.stages.get(stage).map(|stage| stage.found.candidates(chosen)).unwrap_or_default();
        for value in candidates {
            if self.merge(value, chosen)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The chosen elements with those that hold a value, unless they exclude each other.
    fn merge(&mut self, value: u32, chosen: &Elements) -> Result<Option<Elements>, StepLimit> {
        let Some(field) = self.event.field(value) else { return Ok(None) };
        let mut merged = chosen.clone();
        self.budget.spend(1 + merged.len() / 8)?;
        for (array, index) in self.event.membership(field) {
            self.budget.spend(1)?;
            match merged.binary_search_by_key(&array, |(array, _)| *array) {
                Ok(at) if merged.get(at).is_some_and(|(_, chosen)| *chosen != index) => return Ok(None),
                Ok(_) => {}
                Err(at) => merged.insert(at, (array, index)),
            }
        }
        Ok(Some(merged))
    }
}

impl ByElement {
    fn of(event: &Event, values: &[u32]) -> ByElement {
        let mut sorted = ByElement::default();
        for value in values {
            match event.field(*value).and_then(|field| event.membership(field).last()) {
                None => sorted.free.push(*value),
                Some((array, index)) => {
                    let elements = sorted.arrays.get_or_insert_with(array, |_| SortedMap::new());
                    elements.get_or_insert_with(index, |_| Vec::new()).push(*value);
                }
            }
        }
        sorted
    }

    /// The values that the chosen elements do not exclude by their outermost array.
    fn candidates(&self, chosen: &Elements) -> Vec<u32> {
        let mut candidates = self.free.clone();
        for (array, elements) in self.arrays.iter() {
            match chosen.iter().find(|(chosen, _)| chosen == array) {
                Some((_, index)) => candidates.extend(elements.get(index).into_iter().flatten()),
                None => candidates.extend(elements.values().flatten()),
            }
        }
        candidates
    }
}
