//! Kinesis and Firehose: the input is a record's data.
//!
//! `PartitionKeyPath` reads the original event and gives *JSON text*: a string keeps its quotes, what is missing or null gives
//! `{}`; without a path the key is the event's id, `_` and a new uuid (all recorded).

use super::Sending;
use crate::json::{self, Value};
use crate::transform::JsonPath;

/// `kinesis:PutRecord`
pub fn kinesis(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.parameters("KinesisParameters");
    let key = match parameters.get("PartitionKeyPath").and_then(Value::as_str) {
        Some(path) => {
            let found = JsonPath::parse(path).ok().and_then(|path| path.resolve(sending.event.value()));
            found.filter(|value| !value.is_null()).map_or_else(|| "{}".to_owned(), |value| json::print(&value))
        }
        None => format!("{}_{}", sending.envelope.id, sending.ids.uuid()),
    };
    Value::object(vec![("StreamName", sending.name()), ("PartitionKey", Value::string(key))])
}

/// `firehose:PutRecord`
pub fn firehose(sending: &mut Sending<'_>) -> Value {
    Value::object(vec![("DeliveryStreamName", sending.name())])
}
