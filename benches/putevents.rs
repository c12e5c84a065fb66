//! PutEvents through the whole simulator beside the bare matcher: the same rules and events, in one process, in turn.
//!
//! `BENCH_WORKLOADS` as in `matcher.rs`. Workloads whose events are envelopes and whose rules are few enough run: all rules
//! on one bus, each with a queue as its target, the events as entries of requests of ten. Printed is one JSON line each, with the
//! best passes and `ratio`: what is left of an event's cost without 2 us for each delivery, in multiples of the bare match. A
//! shared machine changes its speed between two passes, so that is the middle one of the ratios of neighbours.

use eventbridge_sim::api;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::Pattern;
use eventbridge_sim::simulator::{Caller, Options, Simulator};
use serde_json::json;
use std::hint::black_box;
use std::time::Instant;

const MOST_EVENTS: usize = 5_000;
const MOST_RULES: usize = 10_000;
const PASSES: usize = 15;
const BATCH: usize = 10;

fn main() {
    let list = std::env::var("BENCH_WORKLOADS").expect("BENCH_WORKLOADS names the list of workloads");
    let list = json::parse(&std::fs::read_to_string(list).expect("the list can be read")).expect("the list is JSON");
    for workload in list.as_array().expect("a list") {
        run(workload);
    }
}

fn run(workload: &Value) {
    let text = |name: &str| workload.get(name).and_then(Value::as_str).expect("a text");
    let rules = json::parse(&std::fs::read_to_string(text("rules")).expect("rules")).expect("rules are JSON");
    let rules = rules.as_object().expect("rules are an object");
    let events = own(&std::fs::read_to_string(text("events")).expect("events"));
    let events: Vec<&str> = events.lines().filter(|line| !line.is_empty()).take(MOST_EVENTS).collect();
    let entries: Option<Vec<String>> = events.iter().map(|event| entry(event)).collect();
    let Some(entries) = entries.filter(|_| rules.len() <= MOST_RULES) else { return };
    let requests: Vec<String> =
        entries.chunks(BATCH).map(|entries| format!(r#"{{"Entries":[{}]}}"#, entries.join(","))).collect();
    let (mut simulator, mut set) = (Simulator::new(Options::default()), RuleSet::new());
    for rule in rules {
        let pattern = own(&json::print(&rule.value));
        if put_rule(&mut simulator, &rule.name, &pattern) {
            set.add(&rule.name, &Pattern::parse(&pattern).expect("a pattern"));
        }
    }
    let before = fired(&simulator);
    requests.iter().for_each(|request| call(&mut simulator, "PutEvents", request));
    let deliveries = (fired(&simulator) - before) as f64 / events.len() as f64;
    let each = |start: Instant| start.elapsed().as_secs_f64() * 1e6 / events.len() as f64;
    let (mut whole, mut bare, mut ratios) = (f64::MAX, f64::MAX, Vec::new());
    for _ in 0..PASSES {
        let start = Instant::now();
        for event in &events {
            black_box(set.matches(black_box(event.as_bytes())).expect("an event").len());
        }
        let alone = each(start);
        let start = Instant::now();
        for request in &requests {
            call(&mut simulator, "PutEvents", black_box(request));
        }
        let through = each(start);
        (whole, bare) = (whole.min(through), bare.min(alone));
        ratios.push((through - 2.0 * deliveries) / alone);
    }
    ratios.sort_by(f64::total_cmp);
    let line = json!({
        "workload": text("name"), "where": "native", "peer": "PutEvents", "rules": set.len(), "events": events.len(),
        "us_per_event": whole, "bare_us_per_event": bare, "deliveries_per_event": deliveries,
        "ratio": ratios.get(PASSES / 2),
    });
    println!("{line}");
}

/// PutEvents refuses sources of AWS, so events and rules say `own.` in their place.
fn own(text: &str) -> String {
    text.replace("\"aws.", "\"own.")
}

/// The event as an entry of PutEvents, if it is an envelope.
fn entry(event: &str) -> Option<String> {
    let event = json::parse(event).ok()?;
    let text = |name: &str| event.get(name).and_then(Value::as_str);
    let (source, kind, detail) = (text("source")?, text("detail-type")?, event.get("detail")?);
    let (source, kind, detail) = (json::quote(source), json::quote(kind), json::quote(&json::print(detail)));
    Some(format!(r#"{{"Source":{source},"DetailType":{kind},"Detail":{detail}}}"#))
}

fn put_rule(simulator: &mut Simulator, name: &str, pattern: &str) -> bool {
    let rule = format!(r#"{{"Name":{},"EventPattern":{}}}"#, json::quote(name), json::quote(pattern));
    let target = r#"{"Id":"queue","Arn":"arn:aws:sqs:us-east-1:123456789012:queue"}"#;
    let target = format!(r#"{{"Rule":{},"Targets":[{target}]}}"#, json::quote(name));
    let caller = caller(simulator);
    [("PutRule", rule), ("PutTargets", target)]
        .iter()
        .all(|(operation, body)| api::dispatch(simulator, operation, body, &caller).status == 200)
}

fn call(simulator: &mut Simulator, operation: &str, body: &str) {
    let caller = caller(simulator);
    let response = api::dispatch(simulator, operation, body, &caller);
    assert_eq!(response.status, 200, "{}", response.body);
}

fn caller(simulator: &Simulator) -> Caller {
    Caller::new(simulator.options().account.clone(), simulator.options().region.clone())
}

fn fired(simulator: &Simulator) -> usize {
    let kept = simulator.kept();
    kept.invocations + kept.dropped_invocations
}
