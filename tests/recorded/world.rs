//! A fresh world for a scenario, and what in it is missing because an operation is not simulated yet.

use std::collections::BTreeMap;

use eventbridge_sim::api::dispatch;
use eventbridge_sim::io;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Caller, Simulator};
use eventbridge_sim::time::Duration;

/// The answer to one call.
pub struct Answer {
    pub status: u16,
    pub body: Value,
    /// The operation or member that is not simulated yet, if that is the answer.
    pub not_simulated: Option<String>,
}

pub struct World {
    sim: Simulator,
    caller: Caller,
    /// Names that a call which was not simulated would have made or changed, with its operation.
    missing: BTreeMap<String, String>,
}

impl World {
    pub fn new() -> Self {
        let caller = Caller::new("123456789012".into(), "us-east-1".into());
        // The keys `uuid-2` and `uuid-3` are those that the recordings made up: an unbound placeholder stands for itself.
        let resources = r#"{"resources":{
            "arn:aws:kms:us-east-1:123456789012:key/uuid-2": { "exists": false },
            "arn:aws:kms:us-east-1:123456789012:key/uuid-3": { "exists": false },
            "arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222": { "state": "Disabled" },
            "arn:aws:iam::123456789012:role/gone": { "exists": false } } }"#;
        let options = io::options(Some(&json::parse(resources).unwrap())).unwrap();
        Self { sim: Simulator::new(options), caller, missing: BTreeMap::new() }
    }

    /// A replay of an empty archive.
    pub fn start_replay(&mut self, name: &str) {
        let bus = "arn:aws:events:us-east-1:123456789012:event-bus/default";
        let archive = format!(r#"{{"ArchiveName":"empty","EventSourceArn":"{bus}"}}"#);
        let replay = format!(
            r#"{{"ReplayName":"{name}","EventSourceArn":"arn:aws:events:us-east-1:123456789012:archive/empty","EventStartTime":0,"EventEndTime":60,"Destination":{{"Arn":"{bus}"}}}}"#
        );
        for (operation, input) in [("CreateArchive", archive), ("StartReplay", replay)] {
            assert_eq!(self.call(operation, &json::parse(&input).unwrap()).status, 200, "{operation} {input}");
        }
    }

    /// Long enough for all that takes its time.
    pub fn wait(&mut self) {
        self.sim.advance(Duration::from_millis(600_000)).expect("a clock goes on");
    }

    pub fn call(&mut self, operation: &str, input: &Value) -> Answer {
        let response = dispatch(&mut self.sim, operation, &json::print(input), &self.caller);
        let body = json::parse(&response.body).expect("a body is JSON");
        let not_simulated = match body.get("__type").and_then(Value::as_str) {
            Some("OperationNotSimulatedException") => {
                let message = body.get("message").and_then(Value::as_str).unwrap_or_default();
                Some(message.split('`').nth(1).unwrap_or_default().to_owned())
            }
            // Other services and calls of the recording that are no operations of this one.
            Some("UnknownOperationException") => Some(operation.to_owned()),
            _ => None,
        };
        Answer { status: response.status, body, not_simulated }
    }

    /// The operation that would have made something the row speaks of.
    pub fn concerned_by(&self, row: &Value) -> Option<String> {
        let text = row.to_string();
        self.missing.iter().find(|(name, _)| speaks_of(&text, name)).map(|(_, operation)| operation.clone())
    }

    pub fn note_missing(&mut self, operation: &str, input: &Value) {
        // Tags name their resource in a member of its own and show in no other operation.
        if operation.starts_with("Describe") || operation.starts_with("List") {
            return;
        }
        for member in ["Name", "ArchiveName", "ReplayName", "EventSourceArn"] {
            if let Some(text) = input.get(member).and_then(Value::as_str) {
                let name = text.rsplit('/').next().unwrap_or(text);
                self.missing.insert(name.to_owned(), operation.to_owned());
            }
        }
    }

    /// What the service deleted is gone in both worlds.
    pub fn note_deleted(&mut self, operation: &str, input: &Value) {
        if operation == "DeleteRule" {
            self.missing.remove(input.get("Name").and_then(Value::as_str).unwrap_or_default());
        }
    }
}

/// Whether the name stands in the text with no letter of a longer name behind it.
fn speaks_of(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let behind = text[at + name.len()..].chars().next();
        !behind.is_some_and(|next| next.is_ascii_alphanumeric() || "-_.".contains(next))
    })
}
