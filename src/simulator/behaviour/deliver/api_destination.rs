//! API destinations: an HTTP request to anywhere, with what the connection adds.
//!
//! The body is the input; body parameters of the connection become members of it where it is an object. Headers, query and
//! path come from the target, then from the connection, which wins where both name the same (reported). What authorises the
//! request, and values marked secret, are masked. Of a destination that was not created here nothing is known but the
//! target's own part, so neither method nor URL are told.

use super::Sending;
use super::http;
use crate::arn::Arn;
use crate::json::{self, Value};
use crate::sets::Listed as _;
use crate::simulator::behaviour::record::Failure;
use crate::simulator::state::secrets::MASK;
use crate::simulator::state::{AccountId, ApiDestination, Connection, Region, World};
use crate::time::Instant;

/// `events:InvokeApiDestination`
pub fn request(sending: &mut Sending<'_>) -> Value {
    let parameters = sending.filled("HttpParameters");
    let (destination, connection) = known(sending.world, &sending.target.arn);
    let added = connection.and_then(|connection| connection.parameters.get("InvocationHttpParameters"));
    let mut headers = http::pairs(&parameters, "HeaderParameters");
    let mut query = http::pairs(&parameters, "QueryStringParameters");
    let mut body = sending.input.to_owned();
    if let Some(added) = added {
        set_all(&mut headers, added, "HeaderParameters");
        set_all(&mut query, added, "QueryStringParameters");
        body = with_body_parameters(body, added);
    }
    if let Some((name, value)) = connection.and_then(authorization) {
        http::set(&mut headers, &name, &value);
    }
    http::set(&mut headers, "User-Agent", "Amazon/EventBridge/ApiDestinations");
    http::set(&mut headers, "Content-Type", "application/json; charset=utf-8");
    http::set(&mut headers, "Range", "bytes=0-1048575");
    http::set(&mut headers, "Accept-Encoding", "gzip,deflate");
    http::set(&mut headers, "Connection", "close");
    http::set(&mut headers, "Content-Length", &body.len().to_string());
    let mut members = Vec::new();
    if let Some(destination) = destination {
        let text = |name: &str| destination.definition.get(name).and_then(Value::as_str).unwrap_or_default();
        let url = http::with_query(http::with_path(text("InvocationEndpoint"), &parameters), &query);
        members.extend([("method", Value::string(text("HttpMethod"))), ("url", Value::string(url))]);
        if let Some((_, host)) = text("InvocationEndpoint").split_once("://") {
            http::set(&mut headers, "Host", host.split(['/', '?', '#']).next().unwrap_or_default());
        }
    }
    members.extend([("headers", http::object(headers)), ("body", Value::string(body))]);
    Value::object(members)
}

/// Why a destination that was created here cannot be called now. The code is our choice.
pub fn unavailable(world: &World, arn: &Arn, now: Instant) -> Option<Failure> {
    let (Some(_), connection) = known(world, arn) else { return None };
    let state = connection.map_or("deleted", |connection| connection.state(now));
    (state != "AUTHORIZED").then(|| {
        Failure::new("CONNECTION_FAILURE", format!("The connection of API destination {arn} is not authorized."))
            .with_help(format!("its connection is {state}; authorize it with UpdateConnection"))
    })
}

/// The destination and its connection, if they were created here.
fn known<'a>(world: &'a World, arn: &Arn) -> (Option<&'a ApiDestination>, Option<&'a Connection>) {
    let region = world.region(&AccountId::new(arn.account()), &Region::new(arn.region()));
    let Some(region) = region else { return (None, None) };
    let destination = region.api_destinations.values().find(|destination| destination.arn == arn.as_str());
    let wanted = destination.and_then(|destination| destination.definition.get("ConnectionArn")?.as_str());
    let connections = &mut region.connections.values();
    (destination, connections.find(|connection| Some(connection.arn.as_str()) == wanted))
}

/// The header that authorises, with a mask for the secret.
fn authorization(connection: &Connection) -> Option<(String, String)> {
    let header = |value: &str| Some(("Authorization".to_owned(), format!("{value} {MASK}")));
    match connection.authorization_type.as_str() {
        "BASIC" => header("Basic"),
        "OAUTH_CLIENT_CREDENTIALS" => header("Bearer"),
        _ => {
            let key = connection.parameters.get("ApiKeyAuthParameters")?;
            Some((key.get("ApiKeyName")?.as_str()?.to_owned(), MASK.to_owned()))
        }
    }
}

/// The connection's parameters of one kind: key and value, masked where it is secret.
fn parameters<'a>(added: &'a Value, member: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    added.get(member).and_then(Value::as_array).unwrap_or_default().iter().map(|parameter| {
        let text = |name: &str| parameter.get(name).and_then(Value::as_str).unwrap_or_default();
        let is_secret = parameter.get("IsValueSecret").and_then(Value::as_bool) == Some(true);
        (text("Key"), if is_secret { MASK } else { text("Value") })
    })
}

fn set_all(pairs: &mut Vec<(String, String)>, added: &Value, member: &str) {
    parameters(added, member).for_each(|(key, value)| http::set(pairs, key, value));
}

fn with_body_parameters(body: String, added: &Value) -> String {
    let Ok(value) = json::parse(&body) else { return body };
    let Some(members) = value.as_object() else { return body };
    let given: Vec<_> = parameters(added, "BodyParameters").listed();
    let is_added = |name: &str| given.iter().any(|(key, _)| *key == name);
    let kept = members.iter().filter(|member| !is_added(&member.name));
    let kept = kept.map(|member| (member.name.as_str(), member.value.clone()));
    let added = given.iter().map(|(key, value)| (*key, Value::string(*value)));
    match given.is_empty() {
        true => body,
        false => json::print(&Value::object(kept.chain(added).listed())),
    }
}
