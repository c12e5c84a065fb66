//! Rows of `delivery.jsonl` and those of `metrics.jsonl` and `transformer.jsonl` that other services decide: the world around
//! is declared as `resources`, the event is put, and what arrived where must be what was recorded, to the letter.

use eventbridge_sim::io;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::state::{AccountId, Region};
use eventbridge_sim::simulator::{Caller, Simulator};
use serde_json::{Value as Json, json};

use crate::hops;
use crate::placeholders::Bindings;
use crate::{Tally, text};

pub const ACCOUNT: &str = "123456789012";
pub const DLQ: &str = "arn:aws:sqs:us-east-1:123456789012:dlq";
pub const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111";

/// A simulator of one test, with its calls.
pub struct Sim(Simulator);

impl Sim {
    pub fn new(account: &str, resources: Json) -> Self {
        let options = json!({ "account": account, "resources": resources }).to_string();
        Self(Simulator::new(io::options(Some(&json::parse(&options).unwrap())).unwrap()))
    }

    pub fn call_in(&mut self, region: &str, account: &str, operation: &str, input: &Json) -> Result<Json, String> {
        let caller = Caller::new(AccountId::new(account), Region::new(region));
        self.call_as(&caller, operation, input)
    }

    fn call_as(&mut self, caller: &Caller, operation: &str, input: &Json) -> Result<Json, String> {
        let answer = eventbridge_sim::api::dispatch(&mut self.0, operation, &input.to_string(), caller);
        if answer.status == 200 { Ok(serde_json::from_str(&answer.body).unwrap()) } else { Err(answer.body) }
    }

    pub fn call(&mut self, operation: &str, input: &Json) -> Json {
        self.call_in("us-east-1", ACCOUNT, operation, input).unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    pub fn verb(&mut self, verb: &str, input: &Json) -> Json {
        serde_json::from_str(&io::control(&mut self.0, verb, &input.to_string()).unwrap()).unwrap()
    }

    /// A rule of a bus for all events of account 123456789012, with one target.
    pub fn rule(&mut self, bus: &str, name: &str, target: Json) {
        let pattern = r#"{"account":[{"exists":true}]}"#;
        self.call("PutRule", &json!({ "Name": name, "EventBusName": bus, "EventPattern": pattern }));
        self.call("PutTargets", &json!({ "Rule": name, "EventBusName": bus, "Targets": [target] }));
    }

    pub fn put(&mut self, bus: &str, detail: &str) {
        let entry = json!({ "Source": "probes", "DetailType": "t", "Detail": detail, "EventBusName": bus });
        self.call("PutEvents", &json!({ "Entries": [entry] }));
    }

    pub fn invocations(&mut self) -> Vec<Json> {
        self.verb("invocations", &json!({})).as_array().unwrap().clone()
    }
}

pub fn replay(rows: &[Value], tally: &mut Tally) {
    for row in rows {
        let verdict = match text(row, "kind") {
            "sqs-target-policy-condition" => queue_policy(row),
            "kms-key-policy-condition" => key_policy(row),
            "trace-header" => trace_header(row),
            "kinesis-partition-key" => partition_key(row),
            "bus-hop" if row.get("put").is_some() => hops::forward(row),
            "bus-hop" => hops::hop(row),
            "logs-target" => logs(row),
            "dlq" => dead_letter(row),
            "bus-dlq" => bus_dead_letter(row),
            "put-events-entry-error" => entry_error(row),
            // Those of the clock: `replays`.
            "replay-setup" | "replay" | "replay-lifecycle" | "scheduled-event" => continue,
            kind => {
                tally.leave(format!("delivery of kind {kind}"));
                continue;
            }
        };
        tally.judge(&format!("delivery {}", text(row, "id")), verdict);
    }
}

fn allow(action: &str, condition: &Value) -> Json {
    let condition: Json = serde_json::from_str(&condition.to_string()).unwrap();
    json!([{ "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": action, "Condition": condition }])
}

fn compare_letter(row: &Value, invocation: &Json) -> Result<(), String> {
    match text(row, "delivered_to") {
        "target" if invocation["outcome"] == "delivered" => Ok(()),
        "target" => Err(format!("not delivered: {invocation}")),
        _ => attributes(row, &invocation["deadLetter"]["attributes"]),
    }
}

/// Every attribute that was recorded; `bind` knows what the placeholders stand for.
pub fn attributes(row: &Value, found: &Json) -> Result<(), String> {
    attributes_with(row, found, &mut Bindings::new())
}

pub fn attributes_with(row: &Value, found: &Json, bindings: &mut Bindings) -> Result<(), String> {
    let wanted = row.get("dlq_attributes").unwrap().as_object().unwrap();
    for member in wanted {
        let (wanted, found) = (member.value.as_str().unwrap(), found[&*member.name].as_str().unwrap_or_default());
        if !bindings.matches(wanted, found) {
            return Err(format!("{}\n  wanted {wanted}\n  found  {found}", member.name));
        }
    }
    match found.as_object().map(|found| found.keys().any(|name| name.contains("RETR"))) {
        Some(false) => Ok(()),
        _ => Err(format!("retries are told of, or nothing is: {found}")),
    }
}

fn queue_policy(row: &Value) -> Result<(), String> {
    let name = "probes-event-delivery-owned";
    let queue = format!("arn:aws:sqs:us-east-1:{ACCOUNT}:{name}-target");
    let policy = allow("sqs:SendMessage", &Bindings::new().fill(row.get("condition").unwrap()));
    let mut sim = Sim::new(ACCOUNT, json!({ &queue: { "policy": policy } }));
    sim.call("CreateEventBus", &json!({ "Name": name }));
    sim.rule(name, name, json!({ "Id": "target", "Arn": queue, "DeadLetterConfig": { "Arn": DLQ } }));
    sim.put(name, "{}");
    compare_letter(row, &sim.invocations()[0])
}

/// Rule a and rule b send to one encrypted queue; when it is warm, rule a has sent before.
fn key_policy(row: &Value) -> Result<(), String> {
    let queue = format!("arn:aws:sqs:us-east-1:{ACCOUNT}:q");
    let rule = |name: &str| format!("arn:aws:events:us-east-1:{ACCOUNT}:rule/{name}");
    let condition = row.get("condition").unwrap().to_string();
    let condition =
        condition.replace("{rule a}", &rule("a")).replace("{target queue}", &queue).replace("{account}", ACCOUNT);
    let policy = allow("kms:*", &json::parse(&condition).unwrap());
    let mut sim = Sim::new(ACCOUNT, json!({ &queue: { "kmsKey": KEY }, KEY: { "policy": policy } }));
    for name in ["a", "b"] {
        let pattern = format!(r#"{{"detail":{{"to":["{name}"]}}}}"#);
        sim.call("PutRule", &json!({ "Name": name, "EventPattern": pattern }));
        let target = json!({ "Id": "t", "Arn": queue, "DeadLetterConfig": { "Arn": DLQ } });
        sim.call("PutTargets", &json!({ "Rule": name, "Targets": [target] }));
    }
    if text(row, "phase").starts_with("warm") {
        sim.put("default", r#"{"to":"a"}"#);
    }
    sim.put("default", &json!({ "to": text(row, "rule") }).to_string());
    let seen = sim.invocations();
    compare_letter(row, seen.last().unwrap())
}

fn trace_header(row: &Value) -> Result<(), String> {
    let header = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut sim = Sim::new(ACCOUNT, json!({ "arn:aws:sqs:us-east-1:123456789012:gone": { "exists": false } }));
    sim.rule("default", "a", json!({ "Id": "t", "Arn": "arn:aws:sqs:us-east-1:123456789012:q" }));
    let gone =
        json!({ "Id": "t", "Arn": "arn:aws:sqs:us-east-1:123456789012:gone", "DeadLetterConfig": { "Arn": DLQ } });
    sim.rule("default", "b", gone);
    let mut entry = json!({ "Source": "s", "DetailType": "t", "Detail": "{}" });
    if let Some(header) = header("entry_trace_header") {
        entry["TraceHeader"] = json!(header);
    }
    let caller = Caller {
        trace_header: header("http_trace_header"),
        ..Caller::new(AccountId::new(ACCOUNT), Region::new("us-east-1"))
    };
    sim.call_as(&caller, "PutEvents", &json!({ "Entries": [entry] }))?;
    let seen = sim.invocations();
    let wanted = text(row, "delivered_trace_header");
    let delivered = &seen[0]["delivery"]["request"]["MessageSystemAttributes"]["AWSTraceHeader"]["StringValue"];
    for found in [delivered, &seen[1]["deadLetter"]["traceHeader"]] {
        let found = found.as_str().unwrap_or_default();
        if !Bindings::new().matches(wanted, found) {
            return Err(format!("wanted {wanted}, found {found}"));
        }
    }
    Ok(())
}

fn partition_key(row: &Value) -> Result<(), String> {
    let mut sim = Sim::new(ACCOUNT, json!({}));
    let transformer = row.get("input_transformer").unwrap();
    let paths: Json = serde_json::from_str(&transformer.get("paths").unwrap().to_string()).unwrap();
    let target = json!({
        "Id": "custom", "Arn": "arn:aws:kinesis:us-east-1:123456789012:stream/s", "RoleArn": "arn:aws:iam::123456789012:role/r",
        "KinesisParameters": { "PartitionKeyPath": text(row, "partition_key_path") },
        "InputTransformer": { "InputPathsMap": paths, "InputTemplate": text(transformer, "template") },
    });
    sim.rule("default", "a", target);
    sim.rule("default", "b", json!({ "Id": "t", "Arn": "arn:aws:kinesis:us-east-1:123456789012:stream/s", "RoleArn": "arn:aws:iam::123456789012:role/r" }));
    sim.put("default", text(row, "detail"));
    let seen = sim.invocations();
    let key = |index: usize| seen[index]["delivery"]["request"]["PartitionKey"].as_str().unwrap_or_default();
    equal(key(0), text(row, "partition_key"))?;
    equal(seen[0]["input"].as_str().unwrap_or_default(), text(row, "data"))?;
    let (id, uuid) = key(1).split_once('_').ok_or("no `_` in the default key")?;
    equal(id, seen[1]["event"]["id"].as_str().unwrap())?;
    if uuid.len() == 36 { Ok(()) } else { Err(format!("{uuid} is no uuid")) }
}

fn logs(row: &Value) -> Result<(), String> {
    let mut sim = Sim::new(ACCOUNT, json!({}));
    let mut target = json!({ "Id": "t", "Arn": "arn:aws:logs:us-east-1:123456789012:log-group:/probes" });
    let received = row.get("received").unwrap();
    let millis = row.get("log_timestamp_ms").or(received.get("log_timestamp_ms")).and_then(Value::as_i64).unwrap();
    if let Some(transformer) = row.get("input_transformer") {
        let template = text(transformer, "template");
        let paths = json!({ "timestamp": "$.time", "probe": "$.detail.probe", "text": "$.detail.text" });
        target["InputTransformer"] = json!({ "InputPathsMap": paths, "InputTemplate": template });
    }
    sim.rule("default", "r", target);
    let values: Json = row.get("values").map_or(json!({}), |values| serde_json::from_str(&values.to_string()).unwrap());
    for _ in 0..2 {
        let detail = values.to_string();
        let entry =
            json!({ "Source": "s", "DetailType": "t", "Detail": detail, "Time": millis as f64 / 1000.0 + 0.123 });
        sim.call("PutEvents", &json!({ "Entries": [entry] }));
    }
    let seen = sim.invocations();
    let request = |index: usize| &seen[index]["delivery"]["request"];
    equal(&request(0)["logEvents"][0]["timestamp"].to_string(), &millis.to_string())?;
    let wanted = match text(received, "message") {
        "the event JSON, one log event" => seen[0]["input"].as_str().unwrap(),
        message => message,
    };
    equal(request(0)["logEvents"][0]["message"].as_str().unwrap(), wanted)?;
    if request(0)["logStreamName"] == request(1)["logStreamName"] {
        Err("one stream for two".to_owned())
    } else {
        Ok(())
    }
}

fn dead_letter(row: &Value) -> Result<(), String> {
    let queue = "arn:aws:sqs:us-east-1:123456789012:q";
    let resources = match text(row, "situation").contains("disabled key") {
        true => json!({ queue: { "kmsKey": KEY }, KEY: { "state": "Disabled" } }),
        false => json!({ queue: { "exists": false } }),
    };
    let mut sim = Sim::new(ACCOUNT, resources);
    let retry = json!({ "MaximumRetryAttempts": 1 });
    sim.rule(
        "default",
        "r",
        json!({ "Id": "t", "Arn": queue, "RetryPolicy": retry, "DeadLetterConfig": { "Arn": DLQ } }),
    );
    sim.put("default", "{}");
    let seen = sim.invocations();
    equal(&seen[0]["attempt"].to_string(), "1")?;
    let mut bindings = Bindings::new();
    bindings.matches("{key arn}", KEY);
    attributes_with(row, &seen[0]["deadLetter"]["attributes"], &mut bindings)
}

fn bus_dead_letter(row: &Value) -> Result<(), String> {
    let policy = json!([{ "Effect": "Allow", "Principal": "*", "Action": "kms:GenerateDataKey" }]);
    let mut sim = Sim::new(ACCOUNT, json!({}));
    let config = json!({ "Name": "b", "KmsKeyIdentifier": KEY, "DeadLetterConfig": { "Arn": DLQ } });
    sim.call("CreateEventBus", &config);
    sim.verb("declare", &json!({ "arn": KEY, "resource": { "policy": policy } }));
    sim.rule("b", "r", json!({ "Id": "t", "Arn": "arn:aws:sqs:us-east-1:123456789012:q" }));
    sim.put("b", "{}");
    let trace = sim.verb("trace", &json!({}));
    let letter = &trace[0]["deadLetter"];
    let names: Vec<&String> = letter["attributes"].as_object().ok_or("no dead letter")?.keys().collect();
    let wanted: Vec<&str> =
        row.get("attribute_names").unwrap().as_array().unwrap().iter().filter_map(Value::as_str).collect();
    if names != wanted || !sim.invocations().is_empty() {
        return Err(format!("{letter}"));
    }
    attributes(row, &letter["attributes"])
}

fn entry_error(row: &Value) -> Result<(), String> {
    let mut sim = Sim::new(ACCOUNT, json!({}));
    sim.call("CreateEventBus", &json!({ "Name": "b", "KmsKeyIdentifier": KEY }));
    sim.verb("declare", &json!({ "arn": KEY, "resource": { "state": "Disabled" } }));
    let entry = json!({ "Source": "s", "DetailType": "t", "Detail": "{}", "EventBusName": "b" });
    let answer = sim.call("PutEvents", &json!({ "Entries": [entry] }));
    let (wanted, found) = (row.get("entry").unwrap(), &answer["Entries"][0]);
    equal(found["ErrorCode"].as_str().unwrap_or_default(), text(wanted, "ErrorCode"))?;
    equal(found["ErrorMessage"].as_str().unwrap_or_default(), &text(wanted, "ErrorMessage").replace("{key arn}", KEY))
}

pub fn equal(found: &str, wanted: &str) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("\n  wanted {wanted}\n  found  {found}")) }
}
