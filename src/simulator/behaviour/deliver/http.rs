//! What API destinations and API Gateway have in common: paths with `*`, headers, query strings.
//!
//! `PathParameterValues` take the place of the `*` of the path, in order; what is left over is ignored, a `*` without a value
//! goes. Values are percent-encoded where a URL needs it.

use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::behaviour::deliver::sending::plain;

/// A path or URL with its `*` filled.
pub fn with_path(text: &str, parameters: &Value) -> String {
    let mut values = parameters.get("PathParameterValues").and_then(Value::as_array).unwrap_or_default().iter();
    let mut done = String::new();
    for (index, piece) in text.split('*').enumerate() {
        if index > 0 {
            done.push_str(&values.next().map_or_else(String::new, |value| encoded(&plain(value))));
        }
        done.push_str(piece);
    }
    done
}

/// A URL with a query string of these pairs behind it.
pub fn with_query(url: String, pairs: &[(String, String)]) -> String {
    let mut url = url;
    for (name, value) in pairs {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&format!("{}={}", encoded(name), encoded(value)));
    }
    url
}

/// The members of a map of texts.
pub fn pairs(parameters: &Value, member: &str) -> Vec<(String, String)> {
    let members = parameters.get(member).and_then(Value::as_object).unwrap_or_default();
    members.iter().map(|member| (member.name.to_string(), plain(&member.value))).listed()
}

/// As an object of texts.
pub fn object(pairs: Vec<(String, String)>) -> Value {
    Value::object(pairs.into_iter().map(|(name, value)| (name, Value::string(value))).listed())
}

/// Sets a pair: in the place of one of its name, whatever the case, else last.
pub fn set(pairs: &mut Vec<(String, String)>, name: &str, value: &str) {
    match pairs.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some(known) => *known = (name.to_owned(), value.to_owned()),
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
}

fn encoded(text: &str) -> String {
    let mut done = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => done.push(char::from(byte)),
            _ => done.push_str(&format!("%{byte:02X}")),
        }
    }
    done
}
