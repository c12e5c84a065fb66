//! CreateApiDestination, UpdateApiDestination, DescribeApiDestination, ListApiDestinations, DeleteApiDestination.
//!
//! A destination works as long as its connection is authorized: `ACTIVE`, else `INACTIVE`. Its host is never looked up, an
//! update keeps what it does not name and succeeds with nothing but the name (recorded). Without a rate it is 300 a second.
//! Words for a connection that is not there and for an endpoint that is not HTTPS are ours.
//!
//! Source: recorded 2026, api_destinations; service behaviour, section 13; documentation, 1.8.

use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::{ApiDestination, RegionState};
use crate::time::Instant;

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::connections::no_connection;

/// The members that a destination keeps, in the order of the model.
const KEPT: [&str; 5] =
    ["Description", "ConnectionArn", "InvocationEndpoint", "HttpMethod", "InvocationRateLimitPerSecond"];

const DEFAULT_RATE: i64 = 300;

/// Makes a destination.
pub fn create(call: &mut Call) -> Answer {
    let (input, now, name) = (call.input, call.now(), call.input.required("Name"));
    check(call, input)?;
    let uuid = call.ids_of("api-destination", name).uuid();
    let arn = format!("arn:aws:events:{}:{}:api-destination/{name}/{uuid}", call.caller.region, call.caller.account);
    if call.own_region().api_destinations.contains_key(name) {
        return Err(ServiceError::exists(format!("An api-destination '{name}' already exists.")));
    }
    let rate = Value::object(vec![("InvocationRateLimitPerSecond", Value::number(DEFAULT_RATE))]);
    let definition = overlay(&rate, input.value(), &KEPT);
    store(call, name, ApiDestination { arn, definition, created: now, modified: now })
}

/// Changes what it names.
pub fn update(call: &mut Call) -> Answer {
    let (input, now, name) = (call.input, call.now(), call.input.required("Name"));
    let known = find(call, "update", name)?.clone();
    check(call, input)?;
    let definition = overlay(&known.definition, input.value(), &KEPT);
    store(call, name, ApiDestination { definition, modified: now, ..known })
}

/// A destination.
pub fn describe(call: &mut Call) -> Answer {
    let (name, now) = (call.input.required("Name"), call.now());
    find(call, "describe", name)?;
    let region = call.own_region();
    let found = region.api_destinations.get(name).map(|it| listed(region, it, name, now));
    let description = region.api_destinations.get(name).and_then(|it| it.definition.get("Description").cloned());
    Ok(found.unwrap_or_default().maybe("Description", description).value())
}

/// The destinations of the caller, by name.
pub fn list(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    let (prefix, connection) = (input.text("NamePrefix").unwrap_or_default(), input.text("ConnectionArn"));
    let pages = Pages::read("api destinations".to_owned(), "ApiDestinations", input)?;
    let region = &*call.own_region();
    let all = region
        .api_destinations
        .iter()
        .filter(|(name, it)| name.starts_with(prefix) && connection.is_none_or(|arn| connection_arn(it) == arn));
    Ok(pages.page(all.map(|(name, it)| (name.as_str(), listed(region, it, name, now).value()))).value())
}

/// Deletes a destination.
pub fn delete(call: &mut Call) -> Answer {
    let name = call.input.required("Name");
    find(call, "delete", name)?;
    call.own_region().api_destinations.remove(name);
    Ok(Output::new().value())
}

/// The destination of this name. The words are recorded for `describe`.
fn find<'a>(call: &'a mut Call, verb: &str, name: &str) -> Result<&'a ApiDestination, ServiceError> {
    call.own_region().api_destinations.get(name).ok_or_else(|| {
        let message = format!("Failed to {verb} the api-destination(s). An api-destination '{name}' does not exist.");
        ServiceError::not_found(message)
    })
}

/// Refuses a connection that is not there, and an endpoint that is not HTTPS.
fn check(call: &mut Call, input: Input) -> Result<(), ServiceError> {
    let now = call.now();
    if let Some(arn) = input.text("ConnectionArn") {
        let known = call.own_region().connections.values().any(|it| it.arn == arn && !it.is_gone(now));
        if !known {
            let name = arn.split('/').nth(1).unwrap_or_default();
            return Err(no_connection("describe", name)
                .with_help("the ARN must be the one that CreateConnection gave, in this account and region"));
        }
    }
    match input.text("InvocationEndpoint") {
        Some(url) if !url.starts_with("https://") => Err(ServiceError::validation(
            "Parameter InvocationEndpoint is not valid. Reason: The endpoint must be an HTTPS URL.",
        )),
        _ => Ok(()),
    }
}

fn store(call: &mut Call, name: &str, it: ApiDestination) -> Answer {
    let now = call.now();
    let region = call.own_region();
    let answer = Output::new()
        .with("ApiDestinationArn", it.arn.as_str())
        .with("ApiDestinationState", state(region, &it, now))
        .time("CreationTime", it.created)
        .time("LastModifiedTime", it.modified);
    region.api_destinations.insert(name.to_owned(), it);
    Ok(answer.value())
}

fn connection_arn(it: &ApiDestination) -> &str {
    it.definition.get("ConnectionArn").and_then(Value::as_str).unwrap_or_default()
}

fn state(region: &RegionState, it: &ApiDestination, now: Instant) -> &'static str {
    let wanted = connection_arn(it);
    let mut connections = region.connections.values().filter(|connection| !connection.is_gone(now));
    match connections.any(|connection| connection.arn == wanted && connection.state(now) == "AUTHORIZED") {
        true => "ACTIVE",
        false => "INACTIVE",
    }
}

/// What List shows; Describe adds the description.
fn listed(region: &RegionState, it: &ApiDestination, name: &str, now: Instant) -> Output {
    let output = Output::new()
        .with("ApiDestinationArn", it.arn.as_str())
        .with("Name", name)
        .with("ApiDestinationState", state(region, it, now));
    let kept = KEPT.iter().filter(|name| **name != "Description");
    kept.fold(output, |output, name| output.maybe(name, it.definition.get(name).cloned()))
        .time("CreationTime", it.created)
        .time("LastModifiedTime", it.modified)
}

/// Those members of `names` that `new` has, else `old`.
pub fn overlay(old: &Value, new: &Value, names: &[&'static str]) -> Value {
    let member = |name: &&'static str| Some((*name, new.get(name).or(old.get(name))?.clone()));
    Value::object(names.iter().filter_map(member).listed())
}
