//! A request as an operation sees it: validated, known members only, no `null`.
//!
//! The last of several members with one name counts, unknown members and nulls are gone, so what is kept of a request
//! (a target's definition, say) can be given back as it stands. Types are right by then: a getter that finds nothing
//! means that the member was not sent.

use crate::json::{Kind, Member, Value};
use crate::text::Span;

use super::shape::Shape;

/// The validated request.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    value: &'a Value,
}

impl<'a> Input<'a> {
    /// A view of an object.
    pub fn new(value: &'a Value) -> Self {
        Self { value }
    }

    /// The member.
    pub fn get(self, name: &str) -> Option<&'a Value> {
        self.value.get(name)
    }

    /// The text of a member.
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// The text of a member that the model requires.
    pub fn required(self, name: &str) -> &'a str {
        self.text(name).unwrap_or_default()
    }

    /// The whole number of a member.
    pub fn integer(self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// Whether a member is `true`.
    pub fn is_set(self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// The items of a list member.
    pub fn items(self, name: &str) -> &'a [Value] {
        self.get(name).and_then(Value::as_array).unwrap_or_default()
    }

    /// A structure member.
    pub fn object(self, name: &str) -> Option<Input<'a>> {
        self.get(name).map(Input::new)
    }

    /// The structures of a list member.
    pub fn objects(self, name: &str) -> impl Iterator<Item = Input<'a>> {
        self.items(name).iter().map(Input::new)
    }

    /// The texts of a list member.
    pub fn texts(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.items(name).iter().filter_map(Value::as_str)
    }

    /// The value itself.
    pub fn value(self) -> &'a Value {
        self.value
    }
}

/// The value with only what the shape knows: no unknown members, no nulls, of duplicates the last. Shapes nest six deep
/// at most, so this may call itself; texts are moved, because the detail of an event may be long.
pub fn prune(shape: &Shape, value: Value) -> Value {
    match shape {
        Shape::Structure(structure) => {
            let mut members = members_of(value);
            let mut known = 0;
            for (name, shape) in structure.members {
                let Some(at) = members.iter().rposition(|member| member.name == **name) else { continue };
                // Taken to the front, so that the others keep their order.
                (known..at).rev().for_each(|place| members.swap(place, place + 1));
                if let Some(member) = members.get_mut(known).filter(|member| !member.value.is_null()) {
                    member.value = prune(shape, std::mem::replace(&mut member.value, Value::null()));
                    known += 1;
                }
            }
            members.truncate(known);
            Value { kind: Kind::Object(members), span: Span::default() }
        }
        Shape::List(list) => match value.kind {
            Kind::Array(mut items) => {
                for item in &mut items {
                    *item = prune(list.item, std::mem::replace(item, Value::null()));
                }
                Value::array(items)
            }
            _ => Value::array(Vec::new()),
        },
        Shape::Map(map) => {
            // Sorted by key: the service gives maps back so (recorded for InputPathsMap).
            let members = members_of(value).into_iter().filter(|member| !member.value.is_null());
            let sorted: crate::sets::SortedMap<_, _> =
                members.map(|Member { name, value, .. }| (name.to_string(), prune(map.value, value))).collect();
            Value::object(sorted.into_entries())
        }
        // What does not fit into 32 bits is cut to what does (recorded for RetentionDays).
        Shape::Integer(_) => value
            .as_i64()
            .map_or_else(Value::null, |number| Value::number(number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)))),
        Shape::Text(_) | Shape::Boolean | Shape::Timestamp => match &value.kind {
            Kind::Array(_) | Kind::Object(_) => Value::null(),
            _ => value,
        },
    }
}

fn members_of(value: Value) -> Vec<Member> {
    match value.kind {
        Kind::Object(members) => members,
        _ => Vec::new(),
    }
}
