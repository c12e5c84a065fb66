//! From values at paths to an event.
//!
//! One value stands alone, several stand in an array. Where one pattern wants a path absent that another wants present, what
//! belongs to each goes into an object of its own, and these into one array: that is how array consistency lets both match.
//! Whether an event that was built matches is for the caller to ask; nothing is claimed here.

use std::rc::Rc;

use super::solve::Values;
use crate::event::Scalar;
use crate::json::{Kind, Member, Value};
use crate::sets::Listed as _;

/// Every value at its path; several at one path in an array.
pub(super) fn together(values: &[(Rc<str>, Values)]) -> Value {
    let mut event = Value::object::<String>(Vec::new());
    for (path, values) in values {
        let scalars = distinct(values);
        let value = match scalars.as_slice() {
            [] => continue,
            [only] => only.to_value(),
            several => Value::array(several.iter().map(|scalar| scalar.to_value()).listed()),
        };
        put(&mut event, path, value);
    }
    event
}

/// What each pattern wants below the same array in an element of its own.
pub(super) fn apart(values: &[(Rc<str>, Values)], shared: &dyn Fn(&str) -> Option<String>) -> Value {
    let mut owners: Vec<Option<usize>> = values.iter().flat_map(|(_, values)| values).map(|(owner, _)| *owner).listed();
    crate::sets::sort_by(&mut owners, |one, other| one.cmp(other));
    owners.dedup();
    let mut arrays: Vec<String> = values.iter().filter_map(|(path, _)| shared(path)).listed();
    crate::sets::sort_by(&mut arrays, |one, other| one.cmp(other));
    arrays.dedup();
    let lies_in = |path: &str, array: &String| shared(path).as_ref() == Some(array);
    let deep = |array: &&String| values.iter().any(|(path, _)| lies_in(path, array) && **path != ***array);
    arrays.retain(|array| deep(&array));
    let in_no_array = |(path, _): &&(Rc<str>, Values)| !arrays.iter().any(|array| lies_in(path, array));
    let mut event = together(&values.iter().filter(in_no_array).cloned().listed());
    for array in &arrays {
        let mut elements = Vec::new();
        for owner in &owners {
            let mut object = Value::object::<String>(Vec::new());
            let mut own = Vec::new();
            for (path, values) in values.iter().filter(|(path, _)| lies_in(path, array)) {
                let mine = values.iter().find(|(other, _)| other == owner).and_then(|(_, value)| value.as_ref());
                match (mine, path.strip_prefix(array.as_str()).and_then(|rest| rest.strip_prefix('.'))) {
                    (Some(value), Some(rest)) => put(&mut object, rest, value.to_value()),
                    (Some(value), None) => own.push(value.to_value()),
                    (None, _) => {}
                }
            }
            match (own.is_empty(), object.as_object().is_some_and(<[Member]>::is_empty)) {
                (true, true) => {}
                (true, false) => elements.push(object),
                (false, _) => {
                    own.push(object);
                    elements.push(Value::array(own));
                }
            }
        }
        put(&mut event, array, Value::array(elements));
    }
    event
}

fn distinct(values: &Values) -> Vec<&Scalar> {
    let mut scalars: Vec<&Scalar> = Vec::new();
    for scalar in values.iter().filter_map(|(_, value)| value.as_ref()) {
        if !scalars.contains(&scalar) {
            scalars.push(scalar);
        }
    }
    scalars
}

/// Sets the value at a dotted path. Where a value stands in the way, the rest of the path becomes one name with dots, which
/// patterns read alike.
pub fn put(event: &mut Value, path: &str, value: Value) {
    let Kind::Object(members) = &mut event.kind else { return };
    let place = |members: &[Member], name: &str| members.iter().position(|member| member.name == name);
    let Some((first, rest)) = path.split_once('.') else {
        match place(members, path).and_then(|at| members.get_mut(at)) {
            Some(member) => member.value = value,
            None => members.push(member(path, value)),
        }
        return;
    };
    let at = match place(members, first) {
        Some(at) => at,
        None => {
            members.push(member(first, Value::object::<String>(Vec::new())));
            members.len() - 1
        }
    };
    match members.get_mut(at).map(|member| &mut member.value) {
        Some(inner) if matches!(inner.kind, Kind::Object(_)) => put(inner, rest, value),
        _ => match place(members, path).and_then(|at| members.get_mut(at)) {
            Some(member) => member.value = value,
            None => members.push(member(path, value)),
        },
    }
}

/// Takes what stands at a dotted path out.
pub fn take(event: &mut Value, path: &str) {
    let Kind::Object(members) = &mut event.kind else { return };
    members.retain(|member| member.name != path);
    if let Some((first, rest)) = path.split_once('.') {
        members.iter_mut().filter(|member| member.name == first).for_each(|member| take(&mut member.value, rest));
    }
}

fn member(name: &str, value: Value) -> Member {
    Member { name: name.into(), name_span: Default::default(), value }
}
