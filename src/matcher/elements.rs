//! Picking elements of arrays: can the definitions that depend on them be satisfied together?
//!
//! Two values agree when they lie in no two different elements of one array. Mostly the arrays that count lie one within the other
//! (`items`, `items.tags`): then a hit agrees with one further out if it lies in its element, and going inwards definition
//! by definition only what lies in a survivor of the last survives.
//!
//! In general arrays lie side by side too, so the elements that hold hits form a
//! tree, and of each array one element must be picked. Where a definition has hits in one array only (at each level), the
//! arrays are independent: an element is good if it holds a hit of every definition wanted there, directly or by a good
//! element of an array inside. That visits each hit once. A definition with hits in two arrays side by side (names
//! repeated in an object, arrays of arrays) makes the question hard in general; then the evaluator must say.

use super::interner::NONE;
use super::program::Written;
use super::state::{DIRECT, State};

/// An element with hits in it.
#[derive(Clone, Copy, Debug)]
struct Element {
    array: u32,
    /// A bit for each definition with a hit directly in it, and anywhere below.
    direct: u64,
    below: u64,
    first_child: u32,
    sibling: u32,
}

/// Room for the tree, reused.
#[derive(Debug, Default)]
pub(super) struct Elements {
    tree: Vec<Element>,
    /// For each member the number of the question and its place in the tree.
    places: Vec<(u32, u32)>,
    question: u32,
    /// The definitions by the depth of the arrays their values lie in.
    order: Vec<Inward>,
}

/// A definition that lies in arrays of one shape.
#[derive(Clone, Copy, Debug)]
struct Inward {
    definition: u32,
    shape: u32,
    depth: u32,
}

/// More definitions, hits or arrays side by side are left to the evaluator.
const MOST_DEFINITIONS: usize = 64;
const MOST_ARRAYS: usize = 64;

impl Elements {
    /// Whether the definitions can be satisfied together, if that is easily said.
    pub(super) fn agree(&mut self, definitions: &[Written<'_>], state: &State) -> Option<bool> {
        if definitions.len() > MOST_DEFINITIONS {
            return None;
        }
        // A question takes up to two numbers.
        if self.question >= u32::MAX - 2 {
            self.places.clear();
            self.question = 0;
        }
        self.question += 1;
        if self.places.len() < state.members.len() {
            self.places.resize(state.members.len(), (0, NONE));
        }
        if let Some(answer) = self.inwards(definitions, state) {
            return Some(answer);
        }
        self.question += 1;
        self.tree.clear();
        // The root: not an element, but what encloses all.
        self.tree.push(Element { array: NONE, direct: 0, below: 0, first_child: NONE, sibling: NONE });
        for (bit, definition) in definitions.iter().enumerate() {
            hits(definition, state, |member| self.mark(member, 1 << bit, state));
        }
        let wanted = if definitions.len() == 64 { u64::MAX } else { (1 << definitions.len()) - 1 };
        self.is_good(0, wanted)
    }

    /// The answer if the arrays lie one within the other and each in one place only.
    fn inwards(&mut self, definitions: &[Written<'_>], state: &State) -> Option<bool> {
        if state.twins {
            return None;
        }
        self.order.clear();
        for (definition, written) in definitions.iter().enumerate() {
            let shape = first_hit(written, state).and_then(|member| state.members.get(member as usize))?.shape;
            let depth = state.shapes.get(shape as usize)?.depth;
            let at = self.order.partition_point(|other| other.depth <= depth);
            self.order.insert(at, Inward { definition: definition as u32, shape, depth });
        }
        let (mut above, mut level) = (*self.order.first()?, 0);
        for at in 0..self.order.len() {
            let inward = *self.order.get(at)?;
            if enclosing(inward.shape, inward.depth - above.depth, |shape| {
                state.shapes.get(shape as usize)?.parent.into()
            }) != Some(above.shape)
            {
                return None;
            }
            if !self.survive(definitions.get(inward.definition as usize)?, inward, above, level, state)? {
                return Some(false);
            }
            (above, level) = (inward, level + 1);
        }
        Some(true)
    }

    /// Marks the elements with hits of a definition that lie in survivors of the one further out. Whether there are any.
    fn survive(
        &mut self,
        written: &Written<'_>,
        inward: Inward,
        above: Inward,
        level: u32,
        state: &State,
    ) -> Option<bool> {
        let (mut any, mut scattered) = (false, false);
        hits(written, state, |member| {
            let outer = |member: u32| state.members.get(member as usize).map(|member| member.outer);
            scattered |= state.members.get(member as usize).is_none_or(|member| member.shape != inward.shape);
            let around = enclosing(member, inward.depth - above.depth, outer).unwrap_or(NONE);
            let survived = level == 0 || self.places.get(around as usize) == Some(&(self.question, level));
            if survived && let Some(place) = self.places.get_mut(member as usize) {
                *place = (self.question, level + 1);
                any = true;
            }
        });
        if scattered { None } else { Some(any) }
    }

    /// Notes a hit in an element, and below those around it.
    fn mark(&mut self, member: u32, bit: u64, state: &State) {
        let mut at = self.place(member, state);
        if let Some(element) = self.tree.get_mut(at as usize) {
            element.direct |= bit;
        }
        let mut member = member;
        while let Some(element) = self.tree.get_mut(at as usize).filter(|element| element.below & bit == 0) {
            element.below |= bit;
            if member == NONE {
                break;
            }
            member = state.members.get(member as usize).map_or(NONE, |member| member.outer);
            at = if member == NONE { 0 } else { self.places.get(member as usize).map_or(0, |(_, place)| *place) };
        }
    }

    /// The place of an element in the tree. It is put there, with those around it, if it is new.
    fn place(&mut self, member: u32, state: &State) -> u32 {
        let mut found = NONE;
        let mut child = NONE;
        let mut at = member;
        loop {
            let known = self.places.get(at as usize).filter(|(question, _)| *question == self.question);
            let (place, is_new) = match (at, known) {
                (NONE, _) => (0, false),
                (_, Some((_, place))) => (*place, false),
                _ => (self.tree.len() as u32, true),
            };
            if is_new {
                let array = state.members.get(at as usize).map_or(NONE, |member| member.array);
                self.tree.push(Element { array, direct: 0, below: 0, first_child: NONE, sibling: NONE });
                if let Some(slot) = self.places.get_mut(at as usize) {
                    *slot = (self.question, place);
                }
            }
            if found == NONE {
                found = place;
            }
            self.link(place, child);
            if !is_new {
                return found;
            }
            child = place;
            at = state.members.get(at as usize).map_or(NONE, |member| member.outer);
        }
    }

    fn link(&mut self, parent: u32, child: u32) {
        if child == NONE {
            return;
        }
        let Some(parent) = self.tree.get_mut(parent as usize) else { return };
        let sibling = std::mem::replace(&mut parent.first_child, child);
        if let Some(child) = self.tree.get_mut(child as usize) {
            child.sibling = sibling;
        }
    }

    /// Whether the wanted definitions can be satisfied within an element. Arrays nest at most a thousand deep.
    fn is_good(&self, at: u32, wanted: u64) -> Option<bool> {
        let element = self.tree.get(at as usize)?;
        let wanted = wanted & !element.direct;
        if wanted == 0 {
            return Some(true);
        }
        if element.below & wanted != wanted {
            return Some(false);
        }
        let mut arrays: Vec<(u32, u64)> = Vec::new();
        for child in self.children(element) {
            let part = child.1.below & wanted;
            match arrays.iter_mut().find(|(array, _)| *array == child.1.array) {
                Some((_, of_array)) => *of_array |= part,
                None => arrays.push((child.1.array, part)),
            }
            if arrays.len() > MOST_ARRAYS {
                return None;
            }
        }
        let mut taken = 0u64;
        for (_, part) in &arrays {
            if taken & part != 0 {
                return None;
            }
            taken |= part;
        }
        for (array, part) in arrays.into_iter().filter(|(_, part)| *part != 0) {
            let mut unsure = false;
            let mut found = false;
            for (place, _) in
                self.children(element).filter(|(_, child)| child.array == array && child.below & part == part)
            {
                match self.is_good(place, part) {
                    Some(true) => {
                        found = true;
                        break;
                    }
                    Some(false) => {}
                    None => unsure = true,
                }
            }
            if !found {
                return if unsure { None } else { Some(false) };
            }
        }
        Some(true)
    }

    fn children(&self, element: &Element) -> impl Iterator<Item = (u32, &Element)> {
        let get = |place: u32| self.tree.get(place as usize).map(|element| (place, element));
        std::iter::successors(get(element.first_child), move |(_, element)| get(element.sibling))
    }
}

/// The elements that hold hits of a definition.
#[inline]
fn hits(definition: &Written<'_>, state: &State, mut each: impl FnMut(u32)) {
    for head in definition.predicates.iter().filter_map(|predicate| state.head(*predicate)) {
        let mut hit = head;
        while hit != NONE && hit != DIRECT {
            let Some(found) = state.hits.get(hit as usize) else { break };
            each(found.member);
            hit = found.next;
        }
    }
}

/// One of them.
fn first_hit(definition: &Written<'_>, state: &State) -> Option<u32> {
    let head = definition.predicates.iter().find_map(|predicate| state.head(*predicate))?;
    state.hits.get(head as usize).map(|hit| hit.member)
}

/// What lies so many steps further out.
#[inline]
fn enclosing(mut at: u32, steps: u32, outer: impl Fn(u32) -> Option<u32>) -> Option<u32> {
    for _ in 0..steps {
        at = outer(at)?;
    }
    Some(at)
}
