//! The world outside: resources of other services and identities, as far as they are declared.
//!
//! What is not declared exists and permits everything; of what is declared, each member that is left out is as if not
//! declared: a queue without `policy` takes everybody's messages, one with an empty policy takes nobody's. Organizations
//! say which accounts belong together. Nothing here decides; `behaviour/permission` asks.
//!
//! `{ exists?, policy?, kmsKey?, state?, trust?, permissions? }` by ARN; which of them an ARN may have depends on its service.

use super::AccountId;
use crate::arn::Arn;
use crate::diagnostics::Diagnostic;
use crate::json::Value;
use crate::policy::Policy;
use crate::policy::outside::{Kind, read};
use crate::sets::{Listed as _, SortedMap};
use crate::text::{Span, did_you_mean};

/// All that is declared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outside {
    resources: SortedMap<String, Resource>,
    organizations: Vec<(String, Vec<AccountId>)>,
}

/// What is declared of one resource or identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Whether it is there.
    pub existence: Existence,
    /// Who may use it: its resource policy, or that of a key.
    pub policy: Option<Policy>,
    /// Who may assume it: of roles.
    pub trust: Option<Policy>,
    /// What it may do: of roles, users and accounts.
    pub permissions: Option<Policy>,
    /// The key that its content is encrypted with: of queues and topics.
    pub kms_key: Option<String>,
    /// Whether it can be used: of keys; whether what it watches is well: of health checks.
    pub key_state: KeyState,
    /// As it was declared.
    pub definition: Value,
}

/// Whether a resource is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// It is.
    Exists,
    /// It is not.
    Missing,
}

/// Whether a key can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It can.
    Enabled,
    /// It was switched off; of a health check: unhealthy.
    Disabled,
    /// It is about to go.
    PendingDeletion,
}

impl Outside {
    /// What is declared of a resource.
    pub fn resource(&self, arn: &str) -> Option<&Resource> {
        self.resources.get(arn)
    }

    /// Whether nothing is declared of any resource.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty()
    }

    /// Declares a resource, or declares it anew.
    pub fn declare(&mut self, arn: &str, resource: Resource) {
        self.resources.insert(arn.to_owned(), resource);
    }

    /// The organization that holds an account.
    pub fn organization_of(&self, account: &str) -> Option<&str> {
        let holds = |(_, accounts): &&(String, Vec<AccountId>)| accounts.iter().any(|held| held.as_str() == account);
        self.organizations.iter().find(holds).map(|(id, _)| id.as_str())
    }

    /// Reads `resources`: declarations by ARN.
    pub fn declare_all(&mut self, value: &Value) -> Result<(), Diagnostic> {
        let members = value.as_object().ok_or_else(|| {
            bad(value.span, "`resources` must be an object", "declare resources by ARN: `{\"arn:aws:sqs:...\": {...}}`")
        })?;
        for member in members {
            let resource = Resource::parse(&member.name, member.name_span, &member.value)?;
            self.declare(&member.name, resource);
        }
        Ok(())
    }

    /// Reads `organizations`: lists of accounts by the organization's id.
    pub fn organize(&mut self, value: &Value) -> Result<(), Diagnostic> {
        let help = "such as `{\"o-exampleorgid\": [\"123456789012\"]}`";
        let members = value.as_object().ok_or_else(|| bad(value.span, "`organizations` must be an object", help))?;
        self.organizations.clear();
        for member in members {
            if !is_organization(&member.name) {
                return Err(bad(
                    member.name_span,
                    &format!("`{}` is not the id of an organization", member.name),
                    help,
                ));
            }
            let list = member.value.as_array().ok_or_else(|| {
                bad(member.value.span, &format!("`organizations.{}` must be a list of accounts", member.name), help)
            })?;
            let account = |item: &Value| match item.as_str().filter(|text| is_account(text)) {
                Some(text) => Ok(AccountId::new(text)),
                None => Err(bad(item.span, "an account has twelve digits", help)),
            };
            self.organizations.push((member.name.to_string(), list.iter().map(account).collect::<Result<_, _>>()?));
        }
        Ok(())
    }

    /// As `resources` declared it.
    pub fn resources_value(&self) -> Value {
        let members = self.resources.iter().map(|(arn, resource)| (arn.as_str(), resource.definition.clone()));
        Value::object(members.listed())
    }

    /// As `organizations` declared it.
    pub fn organizations_value(&self) -> Value {
        let list = |accounts: &[AccountId]| {
            Value::array(accounts.iter().map(|account| Value::string(account.as_str())).listed())
        };
        Value::object(self.organizations.iter().map(|(id, accounts)| (id.as_str(), list(accounts))).listed())
    }
}

impl Resource {
    /// What a declaration says of the resource with this ARN.
    pub fn parse(arn: &str, arn_span: Span, value: &Value) -> Result<Self, Diagnostic> {
        let Some(parsed) = Arn::parse(arn) else {
            return Err(bad(arn_span, &format!("`{arn}` is not an ARN"), "resources are declared by their whole ARN"));
        };
        let names = members_of(&parsed);
        let Some(members) = value.as_object() else {
            return Err(bad(
                value.span,
                &format!("the declaration of `{arn}` must be an object"),
                "such as `{\"exists\": false}`",
            ));
        };
        if let Some(stranger) = members.iter().find(|member| !names.contains(&member.name.as_str())) {
            let help = match did_you_mean(&stranger.name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("this kind of resource has {}", names.join(", ")),
            };
            return Err(bad(
                stranger.name_span,
                &format!("the declaration of `{arn}` has no member `{}`", stranger.name),
                &help,
            ));
        }
        let policy = |name: &str, kind: Kind| {
            let given = value.get(name).filter(|given| !given.is_null());
            given.map(|given| read(given, kind)).transpose().map_err(|error| of_member(error, arn, name))
        };
        Ok(Self {
            existence: existence(arn, value)?,
            policy: policy("policy", Kind::Resource)?,
            trust: policy("trust", Kind::Resource)?,
            permissions: policy("permissions", Kind::Identity)?,
            kms_key: kms_key(arn, value)?,
            key_state: key_state(&parsed, value)?,
            definition: value.clone(),
        })
    }
}

/// What may be said of a resource.
fn members_of(arn: &Arn) -> &'static [&'static str] {
    match arn.service() {
        "iam" | "sts" if arn.resource().starts_with("role/") => &["exists", "trust", "permissions"],
        "iam" | "sts" => &["exists", "permissions"],
        "kms" => &["exists", "state", "policy"],
        "route53" => &["state"],
        "sqs" | "sns" => &["exists", "policy", "kmsKey"],
        _ => &["exists", "policy"],
    }
}

fn existence(arn: &str, value: &Value) -> Result<Existence, Diagnostic> {
    match value.get("exists").map(|exists| (exists, exists.as_bool())) {
        None | Some((_, Some(true))) => Ok(Existence::Exists),
        Some((_, Some(false))) => Ok(Existence::Missing),
        Some((exists, None)) => {
            Err(bad(exists.span, &format!("`exists` of `{arn}` must be `true` or `false`"), "without quotes"))
        }
    }
}

fn kms_key(arn: &str, value: &Value) -> Result<Option<String>, Diagnostic> {
    let Some(key) = value.get("kmsKey").filter(|key| !key.is_null()) else { return Ok(None) };
    let text = key.as_str().filter(|text| Arn::parse(text).is_some_and(|key| key.service() == "kms"));
    match text {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(bad(
            key.span,
            &format!("`kmsKey` of `{arn}` must be the ARN of a key"),
            "such as `\"arn:aws:kms:us-east-1:123456789012:key/...\"`",
        )),
    }
}

fn key_state(arn: &Arn, value: &Value) -> Result<KeyState, Diagnostic> {
    let Some(state) = value.get("state") else { return Ok(KeyState::Enabled) };
    let given = state.as_str().unwrap_or_default().to_ascii_lowercase();
    let (of, help) = match arn.service() {
        "route53" => ("a health check", "it is `Healthy` or `Unhealthy`"),
        _ => ("a key", "it is `Enabled`, `Disabled` or `PendingDeletion`"),
    };
    match (arn.service(), given.as_str()) {
        ("kms", "enabled") | ("route53", "healthy") => Ok(KeyState::Enabled),
        ("kms", "disabled") | ("route53", "unhealthy") => Ok(KeyState::Disabled),
        ("kms", "pendingdeletion") => Ok(KeyState::PendingDeletion),
        _ => Err(bad(state.span, &format!("`state` of `{arn}` is not the state of {of}"), help)),
    }
}

fn is_organization(text: &str) -> bool {
    text.strip_prefix("o-").is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn of_member(mut error: Diagnostic, arn: &str, name: &str) -> Diagnostic {
    error.message = format!("`{name}` of `{arn}`: {}", error.message);
    error
}

fn bad(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::error("OP002", message).with_span(span).with_help(help)
}
