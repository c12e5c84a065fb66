//! Laws of loop detection, on random systems of rules and effects, held to a second model that shares no code with it.
//!
//! Soundness: a loop that is called *proven* really goes round, checked by stepping its rules three hundred times in a naive
//! model. Completeness where it can be had: a system without fresh or growing values that comes back to a state within the
//! chain's limit is always *proven*; before any event, where the way back meets each rule once.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod naive;

use eventbridge_sim::api;
use eventbridge_sim::io;
use eventbridge_sim::simulator::state::{AccountId, Region};
use eventbridge_sim::simulator::{Caller, Options, Simulator};
use naive::{Ask, Cell, FIELDS, State, Step, Write, distinct, naive, states, step, way_back};
use proptest::prelude::*;
use serde_json::{Value, json};

const RULES: usize = 3;

fn pattern(source: Option<usize>, wanted: &[(usize, Ask)]) -> Value {
    let mut pattern = serde_json::Map::new();
    if let Some(source) = source {
        pattern.insert("source".to_owned(), json!([format!("s{source}")]));
    }
    let leaf = |ask: &Ask| match ask {
        Ask::OneOf(values) => json!(values),
        Ask::Prefix(prefix) => json!([{ "prefix": prefix }]),
        Ask::Exists => json!([{ "exists": true }]),
        Ask::Missing => json!([{ "exists": false }]),
    };
    let detail: serde_json::Map<_, _> =
        wanted.iter().map(|(field, ask)| (FIELDS[*field].to_owned(), leaf(ask))).collect();
    if !detail.is_empty() {
        pattern.insert("detail".to_owned(), Value::Object(detail));
    }
    Value::Object(pattern)
}

fn target(index: usize) -> String {
    format!("arn:aws:lambda:us-east-1:123456789012:function:f{index}")
}

fn simulate(rules: &[Step], start: &State) -> Vec<Value> {
    let mut simulator = world(rules);
    let detail: serde_json::Map<_, _> = start
        .1
        .iter()
        .map(|(field, cell)| {
            let Cell::Text(text) = cell else { unreachable!("a start holds texts") };
            (FIELDS[*field].to_owned(), json!(text))
        })
        .collect();
    let entry =
        json!({ "Source": format!("s{}", start.0), "DetailType": "t", "Detail": Value::Object(detail).to_string() });
    let caller = Caller::new(AccountId::new("123456789012"), Region::new("us-east-1"));
    let response = api::dispatch(&mut simulator, "PutEvents", &json!({ "Entries": [entry] }).to_string(), &caller);
    assert_eq!(response.status, 200, "{}", response.body);
    reports(&mut simulator, "loops")
}

/// What a verb says of loops.
fn reports(simulator: &mut Simulator, verb: &str) -> Vec<Value> {
    let loops: Value = serde_json::from_str(&io::control(simulator, verb, "{}").unwrap()).unwrap();
    loops.as_array().or_else(|| loops["loops"].as_array()).unwrap().clone()
}

fn world(rules: &[Step]) -> Simulator {
    let mut simulator = Simulator::new(Options::default());
    let caller = Caller::new(AccountId::new("123456789012"), Region::new("us-east-1"));
    let call = |simulator: &mut Simulator, operation: &str, body: Value| {
        let response = api::dispatch(simulator, operation, &body.to_string(), &caller);
        assert_eq!(response.status, 200, "{operation}: {}", response.body);
    };
    for (index, rule) in rules.iter().enumerate() {
        let name = format!("r{index}");
        let text = pattern(Some(rule.source), &distinct(&rule.asks)).to_string();
        call(&mut simulator, "PutRule", json!({ "Name": name, "EventPattern": text }));
        let mut to = json!({ "Id": "t", "Arn": target(index) });
        if rule.writes.iter().any(|write| matches!(write, Write::Transform(_))) {
            let paths = json!({ "a": "$.detail.a", "b": "$.detail.b", "c": "$.detail.c" });
            let template = r#"{"a": "<a>z", "b": "<b>z", "c": "<c>z"}"#;
            to["InputTransformer"] = json!({ "InputPathsMap": paths, "InputTemplate": template });
        }
        call(&mut simulator, "PutTargets", json!({ "Rule": name, "Targets": [to] }));
        let write = |write: &Write| match write {
            Write::Constant(text) => json!(text),
            Write::Copy(from) => json!(format!("<$.detail.{}>", FIELDS[*from])),
            Write::Append(from) => json!(format!("<$.detail.{}>z", FIELDS[*from])),
            Write::Default(from, default) => json!(format!("<@{}{default}>z", FIELDS[*from])),
            Write::Transform(from) => json!(format!("<$input.{}>", FIELDS[*from])),
            Write::Uuid => json!("<@uuid>"),
            Write::Nothing => json!("<$.detail.nowhere>"),
        };
        let detail: serde_json::Map<_, _> =
            FIELDS.iter().zip(&rule.writes).map(|(field, written)| ((*field).to_owned(), write(written))).collect();
        let source = format!("s{}", rule.next_source);
        let mut effect =
            json!({ "target": target(index), "emits": [{ "Source": source, "DetailType": "t", "Detail": detail }] });
        for write in &rule.writes {
            if let Write::Default(from, default) = write {
                let param = json!({ "from": [format!("$.detail.{}", FIELDS[*from])], "default": default });
                effect["params"][format!("{}{default}", FIELDS[*from])] = param;
            }
        }
        if !rule.when.is_empty() {
            effect["when"] = pattern(None, &distinct(&rule.when));
        }
        io::control(&mut simulator, "effect", &json!({ "effect": effect }).to_string()).unwrap();
    }
    simulator
}

fn ask() -> impl Strategy<Value = (usize, Ask)> {
    let kind = prop_oneof![
        prop::sample::subsequence(vec!["0", "1", "x"], 1..3).prop_map(Ask::OneOf),
        prop::sample::select(vec!["x", "1z"]).prop_map(Ask::Prefix),
        Just(Ask::Exists),
        Just(Ask::Missing),
    ];
    (0..FIELDS.len(), kind)
}

fn write(all: bool) -> BoxedStrategy<Write> {
    let plain = prop_oneof![
        prop::sample::select(vec!["0", "1", "x"]).prop_map(Write::Constant),
        (0..FIELDS.len()).prop_map(Write::Copy),
        Just(Write::Nothing),
    ];
    if all {
        let field = || 0..FIELDS.len();
        let default =
            (field(), prop::sample::select(vec!["0", "x"])).prop_map(|(from, text)| Write::Default(from, text));
        let (append, transform) = (field().prop_map(Write::Append), field().prop_map(Write::Transform));
        prop_oneof![3 => plain, 1 => append, 1 => default, 1 => transform, 1 => Just(Write::Uuid)].boxed()
    } else {
        plain.boxed()
    }
}

fn rule(all: bool) -> impl Strategy<Value = Step> {
    let conditions = || prop::collection::vec(ask(), 0..2);
    (0..2usize, conditions(), conditions(), 0..2usize, prop::collection::vec(write(all), FIELDS.len()))
        .prop_map(|(source, asks, when, next_source, writes)| Step { source, asks, when, next_source, writes })
}

fn start() -> impl Strategy<Value = State> {
    let cell = prop::option::of(prop::sample::select(vec!["0", "1", "x"]));
    prop::collection::vec(cell, FIELDS.len()).prop_map(|cells| {
        let cells = cells.into_iter().enumerate();
        (0, cells.filter_map(|(field, cell)| Some((field, Cell::Text(cell?.to_owned())))).collect())
    })
}

/// The naive state of an event of a report.
fn state_of(event: &Value, fresh: &dyn Fn(&str) -> bool) -> State {
    let source = event["source"].as_str().unwrap()[1..].parse().unwrap();
    let cells = FIELDS.iter().enumerate().filter_map(|(index, field)| {
        let text = event["detail"][*field].as_str()?;
        Some((index, if fresh(text) { Cell::Fresh } else { Cell::Text(text.to_owned()) }))
    });
    (source, cells.collect())
}

/// Three hundred steps of what is called proven.
fn goes_round(model: &[Step], report: &Value) -> Result<(), TestCaseError> {
    if report["verdict"] != "proven" {
        return Ok(());
    }
    let arns = report["rules"].as_array().unwrap().iter();
    let cycle: Vec<usize> =
        arns.map(|arn| arn.as_str().unwrap().rsplit_once('r').unwrap().1.parse().unwrap()).collect();
    // A uuid, or a text that began as one, has more hyphens than any other text here.
    let mut state = state_of(&report["witness"], &|text| text.matches('-').count() >= 4);
    for round in 0..300 {
        let fired = &model[cycle[round % cycle.len()]];
        let next = step(fired, &state);
        prop_assert!(next.is_some(), "round {round} of {cycle:?} ends in {state:?}: {}", report["reason"]);
        state = next.unwrap();
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_plain_return_is_always_proven(rules in prop::collection::vec(rule(false), 1..=RULES), start in start()) {
        let model = naive(&rules);
        // One chain, always by the first rule that fires: enough to know that some chain comes back.
        let mut seen: Vec<(State, usize)> = Vec::new();
        let mut state = start.clone();
        let returns = loop {
            let Some((index, next)) = model.iter().enumerate().find_map(|(index, rule)| Some((index, step(rule, &state)?))) else {
                break false;
            };
            if seen.contains(&(state.clone(), index)) {
                break true;
            }
            if seen.len() >= 12 {
                break false;
            }
            seen.push((state, index));
            state = next;
        };
        if returns {
            let reports = simulate(&rules, &start);
            prop_assert!(reports.iter().any(|report| report["verdict"] == "proven"), "{reports:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_proven_loop_really_goes_round(rules in prop::collection::vec(rule(true), 1..=RULES), start in start()) {
        let model = naive(&rules);
        for report in simulate(&rules, &start) {
            goes_round(&model, &report)?;
        }
    }

    #[test]
    fn a_loop_proven_before_any_event_really_goes_round(rules in prop::collection::vec(rule(true), 1..=RULES)) {
        let model = naive(&rules);
        for report in reports(&mut world(&rules), "analyze") {
            // The naive model knows texts only.
            let witness = &report["witness"]["detail"];
            if FIELDS.iter().all(|field| witness[*field].is_null() || witness[*field].is_string()) {
                goes_round(&model, &report)?;
            }
        }
    }

    #[test]
    fn what_goes_round_is_found_before_any_event(rules in prop::collection::vec(rule(false), 1..=RULES)) {
        let model = naive(&rules);
        let Some(way) = states().into_iter().find_map(|start| way_back(&model, start)) else { return Ok(()) };
        let found = reports(&mut world(&rules), "analyze");
        let once_each = way.iter().enumerate().all(|(at, rule)| !way[..at].contains(rule));
        prop_assert!(!found.is_empty(), "{way:?}");
        prop_assert!(!once_each || found.iter().any(|report| report["verdict"] == "proven"), "{way:?} {found:?}");
    }
}

/// The first rule fires the second, and each fires itself: the event that was found makes a detour before it goes round, and
/// would not go round without.
#[test]
fn a_loop_is_told_from_where_it_goes_round() {
    let first = Step {
        source: 0,
        asks: vec![],
        when: vec![(1, Ask::Prefix("1z"))],
        next_source: 0,
        writes: vec![Write::Transform(0), Write::Constant("0"), Write::Constant("0")],
    };
    let second = Step {
        when: vec![],
        writes: vec![Write::Constant("1"), Write::Transform(0), Write::Constant("0")],
        ..first.clone()
    };
    let rules = [first, second];
    let found = reports(&mut world(&rules), "analyze");
    let both = found.iter().find(|report| report["rules"].as_array().unwrap().len() == 2).unwrap();
    assert_eq!(both["verdict"], "proven");
    goes_round(&rules, both).unwrap();
}
