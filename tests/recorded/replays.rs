//! The rows of `delivery.jsonl` about schedules and replays, under the virtual clock: what is delivered, and what
//! DescribeReplay says afterwards.

use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Options, Simulator};
use eventbridge_sim::time::Instant;

use crate::Tally;
use crate::text;

const ACCOUNT: &str = "123456789012";
const START: &str = "2026-09-16T00:03:00Z";

struct Replays {
    sim: Simulator,
}

pub fn replay(rows: &[Value], tally: &mut Tally) {
    let Some(setup) = rows.iter().find(|row| text(row, "kind") == "replay-setup") else { return };
    for row in rows {
        let verdict = match text(row, "kind") {
            "replay" => Replays::new(setup, row).and_then(|mut world| world.judge(row)),
            "replay-lifecycle" => archive_deleted(row),
            "scheduled-event" => scheduled(row),
            _ => continue,
        };
        tally.judge(text(row, "id"), verdict);
    }
}

fn event_bus() -> String {
    format!("arn:aws:events:us-east-1:{ACCOUNT}:event-bus/probes")
}

fn rule_arn(name: &str) -> String {
    format!("arn:aws:events:us-east-1:{ACCOUNT}:rule/probes/{name}")
}

impl Replays {
    fn begin() -> Self {
        let now = Instant::parse(START).unwrap();
        let mut world = Self { sim: Simulator::new(Options { now, ..Options::default() }) };
        world.call("CreateEventBus", r#"{"Name":"probes"}"#);
        world
    }

    /// The world of the row: what the set-up row put is archived, and its own rules stand.
    fn new(setup: &Value, row: &Value) -> Result<Self, String> {
        let mut world = Self::begin();
        for archive in setup.get("archives").unwrap().as_object().unwrap() {
            let pattern = json::print(archive.value.get("pattern").unwrap());
            let days = archive.value.get("RetentionDays").unwrap();
            let name = &archive.name;
            let input = format!(
                r#"{{"ArchiveName":"{name}","EventSourceArn":"{}","EventPattern":{pattern},"RetentionDays":{days}}}"#,
                event_bus()
            );
            world.call("CreateArchive", &input);
        }
        let put = setup.get("put").unwrap().as_array().unwrap();
        for entry in put {
            let mut members: Vec<(String, Value)> =
                entry.as_object().unwrap().iter().map(|it| (it.name.to_string(), it.value.clone())).collect();
            members.push(("EventBusName".to_owned(), Value::from("probes")));
            let entries = Value::array(vec![Value::object(members)]);
            world.call("PutEvents", &json::print(&Value::object(vec![("Entries", entries)])));
        }
        let counted = world.call("DescribeArchive", r#"{"ArchiveName":"archive"}"#);
        let wanted = setup.get("describe_archive").and_then(|it| it.get("archive")?.get("EventCount")).unwrap();
        if counted.get("EventCount") != Some(wanted) {
            return Err(format!("the archive holds {counted}, not {wanted}"));
        }
        let changed = text(row, "id") == "replay-changed-rules";
        let all = r#"{"source":["probes.replay.probe"]}"#;
        let middle = r#"{"source":["probes.replay.probe"],"detail":{"marker":["middle"]}}"#;
        for (name, pattern, state) in
            [("A", all, "ENABLED"), ("B", middle, if changed { "ENABLED" } else { "DISABLED" }), ("C", all, "DISABLED")]
        {
            let pattern = Value::from(pattern);
            world.call(
                "PutRule",
                &format!(r#"{{"Name":"{name}","EventBusName":"probes","EventPattern":{pattern},"State":"{state}"}}"#),
            );
            let target = format!(r#"{{"Id":"1","Arn":"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"}}"#);
            world.call("PutTargets", &format!(r#"{{"Rule":"{name}","EventBusName":"probes","Targets":[{target}]}}"#));
        }
        Ok(world)
    }

    fn judge(&mut self, row: &Value) -> Result<(), String> {
        let id = text(row, "id");
        let (from, to) = match text(row, "start") {
            start if start.starts_with("{a time in the future") => ("2026-09-17T00:00:00.750Z", "2026-09-17T00:01:00Z"),
            start if start.starts_with('{') => ("2026-09-15T23:59:25Z", "2026-09-16T00:01:27Z"),
            start => (start, text(row, "end")),
        };
        let filter = row.get("filter").and_then(Value::as_array).map(|rules| {
            let arn = |rule: &Value| match rule.as_str() {
                Some("disabled rule") => Value::string(rule_arn("C")),
                _ => Value::string(rule_arn("A")),
            };
            format!(r#","FilterArns":{}"#, Value::array(rules.iter().map(arn).collect()))
        });
        let input = format!(
            r#"{{"ReplayName":"r","EventSourceArn":"arn:aws:events:us-east-1:{ACCOUNT}:archive/{}","EventStartTime":"{from}","EventEndTime":"{to}","Destination":{{"Arn":"{}"{}}}}}"#,
            text(row, "archive"),
            event_bus(),
            filter.unwrap_or_default()
        );
        self.call("StartReplay", &input);
        self.control("advance", r#"{"duration":"3s"}"#);
        if id == "replay-cancel-race" {
            self.call("CancelReplay", r#"{"ReplayName":"r"}"#);
        }
        self.control("advance", r#"{"duration":"80s"}"#);
        let described = self.call("DescribeReplay", r#"{"ReplayName":"r"}"#);
        let wanted = text(row, "state");
        if described.get("State").and_then(Value::as_str) != Some(wanted) {
            return Err(format!("wanted {wanted}, found {described}"));
        }
        let last =
            row.get("event_last_replayed_time").and_then(Value::as_str).map(|it| Instant::parse(it).unwrap().seconds());
        if described.get("EventLastReplayedTime").and_then(Value::as_i64) != last {
            return Err(format!("wanted the last time {last:?}, found {described}"));
        }
        if described.get("Destination").unwrap().get("FilterArns").is_some()
            != row.get("filter").and_then(Value::as_array).is_some_and(|it| !it.is_empty())
        {
            return Err(format!("the filter shows wrongly: {described}"));
        }
        self.delivered(row)
    }

    /// The markers that each rule's queue got from the replay.
    fn delivered(&mut self, row: &Value) -> Result<(), String> {
        let Some(wanted) = row.get("delivered").filter(|it| !it.is_null()) else { return Ok(()) };
        let invocations = json::parse(&self.control("invocations", "{}")).unwrap();
        let mut ids = Vec::new();
        let mut of = |rule: &str| {
            let mut markers = Vec::new();
            for invocation in invocations.as_array().unwrap() {
                let event = invocation.get("event").unwrap();
                if text(invocation, "rule") == rule_arn(rule) && text(event, "replay-name") == "r" {
                    let marker = event.get("detail").unwrap().get("marker").unwrap();
                    ids.push((text(event, "id").to_owned(), marker.to_string()));
                    markers.push(marker.clone());
                }
            }
            Value::array(markers)
        };
        let found: Vec<Value> = ["A", "B", "C"].into_iter().map(&mut of).collect();
        let none = Value::array(Vec::new());
        let wanted: Vec<Value> = match wanted.as_object() {
            Some(rules) => rules.iter().map(|it| it.value.clone()).collect(),
            None => vec![wanted.clone(), none.clone(), none],
        };
        // One id for all copies of one event.
        ids.sort();
        ids.dedup();
        let markers: std::collections::BTreeSet<_> = ids.iter().map(|(_, marker)| marker).collect();
        if found.iter().map(Value::to_string).eq(wanted.iter().map(Value::to_string)) && markers.len() == ids.len() {
            return Ok(());
        }
        Err(format!("wanted {wanted:?}, found {found:?}"))
    }

    fn call(&mut self, operation: &str, input: &str) -> Value {
        let caller = eventbridge_sim::simulator::Caller::new(ACCOUNT.into(), "us-east-1".into());
        let response = eventbridge_sim::api::dispatch(&mut self.sim, operation, input, &caller);
        assert_eq!(response.status, 200, "{operation} {input}: {}", response.body);
        json::parse(&response.body).unwrap()
    }

    fn control(&mut self, verb: &str, input: &str) -> String {
        eventbridge_sim::io::control(&mut self.sim, verb, input).unwrap()
    }
}

fn archive_deleted(row: &Value) -> Result<(), String> {
    let mut world = Replays::begin();
    world.call("CreateArchive", &format!(r#"{{"ArchiveName":"a","EventSourceArn":"{}"}}"#, event_bus()));
    let input = format!(
        r#"{{"ReplayName":"r","EventSourceArn":"arn:aws:events:us-east-1:{ACCOUNT}:archive/a","EventStartTime":0,"EventEndTime":1,"Destination":{{"Arn":"{}"}}}}"#,
        event_bus()
    );
    world.call("StartReplay", &input);
    world.call("DeleteArchive", r#"{"ArchiveName":"a"}"#);
    world.control("advance", r#"{"duration":"57s"}"#);
    let described = world.call("DescribeReplay", r#"{"ReplayName":"r"}"#);
    let wanted = row.get("final").unwrap();
    let same = ["State", "StateReason"].iter().all(|name| described.get(name) == wanted.get(name));
    let ended = described.get("ReplayEndTime").is_some() && described.get("EventLastReplayedTime").is_none();
    if same && ended { Ok(()) } else { Err(format!("found {described}")) }
}

/// A rule with the schedule of the row, and an observer: each gets what the row says.
fn scheduled(row: &Value) -> Result<(), String> {
    let mut world = Replays::begin();
    let own = format!("arn:aws:events:us-east-1:{ACCOUNT}:rule/own");
    let schedule = row.get("schedule").and_then(Value::as_str).unwrap_or("rate(1 minute)");
    let observed = format!(r#"{{"source":["aws.events"],"resources":["{own}"]}}"#);
    let pattern = match text(row, "id") {
        "scheduled-self-match" => Some(observed.as_str()),
        _ => row.get("pattern").and_then(Value::as_str),
    };
    let pattern = pattern.map(|it| format!(r#","EventPattern":{}"#, Value::from(it))).unwrap_or_default();
    world.call("PutRule", &format!(r#"{{"Name":"own","ScheduleExpression":"{schedule}"{pattern}}}"#));
    world.call("PutRule", &format!(r#"{{"Name":"observer","EventPattern":{}}}"#, Value::from(observed.as_str())));
    for rule in ["own", "observer"] {
        let target = format!(r#"{{"Id":"1","Arn":"arn:aws:sqs:us-east-1:{ACCOUNT}:{rule}"}}"#);
        world.call("PutTargets", &format!(r#"{{"Rule":"{rule}","Targets":[{target}]}}"#));
    }
    let put = row.get("put").map(|put| (text(put, "Source").to_owned(), text(put, "DetailType").to_owned()));
    if let Some((source, kind)) = &put {
        world.call(
            "PutEvents",
            &format!(r#"{{"Entries":[{{"Source":"{source}","DetailType":"{kind}","Detail":"{{}}"}}]}}"#),
        );
    }
    let duration = if schedule.starts_with("cron(33 22") { "1d" } else { "1m" };
    world.control("advance", &format!(r#"{{"duration":"{duration}"}}"#));
    let invocations = json::parse(&world.control("invocations", "{}")).unwrap();
    let inputs = |rule: &str| {
        let of = |it: &&Value| text(it, "rule").ends_with(rule);
        invocations.as_array().unwrap().iter().filter(of).map(|it| text(it, "input").to_owned()).collect::<Vec<_>>()
    };
    let (own_inputs, observed) = (inputs("/own"), inputs("/observer"));
    if own_inputs.len() != 1 + put.iter().len() || own_inputs.last() != observed.last() || observed.len() != 1 {
        return Err(format!("the rule got {own_inputs:?}, the observer {observed:?}"));
    }
    let Some(received) = row.get("received").and_then(Value::as_str).filter(|it| it.starts_with('{')) else {
        return Ok(());
    };
    let mut bindings = crate::Bindings::new();
    let wanted = json::parse(&received.replace("{rule arn}", &own).replace("2026-09-15", "2026-09-16")).unwrap();
    crate::same::same(&wanted, &json::parse(&own_inputs[0]).unwrap(), &mut bindings)
}
