//! The operations that judge patterns, as a caller sees them: `true`, `accepted`, or `CODE: message`.

use eventbridge_sim::api::dispatch;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Caller, Options, Simulator};

/// An event for rows that have none.
const EVENT: &str = r#"{"id":"1","source":"s","detail-type":"t","account":"123456789012","region":"us-east-1","time":"2022-07-13T13:48:01Z","detail":{}}"#;

/// The result of TestEventPattern.
pub fn test_event_pattern(pattern: &str, event: Option<&str>) -> String {
    let members = [("EventPattern", pattern), ("Event", event.unwrap_or(EVENT))];
    call("TestEventPattern", &members, |body| body.get("Result").map(Value::to_string).unwrap_or_default())
}

/// What PutRule says about a pattern.
pub fn put_rule(pattern: &str) -> String {
    call("PutRule", &[("Name", "rule"), ("EventPattern", pattern)], |_| "accepted".to_owned())
}

fn call(operation: &str, members: &[(&str, &str)], show: fn(&Value) -> String) -> String {
    let caller = Caller::new("123456789012".into(), "us-east-1".into());
    let input = Value::object(members.iter().map(|(name, text)| (*name, Value::string(*text))).collect());
    let response = dispatch(&mut Simulator::new(Options::default()), operation, &json::print(&input), &caller);
    let body = json::parse(&response.body).unwrap_or_else(|_| Value::null());
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    match response.status {
        200 => show(&body),
        _ => format!("{}: {}", text("__type"), text("message")),
    }
}
