//! The search for values: branches of "one of" are chosen where few are left, and given up as soon as a path has no value.
//!
//! Formulas that share no path, not even indirectly, are solved apart, so that independent `$or`s add up instead of
//! multiplying. Two ways to read "a value stands at a path":
//! * [`Ways::One`]: every path has one value or none;
//! * [`Ways::Many`]: each pattern may find a value of its own in an array. What one wants absent and another present then
//!   excludes each other only where no array can keep them apart: see [`Solver::clash`].

use std::cell::Cell;
use std::rc::Rc;

use super::formula::{Formula, Literal};
use super::value::{self, Stand};
use crate::event::Scalar;
use crate::sets::strings::{Found, Side};
use crate::sets::{Listed as _, SortedMap, sort_by};

/// How values may stand at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ways {
    One,
    Many,
}

/// What was found for a path: for each pattern that asks (or once, for all), a value or none.
pub(super) type Values = Vec<(Option<usize>, Option<Scalar>)>;

/// The paths with what stands there.
pub(super) type Assignment = SortedMap<Rc<str>, Values>;

/// The most questions about paths in one search.
pub(super) const MOST_QUESTIONS: usize = 20_000;
/// The deepest nesting of choices, so that the stack is safe.
const DEEPEST: usize = 200;

/// The bound was reached.
pub(super) struct Bound;

/// What is asked about a path. The rounds of a loop ask the same again and again, and so does a search that tries one branch
/// after the other, so what is known is kept.
#[derive(Default)]
struct Asked<'a> {
    /// All that was ever asked, each once.
    kinds: Vec<&'a Literal>,
    /// What is asked now: places among the kinds.
    now: Vec<usize>,
    /// Whether what is asked together is possible.
    known: SortedMap<Vec<usize>, bool>,
}

impl<'a> Asked<'a> {
    fn literals(&self) -> Vec<&'a Literal> {
        self.now.iter().filter_map(|kind| self.kinds.get(*kind).copied()).listed()
    }
}

pub(super) struct Solver<'a> {
    ways: Ways,
    stand: &'a dyn Fn(&str) -> Stand,
    /// The part of a path below which an array can hold it together with others.
    shared: &'a dyn Fn(&str) -> Option<String>,
    /// For each pattern the paths it asks for, each once.
    paths: Vec<Vec<Rc<str>>>,
    asked: SortedMap<Rc<str>, Asked<'a>>,
    trail: Vec<Rc<str>>,
    left: usize,
    depth: usize,
}

/// Finds values that make all formulas true, if every path were free to hold them. `left` counts questions down.
pub(super) fn solve<'a>(
    formulas: &'a [Formula],
    ways: Ways,
    left: &Cell<usize>,
    stand: &'a dyn Fn(&str) -> Stand,
    shared: &'a dyn Fn(&str) -> Option<String>,
) -> Found<Assignment> {
    let mut paths: Vec<Vec<Rc<str>>> = Vec::new();
    for formula in formulas {
        formula.each(&mut |literal: &Literal| {
            while paths.len() <= literal.owner {
                paths.push(Vec::new());
            }
            let own = paths.get_mut(literal.owner).filter(|own| !own.contains(&literal.path));
            own.into_iter().for_each(|own| own.push(Rc::clone(&literal.path)));
        });
    }
    let (asked, trail) = (SortedMap::new(), Vec::new());
    let most = left.get().min(MOST_QUESTIONS);
    let mut solver = Solver { ways, stand, shared, paths, asked, trail, left: most, depth: 0 };
    let found = solver.groups(groups(formulas));
    left.set(left.get() - (most - solver.left));
    match found {
        Err(Bound) => Found::Unknown,
        Ok(None) => Found::None,
        Ok(Some(assignment)) => Found::Some(assignment),
    }
}

/// The formulas and their parts, those that share paths together.
fn groups(formulas: &[Formula]) -> Vec<Vec<&Formula>> {
    let mut parts: Vec<&Formula> = Vec::new();
    let mut open: Vec<&Formula> = formulas.iter().rev().listed();
    while let Some(formula) = open.pop() {
        match formula {
            Formula::All(inner) => open.extend(inner.iter().rev()),
            _ => parts.push(formula),
        }
    }
    let mut group_of: SortedMap<Rc<str>, usize> = SortedMap::new();
    let mut groups: Vec<Vec<&Formula>> = Vec::new();
    for part in parts {
        let mut mine = groups.len();
        groups.push(vec![part]);
        part.each(&mut |literal| match group_of.get(&literal.path).copied() {
            Some(other) if other != mine => {
                // The smaller number stays, and all that pointed at the other follows.
                let (keep, gone) = (mine.min(other), mine.max(other));
                let moved = groups.get_mut(gone).map(std::mem::take).unwrap_or_default();
                if let Some(group) = groups.get_mut(keep) {
                    group.extend(moved);
                }
                let paths: Vec<Rc<str>> =
                    group_of.iter().filter(|(_, group)| **group == gone).map(|(path, _)| Rc::clone(path)).listed();
                for path in paths {
                    group_of.insert(path, keep);
                }
                mine = keep;
            }
            Some(_) => {}
            None => {
                group_of.insert(Rc::clone(&literal.path), mine);
            }
        });
    }
    groups.retain(|group| !group.is_empty());
    groups
}

impl<'a> Solver<'a> {
    fn groups(&mut self, groups: Vec<Vec<&'a Formula>>) -> Result<Option<Assignment>, Bound> {
        let mut assignment = Assignment::new();
        for group in groups {
            self.asked = SortedMap::new();
            self.trail.clear();
            self.depth = 0;
            let Some(values) = self.group(&group)? else { return Ok(None) };
            assignment.extend(values.into_entries());
        }
        Ok(Some(assignment))
    }

    fn group(&mut self, formulas: &[&'a Formula]) -> Result<Option<Assignment>, Bound> {
        let mut open = Vec::new();
        for formula in formulas {
            if !self.enter(formula, &mut open)? {
                return Ok(None);
            }
        }
        if !self.choose(open)? {
            return Ok(None);
        }
        let mut assignment = Assignment::new();
        for (path, asked) in self.asked.iter().filter(|(_, asked)| !asked.now.is_empty()) {
            match self.values(path, &asked.literals()) {
                Found::Some(values) => assignment.insert(Rc::clone(path), values),
                Found::None => return Ok(None),
                Found::Unknown => return Err(Bound),
            };
        }
        Ok(Some(assignment))
    }

    /// Chooses a part of each open "one of".
    fn choose(&mut self, mut open: Vec<&'a Formula>) -> Result<bool, Bound> {
        let (index, formula) = loop {
            let mut best: Option<(usize, Vec<&'a Formula>)> = None;
            for (index, formula) in open.iter().enumerate() {
                let possible = self.possible(formula)?;
                if possible.is_empty() {
                    return Ok(false);
                }
                if best.as_ref().is_none_or(|(_, fewest)| possible.len() < fewest.len()) {
                    best = Some((index, possible));
                }
            }
            let Some((index, possible)) = best else { return Ok(true) };
            match possible.as_slice() {
                [only] => {
                    open.remove(index);
                    if !self.enter(only, &mut open)? {
                        return Ok(false);
                    }
                }
                _ => break (index, possible),
            }
        };
        open.remove(index);
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Bound);
        }
        for part in formula {
            let (mark, mut open) = (self.trail.len(), open.clone());
            if self.enter(part, &mut open)? && self.choose(open)? {
                return Ok(true);
            }
            self.undo(mark);
        }
        self.depth -= 1;
        Ok(false)
    }

    /// The parts of a "one of" that are not impossible at once.
    fn possible(&mut self, formula: &'a Formula) -> Result<Vec<&'a Formula>, Bound> {
        let Formula::Any(parts) = formula else { return Ok(vec![formula]) };
        let mut possible = Vec::new();
        for part in parts {
            let mark = self.trail.len();
            if self.enter(part, &mut Vec::new())? {
                possible.push(part);
            }
            self.undo(mark);
        }
        Ok(possible)
    }

    /// Takes a formula as true; what must still be chosen goes into `open`. Whether it is possible so far.
    fn enter(&mut self, formula: &'a Formula, open: &mut Vec<&'a Formula>) -> Result<bool, Bound> {
        match formula {
            Formula::Literal(literal) => self.ask(literal),
            Formula::All(parts) => {
                for part in parts {
                    if !self.enter(part, open)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Formula::Any(parts) => match parts.as_slice() {
                [] => Ok(false),
                [only] => self.enter(only, open),
                _ => {
                    open.push(formula);
                    Ok(true)
                }
            },
        }
    }

    fn ask(&mut self, literal: &'a Literal) -> Result<bool, Bound> {
        self.left = self.left.checked_sub(1).ok_or(Bound)?;
        let one = self.ways == Ways::One;
        let asked = self.asked.get_or_insert_with(Rc::clone(&literal.path), |_| Asked::default());
        let kind =
            asked.kinds.iter().position(|kind| kind.asks_the_same(literal) && (one || kind.owner == literal.owner));
        let kind = kind.unwrap_or_else(|| {
            asked.kinds.push(literal);
            asked.kinds.len() - 1
        });
        if asked.now.contains(&kind) {
            return Ok(true);
        }
        asked.now.push(kind);
        self.trail.push(Rc::clone(&literal.path));
        let mut together = asked.now.clone();
        sort_by(&mut together, |one, other| one.cmp(other));
        if let Some(possible) = asked.known.get(&together) {
            return Ok(*possible);
        }
        let literals = asked.literals();
        let possible = match self.values(&literal.path, &literals) {
            Found::Some(_) => true,
            Found::None => false,
            Found::Unknown => return Err(Bound),
        };
        let asked = self.asked.get_mut(&literal.path);
        asked.and_then(|asked| asked.known.insert(together, possible));
        Ok(possible)
    }

    fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            if let Some(asked) = self.trail.pop().and_then(|path| self.asked.get_mut(&path)) {
                asked.now.pop();
            }
        }
    }

    fn values(&self, path: &str, literals: &[&Literal]) -> Found<Values> {
        let stand = (self.stand)(path);
        if self.ways == Ways::One || !stand.allows_several() {
            return match value::any(path, literals, stand) {
                Found::Some(value) => Found::Some(vec![(None, value)]),
                Found::None => Found::None,
                Found::Unknown => Found::Unknown,
            };
        }
        self.several(path, literals, stand)
    }

    /// A value of its own for each literal that wants one; those that forbid must hold of all.
    fn several(&self, path: &str, literals: &[&Literal], stand: Stand) -> Found<Values> {
        let forbidding: Vec<&Literal> =
            literals.iter().copied().filter(|literal| literal.side == Side::Outside).listed();
        let mut values: Values = Vec::new();
        let mut must_be_there = forbidding.iter().any(|literal| !literal.holds(None));
        let mut absent = Vec::new();
        for literal in literals.iter().filter(|literal| literal.side == Side::Inside) {
            let mut together = forbidding.clone();
            together.push(literal);
            let value = match value::present(path, &together, stand) {
                Found::Unknown => return Found::Unknown,
                Found::None if !literal.accepts_absence() => return Found::None,
                Found::None => None,
                Found::Some(value) => Some(value),
            };
            must_be_there |= !literal.accepts_absence();
            match value {
                None => absent.push(literal.owner),
                Some(_) => values.push((Some(literal.owner), value)),
            }
        }
        if !must_be_there {
            return Found::Some(literals.iter().map(|literal| (Some(literal.owner), None)).listed());
        }
        if values.is_empty() {
            return match value::present(path, &forbidding, stand) {
                Found::None => Found::None,
                Found::Some(value) if absent.is_empty() => Found::Some(vec![(None, Some(value))]),
                _ => Found::Unknown,
            };
        }
        if absent.iter().any(|owner| self.clash(*owner, path)) {
            return Found::None;
        }
        values.extend(absent.into_iter().map(|owner| (Some(owner), None)));
        Found::Some(values)
    }

    /// Whether a pattern's wish for absence excludes every value at the path: always, unless it has chosen an element of an
    /// array before, one that can hold the path too. Paths are asked in the order of Java strings.
    fn clash(&self, owner: usize, path: &str) -> bool {
        let Some(array) = (self.shared)(path) else { return true };
        let before = |other: &Rc<str>| {
            other.encode_utf16().lt(path.encode_utf16()) && (self.shared)(other).as_deref() == Some(array.as_str())
        };
        !self.paths.get(owner).is_some_and(|paths| paths.iter().any(before))
    }
}

/// The assignment's paths in an order in which shorter ones come first.
pub(super) fn in_order(assignment: Assignment) -> Vec<(Rc<str>, Values)> {
    let mut entries = assignment.into_entries();
    sort_by(&mut entries, |one, other| one.0.cmp(&other.0));
    entries
}
