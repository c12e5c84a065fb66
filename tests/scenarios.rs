//! Every file of `tests/scenarios` is loaded, and what it expects must be what happens.
//!
//! A scenario without `expect` is a defect here. After loading, the world is saved and loaded again: the law is that saving
//! and loading changes nothing.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::io;
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
