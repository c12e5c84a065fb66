//! CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses.
//!
//! The default bus exists always and stays; a bus with rules cannot be deleted; deleting what is not there succeeds
//! (recorded). Dead-letter queue, key and log configuration are kept and shown, their use comes with their issues.

use crate::arn::Arn;
use crate::json::Value;
use crate::simulator::state::{BusName, EventBus};

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;
use crate::api::pages::Pages;

/// Source: service behaviour, section 1; the order of the name checks is reported.
pub fn create(call: &mut Call) -> Answer {
    let name = BusName::new(call.input.required("Name"));
    if let Some(source) = call.input.text("EventSourceName") {
        return Err(no_source(source));
    }
    if name.as_str().starts_with("aws.partner/") {
        return Err(no_source(name.as_str()));
    }
    if name.as_str().contains('/') {
        return Err(ServiceError::validation("Event bus name must not contain '/'."));
    }
    let tags = call.tags()?;
    let dead_letter_arn = dead_letter_arn(call)?;
    let (now, input) = (call.now(), call.input);
    let region = call.own_region();
    if region.bus(&name).is_some() {
        return Err(ServiceError::exists(format!("Event bus {name} already exists.")));
    }
    let bus = region.add_bus(name, now);
    bus.description = input.text("Description").map(str::to_owned);
    bus.kms_key_identifier = input.text("KmsKeyIdentifier").filter(|key| !key.is_empty()).map(str::to_owned);
    bus.dead_letter_arn = dead_letter_arn;
    bus.log_config = input.get("LogConfig").cloned();
    bus.tags = tags;
    Ok(settings(bus, Output::new().with("EventBusArn", bus.arn())).value())
}

/// Deletes a custom bus without rules.
pub fn delete(call: &mut Call) -> Answer {
    let name = BusName::new(call.input.required("Name"));
    if name.is_default() {
        return Err(ServiceError::validation("Cannot delete event bus default."));
    }
    let region = call.own_region();
    if region.bus(&name).is_some_and(|bus| !bus.rules.is_empty()) {
        return Err(ServiceError::validation("EventBus can't be deleted since it has rules.")
            .with_help("delete its rules first (RemoveTargets, DeleteRule)"));
    }
    region.remove_bus(&name);
    Ok(Output::new().value())
}

/// A bus by name or ARN; without a name the default bus.
pub fn describe(call: &mut Call) -> Answer {
    let bus = call.bus_ref("Name");
    let arn = bus.arn();
    let bus = call.bus(&bus, "events:DescribeEventBus", &arn)?;
    Ok(settings(bus, listed(bus)).value())
}

/// The buses of the caller's account.
pub fn list(call: &mut Call) -> Answer {
    let input = call.input;
    let prefix = input.text("NamePrefix").unwrap_or_default();
    let pages = Pages::read("buses".to_owned(), "EventBuses", input)?;
    let buses = call.own_region().buses().filter(|bus| bus.name().as_str().starts_with(prefix));
    Ok(pages.page(buses.map(|bus| (bus.name().as_str(), described(bus).value()))).value())
}

/// What both Describe and List show.
fn listed(bus: &EventBus) -> Output {
    Output::new()
        .with("Name", bus.name().as_str())
        .with("Arn", bus.arn())
        .maybe("Policy", bus.policy.as_ref().map(|policy| policy.text()))
        .time("CreationTime", bus.created)
        .time("LastModifiedTime", bus.modified)
}

fn described(bus: &EventBus) -> Output {
    listed(bus).maybe("Description", bus.description.as_deref())
}

/// What Create and Describe show, and only if it was given.
fn settings(bus: &EventBus, output: Output) -> Output {
    let dead_letters = bus.dead_letter_arn.as_ref().map(|arn| Output::new().with("Arn", arn.as_str()).value());
    output
        .maybe("Description", bus.description.as_deref())
        .maybe("KmsKeyIdentifier", bus.kms_key_identifier.as_deref())
        .maybe("DeadLetterConfig", dead_letters)
        .maybe("LogConfig", bus.log_config.clone())
}

fn no_source(name: &str) -> ServiceError {
    ServiceError::not_found(format!("Event source {name} does not exist."))
}

/// The queue of `DeadLetterConfig`; an empty text means none.
fn dead_letter_arn(call: &Call) -> Result<Option<Arn>, ServiceError> {
    let Some(config) = call.input.object("DeadLetterConfig") else { return Ok(None) };
    if config.get("Arn").and_then(Value::as_str) == Some("") {
        return Ok(None);
    }
    let arn = config.text("Arn").and_then(Arn::parse).filter(|arn| arn.service() == "sqs");
    arn.map(Some).ok_or_else(|| {
        ServiceError::validation(
            "Parameter DeadLetterConfig.Arn is not valid. Reason: Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.",
        )
    })
}
