//! Lambda functions: an asynchronous invocation whose payload is the input.
//!
//! A function that fails does so later and for itself; what EventBridge sees fail is the call (throttling, permission).

use super::Sending;
use super::sending::present;
use crate::json::Value;

/// `lambda:InvokeFunction`
pub fn request(sending: &mut Sending<'_>) -> Value {
    present(vec![
        ("FunctionName", Some(Value::string(sending.arn().as_str()))),
        ("InvocationType", Some(Value::string("Event"))),
        ("TraceHeader", sending.trace_header.map(Value::string)),
    ])
}
