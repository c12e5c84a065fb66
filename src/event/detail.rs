//! The detail of an event: a JSON object that is read only when somebody looks into it.
//!
//! Most events are matched and passed on as text. Where the producer's text is as we would print it, it is kept and nothing else.

use crate::json::{self, Compact, Kind, Value};
use crate::text::shared;
use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

/// The detail of an event.
#[derive(Debug, Clone)]
pub struct Detail {
    value: OnceCell<Value>,
    text: OnceCell<Rc<str>>,
    seen: Option<Compact>,
}

impl Detail {
    /// Reads the detail of an entry; none if it is not a JSON object.
    pub fn read(text: &Rc<str>) -> Option<Self> {
        if let Some(seen) = json::compact_object(text) {
            return Some(Self { value: OnceCell::new(), text: OnceCell::from(Rc::clone(text)), seen: Some(seen) });
        }
        json::parse(text).ok().filter(|value| matches!(value.kind, Kind::Object(_))).map(Self::from)
    }

    /// The compact text.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| shared(&json::print(self.made())))
    }

    /// In how many ways one element of each array can be chosen, or none, where that is known.
    pub(super) fn choices(&self) -> Option<u64> {
        self.seen.map(|seen| seen.choices)
    }

    /// At most so many values without parts are in it; an estimate.
    pub fn values(&self) -> usize {
        let commas = || self.text().bytes().filter(|byte| *byte == b',').count();
        1 + self.seen.map_or_else(commas, |seen| seen.commas)
    }

    fn made(&self) -> &Value {
        // Without a value there is a text, which was seen to be an object.
        let read = || self.text.get().and_then(|text| json::parse(text).ok()).unwrap_or_else(Value::null);
        self.value.get_or_init(read)
    }
}

impl Deref for Detail {
    type Target = Value;

    fn deref(&self) -> &Value {
        self.made()
    }
}

impl From<Value> for Detail {
    fn from(value: Value) -> Self {
        Self { value: OnceCell::from(value), text: OnceCell::new(), seen: None }
    }
}

impl PartialEq for Detail {
    fn eq(&self, other: &Self) -> bool {
        self.made() == other.made()
    }
}

#[cfg(test)]
mod tests {
    use super::Detail;
    use crate::event::Event;

    #[test]
    fn a_detail_that_was_not_read_counts_the_choices_of_the_event() {
        for (text, choices) in [
            ("{}", 1),
            (r#"{"a":[{"b":1},[2],3,{}],"c":[[]]}"#, 8),
            (r#"{"a":[{"b":[{},{}]},{"b":[{}]}],"a":{"a":[{}]}}"#, 12),
        ] {
            assert_eq!(Detail::read(&text.into()).unwrap().choices(), Some(choices));
            assert_eq!(Event::parse(text).unwrap().choices(), choices);
        }
        let spaced = Detail::read(&r#"{"a": [{}]}"#.into()).unwrap();
        assert_eq!((spaced.text(), spaced.choices()), (r#"{"a":[{}]}"#, None));
        assert!(Detail::read(&"[]".into()).is_none() && Detail::read(&"{} x".into()).is_none());
    }
}
