//! One statement: effect, principal, action, resource, condition.
//!
//! Texts that may stand alone or in a list keep the form in which they were given, as the stored document does (recorded 2026).

use crate::json::Value;
use crate::sets::Listed as _;

use super::Principal;

/// A statement of a bus policy.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Statement {
    /// Unique in its policy.
    pub sid: String,
    /// Whether it gives or takes.
    pub effect: Effect,
    /// To or from whom.
    pub principal: Principal,
    /// What: `events:PutEvents`, globs allowed.
    pub action: Texts,
    /// Where: ARNs, globs allowed.
    pub resource: Texts,
    /// When: operator → key → values, as given.
    pub condition: Option<Value>,
    /// Which of the three are exceptions: `NotPrincipal`, `NotAction`, `NotResource`. A bus policy has none of them.
    pub except: Except,
}

/// The parts of a statement that say who or what is *not* meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Except {
    /// `NotPrincipal`
    pub principal: bool,
    /// `NotAction`
    pub action: bool,
    /// `NotResource`
    pub resource: bool,
}

/// What a statement that applies does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Gives.
    Allow,
    /// Takes, whatever others give.
    Deny,
}

/// A text or a list of texts; a document keeps the form it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Texts {
    /// `"a"`
    One(String),
    /// `["a", "b"]`
    Many(Vec<String>),
}

impl Statement {
    /// The statement that PutPermission's short form makes.
    pub fn put_events(sid: &str, principal: Principal, bus_arn: &str) -> Self {
        Self {
            sid: sid.to_owned(),
            effect: Effect::Allow,
            principal,
            action: Texts::One("events:PutEvents".to_owned()),
            resource: Texts::One(bus_arn.to_owned()),
            condition: None,
            except: Except::default(),
        }
    }

    /// The same, but only when the key has this value.
    pub fn with_condition(self, operator: &str, key: &str, value: &str) -> Self {
        let condition = Value::object(vec![(operator, Value::object(vec![(key, Value::string(value))]))]);
        Self { condition: Some(condition), ..self }
    }

    /// As the document shows it.
    pub(super) fn to_json(&self) -> Value {
        let mut members = vec![
            ("Sid", Value::string(&self.sid)),
            ("Effect", Value::string(self.effect.as_str())),
            ("Principal", self.principal.to_json()),
            ("Action", self.action.to_json()),
            ("Resource", self.resource.to_json()),
        ];
        members.extend(self.condition.clone().map(|condition| ("Condition", condition)));
        Value::object(members)
    }
}

impl Effect {
    /// As a document spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

impl Texts {
    /// The texts, if the value is one text or a list of texts.
    pub(super) fn read(value: &Value) -> Option<Self> {
        if let Some(text) = value.as_str() {
            return Some(Self::One(text.to_owned()));
        }
        let items = value.as_array().filter(|items| !items.is_empty())?;
        items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Self::Many)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let texts = match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        };
        texts.iter().map(String::as_str)
    }

    pub(super) fn map(&self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::One(text) => Self::One(change(text)),
            Self::Many(texts) => Self::Many(texts.iter().map(|text| change(text)).listed()),
        }
    }

    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::One(text) => Value::string(text),
            Self::Many(texts) => Value::array(texts.iter().map(Value::string).listed()),
        }
    }
}
