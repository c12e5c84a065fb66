//! Topics: the input is the message. FIFO topics are not supported by the service (documentation, 2.6).
//!
//! PutTargets takes the ARN of one all the same, as far as is known; SNS then refuses the message, in its own words. A topic
//! with a key needs that key for EventBridge too; `permission` asks.

use super::Sending;
use crate::arn::Arn;
use crate::json::Value;
use crate::simulator::behaviour::record::Failure;

/// `sns:Publish`
pub fn request(sending: &mut Sending<'_>) -> Value {
    Value::object(vec![("TopicArn", Value::string(sending.arn().as_str()))])
}

/// Why a topic takes no message of a rule.
pub fn refused(arn: &Arn) -> Option<Failure> {
    let message = "Invalid parameter: The MessageGroupId parameter is required for FIFO topics";
    (arn.service() == "sns" && arn.resource().ends_with(".fifo")).then(|| {
        Failure::new("INVALID_PARAMETER", message)
            .with_help("rules cannot send to FIFO topics; use a standard topic, or a FIFO queue")
    })
}
