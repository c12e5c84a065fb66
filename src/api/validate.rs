//! The first two gates of every operation: does the body have the model's JSON types, and does it keep the model's
//! constraints?
//!
//! Types first: one wrong type is a SerializationException, and nothing else is looked at. Then every violation is gathered
//! in the order of the model's members and told at once, joined with `; `. Unknown members are ignored, `null` is absent.
//!
//! Within one member the newest recordings give length before pattern (archive names, principals); the older one of
//! connection names has it the other way round, so [`PATTERN_FIRST`] keeps that. Enum values are printed in the order of a
//! set of the service's, which [`ENUM_ORDER`] keeps where it was recorded. Source: service behaviour, section 1, and the
//! recorded rows of archives, permissions and connections.

use crate::json::{Kind, Value};
use crate::sets::Listed as _;
use crate::time::Instant;

use super::constraint;
use super::errors::ServiceError;
use super::render::{lower, render};
use super::right::is_right;
use super::shape::{Bounds, Map, Shape, Structure, Text};

/// Shapes whose pattern is reported before their length.
const PATTERN_FIRST: [&str; 1] = ["ConnectionName"];

/// Enum values in the recorded order: types of connections, HTTP methods, states of archives and of replays.
const ENUM_ORDER: [&str; 4] = [
    "BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY",
    "HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS",
    "CREATE_FAILED, ENABLED, UPDATING, UPDATE_FAILED, CREATING, DISABLED",
    "CANCELLED, CANCELLING, COMPLETED, FAILED, RUNNING, STARTING",
];

/// Lists whose tokens are checked against a pattern that the public model leaves out (recorded for API destinations; the
/// same part of the service keeps connections), and that pattern.
pub(super) const BASE64_TOKENS: [&str; 2] = ["ListApiDestinationsRequest", "ListConnectionsRequest"];
const BASE64: &str = r"^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{4}|[A-Za-z0-9+\/]{3}=|[A-Za-z0-9+\/]{2}={2})$";

/// Checks the input of an operation against its shape.
pub fn validate(shape: &Shape, input: &Value) -> Result<(), ServiceError> {
    if is_right(shape, input) {
        return Ok(());
    }
    check_types(shape, input, Path::Root)?;
    let mut violations = Vec::new();
    check(shape, Some(input), Path::Root, &mut violations);
    if violations.is_empty() {
        return Ok(());
    }
    let errors = if violations.len() == 1 { "error" } else { "errors" };
    Err(ServiceError::validation(format!(
        "{} validation {errors} detected: {}",
        violations.len(),
        violations.join("; ")
    )))
}

// Shapes nest six deep at most, so both passes may call themselves.

/// The way to a member. It is spelt only where something is wrong.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
    Entry(&'a Path<'a>, &'a str),
}

impl Path<'_> {
    /// As errors of types have it: `Entries.1.Source`.
    fn of_types(self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(above, name) | Path::Entry(above, name) => join(&above.of_types(), name),
            Path::Item(above, index) => join(&above.of_types(), &(index + 1).to_string()),
        }
    }

    /// As errors of constraints have it: `entries.1.member.source`.
    fn of_constraints(self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(above, name) => join(&above.of_constraints(), &lower(name)),
            Path::Item(above, index) => format!("{}.{}.member", above.of_constraints(), index + 1),
            Path::Entry(above, name) => format!("{}.{name}.member", above.of_constraints()),
        }
    }
}

pub(super) fn check_types(shape: &Shape, value: &Value, path: Path<'_>) -> Result<(), ServiceError> {
    if value.is_null() {
        return Ok(());
    }
    let fits = match shape {
        Shape::Structure(structure) => {
            let mut members =
                structure.members.iter().filter_map(|(name, shape)| Some((name, shape, value.get(name)?)));
            members.try_for_each(|(name, shape, value)| check_types(shape, value, Path::Member(&path, name)))?;
            value.as_object().is_some()
        }
        Shape::List(list) => {
            let mut items = value.as_array().unwrap_or_default().iter().enumerate();
            items.try_for_each(|(index, item)| check_types(list.item, item, Path::Item(&path, index)))?;
            value.as_array().is_some()
        }
        Shape::Map(map) => {
            let mut entries = value.as_object().unwrap_or_default().iter();
            entries.try_for_each(|entry| check_types(map.value, &entry.value, Path::Entry(&path, &entry.name)))?;
            value.as_object().is_some()
        }
        Shape::Text(_) => value.as_str().is_some(),
        Shape::Integer(_) => value.as_i64().is_some(),
        Shape::Boolean => value.as_bool().is_some(),
        Shape::Timestamp => instant(value).is_some(),
    };
    if fits { Ok(()) } else { Err(wrong_type(shape, value, &path.of_types())) }
}

/// The instant of a timestamp member: seconds since 1970 with a fraction perhaps, or an ISO 8601 text.
pub fn instant(value: &Value) -> Option<Instant> {
    match &value.kind {
        Kind::Number(number) => {
            let millis = number.as_f64() * 1000.0;
            // Beyond the years 0 to 9999 an instant saturates; a double that is no such number is no time at all.
            #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
            millis.is_finite().then(|| Instant::from_millis(millis as i64))
        }
        Kind::String(text) => Instant::parse(text).ok(),
        _ => None,
    }
}

fn wrong_type(shape: &Shape, value: &Value, path: &str) -> ServiceError {
    let (found, wanted) = (
        match value.kind {
            Kind::Null => "NULL_VALUE",
            Kind::Bool(true) => "TRUE_VALUE",
            Kind::Bool(false) => "FALSE_VALUE",
            Kind::Number(_) => "NUMBER_VALUE",
            Kind::String(_) => "STRING_VALUE",
            Kind::Array(_) => "START_ARRAY",
            Kind::Object(_) => "START_OBJECT",
        },
        match shape {
            Shape::Structure(_) => ("Structure", "an object"),
            Shape::List(_) => ("List", "an array"),
            Shape::Map(_) => ("Map", "an object"),
            Shape::Text(_) => ("String", "a string"),
            Shape::Integer(_) => ("Integer", "a whole number"),
            Shape::Boolean => ("Boolean", "`true` or `false`"),
            Shape::Timestamp => ("Timestamp", "seconds since 1970 or an ISO 8601 text"),
        },
    );
    let place = if path.is_empty() { "the body".to_owned() } else { format!("`{path}`") };
    ServiceError::serialization(format!("{found} cannot be converted to {}", wanted.0)).with_help(format!(
        "{place} must be {}, not {}",
        wanted.1,
        value.describe()
    ))
}

pub(super) fn check(shape: &Shape, value: Option<&Value>, path: Path<'_>, violations: &mut Vec<String>) {
    let Some(value) = value.filter(|value| !value.is_null()) else { return };
    let violated = |constraint: String| violation(shape, value, &path.of_constraints(), &constraint);
    match shape {
        Shape::Structure(structure) => check_members(structure, value, path, violations),
        Shape::List(list) => {
            let items = value.as_array().unwrap_or_default();
            violations.extend(out_of(list.bounds, count(items.len()), "length").map(violated));
            for (index, item) in items.iter().enumerate() {
                let path = Path::Item(&path, index);
                if item.is_null() {
                    violations.push(missing(&path.of_constraints()));
                }
                check(list.item, Some(item), path, violations);
            }
        }
        Shape::Map(map) => {
            let entries = value.as_object().unwrap_or_default();
            violations.extend(out_of(map.bounds, count(entries.len()), "length").map(violated));
            violations.extend(keys(map, value).map(violated));
            for entry in entries {
                check(map.value, Some(&entry.value), Path::Entry(&path, &entry.name), violations);
            }
        }
        // Of a bus's dead-letter queue the empty text is not too short: it takes the queue away (recorded).
        Shape::Text(_) if value.as_str() == Some("") && path.of_constraints() == "deadLetterConfig.arn" => {}
        Shape::Text(text) => {
            let found = value.as_str().unwrap_or_default();
            violations.extend(text_violations(text, found).into_iter().map(violated));
        }
        Shape::Integer(bounds) => {
            // A number that does not fit into 32 bits is the greatest that does (recorded for days of retention).
            let number = value.as_i64().map(|number| number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)));
            violations.extend(number.and_then(|number| out_of(*bounds, number, "value")).map(violated));
        }
        Shape::Boolean | Shape::Timestamp => {}
    }
}

fn check_members(structure: &Structure, value: &Value, path: Path<'_>, violations: &mut Vec<String>) {
    for (name, shape) in structure.members {
        let path = Path::Member(&path, name);
        let member = value.get(name).filter(|member| !member.is_null());
        if member.is_none() && structure.required.contains(name) {
            violations.push(missing(&path.of_constraints()));
        }
        check(shape, member, path, violations);
        if *name == "NextToken" && BASE64_TOKENS.contains(&structure.name) {
            let found = member.filter(|member| !constraint::satisfies(BASE64, member.as_str().unwrap_or_default()));
            let wanted = format!("Member must satisfy regular expression pattern: {BASE64}");
            violations.extend(found.map(|member| violation(shape, member, &path.of_constraints(), &wanted)));
        }
    }
}

fn missing(path: &str) -> String {
    format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
}

fn violation(shape: &Shape, value: &Value, path: &str, constraint: &str) -> String {
    format!("Value '{}' at '{path}' failed to satisfy constraint: {constraint}", render(shape, Some(value)))
}

pub(super) fn out_of(Bounds(least, most): Bounds, found: i64, what: &str) -> Option<String> {
    if found > i64::from(most) {
        Some(format!("Member must have {what} less than or equal to {most}"))
    } else if found < i64::from(least) {
        Some(format!("Member must have {what} greater than or equal to {least}"))
    } else {
        None
    }
}

pub(super) fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

pub(super) fn text_violations(text: &Text, found: &str) -> Vec<String> {
    // Most texts need no counting: a character takes one byte at least and four at most.
    let Bounds(least, most) = text.length;
    let surely_fits = count(found.len()) <= i64::from(most) && count(found.len() / 4) >= i64::from(least);
    if surely_fits && text.pattern.is_empty() && text.values.is_empty() {
        return Vec::new();
    }
    let length = out_of(text.length, count(found.chars().count()), "length");
    let shaped = text.pattern.is_empty() || constraint::satisfies(text.pattern, found);
    let pattern = (!shaped).then(|| format!("Member must satisfy regular expression pattern: {}", text.pattern));
    let known = text.values.is_empty() || text.values.contains(&found);
    let value = (!known).then(|| format!("Member must satisfy enum value set: [{}]", enum_values(text)));
    let ordered = if PATTERN_FIRST.contains(&text.name) { [pattern, length, value] } else { [length, pattern, value] };
    ordered.into_iter().flatten().listed()
}

fn enum_values(text: &Text) -> String {
    let is_of = |order: &&&str| {
        order.split(", ").count() == text.values.len() && order.split(", ").all(|value| text.values.contains(&value))
    };
    ENUM_ORDER.iter().find(is_of).map_or_else(|| text.values.join(", "), |order| (*order).to_owned())
}

/// The violation of a map's keys: told once for all of them, with every constraint a key has (recorded).
fn keys(map: &Map, value: &Value) -> Option<String> {
    let Shape::Text(text) = map.key else { return None };
    let mut names = value.as_object().unwrap_or_default().iter().map(|entry| &entry.name);
    names.find(|name| !text_violations(text, name).is_empty())?;
    let Bounds(least, most) = text.length;
    let most = (most != i32::MAX).then(|| format!("Member must have length less than or equal to {most}"));
    let least = (least != i32::MIN).then(|| format!("Member must have length greater than or equal to {least}"));
    let shaped = !text.pattern.is_empty();
    let pattern = shaped.then(|| format!("Member must satisfy regular expression pattern: {}", text.pattern));
    let all: Vec<_> = [most, least, pattern].into_iter().flatten().listed();
    Some(format!("Map keys must satisfy constraint: [{}]", all.join(", ")))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
