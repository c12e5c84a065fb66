//! Looking at rules: each candidate is checked once an event, and what matches is written down.
//!
//! With many candidates this is all the time that matching takes, so what runs for each of them calls nothing. With many
//! rules it is waiting for memory: programs stand anywhere. So candidates are gathered first, and of each program a word is
//! read that nobody asks about; these reads wait side by side, and the checks find what they need. (With 100,000 rules that
//! saves an eighth of an event's time, with exact ones a quarter.)

use super::elements::Elements;
use super::program::{self, Open, Truth};
use super::rules::RuleId;
use super::state::State;

/// Where a rule's program stands; one without a program is for the evaluator.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) at: u32,
    pub(super) len: u32,
}

impl Place {
    #[inline(always)]
    pub(super) fn of(self, programs: &[u32]) -> &[u32] {
        programs.get(self.at as usize..(self.at + self.len) as usize).unwrap_or_default()
    }
}

/// The rules that match an event. There is room for all, so that adding one is writing a number.
#[derive(Debug, Default)]
pub(super) struct Matched {
    rules: Vec<RuleId>,
    count: usize,
}

impl Matched {
    /// Forgets all.
    #[inline(always)]
    pub(super) fn begin(&mut self) {
        self.count = 0;
    }

    pub(super) fn make_room(&mut self, rules: usize) {
        if self.rules.len() < rules {
            self.rules.resize(rules, RuleId(0));
        }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, rule: u32) {
        if let Some(slot) = self.rules.get_mut(self.count) {
            *slot = RuleId(rule);
            self.count += 1;
        }
    }

    pub(super) fn get(&self) -> &[RuleId] {
        self.rules.get(..self.count).unwrap_or_default()
    }
}

/// Rules to be looked at, gathered. There is room for all.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    rules: Vec<u32>,
    count: usize,
}

impl Gathered {
    pub(super) fn make_room(&mut self, rules: usize) {
        if self.rules.len() < rules {
            self.rules.resize(rules, 0);
        }
    }
}

/// Programs of fewer words than this stay in the cache, and gathering would cost more than it gains.
const LARGE: usize = 1 << 14;

/// What looking at rules needs of their set, and what it fills.
pub(super) struct Look<'a> {
    pub(super) places: &'a [Place],
    pub(super) programs: &'a [u32],
    pub(super) state: &'a State,
    /// For each rule the epoch that it was looked at last.
    pub(super) tried: &'a mut [u32],
    pub(super) gathered: &'a mut Gathered,
    pub(super) elements: &'a mut Elements,
    pub(super) open: Open<'a>,
    pub(super) matched: &'a mut Matched,
    /// The rules that the evaluator must be asked about.
    pub(super) questions: &'a mut Vec<u32>,
}

impl Look<'_> {
    /// Looks at some rules, or takes them for [`Look::finish`]; each of them once an event.
    pub(super) fn at(&mut self, rules: &[u32]) {
        if self.programs.len() < LARGE { self.check(rules, false) } else { self.gather(rules) }
    }

    /// Looks at the rules that were taken.
    pub(super) fn finish(&mut self) {
        let count = std::mem::take(&mut self.gathered.count);
        if count > 0 {
            let rules = std::mem::take(&mut self.gathered.rules);
            self.check(rules.get(..count).unwrap_or_default(), true);
            self.gathered.rules = rules;
        }
    }

    #[inline(never)]
    fn gather(&mut self, rules: &[u32]) {
        let (places, programs, epoch) = (self.places, self.programs, self.state.epoch);
        let mut read = 0;
        for id in rules {
            let Some(tried) = self.tried.get_mut(*id as usize).filter(|tried| **tried != epoch) else { continue };
            *tried = epoch;
            let at = places.get(*id as usize).map_or(0, |place| place.at);
            read ^= programs.get(at as usize).copied().unwrap_or_default();
            if let Some(slot) = self.gathered.rules.get_mut(self.gathered.count) {
                *slot = *id;
                self.gathered.count += 1;
            }
        }
        std::hint::black_box(read);
    }

    /// Checks some rules: all of them, or those that were not looked at before.
    #[inline(never)]
    fn check(&mut self, rules: &[u32], all: bool) {
        let (places, programs, state, epoch) = (self.places, self.programs, self.state, self.state.epoch);
        for id in rules {
            if !all {
                let Some(tried) = self.tried.get_mut(*id as usize).filter(|tried| **tried != epoch) else { continue };
                *tried = epoch;
            }
            let program = places.get(*id as usize).map_or(&[][..], |place| place.of(programs));
            match program::check(program, state, &mut self.open) {
                Truth::Yes if !program.is_empty() => self.matched.add(*id),
                Truth::No => {}
                _ => self.look_closely(*id, program.is_empty()),
            }
        }
    }

    /// The answer depends on elements of arrays, or there is no program.
    #[inline(never)]
    fn look_closely(&mut self, id: u32, ask: bool) {
        let settled =
            if ask || self.open.hard { None } else { self.elements.agree(&self.open.definitions, self.state) };
        match settled {
            Some(true) => self.matched.add(id),
            Some(false) => {}
            None => self.questions.push(id),
        }
    }
}
