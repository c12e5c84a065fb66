//! PutPermission with a whole policy: checked with the service's messages, stored in its normal form.
//!
//! The order of the checks is the recorded one where two recordings decide it: JSON, then the fields a policy must not
//! and must have, then Sids, actions, resources and last the principals. A statement's place in a message is where the
//! parser stood before it: just behind the bracket, or behind the statement before (columns 38 and 235 recorded).
//!
//! Normal form: accounts become root ARNs, a single Statement becomes a list, blanks go.

use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use crate::arn::Arn;
use crate::json::{self, Value};
use crate::text::position;

use crate::sets::glob;

use super::{Effect, Except, Policy, Principal, Statement, Texts};

/// The actions that a bus policy may name (fifteen by the documentation, which does not list them in one place).
const ACTIONS: [&str; 15] = [
    "events:PutEvents",
    "events:DescribeEventBus",
    "events:PutRule",
    "events:DeleteRule",
    "events:DescribeRule",
    "events:EnableRule",
    "events:DisableRule",
    "events:ListRules",
    "events:PutTargets",
    "events:RemoveTargets",
    "events:ListTargetsByRule",
    "events:ListRuleNamesByTarget",
    "events:TagResource",
    "events:UntagResource",
    "events:ListTagsForResource",
];

/// The bus that a policy is put on.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// Whose it is.
    pub account: &'a str,
    /// Its name.
    pub bus: &'a str,
}

/// The service's message, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DocumentError(pub String);

type Checked<T> = Result<T, DocumentError>;

fn refused<T>(message: impl Into<String>) -> Checked<T> {
    Err(DocumentError(message.into()))
}

pub(super) fn read(text: &str, owner: &Owner) -> Checked<Policy> {
    let Ok(document) = json::parse(text) else { return refused("This policy contains invalid Json") };
    if document.as_object().is_none() {
        return refused("This text appears not to be a policy");
    }
    let version = field(&document, "Version")?.as_str().unwrap_or(super::VERSION).to_owned();
    let statement = field(&document, "Statement")?;
    let given = statement.as_array().unwrap_or(std::slice::from_ref(statement));
    if given.is_empty() {
        return refused("Could not parse the policy: Statement is empty!");
    }
    let mut statements: Vec<Statement> = Vec::new();
    let mut sids: HashMap<Rc<str>, u32> = HashMap::new();
    for (value, place) in given.iter().zip(places(text, statement, given)) {
        let read = read_statement(value, &place)?;
        if sids.insert(read.sid.as_str().into(), 0).is_some() {
            return refused(format!("{place}The Statement Ids in the policy are not unique"));
        }
        statements.push(read);
    }
    for arn in statements.iter().flat_map(|statement| statement.resource.iter()) {
        check_resource(arn, owner)?;
    }
    for (statement, value) in statements.iter_mut().zip(given) {
        let principal = value.get("Principal").map(Principal::read);
        statement.principal = match principal {
            Some(Ok(principal)) => principal,
            _ => return refused("Policy contains an invalid principal"),
        };
    }
    let id = document.get("Id").and_then(Value::as_str).map(str::to_owned);
    Ok(Policy { version, id, statements })
}

/// Where a statement stands, in words: `Invalid statement at line 1 column 38: `. Lines are counted only for an error.
struct Place<'a> {
    text: &'a str,
    offset: u32,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = position(self.text, self.offset as usize);
        write!(f, "Invalid statement at line {} column {}: ", at.line, at.column)
    }
}

/// Where each statement stands.
fn places<'a>(text: &'a str, statement: &Value, given: &[Value]) -> impl Iterator<Item = Place<'a>> {
    let first = match statement.as_array() {
        Some(_) => statement.span.start + 1,
        None => statement.span.start,
    };
    let starts = std::iter::once(first).chain(given.iter().map(|value| value.span.end));
    starts.map(move |offset| Place { text, offset })
}

fn field<'a>(value: &'a Value, name: &str) -> Checked<&'a Value> {
    value.get(name).ok_or_else(|| DocumentError(format!("Missing required field {name}")))
}

/// A statement without its principal, which is judged last.
fn read_statement(value: &Value, place: &Place<'_>) -> Checked<Statement> {
    if value.as_object().is_none() {
        return refused("This text appears not to be a policy");
    }
    if let Some(name) = ["NotAction", "NotResource", "NotPrincipal"].into_iter().find(|name| value.get(name).is_some())
    {
        return refused(format!("Has prohibited field {name}"));
    }
    let sid = field(value, "Sid")?.as_str().unwrap_or_default().to_owned();
    let effect = match field(value, "Effect")?.as_str() {
        Some("Allow") => Effect::Allow,
        Some("Deny") => Effect::Deny,
        _ => return refused(format!("{place}Effect must be Allow or Deny")),
    };
    field(value, "Principal")?;
    let action = texts(value, "Action", place)?;
    check_actions(&action, place)?;
    let resource = texts(value, "Resource", place)?;
    let condition = value.get("Condition").cloned();
    Ok(Statement { sid, effect, principal: Principal::Anyone, action, resource, condition, except: Except::default() })
}

fn texts(value: &Value, name: &str, place: &Place<'_>) -> Checked<Texts> {
    let wrong = || DocumentError(format!("{place}{name} must be a string or a list of strings"));
    Texts::read(field(value, name)?).ok_or_else(wrong)
}

fn check_actions(actions: &Texts, place: &Place<'_>) -> Checked<()> {
    let (mut foreign, mut unknown) = (false, Vec::new());
    for action in actions.iter().filter(|action| *action != "*") {
        let glob = action.to_ascii_lowercase();
        foreign |= !glob.starts_with("events:");
        if !ACTIONS.iter().any(|known| glob::matches(&glob, &known.to_ascii_lowercase())) {
            unknown.push(format!("\"{action}\""));
        }
    }
    if foreign {
        let words = "Action field includes AWS services that are inconsistent with specified vendor";
        return refused(format!("{place}{words}"));
    }
    match unknown.is_empty() {
        true => Ok(()),
        false => refused(format!("{place}The following action names are invalid: {}", unknown.join(", "))),
    }
}

/// A resource is `*`, this bus, or rules of this bus; partition and region may be globs, the account may not.
fn check_resource(text: &str, owner: &Owner) -> Checked<()> {
    if text == "*" {
        return Ok(());
    }
    let Some(arn) = Arn::parse(text) else { return refused(format!("The ARN \"{text}\" is invalid")) };
    if arn.account() != owner.account {
        return refused(format!("The namespace \"{}\" is invalid for ARN \"{text}\"", arn.account()));
    }
    let bus = owner.bus;
    let own = match arn.resource().split_once('/') {
        Some(("event-bus", name)) => name == bus,
        // Rules of the default bus have no bus in their ARN.
        Some(("rule", rule)) if bus == "default" => !rule.contains('/'),
        Some(("rule", rule)) => rule.split_once('/').is_some_and(|(of, name)| of == bus && !name.is_empty()),
        _ => false,
    };
    match own {
        true => Ok(()),
        false => refused(format!("The relative-id \"{}\" is invalid for ARN \"{text}\"", arn.resource())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: Owner = Owner { account: "123456789012", bus: "orders" };

    fn with(action: &str, resource: &str, principal: &str) -> String {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"s","Effect":"Allow","Principal":{principal},"Action":"{action}","Resource":"{resource}"}}]}}"#
        )
    }

    #[test]
    fn a_document_is_normalised() {
        let text = r#"{ "Version": "2012-10-17", "Statement": { "Sid": "s", "Effect": "Deny", "Resource": "*",
            "Principal": {"AWS": ["222222222222", "*"]}, "Action": ["events:Put*"] } }"#;
        let stored = Policy::read(text, &OWNER).unwrap().text();
        assert_eq!(
            stored,
            r#"{"Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Deny","Principal":{"AWS":["arn:aws:iam::222222222222:root","*"]},"Action":["events:Put*"],"Resource":"*"}]}"#
        );
        assert_eq!(Policy::read(&stored, &OWNER).unwrap().text(), stored);
    }

    #[test]
    fn what_is_wrong_is_said_in_the_services_words() {
        let bus = "arn:aws:events:us-east-1:123456789012:event-bus/orders";
        let account = r#"{"AWS":"222222222222"}"#;
        for (text, message) in [
            (String::new(), "This policy contains invalid Json"),
            ("null".to_owned(), "This text appears not to be a policy"),
            ("{}".to_owned(), "Missing required field Version"),
            (
                r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned(),
                "Could not parse the policy: Statement is empty!",
            ),
            (
                with("iam:List", bus, account),
                "Invalid statement at line 1 column 38: Action field includes AWS services that are inconsistent with specified vendor",
            ),
            (
                with("events:No", bus, account),
                "Invalid statement at line 1 column 38: The following action names are invalid: \"events:No\"",
            ),
            (
                with("events:*", "arn:aws:events:*:*:event-bus/orders", account),
                "The namespace \"*\" is invalid for ARN \"arn:aws:events:*:*:event-bus/orders\"",
            ),
            (
                with("*", "arn:*:events:*:123456789012:rule/*", account),
                "The relative-id \"rule/*\" is invalid for ARN \"arn:*:events:*:123456789012:rule/*\"",
            ),
            (with("*", bus, r#"{"AWS":"000000000000"}"#), "Policy contains an invalid principal"),
        ] {
            assert_eq!(Policy::read(&text, &OWNER).unwrap_err().0, message, "{text}");
        }
    }
}
