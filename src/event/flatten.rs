//! Flattening: one walk over the tree, with a stack of our own.
//!
//! The trap: a scalar element does not get the membership of its own array, so two of them can match together.

use std::rc::Rc;

use super::paths::{Paths, ROOT};
use super::{Field, Flat, Membership, Scalar};
use crate::json::{Kind, Value};
use crate::text::Span;

/// A value still to be visited, and where it stands.
struct Visit<'a> {
    value: &'a Value,
    path: u32,
    membership: Option<u32>,
}

pub(super) fn flatten(value: &Value) -> Flat {
    let mut fields: Vec<Field> = Vec::new();
    let mut paths = Paths::new();
    let mut memberships = Vec::new();
    let mut arrays: Vec<u32> = Vec::new();
    let mut open = vec![Visit { value, path: ROOT, membership: None }];
    while let Some(Visit { value, path, membership }) = open.pop() {
        let mut field = |scalar: Scalar, span: Span| {
            let index = u32::try_from(fields.len()).unwrap_or(u32::MAX);
            fields.push(Field { value: scalar, span, path, membership });
            paths.add_field(path, index);
        };
        match &value.kind {
            Kind::Null => field(Scalar::Null, value.span),
            Kind::Bool(truth) => field(Scalar::Bool(*truth), value.span),
            Kind::Number(number) => field(Scalar::Number(number.clone()), value.span),
            Kind::String(text) => field(Scalar::String(Rc::clone(text)), value.span),
            // Last first, so that the stack gives them back in order.
            Kind::Object(members) => {
                for member in members.iter().rev() {
                    let path = paths.child(path, &member.name);
                    open.push(Visit { value: &member.value, path, membership });
                }
            }
            Kind::Array(items) => {
                let array = u32::try_from(arrays.len()).unwrap_or(u32::MAX);
                arrays.push(path);
                for (index, value) in items.iter().enumerate().rev() {
                    let index = u32::try_from(index).unwrap_or(u32::MAX);
                    let inside = match value.kind {
                        Kind::Object(_) | Kind::Array(_) => {
                            memberships.push(Membership { array, index, span: value.span, outer: membership });
                            u32::try_from(memberships.len() - 1).ok()
                        }
                        _ => membership,
                    };
                    open.push(Visit { value, path, membership: inside });
                }
            }
        }
    }
    Flat { fields, paths, memberships, arrays }
}

#[cfg(test)]
mod tests {
    use crate::event::Event;

    #[test]
    fn only_elements_that_hold_something_give_membership() {
        let event = Event::parse(r#"{"a":[{"b":1},[2],3,{}],"a.b":[null],"c":[[]]}"#).unwrap();
        let shown: Vec<String> = event
            .fields()
            .iter()
            .map(|f| format!("{}={} {:?}", event.path(f), f.value.to_value(), event.membership(f).collect::<Vec<_>>()))
            .collect();
        assert_eq!(shown, ["a.b=1 [(0, 0)]", "a=2 [(0, 1)]", "a=3 []", "a.b=null []"]);
        assert_eq!(event.at("a.b").len(), 2);
        let nested = Event::parse(r#"{"a":{"b":[0,{"c":[[],[{"d":1}]]}]}}"#).unwrap();
        assert_eq!(nested.name_of(&nested.elements(nested.at("a.b.c.d")[0])), "a.b[1].c[1][0]");
    }
}
