//! Loops found before any event: a generator of rule sets with a known answer, and the laws of every report.
//!
//! A ring of rules is made, each emitting what the next one wants; then perhaps one link is spoilt. Whole rings must be found
//! as one proven loop, spoilt ones not at all; whatever witness is given must run.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::io;
use eventbridge_sim::simulator::loops::analyze::{Analysed, Analysis, analyze};
use eventbridge_sim::simulator::{Options, Simulator};
use proptest::prelude::*;
use std::fmt::Write;

/// A condition on `x`, a value that meets it and one that does not, as JSON.
const CONDITIONS: [(&str, &str, &str); 14] = [
    (r#""in""#, r#""in""#, r#""out""#),
    (r#"{"prefix":"in"}"#, r#""inner""#, r#""outer""#),
    (r#"{"suffix":"in"}"#, r#""within""#, r#""without""#),
    (r#"{"equals-ignore-case":"In"}"#, r#""IN""#, r#""inn""#),
    (r#"{"wildcard":"i*n"}"#, r#""iron""#, r#""rain-""#),
    (r#"{"anything-but":["out"]}"#, r#""in""#, r#""out""#),
    (r#"{"anything-but":{"prefix":"o"}}"#, r#""in""#, r#""out""#),
    (r#"{"anything-but":{"suffix":"t"}}"#, r#""in""#, r#""out""#),
    (r#"{"anything-but":{"wildcard":"o*t"}}"#, r#""in""#, r#""out""#),
    (r#"{"numeric":[">",5,"<=",7]}"#, "7.0", "5"),
    (r#"{"cidr":"10.0.0.0/8"}"#, r#""10.1.1.1""#, r#""11.1.1.1""#),
    ("true", "true", "false"),
    ("null", "null", "0"),
    (r#"{"exists":true}"#, "1", "{}"),
];

/// How the value comes into the next event.
#[derive(Clone, Copy, Debug)]
enum By {
    Constant,
    /// Carried along in a field of its own and copied.
    Copy,
    /// Through a constant input.
    Input,
}

#[derive(Clone, Debug)]
struct Ring {
    /// For each rule its condition.
    conditions: Vec<usize>,
    by: Vec<By>,
    /// The link whose value does not meet the next rule's condition.
    spoilt: Option<usize>,
}

fn ring() -> impl Strategy<Value = Ring> {
    (1usize..7).prop_flat_map(|length| {
        let by = prop::sample::select(vec![By::Constant, By::Copy, By::Input]);
        let conditions = prop::collection::vec(0..CONDITIONS.len(), length);
        let spoilt = prop::option::of(0..length);
        (conditions, prop::collection::vec(by, length), spoilt).prop_map(|(conditions, by, spoilt)| Ring {
            conditions,
            by,
            spoilt,
        })
    })
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The rule set as a scenario.
fn scenario(ring: &Ring) -> String {
    let length = ring.conditions.len();
    let (mut calls, mut effects) = (Vec::new(), Vec::new());
    for (index, condition) in ring.conditions.iter().enumerate() {
        let next = (index + 1) % length;
        let (_, inside, outside) = CONDITIONS[ring.conditions[next]];
        let value = if ring.spoilt == Some(index) { outside } else { inside };
        let pattern = format!(
            r#"{{"source":["ring"],"detail-type":["T{index}"],"detail":{{"x":[{}]}}}}"#,
            CONDITIONS[*condition].0
        );
        let function = format!("arn:aws:lambda:us-east-1:123456789012:function:f{index}");
        calls.push(format!(
            r#"{{"operation":"PutRule","input":{{"Name":"r{index}","EventPattern":{}}}}}"#,
            quoted(&pattern)
        ));
        let mut target = format!(r#"{{"Id":"t","Arn":"{function}""#);
        let emitted = match ring.by[index] {
            By::Constant => value.to_owned(),
            // A copy can only be spoilt where something else than it is copied.
            By::Copy if ring.spoilt == Some(index) => value.to_owned(),
            By::Copy => r#""<$.detail.carried>""#.to_owned(),
            By::Input => {
                write!(target, r#","Input":{}"#, quoted(&format!(r#"{{"x":{value}}}"#))).unwrap();
                r#""<$input.x>""#.to_owned()
            }
        };
        // What the rule after the next wants to have copied.
        let carried = CONDITIONS[ring.conditions[(next + 1) % length]].1;
        calls.push(format!(r#"{{"operation":"PutTargets","input":{{"Rule":"r{index}","Targets":[{target}}}]}}}}"#));
        effects.push(format!(
            r#"{{"target":"{function}","emits":[{{"Source":"ring","DetailType":"T{next}","Detail":{{"x":{emitted},"carried":{carried}}}}}]}}"#
        ));
    }
    format!(r#"{{"version":1,"effects":[{}],"calls":[{}]}}"#, effects.join(","), calls.join(","))
}

fn analysed(scenario: &str) -> (Simulator, Analysis) {
    let mut simulator = Simulator::new(Options::default());
    let loaded = io::control(&mut simulator, "load", &format!(r#"{{"scenario":{scenario}}}"#));
    loaded.unwrap_or_else(|error| panic!("{}: {scenario}", error.message));
    let analysis = analyze(&simulator);
    (simulator, analysis)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rings_are_found_and_spoilt_rings_are_not(ring in ring()) {
        let text = scenario(&ring);
        let (mut simulator, analysis) = analysed(&text);
        prop_assert!(analysis.complete, "{:?} {text}", analysis.not_analysed);
        if ring.spoilt.is_some() {
            prop_assert!(analysis.loops.is_empty(), "{} {text}", analysis.loops[0].reason);
        } else {
            prop_assert_eq!(analysis.loops.len(), 1, "{}", text);
            let found = &analysis.loops[0];
            prop_assert_eq!(found.verdict, Analysed::Proven);
            prop_assert_eq!(found.rules.len(), ring.conditions.len());
            // The witness runs, and what is seen then is the same loop.
            let event = eventbridge_sim::json::print(found.witness.as_ref().unwrap());
            io::control(&mut simulator, "emit", &format!(r#"{{"event":{event}}}"#)).unwrap();
            prop_assert!(simulator.loops().iter().any(|seen| seen.rules.len() == found.rules.len()), "{}", text);
        }
    }
}

#[test]
fn a_fix_breaks_its_loop() {
    let text = scenario(&Ring { conditions: vec![0, 9, 5], by: vec![By::Constant; 3], spoilt: None });
    let (mut simulator, analysis) = analysed(&text);
    let fix = analysis.loops[0].fix.as_ref().unwrap();
    let name = fix.rule.rsplit('/').next().unwrap();
    let pattern = quoted(&eventbridge_sim::json::print(&fix.pattern));
    let call = format!(r#"{{"Name":"{name}","EventPattern":{pattern}}}"#);
    let caller = eventbridge_sim::simulator::Caller::new("123456789012".into(), "us-east-1".into());
    eventbridge_sim::api::dispatch(&mut simulator, "PutRule", &call, &caller);
    assert!(analyze(&simulator).loops.is_empty());
}

#[test]
fn a_thousand_rules_with_five_targets_are_analysed() {
    let (mut calls, mut effects) = (Vec::new(), Vec::new());
    for index in 0..1000 {
        let pattern = quoted(&format!(r#"{{"source":["s{}"],"detail-type":["T{index}"]}}"#, index % 50));
        calls.push(format!(r#"{{"operation":"PutRule","input":{{"Name":"r{index}","EventPattern":{pattern}}}}}"#));
        let target = |number: usize| {
            format!(r#"{{"Id":"t{number}","Arn":"arn:aws:lambda:us-east-1:123456789012:function:f{index}-{number}"}}"#)
        };
        let targets: Vec<String> = (0..5).map(target).collect();
        calls.push(format!(
            r#"{{"operation":"PutTargets","input":{{"Rule":"r{index}","Targets":[{}]}}}}"#,
            targets.join(",")
        ));
        for number in 0..5 {
            // Ahead only, but for one way back.
            let next = if index == 500 && number == 0 { 490 } else { index + 1 + number * 7 };
            effects.push(format!(
                r#"{{"target":"arn:aws:lambda:us-east-1:123456789012:function:f{index}-{number}","emits":[{{"Source":"s{}","DetailType":"T{next}","Detail":{{}}}}]}}"#,
                next % 50
            ));
        }
    }
    let text = format!(r#"{{"version":1,"effects":[{}],"calls":[{}]}}"#, effects.join(","), calls.join(","));
    let (_, analysis) = analysed(&text);
    assert!(analysis.complete);
    assert!(!analysis.loops.is_empty() && analysis.loops.iter().all(|found| found.verdict == Analysed::Proven));
}

/// Each param asks several fields, each of which a param wrote: what must hold of the first event grows with every rule.
#[test]
fn params_that_ask_each_other_round_and_round_are_bounded() {
    let ring = |rules: usize, fields: usize, behind: &str| {
        let names: Vec<String> = (0..fields).map(|field| format!("\"$.detail.f{field}\"")).collect();
        let (mut calls, mut effects) = (Vec::new(), Vec::new());
        for index in 0..rules {
            let pattern = quoted(&format!(r#"{{"source":["s{index}"],"detail":{{"f0":[{{"prefix":"x"}}]}}}}"#));
            calls.push(format!(r#"{{"operation":"PutRule","input":{{"Name":"r{index}","EventPattern":{pattern}}}}}"#));
            let function = format!("arn:aws:lambda:us-east-1:123456789012:function:f{index}");
            let target = format!(r#"{{"Id":"t","Arn":"{function}"}}"#);
            calls.push(format!(r#"{{"operation":"PutTargets","input":{{"Rule":"r{index}","Targets":[{target}]}}}}"#));
            let detail: Vec<String> = (0..fields).map(|field| format!(r#""f{field}":"<@p>{behind}""#)).collect();
            effects.push(format!(
                r#"{{"target":"{function}","params":{{"p":{{"from":[{}]}}}},"emits":[{{"Source":"s{}","DetailType":"T","Detail":{{{}}}}}]}}"#,
                names.join(","),
                (index + 1) % rules,
                detail.join(",")
            ));
        }
        let text = format!(r#"{{"version":1,"effects":[{}],"calls":[{}]}}"#, effects.join(","), calls.join(","));
        analysed(&text).1
    };
    let small = ring(3, 5, "");
    assert!(small.complete);
    assert_eq!(small.loops[0].verdict, Analysed::Proven);
    for (rules, fields, behind) in [(8, 5, ""), (3, 8, "z"), (20, 3, "z"), (1, 400, "z"), (60, 2, "")] {
        let large = ring(rules, fields, behind);
        let told = [
            "what must hold of its event is too much to be written out",
            "the search for an event took too many steps",
        ];
        let is_told = large.not_analysed.iter().any(|what| told.iter().any(|told| what.ends_with(told)));
        assert!(!large.complete && is_told, "{rules} rules, {fields} fields: {:?}", large.not_analysed);
    }
}
