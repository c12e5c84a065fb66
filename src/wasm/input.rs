//! What a target would receive of an event, without a simulator.
//!
//! Members of the envelope that the event leaves out are as in a new simulator; `context` says which rule and when.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::values::{Failure, to_js};
use crate::api::control::{ControlError, Input};
use crate::event::{Envelope, EnvelopeDefaults, Event};
use crate::json;
use crate::json::to_text;
use crate::simulator::Options;
use crate::time::Instant;
use crate::transform::RuleFacts;
use crate::transform::preview::preview;

/// A `RenderedInput` as JSON text. `context` is `{ ruleArn?, ruleName?, ingestionTime? }`.
#[wasm_bindgen]
pub fn render_input(target: &str, event: &str, context: &str) -> Result<String, JsValue> {
    let event_text = event;
    let options = Options::default();
    let refused = |diagnostic| Failure::event(&diagnostic, event_text);
    let given = Event::parse(event).map_err(|error| refused(error.to_diagnostic()))?;
    let defaults = EnvelopeDefaults {
        id: "00000000-0000-4000-8000-000000000000".into(),
        account: options.account.shared(),
        time: options.now.shared_text(),
        region: options.region.shared(),
    };
    let envelope = Envelope::from_value(given.value(), defaults).map_err(refused)?;
    let target = json::parse(target)
        .map_err(|error| to_js(&ControlError::misuse(error.message.clone(), "give a target as PutTargets takes it")))?;
    let context = Input::parse(context).map_err(|error| to_js(&error))?;
    let text = |name: &str, other: &str| -> Result<String, JsValue> {
        let given = context.string(name).map_err(|error| to_js(&error))?;
        Ok(given.unwrap_or(other).to_owned())
    };
    let name = text("ruleName", "rule")?;
    let arn = crate::arn::rule(options.region.as_str(), options.account.as_str(), "default", &name);
    let arn = text("ruleArn", &arn)?;
    let ingested = Instant::parse(&text("ingestionTime", &options.now.to_string())?)
        .map_err(|error| to_js(&ControlError::misuse(error.to_string(), "times are UTC")))?;
    let rule = RuleFacts { arn: &arn, name: &name, ingested };
    Ok(to_text(&preview(&target, &envelope.to_value(), &envelope, rule)))
}
