//! The paths of an event as a tree of names, and the fields at each.
//!
//! The trap: names may hold dots, so one dotted path can be spelt by several chains of names (`a` → `b.c`, `a.b` →
//! `c`). A lookup follows them all; it visits each chain at most once.

use std::collections::HashMap;
use std::rc::Rc;

/// The root: the event itself.
pub(super) const ROOT: u32 = 0;

/// A tree of names.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    parent: u32,
    name: Rc<str>,
    children: Children,
    fields: Vec<u32>,
}

/// The names below a path. Most objects have a few members, which are compared sooner than one name is hashed.
#[derive(Clone, Debug, Default)]
struct Children {
    few: Vec<(Rc<str>, u32)>,
    /// All of them, once they are many.
    many: HashMap<Rc<str>, u32>,
}

/// Up to so many children are looked through.
const FEW: usize = 12;

impl Children {
    fn is_empty(&self) -> bool {
        self.few.is_empty()
    }

    fn get(&self, name: &str) -> Option<u32> {
        if !self.many.is_empty() {
            return self.many.get(name).copied();
        }
        self.few.iter().find(|(known, _)| **known == *name).map(|(_, child)| *child)
    }

    fn insert(&mut self, name: Rc<str>, child: u32) {
        if self.few.len() < FEW {
            self.few.push((name, child));
            return;
        }
        if self.many.is_empty() {
            self.many.extend(self.few.iter().cloned());
        }
        self.many.insert(name, child);
    }
}

impl Paths {
    pub(super) fn new() -> Paths {
        Paths { nodes: vec![Node { parent: ROOT, name: "".into(), children: Children::default(), fields: Vec::new() }] }
    }

    /// The path one name below `parent`.
    pub(super) fn child(&mut self, parent: u32, name: &str) -> u32 {
        if let Some(known) = self.node(parent).and_then(|node| node.children.get(name)) {
            return known;
        }
        let new = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let name = crate::text::shared(name);
        self.nodes.push(Node { parent, name: Rc::clone(&name), children: Children::default(), fields: Vec::new() });
        if let Some(node) = self.nodes.get_mut(parent as usize) {
            node.children.insert(name, new);
        }
        new
    }

    /// Whether the last name of a path is this.
    pub(super) fn is_named(&self, path: u32, name: &str) -> bool {
        self.node(path).is_some_and(|node| &*node.name == name)
    }

    pub(super) fn add_field(&mut self, path: u32, field: u32) {
        if let Some(node) = self.nodes.get_mut(path as usize) {
            node.fields.push(field);
        }
    }

    /// The fields at a dotted path, in no order; none once the look-ups have used up the budget.
    pub(super) fn find(&self, path: &str, budget: &mut u64) -> Option<Vec<u32>> {
        let mut found = Vec::new();
        let mut open = vec![(ROOT, path)];
        while let Some((node, rest)) = open.pop() {
            let Some(node) = self.node(node).filter(|node| !node.children.is_empty()) else { continue };
            if let Some(last) = node.children.get(rest).and_then(|last| self.node(last)) {
                found.extend_from_slice(&last.fields);
            }
            for (dot, _) in rest.match_indices('.') {
                let name = rest.get(..dot).unwrap_or("");
                // Looking for a name costs its length.
                *budget = budget.checked_sub(1 + name.len() as u64 / 64)?;
                if let Some(child) = node.children.get(name) {
                    open.push((child, rest.get(dot + 1..).unwrap_or("")));
                }
            }
        }
        Some(found)
    }

    /// The names joined by dots.
    pub(super) fn dotted(&self, path: u32) -> String {
        let mut names: Vec<&str> = Vec::new();
        let mut at = path;
        while at != ROOT {
            let Some(node) = self.node(at) else { break };
            names.push(&node.name);
            at = node.parent;
        }
        names.reverse();
        names.join(".")
    }

    fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }
}
