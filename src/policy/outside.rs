//! Policies of other services, as `resources` declares them: any action, Sids optional, `NotAction` and its like allowed.
//!
//! Taken are a document, the JSON text of one, one statement or a list of statements; an empty list is a policy that allows
//! nothing. An identity policy (of a role or a user) has no principals; its statements are about whoever has it.
//!
//! Unlike a bus's policy nothing is normalised: only EventBridge's own storage was recorded.

use crate::diagnostics::Diagnostic;
use crate::json::{self, Value};
use crate::text::Span;

use super::statement::Except;
use super::{Effect, Policy, Principal, Statement, Texts};

/// Whose policy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of a resource: every statement names its principals.
    Resource,
    /// Of an identity: none does.
    Identity,
}

/// The policy that a value spells.
pub fn read(value: &Value, kind: Kind) -> Result<Policy, Diagnostic> {
    if let Some(text) = value.as_str() {
        let parsed = json::parse(text)
            .map_err(|error| bad(value.span, &format!("the policy is not JSON: {}", error.message)))?;
        // The places in that text are not places in the file.
        return read(&parsed, kind).map_err(|error| error.with_span(value.span));
    }
    let given = value.get("Statement").unwrap_or(value);
    let items = given.as_array().unwrap_or(std::slice::from_ref(given));
    let mut statements = Vec::new();
    for item in items {
        match item.get("Statement") {
            // A list of documents, as a role may have several policies.
            Some(_) => statements.extend(read(item, kind)?.statements),
            None => statements.push(statement(item, statements.len(), kind)?),
        }
    }
    Ok(Policy { version: super::VERSION.to_owned(), id: None, statements })
}

fn statement(value: &Value, index: usize, kind: Kind) -> Result<Statement, Diagnostic> {
    let names =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
    let Some(members) = value.as_object() else {
        return Err(bad(value.span, "a statement of a policy must be an object"));
    };
    if let Some(stranger) = members.iter().find(|member| !names.contains(&member.name.as_str())) {
        let error = bad(stranger.name_span, &format!("a statement of a policy has no member `{}`", stranger.name));
        let near = crate::text::did_you_mean(&stranger.name, names).map(|near| format!("did you mean `{near}`?"));
        return Err(error.with_help(near.unwrap_or_else(|| format!("it has {}", names.join(", ")))));
    }
    let effect = match value.get("Effect").map(|effect| effect.as_str()) {
        Some(Some("Allow")) => Effect::Allow,
        Some(Some("Deny")) => Effect::Deny,
        _ => return Err(bad(value.span, "a statement of a policy needs `Effect`: `Allow` or `Deny`")),
    };
    let (action, not_action) = either(value, "Action", "NotAction", None)?;
    let (resource, not_resource) = either(value, "Resource", "NotResource", Some("*"))?;
    let principal = value.get("Principal").or(value.get("NotPrincipal"));
    let principal = match (principal, kind) {
        (None, Kind::Identity) => Principal::Anyone,
        (Some(given), Kind::Identity) => {
            return Err(bad(given.span, "a policy of an identity names no principal"));
        }
        (None, Kind::Resource) => return Err(bad(value.span, "a statement of a resource policy needs `Principal`")),
        (Some(given), Kind::Resource) => Principal::read_any(given).ok_or_else(|| {
            bad(given.span, "`Principal` is `\"*\"` or such as `{\"Service\": \"events.amazonaws.com\"}`")
        })?,
    };
    Ok(Statement {
        sid: value.get("Sid").and_then(Value::as_str).map_or_else(|| format!("#{}", index + 1), str::to_owned),
        effect,
        principal,
        action,
        resource,
        condition: condition(value.get("Condition"))?,
        except: Except { principal: value.get("NotPrincipal").is_some(), action: not_action, resource: not_resource },
    })
}

/// The texts of a member or of its exception, and whether it is the exception.
fn either(value: &Value, name: &str, except: &str, default: Option<&str>) -> Result<(Texts, bool), Diagnostic> {
    let given = value.get(name).or(value.get(except));
    let Some(given) = given else {
        let default = default.ok_or_else(|| bad(value.span, &format!("a statement of a policy needs `{name}`")))?;
        return Ok((Texts::One(default.to_owned()), false));
    };
    let texts = Texts::read(given)
        .ok_or_else(|| bad(given.span, &format!("`{name}` must be a string or a list of strings")))?;
    Ok((texts, value.get(name).is_none()))
}

fn condition(value: Option<&Value>) -> Result<Option<Value>, Diagnostic> {
    let Some(value) = value else { return Ok(None) };
    let operators =
        value.as_object().filter(|operators| operators.iter().all(|operator| operator.value.as_object().is_some()));
    match operators {
        Some(_) => Ok(Some(value.clone())),
        None => Err(bad(value.span, "`Condition` is such as `{\"ArnEquals\": {\"aws:SourceArn\": \"arn:...\"}}`")),
    }
}

fn bad(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error("OP001", message)
        .with_span(span)
        .with_help("write it as in IAM: the statements of a policy document")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Context, Decision, Request, Words, decide_of};

    const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";

    fn allowed(policy: &str, kind: Kind) -> bool {
        let policy = read(&json::parse(policy).unwrap(), kind).unwrap();
        let context = Context::new()
            .with("aws:PrincipalServiceName", "events.amazonaws.com")
            .with("aws:SourceArn", "arn:aws:events:us-east-1:123456789012:rule/r")
            .without("aws:*");
        let request = Request { action: "sqs:SendMessage", account: "", resource: QUEUE, context: &context };
        let words = Words { policy: "the policy", remedy: "" };
        matches!(decide_of(Some(&policy), &request, words), Decision::Allowed { .. })
    }

    #[test]
    fn policies_of_resources_are_judged() {
        let service = r#""Principal":{"Service":"events.amazonaws.com"}"#;
        for (rest, expected) in [
            (r#""Action":"sqs:*""#, true),
            (r#""Action":"SQS:SendMessage","Resource":"*""#, true),
            (r#""NotAction":"sqs:SendMessage""#, false),
            (r#""Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:other""#, false),
            (r#""Action":"sqs:*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:*:*:rule/*"}}"#, true),
            (r#""Action":"sqs:*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#, false),
            (r#""Action":"sqs:*","Condition":{"Null":{"aws:userid":"true"}}"#, true),
        ] {
            let policy = format!(r#"{{"Statement":[{{"Effect":"Allow",{service},{rest}}}]}}"#);
            assert_eq!(allowed(&policy, Kind::Resource), expected, "{policy}");
        }
        assert!(!allowed("[]", Kind::Resource));
        assert!(!allowed(r#"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:*"}"#, Kind::Resource));
        assert!(allowed(r#"{"Effect":"Allow","Action":"sqs:Send*"}"#, Kind::Identity));
        assert!(allowed(
            r#""{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}}""#,
            Kind::Resource
        ));
    }

    #[test]
    fn what_is_no_policy_is_told() {
        for (policy, message) in [
            ("1", "must be an object"),
            (r#"{"Action":"a"}"#, "needs `Effect`"),
            (r#"{"Effect":"Allow","Action":"a"}"#, "needs `Principal`"),
            (r#"{"Effect":"Allow","Principal":"*"}"#, "needs `Action`"),
            (r#"{"Effect":"Allow","Principal":"*","Acton":"a"}"#, "no member `Acton`"),
            (r#""{""#, "is not JSON"),
        ] {
            let error = read(&json::parse(policy).unwrap(), Kind::Resource).unwrap_err();
            assert!(error.message.contains(message), "{policy}: {}", error.message);
        }
    }
}
