//! Many patterns at once. The event is written straight into the engine's memory, and numbers come back: names stay in
//! JavaScript, so that a call costs little more than the match.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::ascii::narrow;
use super::values::Failure;
use crate::matcher::{MatchError, RuleId, RuleSet};
use crate::pattern::Pattern;

/// A set of rules, and the room its events are written into.
#[wasm_bindgen]
#[derive(Default)]
pub struct EngineRuleSet {
    set: RuleSet,
    room: Vec<u8>,
    wrong: Option<MatchError>,
}

#[wasm_bindgen]
impl EngineRuleSet {
    /// A set without rules.
    #[wasm_bindgen(constructor)]
    pub fn new() -> EngineRuleSet {
        EngineRuleSet::default()
    }

    /// Adds a rule or replaces the one of this name; gives its number.
    pub fn add(&mut self, name: &str, pattern: &str) -> Result<u32, JsValue> {
        let read = Pattern::parse(pattern).map_err(|error| Failure::pattern(&error.to_diagnostic(), pattern))?;
        Ok(self.set.add(name, &read).number())
    }

    /// Removes a rule. Whether there was one of this name.
    pub fn remove(&mut self, name: &str) -> bool {
        self.set.remove(name)
    }

    /// How many rules there are.
    pub fn size(&self) -> usize {
        self.set.len()
    }

    /// Where in the engine's memory up to `length` bytes of an event may be written. Valid until more is asked for.
    pub fn room(&mut self, length: usize) -> *const u8 {
        if self.room.len() < length {
            self.room.resize(length, 0);
        }
        self.room.as_ptr()
    }

    /// Matches the first bytes of the room. Gives how many rules match, their numbers stand where `matched_at` says; -1 if something
    /// is wrong with the event, which `complain` says. A number alone crosses faster than one that may be an error.
    pub fn run(&mut self, length: usize) -> i32 {
        match self.set.matches(self.room.get(..length).unwrap_or_default()) {
            Ok(found) => i32::try_from(found.len()).unwrap_or(i32::MAX),
            Err(error) => {
                self.wrong = Some(error);
                -1
            }
        }
    }

    /// The same with UTF-16 units, which are turned into bytes first; -2, and nothing is matched, if one of them is not ASCII.
    pub fn run_wide(&mut self, units: usize) -> i32 {
        if narrow(&mut self.room, units) { self.run(units) } else { -2 }
    }

    /// What is wrong with the event of so many bytes that was matched last.
    pub fn complain(&mut self, length: usize) -> Result<(), JsValue> {
        match self.wrong.take() {
            Some(error) => Err(refused(&error, self.room.get(..length).unwrap_or_default()).into()),
            None => Ok(()),
        }
    }

    /// Where in the engine's memory the numbers of the rules stand that matched last. Valid until a rule is added.
    pub fn matched_at(&self) -> *const u32 {
        self.set.matched_last().as_ptr().cast()
    }

    /// Matches the first bytes of the room line by line, blank lines left out. Gives for each event how many rules match
    /// and their numbers, one after the other. `before` lines came before these, for the error.
    pub fn run_lines(&mut self, length: usize, before: usize) -> Result<Vec<u32>, JsValue> {
        let mut told = Vec::new();
        let lines = self.room.get(..length).unwrap_or_default().split(|byte| *byte == b'\n');
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace)) {
            let wrong = |error: MatchError| refused(&error, line).on_line(before + number + 1);
            let found = self.set.matches(line).map_err(wrong)?;
            told.push(found.len() as u32);
            told.extend(found.iter().copied().map(RuleId::number));
        }
        Ok(told)
    }
}

fn refused(error: &MatchError, event: &[u8]) -> Failure {
    Failure::event(&error.to_diagnostic(), &String::from_utf8_lossy(event))
}

/// The engine's memory.
#[wasm_bindgen]
pub fn engine_memory() -> JsValue {
    wasm_bindgen::memory()
}
