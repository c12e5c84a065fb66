//! Picking elements of arrays: can the definitions that depend on them be satisfied together?
//!
//! Two values agree when they lie in no two different elements of one array. Arrays nest, so the elements that hold hits form a
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
        self.question = self.question.wrapping_add(1);
        if self.question == 0 {
            self.places.clear();
            self.question = 1;
        }
        if self.places.len() < state.members.len() {
            self.places.resize(state.members.len(), (0, NONE));
        }
        self.tree.clear();
        // The root: not an element, but what encloses all.
        self.tree.push(Element { array: NONE, direct: 0, below: 0, first_child: NONE, sibling: NONE });
        for (bit, definition) in definitions.iter().enumerate() {
            for head in definition.predicates.iter().filter_map(|predicate| state.head(*predicate)) {
                let mut hit = head;
                while hit != NONE && hit != DIRECT {
                    let Some(found) = state.hits.get(hit as usize) else { break };
                    self.mark(found.member, 1 << bit, state);
                    hit = found.next;
                }
            }
        }
        let wanted = if definitions.len() == 64 { u64::MAX } else { (1 << definitions.len()) - 1 };
        self.is_good(0, wanted)
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
