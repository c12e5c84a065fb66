//! The world around: `declare { arn, resource }` says what exists and permits, from now on; `failNext { operation, entry?,
//! code, message? }` makes the next call of an operation fail, or one entry of it.
//!
//! Both are for tests: a key that is disabled half-way, a service that throttles once. A declaration replaces the one before.

use super::error::{Answer, ControlError, object};
use super::input::Input;
use crate::api::model::Operation;
use crate::simulator::Simulator;
use crate::simulator::behaviour::faults::{BY_ENTRY, CODES, Fault};
use crate::simulator::state::Resource;
use crate::text::did_you_mean;

pub(super) fn declare(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let (arn, given) = (input.require_string("arn")?, input.require("resource")?);
    let span = input.require("arn")?.span;
    let resource = Resource::parse(arn, span, given).map_err(|error| input.error("InvalidOptionsError", &error))?;
    simulator.world_mut().outside.declare(arn, resource);
    object(Vec::new())
}

pub(super) fn fail_next(simulator: &mut Simulator, input: &Input<'_>) -> Answer {
    let (operation, code) = (input.require_string("operation")?, input.require_string("code")?);
    let names = || Operation::ALL.iter().map(|operation| operation.name());
    if !names().any(|name| name == operation) {
        return Err(unknown("operation", operation, did_you_mean(operation, names())));
    }
    let Some(code) = CODES.iter().copied().find(|known| *known == code) else {
        return Err(unknown("code", code, did_you_mean(code, CODES.iter().copied())));
    };
    let entry = match input.get("entry") {
        None => None,
        Some(value) => {
            let number = value.as_i64().and_then(|number| usize::try_from(number).ok());
            let wrong = || input.fault("MisuseError", value.span, "`entry` must be a whole number, from 0".to_owned());
            Some(number.ok_or_else(wrong)?)
        }
    };
    if entry.is_some() && !BY_ENTRY.contains(&operation) {
        let message = format!("entries of `{operation}` cannot be made to fail");
        let help = format!("leave `entry` out: the call fails as a whole; entries have {}", BY_ENTRY.join(", "));
        return Err(ControlError::misuse(message, &help));
    }
    let message = input.string("message")?.map(str::to_owned);
    simulator.add_fault(Fault { operation: operation.to_owned(), entry, code, message });
    object(Vec::new())
}

fn unknown(what: &str, given: &str, near: Option<&str>) -> ControlError {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the reference lists them under `failNext`".to_owned(),
    };
    ControlError::misuse(format!("there is no {what} `{given}`"), &help)
}
