//! A long run in bounded memory: the record keeps so much, counts what left it, and never loses what is still needed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::simulator::{Caller, Simulator};
use eventbridge_sim::{api, io};
use serde_json::{Value, json};

fn simulator(options: &Value) -> Simulator {
    let options = eventbridge_sim::json::parse(&options.to_string()).unwrap();
    Simulator::new(io::options(Some(&options)).unwrap())
}

fn call(simulator: &mut Simulator, operation: &str, input: Value) -> Value {
    let (account, region) = (simulator.options().account.clone(), simulator.options().region.clone());
    let answer = api::dispatch(
        simulator,
        operation,
        &input.to_string(),
        &Caller { account, region, parent: None, trace_header: None },
    );
    assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn verb(simulator: &mut Simulator, verb: &str, input: Value) -> Result<Value, Value> {
    match io::control(simulator, verb, &input.to_string()) {
        Ok(answer) => Ok(serde_json::from_str(&answer).unwrap()),
        Err(error) => Err(serde_json::to_value(error).unwrap()),
    }
}

fn rule(simulator: &mut Simulator, name: &str, pattern: Value, function: &str) {
    call(simulator, "PutRule", json!({ "Name": name, "EventPattern": pattern.to_string() }));
    let arn = format!("arn:aws:lambda:us-east-1:123456789012:function:{function}");
    call(simulator, "PutTargets", json!({ "Rule": name, "Targets": [{ "Id": "f", "Arn": arn }] }));
}

fn put(simulator: &mut Simulator, detail_types: &[String]) -> Vec<String> {
    let entry = |name: &String| json!({ "Source": "scale", "DetailType": name, "Detail": "{\"n\":1}" });
    let entries: Vec<Value> = detail_types.iter().map(entry).collect();
    let answer = call(simulator, "PutEvents", json!({ "Entries": entries }));
    answer["Entries"].as_array().unwrap().iter().map(|entry| entry["EventId"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_hundred_thousand_events_pass_a_thousand_rules_in_a_record_of_ten_thousand() {
    let mut simulator = simulator(&json!({}));
    for number in 0..1_000 {
        rule(&mut simulator, &format!("r{number:03}"), json!({ "detail-type": [format!("t{number}")] }), "f");
    }
    let mut last = String::new();
    for batch in 0..10_000 {
        let names: Vec<String> = (0..10).map(|entry| format!("t{}", (batch * 10 + entry) % 1_000)).collect();
        last = put(&mut simulator, &names).pop().unwrap();
        let kept = simulator.kept();
        assert!(kept.events + kept.invocations <= 10_000);
    }
    let kept = simulator.kept();
    assert_eq!((kept.events, kept.invocations, kept.limit), (5_000, 5_000, 10_000));
    assert_eq!((kept.dropped_events, kept.dropped_invocations), (95_000, 95_000));
    assert_eq!(
        verb(&mut simulator, "invocations", json!({ "filter": { "eventId": last } })).unwrap()[0]["outcome"],
        "delivered"
    );
    let roots = verb(&mut simulator, "trace", json!({ "eventId": last })).unwrap();
    assert_eq!(roots[0]["rules"].as_array().unwrap().len(), 1_000);
}

#[test]
fn what_left_the_record_is_told_apart_from_what_never_was() {
    let mut simulator = simulator(&json!({ "maxRecord": 4 }));
    rule(&mut simulator, "all", json!({ "source": ["scale"] }), "f");
    let nothing = verb(&mut simulator, "trace", json!({ "eventId": "never" })).unwrap();
    assert_eq!(nothing, json!([]));
    let first = put(&mut simulator, &["a".to_owned()]).remove(0);
    for _ in 0..3 {
        put(&mut simulator, &["b".to_owned()]);
    }
    for (asked, input) in
        [("trace", json!({ "eventId": first })), ("invocations", json!({ "filter": { "eventId": first } }))]
    {
        let error = verb(&mut simulator, asked, input).unwrap_err();
        assert_eq!(error["name"], "NotInRecordError");
        assert_eq!(
            error["message"],
            format!(
                "event `{first}` is not in the record, which keeps 4 events and invocations and has dropped 2 and 2"
            )
        );
    }
    let kept = json!({ "events": 2, "invocations": 2, "droppedEvents": 2, "droppedInvocations": 2, "droppedLoops": 0, "limit": 4 });
    assert_eq!(verb(&mut simulator, "record", json!({})).unwrap(), kept);
}

#[test]
fn an_id_is_found_while_its_event_is_there_whenever_ids_were_asked_for() {
    for asks_every in [1, 3, 7, 100] {
        let mut simulator = simulator(&json!({ "maxRecord": 10 }));
        rule(&mut simulator, "all", json!({ "source": ["scale"] }), "f");
        let mut ids: Vec<String> = Vec::new();
        for turn in 0..60 {
            ids.extend(put(&mut simulator, &["a".to_owned()]));
            for (age, id) in ids.iter().rev().enumerate().take(if turn % asks_every == 0 { 8 } else { 0 }) {
                let found = verb(&mut simulator, "invocations", json!({ "filter": { "eventId": id } }));
                assert_eq!(found.is_ok(), age < 5, "event {turn} - {age}, asked every {asks_every}");
                assert!(found.is_err() || found.unwrap().as_array().unwrap().len() == 1);
            }
        }
    }
}

#[test]
fn an_index_that_is_kept_too_long_finds_nothing_and_breaks_nothing() {
    let mut simulator = simulator(&json!({ "maxRecord": 4 }));
    rule(&mut simulator, "all", json!({ "source": ["scale"] }), "f");
    put(&mut simulator, &["a".to_owned()]);
    let kept = simulator.record().invocations().next().unwrap();
    for _ in 0..3 {
        put(&mut simulator, &["b".to_owned()]);
    }
    let gone = simulator.record().invocation(kept);
    assert_eq!((&*gone.id, gone.target.arn.as_str()), ("", ""));
    assert!(simulator.record().arrival(gone.arrival).dropped.is_some());
    assert!(simulator.record().rule(kept).is_none());
}

#[test]
fn what_waits_for_a_handler_stays_until_it_is_answered() {
    let mut simulator = simulator(&json!({ "maxRecord": 10 }));
    rule(&mut simulator, "slow", json!({ "detail-type": ["slow"] }), "slow");
    rule(&mut simulator, "fast", json!({ "detail-type": ["fast"] }), "fast");
    verb(&mut simulator, "handler", json!({ "target": "*:slow" })).unwrap();
    let slow: Vec<String> = (0..5).flat_map(|_| put(&mut simulator, &["slow".to_owned()])).collect();
    for _ in 0..100 {
        put(&mut simulator, &["fast".to_owned()]);
    }
    let kept = simulator.kept();
    assert_eq!((kept.events, kept.dropped_events), (6, 99), "five wait, and the newest always stays");
    for id in &slow {
        let polled = verb(&mut simulator, "poll", json!({})).unwrap();
        assert_eq!(polled["invocation"]["event"]["id"], json!(id));
        let answer = json!({ "id": polled["invocation"]["id"], "events": [{ "Source": "scale", "DetailType": "fast", "Detail": {} }] });
        verb(&mut simulator, "complete", answer).unwrap();
    }
    let kept = simulator.kept();
    assert!(kept.events + kept.invocations <= 10, "{kept:?}");
    assert_eq!(verb(&mut simulator, "trace", json!({ "eventId": slow[0] })).unwrap_err()["name"], "NotInRecordError");
}

#[test]
fn a_loop_is_found_however_little_the_record_keeps() {
    let mut simulator = simulator(&json!({ "maxRecord": 0 }));
    rule(&mut simulator, "again", json!({ "detail-type": ["again"] }), "again");
    let emits = json!([{ "Source": "scale", "DetailType": "again", "Detail": "<$.detail>" }]);
    verb(&mut simulator, "effect", json!({ "effect": { "target": "*:again", "emits": emits } })).unwrap();
    for _ in 0..3 {
        put(&mut simulator, &["again".to_owned()]);
    }
    let loops = verb(&mut simulator, "loops", json!({})).unwrap();
    assert_eq!((&loops[0]["verdict"], &loops[0]["count"]), (&json!("proven"), &json!(3)));
}

#[test]
fn invocations_can_be_chosen() {
    let mut simulator = simulator(&json!({}));
    rule(&mut simulator, "one", json!({ "detail-type": ["a", "b"] }), "one");
    rule(&mut simulator, "two", json!({ "detail-type": ["b"] }), "two");
    put(&mut simulator, &["a".to_owned(), "b".to_owned()]);
    let mut count = |filter: Value| {
        verb(&mut simulator, "invocations", json!({ "filter": filter })).unwrap().as_array().unwrap().len()
    };
    assert_eq!(count(json!({})), 3);
    assert_eq!(count(json!({ "rule": "one" })), 2);
    assert_eq!(count(json!({ "rule": "one", "event": { "detail-type": ["b"] } })), 1);
    assert_eq!(count(json!({ "target": "*:two" })), 1);
    assert_eq!(count(json!({ "targetId": "f", "bus": "default", "outcome": "delivered" })), 3);
    assert_eq!(count(json!({ "errorCode": "NO_PERMISSIONS" })), 0);
    for (filter, message) in [
        (
            json!({ "rul": "one" }),
            "there is no filter `rul`: there are rule, bus, target, targetId, eventId, outcome, errorCode, event",
        ),
        (
            json!({ "outcome": "done" }),
            "there is no outcome `done`: there are delivered, failed, not-delivered, loop-stopped, pending",
        ),
        (json!({ "rule": 1 }), "`rule` must be a string"),
    ] {
        assert_eq!(verb(&mut simulator, "invocations", json!({ "filter": filter })).unwrap_err()["message"], message);
    }
}

#[test]
fn reports_of_a_thousand_loops_are_kept() {
    let mut simulator = simulator(&json!({ "maxRecord": 10 }));
    let emits = json!([{ "Source": "scale", "DetailType": "<$.detail-type>", "Detail": {} }]);
    verb(&mut simulator, "effect", json!({ "effect": { "target": "*", "emits": emits } })).unwrap();
    for number in 0..1_010 {
        let name = format!("r{number}");
        rule(&mut simulator, &name, json!({ "detail-type": [name] }), "f");
    }
    for number in 0..1_010 {
        put(&mut simulator, &[format!("r{number}")]);
    }
    assert_eq!(simulator.loops().len(), 1_000);
    assert_eq!(simulator.kept().dropped_loops, 10);
    let last = verb(&mut simulator, "invocations", json!({ "filter": { "rule": "r1009" } })).unwrap();
    assert_eq!(last[1]["outcome"], "loop-stopped");
}

#[test]
fn what_is_stopped_is_bounded_too() {
    let mut simulator = simulator(&json!({ "maxFirings": 500 }));
    let emission =
        |number: usize| json!({ "Source": "scale", "DetailType": format!("t{number}"), "Detail": { "n": "<@uuid>" } });
    let emits: Vec<Value> = (0..10).map(emission).collect();
    verb(&mut simulator, "effect", json!({ "effect": { "target": "*", "emits": emits } })).unwrap();
    for number in 0..50 {
        rule(&mut simulator, &format!("r{number}"), json!({ "source": ["scale"] }), "f");
    }
    let first = put(&mut simulator, &["t".to_owned()]).pop().unwrap();
    // Five hundred firings, ten events each, fifty rules for each of those: a quarter of a million would be stopped.
    let kept = simulator.kept();
    assert_eq!((kept.events, kept.invocations), (5_001, 500 + 5_000));
    let trace = verb(&mut simulator, "trace", json!({ "eventId": first })).unwrap().to_string();
    assert_eq!(trace.matches("\"too many firings of its origin were stopped\"").count(), 5_001 - 110);
    // The next one from outside begins anew.
    let next = put(&mut simulator, &["t".to_owned()]).pop().unwrap();
    let next = verb(&mut simulator, "trace", json!({ "eventId": next })).unwrap();
    assert!(next[0].get("dropped").is_none());
}
