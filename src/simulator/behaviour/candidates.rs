//! Candidates: the rules of a bus as one [`RuleSet`], which says at once which of them an event can match.
//!
//! The set holds the enabled rules with patterns, and follows the bus from view to view: only what changed is added or taken
//! out. Copies of a world share it, and whoever asks has it show its own rules first. A rule that the set leaves out would
//! have refused the event; why is computed when a trace asks.
//!
//! Events in which no rule takes an [interest](super::interest) are not shown to it. The set may know the answer where the
//! evaluator would run past its bound of steps, and a rule whose matching does is told as failed. So events that are large, or
//! whose arrays allow many choices of elements, are shown to every rule that does not name another source or detail-type; so
//! are all that the set has no answer for.

use super::interest::{Interest, named};
use super::record::{Arrival, RuleView};
use crate::event::{Event, Scalar};
use crate::matcher::RuleSet;
use crate::pattern::Pattern;
use crate::sets::{Listed as _, sort_by};
use std::rc::Rc;

/// The longest text that only the set is asked about.
const LONGEST: usize = 64 * 1024;
/// So many ways to choose one element of each array.
const MOST_CHOICES: u64 = 100_000;

/// The rules of one bus that can match something.
#[derive(Debug, Default)]
pub struct Candidates {
    set: RuleSet,
    /// The rules that the set shows.
    shown: Rc<Vec<Rc<RuleView>>>,
    /// Of each rule of the bus, its number in the set.
    numbers: Vec<Option<u32>>,
    /// The rules by these numbers.
    places: Vec<usize>,
    interest: Interest,
    /// The text of the event that was looked at last.
    text: String,
}

impl Candidates {
    /// Brings the set to these rules of the bus, which are in the order of their names.
    pub fn show(&mut self, rules: &Rc<Vec<Rc<RuleView>>>) {
        if Rc::ptr_eq(&self.shown, rules) {
            return;
        }
        let old = std::mem::replace(&mut self.shown, Rc::clone(rules));
        self.interest = Interest::of(rules.iter().filter_map(|rule| wanted(rule)).map(|pattern| &**pattern));
        let mut before = old.iter().zip(std::mem::take(&mut self.numbers)).peekable();
        for rule in rules.iter() {
            while let Some((gone, _)) = before.next_if(|(old, _)| old.name < rule.name) {
                self.set.remove(&gone.name);
            }
            let known = before.next_if(|(old, _)| old.name == rule.name);
            let known = known.and_then(|(old, number)| Some((wanted(old)?, number)));
            self.numbers.push(match (known, wanted(rule)) {
                (Some((old, number)), Some(new)) if Rc::ptr_eq(old, new) => number,
                (_, Some(pattern)) => Some(self.set.add(&rule.name, pattern).number()),
                (Some(_), None) => {
                    self.set.remove(&rule.name);
                    None
                }
                (None, None) => None,
            });
        }
        for (gone, _) in before {
            self.set.remove(&gone.name);
        }
        for (rule, number) in self.numbers.iter().enumerate() {
            let Some(number) = number.map(|number| number as usize) else { continue };
            if self.places.len() <= number {
                self.places.resize(number + 1, 0);
            }
            if let Some(place) = self.places.get_mut(number) {
                *place = rule;
            }
        }
    }

    /// The indexes of the rules that an event matches, ascending; none if each rule must be asked.
    pub fn matched(&mut self, arrival: &Arrival) -> Option<Vec<usize>> {
        if !self.interest.is_in(&arrival.envelope) {
            return Some(Vec::new());
        }
        self.text.clear();
        arrival.envelope.write(&mut self.text);
        let choices = || arrival.envelope.choices().unwrap_or_else(|| arrival.event().choices());
        if self.text.len() > LONGEST || choices() > MOST_CHOICES {
            self.text = String::new();
            return None;
        }
        // Somebody has read the detail, and the rest is quoted here.
        let matched = self.set.matches_valid(self.text.as_bytes()).ok()?;
        let mut rules: Vec<usize> =
            matched.iter().filter_map(|id| self.places.get(id.number() as usize).copied()).listed();
        sort_by(&mut rules, |one, other| one.cmp(other));
        Some(rules)
    }
}

/// What a rule of the set wants.
fn wanted(rule: &RuleView) -> Option<&Rc<Pattern>> {
    rule.pattern.as_ref().filter(|_| rule.enabled)
}

/// Whether the pattern of an enabled rule names neither another detail-type nor another source than the event's. Most rules
/// name one of the two as plain texts.
pub fn may_match(rule: &RuleView, event: &Event) -> bool {
    let Some(pattern) = wanted(rule) else { return false };
    let Some((path, texts)) = named(pattern) else { return true };
    let texts: Vec<&str> = texts.into_iter().listed();
    event.at(path).iter().any(|field| matches!(&field.value, Scalar::String(text) if texts.contains(&&**text)))
}
