//! Every file of `tests/scenarios` is loaded, and what it expects must be what happens.
//!
//! A scenario without `expect` is a defect here. After loading, the world is saved and loaded again: the law is that saving
//! and loading changes nothing.
//!
//! Of a scenario that has a file of its name in `tests/scenarios/traces`, the whole trace is compared, byte for byte. Such a
//! file is written by `UPDATE_TRACES=1 cargo test --test scenarios`; to get a first one, make an empty file. Read the
//! difference before you commit it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::io;
use eventbridge_sim::json::{self, Kind};
use eventbridge_sim::simulator::{Options, Simulator};
use serde_json::Value;
use std::fs;

fn control(simulator: &mut Simulator, verb: &str, input: &str) -> Value {
    let answer = io::control(simulator, verb, input);
    let answer =
        answer.unwrap_or_else(|error| panic!("{verb}: {} ({:?}, {:?})", error.message, error.help, error.range));
    serde_json::from_str(&answer).unwrap()
}

/// Names and texts: a parsed value would lose the order of members and the spelling of numbers.
fn scenarios() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let paths = |entries: fs::ReadDir| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let inside = |folder: &str| fs::read_dir(folder).map(paths).unwrap_or_default();
    let mut files = inside(folder);
    files.extend(["lints", "loops"].iter().flat_map(|name| inside(&format!("{folder}/{name}"))));
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_scenario_does_what_it_expects() {
    let mut failures = Vec::new();
    let mut checks = 0;
    for (name, scenario) in scenarios() {
        let mut simulator = Simulator::new(Options::default());
        control(&mut simulator, "load", &format!("{{\"scenario\":{scenario}}}"));
        let parsed: Value = serde_json::from_str(&scenario).unwrap();
        let expect = parsed.get("expect").unwrap_or_else(|| panic!("{name} expects nothing"));
        let checked = control(&mut simulator, "expect", &format!("{{\"expect\":{expect}}}"));
        checks += checked["passed"].as_array().unwrap().len();
        failures.extend(checked["failed"].as_array().unwrap().iter().map(|words| format!("{name}: {words}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(checks > 50, "only {checks} checks were made");
}

#[test]
fn saving_and_loading_changes_nothing() {
    for (name, scenario) in scenarios() {
        let mut simulator = Simulator::new(Options::default());
        control(&mut simulator, "load", &format!("{{\"scenario\":{scenario}}}"));
        let saved = control(&mut simulator, "save", "{}");
        let mut again = Simulator::new(Options::default());
        control(&mut again, "load", &format!("{{\"scenario\":{saved}}}"));
        assert_eq!(control(&mut again, "save", "{}"), saved, "{name}");
        let graph = |simulator: &mut Simulator| control(simulator, "graph", "{}");
        assert_eq!(graph(&mut again), graph(&mut simulator), "{name}");
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    for (name, scenario) in scenarios() {
        let run = || {
            let mut simulator = Simulator::new(Options::default());
            control(&mut simulator, "load", &format!("{{\"scenario\":{scenario}}}"));
            io::control(&mut simulator, "trace", "{}").unwrap()
        };
        assert_eq!(run(), run(), "{name}");
    }
}

/// A value on one line where that is short, else its members one a line: a snapshot is read in reviews, as a difference.
fn lay_out(value: &json::Value, depth: usize, out: &mut String) {
    let flat = json::print(value);
    let (open, close, items): (_, _, Vec<(String, &json::Value)>) = match &value.kind {
        _ if flat.len() + depth * 2 < 120 => return out.push_str(&flat),
        Kind::Array(items) => ('[', ']', items.iter().map(|item| (String::new(), item)).collect()),
        Kind::Object(members) => {
            let named = |member: &json::Member| format!("{}: ", json::quote(&member.name));
            ('{', '}', members.iter().map(|member| (named(member), &member.value)).collect())
        }
        _ => return out.push_str(&flat),
    };
    out.push(open);
    for (at, (name, item)) in items.into_iter().enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&name);
        lay_out(item, depth + 1, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn laid_out_trace(scenario: &str) -> String {
    let mut simulator = Simulator::new(Options::default());
    control(&mut simulator, "load", &format!("{{\"scenario\":{scenario}}}"));
    let trace = json::parse(&io::control(&mut simulator, "trace", "{}").unwrap()).unwrap();
    let mut text = String::new();
    lay_out(&trace, 0, &mut text);
    text + "\n"
}

#[test]
fn traces_are_what_their_snapshots_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/traces");
    let update = std::env::var_os("UPDATE_TRACES").is_some();
    let scenarios = scenarios();
    let mut failures = Vec::new();
    let mut compared = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let of_it = scenarios.iter().find(|(name, _)| *name == stem);
        let (name, scenario) = of_it.unwrap_or_else(|| panic!("there is no scenario for {}", path.display()));
        let found = laid_out_trace(scenario);
        if update {
            fs::write(&path, &found).unwrap();
        }
        let snapshot = fs::read_to_string(&path).unwrap();
        compared += 1;
        if snapshot != found {
            let same = snapshot.lines().zip(found.lines()).take_while(|(one, other)| one == other).count();
            let line = |text: &str| text.lines().nth(same).unwrap_or("the end").trim().to_owned();
            let (wanted, found) = (line(&snapshot), line(&found));
            failures.push(format!("{name}.json, line {}\n  snapshot: {wanted}\n  found:    {found}", same + 1));
        }
    }
    let cure = "`UPDATE_TRACES=1 cargo test --test scenarios` writes them anew";
    assert!(failures.is_empty(), "traces differ from their snapshots; {cure}:\n{}", failures.join("\n"));
    assert!(compared >= 8, "only {compared} traces were compared");
}
