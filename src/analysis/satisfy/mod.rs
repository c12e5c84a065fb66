//! Is there an event that matches all of these patterns, and none of those? A witness, or a proof that there is none.
//!
//! First the world without arrays: every field holds one value or none. A witness found there is shown to the patterns
//! themselves before it is given. When there is none, arrays are tried, where the wanted patterns can each find a value of
//! their own; only if that is impossible too is "none" said. Three facts carry that:
//! * what a pattern finds in any event are values that could stand alone, one a path;
//! * patterns that share no wish for absence can all be served by arrays of plain values;
//! * a wish for absence inside an array is asked of the elements chosen before it, and only of them.
//!
//! With patterns to avoid, "none" is said only where absence is not asked beside other fields of one array (`is_settled`).
//! Past the bounds of the search the answer is "unknown", with the reason.
//!
//! Source: pattern language, sections 2, 3 and 6.

mod build;
mod formula;
mod numbers;
mod plausible;
mod solve;
mod value;

use std::cell::Cell;
use std::rc::Rc;

use super::lints::envelope::{self, Known, Presence};
use crate::event::Event;
use crate::json::Value;
use crate::pattern::Pattern;
use crate::pattern::operators::Leaf;
use crate::sets::Listed as _;
use crate::sets::strings::{Found, Side};
use solve::{Assignment, Values, Ways};
use value::Stand;

pub use build::{put, take};
pub use formula::{Formula, Literal};

/// Which events count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Every JSON object.
    Any,
    /// Events as a bus has them: the fields of the envelope hold strings, `detail` an object.
    Bus,
    /// The same, and no fields beside those of the envelope: events as PutEvents and services make them.
    Sent,
}

/// The answer of [`satisfy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This event does.
    Witness(Value),
    /// No event does: proven.
    None,
    /// The search ended before it was sure.
    Unknown(&'static str),
}

/// Whether fields may hold several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrays {
    /// As in every event.
    Allowed,
    /// Each field holds one value or none.
    Left,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The event must match all of these,
    pub want: &'a [&'a Pattern],
    /// and none of these.
    pub avoid: &'a [&'a Pattern],
    /// Which events count.
    pub world: World,
    /// Whether arrays do.
    pub arrays: Arrays,
}

const TOO_MANY: &str = "the patterns' `$or`s are too many to be written out";
const TOO_MUCH: &str = "the search took too many steps";
const NOT_BUILT: &str = "values were found for every field, but the event made of them does not do";
const ABSENCE: &str = "whether a field is absent is asked beside other fields of one array";

/// An event that matches all of these patterns.
pub fn satisfy(patterns: &[&Pattern], world: World) -> Answer {
    ask(&Question { want: patterns, avoid: &[], world, arrays: Arrays::Allowed })
}

/// An event as asked for.
pub fn ask(question: &Question<'_>) -> Answer {
    let owners = question.want.iter().map(|pattern| (*pattern, Side::Inside));
    let owners = owners.chain(question.avoid.iter().map(|pattern| (*pattern, Side::Outside))).enumerate();
    let mut formulas = Vec::new();
    for (owner, (pattern, side)) in owners {
        match Formula::of(pattern, side, owner) {
            Some(formula) => formulas.push(formula),
            None => return Answer::Unknown(TOO_MANY),
        }
    }
    match search(&formulas, Ways::One, question.world, &once()) {
        Found::Some(values) => {
            let event = build::together(&solve::in_order(values));
            return if question.is_met_by(&event) { Answer::Witness(event) } else { Answer::Unknown(NOT_BUILT) };
        }
        Found::Unknown => return Answer::Unknown(TOO_MUCH),
        Found::None if question.arrays == Arrays::Left => return Answer::None,
        Found::None => {}
    }
    match question.want {
        [only] if question.avoid.is_empty() => Answer::None,
        [only] => {
            if is_settled(only, question) {
                return Answer::None;
            }
            question.with_arrays(&formulas, Answer::Unknown(ABSENCE))
        }
        several => {
            let alone = |pattern: &&Pattern| ask(&Question { want: &[*pattern], ..question.clone() }) == Answer::None;
            if !question.avoid.is_empty() && several.iter().any(alone) {
                return Answer::None;
            }
            let none = if question.avoid.is_empty() { Answer::None } else { Answer::Unknown(ABSENCE) };
            question.with_arrays(&formulas, none)
        }
    }
}

/// Values that make all formulas true where each path holds one value or none; as an event. `left` counts down how many
/// questions about paths may be asked in all.
pub fn values(formulas: &[Formula], world: World, left: &Cell<usize>) -> Found<Vec<Value>> {
    match search(formulas, Ways::One, world, left) {
        Found::Some(values) => Found::Some(vec![build::together(&solve::in_order(values))]),
        Found::Unknown => Found::Unknown,
        Found::None => match search(formulas, Ways::Many, world, left) {
            Found::Some(values) => {
                let values = solve::in_order(values);
                let shared = |path: &str| shared(path, world);
                Found::Some(vec![build::together(&values), build::apart(&values, &shared)])
            }
            Found::None => Found::None,
            Found::Unknown => Found::Unknown,
        },
    }
}

/// Whether no event in which every field holds one value or none makes all formulas true: proven.
pub fn none_alone(formulas: &[Formula], world: World, left: &Cell<usize>) -> bool {
    search(formulas, Ways::One, world, left) == Found::None
}

/// The questions of one search.
fn once() -> Cell<usize> {
    Cell::new(solve::MOST_QUESTIONS)
}

fn search(formulas: &[Formula], ways: Ways, world: World, left: &Cell<usize>) -> Found<Assignment> {
    solve::solve(formulas, ways, left, &|path| stand(path, world), &|path| shared(path, world))
}

impl Question<'_> {
    fn is_met_by(&self, event: &Value) -> bool {
        let Ok(event) = Event::from_value(event.clone()) else { return false };
        let answer = |pattern: &&Pattern, wanted: bool| pattern.matches(&event) == Ok(wanted);
        self.want.iter().all(|pattern| answer(pattern, true)) && self.avoid.iter().all(|pattern| answer(pattern, false))
    }

    /// Tries arrays; `none` is the answer when they cannot help either.
    fn with_arrays(&self, formulas: &[Formula], none: Answer) -> Answer {
        let values: Vec<(Rc<str>, Values)> = match search(formulas, Ways::Many, self.world, &once()) {
            Found::Some(values) => solve::in_order(values),
            Found::None => return none,
            Found::Unknown => return Answer::Unknown(TOO_MUCH),
        };
        let shared = |path: &str| shared(path, self.world);
        let tried = [build::together(&values), build::apart(&values, &shared)];
        match tried.into_iter().find(|event| self.is_met_by(event)) {
            Some(event) => Answer::Witness(event),
            None => Answer::Unknown(if self.avoid.is_empty() { NOT_BUILT } else { ABSENCE }),
        }
    }
}

/// Whether an event with arrays that matches the one pattern and not the others would show itself without arrays too.
///
/// Leave of such an event only the values that the wanted pattern found (and one for each path where another asks for
/// absence and the event has something): it still matches, so without arrays one of the avoided patterns matches it. All
/// values that this one finds stand in the whole event too, in elements that do not exclude each other; its wishes for
/// absence hold there too if no array lets elements be chosen before.
fn is_settled(wanted: &Pattern, question: &Question<'_>) -> bool {
    let avoided = || question.avoid.iter().flat_map(|pattern| pattern.definitions());
    let everyone = || wanted.definitions().iter().chain(avoided());
    let asks_absence = |leaf: &Leaf| leaf.operator.accepts_absence();
    avoided().all(|definition| {
        if !definition.leaves.iter().any(asks_absence) {
            return true;
        }
        let Some(array) = shared(&definition.path, question.world) else { return true };
        let mut here = avoided().filter(|other| other.path == definition.path);
        let only_absence = here.all(|other| other.leaves.iter().all(asks_absence));
        everyone().filter(|other| other.path != definition.path).all(|other| {
            let together = shared(&other.path, question.world).as_deref() == Some(array.as_str());
            let before = other.path.encode_utf16().lt(definition.path.encode_utf16());
            !together || (only_absence && !before)
        })
    })
}

/// What can stand at a path.
fn stand(path: &str, world: World) -> Stand {
    if world == World::Any {
        return Stand::Anything;
    }
    match envelope::known(path) {
        Known::Text("resources", ..) => Stand::Texts,
        Known::Text(_, Presence::Always, _) => Stand::Text,
        Known::Text(_, Presence::Sometimes, _) => Stand::MaybeText,
        Known::Object | Known::Below(_) => Stand::Nothing,
        Known::Outside if world == World::Sent => Stand::Nothing,
        Known::Inside | Known::Outside => Stand::Anything,
    }
}

/// The highest place on a path where an array can stand that holds other paths too.
fn shared(path: &str, world: World) -> Option<String> {
    let names: Vec<&str> = path.split('.').listed();
    let inside = world != World::Any && matches!(envelope::known(path), Known::Inside);
    match (world, envelope::known(path)) {
        (World::Bus | World::Sent, Known::Text(..) | Known::Object | Known::Below(_)) => None,
        _ => names.get(..if inside { 2 } else { 1 }).map(|names| names.join(".")),
    }
}
