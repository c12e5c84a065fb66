//! A PutEvents entry as handlers and scenarios write it: the members of the operation, where `Detail` may be the object.
//!
//! Checks on what the members hold are PutEvents' own and come later, so that they fail as they do in the service.

use crate::diagnostics::Diagnostic;
use crate::json::{self, Kind, Value};
use crate::simulator::PutEventsEntry;
use crate::text::Span;
use crate::time::Instant;
use std::rc::Rc;

/// The entry in this object.
pub fn entry(value: &Value) -> Result<PutEventsEntry, Diagnostic> {
    let Some(members) = value.as_object() else {
        return Err(bad(
            value.span,
            "an event must be an object".to_owned(),
            "such as `{\"Source\": ..., \"DetailType\": ..., \"Detail\": {...}}`",
        ));
    };
    let mut entry = PutEventsEntry::default();
    for member in members {
        let value = &member.value;
        match member.name.as_str() {
            "Source" => entry.source = Some(string("Source", value)?),
            "DetailType" => entry.detail_type = Some(string("DetailType", value)?),
            "Detail" => entry.detail = Some(detail(value)),
            "Resources" => entry.resources = strings(value)?,
            "Time" => entry.time = Some(time(value)?),
            "EventBusName" => entry.event_bus_name = Some(string("EventBusName", value)?.to_string()),
            "TraceHeader" => entry.trace_header = Some(string("TraceHeader", value)?.to_string()),
            name => {
                let known = ["Source", "DetailType", "Detail", "Resources", "Time", "EventBusName", "TraceHeader"];
                let help = match crate::text::did_you_mean(name, known) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => format!("it has {}", known.join(", ")),
                };
                return Err(bad(member.name_span, format!("an entry has no member `{name}`"), &help));
            }
        }
    }
    Ok(entry)
}

fn detail(value: &Value) -> Rc<str> {
    match &value.kind {
        Kind::String(text) => Rc::clone(text),
        _ => json::print(value).into(),
    }
}

fn string(name: &str, value: &Value) -> Result<Rc<str>, Diagnostic> {
    value
        .as_shared()
        .cloned()
        .ok_or_else(|| bad(value.span, format!("`{name}` must be a string"), "put the value in quotes"))
}

fn strings(value: &Value) -> Result<Vec<String>, Diagnostic> {
    let error =
        || bad(value.span, "`Resources` must be an array of strings".to_owned(), "use `[]` when there are none");
    value.as_array().ok_or_else(error)?.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(error)).collect()
}

fn time(value: &Value) -> Result<Instant, Diagnostic> {
    let help = "give epoch seconds or a text such as `2026-03-14T09:26:53Z`";
    match &value.kind {
        Kind::String(text) => Instant::parse(text).map_err(|error| bad(value.span, error.to_string(), help)),
        Kind::Number(number) => Ok(Instant::from_millis((number.as_f64() * 1000.0) as i64)),
        _ => Err(bad(value.span, "`Time` is not a time".to_owned(), help)),
    }
}

fn bad(span: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::error("EV004", message).with_help(help).with_span(span)
}
