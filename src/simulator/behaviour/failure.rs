//! What is said of a delivery: the call that was made, why it failed, and what went to a dead-letter queue instead.
//!
//! Codes are the service's own (documentation facts, 2.5). `help` is ours and never goes into a dead letter.

use crate::json::Value;

/// A code and words, as the service writes them into dead letters.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Failure {
    /// `THIRD_ACCOUNT_HOP_DETECTED`, `NO_PERMISSIONS`, ...
    pub code: String,
    /// What happened.
    pub message: String,
    /// What would make it go well: for a denial the statement that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// `Retry-After` of an API destination's answer, in seconds; negative for never.
    #[serde(skip)]
    pub retry_after: Option<i64>,
}

impl Failure {
    /// A failure without advice.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), help: None, retry_after: None }
    }

    /// The same with advice.
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// What was put into a dead-letter queue.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct DeadLetter {
    /// The queue.
    pub arn: String,
    /// Message attributes: an object of strings.
    pub attributes: Value,
    /// What would have been sent to the target.
    pub body: String,
    /// `AWSTraceHeader`, a system attribute of the message.
    #[serde(rename = "traceHeader", skip_serializing_if = "Option::is_none")]
    pub trace_header: Option<String>,
    /// Whether the queue took it.
    pub delivered: bool,
    /// Why it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}

/// The call that brings the input to its target: which one, and what it says beside the input.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Delivery {
    /// `sqs:SendMessage`, `lambda:InvokeFunction`, ...
    pub action: &'static str,
    /// The request as that service's API spells it.
    pub request: Value,
}
