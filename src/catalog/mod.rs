//! What AWS services emit when something is done to them: the effect presets.
//!
//! A preset is an effect without a target: params and the events that follow from one action, such as the CloudTrail record
//! of `s3:PutBucketAcl`. They are data (`presets.json`), in the same template grammar that users write. `delay` says when
//! the events come (`direct`: seconds, `cloudtrail`: minutes and only with a trail). Source: the samples AWS publishes.

mod shape;

use crate::diagnostics::Diagnostic;
use crate::json::{self, Value};

pub use shape::{known_detail, known_event};

const PRESETS: &str = include_str!("presets.json");

/// One action and the events that it causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// The name by which effects choose it.
    pub id: String,
    /// For people.
    pub title: String,
    /// `s3`, `ec2`, ...
    pub category: String,
    /// The IAM action.
    pub action: String,
    /// What to know.
    pub notes: String,
    /// `direct` or `cloudtrail`.
    pub delay: String,
    /// Name → `{ from?, default? }`.
    pub params: Value,
    /// The emitted events, as templates.
    pub emits: Value,
}

/// All presets, in the order of their file. The error cannot occur with the file that ships (a test reads it).
pub fn presets() -> Result<Vec<Preset>, Diagnostic> {
    let broken = |what: String| Diagnostic::error("EF003", format!("the presets cannot be read: {what}"));
    let value = json::parse(PRESETS).map_err(|error| broken(error.to_string()))?;
    let items = value.as_array().unwrap_or_default();
    items.iter().map(|item| preset(item).ok_or_else(|| broken(json::print(item)))).collect()
}

fn preset(value: &Value) -> Option<Preset> {
    let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    Some(Preset {
        id: text("id")?,
        title: text("title")?,
        category: text("category")?,
        action: text("action")?,
        notes: text("notes")?,
        delay: text("delay")?,
        params: value.get("params")?.clone(),
        emits: value.get("emits")?.clone(),
    })
}
