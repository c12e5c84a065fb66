//! Saving what is no bus: connections, API destinations and endpoints, as the calls that make them.
//!
//! ARNs follow from names, so a destination finds its connection again. Secrets are masked: a loaded connection has `***` in
//! their place. A connection that has forgotten its parameters is made with masks and made to forget; one that only a
//! destination still names is made and deleted again, so that the destination can be made at all.

use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::secrets::{MASK, masked};
use crate::simulator::state::{Asked, Change, Connection, RegionState};
use crate::time::Instant;

/// An operation and its input.
pub(super) type Call = (&'static str, Vec<(&'static str, Value)>);

/// Adds the calls that make the resources of a region.
pub(super) fn save(state: &RegionState, now: Instant, calls: &mut Vec<Call>) {
    let is_there = |connection: &&Connection| !matches!(connection.asked, Asked::Delete(_));
    let mut deleted: Vec<String> = Vec::new();
    for (name, connection) in state.connections.iter().filter(|(_, it)| is_there(it)) {
        save_connection(name, connection, calls);
    }
    for destination in state.api_destinations.values() {
        let arn = destination.definition.get("ConnectionArn").and_then(Value::as_str).unwrap_or_default();
        let name = arn.split('/').nth(1).unwrap_or_default().to_owned();
        let known = state.connections.values().filter(is_there).any(|it| it.arn == arn);
        if !known && !deleted.contains(&name) {
            calls.push(("CreateConnection", create(&name, "BASIC", nothing_known("BASIC"))));
            deleted.push(name);
        }
    }
    for (name, destination) in state.api_destinations.iter() {
        calls.push(("CreateApiDestination", with_members(name, &destination.definition)));
    }
    calls.extend(deleted.iter().map(|name| ("DeleteConnection", vec![("Name", Value::string(name))])));
    for (name, endpoint) in state.endpoints.iter() {
        if endpoint.change != Change::Delete && !endpoint.is_gone(now) {
            calls.push(("CreateEndpoint", with_members(name, &endpoint.definition)));
        }
    }
}

fn save_connection(name: &str, it: &Connection, calls: &mut Vec<Call>) {
    let forgotten = matches!(it.asked, Asked::Deauthorize(_));
    let kind = it.authorization_type.as_str();
    let parameters = if forgotten { nothing_known(kind) } else { masked(&it.parameters) };
    let mut input = create(name, kind, parameters);
    input.extend(it.description.as_ref().map(|text| ("Description", Value::string(text))));
    input.extend(it.connectivity.as_ref().map(|given| ("InvocationConnectivityParameters", given.clone())));
    input.extend(it.kms_key_identifier.as_ref().map(|key| ("KmsKeyIdentifier", Value::string(key))));
    calls.push(("CreateConnection", input));
    if forgotten {
        calls.push(("DeauthorizeConnection", vec![("Name", Value::string(name))]));
    }
}

fn create(name: &str, kind: &str, parameters: Value) -> Vec<(&'static str, Value)> {
    vec![("Name", Value::string(name)), ("AuthorizationType", Value::string(kind)), ("AuthParameters", parameters)]
}

/// Parameters of this type that say nothing.
fn nothing_known(kind: &str) -> Value {
    let mask = || Value::string(MASK);
    let (member, parameters) = match kind {
        "BASIC" => ("BasicAuthParameters", vec![("Username", mask()), ("Password", mask())]),
        "API_KEY" => ("ApiKeyAuthParameters", vec![("ApiKeyName", mask()), ("ApiKeyValue", mask())]),
        _ => {
            let client = Value::object(vec![("ClientID", mask()), ("ClientSecret", mask())]);
            let server = Value::string("https://masked.invalid");
            let method = Value::string("POST");
            let all = vec![("ClientParameters", client), ("AuthorizationEndpoint", server), ("HttpMethod", method)];
            ("OAuthParameters", all)
        }
    };
    Value::object(vec![(member, Value::object(parameters))])
}

/// The members of a definition, with the name.
fn with_members(name: &str, definition: &Value) -> Vec<(&'static str, Value)> {
    const MEMBERS: [&str; 9] = [
        "Description",
        "ConnectionArn",
        "InvocationEndpoint",
        "HttpMethod",
        "InvocationRateLimitPerSecond",
        "RoutingConfig",
        "ReplicationConfig",
        "EventBuses",
        "RoleArn",
    ];
    let kept = MEMBERS.iter().filter_map(|member| Some((*member, definition.get(member)?.clone())));
    std::iter::once(("Name", Value::string(name))).chain(kept).listed()
}
