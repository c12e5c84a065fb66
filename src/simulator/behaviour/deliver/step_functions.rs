//! State machines: an execution is started with the input; nobody waits for its end.
//!
//! The execution's name is the event's id and a new uuid, which is how EventBridge names what it starts (ours: reported).

use super::Sending;
use crate::json::Value;

/// `states:StartExecution`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let name = format!("{}_{}", sending.envelope.id, sending.ids.uuid());
    Value::object(vec![("stateMachineArn", Value::string(sending.arn().as_str())), ("name", Value::string(name))])
}
