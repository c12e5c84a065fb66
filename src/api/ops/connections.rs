//! CreateConnection, UpdateConnection, DescribeConnection, ListConnections, DeauthorizeConnection, DeleteConnection.
//!
//! What is sent is kept, secrets too, but no answer holds one. An update needs a description, a key, or a type with its
//! parameters; with the same type, parameters that it leaves out stay, and another type forgets all the old ones and gets
//! another secret. A connection that is being deleted is still there for seconds (all recorded). Where no words were
//! recorded (parameters that do not belong to the type, a change during a deletion) they are ours.
//!
//! Source: recorded 2026, connections; service behaviour, section 13; documentation, 1.8.

use crate::json::{Member, Value};
use crate::simulator::state::{Asked, Connection, secrets};
use crate::time::Instant;

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::event_buses::key;

/// Each type with the member that holds its parameters, and what of them must be there in the end.
const TYPES: [(&str, &str, &[&str]); 3] = [
    ("BASIC", "BasicAuthParameters", &["Username", "Password"]),
    ("API_KEY", "ApiKeyAuthParameters", &["ApiKeyName", "ApiKeyValue"]),
    ("OAUTH_CLIENT_CREDENTIALS", "OAuthParameters", &["ClientParameters", "AuthorizationEndpoint", "HttpMethod"]),
];

const NEEDED: &str = "Failed to update the connection(s). At least one of the following is required: Description, KmsKeyIdentifier, AuthorizationType with BasicAuthParameters, ApiKeyAuthParameters, or OAuthParameters.";

/// Makes a connection; with OAuth it still has to be authorized.
pub fn create(call: &mut Call) -> Answer {
    let (input, now, name) = (call.input, call.now(), call.input.required("Name"));
    let kind = input.required("AuthorizationType");
    let parameters = input.get("AuthParameters").cloned().unwrap_or_else(|| Value::object(Vec::<(&str, Value)>::new()));
    check_parameters("create", kind, &parameters)?;
    let kms_key_identifier = input.text("KmsKeyIdentifier").map(|text| key(text, call)).transpose()?.flatten();
    let (place, uuid) = (place(call), call.ids_of("connection", name).uuid());
    let secret_arn = secret_arn(call, name, kind);
    let asked = call.asked();
    let connections = &mut call.own_region().connections;
    if connections.get(name).is_some_and(|known| !known.is_gone(now)) {
        return Err(ServiceError::exists(format!("Connection {name} already exists.")));
    }
    let connection = Connection {
        arn: format!("arn:aws:events:{place}:connection/{name}/{uuid}"),
        description: input.text("Description").map(str::to_owned),
        authorization_type: kind.to_owned(),
        parameters,
        connectivity: connectivity(input),
        kms_key_identifier,
        secret_arn,
        created: now,
        modified: now,
        authorized: Instant::from_millis(0),
        asked: Asked::Nothing,
    };
    let connection = authorize(connection, now, asked);
    let answer = head(&connection, now).time("CreationTime", now).time("LastModifiedTime", now).value();
    connections.insert(name.to_owned(), connection);
    Ok(answer)
}

/// Changes what it names.
pub fn update(call: &mut Call) -> Answer {
    let (input, now, name) = (call.input, call.now(), call.input.required("Name"));
    let known = find(call, "update", name)?.clone();
    let sent = input.text("AuthorizationType").and_then(|kind| {
        let (_, member, _) = TYPES.iter().find(|(name, ..)| *name == kind)?;
        let parameters = input.get("AuthParameters")?;
        parameters.get(member).map(|_| (kind, parameters))
    });
    if sent.is_none() && input.get("Description").is_none() && input.get("KmsKeyIdentifier").is_none() {
        return Err(ServiceError::validation(NEEDED));
    }
    refuse_deleted(&known)?;
    let key = input.text("KmsKeyIdentifier").map(|text| key(text, call)).transpose()?;
    let mut connection = Connection { modified: now, ..known };
    if let Some((kind, parameters)) = sent {
        let same = kind == connection.authorization_type;
        let parameters = if same { overlaid(&connection.parameters, parameters) } else { parameters.clone() };
        check_parameters("update", kind, &parameters)?;
        if !same || matches!(connection.asked, Asked::Deauthorize(_)) {
            connection.secret_arn = secret_arn(call, name, &format!("{kind} {now}"));
        }
        let given = Connection { parameters, authorization_type: kind.to_owned(), ..connection };
        connection = authorize(given, now, call.asked());
    }
    if let Some(text) = input.text("Description") {
        connection.description = Some(text.to_owned());
    }
    if let Some(key) = key {
        connection.kms_key_identifier = key;
    }
    if input.get("InvocationConnectivityParameters").is_some() {
        connection.connectivity = connectivity(input);
    }
    store(call, name, connection)
}

/// A connection without its secrets.
pub fn describe(call: &mut Call) -> Answer {
    let (name, now) = (call.input.required("Name"), call.now());
    let it = find(call, "describe", name)?;
    let listed = listed(it, name, now)
        .maybe("Description", it.description.as_deref())
        .maybe("InvocationConnectivityParameters", it.connectivity.as_ref().map(secrets::shown))
        .with("SecretArn", it.secret_arn.as_str())
        .maybe("KmsKeyIdentifier", it.kms_key_identifier.as_deref())
        .with("AuthParameters", secrets::shown(&it.parameters));
    Ok(listed.value())
}

/// The connections of the caller, by name.
pub fn list(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    let (prefix, state) = (input.text("NamePrefix").unwrap_or_default(), input.text("ConnectionState"));
    let pages = Pages::read("connections".to_owned(), "Connections", input)?;
    let all = call.own_region().connections.iter().filter(|(name, it)| {
        !it.is_gone(now) && name.starts_with(prefix) && state.is_none_or(|state| it.state(now) == state)
    });
    Ok(pages.page(all.map(|(name, it)| (name.as_str(), listed(it, name, now).value()))).value())
}

/// Makes a connection forget its parameters. Twice is once (recorded).
pub fn deauthorize(call: &mut Call) -> Answer {
    let (name, now) = (call.input.required("Name"), call.now());
    let known = find(call, "deauthorize", name)?.clone();
    refuse_deleted(&known)?;
    let authorized = known.last_authorized(now);
    let asked = match known.asked {
        Asked::Deauthorize(since) => Asked::Deauthorize(since),
        _ => Asked::Deauthorize(call.asked()),
    };
    let parameters = Value::object(Vec::<(&str, Value)>::new());
    store(call, name, Connection { parameters, asked, authorized, modified: now, ..known })
}

/// Deletes a connection; for seconds it still shows.
pub fn delete(call: &mut Call) -> Answer {
    let (name, now) = (call.input.required("Name"), call.now());
    let known = find(call, "delete", name)?.clone();
    let authorized = known.last_authorized(now);
    let asked = match known.asked {
        Asked::Delete(since) => Asked::Delete(since),
        _ => Asked::Delete(call.asked()),
    };
    store(call, name, Connection { asked, authorized, ..known })
}

/// The connection of this name. The words are recorded for `describe`.
fn find<'a>(call: &'a mut Call, verb: &str, name: &str) -> Result<&'a Connection, ServiceError> {
    let now = call.now();
    let found = call.own_region().connections.get(name).filter(|it| !it.is_gone(now));
    found.ok_or_else(|| no_connection(verb, name))
}

/// No connection has this name.
pub fn no_connection(verb: &str, name: &str) -> ServiceError {
    ServiceError::not_found(format!("Failed to {verb} the connection(s). Connection '{name}' does not exist."))
}

fn refuse_deleted(connection: &Connection) -> Result<(), ServiceError> {
    match connection.asked {
        Asked::Delete(_) => Err(ServiceError::concurrent("The connection is being deleted.")),
        _ => Ok(()),
    }
}

fn store(call: &mut Call, name: &str, connection: Connection) -> Answer {
    let now = call.now();
    let answer = head(&connection, now)
        .time("CreationTime", connection.created)
        .time("LastModifiedTime", connection.modified)
        .time("LastAuthorizedTime", connection.last_authorized(now));
    call.own_region().connections.insert(name.to_owned(), connection);
    Ok(answer.value())
}

fn head(connection: &Connection, now: Instant) -> Output {
    Output::new().with("ConnectionArn", connection.arn.as_str()).with("ConnectionState", connection.state(now))
}

/// What both Describe and List show.
fn listed(connection: &Connection, name: &str, now: Instant) -> Output {
    head(connection, now)
        .with("Name", name)
        .maybe("StateReason", connection.state_reason())
        .with("AuthorizationType", connection.authorization_type.as_str())
        .time("CreationTime", connection.created)
        .time("LastModifiedTime", connection.modified)
        .time("LastAuthorizedTime", connection.last_authorized(now))
}

/// Basic and API-key parameters are good as they are; with OAuth a server has to be asked.
fn authorize(connection: Connection, now: Instant, asked: Instant) -> Connection {
    match connection.authorization_type.as_str() {
        "OAUTH_CLIENT_CREDENTIALS" => {
            let authorized = connection.last_authorized(now);
            Connection { asked: Asked::Authorize(asked), authorized, ..connection }
        }
        _ => Connection { asked: Asked::Nothing, authorized: now, ..connection },
    }
}

/// Refuses parameters of another type, and too few of this one. The words are ours.
fn check_parameters(verb: &str, kind: &str, parameters: &Value) -> Result<(), ServiceError> {
    for (name, member, required) in TYPES {
        let given = parameters.get(member);
        let missing = required.iter().find(|part| given.and_then(|given| given.get(part)).is_none());
        let message = match (name == kind, given, missing) {
            (true, _, Some(_)) if given.is_none() => {
                format!("Failed to {verb} the connection(s). AuthorizationType {kind} requires {member}.")
            }
            (true, _, Some(part)) => {
                format!("Failed to {verb} the connection(s). AuthorizationType {kind} requires {member}.{part}.")
            }
            (false, Some(_), _) => {
                format!("Failed to {verb} the connection(s). {member} cannot be used with AuthorizationType {kind}.")
            }
            _ => continue,
        };
        return Err(ServiceError::validation(message));
    }
    Ok(())
}

/// The members of `old` with those of `new` over them; of credentials the inner members one by one. Lists of parameters
/// are replaced as a whole.
fn overlaid(old: &Value, new: &Value) -> Value {
    const INNER: [&str; 4] = ["BasicAuthParameters", "ApiKeyAuthParameters", "OAuthParameters", "ClientParameters"];
    let mut members = Vec::new();
    for Member { name, value, .. } in old.as_object().unwrap_or_default() {
        let value = match new.get(name) {
            Some(other) if INNER.contains(&name.as_str()) => overlaid(value, other),
            Some(other) => other.clone(),
            None => value.clone(),
        };
        members.push((name.as_str(), value));
    }
    let added = new.as_object().unwrap_or_default().iter().filter(|member| old.get(&member.name).is_none());
    added.for_each(|member| members.push((&member.name, member.value.clone())));
    Value::object(members)
}

/// The private resource; an empty ARN stands for none.
fn connectivity(input: Input) -> Option<Value> {
    let given = input.object("InvocationConnectivityParameters")?;
    let arn = given.object("ResourceParameters")?.text("ResourceConfigurationArn")?;
    (!arn.is_empty()).then(|| given.value().clone())
}

/// `REGION:ACCOUNT`
fn place(call: &Call) -> String {
    format!("{}:{}", call.caller.region, call.caller.account)
}

fn secret_arn(call: &Call, name: &str, which: &str) -> String {
    let mut ids = call.ids_of("secret", &format!("{name} {which}"));
    let (uuid, suffix) = (ids.uuid(), ids.hex(6));
    format!("arn:aws:secretsmanager:{}:secret:events!connection/{name}/{uuid}-{suffix}", place(call))
}
