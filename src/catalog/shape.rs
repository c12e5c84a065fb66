//! What an event of a known service looks like: the presets' events, filled with their defaults.
//!
//! Only for samples: what a preset would take from the triggering event is taken from its defaults instead.

use super::{PRESETS, presets};
use crate::json::{Kind, Member, Value, print, quote};
use crate::sets::Listed as _;

/// The `detail` of the first known event of this source and type that a condition likes.
pub fn known_detail(source: &str, detail_type: &str, likes: &dyn Fn(&Value) -> bool) -> Option<Value> {
    if ![source, detail_type].iter().all(|name| is_mentioned(name)) {
        return None;
    }
    let is_it = |event: &Value| text(event, "Source") == source && text(event, "DetailType") == detail_type;
    known(&|event| is_it(event) && event.get("Detail").is_some_and(likes)).or_else(|| known(&is_it))?.2
}

/// Source and type of the first known event of this source, or of this type.
pub fn known_event(source_or_type: &str) -> Option<(String, String)> {
    if !is_mentioned(source_or_type) {
        return None;
    }
    let is_it = |event: &Value| [text(event, "Source"), text(event, "DetailType")].contains(&source_or_type);
    known(&is_it).map(|(source, detail_type, _)| (source, detail_type))
}

/// Whether the presets hold this text at all: reading them takes much longer.
fn is_mentioned(name: &str) -> bool {
    PRESETS.contains(&quote(name))
}

fn text<'a>(event: &'a Value, name: &str) -> &'a str {
    event.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn known(likes: &dyn Fn(&Value) -> bool) -> Option<(String, String, Option<Value>)> {
    let presets = presets().ok()?;
    let events = presets
        .iter()
        .flat_map(|preset| preset.emits.as_array().unwrap_or_default().iter().map(move |event| (preset, event)));
    let plain = |text: &str| !text.contains('<');
    let mut events = events.filter(|(_, event)| plain(text(event, "Source")) && plain(text(event, "DetailType")));
    let (preset, event) = events.find(|(_, event)| likes(event))?;
    let detail = event.get("Detail").map(|detail| fill(detail, &preset.params));
    let detail = detail.filter(|detail| detail.as_object().is_some());
    Some((text(event, "Source").to_owned(), text(event, "DetailType").to_owned(), detail))
}

/// Recursion is bounded by the presets' own depth.
fn fill(template: &Value, params: &Value) -> Value {
    match &template.kind {
        Kind::String(text) => filled(text, params),
        Kind::Array(items) => Value::array(items.iter().map(|item| fill(item, params)).listed()),
        Kind::Object(members) => {
            let member = |member: &Member| {
                let name = filled(&member.name, params);
                (name.as_str().unwrap_or_default().to_owned(), fill(&member.value, params))
            };
            Value::object(members.iter().map(member).listed())
        }
        _ => template.clone(),
    }
}

fn filled(text: &str, params: &Value) -> Value {
    if let Some(inside) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'))
        && !inside.contains('<')
    {
        return hole(inside, params);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let (inside, after) = after.split_once('>').unwrap_or((after, ""));
        let value = hole(inside, params);
        out.push_str(&value.as_str().map_or_else(|| print(&value), str::to_owned));
        rest = after;
    }
    out.push_str(rest);
    Value::string(out)
}

fn hole(inside: &str, params: &Value) -> Value {
    let name = inside.trim_start_matches("json:").trim_end_matches("...").trim_start_matches('@');
    let known = match name {
        "account" => "123456789012",
        "region" => "us-east-1",
        "time" => "2026-01-01T00:00:00Z",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "hex" => "0123456789abcdef",
        "hex6" => "012345",
        "hex64" => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "now" => return Value::number(1_767_225_600),
        "nowms" => return Value::number(1_767_225_600_000),
        _ => {
            let param = params.get(name);
            let default = param.and_then(|param| param.get("default")).or(param);
            return match default.map(|value| &value.kind) {
                Some(Kind::String(text)) if text.contains(&format!("<@{name}>")) => Value::string(""),
                // A default may hold placeholders, but only built-in ones.
                Some(_) => default.map(|value| fill(value, &Value::null())).unwrap_or_else(Value::null),
                None => Value::string("example"),
            };
        }
    };
    Value::string(known)
}
