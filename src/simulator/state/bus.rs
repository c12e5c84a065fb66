//! An event bus: the place where events come in and rules listen.
//!
//! Name and ARN never change after creation, so they are private; everything else is data the operations write. `Policy`
//! is absent until a permission is put, and absent again after the last statement is removed.

use crate::arn::Arn;
use crate::json::Value;
use crate::policy::Policy;
use crate::time::Instant;

use super::{AccountId, BusName, Region, Rule, Rules, Tags};

/// A bus in one account and region.
#[derive(Debug, Clone, PartialEq)]
pub struct EventBus {
    name: BusName,
    arn: String,
    /// As given.
    pub description: Option<String>,
    /// Who else may use it.
    pub policy: Option<Policy>,
    /// Given at creation, or by TagResource.
    pub tags: Tags,
    /// When it was created.
    pub created: Instant,
    /// When it, or its policy, last changed.
    pub modified: Instant,
    /// The queue for events that rules of this bus cannot be evaluated on.
    pub dead_letter_arn: Option<Arn>,
    /// The key it is encrypted with, as given.
    pub kms_key_identifier: Option<String>,
    /// `LogConfig`, as given.
    pub log_config: Option<Value>,
    /// By name.
    pub rules: Rules,
}

impl EventBus {
    /// A bus without rules.
    pub fn new(account: &AccountId, region: &Region, name: BusName, now: Instant) -> Self {
        Self {
            arn: crate::arn::event_bus(region.as_str(), account.as_str(), name.as_str()),
            name,
            description: None,
            policy: None,
            tags: Tags::default(),
            created: now,
            modified: now,
            dead_letter_arn: None,
            kms_key_identifier: None,
            log_config: None,
            rules: Rules::default(),
        }
    }

    /// Unique per account and region.
    pub fn name(&self) -> &BusName {
        &self.name
    }

    /// `arn:aws:events:REGION:ACCOUNT:event-bus/NAME`.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The rules by name in byte order: the order in which they are considered.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }
}
