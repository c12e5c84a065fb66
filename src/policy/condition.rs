//! Conditions: operator → key → values. All keys of all operators must be met.
//!
//! A key that the request does not have is not met; with `…IfExists`, and by a negated operator, it is. Keys are compared
//! without regard to case, values with it (but for `…IgnoreCase` and `Bool`). A key may have several values: `ForAllValues:`
//! wants all of them to pass, `ForAnyValue:` one, and so does an operator without either unless it is a negated one. What cannot be judged (an unknown operator, a key that the service would fill in and the
//! simulator does not) is told by [`unjudged`]; `decide` takes such a condition as met in a Deny and as not met in an Allow,
//! so that nothing passes that the service might refuse.
//!
//! Source: documentation, 1.4; the IAM reference for operators.

use crate::json::{Kind, Member, Value};
use crate::sets::ip::{Address, Network};
use crate::sets::{Listed as _, SortedMap};
use crate::time::Instant;

use crate::sets::glob;

/// What is known of a request: condition keys and their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    values: SortedMap<String, Vec<String>>,
    absent: Vec<&'static str>,
}

impl Context {
    /// A request of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more key: `aws:PrincipalOrgID`, `events:source`, ...
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.values.insert(key.to_ascii_lowercase(), vec![value.to_owned()]);
        self
    }

    /// The same with one more key that has all these values.
    pub fn with_all(mut self, key: &str, values: Vec<String>) -> Self {
        self.values.insert(key.to_ascii_lowercase(), values);
        self
    }

    /// The same where keys that fit this glob, in lower case, are known to be absent unless they were given.
    pub fn without(mut self, keys: &'static str) -> Self {
        self.absent.push(keys);
        self
    }

    /// The value of a key, if the request has it; of several the first.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.all(key).first().map(String::as_str)
    }

    fn all(&self, key: &str) -> &[String] {
        self.values.get(&key.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    fn knows(&self, key: &str) -> bool {
        let key = key.to_ascii_lowercase();
        self.values.contains_key(&key) || self.absent.iter().any(|keys| glob::matches(keys, &key))
    }
}

/// The keys that a condition names, in lower case.
pub fn keys(condition: &Value) -> impl Iterator<Item = String> + '_ {
    let operators = condition.as_object().unwrap_or_default().iter();
    let keys = operators.flat_map(|operator| operator.value.as_object().unwrap_or_default());
    keys.map(|key| key.name.to_ascii_lowercase())
}

/// What of a condition cannot be judged, in words: an operator that is not simulated, or a key that the service would fill in
/// and the simulator does not.
pub fn unjudged(condition: &Value, context: &Context) -> Option<String> {
    let operators = condition.as_object().unwrap_or_default();
    operators.iter().find_map(|operator| {
        let (_, test, _) = parts(&operator.name);
        if test != "Null" && Test::parse(test).is_none() {
            return Some(format!("the condition operator `{}` is not simulated", operator.name));
        }
        let known = |key: &&Member| context.knows(&key.name) || key.name.eq_ignore_ascii_case(ORGANIZATION);
        let key = operator.value.as_object().unwrap_or_default().iter().find(|key| !known(key))?;
        Some(format!("the condition key `{}` is not simulated", key.name))
    })
}

/// The key of the caller's organization.
pub const ORGANIZATION: &str = "aws:PrincipalOrgID";

/// Why the condition is not met; none when it is.
pub fn unmet(condition: &Value, context: &Context) -> Option<String> {
    let operators = condition.as_object().unwrap_or_default();
    operators.iter().find_map(|operator| {
        let keys = operator.value.as_object().unwrap_or_default();
        keys.iter().find_map(|key| unmet_key(&operator.name, key, context))
    })
}

/// Whether absence is met, the operator itself.
fn parts(operator: &str) -> (Absent, &str, &str) {
    let (set, rest) = operator.split_once(':').unwrap_or(("", operator));
    let (test, optional) = match rest.strip_suffix("IfExists") {
        Some(test) => (test, true),
        None => (rest, false),
    };
    let absent = if optional || set == "ForAllValues" { Absent::Met } else { Absent::AsTheTest };
    (absent, test, set)
}

/// What a condition makes of a key that the request does not have.
#[derive(PartialEq)]
enum Absent {
    Met,
    AsTheTest,
}

fn unmet_key(operator: &str, key: &Member, context: &Context) -> Option<String> {
    let wanted: Vec<String> = texts(&key.value).iter().map(|text| filled(text, context)).listed();
    let name = &key.name;
    let (absence, test, set) = parts(operator);
    if test == "Null" {
        let absent = context.get(name).is_none().to_string();
        return (!wanted.contains(&absent)).then(|| format!("`Null` of `{name}` is `{absent}`"));
    }
    let Some(test) = Test::parse(test) else {
        return Some(format!("the condition operator `{operator}` is not simulated, so it counts as not met"));
    };
    let found = context.all(name);
    if found.is_empty() {
        let met = absence == Absent::Met || (test.negated && set != "ForAnyValue");
        return (!met).then(|| absent(name));
    }
    let passes = |found: &String| wanted.iter().any(|wanted| (test.compare)(wanted, found)) != test.negated;
    let all = set == "ForAllValues" || (test.negated && set.is_empty());
    let holds = if all { found.iter().all(passes) } else { found.iter().any(passes) };
    let (wanted, found) = (wanted.join("` or `"), found.join("`, `"));
    (!holds).then(|| format!("`{operator}` of `{name}` wants `{wanted}` and the request has `{found}`"))
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
        Kind::String(text) => text.to_string(),
        _ => item.to_string(),
    };
    items.iter().map(text).listed()
}

/// A wanted value with its policy variables (`${aws:SourceAccount}`) filled in; one that is unknown stays and fits nothing.
fn filled(text: &str, context: &Context) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, behind)) = after.split_once('}') else { break };
        done.push_str(before);
        match context.get(name) {
            Some(value) => done.push_str(value),
            None => done.extend(["${", name, "}"]),
        }
        rest = behind;
    }
    done + rest
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
            "StringEquals" | "BinaryEquals" => (equal, false),
            "StringNotEquals" => (equal, true),
            "StringEqualsIgnoreCase" | "Bool" => (same_letters, false),
            "StringNotEqualsIgnoreCase" => (same_letters, true),
            "StringLike" | "ArnLike" | "ArnEquals" => (like, false),
            "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (like, true),
            "IpAddress" => (within, false),
            "NotIpAddress" => (within, true),
            _ => return Self::ordered(name),
        };
        Some(Self { compare, negated })
    }

    fn ordered(name: &str) -> Option<Self> {
        let order = name.strip_prefix("Numeric").or_else(|| name.strip_prefix("Date"))?;
        let (compare, negated): (fn(&str, &str) -> bool, bool) = match order {
            "Equals" => (|wanted, found| amounts(wanted, found).is_some_and(|(wanted, found)| found == wanted), false),
            "NotEquals" => {
                (|wanted, found| amounts(wanted, found).is_some_and(|(wanted, found)| found == wanted), true)
            }
            "LessThan" => (|wanted, found| amounts(wanted, found).is_some_and(|(wanted, found)| found < wanted), false),
            "LessThanEquals" => {
                (|wanted, found| amounts(wanted, found).is_some_and(|(wanted, found)| found <= wanted), false)
            }
            "GreaterThan" => {
                (|wanted, found| amounts(wanted, found).is_some_and(|(wanted, found)| found > wanted), false)
            }
            "GreaterThanEquals" => {
                (|wanted, found| amounts(wanted, found).is_some_and(|(wanted, found)| found >= wanted), false)
            }
            _ => return None,
        };
        Some(Self { compare, negated })
    }
}

/// Two numbers, or two moments in seconds.
fn amounts(wanted: &str, found: &str) -> Option<(f64, f64)> {
    Some((amount(wanted)?, amount(found)?))
}

fn amount(text: &str) -> Option<f64> {
    let moment = || Instant::parse(text).ok().map(|instant| instant.millis() as f64 / 1000.0);
    crate::json::Number::parse(text).map(|number| number.as_f64()).or_else(moment)
}

/// An address in a network, or the address itself.
fn within(wanted: &str, found: &str) -> bool {
    let Some(found_address) = Address::parse(found) else { return false };
    Network::parse(wanted).map_or_else(|_| wanted == found, |network| network.contains(found_address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_met_as_iam_says() {
        let context = Context::new()
            .with("aws:PrincipalOrgID", "o-1")
            .with("events:source", "shop.orders")
            .with("n", "9")
            .with("aws:CurrentTime", "2026-01-01T00:00:00Z")
            .with("ip", "10.1.2.3")
            .with("word", "hop");
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
            (r#"{"NumericLessThan":{"n":"10"}}"#, true),
            (r#"{"NumericGreaterThanEquals":{"n":10}}"#, false),
            (r#"{"DateGreaterThan":{"aws:CurrentTime":"2025-12-31T00:00:00Z"}}"#, true),
            (r#"{"IpAddress":{"ip":["10.0.0.0/8"]}}"#, true),
            (r#"{"NotIpAddress":{"ip":"10.0.0.0/8"}}"#, false),
            (r#"{"ForAnyValue:StringEquals":{"events:source":["shop.orders"]}}"#, true),
            (r#"{"ForAllValues:StringEquals":{"none":["x"]}}"#, true),
            (r#"{"StringEquals":{"events:source":"shop.${n}${none}"}}"#, false),
            (r#"{"StringLike":{"events:source":"s${word}.*"}}"#, true),
        ] {
            let parsed = crate::json::parse(condition).unwrap();
            assert_eq!(unmet(&parsed, &context).is_none(), met, "{condition}");
        }
    }
}
