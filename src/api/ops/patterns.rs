//! TestEventPattern: would this pattern match this event?
//!
//! The event must be a JSON object with the members of an envelope; what they hold is not looked at (recorded:
//! `detail-type` may be an array, `resources` may be missing).

use crate::event::Event;

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;

use super::rules::parse_pattern;

const REQUIRED: [&str; 6] = ["id", "account", "source", "time", "region", "detail-type"];

/// Compares one event with one pattern.
pub fn test(call: &mut Call) -> Answer {
    let pattern = parse_pattern(call.input.required("EventPattern"))?;
    let event =
        Event::parse(call.input.required("Event")).map_err(|error| invalid(error.to_diagnostic().to_string()))?;
    if let Some(missing) = REQUIRED.iter().find(|name| event.value().get(name).is_none()) {
        return Err(invalid(format!("the event has no `{missing}`; an envelope has {}", REQUIRED.join(", "))));
    }
    let result = pattern.matches(&event).map_err(|limit| invalid(limit.to_string()))?;
    Ok(Output::new().with("Result", crate::json::Value::boolean(result)).value())
}

fn invalid(help: String) -> ServiceError {
    ServiceError::validation("Parameter Event is not valid.").with_help(help)
}
