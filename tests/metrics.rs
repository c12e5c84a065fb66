//! Metrics: the service's names and dimensions, counted as recorded.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::io;
use eventbridge_sim::simulator::{Options, Simulator};
use serde_json::{Value, json};

fn verb(simulator: &mut Simulator, verb: &str, input: Value) -> Value {
    serde_json::from_str(&io::control(simulator, verb, &input.to_string()).unwrap()).unwrap()
}

fn loaded(scenario: Value) -> Simulator {
    let mut simulator = Simulator::new(Options::default());
    verb(&mut simulator, "load", json!({ "scenario": scenario }));
    simulator
}

/// `Metric [dimensions] = sum`, one a line.
fn shown(simulator: &mut Simulator, filter: Value) -> Vec<String> {
    let series = verb(simulator, "metrics", json!({ "filter": filter }));
    let line = |series: &Value| {
        let names: Vec<&str> = series["dimensions"].as_object().unwrap().keys().map(String::as_str).collect();
        format!("{} [{}] = {}", series["metric"].as_str().unwrap(), names.join(" "), series["sum"])
    };
    series.as_array().unwrap().iter().map(line).collect()
}

fn call(operation: &str, input: Value) -> Value {
    json!({ "operation": operation, "input": input })
}

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

#[test]
fn a_delivery_on_the_default_bus() {
    let mut simulator = loaded(json!({
        "version": 1,
        "calls": [
            call("PutRule", json!({ "Name": "r", "EventPattern": "{\"source\":[\"s\"]}" })),
            call("PutTargets", json!({ "Rule": "r", "Targets": [{ "Id": "f", "Arn": FUNCTION }] })),
        ],
        "events": [{ "Source": "s", "DetailType": "d", "Detail": {} }, { "Source": "other", "DetailType": "d", "Detail": {} }],
    }));
    assert_eq!(
        shown(&mut simulator, json!({ "rule": "r" })),
        [
            "IngestionToInvocationCompleteLatency [RuleName] = 0",
            "IngestionToInvocationStartLatency [RuleName] = 0",
            "IngestionToInvocationSuccessLatency [RuleName] = 0",
            "InvocationAttempts [RuleName] = 1",
            "Invocations [RuleName] = 1",
            "MatchedEvents [RuleName] = 1",
            "SuccessfulInvocationAttempts [RuleName] = 1",
            "TriggeredRules [RuleName] = 1",
        ]
    );
    assert_eq!(
        shown(&mut simulator, json!({ "bus": "", "rule": "" })),
        [
            "IngestionToInvocationCompleteLatency [] = 0",
            "IngestionToInvocationStartLatency [] = 0",
            "IngestionToInvocationSuccessLatency [] = 0",
            "InvocationAttempts [] = 1",
            "Invocations [] = 1",
            "InvocationsCreated [] = 1",
            "PutEventsApproximateCallCount [] = 2",
            "PutEventsApproximateSuccessCount [] = 2",
            "PutEventsEntriesCount [] = 2",
            "PutEventsRequestSize [] = 12",
            "SuccessfulInvocationAttempts [] = 1",
            "TriggeredRules [] = 1",
        ]
    );
    assert_eq!(
        shown(&mut simulator, json!({ "bus": "default", "metric": "MatchedEvents" })),
        ["MatchedEvents [EventBusName] = 1", "MatchedEvents [RuleName] = 1"]
    );
}

/// Recorded: a bus target has invocations but no attempts; a hop too many is a failure, and goes to the dead-letter queue.
#[test]
fn hops_between_buses() {
    let bus = |name: &str| format!("arn:aws:events:us-east-1:123456789012:event-bus/{name}");
    let role = "arn:aws:iam::123456789012:role/events";
    let rule = |on: &str, to: &str| {
        let queue = json!({ "Arn": "arn:aws:sqs:us-east-1:123456789012:dead" });
        let target = json!({ "Id": "b", "Arn": bus(to), "RoleArn": role, "DeadLetterConfig": queue });
        [
            call("PutRule", json!({ "Name": on, "EventBusName": on, "EventPattern": "{\"source\":[\"s\"]}" })),
            call("PutTargets", json!({ "Rule": on, "EventBusName": on, "Targets": [target] })),
        ]
    };
    let mut calls: Vec<Value> = ["one", "two"].map(|name| call("CreateEventBus", json!({ "Name": name }))).into();
    calls.extend(rule("one", "two"));
    calls.extend(rule("two", "default"));
    let events = json!([{ "Source": "s", "DetailType": "d", "Detail": {}, "EventBusName": "one" }]);
    let mut simulator = loaded(json!({ "version": 1, "calls": calls, "events": events }));
    assert_eq!(
        shown(&mut simulator, json!({ "rule": "one" })),
        [
            "Invocations [EventBusName RuleName] = 1",
            "MatchedEvents [EventBusName RuleName] = 1",
            "TriggeredRules [EventBusName RuleName] = 1",
        ]
    );
    assert_eq!(
        shown(&mut simulator, json!({ "rule": "two" })),
        [
            "FailedInvocations [EventBusName RuleName] = 1",
            "Invocations [EventBusName RuleName] = 1",
            "InvocationsSentToDlq [EventBusName RuleName] = 1",
            "MatchedEvents [EventBusName RuleName] = 1",
            "TriggeredRules [EventBusName RuleName] = 1",
        ]
    );
}

#[test]
fn a_handler_that_fails_and_a_loop_that_is_stopped() {
    let mut simulator = loaded(json!({
        "version": 1,
        "effects": [{ "target": "*:again", "emits": [{ "Source": "again", "DetailType": "d", "Detail": {} }] }],
        "calls": [
            call("PutRule", json!({ "Name": "again", "EventPattern": "{\"source\":[\"again\"]}" })),
            call("PutTargets", json!({ "Rule": "again", "Targets": [{ "Id": "f", "Arn": FUNCTION.replace(":f", ":again") }] })),
        ],
        "events": [{ "Source": "again", "DetailType": "d", "Detail": {} }],
    }));
    assert_eq!(
        shown(&mut simulator, json!({ "rule": "again", "metric": "DeadLetterInvocations" })),
        ["DeadLetterInvocations [RuleName] = 1"]
    );
    assert_eq!(
        shown(&mut simulator, json!({ "rule": "again", "metric": "Invocations" })),
        ["Invocations [RuleName] = 1"]
    );
}

#[test]
fn datapoints_are_minutes_of_the_virtual_clock() {
    let event = json!({ "Source": "s", "DetailType": "d", "Detail": {} });
    let mut simulator = loaded(json!({
        "version": 1,
        "options": { "now": "2026-03-01T10:00:30Z" },
        "calls": [call("PutRule", json!({ "Name": "r", "EventPattern": "{\"source\":[\"s\"]}" }))],
        "steps": [{ "events": [event, event] }, { "advance": "1m" }, { "events": [event] }],
    }));
    let series = verb(&mut simulator, "metrics", json!({ "filter": { "rule": "r", "metric": "TriggeredRules" } }));
    assert_eq!(
        series[0]["datapoints"],
        json!([
            { "time": "2026-03-01T10:00:00Z", "sum": 2, "sampleCount": 2, "minimum": 0, "maximum": 1 },
            { "time": "2026-03-01T10:01:00Z", "sum": 1, "sampleCount": 1, "minimum": 0, "maximum": 1 },
        ])
    );
}
