//! Rows of `delivery.jsonl` about events that go from bus to bus: who may forward, how far, and what arrives.

use eventbridge_sim::json::Value;
use serde_json::{Value as Json, json};

use crate::delivery::{ACCOUNT, DLQ, Sim, attributes, attributes_with, equal};
use crate::placeholders::Bindings;
use crate::text;

/// Bus a sends to bus b; both have a sink.
pub fn forward(row: &Value) -> Result<(), String> {
    let role = "arn:aws:iam::123456789012:role/forward";
    let declared = match text(row, "rule_target") {
        words if words.contains("without events:PutEvents") => json!({ "permissions": [] }),
        words if words.contains("trusts another") => {
            json!({ "trust": { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" } })
        }
        _ => json!({}),
    };
    let mut sim = Sim::new(ACCOUNT, json!({ role: declared }));
    for bus in ["a", "b"] {
        sim.call("CreateEventBus", &json!({ "Name": bus }));
        sim.rule(
            bus,
            "sink",
            json!({ "Id": format!("{bus}-sink"), "Arn": format!("arn:aws:sqs:us-east-1:123456789012:{bus}") }),
        );
    }
    let bus_b = "arn:aws:events:us-east-1:123456789012:event-bus/b";
    let target = json!({ "Id": "b", "Arn": bus_b, "RoleArn": role, "DeadLetterConfig": { "Arn": DLQ } });
    if !text(row, "rule_target").starts_with("none") {
        sim.rule("a", "forward", target);
    }
    let mut bindings = Bindings::new();
    let mut entry: Json = serde_json::from_str(&bindings.fill(row.get("put").unwrap()).to_string()).unwrap();
    entry["Time"] = json!(1_789_475_696);
    sim.call("PutEvents", &json!({ "Entries": [entry] }));
    let seen = sim.invocations();
    let body = |place: &str| match place {
        "dlq" => seen.iter().find_map(|it| it["deadLetter"]["body"].as_str()),
        sink => seen.iter().find(|it| it["targetId"] == sink).and_then(|it| it["input"].as_str()),
    };
    for member in row.get("received").unwrap().as_object().unwrap() {
        let (wanted, found) = (member.value.as_str().unwrap(), body(&member.name).unwrap_or_default());
        if !bindings.matches(wanted, found) {
            return Err(format!("{}\n  wanted {wanted}\n  found  {found}", member.name));
        }
    }
    if row.get("dlq_attributes").is_none() {
        return if seen.iter().all(|it| it["deadLetter"].is_null()) { Ok(()) } else { Err("a dead letter".to_owned()) };
    }
    let letter = seen.iter().find(|it| !it["deadLetter"].is_null()).ok_or("no dead letter")?;
    attributes(row, &letter["deadLetter"]["attributes"])
}

/// Buses in a row, in the regions of the row.
pub fn hop(row: &Value) -> Result<(), String> {
    let regions: Vec<&str> = match row.get("region_path").and_then(Value::as_array) {
        Some(path) => path.iter().filter_map(Value::as_str).collect(),
        None => vec!["us-east-1"; 3],
    };
    let mut sim = Sim::new(ACCOUNT, json!({}));
    let arn = |index: usize| format!("arn:aws:events:{}:{ACCOUNT}:event-bus/bus{index}", regions[index]);
    for (index, region) in regions.iter().enumerate() {
        let name = format!("bus{index}");
        sim.call_in(region, ACCOUNT, "CreateEventBus", &json!({ "Name": name }))?;
        let rule = json!({ "Name": "all", "EventBusName": name, "EventPattern": r#"{"account":[{"exists":true}]}"# });
        sim.call_in(region, ACCOUNT, "PutRule", &rule)?;
        let mut targets = vec![json!({ "Id": "queue", "Arn": format!("arn:aws:sqs:{region}:{ACCOUNT}:q{index}") })];
        if index + 1 < regions.len() {
            let queue = format!("arn:aws:sqs:{region}:{ACCOUNT}:dlq");
            targets.push(json!({ "Id": "next", "Arn": arn(index + 1), "RoleArn": format!("arn:aws:iam::{ACCOUNT}:role/r"), "DeadLetterConfig": { "Arn": queue } }));
        }
        sim.call_in(
            region,
            ACCOUNT,
            "PutTargets",
            &json!({ "Rule": "all", "EventBusName": name, "Targets": targets }),
        )?;
    }
    let entry = json!({ "Source": "probes", "DetailType": "t", "Detail": "{}", "EventBusName": "bus0" });
    sim.call_in(regions[0], ACCOUNT, "PutEvents", &json!({ "Entries": [entry] }))?;
    let seen = sim.invocations();
    let arrived = seen.iter().any(|it| it["target"].as_str().unwrap().ends_with(":q2"));
    let wanted = row.get("arrives_at_last_bus").and_then(Value::as_bool).unwrap_or(false);
    if arrived != wanted {
        return Err(format!("arrived: {arrived}"));
    }
    if row.get("dlq_attributes").is_none() {
        return Ok(());
    }
    let letter = seen.iter().find(|it| !it["deadLetter"].is_null()).ok_or("no dead letter")?;
    let queue = seen.iter().find(|it| it["target"].as_str().unwrap().ends_with(":q1")).ok_or("bus b saw nothing")?;
    equal(letter["deadLetter"]["body"].as_str().unwrap(), queue["input"].as_str().unwrap())?;
    let mut bindings = Bindings::new();
    let rule = letter["rule"].as_str().unwrap();
    if !rule.contains("bus1") || !bindings.matches("{uuid:1}", letter["event"]["id"].as_str().unwrap()) {
        return Err(format!("the dead letter is of {rule}"));
    }
    attributes_with(row, &letter["deadLetter"]["attributes"], &mut bindings)
}
