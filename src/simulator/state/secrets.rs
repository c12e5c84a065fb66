//! What of a connection's parameters may be seen.
//!
//! Secrets never leave: passwords, API keys and client secrets, and the values of parameters marked secret. A description
//! leaves them out; a saved scenario has a [`MASK`] in their place, so that it can be loaded again.
//!
//! Source: recorded 2026, connections (`IsValueSecret` is always shown, the value of a secret one never).

use crate::ids::Ids;
use crate::json::{Member, Value};
use crate::sets::Listed as _;

/// What stands for a secret in a saved scenario.
pub const MASK: &str = "***";

/// Members that are secret whatever they hold.
const SECRETS: [&str; 3] = ["Password", "ApiKeyValue", "ClientSecret"];

/// What becomes of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secrets {
    LeftOut,
    Masked,
}

/// The parameters as DescribeConnection shows them.
pub fn shown(parameters: &Value) -> Value {
    without(parameters, Secrets::LeftOut)
}

/// The parameters as CreateConnection takes them, with a mask for every secret.
pub fn masked(parameters: &Value) -> Value {
    without(parameters, Secrets::Masked)
}

/// Parameters nest five deep in the model, so this may call itself.
fn without(value: &Value, secrets: Secrets) -> Value {
    if let Some(items) = value.as_array() {
        return Value::array(items.iter().map(|item| without(item, secrets)).listed());
    }
    let Some(members) = value.as_object() else { return value.clone() };
    let is_parameter = value.get("Key").is_some();
    let is_secret = value.get("IsValueSecret").and_then(Value::as_bool) == Some(true);
    let kept = members.iter().filter_map(|Member { name, value, .. }| {
        let hidden = SECRETS.contains(&name.as_str()) || (is_secret && name == "Value");
        match (hidden, secrets) {
            (true, Secrets::LeftOut) => None,
            (true, Secrets::Masked) => Some((name.as_str(), Value::string(MASK))),
            (false, _) => Some((name.as_str(), without(value, secrets))),
        }
    });
    let mut kept: Vec<(&str, Value)> = kept.listed();
    if secrets == Secrets::LeftOut {
        if is_parameter && value.get("IsValueSecret").is_none() {
            kept.push(("IsValueSecret", Value::boolean(false)));
        }
        if let Some(arn) = value.get("ResourceConfigurationArn").and_then(Value::as_str) {
            kept.push(("ResourceAssociationArn", Value::string(association(arn))));
        }
    }
    Value::object(kept)
}

/// The association that the service makes for a private resource: in the same place, with an id of its own.
fn association(configuration: &str) -> String {
    let place = configuration.split(":resourceconfiguration/").next().unwrap_or_default();
    format!("{place}:servicenetworkresourceassociation/snra-{}", Ids::of(0, configuration).hex(17))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_or_masked() {
        let given = crate::json::parse(
            r#"{"BasicAuthParameters":{"Username":"u","Password":"p"},"InvocationHttpParameters":{"HeaderParameters":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2","IsValueSecret":true}]}}"#,
        );
        let given = given.unwrap();
        assert_eq!(
            shown(&given).to_string(),
            r#"{"BasicAuthParameters":{"Username":"u"},"InvocationHttpParameters":{"HeaderParameters":[{"Key":"a","Value":"1","IsValueSecret":false},{"Key":"b","IsValueSecret":true}]}}"#
        );
        assert_eq!(
            masked(&given).to_string(),
            r#"{"BasicAuthParameters":{"Username":"u","Password":"***"},"InvocationHttpParameters":{"HeaderParameters":[{"Key":"a","Value":"1"},{"Key":"b","Value":"***","IsValueSecret":true}]}}"#
        );
    }
}
