//! From events to a pattern: the tightest that this module can say which matches them all.
//!
//! A field that all events hold becomes a condition: the values themselves while they are few, else what they have in
//! common (a beginning, an end, a range of numbers), else that there is one. What is different in every event by nature
//! (id, time) or says nothing (version) is left out, so that the next event of the kind matches too. In an array one value
//! is enough for a match, so the values of all its elements count. The result is shown to every event; a condition that
//! refuses one (fields of different elements of an array) is left out.

use crate::event::{Event, Scalar};
use crate::json::{Kind, Number, Value};
use crate::pattern::{Comparable, Pattern};
use crate::sets::{Listed as _, SortedMap, sort_by};

/// Up to so many different values are listed.
const LISTED: usize = 8;
/// A common beginning or end must have this many characters to mean something.
const COMMON: usize = 3;
/// The most fields of a pattern, as the service has it.
const MOST_FIELDS: usize = 256;

/// A pattern that all events match; none for no events, or events that share no field.
pub fn infer(events: &[Event]) -> Option<Value> {
    let (first, _) = events.split_first()?;
    let mut conditions: Vec<(Vec<String>, Value)> = Vec::new();
    for names in paths(first.value()) {
        if conditions.len() < MOST_FIELDS
            && !is_different_by_nature(&names)
            && let Some(condition) = condition(&names, events)
        {
            conditions.push((names, condition));
        }
    }
    // All at once nearly always; else one by one, keeping what every event still matches.
    if !conditions.is_empty() && is_right(&conditions, events) {
        return Some(pattern(&conditions));
    }
    let mut kept: Vec<(Vec<String>, Value)> = Vec::new();
    for condition in conditions {
        kept.push(condition);
        if !is_right(&kept, events) {
            kept.pop();
        }
    }
    (!kept.is_empty()).then(|| pattern(&kept))
}

fn is_right(conditions: &[(Vec<String>, Value)], events: &[Event]) -> bool {
    let read = Pattern::parse(&crate::json::print(&pattern(conditions)));
    read.is_ok_and(|pattern| events.iter().all(|event| pattern.matches(event) == Ok(true)))
}

fn is_different_by_nature(names: &[String]) -> bool {
    matches!(names, [only] if ["id", "time", "version"].contains(&only.as_str()))
        || names.last().is_some_and(|name| {
            let name = name.to_ascii_lowercase().replace(['-', '_'], "");
            ["eventid", "requestid", "eventtime", "timestamp", "sequencer"].contains(&name.as_str())
        })
}

/// The chains of names that lead to scalars, in the order of the event.
fn paths(event: &Value) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut seen: SortedMap<Vec<String>, ()> = SortedMap::new();
    let mut open: Vec<(Vec<String>, &Value)> = vec![(Vec::new(), event)];
    while let Some((names, value)) = open.pop() {
        match &value.kind {
            Kind::Object(members) => {
                for member in members.iter().rev() {
                    let mut below = names.clone();
                    below.push(member.name.to_string());
                    open.push((below, &member.value));
                }
            }
            Kind::Array(items) => open.extend(items.iter().rev().map(|item| (names.clone(), item))),
            _ => {
                if seen.insert(names.clone(), ()).is_none() {
                    found.push(names);
                }
            }
        }
    }
    found
}

/// What all events have in common at a path.
fn condition(names: &[String], events: &[Event]) -> Option<Value> {
    let path = names.join(".");
    let mut values: Vec<Scalar> = Vec::new();
    for event in events {
        let here = event.at(&path);
        if here.is_empty() {
            return None;
        }
        values.extend(here.iter().map(|field| field.value.clone()));
    }
    let mut distinct: Vec<Value> = Vec::new();
    for value in &values {
        // One more than can be listed is enough to know.
        let value = value.to_value();
        if distinct.len() <= LISTED && !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    if distinct.len() <= LISTED {
        return Some(Value::array(distinct));
    }
    let leaf = texts(&values).and_then(|texts| common(&texts)).or_else(|| range(&values));
    let exists = || Value::object(vec![("exists", Value::boolean(true))]);
    Some(Value::array(vec![leaf.unwrap_or_else(exists)]))
}

fn texts(values: &[Scalar]) -> Option<Vec<&str>> {
    let text = |value: &'_ Scalar| matches!(value, Scalar::String(_));
    values.iter().all(text).then(|| {
        values
            .iter()
            .filter_map(|value| match value {
                Scalar::String(text) => Some(&**text),
                _ => None,
            })
            .listed()
    })
}

/// The longer of what all texts begin or end with.
fn common(texts: &[&str]) -> Option<Value> {
    let (first, rest) = texts.split_first()?;
    let letters: Vec<char> = first.chars().listed();
    let shared = |from: &dyn Fn(&str, usize) -> Option<char>| {
        (0..letters.len()).take_while(|at| rest.iter().all(|text| from(text, *at) == from(first, *at))).count()
    };
    let front = shared(&|text, at| text.chars().nth(at));
    let back = shared(&|text, at| text.chars().rev().nth(at));
    let (name, part) = match front >= back {
        true => ("prefix", letters.get(..front)?),
        false => ("suffix", letters.get(letters.len() - back..)?),
    };
    (part.len() >= COMMON).then(|| Value::object(vec![(name, Value::string(part.iter().collect::<String>()))]))
}

/// From the least number to the greatest.
fn range(values: &[Scalar]) -> Option<Value> {
    let mut numbers: Vec<(Comparable, &Number)> = Vec::new();
    for value in values {
        let Scalar::Number(number) = value else { return None };
        numbers.push((Comparable::of(number.text())?, number));
    }
    sort_by(&mut numbers, |one, other| one.0.get().total_cmp(&other.0.get()));
    let ((_, least), (_, greatest)) = (numbers.first()?, numbers.last()?);
    let number = |number: &Number| Value::number(number.clone());
    let bounds = vec![Value::string(">="), number(least), Value::string("<="), number(greatest)];
    Some(Value::object(vec![("numeric", Value::array(bounds))]))
}

fn pattern(conditions: &[(Vec<String>, Value)]) -> Value {
    let mut pattern = Value::object::<String>(Vec::new());
    for (names, condition) in conditions {
        set(&mut pattern, names, condition);
    }
    pattern
}

/// Recursion is bounded by the depth of the event.
fn set(object: &mut Value, names: &[String], condition: &Value) {
    let (Kind::Object(members), Some((name, rest))) = (&mut object.kind, names.split_first()) else { return };
    let at = match members.iter().position(|member| member.name == *name) {
        Some(at) => at,
        None => {
            let empty = Value::object(vec![(name.clone(), Value::object::<String>(Vec::new()))]);
            if let Kind::Object(new) = empty.kind {
                members.extend(new);
            }
            members.len() - 1
        }
    };
    match members.get_mut(at) {
        Some(member) if rest.is_empty() => member.value = condition.clone(),
        Some(member) => set(&mut member.value, rest, condition),
        None => {}
    }
}
