//! `fails`: `{ code, message?, times?, retryAfter? }`, a target that does not take what it is sent, the first `times` times or
//! always.
//!
//! The code is one of those that EventBridge writes into dead letters; it decides whether the delivery is tried again
//! (`behaviour/retry`). Every attempt counts, retries too. `retryAfter` is the header of an API destination's answer, in
//! seconds; other targets have no such header, and nothing heeds it there.

use crate::diagnostics::Diagnostic;
use crate::json::Value;
use crate::text::Span;

/// How a target fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fails {
    /// `THROTTLING`, `NO_PERMISSIONS`, ...: decides whether the delivery is tried again.
    pub code: String,
    /// What the target says.
    pub message: String,
    /// How often; always, if left out.
    pub times: Option<u32>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<i64>,
}

impl Fails {
    /// The failure that this object declares.
    pub fn parse(value: &Value) -> Result<Self, Diagnostic> {
        let members = value.as_object().ok_or_else(|| bad(value.span, "`fails` must be an object"))?;
        if let Some(stranger) =
            members.iter().find(|member| !["code", "message", "times", "retryAfter"].contains(&member.name.as_str()))
        {
            return Err(bad(stranger.name_span, &format!("`fails` has no member `{}`", stranger.name)));
        }
        let code = value.get("code").and_then(Value::as_str).filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| bad(value.span, "`fails` needs `code`, a string"))?;
        let message = match value.get("message") {
            None => "The target failed.".to_owned(),
            Some(given) => given.as_str().ok_or_else(|| bad(given.span, "`message` must be a string"))?.to_owned(),
        };
        let times = match value.get("times") {
            None => None,
            Some(given) => {
                let number = given.as_i64().and_then(|number| u32::try_from(number).ok());
                Some(number.ok_or_else(|| bad(given.span, "`times` must be a whole number"))?)
            }
        };
        let retry_after = match value.get("retryAfter") {
            None => None,
            Some(given) => {
                let wrong = || bad(given.span, "`retryAfter` must be a whole number of seconds");
                Some(given.as_i64().ok_or_else(wrong)?)
            }
        };
        Ok(Self { code: code.to_owned(), message, times, retry_after })
    }
}

fn bad(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error("EF002", message)
        .with_span(span)
        .with_help("such as `{\"code\": \"THROTTLING\", \"times\": 2}`; without `times` it fails always")
}
