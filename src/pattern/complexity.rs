//! Wildcard complexity: how many positions of the wildcards of one field a single text can keep busy at once.
//!
//! A text with stars, in its quotes, is a chain of positions; the strings of one leaf share their beginnings (a trie). A
//! byte moves a position on; a star, once entered, stays. The score is the largest number of positions active together,
//! over all texts; leaves of one field add up, fields do not.
//!
//! Two measures: the engine's library counts the finished strings of a leaf as one position and equal leaves once; the
//! service, which refuses a score above [`COMPLEXITY_LIMIT`], counts finished strings apart and an equal leaf again but
//! for one position (recorded: `*a*` four times passes, five times not). That equal leaves of different `$or` branches
//! count like those of one array is our choice.
//!
//! Source: pattern language, section 8; recorded on the service.

use std::collections::{BinaryHeap, HashSet};
use std::rc::Rc;

use super::compile::{Compiled, Definition};
use super::operators::Operator;
use super::operators::wildcard::Wildcard;
use crate::sets::{Listed as _, SortedMap, sort_by};
use crate::text::Span;

/// The highest score that the service accepts.
pub const COMPLEXITY_LIMIT: u32 = 10;

/// How many moves of a position the search for a pattern's score may make; the score is not pursued beyond them.
pub const COMPLEXITY_STEPS: u64 = 250_000;

/// How many bytes the wildcards of one field may have together to be measured; more are refused for their length anyway.
const LONGEST: usize = 50_000;

/// How complex the wildcards of a pattern are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complexity {
    /// As the engine's library measures it; 0 without wildcards.
    pub score: Score,
    /// As the service measures it, pursued no further than one above its limit.
    pub service: Score,
    /// The field with the highest score, if any has wildcards.
    pub field: Option<ComplexField>,
}

/// A field with wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplexField {
    /// Its path.
    pub path: Rc<str>,
    /// Its first leaf array that holds a wildcard.
    pub span: Span,
}

/// A measured score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// The score.
    Exactly(u32),
    /// The search stopped here, at its end or because that was enough.
    AtLeast(u32),
}

impl Score {
    /// The number found.
    pub fn value(self) -> u32 {
        match self {
            Score::Exactly(value) | Score::AtLeast(value) => value,
        }
    }

    /// Whether it is above a limit. A search that came to no end counts as above it.
    pub fn exceeds(self, limit: u32) -> bool {
        match self {
            Score::Exactly(value) => value > limit,
            Score::AtLeast(_) => true,
        }
    }

    /// First the scores that came to no end, then the larger.
    fn rank(self) -> (bool, u32) {
        (matches!(self, Score::AtLeast(_)), self.value())
    }
}

impl Complexity {
    /// Whether the service's operations refuse the pattern for it.
    pub fn is_refused(&self) -> bool {
        self.service.exceeds(COMPLEXITY_LIMIT)
    }
}

pub(super) fn complexity(compiled: &Compiled) -> Complexity {
    let mut complexity = Complexity { score: Score::Exactly(0), service: Score::Exactly(0), field: None };
    let (mut for_library, mut for_service) = (COMPLEXITY_STEPS, COMPLEXITY_STEPS);
    for (path, automaton, span) in fields(compiled) {
        let score = automaton.search(Measure::Library, u32::MAX, &mut for_library);
        let service = automaton.search(Measure::Service, COMPLEXITY_LIMIT + 1, &mut for_service);
        if (service.rank(), score.rank()) > (complexity.service.rank(), complexity.score.rank()) {
            complexity.field = Some(ComplexField { path: path.into(), span });
        }
        complexity.score = std::cmp::max_by_key(complexity.score, score, |score| score.rank());
        complexity.service = std::cmp::max_by_key(complexity.service, service, |score| score.rank());
    }
    complexity
}

/// The leaf array for which the service refuses the pattern.
pub(super) fn refused(compiled: &Compiled) -> Option<Span> {
    let mut left = COMPLEXITY_STEPS;
    let mut refuses = |automaton: &Automaton| {
        automaton.search(Measure::Service, COMPLEXITY_LIMIT + 1, &mut left).exceeds(COMPLEXITY_LIMIT)
    };
    fields(compiled).find(|(_, automaton, _)| refuses(automaton)).map(|(_, _, span)| span)
}

fn fields(compiled: &Compiled) -> impl Iterator<Item = (&str, Automaton, Span)> {
    compiled.groups().filter_map(|(path, definitions)| {
        let (automaton, span) = Automaton::of(definitions)?;
        Some((path, automaton, span))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Library,
    Service,
}

/// The wildcards of one field. The positions of a leaf have consecutive numbers.
#[derive(Default)]
struct Automaton {
    positions: Vec<Position>,
    /// For each leaf, the position after its opening quote, and how often the leaf was written.
    leaves: Vec<(u32, u32)>,
    /// How many bytes the texts have together; what is beyond [`LONGEST`] is left out.
    bytes: usize,
}

/// A place in the texts of a leaf: what was read so far.
struct Position {
    leaf: usize,
    kind: Kind,
    next: SortedMap<u8, u32>,
    star: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Literal,
    Star,
    /// After the closing quote.
    Finished,
}

/// An operator's name and its texts, each once and sorted: what makes two leaves equal.
type Content<'a> = (&'a str, Vec<&'a str>);

const QUOTE: u8 = b'"';

impl Automaton {
    /// None without wildcards.
    fn of<'a>(definitions: impl Iterator<Item = &'a Definition>) -> Option<(Automaton, Span)> {
        // Equal leaves, however their operands are ordered, are one.
        let mut written: SortedMap<Content<'_>, (Vec<&Wildcard>, u32)> = SortedMap::new();
        let mut place = None;
        for definition in definitions {
            for leaf in definition.leaves.iter() {
                let (name, wildcards) = match &leaf.operator {
                    Operator::Wildcard(wildcard) => ("wildcard", std::slice::from_ref(wildcard)),
                    Operator::AnythingBut(operator) => ("anything-but", operator.wildcards()),
                    _ => continue,
                };
                if wildcards.is_empty() {
                    continue;
                }
                place.get_or_insert(definition.span);
                let mut texts: Vec<&str> = wildcards.iter().map(Wildcard::text).listed();
                sort_by(&mut texts, |one, other| one.cmp(other));
                texts.dedup();
                written.get_or_insert_with((name, texts), |_| (wildcards.iter().listed(), 0)).1 += 1;
            }
        }
        let mut automaton = Automaton::default();
        for (_, (wildcards, copies)) in written.into_entries() {
            automaton.add_leaf(&wildcards, copies);
        }
        Some((automaton, place?))
    }

    fn add_leaf(&mut self, wildcards: &[&Wildcard], copies: u32) {
        let start = u32::try_from(self.positions.len()).unwrap_or(u32::MAX);
        self.leaves.push((start, copies));
        self.add(Kind::Literal);
        for wildcard in wildcards {
            self.bytes += wildcard.text().len();
            if self.bytes > LONGEST {
                return;
            }
            let mut at = start;
            for (number, piece) in wildcard.pieces().iter().enumerate() {
                if number > 0 {
                    at = self.star_after(at);
                }
                for byte in piece.bytes() {
                    at = self.literal_after(at, byte);
                }
            }
            at = self.literal_after(at, QUOTE);
            if let Some(last) = self.positions.get_mut(at as usize) {
                last.kind = Kind::Finished;
            }
        }
    }

    /// A new position of the last leaf.
    fn add(&mut self, kind: Kind) -> u32 {
        let leaf = self.leaves.len().saturating_sub(1);
        self.positions.push(Position { leaf, kind, next: SortedMap::new(), star: None });
        u32::try_from(self.positions.len() - 1).unwrap_or(u32::MAX)
    }

    fn literal_after(&mut self, at: u32, byte: u8) -> u32 {
        if let Some(known) = self.position(at).and_then(|position| position.next.get(&byte)) {
            return *known;
        }
        let new = self.add(Kind::Literal);
        if let Some(position) = self.positions.get_mut(at as usize) {
            position.next.insert(byte, new);
        }
        new
    }

    fn star_after(&mut self, at: u32) -> u32 {
        if let Some(known) = self.position(at).and_then(|position| position.star) {
            return known;
        }
        let new = self.add(Kind::Star);
        if let Some(position) = self.positions.get_mut(at as usize) {
            position.star = Some(new);
        }
        new
    }

    fn position(&self, at: u32) -> Option<&Position> {
        self.positions.get(at as usize)
    }

    /// The largest size of a set of positions that some text makes active, as far as it is worth knowing.
    fn search(&self, measure: Measure, enough: u32, left: &mut u64) -> Score {
        let start: Rc<[u32]> = self.leaves.iter().map(|(start, _)| *start).collect();
        let mut best = 0;
        let mut seen = HashSet::from([Rc::clone(&start)]);
        let mut open = BinaryHeap::from([(self.size(&start, measure), start)]);
        while let Some((size, active)) = open.pop() {
            best = best.max(size);
            if best >= enough {
                return Score::AtLeast(best);
            }
            // Any other byte leaves active a part of what these do.
            let bytes: SortedMap<u8, ()> =
                active.iter().flat_map(|at| self.readable(*at)).map(|byte| (byte, ())).collect();
            for byte in bytes.keys().copied() {
                let Some(rest) = left.checked_sub(active.len() as u64) else { return Score::AtLeast(best) };
                *left = rest;
                let next = self.read(&active, byte);
                if seen.insert(Rc::clone(&next)) {
                    open.push((self.size(&next, measure), next));
                }
            }
        }
        if self.bytes > LONGEST { Score::AtLeast(best) } else { Score::Exactly(best) }
    }

    /// The bytes that move a position on, its star skipped included.
    fn readable(&self, at: u32) -> impl Iterator<Item = u8> {
        let position = self.position(at);
        let star = position.and_then(|position| self.position(position.star?));
        position.into_iter().chain(star).flat_map(|position| position.next.keys().copied())
    }

    /// The positions that are active after one more byte, ascending.
    fn read(&self, active: &[u32], byte: u8) -> Rc<[u32]> {
        let mut next = SortedMap::new();
        for at in active {
            let Some(position) = self.position(*at) else { continue };
            next.extend(position.next.get(&byte).map(|next| (*next, ())));
            if position.kind == Kind::Star {
                next.insert(*at, ());
            }
            if let Some(star) = position.star {
                next.insert(star, ());
                next.extend(self.position(star).and_then(|star| star.next.get(&byte)).map(|next| (*next, ())));
            }
        }
        next.keys().copied().collect()
    }

    /// The active positions and the stars that they can enter.
    fn size(&self, active: &[u32], measure: Measure) -> u32 {
        let mut size = 0;
        let leaf_of = |at: &u32| self.position(*at).map_or(0, |position| position.leaf);
        for of_leaf in active.chunk_by(|a, b| leaf_of(a) == leaf_of(b)) {
            let positions = || of_leaf.iter().filter_map(|at| self.position(*at));
            let finished = positions().filter(|position| position.kind == Kind::Finished).count();
            let stars = positions().filter_map(|position| position.star);
            let entered = |star: &u32| of_leaf.binary_search(star).is_ok();
            let all = (of_leaf.len() + stars.filter(|star| !entered(star)).count()) as u32;
            let copies = of_leaf.first().and_then(|at| self.leaves.get(leaf_of(at))).map_or(1, |(_, copies)| *copies);
            size += match measure {
                Measure::Library => all - finished.saturating_sub(1) as u32,
                Measure::Service => all.saturating_add((copies - 1).saturating_mul(all - 1)),
            };
        }
        size
    }
}
