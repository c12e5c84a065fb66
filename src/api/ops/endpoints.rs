//! CreateEndpoint, UpdateEndpoint, DescribeEndpoint, ListEndpoints, DeleteEndpoint: one address for two buses of the same
//! name in two regions.
//!
//! PutEvents with an `EndpointId` goes to the primary region, which is that of the bus whose region is not the secondary
//! route, unless its health check is declared as unhealthy: then to the secondary, at once, where the service takes some
//! minutes. With replication (the default) each event is copied to the other region, whichever that is. An endpoint answers from its creation on, though it shows `CREATING` for a while (ours).
//!
//! Source: documentation, 1.8. None of the refusals was recorded; their words are ours.

use crate::arn::Arn;
use crate::json::Value;
use crate::simulator::state::{Change, Endpoint, KeyState, Region, RegionState};
use crate::time::Instant;

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::api_destinations::overlay;

/// The members that an endpoint keeps, in the order of the model.
const KEPT: [&str; 5] = ["Description", "RoutingConfig", "ReplicationConfig", "EventBuses", "RoleArn"];

/// Makes an endpoint.
pub fn create(call: &mut Call) -> Answer {
    let (input, now, name) = (call.input, call.now(), call.input.required("Name"));
    let enabled = Value::object(vec![("State", Value::string("ENABLED"))]);
    let replication = Value::object(vec![("ReplicationConfig", enabled)]);
    let definition = overlay(&replication, input.value(), &KEPT);
    check(call, &definition)?;
    let mut ids = call.ids_of("endpoint", name);
    let id = format!("{}.{}", ids.hex(10), ids.hex(3));
    let arn = format!("arn:aws:events:{}:{}:endpoint/{name}", call.caller.region, call.caller.account);
    let look = call.look();
    let endpoints = &mut call.own_region().endpoints;
    if endpoints.get(name).is_some_and(|known| !known.is_gone(look)) {
        return Err(ServiceError::exists(format!("Endpoint {name} already exists.")));
    }
    let endpoint = Endpoint { arn, id, definition, created: now, modified: now, change: Change::Create };
    let answer = asked(&endpoint, name, now).value();
    endpoints.insert(name.to_owned(), endpoint);
    Ok(answer)
}

/// Changes what it names.
pub fn update(call: &mut Call) -> Answer {
    let (input, now, name) = (call.input, call.now(), call.input.required("Name"));
    let look = call.look();
    let known = find(call.own_region(), name, look)?.clone();
    if known.change == Change::Delete {
        return Err(ServiceError::concurrent(format!("Endpoint {name} is being deleted.")));
    }
    let definition = overlay(&known.definition, input.value(), &KEPT);
    check(call, &definition)?;
    let endpoint = Endpoint { definition, modified: now, change: Change::Update, ..known };
    let answer = named(asked(&endpoint, name, now), &endpoint).value();
    call.own_region().endpoints.insert(name.to_owned(), endpoint);
    Ok(answer)
}

/// An endpoint; `HomeRegion` is where it was created.
pub fn describe(call: &mut Call) -> Answer {
    let (name, now) = (call.input.required("Name"), call.look());
    let region = home(call);
    let state = call.sim.world().region(&call.caller.account, &region);
    let found = state.ok_or_else(|| no_endpoint(name)).and_then(|state| find(state, name, now))?;
    Ok(listed(found, name, now).value())
}

/// The endpoints of a home region, by name.
pub fn list(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.look());
    let prefix = input.text("NamePrefix").unwrap_or_default();
    let pages = Pages::read("endpoints".to_owned(), "Endpoints", input)?;
    let state = call.sim.world().region(&call.caller.account, &home(call));
    let all = state
        .iter()
        .flat_map(|state| state.endpoints.iter())
        .filter(|(name, it)| !it.is_gone(now) && name.starts_with(prefix));
    Ok(pages.page(all.map(|(name, it)| (name.as_str(), listed(it, name, now).value()))).value())
}

/// Deletes an endpoint; for a while it still shows.
pub fn delete(call: &mut Call) -> Answer {
    let (name, now) = (call.input.required("Name"), call.look());
    let known = find(call.own_region(), name, now)?.clone();
    if known.change != Change::Delete {
        let endpoint = Endpoint { modified: call.now(), change: Change::Delete, ..known };
        call.own_region().endpoints.insert(name.to_owned(), endpoint);
    }
    Ok(Output::new().value())
}

/// Where PutEvents goes by an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The endpoint's ARN.
    pub arn: String,
    /// The bus in the region that is well.
    pub primary: Arn,
    /// The bus in the other, if that gets copies.
    pub copies: Option<Arn>,
}

/// The route of an endpoint of the caller's account, wherever its home is.
pub fn route(call: &Call, id: &str) -> Result<Route, ServiceError> {
    let now = call.look();
    let mut regions = call.sim.world().regions().filter(|(account, ..)| **account == call.caller.account);
    let found = regions.find_map(|(_, _, region)| {
        region.endpoints.values().find(|it| it.id == id && !it.is_gone(now) && it.change != Change::Delete)
    });
    let route = found.and_then(|endpoint| {
        let (mut primary, mut secondary) = buses(&endpoint.definition)?;
        let check = primary_of(&endpoint.definition)?.get("HealthCheck").and_then(Value::as_str).unwrap_or_default();
        let declared = call.sim.world().outside.resource(check);
        if declared.is_some_and(|check| check.key_state != KeyState::Enabled) {
            (primary, secondary) = (secondary, primary);
        }
        let copies = is_replicated(&endpoint.definition).then_some(secondary);
        Some(Route { arn: endpoint.arn.clone(), primary, copies })
    });
    route.ok_or_else(|| {
        ServiceError::validation(format!("Parameter EndpointId is not valid. Reason: Endpoint {id} does not exist."))
            .with_help("it is the `EndpointId` that DescribeEndpoint shows")
    })
}

fn find<'a>(region: &'a RegionState, name: &str, now: Instant) -> Result<&'a Endpoint, ServiceError> {
    let found = region.endpoints.get(name).filter(|it| !it.is_gone(now));
    found.ok_or_else(|| no_endpoint(name))
}

fn no_endpoint(name: &str) -> ServiceError {
    ServiceError::not_found(format!("Endpoint {name} does not exist."))
}

fn home(call: &Call) -> Region {
    call.input.text("HomeRegion").map_or_else(|| call.caller.region.clone(), Region::new)
}

fn is_replicated(definition: &Value) -> bool {
    let state = definition.get("ReplicationConfig").and_then(|config| config.get("State")?.as_str());
    state != Some("DISABLED")
}

fn primary_of(definition: &Value) -> Option<&Value> {
    definition.get("RoutingConfig")?.get("FailoverConfig")?.get("Primary")
}

/// The primary bus and the secondary one, if the definition names one of each.
fn buses(definition: &Value) -> Option<(Arn, Arn)> {
    let config = definition.get("RoutingConfig")?.get("FailoverConfig")?;
    let route = config.get("Secondary")?.get("Route")?.as_str()?;
    let buses = definition.get("EventBuses")?.as_array()?.iter();
    let mut buses = buses.filter_map(|bus| Arn::parse(bus.get("EventBusArn")?.as_str()?));
    let (one, other) = (buses.next()?, buses.next()?);
    match (one.region() == route, other.region() == route) {
        (false, true) => Some((one, other)),
        (true, false) => Some((other, one)),
        _ => None,
    }
}

/// Refuses what cannot work: buses that are no pair, and copying without a role.
fn check(call: &Call, definition: &Value) -> Result<(), ServiceError> {
    let refused = |member: &str, why: &str| {
        Err(ServiceError::validation(format!("Parameter {member} is not valid. Reason: {why}")))
    };
    let Some((primary, secondary)) = buses(definition) else {
        let why = "The event buses must be in two Regions, and one of them in the Region of the secondary route.";
        return refused("EventBuses", why);
    };
    if primary.event_bus_name() != secondary.event_bus_name() {
        return refused("EventBuses", "The event buses must have the same name.");
    }
    let account = call.caller.account.as_str();
    if primary.account() != account || secondary.account() != account {
        return refused("EventBuses", "The event buses must be in the account of the caller.");
    }
    if is_replicated(definition) && definition.get("RoleArn").is_none() {
        return refused("RoleArn", "A role is required when event replication is enabled.");
    }
    Ok(())
}

/// What Create and Update answer.
fn asked(it: &Endpoint, name: &str, now: Instant) -> Output {
    let output = Output::new().with("Name", name).with("Arn", it.arn.as_str());
    let shown = KEPT.iter().filter(|member| **member != "Description");
    shown
        .fold(output, |output, member| output.maybe(member, it.definition.get(member).cloned()))
        .with("State", it.state(now))
}

fn named(output: Output, it: &Endpoint) -> Output {
    let url = format!("https://{}.endpoint.events.amazonaws.com", it.id);
    output.with("EndpointId", it.id.as_str()).with("EndpointUrl", url)
}

/// What both Describe and List show.
fn listed(it: &Endpoint, name: &str, now: Instant) -> Output {
    named(asked(it, name, now), it)
        .maybe("Description", it.definition.get("Description").cloned())
        .time("CreationTime", it.created)
        .time("LastModifiedTime", it.modified)
}
