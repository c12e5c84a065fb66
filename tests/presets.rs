//! The presets: each can be chosen by name and emits what it says, filled from the triggering event or from its defaults.
//! The list of the reference (`www/reference/presets.md`) is made from them: `UPDATE_PRESETS=1 cargo test --test presets`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::io;
use eventbridge_sim::simulator::{Options, Simulator};
use serde_json::{Map, Value, json};
use std::fmt::Write;

const TARGET: &str = "arn:aws:lambda:eu-west-1:222222222222:function:act";

fn verb(simulator: &mut Simulator, verb: &str, input: Value) -> Value {
    match io::control(simulator, verb, &input.to_string()) {
        Ok(answer) => serde_json::from_str(&answer).unwrap(),
        Err(error) => panic!("{verb} {input}: {error:?}"),
    }
}

fn presets() -> Vec<Value> {
    let presets = verb(&mut Simulator::new(Options::default()), "presets", json!({}));
    presets.as_array().unwrap().clone()
}

/// What a preset emits on an event with this detail, and what it did not and why.
fn applied(preset: &str, params: Value, detail: &Value, options: Value) -> (Simulator, Value) {
    let mut simulator = Simulator::new(Options::default());
    verb(
        &mut simulator,
        "load",
        json!({ "scenario": {
        "version": 1,
        "options": options,
        "effects": [{ "target": TARGET, "preset": preset, "params": params }],
        "calls": [
            { "operation": "PutRule", "input": { "Name": "r", "EventPattern": "{\"source\":[\"trigger\"]}" } },
            { "operation": "PutTargets", "input": { "Rule": "r", "Targets": [{ "Id": "t", "Arn": TARGET, "RoleArn": "arn:aws:iam::123456789012:role/r" }] } },
        ],
        "events": [{ "Source": "trigger", "DetailType": "Trigger", "Detail": detail }],
    } }),
    );
    let trace = verb(&mut simulator, "trace", json!({}));
    let invocation = trace[0]["rules"][0]["invocations"][0].clone();
    (simulator, invocation)
}

/// A text or value that no preset has by itself, for a param.
fn mark(name: &str, param: &Value) -> Value {
    match &param["default"] {
        Value::Number(_) => json!(4_711),
        Value::Object(_) => json!({ "marked": name }),
        _ => json!(format!("marked-{name}")),
    }
}

/// Puts a value where a path of a param's `from` looks for it.
fn put(detail: &mut Value, path: &str, value: Value) {
    let Some(path) = path.strip_prefix("$.detail.") else { return };
    let mut place = detail;
    for name in path.split('.') {
        let name = name.split('[').next().unwrap();
        if !place.is_object() {
            return;
        }
        place = place.as_object_mut().unwrap().entry(name).or_insert_with(|| json!({}));
    }
    *place = value;
}

#[test]
fn there_are_54_and_each_has_a_name_of_its_own() {
    let mut ids: Vec<String> = presets().iter().map(|preset| preset["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 54);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 54);
}

#[test]
fn each_emits_its_events_where_the_target_acts() {
    for preset in presets() {
        let id = preset["id"].as_str().unwrap();
        let (_, invocation) = applied(id, json!({}), &json!({ "a": 1 }), json!({}));
        assert_eq!(invocation["skippedEffects"], Value::Null, "{id}");
        let emitted = invocation["emitted"].as_array().unwrap();
        let declared = preset["emits"].as_array().unwrap();
        assert_eq!(emitted.len(), declared.len(), "{id}");
        for (node, template) in emitted.iter().zip(declared) {
            let event = &node["event"];
            for (member, from) in [("source", "Source"), ("detail-type", "DetailType")] {
                if !template[from].as_str().unwrap().contains('<') {
                    assert_eq!(event[member], template[from], "{id}");
                }
            }
            assert_eq!((&event["account"], &event["region"]), (&json!("222222222222"), &json!("eu-west-1")), "{id}");
            let text = event.to_string();
            assert!(!text.contains("<@") && !text.contains("<$"), "{id}: a placeholder is left: {text}");
        }
    }
}

#[test]
fn every_param_shows_in_an_event_when_it_is_given() {
    for preset in presets() {
        let id = preset["id"].as_str().unwrap();
        for (name, param) in preset["params"].as_object().unwrap() {
            let value = mark(name, param);
            let (_, invocation) = applied(id, json!({ name: value }), &json!({}), json!({}));
            let shown = invocation["emitted"].to_string();
            assert!(shows(&shown, &value), "{id}: param {name} shows nowhere in {shown}");
        }
    }
}

#[test]
fn a_param_is_filled_from_each_of_its_paths_before_its_default() {
    for preset in presets() {
        let id = preset["id"].as_str().unwrap();
        for (name, param) in preset["params"].as_object().unwrap() {
            for path in param["from"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if !path.starts_with("$.detail.") || path.contains('[') {
                    continue;
                }
                let (mut detail, value) = (json!({}), mark(name, param));
                put(&mut detail, path, value.clone());
                let (_, invocation) = applied(id, json!({}), &detail, json!({}));
                let shown = invocation["emitted"].to_string();
                assert!(shows(&shown, &value), "{id}: {name} is not filled from {path}: {shown}");
            }
        }
    }
}

/// The source marks presets; where it marks one as direct, its notes name what CloudTrail reports as late.
fn is_late(preset: &Value, event: &Value) -> bool {
    preset["delay"] == "cloudtrail" || event["DetailType"] == "AWS API Call via CloudTrail"
}

/// Whether a value stands in this JSON, as it is or as JSON text.
fn shows(shown: &str, value: &Value) -> bool {
    let (plain, as_text) = (value.to_string(), json!(value.to_string()).to_string());
    [plain, as_text].iter().any(|wanted| shown.contains(wanted.trim_matches('"')))
}

#[test]
fn delays_are_honoured_when_they_are_real() {
    for preset in presets() {
        let id = preset["id"].as_str().unwrap();
        let emits = preset["emits"].as_array().unwrap();
        let reported = emits.iter().filter(|event| is_late(&preset, event)).count();
        let (mut simulator, invocation) = applied(id, json!({}), &json!({}), json!({ "delays": "real" }));
        assert_eq!(invocation["emitted"], json!([]), "{id}");
        let arrived = |simulator: &mut Simulator| {
            let trace = verb(simulator, "trace", json!({}));
            trace[0]["rules"][0]["invocations"][0]["emitted"].as_array().unwrap().len()
        };
        verb(&mut simulator, "advance", json!({ "duration": "2s" }));
        assert_eq!(arrived(&mut simulator), emits.len() - reported, "{id}");
        verb(&mut simulator, "advance", json!({ "duration": "5m" }));
        assert_eq!(arrived(&mut simulator), emits.len(), "{id}");
    }
}

#[test]
fn the_reference_lists_every_preset() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/reference/presets.md");
    let page = page(&presets());
    if std::env::var_os("UPDATE_PRESETS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page, "the list is stale: run `UPDATE_PRESETS=1 cargo test --test presets`");
}

fn page(presets: &[Value]) -> String {
    let mut page = "# Presets\n\n<!-- Made by tests/presets.rs from src/catalog/presets.json: change that, not this. -->\n\n\
        What AWS services emit when something is done to them, ready to be chosen as an effect by name:\n\
        `{ \"target\": \"...\", \"preset\": \"s3-put-object\" }`. Params are filled from the triggering event where one of the paths finds\n\
        something, else they have their default; `params` of the effect replace them. All events go to the default bus of the account and region in which\n\
        the target acts, but for `events-put-events` and its kin. With `delays: \"real\"` events arrive after 2 seconds, late ones after 5 minutes: see\n\
        [effects](effects.md). The shapes follow the samples that AWS publishes; values that vary were shortened.\n"
        .to_owned();
    let mut category = String::new();
    for preset in presets {
        let text = |name: &str| preset[name].as_str().unwrap();
        if text("category") != category {
            category = text("category").to_owned();
            write!(page, "\n## {category}\n").unwrap();
        }
        write!(
            page,
            "\n### `{}`\n\n{}: `{}`. {}\n\n",
            text("id"),
            text("title"),
            text("action"),
            escaped(text("notes"))
        )
        .unwrap();
        for event in preset["emits"].as_array().unwrap() {
            let name = |member: &str| event[member].as_str().unwrap();
            let late = if is_late(preset, event) { ", late" } else { "" };
            let bus = event["EventBusName"].as_str().map(|bus| format!(", on bus `{bus}`")).unwrap_or_default();
            writeln!(page, "* emits `{}` of `{}`{bus}{late}", name("DetailType"), name("Source")).unwrap();
        }
        let params = preset["params"].as_object().unwrap();
        if !params.is_empty() {
            writeln!(page, "\n| param | from | default |\n|---|---|---|").unwrap();
        }
        for (name, param) in params {
            writeln!(page, "| `{name}` | {} | {} |", from(param), default(param)).unwrap();
        }
    }
    page
}

fn from(param: &Value) -> String {
    let paths = param["from"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let paths: Vec<String> = paths.map(|path| format!("`{path}`")).collect();
    if paths.is_empty() { "–".to_owned() } else { paths.join(", ") }
}

fn default(param: &Value) -> String {
    match param.as_object().and_then(|param: &Map<String, Value>| param.get("default")) {
        None => "–".to_owned(),
        Some(value) => format!("`{}`", value.to_string().replace('|', "\\|")),
    }
}

fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace('{', "&#123;")
}
