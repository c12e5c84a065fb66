//! The service's path subset: `$`, `.name`, `[index]` and `[*]`, nothing else.
//!
//! Names may hold letters, digits, `-`, `_` and `/`, and whatever else is neither `.` nor `[`. Refused, as recorded: bracket
//! names (`['k']`), `..`, `.*`, negative indexes and slices. `[*]` gathers what stands behind it in every element into one array.
//!
//! Source: recorded facts of 2026, Inputs; documentation facts, section 4.

use crate::json::{Kind, Value};
use crate::sets::Listed as _;
use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `.name`
    Name(String),
    /// `[3]`
    Index(usize),
    /// `[*]`
    Every,
}

/// A path into an event, such as `$.detail.items[0].name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPath {
    steps: Vec<Step>,
}

/// Why a text is not a path; the offset counts bytes from the start of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PathError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes from the start of the path.
    pub offset: usize,
}

impl JsonPath {
    /// The path that this text spells.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let Some(mut rest) = text.strip_prefix('$') else {
            return Err(PathError { message: format!("the path `{text}` does not begin with `$`"), offset: 0 });
        };
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let offset = text.len() - rest.len();
            let (step, after) = step(rest).map_err(|message| PathError { message, offset })?;
            steps.push(step);
            rest = after;
        }
        Ok(Self { steps })
    }

    /// The steps behind `$`.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What the path finds; `None` where there is nothing.
    pub fn resolve(&self, root: &Value) -> Option<Value> {
        resolve(&self.steps, root)
    }

    /// The names before the first index or `[*]`, and whether these are all the steps.
    ///
    /// Loop detection works with names alone: behind an index it takes the whole of what stands there as read.
    pub fn leading_names(&self) -> (Vec<&str>, bool) {
        let names: Vec<&str> = self
            .steps
            .iter()
            .map_while(|step| match step {
                Step::Name(name) => Some(name.as_str()),
                Step::Index(_) | Step::Every => None,
            })
            .listed();
        let whole = names.len() == self.steps.len();
        (names, whole)
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Name(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Every => f.write_str("[*]"),
        })
    }
}

fn step(text: &str) -> Result<(Step, &str), String> {
    if let Some(rest) = text.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        return match name {
            "*" => Err("`.*` is not understood: the service knows `[*]` for the elements of an array".to_owned()),
            "" => Err("a name must follow `.`: the service knows neither `..` nor an empty name".to_owned()),
            _ => Ok((Step::Name(name.to_owned()), after)),
        };
    }
    let Some(rest) = text.strip_prefix('[') else {
        return Err("`.name`, `[index]` or `[*]` must follow".to_owned());
    };
    let Some((inside, after)) = rest.split_once(']') else {
        return Err("`[` is never closed".to_owned());
    };
    match inside {
        "*" => Ok((Step::Every, after)),
        _ if !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit()) => inside
            .parse()
            .map(|index| (Step::Index(index), after))
            .map_err(|_| format!("the index `{inside}` is too large")),
        _ => Err(format!(
            "`[{inside}]` is not understood: the service knows `[0]` and `[*]`, no names in brackets, slices or negative indexes"
        )),
    }
}

fn resolve(steps: &[Step], value: &Value) -> Option<Value> {
    let Some((first, rest)) = steps.split_first() else {
        return Some(value.clone());
    };
    match (first, &value.kind) {
        (Step::Name(name), Kind::Object(_)) => resolve(rest, value.get(name)?),
        (Step::Index(index), Kind::Array(items)) => resolve(rest, items.get(*index)?),
        (Step::Every, Kind::Array(items)) => {
            Some(Value::array(items.iter().filter_map(|item| resolve(rest, item)).listed()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const EVENT: &str = r#"{"detail":{"a-b":1,"s/k":"x","items":[{"n":"p"},{"m":0},{"n":"q"}],"nothing":null}}"#;

    fn found(path: &str) -> Option<String> {
        let event = json::parse(EVENT).unwrap();
        JsonPath::parse(path).unwrap().resolve(&event).map(|value| json::print(&value))
    }

    #[test]
    fn paths_find_what_they_name() {
        for (path, value) in [
            ("$.detail.a-b", Some("1")),
            ("$.detail.s/k", Some("\"x\"")),
            ("$.detail.items[2].n", Some("\"q\"")),
            ("$.detail.items[*].n", Some("[\"p\",\"q\"]")),
            ("$.detail.nothing", Some("null")),
            ("$.detail.items.n", None),
            ("$.detail.items[9]", None),
            ("$.none", None),
        ] {
            assert_eq!(found(path).as_deref(), value, "{path}");
        }
        assert_eq!(found("$").as_deref(), Some(EVENT));
    }

    #[test]
    fn what_the_service_refuses_is_refused() {
        for path in [
            "",
            "detail",
            "$..text",
            "$.a[-1]",
            "$.a[0:2]",
            "$['a']",
            "$.a['b.c']",
            "$.",
            "$.a[",
            "$a",
            "$.a[]",
            "$.a.*",
            "$.a[99999999999999999999999]",
        ] {
            assert!(JsonPath::parse(path).is_err(), "{path}");
        }
    }
}
