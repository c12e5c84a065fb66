//! An event that a pattern matches and that looks real.
//!
//! The values that the pattern asks for come from `satisfy`. Around them goes the envelope; and where source and detail-type
//! are those of an event that AWS services send, the rest of its `detail`, from the catalog. Each addition is shown to the
//! patterns first and left out if it changes their answers: looking real never comes before being right.

use super::satisfy::{Answer, Arrays, Question, World, ask, put, take};
use crate::catalog;
use crate::event::Event;
use crate::json::{Kind, Value};
use crate::pattern::Pattern;
use crate::pattern::operators::Operator;
use crate::pattern::operators::exists::Exists;

/// An event that the pattern matches; if possible one as a bus has them.
pub fn sample(pattern: &Pattern) -> Answer {
    let asked = |world| ask(&Question { want: &[pattern], avoid: &[], world, arrays: Arrays::Allowed });
    let event = match asked(World::Bus) {
        Answer::Witness(event) => event,
        _ => match asked(World::Any) {
            Answer::Witness(event) => event,
            none => return none,
        },
    };
    Answer::Witness(complete(event, &[pattern], &[]))
}

/// The event with an envelope and what else makes it look real, as far as the patterns allow.
pub(crate) fn complete(event: Value, want: &[&Pattern], avoid: &[&Pattern]) -> Value {
    let is_right = |event: &Value| {
        let Ok(event) = Event::from_value(event.clone()) else { return false };
        let answer = |pattern: &&Pattern, wanted: bool| pattern.matches(&event) == Ok(wanted);
        want.iter().all(|pattern| answer(pattern, true)) && avoid.iter().all(|pattern| answer(pattern, false))
    };
    let named = known_names(&event, &is_right);
    let mut tried = Vec::new();
    for event in named.iter().chain([&event]) {
        if let Some(detail) = known_detail(event) {
            tried.push(over(detail, event, want));
        }
        tried.push(event.clone());
    }
    let completed = tried.iter().map(enveloped).find(is_right);
    completed.unwrap_or(event)
}

/// The event with source and type of a known one, if the patterns left one of them open and like the other.
fn known_names(event: &Value, is_right: &dyn Fn(&Value) -> bool) -> Option<Value> {
    let given = |name: &str| event.get(name).and_then(Value::as_str);
    if given("source").is_some() == given("detail-type").is_some() {
        return None;
    }
    let (source, detail_type) = catalog::known_event(given("source").or_else(|| given("detail-type"))?)?;
    let mut named = event.clone();
    put(&mut named, "source", Value::string(source));
    put(&mut named, "detail-type", Value::string(detail_type));
    is_right(&enveloped(&named)).then_some(named)
}

fn known_detail(event: &Value) -> Option<Value> {
    let mut own = Vec::new();
    leaves(event.get("detail"), "", &mut own);
    // Of several events of a kind, the one that has what this one has.
    let likes = |detail: &Value| {
        own.iter().all(|(path, value)| {
            let mut names = path.split('.').filter(|name| !name.is_empty());
            names.try_fold(detail, |at, name| at.get(name)).is_some_and(|found| found == value)
        })
    };
    catalog::known_detail(event.get("source")?.as_str()?, event.get("detail-type")?.as_str()?, &likes)
}

/// The event with the rest of a known detail below what it has itself, without what the patterns want absent.
fn over(detail: Value, event: &Value, want: &[&Pattern]) -> Value {
    let mut whole = event.clone();
    let mut own = Vec::new();
    leaves(event.get("detail"), "detail", &mut own);
    put(&mut whole, "detail", detail);
    for definition in want.iter().flat_map(|pattern| pattern.definitions()) {
        if definition.leaves.iter().all(|leaf| leaf.operator == Operator::Exists(Exists::Absent)) {
            take(&mut whole, &definition.path);
        }
    }
    for (path, value) in own {
        put(&mut whole, &path, value);
    }
    whole
}

/// What stands below a value, arrays as a whole. Recursion is bounded by the pattern that asked for it.
fn leaves(value: Option<&Value>, path: &str, found: &mut Vec<(String, Value)>) {
    match value.map(|value| (&value.kind, value)) {
        Some((Kind::Object(members), _)) => {
            members.iter().for_each(|member| leaves(Some(&member.value), &format!("{path}.{}", member.name), found));
        }
        Some((_, value)) => found.push((path.to_owned(), value.clone())),
        None => {}
    }
}

/// The event with the members that every event has, in their order.
pub fn enveloped(event: &Value) -> Value {
    const DEFAULTS: [(&str, &str); 7] = [
        ("version", "0"),
        ("id", "00000000-0000-4000-8000-000000000001"),
        ("detail-type", "Example Event"),
        ("source", "com.example.shop"),
        ("account", "123456789012"),
        ("time", "2026-01-01T00:00:00Z"),
        ("region", "us-east-1"),
    ];
    let own = |name: &str| event.get(name).cloned();
    let mut members: Vec<(String, Value)> = Vec::new();
    for (name, default) in DEFAULTS {
        members.push((name.to_owned(), own(name).unwrap_or_else(|| Value::string(default))));
    }
    members.extend(own("replay-name").map(|name| ("replay-name".to_owned(), name)));
    let resources = match own("resources") {
        Some(value) if value.as_array().is_none() => Value::array(vec![value]),
        Some(array) => array,
        None => Value::array(Vec::new()),
    };
    members.push(("resources".to_owned(), resources));
    members.push(("detail".to_owned(), own("detail").unwrap_or_else(|| Value::object::<String>(Vec::new()))));
    for member in event.as_object().unwrap_or_default() {
        if !members.iter().any(|(name, _)| member.name == *name) {
            members.push((member.name.to_string(), member.value.clone()));
        }
    }
    Value::object(members)
}
