//! A long run in bounded memory: the record keeps so much, counts what left it, and never loses what is still needed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::{api, io};
use eventbridge_sim::simulator::{Caller, Simulator};
use serde_json::{Value, json};

fn simulator(options: &Value) -> Simulator {
    let options = eventbridge_sim::json::parse(&options.to_string()).unwrap();
    Simulator::new(io::options(Some(&options)).unwrap())
}

fn call(simulator: &mut Simulator, operation: &str, input: Value) -> Value {
    let (account, region) = (simulator.options().account.clone(), simulator.options().region.clone());
    let answer = api::dispatch(simulator, operation, &input.to_string(), &Caller { account, region, parent: None });
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
    assert_eq!(verb(&mut simulator, "invocations", json!({ "filter": { "eventId": last } })).unwrap()[0]["outcome"], "delivered");
    let roots = verb(&mut simulator, "trace", json!({ "eventId": last })).unwrap();
    assert_eq!(roots[0]["rules"].as_array().unwrap().len(), 1_000);
}
