//! A response as an operation builds it: members in order, absent ones left out.
//!
//! The service leaves absent members out rather than writing null, and so do we.

use crate::json::{Kind, Member, Name, Number, Value};
use crate::text::Span;
use crate::time::Instant;

/// The members of a response, or of a structure in one.
#[derive(Debug, Default)]
pub struct Output {
    members: Vec<Member>,
}

impl Output {
    /// No members yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a member.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.members.push(Member { name: Name::fixed(name), name_span: Span::default(), value: value.into() });
        self
    }

    /// The same with a member, if it has a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with a time: seconds since 1970, with a fraction where there is one.
    pub fn time(self, name: &'static str, instant: Instant) -> Self {
        let (seconds, millis) = (instant.seconds(), instant.millis().rem_euclid(1000));
        // A time before 1970 with a fraction has no such spelling; whole seconds will do there.
        let fraction = (millis != 0 && seconds >= 0).then(|| format!("{seconds}.{millis:03}"));
        let number = fraction.and_then(|text| Number::parse(&text)).unwrap_or_else(|| Number::from(seconds));
        self.with(name, Value::number(number))
    }

    /// The finished value.
    pub fn value(self) -> Value {
        Value { span: Span::default(), kind: Kind::Object(self.members) }
    }
}
