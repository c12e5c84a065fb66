//! Holds the operations against recordings of the real service: `recorded/calls.jsonl`, `schedules.jsonl`, `policies.jsonl` and the refused
//! rows of `transformer.jsonl`, from the folder that `CONFORMANCE_DIR` names.
//!
//! A scenario is replayed in order in a fresh world. A row is *left* when it needs another service that cannot be declared;
//! what is left is counted by reason. All other rows must be equal: code and message byte for byte,
//! outputs as JSON with member order ignored and policies as sets of statements.
//!
//! The last line is `N passed, M failed`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod delivery;
mod hops;
mod metrics;
mod placeholders;
mod presets;
mod refusals;
mod replays;
mod same;
mod schedules;
mod world;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use eventbridge_sim::json::{self, Value};

use placeholders::Bindings;
use world::{Answer, World};

/// What came of the rows.
#[derive(Default)]
pub struct Tally {
    passed: usize,
    failures: Vec<String>,
    left: BTreeMap<String, usize>,
}

impl Tally {
    fn leave(&mut self, reason: impl Into<String>) {
        *self.left.entry(reason.into()).or_default() += 1;
    }

    fn judge(&mut self, name: &str, verdict: Result<(), String>) {
        match verdict {
            Ok(()) => self.passed += 1,
            Err(why) => self.failures.push(format!("{name}: {why}")),
        }
    }
}

fn main() -> ExitCode {
    let Some(folder) = std::env::var_os("CONFORMANCE_DIR") else {
        println!("CONFORMANCE_DIR is not set: there are no recordings to compare with");
        println!("0 passed, 0 failed");
        return ExitCode::SUCCESS;
    };
    let recorded = Path::new(&folder).join("recorded");
    let mut tally = Tally::default();
    replay_calls(&rows(&recorded.join("calls.jsonl")), &mut tally);
    replays::replay(&rows(&recorded.join("delivery.jsonl")), &mut tally);
    schedules::replay(&rows(&recorded.join("schedules.jsonl")), &mut tally);
    replay_policies(&rows(&recorded.join("policies.jsonl")), &mut tally);
    replay_refused_targets(&rows(&recorded.join("transformer.jsonl")), &mut tally);
    metrics::replay(&recorded, &mut tally);
    presets::compare(Path::new(&folder), &mut tally);
    delivery::replay(&rows(&recorded.join("delivery.jsonl")), &mut tally);
    refusals::replay_access(&rows(&recorded.join("policies.jsonl")), &mut tally);
    refusals::replay_refused_queues(&rows(&recorded.join("transformer.jsonl")), &mut tally);
    for failure in &tally.failures {
        println!("FAILED {failure}\n");
    }
    for (reason, count) in &tally.left {
        println!("{count:4} rows left: {reason}");
    }
    println!("{} rows compared", tally.passed + tally.failures.len());
    println!("{} passed, {} failed", tally.passed, tally.failures.len());
    if tally.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| json::parse(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn replay_calls(rows: &[Value], tally: &mut Tally) {
    let mut scenario = "";
    let (mut world, mut bindings) = (World::new(), Bindings::new());
    for row in rows {
        if text(row, "scenario") != scenario {
            scenario = text(row, "scenario");
            (world, bindings) = (World::new(), Bindings::new());
        }
        let operation = text(row, "operation");
        let name = format!("{scenario} {} {} {operation}", row.get("step").unwrap(), text(row, "case"));
        let input = bindings.fill(row.get("input").unwrap());
        if text(row, "needs") == "time: a completed replay" {
            world.start_replay(text(&input, "ReplayName"));
        }
        if text(row, "needs").starts_with("time") {
            world.wait();
        }
        let answer = world.call(operation, &input);
        if row.get("needs").is_some() && !is_declared(row) {
            tally.leave(format!("needs {}", text(row, "needs")));
        } else {
            tally.judge(&name, compare(row, &answer, &mut bindings));
        }
    }
}

/// Whether what the row needs is there: other services are declared in [`World::new`], and time has passed.
fn is_declared(row: &Value) -> bool {
    let literal = !text(row, "note").starts_with("input not literal");
    literal && ["iam", "kms", "time"].iter().any(|service| text(row, "needs").starts_with(service))
}

fn compare(row: &Value, answer: &Answer, bindings: &mut Bindings) -> Result<(), String> {
    match row.get("error") {
        Some(error) => compare_error(error, answer, bindings),
        None if answer.status != 200 => Err(format!("refused: {}", answer.body)),
        None if text(row, "note").contains("compare as a set") => {
            same::same(&by_name(row.get("output").unwrap()), &by_name(&answer.body), bindings)
        }
        None => same::same(row.get("output").unwrap(), &comparable(row, &answer.body), bindings),
    }
}

/// The answer without what the row does not show: `note` names a member that was left out.
fn comparable(row: &Value, body: &Value) -> Value {
    let left_out = text(row, "note").split(" member left out here").next().unwrap_or_default();
    let members = body.as_object().unwrap_or_default().iter();
    Value::object(members.filter(|it| it.name != left_out).map(|it| (it.name.clone(), it.value.clone())).collect())
}

/// An answer with its list of archives in the order of their names.
fn by_name(answer: &Value) -> Value {
    let sorted = |value: &Value| {
        let Some(items) = value.as_array() else { return value.clone() };
        let mut items = items.to_vec();
        items.sort_by_key(|item| text(item, "ArchiveName").to_owned());
        Value::array(items)
    };
    Value::object(answer.as_object().unwrap().iter().map(|it| (it.name.clone(), sorted(&it.value))).collect())
}

fn compare_error(error: &Value, answer: &Answer, bindings: &mut Bindings) -> Result<(), String> {
    if answer.status != 400 {
        return Err(format!("wanted {error}, got {} {}", answer.status, answer.body));
    }
    same::same(error.get("code").unwrap(), answer.body.get("__type").unwrap(), bindings)?;
    match error.get("message") {
        Some(message) => same::same(message, answer.body.get("message").unwrap(), bindings),
        None => Ok(()),
    }
}

fn replay_policies(rows: &[Value], tally: &mut Tally) {
    for row in rows {
        let name = format!("policies {}", text(row, "id"));
        if text(row, "kind") == "access" {
            continue;
        }
        if row.get("needs").is_some() && !text(row, "needs").starts_with("iam") {
            tally.leave(format!("needs {}", text(row, "needs")));
            continue;
        }
        let (mut world, mut bindings) = (World::new(), Bindings::new());
        let policy = text(row, "policy");
        // The bus is the one that the policy names; where it names none or all, any will do.
        let buses = ["probes-events-permissions-owned00000", "probes-events-policy-owned00000"];
        let bus = buses.into_iter().find(|bus| policy.contains(bus)).unwrap_or(buses[1]);
        world.call("CreateEventBus", &Value::object(vec![("Name", Value::from(bus))]));
        let mut members =
            vec![("EventBusName".to_owned(), Value::from(bus)), ("Policy".to_owned(), Value::from(policy))];
        let others = row.get("with").and_then(Value::as_object).unwrap_or_default();
        members.extend(others.iter().map(|member| (member.name.to_string(), member.value.clone())));
        let answer = world.call("PutPermission", &bindings.fill(&Value::object(members)));
        let verdict = match (row.get("error"), row.get("stored")) {
            (Some(error), _) => compare_error(error, &answer, &mut bindings),
            (None, _) if answer.status != 200 => Err(format!("refused: {}", answer.body)),
            (None, None) => Ok(()),
            (None, Some(stored)) => {
                let described = world.call("DescribeEventBus", &Value::object(vec![("Name", Value::from(bus))]));
                let wanted = Value::object(vec![("Policy", stored.clone())]);
                let found = Value::object(vec![("Policy", described.body.get("Policy").unwrap().clone())]);
                same::same(&wanted, &found, &mut bindings)
            }
        };
        tally.judge(&name, verdict);
    }
}

/// The rows of targets that PutTargets refused: their input, path or template is sent as a queue's.
fn replay_refused_targets(rows: &[Value], tally: &mut Tally) {
    for row in rows {
        let Some(rejected) = row.get("rejected") else { continue };
        let mut world = World::new();
        let rule = r#"{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}"#;
        world.call("PutRule", &json::parse(rule).unwrap());
        let queue = "arn:aws:sqs:us-east-1:123456789012:queue";
        let mut target = vec![("Id", Value::from("target")), ("Arn", Value::from(queue))];
        for (member, given) in [("Input", "input"), ("InputPath", "input_path")] {
            target.extend(row.get(given).filter(|value| !value.is_null()).map(|value| (member, value.clone())));
        }
        if let Some(template) = row.get("template").filter(|template| !template.is_null()) {
            let mut transformer = vec![("InputTemplate", template.clone())];
            let paths = row.get("paths").filter(|paths| !paths.is_null());
            transformer.extend(paths.map(|paths| ("InputPathsMap", paths.clone())));
            target.push(("InputTransformer", Value::object(transformer)));
        }
        let targets = Value::array(vec![Value::object(target)]);
        let answer = world.call("PutTargets", &Value::object(vec![("Rule", Value::from("r")), ("Targets", targets)]));
        let verdict = compare_error(rejected, &answer, &mut Bindings::new());
        tally.judge(&format!("refused target {}", text(row, "id")), verdict);
    }
}
