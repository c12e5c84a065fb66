//! `EB035` and `EB036`: an event that the rule matches and of which the target gets nothing, or no valid input.
//!
//! Events are made for the purpose: the least that the rule matches, and those that lack one of the fields that the target's
//! input reads, where the rule allows that. Each is put through the real input, and what comes out is what is told.

use super::Finding;
use crate::analysis::sample;
use crate::analysis::satisfy::{Answer, World, satisfy};
use crate::diagnostics::Severity;
use crate::event::{Envelope, EnvelopeDefaults};
use crate::json::{self, Value};
use crate::pattern::Pattern;
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::state::{EventBus, Rule, Target, TargetInput};
use crate::transform::{JsonPath, RuleFacts, Transformed};

/// So many fields of one input are tried.
const MOST_FIELDS: usize = 16;

pub(super) fn check(bus: &EventBus, simulator: &Simulator, found: &mut Vec<Finding>) {
    for rule in bus.rules().filter(|rule| rule.is_enabled()) {
        let Some(pattern) = rule.matcher() else { continue };
        for target in rule.targets() {
            let finding = events(pattern, target).into_iter().find_map(|event| judge(rule, target, event, simulator));
            found.extend(finding);
        }
    }
}

/// Events that the rule matches: the least one, and such as lack a field that the input reads.
fn events(pattern: &Pattern, target: &Target) -> Vec<Value> {
    let paths: Vec<String> = match &target.input {
        TargetInput::Path(path) => JsonPath::parse(path).ok().iter().map(dotted).listed(),
        TargetInput::Transformer(transformer) => {
            transformer.reads().unwrap_or_default().into_iter().map(dotted).take(MOST_FIELDS).listed()
        }
        TargetInput::Event | TargetInput::Constant(_) => return Vec::new(),
    };
    let least = match satisfy(&[pattern], World::Bus) {
        Answer::Witness(event) => event,
        _ => return Vec::new(),
    };
    let lacking = paths.iter().filter_map(|path| {
        let absent = Value::array(vec![Value::object(vec![("exists", Value::boolean(false))])]);
        let absent = Pattern::parse(&json::print(&Value::object(vec![(path.as_str(), absent)]))).ok()?;
        match satisfy(&[pattern, &absent], World::Bus) {
            Answer::Witness(event) => Some(event),
            _ => None,
        }
    });
    std::iter::once(least).chain(lacking).map(|event| sample::enveloped(&event)).listed()
}

fn dotted(path: &JsonPath) -> String {
    path.leading_names().0.join(".")
}

fn judge(rule: &Rule, target: &Target, event: Value, simulator: &Simulator) -> Option<Finding> {
    // The event was completed; it counts only if the rule still matches it.
    let matches =
        crate::event::Event::from_value(event.clone()).ok().and_then(|event| rule.matcher()?.matches(&event).ok());
    if matches != Some(true) {
        return None;
    }
    let (code, severity, what) = match &target.input {
        TargetInput::Path(path) => {
            let found = JsonPath::parse(path).ok()?.resolve(&event).filter(|value| !value.is_null());
            found.is_none().then(|| ("EB036", Severity::Hint, format!("`{{}}`, because `{path}` finds nothing")))?
        }
        TargetInput::Transformer(transformer) => {
            let envelope = Envelope::from_value(&event, EnvelopeDefaults::default()).ok()?;
            let facts = RuleFacts { arn: &rule.arn, name: rule.name.as_str(), ingested: simulator.now() };
            match transformer.render(&event, &envelope, facts) {
                Transformed::Invalid(text) => ("EB035", Severity::Warning, format!("`{text}`, which is no JSON")),
                Transformed::Nothing => ("EB035", Severity::Warning, "nothing".to_owned()),
                Transformed::Input(_) | Transformed::TooLarge => return None,
            }
        }
        TargetInput::Event | TargetInput::Constant(_) => return None,
    };
    let message = format!("of some events that `{}` matches, target `{}` gets {what}", rule.name, target.id);
    let help = "ask for the fields that the input reads in the rule's pattern: `[{ \"exists\": true }]`";
    let finding = Finding::new(code, severity, rule, message, help);
    Some(Finding { target_id: Some(target.id.to_string()), event: Some(event), ..finding })
}
