//! CloudWatch Logs: one log event in a new stream (recorded), at the event's own time, cut to the second.
//!
//! The message is the event; a transformer's template is `{"timestamp": <...>, "message": <...>}` and says both. A timestamp
//! that is no time counts as left out (our choice).

use super::Sending;
use super::sending::plain;
use crate::json::{Kind, Value};
use crate::simulator::state::TargetInput;
use crate::time::Instant;

/// `logs:PutLogEvents`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let chosen = match sending.target.input {
        TargetInput::Transformer(_) => sending.input_object(),
        _ => None,
    };
    let own = Instant::parse(&sending.envelope.time).unwrap_or(sending.now);
    let given = chosen.as_ref().and_then(|chosen| moment(chosen.get("timestamp")?));
    let message = chosen.as_ref().and_then(|chosen| chosen.get("message")).map(plain);
    let millis = given.unwrap_or(own).seconds().saturating_mul(1000);
    let group = sending.arn().resource().split(':').nth(1).unwrap_or_default();
    let event = Value::object(vec![
        ("timestamp", Value::number(millis)),
        ("message", Value::string(message.unwrap_or_else(|| sending.input.to_owned()))),
    ]);
    Value::object(vec![
        ("logGroupName", Value::string(group)),
        ("logStreamName", Value::string(sending.ids.uuid())),
        ("logEvents", Value::array(vec![event])),
    ])
}

fn moment(value: &Value) -> Option<Instant> {
    match &value.kind {
        Kind::String(text) => Instant::parse(text).ok(),
        Kind::Number(number) => number.as_i64().map(Instant::from_millis),
        _ => None,
    }
}
