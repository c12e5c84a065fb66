//! `metrics.jsonl`: one event, one target, a queue whose key is disabled, and a dead-letter queue that takes the message.
//!
//! Latencies of the real service are informative: a virtual clock has none, so those two rows only say that there is a series.

use std::path::Path;

use eventbridge_sim::io;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Options, Simulator};

use super::{Tally, rows, text};

const SCENARIO: &str = r#"{"scenario":{"version":1,
  "options":{"resources":{
    "arn:aws:sqs:us-east-1:123456789012:target":{"kmsKey":"arn:aws:kms:us-east-1:123456789012:key/k"},
    "arn:aws:kms:us-east-1:123456789012:key/k":{"state":"Disabled"}}},
  "calls":[
    {"operation":"CreateEventBus","input":{"Name":"bus"}},
    {"operation":"PutRule","input":{"Name":"RULE","EventBusName":"bus","EventPattern":"{\"source\":[\"s\"]}"}},
    {"operation":"PutTargets","input":{"Rule":"RULE","EventBusName":"bus","Targets":[{"Id":"q",
      "Arn":"arn:aws:sqs:us-east-1:123456789012:target",
      "DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:dead"}}]}}],
  "events":[{"Source":"s","DetailType":"d","Detail":{},"EventBusName":"bus"}]}}"#;

pub fn replay(folder: &Path, tally: &mut Tally) {
    for row in &rows(&folder.join("metrics.jsonl")) {
        let rule = row.get("rule").and_then(Value::as_str).unwrap_or("any");
        let mut simulator = Simulator::new(Options::default());
        io::control(&mut simulator, "load", &SCENARIO.replace("RULE", rule)).expect("the scenario is right");
        let filter = Value::object(vec![("rule", Value::from(rule)), ("metric", Value::from(text(row, "metric")))]);
        let input = json::print(&Value::object(vec![("filter", filter)]));
        let shown = io::control(&mut simulator, "metrics", &input).expect("the filter is right");
        let shown = json::parse(&shown).expect("it is JSON");
        let series = shown.as_array().and_then(<[Value]>::first);
        tally.judge(&format!("metrics {}", text(row, "id")), compare(row, series));
    }
}

fn compare(row: &Value, series: Option<&Value>) -> Result<(), String> {
    let observed = row.get("observed").filter(|observed| !observed.is_null());
    let (wanted, series) = match (observed, series) {
        (None, None) if row.get("observed_ms").is_none() => return Ok(()),
        (None, Some(series)) if row.get("observed_ms").is_none() => return Err(format!("no datapoint, got {series}")),
        (_, None) => return Err("there is no series".to_owned()),
        (wanted, Some(series)) => (wanted, series),
    };
    let names = |value: Option<&Value>| -> Vec<String> {
        let members = value.and_then(Value::as_object).unwrap_or_default();
        members.iter().map(|member| member.name.to_string()).collect()
    };
    let dimensions: Vec<String> = row
        .get("dimensions")
        .and_then(Value::as_array)
        .unwrap_or_default()
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    if names(series.get("dimensions")) != dimensions {
        return Err(format!("other dimensions: {series}"));
    }
    let point = series.get("datapoints").and_then(Value::as_array).and_then(<[Value]>::first);
    for member in wanted.and_then(Value::as_object).unwrap_or_default() {
        let mut name = member.name.to_string();
        name.replace_range(..1, &name[..1].to_ascii_lowercase());
        let found = point.and_then(|point| point.get(&name)).map(json::print);
        if found.as_deref() != Some(&json::print(&member.value)) {
            return Err(format!("{}: wanted {}, got {found:?}", member.name, member.value));
        }
    }
    Ok(())
}
