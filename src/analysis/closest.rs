//! The element of an array of objects that came closest: the one in which most of the pattern's fields are satisfied.
//!
//! Fields matched inside one array must come from one element, so "`c` matched" and "`b` matched" can both be true and
//! the pattern still fail. The outermost array in which no element satisfies all its fields is the one to speak of; of
//! equally good elements the first is named. The look is bounded; past the bound nothing is said.

use super::words;
use crate::event::{Element, Event, Field};
use crate::pattern::{Definition, Evaluation, Pattern};
use crate::sets::{Listed as _, SortedMap};
use crate::text::Span;

/// How many values and elements around them are looked at.
const BOUND: usize = 20_000;

/// An element that came closest.
pub(super) struct Closest {
    /// What is wrong with it, in words.
    pub(super) hint: String,
    /// Where it stands.
    pub(super) span: Span,
    element: (u32, u32),
}

/// A selected leaf array and what it found.
struct Asked<'a> {
    definition: &'a Definition,
    found: &'a [u32],
    matching: &'a [u32],
    absence: Absence,
}

/// Whether a leaf array is satisfied where there is no value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absence {
    Satisfies,
    Fails,
}

/// The elements of one array that hold something the pattern asks for.
type Elements = SortedMap<u32, Inside>;

/// What is in an element: its name's parts, and of each leaf array the values found and whether one satisfies it.
#[derive(Default)]
struct Inside {
    chain: Vec<Element>,
    found: SortedMap<usize, (Vec<u32>, usize)>,
}

/// The element that came closest to what this leaf array and those beside it ask, if it fails in an array of objects.
pub(super) fn closest(pattern: &Pattern, event: &Event, evaluation: &Evaluation, failing: usize) -> Option<Closest> {
    let asked: Vec<Asked<'_>> = evaluation
        .selected
        .iter()
        .filter_map(|index| {
            let (definition, judgement) = (pattern.definitions().get(*index)?, evaluation.judgements.get(*index)?);
            let absent = definition.leaves.iter().any(|leaf| leaf.operator.accepts_absence());
            let absence = if absent { Absence::Satisfies } else { Absence::Fails };
            Some(Asked { definition, found: &judgement.found, matching: &judgement.matching, absence })
        })
        .listed();
    let failing = pattern.definitions().get(failing)?;
    for (array, elements) in
        arrays(event, &asked)?.into_entries().into_iter().filter(|(_, elements)| elements.len() > 1)
    {
        let below = format!("{}.", event.array_path(array));
        let concerned: Vec<usize> = (0..asked.len())
            .filter(|at| asked.get(*at).is_some_and(|asked| asked.definition.path.starts_with(&below)))
            .listed();
        if concerned.len() < 2 || !failing.path.starts_with(&below) {
            continue;
        }
        let satisfied = |inside: &Inside, at: &usize| match inside.found.get(at) {
            Some((_, matching)) => *matching > 0,
            None => asked.get(*at).is_some_and(|asked| asked.absence == Absence::Satisfies),
        };
        let score = |inside: &Inside| concerned.iter().filter(|at| satisfied(inside, at)).count();
        // The first of the best: `max_by_key` would give the last.
        let (index, best) = elements.iter().rev().max_by_key(|(_, inside)| score(inside))?;
        let Some(unsatisfied) = concerned.iter().find(|at| !satisfied(best, at)) else { continue };
        if score(best) == 0 {
            return None;
        }
        let path = asked.get(*unsatisfied).map_or("", |asked| &asked.definition.path);
        let field = path.strip_prefix(&below).unwrap_or(path);
        let found = best.found.get(unsatisfied).map(|(found, _)| found.as_slice()).unwrap_or_default();
        let found: Vec<&Field> = found.iter().filter_map(|index| event.field(*index)).listed();
        let name = event.name_of(&best.chain);
        let hint = format!("`{name}` comes closest: {}", words::inside(field, &found));
        return Some(Closest { hint, span: best.chain.last()?.span, element: (array, *index) });
    }
    None
}

impl Closest {
    /// Whether a value lies in the element.
    pub(super) fn holds(&self, event: &Event, field: &Field) -> bool {
        event.membership(field).any(|element| element == self.element)
    }
}

/// By array, outermost first; none past the bound.
fn arrays(event: &Event, asked: &[Asked<'_>]) -> Option<SortedMap<u32, Elements>> {
    let mut arrays: SortedMap<u32, Elements> = SortedMap::new();
    let mut left = BOUND;
    for (at, asked) in asked.iter().enumerate() {
        for index in asked.found {
            let Some(field) = event.field(*index) else { continue };
            let elements = event.elements(field);
            left = left.checked_sub(1 + elements.len())?;
            let matches = asked.matching.binary_search(index).is_ok();
            for (depth, element) in elements.iter().enumerate() {
                let inside = arrays
                    .get_or_insert_with(element.array, |_| Elements::new())
                    .get_or_insert_with(element.index, |_| Inside::default());
                if inside.chain.is_empty() {
                    inside.chain = elements.get(..=depth).unwrap_or_default().to_vec();
                    left = left.checked_sub(depth)?;
                }
                let (found, matching) = inside.found.get_or_insert_with(at, |_| (Vec::new(), 0));
                found.push(*index);
                *matching += usize::from(matches);
            }
        }
    }
    Some(arrays)
}
