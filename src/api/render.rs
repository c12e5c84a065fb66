//! Values as the service's messages print them: the way its Java code does.
//!
//! Strings stand bare, lists in brackets, maps in braces, structures as `Name(member=value, …)` with every member of the
//! service's own class, absent ones as `null`. Those classes have members that the public model does not show; the
//! recorded ones are in [`HIDDEN`] (recording: PutEvents with eleven entries).

use crate::json::Value;
use crate::sets::Listed as _;

use super::shape::{Shape, Structure};

/// Members of the service's classes that the model leaves out; they print as `null`.
const HIDDEN: [(&str, &[&str]); 1] = [("PutEventsRequestEntry", &["kmsKeyIdentifier", "internalMetadata"])];

/// What is printed in place of a secret.
const SECRET: &str = "*** Sensitive Data Redacted ***";

/// The value as a message shows it.
pub fn render(shape: &Shape, value: Option<&Value>) -> String {
    let Some(value) = value.filter(|value| !value.is_null()) else { return "null".to_owned() };
    match shape {
        Shape::Text(text) if text.secret => SECRET.to_owned(),
        Shape::Text(_) | Shape::Integer(_) | Shape::Boolean | Shape::Timestamp => {
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        }
        Shape::List(list) => {
            let items = value.as_array().unwrap_or_default();
            let items: Vec<_> = items.iter().map(|item| render(list.item, Some(item))).listed();
            format!("[{}]", items.join(", "))
        }
        Shape::Map(map) => {
            let entries = value.as_object().unwrap_or_default().iter();
            let entries: Vec<_> =
                entries.map(|entry| format!("{}={}", entry.name, render(map.value, Some(&entry.value)))).listed();
            format!("{{{}}}", entries.join(", "))
        }
        Shape::Structure(structure) => render_structure(structure, value),
    }
}

fn render_structure(structure: &Structure, value: &Value) -> String {
    let shown =
        structure.members.iter().map(|(name, shape)| format!("{}={}", lower(name), render(shape, value.get(name))));
    let hidden = HIDDEN.iter().filter(|(name, _)| *name == structure.name).flat_map(|(_, members)| members.iter());
    let members: Vec<_> = shown.chain(hidden.map(|name| format!("{name}=null"))).listed();
    format!("{}({})", structure.name, members.join(", "))
}

/// `EventBusName` → `eventBusName`, as messages write members.
pub fn lower(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters.next().map(|letter| letter.to_ascii_lowercase()).into_iter().collect();
    first + letters.as_str()
}
