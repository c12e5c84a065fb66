//! A fresh world for a scenario, with what recordings need of other services declared in it.

use eventbridge_sim::api::dispatch;
use eventbridge_sim::io;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Caller, Simulator};
use eventbridge_sim::time::Duration;

/// The answer to one call.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

pub struct World {
    sim: Simulator,
    caller: Caller,
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
        Self { sim: Simulator::new(options), caller }
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
        Answer { status: response.status, body }
    }
}
