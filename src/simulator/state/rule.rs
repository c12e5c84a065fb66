//! A rule: a pattern, a schedule or both, and the targets that get what it lets through.
//!
//! PutRule on an existing rule replaces everything but the targets and the tags (recorded 2026: omitted members become
//! null, the state falls back to ENABLED, tags given on an update are ignored).

use std::rc::Rc;

use crate::pattern::Pattern;
use crate::sets::SortedMap;

use super::{AccountId, RuleName, Tags, Target, TargetId, Timer};

/// A rule of one bus.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// Unique within the bus.
    pub name: RuleName,
    /// `arn:aws:events:…:rule/[BUS/]NAME`.
    pub arn: String,
    /// What events must look like. A rule with a schedule may have none.
    pub pattern: Option<RulePattern>,
    /// The schedule expression as it was given; "" counts as none but is shown.
    pub schedule: Option<String>,
    /// The schedule under way, while the rule is enabled.
    pub timer: Option<Timer>,
    /// Whether it fires.
    pub state: RuleState,
    /// As given.
    pub description: Option<String>,
    /// Stored and shown; it is not a fallback for targets without a role (recorded).
    pub role_arn: Option<String>,
    /// The account whose caller created the rule; the bus's owner owns it all the same.
    pub created_by: AccountId,
    /// The AWS service that manages it, if one does.
    pub managed_by: Option<String>,
    /// By Id.
    pub targets: SortedMap<TargetId, Target>,
    /// Given when the rule was created, or by TagResource.
    pub tags: Tags,
}

impl Rule {
    /// An enabled rule without pattern, schedule or targets.
    pub fn new(name: RuleName, arn: String, created_by: AccountId) -> Self {
        Self {
            name,
            arn,
            pattern: None,
            schedule: None,
            timer: None,
            state: RuleState::Enabled,
            description: None,
            role_arn: None,
            created_by,
            managed_by: None,
            targets: SortedMap::new(),
            tags: Tags::default(),
        }
    }

    /// Whether it may fire at all.
    pub fn is_enabled(&self) -> bool {
        self.state != RuleState::Disabled
    }

    /// The pattern, ready to match.
    pub fn matcher(&self) -> Option<&Rc<Pattern>> {
        self.pattern.as_ref()?.matcher()
    }

    /// The targets by Id in byte order.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.targets.values()
    }
}

/// A pattern as given, with its parse. The empty text is a pattern that nothing matches (allowed beside a schedule).
#[derive(Debug, Clone)]
pub struct RulePattern {
    text: String,
    matcher: Option<Rc<Pattern>>,
}

impl RulePattern {
    /// The parse of this text. The caller has parsed it; both travel together from here on.
    pub fn new(text: &str, matcher: Pattern) -> Self {
        Self { text: text.to_owned(), matcher: Some(Rc::new(matcher)) }
    }

    /// The empty text.
    pub fn empty() -> Self {
        Self { text: String::new(), matcher: None }
    }

    /// As it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Ready to match; none for the empty text.
    pub fn matcher(&self) -> Option<&Rc<Pattern>> {
        self.matcher.as_ref()
    }
}

/// The text decides: the parse follows from it.
impl PartialEq for RulePattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// The three states of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleState {
    /// Fires, but not on read-only management events that CloudTrail reports.
    Enabled,
    /// Does not fire.
    Disabled,
    /// Fires on every management event that CloudTrail reports.
    EnabledWithAllCloudtrailManagementEvents,
}

impl RuleState {
    /// The state that the model spells so.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Enabled, Self::Disabled, Self::EnabledWithAllCloudtrailManagementEvents]
            .into_iter()
            .find(|state| state.as_str() == text)
    }

    /// As the model spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "ENABLED",
            Self::Disabled => "DISABLED",
            Self::EnabledWithAllCloudtrailManagementEvents => "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        }
    }
}
