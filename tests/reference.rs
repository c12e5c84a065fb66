//! The examples of the reference are true: every JSON block that is a scenario is run, and must do what it expects.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::io;
use eventbridge_sim::simulator::{Options, Simulator};
use std::fs;

#[test]
fn every_scenario_in_the_reference_does_what_it_expects() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/www/reference");
    let mut ran = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for block in text.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
            let value: serde_json::Value =
                serde_json::from_str(block).unwrap_or_else(|error| panic!("{path:?}: {error}\n{block}"));
            let Some(expect) = value.get("expect") else { continue };
            let mut simulator = Simulator::new(Options::default());
            io::control(&mut simulator, "load", &format!("{{\"scenario\":{block}}}"))
                .unwrap_or_else(|error| panic!("{path:?}: {error:?}"));
            let checked =
                io::control(&mut simulator, "expect", &serde_json::json!({ "expect": expect }).to_string()).unwrap();
            let checked: serde_json::Value = serde_json::from_str(&checked).unwrap();
            assert_eq!(checked["failed"], serde_json::json!([]), "{path:?}");
            ran += 1;
        }
    }
    assert!(ran >= 3, "only {ran} scenarios were found");
}
