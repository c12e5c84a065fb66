//! Whether two events are the same for a cycle: equal on its tested paths.
//!
//! Compared is what stands at the tested paths with its place in arrays, number by number as written: stricter than any
//! pattern, so that equal here means equal there. A tested value that is fresh by construction can never be the same, even
//! if two happen to be equal; only a test of mere existence may look at one.

use super::tested::{Test, Tested};
use crate::json::{self, Kind, Value};
use crate::sets::sort_by;
use crate::simulator::behaviour::provenance::Provenance;
use crate::simulator::behaviour::record::Arrival;

/// Why two events are not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The tested path.
    pub path: String,
    /// What differs, in words.
    pub what: String,
}

impl Difference {
    /// The events have different bus hops behind them.
    pub fn hops() -> Self {
        Self { path: String::new(), what: "one event has crossed between buses and the other has not".to_owned() }
    }
}

impl Difference {
    /// A tested value is new by construction.
    pub fn fresh(path: String) -> Self {
        Self { what: format!("a test reads `{path}`, which is new in every event"), path }
    }
}

/// Finds the first difference on the tested paths.
pub fn compare(before: &Arrival, now: &Arrival, tested: &Tested) -> Result<(), Difference> {
    let before = project(before.event().value(), &before.provenance, tested)?;
    let now = project(now.event().value(), &now.provenance, tested)?;
    let changed = before.iter().zip(&now).find(|(one, other)| one != other);
    match changed {
        Some((one, other)) if one.place == other.place => Err(Difference {
            path: one.path.clone(),
            what: format!("`{}` changes from {} to {}", one.path, short(&one.shown), short(&other.shown)),
        }),
        Some((one, other)) => Err(appears(if one.place < other.place { one } else { other })),
        None if before.len() != now.len() => {
            let longer = if before.len() > now.len() { &before } else { &now };
            longer.get(before.len().min(now.len())).map_or(Ok(()), |entry| Err(appears(entry)))
        }
        None => Ok(()),
    }
}

fn appears(entry: &Entry) -> Difference {
    Difference { path: entry.path.clone(), what: format!("`{}` is not always there", entry.path) }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

/// A scalar, or an empty array or object, at a tested path.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    path: String,
    /// The path with array indexes.
    place: String,
    shown: String,
}

/// One walk over an event.
struct Walk<'a> {
    tested: &'a Tested,
    provenance: &'a Provenance,
    path: String,
    place: String,
    entries: Vec<Entry>,
}

fn project(event: &Value, provenance: &Provenance, tested: &Tested) -> Result<Vec<Entry>, Difference> {
    let mut walk = Walk { tested, provenance, path: String::new(), place: String::new(), entries: Vec::new() };
    walk.value(event, None)?;
    // Member order does not decide anything, and duplicates of a name keep theirs.
    sort_by(&mut walk.entries, |one, other| one.place.cmp(&other.place));
    Ok(walk.entries)
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, above: Option<Test>) -> Result<(), Difference> {
        let here = self.tested.get(self.path.as_str()).copied();
        let test = here.max(above);
        let below = test.filter(|test| *test == Test::Whole);
        match &value.kind {
            Kind::Object(members) if !members.is_empty() => {
                for member in members {
                    let (path, place) = (self.path.len(), self.place.len());
                    if !self.path.is_empty() {
                        self.path.push('.');
                    }
                    self.path.push_str(&member.name);
                    // Quoted, so that `a.b` as one name and `b` inside `a` are two places.
                    self.place.push_str(&json::quote(&member.name));
                    self.value(&member.value, below)?;
                    self.path.truncate(path);
                    self.place.truncate(place);
                }
                Ok(())
            }
            Kind::Array(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    let place = self.place.len();
                    self.place.push_str(&format!("[{index}]"));
                    self.value(item, above)?;
                    self.place.truncate(place);
                }
                Ok(())
            }
            _ => test.map_or(Ok(()), |test| self.leaf(value, test)),
        }
    }

    fn leaf(&mut self, value: &Value, test: Test) -> Result<(), Difference> {
        let shown = if test == Test::Existence {
            let nothing = matches!(value.kind, Kind::Array(_) | Kind::Object(_));
            if nothing { "nothing".to_owned() } else { "a value".to_owned() }
        } else if self.provenance.fresh_at(&self.path).is_some() {
            return Err(Difference::fresh(self.path.clone()));
        } else {
            json::print(value)
        };
        self.entries.push(Entry { path: self.path.clone(), place: self.place.clone(), shown });
        Ok(())
    }
}
