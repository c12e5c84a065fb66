//! The tree: a [`Value`] is a span and a [`Kind`].
//!
//! Members keep their order and their duplicates; [`Value::get`] takes the last of a name, as most JSON readers do.
//! Equality ignores spans, so a value that was read equals one that was made. Made values have the empty span 0..0.

use super::print::print;
use super::{Name, Number};
use crate::text::{Span, shared};
use std::rc::Rc;

/// A JSON value and where it stood.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it stood in its text; 0..0 for a made value.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The six kinds of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written.
    Number(Number),
    /// A string, unescaped.
    String(Rc<str>),
    /// `[...]`
    Array(Vec<Value>),
    /// `{...}`
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name, unescaped. Members of one text that have the same name share it.
    pub name: Name,
    /// Where the name stood, quotes included.
    pub name_span: Span,
    /// The value.
    pub value: Value,
}

impl Value {
    fn made(kind: Kind) -> Value {
        Value { span: Span::default(), kind }
    }

    /// `null`
    pub fn null() -> Value {
        Value::made(Kind::Null)
    }

    /// `true` or `false`
    pub fn boolean(value: bool) -> Value {
        Value::made(Kind::Bool(value))
    }

    /// A string.
    pub fn string(value: impl AsRef<str>) -> Value {
        Value::shared(shared(value.as_ref()))
    }

    /// A string that others have too.
    pub fn shared(value: Rc<str>) -> Value {
        Value::made(Kind::String(value))
    }

    /// A number: from an integer, or from a [`Number`] (made by `Number::parse`).
    pub fn number(value: impl Into<Number>) -> Value {
        Value::made(Kind::Number(value.into()))
    }

    /// An array.
    pub fn array(items: Vec<Value>) -> Value {
        Value::made(Kind::Array(items))
    }

    /// An object with its members in this order.
    pub fn object<N: Into<Name>>(members: Vec<(N, Value)>) -> Value {
        let member = |(name, value): (N, Value)| Member { name: name.into(), name_span: Span::default(), value };
        Value::made(Kind::Object(members.into_iter().map(member).collect()))
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The same, to be kept.
    pub fn as_shared(&self) -> Option<&Rc<str>> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The whole number, if it is one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::as_i64)
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The member of a name, if this is an object that has it; of several the last.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let members = self.as_object()?;
        members.iter().rev().find(|member| member.name == *name).map(|member| &member.value)
    }

    /// What it is, in words for messages: `a string`, `an object`.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Value {}

impl PartialEq for Member {
    fn eq(&self, other: &Member) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl Eq for Member {}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::string(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::string(text)
    }
}

/// The compact text.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&print(self))
    }
}
