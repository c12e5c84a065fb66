//! The presets against the samples they were written from: `effects.json`, where a folder of facts stands beside the
//! recordings. Its placeholders (`{name}`, `{name:number}`, `{name:jsonstring}`, `{name...}`) are rewritten into the template grammar.
//!
//! Two differences are meant: events of PutEvents may name a bus, and the default of a JSON text is written as the value.

use std::path::Path;

use eventbridge_sim::io;
use eventbridge_sim::json::{self, Kind, Value};
use eventbridge_sim::simulator::{Options, Simulator};

use super::{Tally, text};

pub fn compare(folder: &Path, tally: &mut Tally) {
    let Some(source) = folder.parent().map(|parent| parent.join("facts/effects.json")) else { return };
    let Ok(source) = std::fs::read_to_string(source) else {
        return tally.leave("the samples of the presets are not there");
    };
    let source = json::parse(&source).expect("the samples are JSON");
    let ours = io::control(&mut Simulator::new(Options::default()), "presets", "{}").expect("the presets can be read");
    let ours = json::parse(&ours).expect("it is JSON");
    let ours = ours.as_array().unwrap();
    for sample in source.as_array().unwrap() {
        let id = text(sample, "id");
        let verdict = match ours.iter().find(|preset| text(preset, "id") == id) {
            None => Err("there is no such preset".to_owned()),
            Some(preset) => same(sample, preset),
        };
        tally.judge(&format!("preset {id}"), verdict);
    }
}

fn same(sample: &Value, preset: &Value) -> Result<(), String> {
    for name in ["title", "category", "action", "delay", "notes"] {
        equal(name, sample.get(name).unwrap(), preset.get(name))?;
    }
    let (emits, ours) = (sample.get("emits").unwrap().as_array().unwrap(), preset.get("emits").unwrap());
    let ours = ours.as_array().unwrap();
    if emits.len() != ours.len() {
        return Err(format!("{} events instead of {}", ours.len(), emits.len()));
    }
    for (wanted, found) in emits.iter().zip(ours) {
        for (from, to) in [("source", "Source"), ("detail-type", "DetailType"), ("detail", "Detail")] {
            equal(to, &rewritten(wanted.get(from).unwrap()), found.get(to))?;
        }
        let none = Value::array(Vec::new());
        equal(
            "Resources",
            &rewritten(wanted.get("resources").unwrap()),
            Some(found.get("Resources").unwrap_or(&none)),
        )?;
    }
    for param in sample.get("params").unwrap().as_object().unwrap() {
        let ours = preset.get("params").unwrap().get(&param.name).ok_or(format!("no param {}", param.name))?;
        let from = param.value.get("from").filter(|from| !from.as_array().unwrap().is_empty());
        if let Some(from) = from {
            equal(&format!("{}.from", param.name), from, ours.get("from"))?;
        }
        let default = rewritten(param.value.get("default").unwrap_or(&Value::null()));
        if default.as_str() != Some("{}") {
            equal(&format!("{}.default", param.name), &default, Some(ours.get("default").unwrap_or(&Value::null())))?;
        }
    }
    Ok(())
}

fn equal(what: &str, wanted: &Value, found: Option<&Value>) -> Result<(), String> {
    let (wanted, found) = (json::print(wanted), found.map(json::print).unwrap_or_default());
    if wanted == found { Ok(()) } else { Err(format!("{what}: wanted {wanted}, got {found}")) }
}

fn rewritten(value: &Value) -> Value {
    match &value.kind {
        Kind::String(text) => Value::string(placeholders(text)),
        Kind::Array(items) => Value::array(items.iter().map(rewritten).collect()),
        Kind::Object(members) => {
            Value::object(members.iter().map(|it| (placeholders(&it.name), rewritten(&it.value))).collect())
        }
        _ => value.clone(),
    }
}

fn placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, behind)) = after.split_once('}') else { break };
        let name = inside.split([':', '.']).next().unwrap();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            out.push_str(before);
            out.push('{');
            rest = after;
            continue;
        }
        let dots = if inside.ends_with("...") { "..." } else { "" };
        let json = if inside.ends_with(":jsonstring") { "json:" } else { "" };
        out.push_str(&format!("{before}<{json}@{name}{dots}>"));
        rest = behind;
    }
    out + rest
}
