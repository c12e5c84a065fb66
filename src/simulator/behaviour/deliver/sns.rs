//! Topics: the input is the message. FIFO topics are not supported by the service.
//!
//! A topic with a key needs that key for EventBridge too; `permission` asks.

use super::Sending;
use crate::json::Value;

/// `sns:Publish`
pub fn request(sending: &mut Sending<'_>) -> Value {
    Value::object(vec![("TopicArn", Value::string(sending.arn().as_str()))])
}
