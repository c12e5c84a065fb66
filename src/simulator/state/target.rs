//! A target of a rule: where a matching event goes, and as what.
//!
//! The members that steer delivery are parsed; all others (retry policy, parameters of the target's service) stay in
//! `definition`, the text of the request's member as JSON, which is what ListTargetsByRule gives back.

use crate::arn::Arn;
use crate::json::Value;
use crate::transform::InputTransformer;

use super::TargetId;

/// One target. Putting the same Id again replaces it as a whole.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Target {
    /// Unique within the rule.
    pub id: TargetId,
    /// What is invoked.
    pub arn: Arn,
    /// The role that EventBridge assumes to invoke it.
    pub role_arn: Option<String>,
    /// What is delivered.
    pub input: TargetInput,
    /// The queue for events that could not be delivered.
    pub dead_letter_arn: Option<Arn>,
    /// The target as it was put.
    pub definition: Value,
}

/// What a target receives. At most one way can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TargetInput {
    /// The whole event.
    Event,
    /// This JSON text, whatever the event was.
    Constant(String),
    /// The part of the event that this path names.
    Path(String),
    /// A template filled from the event.
    Transformer(Box<InputTransformer>),
}

impl Target {
    /// A target that gets the whole event and has neither role nor dead-letter queue.
    pub fn new(id: TargetId, arn: Arn, definition: Value) -> Self {
        Self { id, arn, role_arn: None, input: TargetInput::Event, dead_letter_arn: None, definition }
    }
}
