//! Rows about what targets receive: `transformer.jsonl` and `input-transformer.jsonl`.
//!
//! Each row is a rule with one target, put through the operations; what the target received, or what went into its
//! dead-letter queue, must be what was recorded, byte for byte. Rows whose failure is another service's (no permission, no
//! queue) are run by `tests/recorded`, which declares the world around.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use eventbridge_sim::api;
use eventbridge_sim::io;
use eventbridge_sim::simulator::state::{AccountId, Region};
use eventbridge_sim::simulator::{Caller, Simulator};
use serde_json::{Value, json};

const ACCOUNT: &str = "111111111111";

pub struct Received {
    /// As in traces, or `rejected`.
    pub outcome: String,
    /// The body.
    pub input: String,
    /// `{ arn, attributes, body }`, or null.
    pub dead_letter: Value,
    /// PutTargets' answer, if it refused the target.
    pub rejected: Value,
}

/// Puts a target, lets the event in and tells what became of it.
pub fn deliver(rule: &str, target: Value, event: &str, now: &str) -> Received {
    let options = json!({ "account": ACCOUNT, "now": now }).to_string();
    let options = io::options(Some(&eventbridge_sim::json::parse(&options).unwrap())).unwrap();
    let mut simulator = Simulator::new(options);
    let caller = Caller::new(AccountId::new(ACCOUNT), Region::new("us-east-1"));
    let (bus, name) = rule.split_once('/').unwrap_or(("default", rule));
    let mut call = |operation: &str, body: Value| api::dispatch(&mut simulator, operation, &body.to_string(), &caller);
    if bus != "default" {
        assert_eq!(call("CreateEventBus", json!({ "Name": bus })).status, 200);
    }
    let pattern = r#"{"account":[{"exists":true}]}"#;
    assert_eq!(call("PutRule", json!({ "Name": name, "EventBusName": bus, "EventPattern": pattern })).status, 200);
    let put = call("PutTargets", json!({ "Rule": name, "EventBusName": bus, "Targets": [target] }));
    if put.status != 200 {
        let rejected = serde_json::from_str(&put.body).unwrap();
        return Received { outcome: "rejected".to_owned(), input: String::new(), dead_letter: Value::Null, rejected };
    }
    io::control(&mut simulator, "emit", &format!("{{\"event\":{event},\"bus\":\"{bus}\"}}")).unwrap();
    let seen: Value = serde_json::from_str(&io::control(&mut simulator, "invocations", "{}").unwrap()).unwrap();
    let text = |name: &str| seen[0][name].as_str().unwrap_or_default().to_owned();
    Received {
        outcome: text("outcome"),
        input: text("input"),
        dead_letter: seen[0]["deadLetter"].clone(),
        rejected: Value::Null,
    }
}

/// The target that a row describes.
pub fn target(row: &Value, arn: &str) -> Value {
    let mut target =
        json!({ "Id": "target", "Arn": arn, "DeadLetterConfig": { "Arn": "arn:aws:sqs:us-east-1:111111111111:dlq" } });
    if let Some(template) = row["template"].as_str() {
        target["InputTransformer"] = json!({ "InputTemplate": template });
        if !row["paths"].is_null() {
            target["InputTransformer"]["InputPathsMap"] = row["paths"].clone();
        }
    }
    for (name, member) in [("input", "Input"), ("input_path", "InputPath")] {
        if let Some(text) = row[name].as_str() {
            target[member] = json!(text);
        }
    }
    target
}

/// Compares one row: its id and what came of it, `None` where it is left to another issue.
pub fn run(line: &str) -> (String, Option<Result<(), String>>) {
    let row: Value = match serde_json::from_str(line) {
        Ok(row) => row,
        Err(error) => return (String::new(), Some(Err(error.to_string()))),
    };
    let id = row["id"].as_str().unwrap_or_default().to_owned();
    if matches!(row["dlq"]["attributes"]["ERROR_CODE"].as_str(), Some("NO_PERMISSIONS" | "NO_RESOURCE")) {
        return (id, None);
    }
    let outcome = if row["event"].is_null() && row["rejected"].is_null() { older(&row) } else { newer(&row) };
    (id, Some(outcome))
}

/// A row of 2026: the whole event, and everything byte for byte.
fn newer(row: &Value) -> Result<(), String> {
    let rule_arn = row["rule_arn"].as_str().unwrap_or("arn:aws:events:us-east-1:111111111111:rule/probes/case");
    let rule = rule_arn.split_once("rule/").map_or("case", |(_, rule)| rule);
    let arn = row["dlq"]["attributes"]["TARGET_ARN"].as_str().unwrap_or("arn:aws:sqs:us-east-1:111111111111:q");
    let now = row["ingestion_time"].as_str().unwrap_or("2026-01-01");
    let received = deliver(rule, target(row, arn), row["event"].as_str().unwrap_or("{}"), now);
    if !row["rejected"].is_null() {
        equal(&received.rejected["__type"], &row["rejected"]["code"])?;
        return equal(&received.rejected["message"], &row["rejected"]["message"]);
    }
    if row["not_delivered"] == json!(true) {
        equal(&json!(received.outcome), &json!("not-delivered"))?;
        equal(&received.dead_letter["body"], &row["dlq"]["body"])?;
        return equal(&received.dead_letter["attributes"], &row["dlq"]["attributes"]);
    }
    equal(&json!(received.outcome), &json!("delivered"))?;
    equal(&json!(received.input), &row["output"])
}

/// A row of the older recordings: only `detail` was kept, and moments and names were replaced by words.
fn older(row: &Value) -> Result<(), String> {
    let event = json!({
        "version": "0", "id": "<uuid:2>", "detail-type": "core.update-account-command", "source": "core.update-account-command",
        "account": ACCOUNT, "time": "2026-01-02T03:04:05Z", "region": "us-east-1", "resources": [],
        "detail": if row["detail"].is_null() { json!({ "command": "update-account", "payload": { "acc_id": "0a787ecb-4015", "sf_id": "baz" } }) } else { row["detail"].clone() },
    });
    let received =
        deliver("bus/rule", target(row, "arn:aws:sqs:us-east-1:111111111111:q"), &event.to_string(), "2026-01-01");
    if row["delivered"] == json!(false) {
        return equal(&json!(received.outcome), &json!("not-delivered"));
    }
    equal(&json!(received.outcome), &json!("delivered"))?;
    let shown = received.input.replace("2026-01-02T03:04:05Z", "date").replace("2026-01-01T00:00:00.000Z", "date");
    match &row["output"] {
        Value::String(text) => {
            let named = text.replace("arn:<partition>:events:<region>", "arn:aws:events:us-east-1");
            equal(&json!(shown), &json!(named.replace("<bus-name>", "bus").replace("<rule-name>", "rule")))
        }
        expected => {
            let placeholders =
                |text: &str| text.replace("<ingestion-time>", "1767323045000").replace("<region>", "us-east-1");
            let mut expected: Value = serde_json::from_str(&placeholders(&expected.to_string())).unwrap_or_default();
            // The placeholder stood in quotes; the service writes this time as a number.
            if expected["originalEvent"]["time"].is_string() {
                expected["originalEvent"]["time"] = json!(1_767_323_045_000_u64);
            }
            equal(&serde_json::from_str(&shown).unwrap_or_default(), &expected)
        }
    }
}

fn equal(found: &Value, expected: &Value) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("expected {expected}, found {found}")) }
}
