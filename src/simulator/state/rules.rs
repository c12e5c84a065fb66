//! The rules of a bus by name.
//!
//! Copies of a world share their rules until one of them changes: a page that forks a world of hundreds of rules for every
//! key that is typed would otherwise spend half of its time on copying texts.

use std::rc::Rc;

use crate::sets::SortedMap;

use super::{Rule, RuleName};

/// Rules in the byte order of their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    by_name: SortedMap<RuleName, Rc<Rule>>,
}

impl Rules {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Whether there is a rule of this name.
    pub fn contains_key(&self, name: &RuleName) -> bool {
        self.by_name.contains_key(name)
    }

    /// The rule of this name.
    pub fn get(&self, name: &RuleName) -> Option<&Rule> {
        self.by_name.get(name).map(|rule| &**rule)
    }

    /// The rule of this name, to change it here and in no copy.
    pub fn get_mut(&mut self, name: &RuleName) -> Option<&mut Rule> {
        self.by_name.get_mut(name).map(Rc::make_mut)
    }

    /// The rule of this name, which is made if there is none.
    pub fn get_or_insert_with(&mut self, name: RuleName, make: impl FnOnce(&RuleName) -> Rule) -> &mut Rule {
        Rc::make_mut(self.by_name.get_or_insert_with(name, |name| Rc::new(make(name))))
    }

    /// Puts a rule in the place of the one of its name.
    pub fn insert(&mut self, rule: Rule) {
        self.by_name.insert(rule.name.clone(), Rc::new(rule));
    }

    /// Takes a rule out.
    pub fn remove(&mut self, name: &RuleName) {
        self.by_name.remove(name);
    }

    /// All, in their order.
    pub fn values(&self) -> impl Iterator<Item = &Rule> {
        self.by_name.values().map(|rule| &**rule)
    }
}
