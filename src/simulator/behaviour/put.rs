//! Who may put events on a bus: identity policies of the caller, then the policy of the bus.
//!
//! Callers are known by account. An account whose root is declared with `permissions` needs one that allows the call; the
//! policy of a bus must let other accounts in, and its Deny counts for everybody. Condition keys are those that the service
//! documents for PutEvents (documentation, 1.4): `events:source`, `events:detail-type`, `events:eventBusInvocation`,
//! `aws:PrincipalOrgID` and, for events that a rule forwards, `aws:SourceArn` and `aws:SourceAccount`. Events of AWS services
//! are asked nothing.
//!
//! What a policy reads of an event decides where the event goes, so loop detection must know: [`Simulator::judged_on`].

use super::ingest::PutEventsEntry;
use super::record::BusAddress;
use crate::arn::Arn;
use crate::policy::{self, Context, Decision, Policy, Request, Words, decide_of, names_key};
use crate::simulator::state::AccountId;
use crate::simulator::{Caller, Simulator};

/// Why a whole PutEvents request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessDenied {
    /// The service's words.
    pub message: String,
    /// The statement that decided, and what would allow it.
    pub help: String,
}

/// What said no, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The caller's own permissions.
    Identity(String),
    /// The bus's policy.
    Bus(String),
}

impl Refusal {
    /// The reason.
    pub fn words(self) -> String {
        match self {
            Self::Identity(why) | Self::Bus(why) => why,
        }
    }

    /// In the service's words.
    pub fn denied(self, account: &AccountId, action: &str, resource: &str) -> AccessDenied {
        let kind = match self {
            Self::Identity(_) => "identity",
            Self::Bus(_) => "resource",
        };
        let message = format!(
            "User: arn:aws:iam::{account}:root is not authorized to perform: {action} on resource: {resource} because no {kind}-based policy allows the {action} action"
        );
        AccessDenied { message, help: self.words() }
    }
}

/// A rule that forwards.
#[derive(Debug, Clone, Copy)]
pub struct Forwarding<'a> {
    /// Its ARN.
    pub rule: &'a str,
    /// As whom it acts.
    pub role: Option<&'a Arn>,
    /// Its account.
    pub sender: &'a str,
}

impl Simulator {
    /// Refuses a caller who may not put this entry on its bus.
    pub(super) fn may_put(&self, entry: &PutEventsEntry, caller: &Caller) -> Result<(), AccessDenied> {
        let bus = BusAddress::resolve(entry.event_bus_name.as_deref(), &caller.account, &caller.region);
        let source = entry.source.as_deref().unwrap_or_default();
        let detail_type = entry.detail_type.as_deref().unwrap_or_default();
        match self.decide_put(&bus, &caller.account, source, detail_type, None) {
            None => Ok(()),
            Some(refusal) => Err(refusal.denied(&caller.account, "events:PutEvents", &bus.arn())),
        }
    }

    /// Why `sender` may not put such an event on `bus`; `None` when it may. Owners may unless something denies it.
    pub(super) fn decide_put(
        &self,
        bus: &BusAddress,
        sender: &AccountId,
        source: &str,
        detail_type: &str,
        forwarding: Option<Forwarding>,
    ) -> Option<Refusal> {
        if source.starts_with("aws.") && forwarding.is_none() {
            return None;
        }
        // Most senders own a bus on which nothing is said, in a world in which nothing is.
        if self.world.outside.is_empty() && bus.account == *sender && self.policy_of(bus).is_none() {
            return None;
        }
        let resource = bus.arn();
        let context =
            self.put_context(sender, forwarding).with("events:source", source).with("events:detail-type", detail_type);
        if forwarding.is_none()
            && let Some(why) = self.identity_refuses(sender, "events:PutEvents", &resource, &context)
        {
            return Some(Refusal::Identity(why));
        }
        let request =
            Request { action: "events:PutEvents", account: sender.as_str(), resource: &resource, context: &context };
        match policy::decide(self.policy_of(bus), &request) {
            Decision::Allowed { .. } => None,
            Decision::NotAllowed { .. } if bus.account == *sender => None,
            Decision::Denied { why } | Decision::NotAllowed { why } => Some(Refusal::Bus(why)),
        }
    }

    /// Why the declared permissions of an account's root do not let its callers do this.
    pub fn identity_refuses(
        &self,
        account: &AccountId,
        action: &str,
        resource: &str,
        context: &Context,
    ) -> Option<String> {
        let root = format!("arn:aws:iam::{account}:root");
        let permissions = self.world.outside.resource(&root)?.permissions.as_ref()?;
        let request = Request { action, account: account.as_str(), resource, context };
        let (whose, remedy) =
            (format!("the permissions of `{root}`"), format!("allow `{action}` on `{resource}` there"));
        match decide_of(Some(permissions), &request, Words { policy: &whose, remedy: &remedy }) {
            Decision::Allowed { .. } => None,
            Decision::Denied { why } | Decision::NotAllowed { why } => Some(why),
        }
    }

    /// What is known of a caller of this account.
    pub fn caller_context(&self, account: &AccountId) -> Context {
        let context = Context::new()
            .with("aws:PrincipalAccount", account.as_str())
            .with("aws:PrincipalIsAWSService", "false")
            .with("aws:SecureTransport", "true")
            .with("aws:CurrentTime", &self.now.to_string())
            .with("aws:EpochTime", &self.now.seconds().to_string())
            .without("aws:principalservicename*")
            .without("aws:sourcearn")
            .without("aws:sourceaccount");
        match self.world.outside.organization_of(account.as_str()) {
            Some(id) => context.with(policy::ORGANIZATION, id),
            None => context,
        }
    }

    fn put_context(&self, sender: &AccountId, forwarding: Option<Forwarding>) -> Context {
        let context = self.caller_context(sender).without("events:*");
        let Some(Forwarding { rule, role, sender }) = forwarding else {
            return context.with("events:eventBusInvocation", "false");
        };
        let context = context
            .with("events:eventBusInvocation", "true")
            .with("aws:SourceArn", rule)
            .with("aws:SourceAccount", sender);
        match role {
            Some(role) => context.with("aws:PrincipalArn", role.as_str()).with("aws:PrincipalType", "AssumedRole"),
            None => context,
        }
    }

    /// The paths of an event that the policy of this bus reads.
    pub(super) fn judged_on(&self, bus: &BusAddress) -> Vec<String> {
        match self.policy_of(bus) {
            None => Vec::new(),
            Some(policy) if names_key(policy, "events:*") => vec!["source".to_owned(), "detail-type".to_owned()],
            // Events of AWS services pass by every policy, and the source tells them.
            Some(_) => vec!["source".to_owned()],
        }
    }

    /// Whether the policy of a bus depends on the hour.
    pub(super) fn asks_the_hour(&self, bus: &BusAddress) -> bool {
        self.policy_of(bus)
            .is_some_and(|policy| names_key(policy, "aws:currenttime") || names_key(policy, "aws:epochtime"))
    }

    fn policy_of(&self, bus: &BusAddress) -> Option<&Policy> {
        self.world.region(&bus.account, &bus.region)?.bus(&bus.name)?.policy.as_ref()
    }
}
