//! Candidates: the rules of a bus that can match an event at all, by its detail-type or its source.
//!
//! Most rules name one of the two as plain texts, so an event is shown to those that name its own and to those that name
//! none. A rule that is left out would have refused the event; why is computed when a trace asks. The rules that a schedule's
//! event belongs to are always among them, because such an event passes its own rule whatever the pattern says.

use super::record::{Cause, RuleView};
use crate::event::{Event, Scalar};
use crate::sets::{SortedMap, sort_by};
use std::rc::Rc;

const PATHS: [&str; 2] = ["detail-type", "source"];

/// The rules of one bus, by what they name.
#[derive(Debug, Clone)]
pub struct Candidates {
    /// For each of `PATHS`: a text and the rules that want it there.
    named: [SortedMap<Rc<str>, Vec<usize>>; 2],
    others: Vec<usize>,
    count: usize,
}

impl Candidates {
    /// Sorts the rules.
    pub fn new(rules: &[Rc<RuleView>]) -> Self {
        let mut candidates =
            Self { named: [SortedMap::new(), SortedMap::new()], others: Vec::new(), count: rules.len() };
        for (index, rule) in rules.iter().enumerate() {
            let Some(pattern) = rule.pattern.as_ref().filter(|_| rule.enabled) else { continue };
            let named =
                PATHS.iter().zip(&mut candidates.named).find_map(|(path, map)| Some((pattern.texts_at(path)?, map)));
            match named {
                None => candidates.others.push(index),
                Some((texts, map)) => {
                    for text in texts {
                        map.get_or_insert_with(Rc::from(text), |_| Vec::new()).push(index);
                    }
                }
            }
        }
        candidates
    }

    /// The indexes of the rules to ask about an event, ascending.
    pub fn of(&self, event: &Event, cause: &Cause) -> Vec<usize> {
        if matches!(cause, Cause::Schedule(_)) {
            return (0..self.count).collect();
        }
        let mut found = self.others.clone();
        for (path, named) in PATHS.iter().zip(&self.named) {
            for field in event.at(path) {
                if let Scalar::String(text) = &field.value {
                    found.extend(named.get(&**text).into_iter().flatten());
                }
            }
        }
        sort_by(&mut found, |one, other| one.cmp(other));
        found.dedup();
        found
    }
}
