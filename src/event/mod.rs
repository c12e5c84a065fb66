//! Events as patterns see them: a flat list of scalar values, each with a dotted path and its place in arrays.
//!
//! Rules: objects extend the path; arrays do not. An array element that is itself an object or array gives every value
//! inside it a *membership* (this array, this index), and a match must not pick two elements of one array. Scalar
//! elements carry the memberships of the enclosing arrays only. `[]` and `{}` hold no value at all; `null` is a value.
//! Duplicate names are all kept. A member named `a.b` is the same as `b` inside `a`.
//!
//! Paths and memberships are stored as trees that share their beginnings, so that an event of any shape costs no more
//! than its length.
//!
//! Source: pattern language, section 2.

mod detail;
mod envelope;
mod flatten;
mod paths;

use std::cell::OnceCell;
use std::rc::Rc;

pub use detail::Detail;
pub use envelope::{Envelope, EnvelopeDefaults};

use crate::diagnostics::Diagnostic;
use crate::json::{self, Number, Value};
use crate::text::Span;
use paths::Paths;

/// An event: any JSON object. One that was made from an envelope becomes values and fields when somebody asks for them.
#[derive(Clone, Debug)]
pub struct Event {
    envelope: Option<Rc<Envelope>>,
    value: OnceCell<Value>,
    text: OnceCell<String>,
    flat: OnceCell<Flat>,
}

/// The scalar values of an event.
#[derive(Clone, Debug)]
struct Flat {
    fields: Vec<Field>,
    paths: Paths,
    memberships: Vec<Membership>,
    /// The path of each array.
    arrays: Vec<u32>,
}

/// One scalar value of an event.
#[derive(Clone, Debug)]
pub struct Field {
    /// The value.
    pub value: Scalar,
    /// Where it stood in the text.
    pub span: Span,
    path: u32,
    membership: Option<u32>,
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as written.
    Number(Number),
    /// A string.
    String(Rc<str>),
}

impl Scalar {
    /// The value as JSON.
    pub fn to_value(&self) -> Value {
        match self {
            Scalar::Null => Value::null(),
            Scalar::Bool(value) => Value::boolean(*value),
            Scalar::Number(number) => Value::number(number.clone()),
            Scalar::String(text) => Value::string(&**text),
        }
    }
}

/// "Inside element `index` of array `array`", and what encloses that.
#[derive(Clone, Copy, Debug)]
struct Membership {
    array: u32,
    index: u32,
    span: Span,
    outer: Option<u32>,
}

/// An element of an array that is itself an object or an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// The number of the array.
    pub array: u32,
    /// Its place in the array.
    pub index: u32,
    /// Where it stands in the text.
    pub span: Span,
}

/// Why a text is not an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Not JSON.
    #[error("event is not valid JSON: {0}")]
    Json(#[from] json::Error),
    /// JSON, but not an object.
    #[error("event must be a JSON object, not {found}")]
    NotAnObject {
        /// What it is instead: `an array`.
        found: &'static str,
        /// Where.
        span: Span,
    },
}

impl EventError {
    /// As a diagnostic with the service's words.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let diagnostic = match self {
            EventError::Json(error) => error.to_diagnostic("event"),
            EventError::NotAnObject { span, .. } => Diagnostic::error("EB301", self.to_string())
                .with_span(*span)
                .with_help("an event is one object: `{ \"source\": ..., \"detail\": { ... } }`"),
        };
        diagnostic.with_aws("Parameter Event is not valid.")
    }
}

impl Event {
    /// Reads an event: any JSON object. Text after it is ignored, as by the service.
    pub fn parse(text: &str) -> Result<Event, EventError> {
        Event::from_value(json::parse_prefix(text)?)
    }

    /// An event from a value that was read or made already.
    pub fn from_value(value: Value) -> Result<Event, EventError> {
        if value.as_object().is_none() {
            return Err(EventError::NotAnObject { found: value.describe(), span: value.span });
        }
        Ok(Event { envelope: None, value: value.into(), text: OnceCell::new(), flat: OnceCell::new() })
    }

    /// An envelope as an event.
    pub fn of(envelope: Rc<Envelope>) -> Event {
        Event { envelope: Some(envelope), value: OnceCell::new(), text: OnceCell::new(), flat: OnceCell::new() }
    }

    /// The event without members.
    pub fn empty() -> Event {
        Event {
            envelope: None,
            value: Value::object(Vec::<(&str, Value)>::new()).into(),
            text: OnceCell::new(),
            flat: OnceCell::new(),
        }
    }

    /// The event as JSON.
    pub fn value(&self) -> &Value {
        // Without a value there is an envelope.
        self.value.get_or_init(|| self.envelope.as_ref().map_or_else(Value::null, |envelope| envelope.to_value()))
    }

    /// The event as compact text.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| match &self.envelope {
            Some(envelope) => {
                let mut text = String::new();
                envelope.write(&mut text);
                text
            }
            None => json::print(self.value()),
        })
    }

    fn flat(&self) -> &Flat {
        self.flat.get_or_init(|| flatten::flatten(self.value()))
    }

    /// All scalar values in the order of the text.
    pub fn fields(&self) -> &[Field] {
        &self.flat().fields
    }

    /// The values at a dotted path, in the order of the text.
    pub fn at(&self, path: &str) -> Vec<&Field> {
        let mut unlimited = u64::MAX;
        let found = self.indexes(path, &mut unlimited).unwrap_or_default();
        found.into_iter().filter_map(|index| self.field(index)).collect()
    }

    /// The numbers of the fields at a dotted path, ascending; none once the look-ups have used up the budget.
    pub(crate) fn indexes(&self, path: &str, budget: &mut u64) -> Option<Vec<u32>> {
        let mut found = self.flat().paths.find(path, budget)?;
        crate::sets::sort_by(&mut found, |one, other| one.cmp(other));
        Some(found)
    }

    /// A field by its number.
    pub(crate) fn field(&self, index: u32) -> Option<&Field> {
        self.flat().fields.get(index as usize)
    }

    /// Whether a field lies in some element of an array.
    pub(crate) fn is_in_array(field: &Field) -> bool {
        field.membership.is_some()
    }

    /// The dotted path of a field: `detail.state`.
    pub fn path(&self, field: &Field) -> String {
        self.flat().paths.dotted(field.path)
    }

    /// Whether this is the last name of a field's path.
    pub fn is_named(&self, field: &Field, name: &str) -> bool {
        self.flat().paths.is_named(field.path, name)
    }

    /// The array elements that hold a field, innermost first: (array, index).
    pub fn membership(&self, field: &Field) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.memberships_of(field).map(|m| (m.array, m.index))
    }

    /// The same outermost first, with their places.
    pub fn elements(&self, field: &Field) -> Vec<Element> {
        let element = |m: &Membership| Element { array: m.array, index: m.index, span: m.span };
        let mut elements: Vec<Element> = self.memberships_of(field).map(element).collect();
        elements.reverse();
        elements
    }

    /// The dotted path of an array.
    pub fn array_path(&self, array: u32) -> String {
        self.flat().arrays.get(array as usize).map(|path| self.flat().paths.dotted(*path)).unwrap_or_default()
    }

    /// What a person calls the last of these elements, given outermost first: `items[0].parts[2]`.
    pub fn name_of(&self, elements: &[Element]) -> String {
        let mut name = String::new();
        let mut before = String::new();
        for element in elements {
            let path = self.array_path(element.array);
            name.push_str(path.strip_prefix(before.as_str()).unwrap_or(&path));
            name.push_str(&format!("[{}]", element.index));
            before = path;
        }
        name
    }

    /// In how many ways one element of each array can be chosen, or none.
    pub(crate) fn choices(&self) -> u64 {
        if let Some(choices) = self.envelope.as_ref().and_then(|envelope| envelope.choices()) {
            return choices;
        }
        let memberships = &self.flat().memberships;
        let mut inside = vec![1u64; memberships.len()];
        let (mut all, mut end) = (1u64, memberships.len());
        // Elements of one array stand together, and behind those that hold the array.
        for array in memberships.chunk_by(|one, other| one.array == other.array).rev() {
            let start = end - array.len();
            let ways =
                inside.get(start..end).unwrap_or_default().iter().fold(1u64, |ways, it| ways.saturating_add(*it));
            end = start;
            let outer = array.first().and_then(|element| inside.get_mut(element.outer? as usize));
            let around = outer.unwrap_or(&mut all);
            *around = around.saturating_mul(ways);
        }
        all
    }

    fn memberships_of<'a>(&'a self, field: &Field) -> impl Iterator<Item = &'a Membership> + use<'a> {
        let flat = self.flat();
        let node = |at: Option<u32>| at.and_then(|at| flat.memberships.get(at as usize));
        std::iter::successors(node(field.membership), move |inner| node(inner.outer))
    }
}
