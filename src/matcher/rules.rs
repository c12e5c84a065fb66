//! The set of rules: adding, removing, replacing by name; matching.
//!
//! Whatever the fast way cannot say for certain is asked of the evaluator: it has the text of every rule.

use super::access::{self, Access, Change};
use super::elements::Elements;
use super::index::Index;
use super::interner::{Interner, Kind};
use super::look::{Gathered, Look, Matched, Place};
use super::program::{self, Open};
use super::scan::{Acquaintance, Friend, Odd, Stranger, Trust};
use super::state::{Sizes, State};
use super::walk;
use crate::diagnostics::Diagnostic;
use crate::event::{Event, EventError};
use crate::pattern::{Pattern, StepLimit};
use crate::sets::SortedMap;
use std::rc::Rc;

/// A rule of a set, until it is removed or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
// JavaScript reads them as numbers where they stand.
#[repr(transparent)]
pub struct RuleId(pub(super) u32);

impl RuleId {
    /// A small number, the same until the rule is removed or replaced.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// Why an event cannot be matched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MatchError {
    /// It is no JSON object.
    #[error(transparent)]
    Event(#[from] EventError),
    /// The bytes are no text.
    #[error("event is not valid UTF-8")]
    NotText,
    /// One rule would take too many steps.
    #[error(transparent)]
    Steps(#[from] StepLimit),
}

impl MatchError {
    /// As a diagnostic.
    pub fn to_diagnostic(&self) -> Diagnostic {
        match self {
            MatchError::Event(error) => error.to_diagnostic(),
            MatchError::NotText => Diagnostic::error("EB301", self.to_string()).with_help("JSON is written in UTF-8"),
            MatchError::Steps(limit) => limit.to_diagnostic(),
        }
    }
}

#[derive(Debug)]
struct Rule {
    name: u32,
    /// The pattern as written, for when the evaluator must say.
    text: Box<str>,
    access: Access,
}

/// Named patterns that are matched together.
#[derive(Debug)]
pub struct RuleSet {
    index: Index,
    names: Interner,
    rules: Vec<Option<Rule>>,
    /// Of each rule; apart, because this is all that matching reads of a rule.
    places: Vec<Place>,
    free: Vec<u32>,
    programs: Vec<u32>,
    garbage: usize,
    /// Whether rules were added since the last event.
    has_grown: bool,
    pending: Vec<u32>,
    always: Vec<u32>,
    state: State,
    elements: Elements,
    gathered: Gathered,
    matched: Matched,
    /// The rules that the evaluator must be asked about.
    questions: Vec<u32>,
    /// Patterns that the evaluator was asked about.
    asked: SortedMap<u32, Rc<Pattern>>,
}

/// So many patterns are kept for the evaluator.
const MOST_ASKED: usize = 256;

impl Default for RuleSet {
    fn default() -> Self {
        Self::new()
    }
}

impl RuleSet {
    /// A set without rules.
    pub fn new() -> Self {
        Self {
            index: Index::new(),
            names: Interner::default(),
            rules: Vec::new(),
            places: Vec::new(),
            free: Vec::new(),
            programs: Vec::new(),
            garbage: 0,
            has_grown: false,
            pending: Vec::new(),
            always: Vec::new(),
            state: State::default(),
            elements: Elements::default(),
            gathered: Gathered::default(),
            matched: Matched::default(),
            questions: Vec::new(),
            asked: SortedMap::new(),
        }
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.rules.len() - self.free.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of a rule.
    pub fn name(&self, rule: RuleId) -> &str {
        let name = self.rule(rule.0).map_or(&[][..], |rule| self.names.bytes(rule.name));
        std::str::from_utf8(name).unwrap_or_default()
    }

    /// The rule of a name.
    pub fn find(&self, name: &str) -> Option<RuleId> {
        let name = self.names.find(0, Kind::Text, name.as_bytes())?;
        self.names.get(name).map(|entry| RuleId(entry.wild))
    }

    /// Adds a rule; one of the same name is replaced.
    pub fn add(&mut self, name: &str, pattern: &Pattern) -> RuleId {
        self.remove(name);
        let at = self.programs.len();
        let conditions = pattern.conditions();
        if let Some(conditions) = &conditions {
            program::write(conditions, &mut self.index, &mut self.programs);
        }
        let hard = conditions.is_none();
        let named = self.names.add(0, Kind::Text, name.as_bytes());
        let rule = Rule {
            name: named,
            text: pattern.text().into(),
            access: if hard { Access::Always } else { Access::Pending },
        };
        let place = Place { at: at as u32, len: (self.programs.len() - at) as u32 };
        let id = match self.free.pop() {
            Some(free) => free,
            None => {
                self.rules.push(None);
                self.places.push(Place::default());
                (self.rules.len() - 1) as u32
            }
        };
        if let Some(slot) = self.rules.get_mut(id as usize) {
            *slot = Some(rule);
        }
        if let Some(slot) = self.places.get_mut(id as usize) {
            *slot = place;
        }
        if let Some(entry) = self.names.get_mut(named) {
            entry.wild = id;
        }
        if hard {
            self.always.push(id);
        } else {
            self.pending.push(id);
        }
        self.has_grown = true;
        RuleId(id)
    }

    /// Removes a rule. Whether there was one of this name.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(RuleId(id)) = self.find(name) else { return false };
        let Some(rule) = self.rules.get_mut(id as usize).and_then(Option::take) else { return false };
        let place = self.places.get_mut(id as usize).map(std::mem::take).unwrap_or_default();
        let program = place.of(&self.programs);
        access::hang(id, rule.access, program, &mut self.index, Change::Down);
        program::release(program, &mut self.index);
        match rule.access {
            Access::Always => self.always.retain(|other| *other != id),
            Access::Pending => self.pending.retain(|other| *other != id),
            _ => {}
        }
        self.names.release(rule.name);
        self.asked.remove(&id);
        self.free.push(id);
        self.garbage += place.len as usize;
        if self.garbage > 4096 && self.garbage > self.programs.len() / 2 {
            self.collect();
        }
        true
    }

    /// The rules that an event matches, in no particular order. Any JSON object is an event.
    pub fn matches(&mut self, event: &[u8]) -> Result<&[RuleId], MatchError> {
        self.run::<Stranger>(event)
    }

    /// The same for an event that is known to be a JSON object within the limits of [`json`](crate::json); of any other the
    /// answer may be wrong. What no rule names is passed without being checked, but in wasm, where PutEvents gains nothing by it
    /// and a second walk would be 1.6 kB of the engine.
    pub fn matches_valid(&mut self, event: &[u8]) -> Result<&[RuleId], MatchError> {
        if cfg!(target_arch = "wasm32") { self.run::<Stranger>(event) } else { self.run::<Acquaintance>(event) }
    }

    /// The same for an event that is known to be a JSON object without repeated names and without dots in names; of any
    /// other the answer may be wrong. Nothing behind the last field that a rule names is read.
    pub fn matches_trusted(&mut self, event: &[u8]) -> Result<&[RuleId], MatchError> {
        self.run::<Friend>(event)
    }

    /// The rules that the last event matched, which stand in one place until a rule is added.
    pub fn matched_last(&self) -> &[RuleId] {
        self.matched.get()
    }

    fn run<T: Trust>(&mut self, event: &[u8]) -> Result<&[RuleId], MatchError> {
        if self.has_grown {
            self.hang_up();
            self.make_room();
            self.has_grown = false;
        }
        if !self.index.is_ready() {
            self.index.prepare();
        }
        self.matched.begin();
        self.state.begin();
        match walk::walk::<T>(event, &self.index, &mut self.state) {
            Ok(()) => self.look(event)?,
            Err(Odd) => self.look_slowly(event)?,
        }
        Ok(self.matched.get())
    }

    /// Gives the rules that were added their places.
    fn hang_up(&mut self) {
        for id in std::mem::take(&mut self.pending) {
            let Some(Some(rule)) = self.rules.get_mut(id as usize) else { continue };
            let Some(place) = self.places.get(id as usize) else { continue };
            let (start, end) = (place.at as usize, (place.at + place.len) as usize);
            let Some(program) = self.programs.get_mut(start..end) else { continue };
            access::sort(program, &self.index);
            rule.access = access::choose(program, &mut self.index);
            access::hang(id, rule.access, program, &mut self.index, Change::Up);
            if rule.access == Access::Always {
                self.always.push(id);
            }
        }
    }

    /// Room for what an event may satisfy, and for all rules.
    fn make_room(&mut self) {
        self.matched.make_room(self.rules.len());
        self.gathered.make_room(self.rules.len());
        self.state.make_room(&Sizes {
            predicates: self.index.interner.entries.len(),
            fields: self.index.field_count(),
            rules: self.rules.len(),
        });
    }

    /// Looks at the candidates.
    fn look(&mut self, event: &[u8]) -> Result<(), MatchError> {
        // Apart from the rest of the state, which is read while these are marked.
        let mut tried = std::mem::take(&mut self.state.tried);
        let mut look = Look {
            places: &self.places,
            programs: &self.programs,
            state: &self.state,
            tried: &mut tried,
            gathered: &mut self.gathered,
            elements: &mut self.elements,
            open: Open::default(),
            matched: &mut self.matched,
            questions: &mut self.questions,
        };
        look.at(&self.always);
        access::candidates(&self.index, &self.state, |rules| look.at(rules));
        look.finish();
        self.state.tried = tried;
        if self.questions.is_empty() { Ok(()) } else { self.ask_all(event) }
    }

    #[inline(never)]
    fn ask_all(&mut self, event: &[u8]) -> Result<(), MatchError> {
        let questions = std::mem::take(&mut self.questions);
        let event = read(event)?;
        questions.into_iter().try_for_each(|id| self.ask(id, &event))
    }

    /// The reader takes the event after all, or says what is wrong with it.
    fn look_slowly(&mut self, event: &[u8]) -> Result<(), MatchError> {
        let event = read(event)?;
        (0..self.rules.len() as u32).try_for_each(|id| self.ask(id, &event))
    }

    /// Asks the evaluator.
    fn ask(&mut self, id: u32, event: &Event) -> Result<(), MatchError> {
        let pattern = match (self.asked.get(&id), self.rule(id)) {
            (Some(pattern), _) => Rc::clone(pattern),
            (None, Some(rule)) => {
                // It was read once, so it is read again.
                let Ok(pattern) = Pattern::parse(&rule.text) else { return Ok(()) };
                if self.asked.len() >= MOST_ASKED {
                    self.asked = SortedMap::new();
                }
                let pattern = Rc::new(pattern);
                self.asked.insert(id, Rc::clone(&pattern));
                pattern
            }
            (None, None) => return Ok(()),
        };
        if pattern.matches(event)? {
            self.matched.add(id);
        }
        Ok(())
    }

    #[inline]
    fn rule(&self, id: u32) -> Option<&Rule> {
        self.rules.get(id as usize)?.as_ref()
    }

    /// Moves the programs together.
    fn collect(&mut self) {
        let mut programs = Vec::with_capacity(self.programs.len() - self.garbage);
        for place in &mut self.places {
            let at = programs.len() as u32;
            programs.extend_from_slice(place.of(&self.programs));
            place.at = at;
        }
        (self.programs, self.garbage) = (programs, 0);
    }

    /// About how many bytes the rules take, the tables of the last event apart.
    pub fn size(&self) -> usize {
        let texts: usize = self.rules.iter().flatten().map(|rule| rule.text.len()).sum();
        self.index.size()
            + self.names.size()
            + self.programs.capacity() * 4
            + self.rules.capacity() * size_of::<Option<Rule>>()
            + self.places.capacity() * size_of::<Place>()
            + texts
    }
}

fn read(event: &[u8]) -> Result<Event, MatchError> {
    let text = std::str::from_utf8(event).map_err(|_| MatchError::NotText)?;
    Ok(Event::parse(text)?)
}
