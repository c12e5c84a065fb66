//! Queues: the input is the message's body; FIFO and fair queues get the target's message group.
//!
//! A FIFO queue must deduplicate by content: EventBridge sends no deduplication id. The trace header travels as system
//! attribute `AWSTraceHeader` (recorded).

use super::Sending;
use super::sending::present;
use crate::arn::Arn;
use crate::json::Value;

/// `sqs:SendMessage`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.parameters("SqsParameters");
    present(vec![
        ("QueueUrl", Some(Value::string(url(sending.arn())))),
        ("MessageGroupId", parameters.get("MessageGroupId").cloned()),
        ("MessageSystemAttributes", sending.trace_header.map(trace_header)),
    ])
}

fn url(queue: &Arn) -> String {
    format!("https://sqs.{}.amazonaws.com/{}/{}", queue.region(), queue.account(), queue.resource())
}

fn trace_header(header: &str) -> Value {
    let attribute = vec![("DataType", Value::string("String")), ("StringValue", Value::string(header))];
    Value::object(vec![("AWSTraceHeader", Value::object(attribute))])
}
