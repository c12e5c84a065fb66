//! CreateEventBus, UpdateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses.
//!
//! The default bus exists always and stays; a bus with rules cannot be deleted; deleting what is not there succeeds; an
//! update keeps what it does not name, and an empty text takes key, queue or description away (recorded). Dead-letter
//! queue, key and log configuration are kept and shown.

use crate::arn::Arn;
use crate::simulator::state::{BusName, EventBus, KeyState};

use crate::api::call::{Answer, BusRef, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::event_sources;
use super::tagging::MOST_TAGS;
use super::target_rules::malformed_arn;

/// Source: service behaviour, section 1; the order of the name checks is reported.
pub fn create(call: &mut Call) -> Answer {
    let name = BusName::new(call.input.required("Name"));
    event_sources::admit_bus(call, &name)?;
    if name.as_str().contains('/') && call.input.get("EventSourceName").is_none() {
        return Err(ServiceError::validation("Event bus name must not contain '/'."));
    }
    let tags = call.tags()?;
    if tags.len() > MOST_TAGS {
        return Err(ServiceError::limit().with_help(format!("a bus may have {MOST_TAGS} tags")));
    }
    let (now, input) = (call.now(), call.input);
    let key = input.text("KmsKeyIdentifier").map(|text| key(text, call)).transpose()?.flatten();
    let dead_letter_arn = dead_letter_arn(call)?.flatten();
    if let Some(key) = &key {
        let of =
            BusRef { account: call.caller.account.clone(), region: call.caller.region.clone(), name: name.clone() };
        check_key(key, &of, call)?;
    }
    let region = call.own_region();
    if region.bus(&name).is_some() {
        return Err(ServiceError::exists(format!("Event bus {name} already exists.")));
    }
    let bus = region.add_bus(name.clone(), now);
    bus.description = input.text("Description").map(str::to_owned);
    bus.kms_key_identifier = key;
    bus.dead_letter_arn = dead_letter_arn;
    bus.log_config = input.get("LogConfig").cloned();
    bus.tags = tags;
    let answer = settings(bus, Output::new().with("EventBusArn", bus.arn())).value();
    event_sources::bus_created(call, &name);
    Ok(answer)
}

/// Changes what it names. Without a name: the default bus.
pub fn update(call: &mut Call) -> Answer {
    let (input, now, bus_ref) = (call.input, call.now(), call.bus_ref("Name"));
    let key = input.text("KmsKeyIdentifier").map(|text| key(text, call)).transpose()?;
    let dead_letter_arn = dead_letter_arn(call)?;
    if let Some(Some(key)) = &key {
        check_key(key, &bus_ref, call)?;
    }
    let bus = call.bus(&bus_ref, "events:UpdateEventBus", &bus_ref.arn())?;
    if let Some(key) = key {
        bus.kms_key_identifier = key;
    }
    if let Some(queue) = dead_letter_arn {
        bus.dead_letter_arn = queue;
    }
    if let Some(text) = input.text("Description") {
        bus.description = Some(text.to_owned()).filter(|text| !text.is_empty());
    }
    if let Some(config) = input.get("LogConfig") {
        bus.log_config = Some(config.clone());
    }
    bus.modified = now;
    Ok(settings(bus, Output::new().with("Arn", bus.arn()).with("Name", bus.name().as_str())).value())
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
    event_sources::bus_deleted(call, &name);
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

/// The queue that `DeadLetterConfig` names, if it is sent; an empty text means none.
fn dead_letter_arn(call: &Call) -> Result<Option<Option<Arn>>, ServiceError> {
    let Some(config) = call.input.object("DeadLetterConfig") else { return Ok(None) };
    if config.text("Arn") == Some("") {
        return Ok(Some(None));
    }
    let arn = config.text("Arn").and_then(Arn::parse).filter(|arn| arn.service() == "sqs");
    let arn = arn.ok_or_else(|| {
        ServiceError::validation(
            "Parameter DeadLetterConfig.Arn is not valid. Reason: Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.",
        )
    })?;
    if arn.region() != call.caller.region.as_str() {
        return Err(ServiceError::denied(format!(
            "Access to the resource {arn} is denied. Reason: You must specify a dead letter queue in the same region."
        )));
    }
    Ok(Some(Some(arn)))
}

/// The key that a text names; an empty text means none. Whatever has the form of a key or alias is taken as
/// one that exists and is enabled, unless it is declared otherwise. The key that AWS owns cannot be named (recorded).
pub fn key(text: &str, call: &Call) -> Result<Option<String>, ServiceError> {
    let name = match Arn::parse(text) {
        Some(arn) if arn.service() == "kms" => arn.resource().to_owned(),
        _ if text.starts_with("arn:") => return Err(malformed_arn(text)),
        _ if text.starts_with("alias/") || text.is_empty() => text.to_owned(),
        _ => format!("key/{text}"),
    };
    let id = name.strip_prefix("key/").unwrap_or_default();
    let id = id.strip_prefix("mrk-").unwrap_or(id);
    let whole = text.starts_with("arn:") && !id.is_empty();
    let is_key = whole || (id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'));
    let declared = call.sim.world().outside.resource(text);
    if name.is_empty() {
        Ok(None)
    } else if declared.is_some_and(|declared| declared.key_state != KeyState::Enabled) {
        Err(ServiceError::validation(format!("Parameter kmsKeyIdentifier is not valid. Reason: {text} is disabled.")))
    } else if is_key || (name.starts_with("alias/") && !name.starts_with("alias/aws/")) {
        Ok(Some(text.to_owned()))
    } else if text.starts_with("arn:") || name.starts_with("alias/") {
        Err(malformed_arn(text))
    } else {
        let request = call.ids_of("request", text).uuid();
        Err(ServiceError::validation(format!(
            "Parameter Invalid keyId {text} (Service: Kms, Status Code: 400, Request ID: {request}) (SDK Attempt Count: 1) is not valid."
        )))
    }
}

/// Refuses a key that is declared and cannot be used for this bus (recorded).
fn check_key(key: &str, bus: &BusRef, call: &Call) -> Result<(), ServiceError> {
    let Some(refused) = call.sim.key_refused(key, &bus.address()) else { return Ok(()) };
    let error = match refused.code.as_str() {
        "AccessDeniedException" => ServiceError::denied(refused.message),
        _ => ServiceError::validation(refused.message),
    };
    Err(match refused.help {
        Some(help) => error.with_help(help),
        None => error,
    })
}
