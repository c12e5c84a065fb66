//! The errors of an operation: the service's code and words, and beside them our help.
//!
//! `message` is byte-equal to the service's wherever it was recorded; what we have to add goes into `help`, which travels
//! as a member of its own in the error body and is ignored by every SDK. A code is one that the model declares for the
//! operation or one of those that every operation may give (a test in `tests/api_dispatch.rs` holds this).

use crate::json::Value;

/// Why an operation was refused. Nothing was changed. A pointer, because it passes through many hands on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceError(Box<Refusal>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    code: &'static str,
    status: u16,
    message: String,
    help: Option<String>,
}

impl ServiceError {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Refusal { code, status: 400, message: message.into(), help: None }))
    }

    /// The request breaks a rule of the service.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    /// What the request names does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new("ResourceNotFoundException", message)
    }

    /// No bus has this name.
    pub fn no_bus(name: &str) -> Self {
        Self::not_found(format!("Event bus {name} does not exist."))
    }

    /// What the request would create is there already.
    pub fn exists(message: impl Into<String>) -> Self {
        Self::new("ResourceAlreadyExistsException", message)
    }

    /// What is asked does not go with the state of a replay.
    pub fn illegal_status(message: impl Into<String>) -> Self {
        Self::new("IllegalStatusException", message)
    }

    /// What is asked does not go with the state of an event source.
    pub fn invalid_state(message: impl Into<String>) -> Self {
        Self::new("InvalidStateException", message)
    }

    /// A quota would be passed.
    pub fn limit() -> Self {
        Self::new("LimitExceededException", "The requested resource exceeds the maximum number allowed.")
    }

    /// The pattern cannot be compiled.
    pub fn pattern(message: impl Into<String>) -> Self {
        Self::new("InvalidEventPatternException", message)
    }

    /// An AWS service manages the rule.
    pub fn managed(message: impl Into<String>) -> Self {
        Self::new("ManagedRuleException", message)
    }

    /// The caller may not do this.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new("AccessDeniedException", message)
    }

    /// The stored policy would be too long.
    pub fn policy_length() -> Self {
        Self::new("PolicyLengthExceededException", "The policy is too long.")
    }

    /// The key of the bus does not open its rules (recorded).
    pub fn undecryptable() -> Self {
        let message = "Cannot perform Kms:Decrypt on KMS key configured on event bus.";
        Self::new("NotAuthorizedException", message)
    }

    /// Somebody else is changing it.
    pub fn concurrent(message: impl Into<String>) -> Self {
        Self::new("ConcurrentModificationException", message)
    }

    /// The service stumbles over the request (recorded for tokens of another list).
    pub fn internal() -> Self {
        let message = "Service encountered unexpected problem. Please try again.";
        Self::new("InternalException", message).with_status(500)
    }

    /// The body is not JSON, or a member has the wrong JSON type.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    /// There is no such operation.
    pub fn unknown_operation() -> Self {
        Self::new("UnknownOperationException", "")
    }

    /// The call was made to fail (`failNext`).
    pub fn ordered(code: &'static str, message: String) -> Self {
        let status = match code {
            "InternalException" | "InternalFailure" => 500,
            "ServiceUnavailable" => 503,
            _ => 400,
        };
        Self::new(code, message).with_status(status).with_help("this failure was ordered by `failNext`")
    }

    fn with_status(mut self, status: u16) -> Self {
        self.0.status = status;
        self
    }

    /// The same with advice.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The service's name of the error.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The service's words.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The body of the response.
    pub fn body(&self) -> String {
        let mut members = vec![("__type", Value::string(self.0.code)), ("message", Value::string(&self.0.message))];
        members.extend(self.0.help.as_ref().map(|help| ("help", Value::string(help))));
        crate::json::print(&Value::object(members))
    }
}
