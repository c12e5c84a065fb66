//! Ids of events and invocations, and where in the record their bearers stand.
//!
//! Few ids are ever asked for, so a tree is looked through when the first is asked for that it may have. What is added to it
//! or dropped afterwards is told here; what was never looked through leaves no trace.

use super::store::{ArrivalId, InvocationIndex};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// What has an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An event.
    Arrival(ArrivalId),
    /// An invocation.
    Invocation(InvocationIndex),
}

/// The bearers of ids in the trees of the first origins.
#[derive(Debug, Clone, Default)]
pub struct Names {
    looked: RefCell<Looked>,
    origins: Cell<usize>,
}

#[derive(Debug, Clone, Default)]
struct Looked {
    /// Of each id the place of its list.
    places: HashMap<Rc<str>, u32>,
    /// An event and its copies on other buses, or an invocation, oldest first.
    lists: Vec<Vec<Named>>,
    /// Places of lists that are empty.
    free: Vec<u32>,
}

impl Looked {
    fn list(&mut self, id: &str) -> Option<&mut Vec<Named>> {
        self.lists.get_mut(*self.places.get(id)? as usize)
    }

    fn add(&mut self, id: &Rc<str>, named: Named) {
        if let Some(list) = self.list(id) {
            return list.push(named);
        }
        let place = self.free.pop().unwrap_or_else(|| {
            self.lists.push(Vec::new());
            u32::try_from(self.lists.len() - 1).unwrap_or(u32::MAX)
        });
        self.places.insert(Rc::clone(id), place);
        self.lists.get_mut(place as usize).into_iter().for_each(|list| list.push(named));
    }

    fn lose(&mut self, id: &str, origin: usize) {
        let Some(list) = self.list(id) else { return };
        list.retain(|named| named.origin() != origin);
        if list.is_empty() {
            self.free.extend(self.places.remove(id));
        }
    }
}

impl Names {
    /// The trees of so many origins were looked through.
    pub fn origins(&self) -> usize {
        self.origins.get()
    }

    /// Looks through the trees of further origins. `each` is called once and tells of everything in them.
    pub fn look(&self, origins: usize, each: impl FnOnce(&mut dyn FnMut(&Rc<str>, Named))) {
        if origins > self.origins.get() {
            self.origins.set(origins);
            let mut looked = self.looked.borrow_mut();
            each(&mut |id, named| looked.add(id, named));
        }
    }

    /// Something was added to a tree; it matters if that was looked through.
    pub fn added(&self, id: &Rc<str>, origin: usize, named: Named) {
        if origin < self.origins.get() {
            self.looked.borrow_mut().add(id, named);
        }
    }

    /// What has this id, oldest first.
    pub fn bearers(&self, id: &str) -> Vec<Named> {
        self.looked.borrow_mut().list(id).cloned().unwrap_or_default()
    }

    /// The tree of this origin leaves, and with it what has this id there.
    pub fn dropped(&self, id: &str, origin: usize) {
        if origin < self.origins.get() {
            self.looked.borrow_mut().lose(id, origin);
        }
    }
}
