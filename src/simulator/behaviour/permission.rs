//! Who may: whether EventBridge gets through to a target, as far as `resources` declare what stands in the way.
//!
//! A target is reached by its resource policy (principal `events.amazonaws.com`) or by the role of the target; a role must
//! trust EventBridge and be allowed the action; across accounts the resource must let the role in as well. A queue or topic
//! with a declared key needs the key too. SQS is recorded word by word (2026, "Policies" and "Delivery"): the context of the
//! condition, the messages, that an explicit Deny, a missing queue and a disabled key are `NO_RESOURCE`. For other services
//! the words follow the same form; those are ours.
//!
//! What depends on more than rule and target (the hour, a data key that a queue still holds) makes an answer doubtful: no
//! loop through it is ever proven.

use super::deliver::family::{Family, Grant};
use super::record::Failure;
use crate::arn::Arn;
use crate::ids::Ids;
use crate::policy::{Context, Decision, Policy, Request, Words, decide_of, names_key};
use crate::simulator::state::{Existence, KeyState, Outside, Resource};
use crate::time::Instant;

/// EventBridge, as policies name it.
pub const SERVICE: &str = "events.amazonaws.com";

/// How KMS goes on when EventBridge may not use a key (recorded).
pub const KEY_DENIED: &str = "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access";

/// Whether the same question gets the same answer next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It does, unless somebody changes something.
    Certain,
    /// It may not.
    Doubtful,
}

/// On whose behalf EventBridge acts.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// `aws:SourceArn`: the rule, or the bus.
    pub source_arn: &'a str,
    /// Its account.
    pub account: &'a str,
    /// Its region.
    pub region: &'a str,
    /// The clock.
    pub now: Instant,
}

impl Sender<'_> {
    /// The context of a call that EventBridge makes by itself (recorded: these keys, and `User` as type).
    fn as_service(&self, outside: &Outside) -> Context {
        let organization = outside.organization_of(self.account);
        let context = self
            .common(Context::new())
            .with("aws:SourceArn", self.source_arn)
            .with("aws:SourceAccount", self.account)
            .with("aws:PrincipalServiceName", SERVICE)
            .with("aws:PrincipalServiceNamesList", SERVICE)
            .with("aws:PrincipalIsAWSService", "true")
            .with("aws:PrincipalType", "User")
            .without("aws:*");
        match organization {
            Some(id) => context.with("aws:SourceOrgID", id),
            None => context,
        }
    }

    /// The context of a call that EventBridge makes as a role.
    pub fn as_role(&self, outside: &Outside, role: &Arn) -> Context {
        let context = self
            .common(Context::new())
            .with("aws:PrincipalArn", role.as_str())
            .with("aws:PrincipalAccount", role.account())
            .with("aws:PrincipalType", "AssumedRole")
            .with("aws:PrincipalIsAWSService", "false")
            .without("aws:source*")
            .without("aws:principalservicename*");
        match outside.organization_of(role.account()) {
            Some(id) => context.with("aws:PrincipalOrgID", id),
            None => context,
        }
    }

    fn common(&self, context: Context) -> Context {
        context
            .with("aws:SecureTransport", "true")
            .with("aws:RequestedRegion", self.region)
            .with("aws:CurrentTime", &self.now.to_string())
            .with("aws:EpochTime", &self.now.seconds().to_string())
    }
}

/// Everything that stands between a sender and a target.
pub struct Gate<'a> {
    /// What is declared.
    pub outside: &'a Outside,
    /// Who sends.
    pub sender: Sender<'a>,
    /// What kind of target it is.
    pub family: &'a Family,
    /// The target.
    pub target: &'a Arn,
    /// The role of the target.
    pub role: Option<&'a str>,
}

impl Gate<'_> {
    /// Whether the target can be called, or why not. `ids` are for the request ids that the messages hold.
    pub fn pass(&self, ids: &mut Ids) -> Result<Certainty, Failure> {
        let declared = self.declared();
        let mut certainty = Certainty::Certain;
        let role = self.role.and_then(Arn::parse);
        if let Some(role) = &role {
            certainty = self.assume(role)?;
        }
        if declared.is_some_and(|declared| declared.existence == Existence::Missing) {
            let (text, status, code) = self.family.missing;
            let text = text.replace("{arn}", self.target.as_str());
            let message = format!("{text} ({})", trailer(self.family.label, status, code, ids));
            let help = format!("`{}` is declared with `\"exists\": false`", self.target);
            return Err(Failure::new("NO_RESOURCE", message).with_help(help));
        }
        let granted = match &role {
            Some(role) => self.allowed_as_role(role, declared, ids)?,
            None if self.family.grant == Grant::Policy => self.allowed_as_service(declared, ids)?,
            None => Certainty::Certain,
        };
        Ok(doubt(certainty, granted))
    }

    /// What is declared of the target; of an API, by its own ARN or that of its method.
    fn declared(&self) -> Option<&Resource> {
        let whole = self.outside.resource(self.target.as_str());
        whole.or_else(|| {
            let text = self.target.as_str();
            (self.target.service() == "execute-api").then(|| self.outside.resource(text.split('/').next()?))?
        })
    }

    fn allowed_as_service(&self, declared: Option<&Resource>, ids: &mut Ids) -> Result<Certainty, Failure> {
        let Some(policy) = declared.and_then(|declared| declared.policy.as_ref()) else {
            return Ok(Certainty::Certain);
        };
        let context = self.sender.as_service(self.outside);
        let resources = self.resources();
        let (mut decision, whose) = (None, format!("the policy of `{}`", self.target));
        let remedy = format!(
            "allow `{}` to `{SERVICE}` there, for rule `{}` by `ArnEquals` of `aws:SourceArn`",
            self.family.action, self.sender.source_arn
        );
        for resource in &resources {
            let request = Request { action: self.family.action, account: "", resource, context: &context };
            let judged = decide_of(Some(policy), &request, Words { policy: &whose, remedy: &remedy });
            match judged {
                Decision::Allowed { .. } => return Ok(certainty_of(policy)),
                judged => decision = decision.or(Some(judged)),
            }
        }
        match decision {
            Some(Decision::Denied { why }) => Err(self.denied(SERVICE, Basis::Deny, why, ids)),
            Some(Decision::NotAllowed { why }) => Err(self.denied(SERVICE, Basis::ResourcePolicy, why, ids)),
            Some(Decision::Allowed { .. }) | None => Ok(Certainty::Certain),
        }
    }

    fn allowed_as_role(&self, role: &Arn, declared: Option<&Resource>, ids: &mut Ids) -> Result<Certainty, Failure> {
        let context = self.sender.as_role(self.outside, role);
        let user = || format!("arn:aws:sts::{}:assumed-role/{}/{}", role.account(), role_name(role), "events");
        let mut certainty = Certainty::Certain;
        let permissions = self.outside.resource(role.as_str()).and_then(|declared| declared.permissions.as_ref());
        if let Some(permissions) = permissions {
            certainty = certainty_of(permissions);
            let allowed = self
                .resources()
                .iter()
                .map(|resource| self.by(permissions, role, resource, &context))
                .find_map(Result::ok);
            if allowed.is_none() {
                let why = self.by(permissions, role, self.target.as_str(), &context).err().unwrap_or_default();
                return Err(self.denied(&user(), Basis::IdentityPolicy, why, ids));
            }
        }
        let Some(policy) = declared.and_then(|declared| declared.policy.as_ref()) else { return Ok(certainty) };
        let whose = format!("the policy of `{}`", self.target);
        let remedy = format!("allow `{}` to `{role}` there", self.family.action);
        let words = Words { policy: &whose, remedy: &remedy };
        let foreign = self.target.account() != role.account();
        let action = self.family.action;
        let request = Request { action, account: role.account(), resource: self.target.as_str(), context: &context };
        match decide_of(Some(policy), &request, words) {
            Decision::Denied { why } => Err(self.denied(&user(), Basis::Deny, why, ids)),
            Decision::NotAllowed { why } if foreign => Err(self.denied(&user(), Basis::ResourcePolicy, why, ids)),
            Decision::NotAllowed { .. } | Decision::Allowed { .. } => Ok(doubt(certainty, certainty_of(policy))),
        }
    }

    fn by(&self, permissions: &Policy, role: &Arn, resource: &str, context: &Context) -> Result<(), String> {
        let whose = format!("the permissions of `{role}`");
        let remedy = format!("allow `{}` on `{}` there", self.family.action, self.target);
        let request = Request { action: self.family.action, account: role.account(), resource, context };
        match decide_of(Some(permissions), &request, Words { policy: &whose, remedy: &remedy }) {
            Decision::Allowed { .. } => Ok(()),
            Decision::Denied { why } | Decision::NotAllowed { why } => Err(why),
        }
    }

    /// Whether EventBridge can put the role on.
    fn assume(&self, role: &Arn) -> Result<Certainty, Failure> {
        assumable(self.outside, role, self.sender).map_err(|help| {
            Failure::new("FAILED_TO_ASSUME_ROLE", format!("Failed to assume role {role}.")).with_help(help)
        })
    }

    /// The ARNs that policies may name for this target.
    fn resources(&self) -> Vec<String> {
        let arn = self.target.to_string();
        match self.target.service() {
            "logs" => vec![format!("{arn}:log-stream:*"), format!("{arn}:*"), arn],
            _ => vec![arn],
        }
    }

    fn denied(&self, user: &str, basis: Basis, help: String, ids: &mut Ids) -> Failure {
        let (action, target) = (self.family.named, self.target);
        let because = match basis {
            Basis::ResourcePolicy => format!("because no resource-based policy allows the {action} action"),
            Basis::IdentityPolicy => format!("because no identity-based policy allows the {action} action"),
            Basis::Deny => "with an explicit deny in a resource-based policy".to_owned(),
        };
        let (status, code) = self.family.denied;
        let trailer = trailer(self.family.label, status, code, ids);
        let message =
            format!("User: {user} is not authorized to perform: {action} on resource: {target} {because} ({trailer})");
        // Recorded for queues: an explicit deny counts as no resource.
        let code =
            if basis == Basis::Deny && self.target.service() == "sqs" { "NO_RESOURCE" } else { "NO_PERMISSIONS" };
        Failure::new(code, message).with_help(help)
    }
}

/// What a denial rests on.
#[derive(Clone, Copy, PartialEq)]
enum Basis {
    ResourcePolicy,
    IdentityPolicy,
    Deny,
}

/// Whether EventBridge can put a role on, or why not.
pub fn assumable(outside: &Outside, role: &Arn, sender: Sender) -> Result<Certainty, String> {
    let Some(declared) = outside.resource(role.as_str()) else { return Ok(Certainty::Certain) };
    if declared.existence == Existence::Missing {
        return Err(format!("role `{role}` is declared with `\"exists\": false`"));
    }
    let Some(trust) = &declared.trust else { return Ok(Certainty::Certain) };
    let context = sender.as_service(outside);
    let request = Request { action: "sts:AssumeRole", account: "", resource: role.as_str(), context: &context };
    let (whose, remedy) = (format!("the trust of `{role}`"), format!("allow `sts:AssumeRole` to `{SERVICE}` there"));
    match decide_of(Some(trust), &request, Words { policy: &whose, remedy: &remedy }) {
        Decision::Allowed { .. } => Ok(certainty_of(trust)),
        Decision::Denied { why } | Decision::NotAllowed { why } => Err(why),
    }
}

/// What a key says to a call that EventBridge makes for a sender.
pub enum KeyAnswer {
    /// It can be used.
    Usable(Certainty),
    /// It is not enabled: the state in words.
    Unusable(&'static str),
    /// It is not there, or its policy does not allow this action.
    Denied {
        /// The action.
        action: &'static str,
        /// The statement that decided, and what would allow it.
        why: String,
    },
}

/// Whether EventBridge may use a key for this.
pub fn key(outside: &Outside, key: &str, actions: &[&'static str], sender: Sender) -> KeyAnswer {
    let Some(declared) = outside.resource(key) else { return KeyAnswer::Usable(Certainty::Certain) };
    let first = actions.first().copied().unwrap_or_default();
    if declared.existence == Existence::Missing {
        return KeyAnswer::Denied { action: first, why: format!("key `{key}` is declared with `\"exists\": false`") };
    }
    match declared.key_state {
        KeyState::Enabled => {}
        KeyState::Disabled => return KeyAnswer::Unusable("disabled"),
        KeyState::PendingDeletion => return KeyAnswer::Unusable("pending deletion"),
    }
    let Some(policy) = &declared.policy else { return KeyAnswer::Usable(Certainty::Certain) };
    let context = sender.as_service(outside);
    for action in actions.iter().copied() {
        let request = Request { action, account: "", resource: key, context: &context };
        let (whose, remedy) = (format!("the policy of `{key}`"), format!("allow `{action}` to `{SERVICE}` there"));
        match decide_of(Some(policy), &request, Words { policy: &whose, remedy: &remedy }) {
            Decision::Allowed { .. } => {}
            Decision::Denied { why } | Decision::NotAllowed { why } => return KeyAnswer::Denied { action, why },
        }
    }
    KeyAnswer::Usable(certainty_of(policy))
}

/// `(Service: AmazonSQS; Status Code: 403; ...)` without the parentheses.
pub fn trailer(service: &str, status: u16, code: &str, ids: &mut Ids) -> String {
    let id = ids.uuid();
    format!("Service: {service}; Status Code: {status}; Error Code: {code}; Request ID: {id}; Proxy: null")
}

/// A policy that asks for the hour may answer otherwise tomorrow.
fn certainty_of(policy: &Policy) -> Certainty {
    match names_key(policy, "aws:currenttime") || names_key(policy, "aws:epochtime") {
        true => Certainty::Doubtful,
        false => Certainty::Certain,
    }
}

/// Both answers together.
pub fn doubt(one: Certainty, other: Certainty) -> Certainty {
    if one == Certainty::Certain { other } else { one }
}

fn role_name(role: &Arn) -> &str {
    role.resource().rsplit('/').next().unwrap_or_default()
}
