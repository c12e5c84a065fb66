//! A request as an operation sees it: validated, known members only, no `null`.
//!
//! The last of several members with one name counts, unknown members and nulls are gone, so what is kept of a request
//! (a target's definition, say) can be given back as it stands. Types are right by then: a getter that finds nothing
//! means that the member was not sent.

use crate::json::{Kind, Member, Value};
use crate::sets::SortedMap;

use super::shape::{Shape, Structure};

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

/// Leaves only what the shape knows of a value that has its types: no unknown members, no nulls, of duplicates the last. Shapes
/// nest six deep at most, so this may call itself.
pub fn prune(shape: &Shape, value: &mut Value) {
    match (shape, &mut value.kind) {
        (Shape::Structure(structure), Kind::Object(members)) => {
            if !is_ordered(structure, members) {
                order(structure, members);
            }
            let mut known = structure.members.iter();
            for member in members {
                let shape = known.find(|(name, _)| member.name == **name);
                shape.into_iter().for_each(|(_, shape)| prune(shape, &mut member.value));
            }
        }
        (Shape::List(list), Kind::Array(items)) => items.iter_mut().for_each(|item| prune(list.item, item)),
        (Shape::Map(map), Kind::Object(members)) => {
            let kept = std::mem::take(members).into_iter().filter(|member| !member.value.is_null());
            let pruned = kept.map(|mut member| {
                prune(map.value, &mut member.value);
                (member.name.to_string(), member.value)
            });
            // Sorted by key: the service gives maps back so (recorded for InputPathsMap).
            *value = Value::object(pruned.collect::<SortedMap<_, _>>().into_entries());
        }
        // What does not fit into 32 bits is cut to what does (recorded for RetentionDays).
        (Shape::Integer(_), _) => {
            let number = value.as_i64().map(|number| number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)));
            *value = number.map_or_else(Value::null, Value::number);
        }
        // Types were checked before.
        _ => {}
    }
}

/// Whether these are members of the structure in its order, each once, and none is null. Most requests are such.
fn is_ordered(structure: &Structure, members: &[Member]) -> bool {
    let mut known = structure.members.iter();
    members.iter().all(|member| !member.value.is_null() && known.any(|(name, _)| member.name == **name))
}

fn order(structure: &Structure, members: &mut Vec<Member>) {
    let mut known = 0;
    for (name, _) in structure.members {
        let Some(at) = members.iter().rposition(|member| member.name == **name) else { continue };
        // Taken to the front, so that the others keep their order.
        (known..at).rev().for_each(|place| members.swap(place, place + 1));
        known += usize::from(members.get(known).is_some_and(|member| !member.value.is_null()));
    }
    members.truncate(known);
}
