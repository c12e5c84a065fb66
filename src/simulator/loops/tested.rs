//! The tested paths of a cycle: every path of the event whose value decides whether the cycle goes round again.
//!
//! A pattern tests the paths of its leaves; an input transformer those that can keep its result from being JSON; an effect
//! those of its `when` and of the templates that say where the event goes. And when a template fills a tested path of the next event from a path of this one, that path is tested too.
//! This closure is followed round the cycle until nothing is added. Paths are dotted, arrays transparent, as in patterns.

use super::same::Difference;
use super::{Doubt, Step};
use crate::pattern::{Pattern, Reads};
use crate::sets::{Listed as _, SortedMap};
use crate::simulator::behaviour::provenance::{Provenance, Take, join, within};
use crate::simulator::behaviour::record::{Arrival, ArrivalId, Cause, InvocationIndex, Record};
use crate::simulator::state::TargetInput;

/// How much of the value at a path decides. The greater includes the lesser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Test {
    /// Whether a value is there.
    Existence,
    /// The scalars at this very path.
    Value,
    /// All that stands at and below it.
    Whole,
}

/// Tested paths, each with how much of it is tested.
pub type Tested = SortedMap<String, Test>;

/// Past this many paths a cycle is not followed any further: a template that nests a value into itself never ends.
const MOST_PATHS: usize = 500;

/// Nor for more rounds than this.
const MOST_ROUNDS: usize = 64;

/// What a firing itself asks of its event: the rule's pattern.
pub fn own(record: &Record, firing: InvocationIndex) -> Tested {
    let mut tested = Tested::new();
    if let Some(pattern) = record.rule(firing).and_then(|rule| rule.pattern.as_deref()) {
        add_pattern(&mut tested, pattern);
    }
    tested
}

/// What a whole cycle asks of the event that begins it. `last` is the event that its last step caused. There is a doubt past
/// the bound, and where an event on the way has a tested value that is new every time: it may be another one next time.
pub fn of_cycle(record: &Record, cycle: &[Step], last: ArrivalId) -> Result<Tested, Doubt> {
    let causes: Vec<ArrivalId> = cycle.iter().skip(1).map(|step| step.arrival).chain([last]).listed();
    let steps: Vec<(&Step, ArrivalId)> = cycle.iter().zip(causes).listed();
    let mut next = Tested::new();
    for _ in 0..MOST_ROUNDS {
        let mut tested = next.clone();
        for (step, caused) in steps.iter().rev() {
            if let Some(path) = fresh(record.arrival(*caused), &tested) {
                return Err(Doubt::Different(Difference::fresh(path)));
            }
            tested = before(record, step, *caused, &tested);
            if tested.len() > MOST_PATHS {
                return Err(Doubt::TooMuch);
            }
        }
        if tested == next {
            return Ok(tested);
        }
        next = merge(next, tested);
    }
    Err(Doubt::TooMuch)
}

/// A tested path of an event, its own bus's policy included, whose value is new every time.
fn fresh(event: &Arrival, tested: &Tested) -> Option<String> {
    let provenance = &event.provenance;
    let judged = provenance.judged.iter().map(|path| (path, Test::Value));
    let read = tested.iter().map(|(path, test)| (path, *test)).chain(judged);
    let new = |path: &str, test: Test| match test {
        Test::Existence => false,
        Test::Value => provenance.fresh_at(path).is_some(),
        Test::Whole => {
            provenance.fresh_at(path).is_some()
                || provenance.fresh.iter().any(|(fresh, _)| within(fresh, path).is_some())
        }
    };
    read.into_iter().find(|(path, test)| new(path, *test)).map(|(path, _)| path.clone())
}

/// What a step asks of its event, when `after` is asked of the event that it causes.
fn before(record: &Record, step: &Step, caused: ArrivalId, after: &Tested) -> Tested {
    let mut tested = own(record, step.invocation);
    let caused = record.arrival(caused);
    if let Cause::Effect(_, effect) = &caused.cause
        && let Some(when) = &effect.when
    {
        add_pattern(&mut tested, when);
    }
    if let TargetInput::Transformer(transformer) = &record.invocation(step.invocation).target.input {
        for path in transformer.deciding() {
            add(&mut tested, path.leading_names().0.join("."), Test::Whole);
        }
    }
    for effect in &record.invocation(step.invocation).may_fail {
        if let Some(when) = &effect.when {
            add_pattern(&mut tested, when);
        }
    }
    for path in &caused.provenance.address {
        add(&mut tested, path.clone(), Test::Whole);
    }
    for (path, test) in after.iter() {
        pull(&mut tested, path, *test, &caused.provenance);
    }
    for path in &caused.provenance.judged {
        pull(&mut tested, path, Test::Value, &caused.provenance);
    }
    tested
}

/// The paths of the triggering event that decide what stands at `path` of the caused one.
fn pull(tested: &mut Tested, path: &str, test: Test, provenance: &Provenance) {
    for fill in &provenance.fills {
        match (within(path, &fill.to), fill.take) {
            (Some(rest), Take::Copy) => add(tested, join(&fill.from, rest), test),
            (Some(_), Take::Whole) => add(tested, fill.from.clone(), Test::Whole),
            (None, _) if test == Test::Whole && within(&fill.to, path).is_some() => {
                add(tested, fill.from.clone(), Test::Whole);
            }
            (None, _) => {}
        }
    }
}

fn add_pattern(tested: &mut Tested, pattern: &Pattern) {
    for path in pattern.tested() {
        let test = match path.reads {
            Reads::Value => Test::Value,
            Reads::Existence => Test::Existence,
        };
        add(tested, path.path.to_owned(), test);
    }
}

fn add(tested: &mut Tested, path: String, test: Test) {
    let known = tested.get_or_insert_with(path, |_| test);
    *known = test.max(*known);
}

fn merge(mut one: Tested, other: Tested) -> Tested {
    for (path, test) in other.into_entries() {
        add(&mut one, path, test);
    }
    one
}
