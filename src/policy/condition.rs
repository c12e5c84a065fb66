//! Conditions: operator → key → values. All keys of all operators must be met.
//!
//! A key that the request does not have is not met; with `…IfExists` it is. Keys are compared without regard to case,
//! values with it (but for `…IgnoreCase` and `Bool`). Operators on numbers, dates and addresses and the set operators
//! are not judged here, nor are keys that the simulator does not fill in yet: [`unjudged`] tells, and `decide` takes such a
//! condition as met in a Deny and as not met in an Allow, so that nothing passes that the service might refuse.

use crate::json::{Kind, Member, Value};
use crate::sets::SortedMap;

use crate::sets::glob;

/// What is known of a request: condition keys and their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    values: SortedMap<String, String>,
}

impl Context {
    /// A request of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more key: `aws:PrincipalOrgID`, `events:source`, ...
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.values.insert(key.to_ascii_lowercase(), value.to_owned());
        self
    }

    /// The value of a key, if the request has it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(&key.to_ascii_lowercase()).map(String::as_str)
    }
}

/// What of a condition cannot be judged, in words: an operator that is not simulated, or a key that the service would fill in
/// and the simulator does not yet. That no organization holds an account is known, so its key is judged as absent.
pub fn unjudged(condition: &Value, context: &Context) -> Option<String> {
    let operators = condition.as_object().unwrap_or_default();
    operators.iter().find_map(|operator| {
        let test = operator.name.strip_suffix("IfExists").unwrap_or(&operator.name);
        if test != "Null" && Test::parse(test).is_none() {
            return Some(format!("the condition operator `{}` is not simulated", operator.name));
        }
        let known = |key: &&Member| context.get(&key.name).is_some() || key.name.eq_ignore_ascii_case(ORGANIZATION);
        let key = operator.value.as_object().unwrap_or_default().iter().find(|key| !known(key))?;
        Some(format!("the condition key `{}` is not simulated", key.name))
    })
}

/// The key of the caller's organization.
const ORGANIZATION: &str = "aws:PrincipalOrgID";

/// Why the condition is not met; none when it is.
pub fn unmet(condition: &Value, context: &Context) -> Option<String> {
    let operators = condition.as_object().unwrap_or_default();
    operators.iter().find_map(|operator| {
        let keys = operator.value.as_object().unwrap_or_default();
        keys.iter().find_map(|key| unmet_key(&operator.name, key, context))
    })
}

fn unmet_key(operator: &str, key: &Member, context: &Context) -> Option<String> {
    let wanted = texts(&key.value);
    let name = &key.name;
    let (test, if_exists) = match operator.strip_suffix("IfExists") {
        Some(test) => (test, true),
        None => (operator, false),
    };
    if test == "Null" {
        let absent = context.get(name).is_none().to_string();
        return (!wanted.contains(&absent)).then(|| format!("`Null` of `{name}` is `{absent}`"));
    }
    let Some(test) = Test::parse(test) else {
        return Some(format!("the condition operator `{operator}` is not simulated, so it counts as not met"));
    };
    let Some(found) = context.get(name) else {
        return (!if_exists && !test.negated).then(|| absent(name));
    };
    let holds = wanted.iter().any(|wanted| test.holds(wanted, found)) != test.negated;
    (!holds)
        .then(|| format!("`{operator}` of `{name}` wants `{}` and the request has `{found}`", wanted.join("` or `")))
}

fn absent(name: &str) -> String {
    if name.eq_ignore_ascii_case(ORGANIZATION) {
        return format!("the caller has no `{name}`: no declared organization holds its account");
    }
    format!("the request has no `{name}`")
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().unwrap_or(std::slice::from_ref(value));
    let text = |item: &Value| match &item.kind {
        Kind::String(text) => text.clone(),
        _ => item.to_string(),
    };
    items.iter().map(text).collect()
}

/// A comparison of two texts. A negated one is met when no wanted value equals, and when the key is absent.
struct Test {
    compare: fn(&str, &str) -> bool,
    negated: bool,
}

impl Test {
    fn parse(name: &str) -> Option<Self> {
        let equal = |wanted: &str, found: &str| wanted == found;
        let like = |wanted: &str, found: &str| glob::matches(wanted, found);
        let same_letters = |wanted: &str, found: &str| wanted.eq_ignore_ascii_case(found);
        let (compare, negated): (fn(&str, &str) -> bool, bool) = match name {
            "StringEquals" => (equal, false),
            "StringNotEquals" => (equal, true),
            "StringEqualsIgnoreCase" | "Bool" => (same_letters, false),
            "StringNotEqualsIgnoreCase" => (same_letters, true),
            "StringLike" | "ArnLike" | "ArnEquals" => (like, false),
            "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (like, true),
            _ => return None,
        };
        Some(Self { compare, negated })
    }

    fn holds(&self, wanted: &str, found: &str) -> bool {
        (self.compare)(wanted, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_met_as_iam_says() {
        let context = Context::new().with("aws:PrincipalOrgID", "o-1").with("events:source", "shop.orders");
        for (condition, met) in [
            (r#"{"StringEquals":{"aws:principalorgid":"o-1"}}"#, true),
            (r#"{"StringEquals":{"aws:PrincipalOrgID":["o-2","o-1"]}}"#, true),
            (r#"{"StringEquals":{"aws:PrincipalOrgID":"O-1"}}"#, false),
            (r#"{"StringEquals":{"aws:SourceArn":"x"}}"#, false),
            (r#"{"StringEqualsIfExists":{"aws:SourceArn":"x"}}"#, true),
            (r#"{"StringNotEquals":{"events:source":["a","shop.orders"]}}"#, false),
            (r#"{"StringNotEquals":{"aws:SourceArn":"x"}}"#, true),
            (r#"{"StringLike":{"events:source":"shop.*"},"StringEquals":{"events:source":"other"}}"#, false),
            (r#"{"Null":{"aws:SourceArn":"true"}}"#, true),
            (r#"{"Null":{"events:source":true}}"#, false),
            (r#"{"NumericEquals":{"events:source":"1"}}"#, false),
        ] {
            let parsed = crate::json::parse(condition).unwrap();
            assert_eq!(unmet(&parsed, &context).is_none(), met, "{condition}");
        }
    }
}
