//! Lints of rule sets: what rules, targets and buses probably get wrong together, one lint a file.
//!
//! As with the lints of patterns, nothing is guessed: what a finding says of events was proven by `satisfy`, and the event
//! that shows it was run through the real pattern and the real input. What could not be decided is not said.
//!
//! The bound: pairs of rules are compared only where they share a bus and a target, and at most [`MOST_PAIRS`] of them.

mod input;
mod open_bus;
mod same_target;
mod unreachable;

use serde::Serialize;

use super::Simulator;
use super::state::{EventBus, Rule};
use crate::diagnostics::Severity;
use crate::json::Value;
use crate::sets::Listed as _;

/// The most pairs of rules that are compared.
const MOST_PAIRS: usize = 500;

/// What a lint found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable: `EB030`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// ARN of the rule that it is about.
    pub rule: String,
    /// The target's Id, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// ARN of the other rule, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// An event that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Value>,
}

impl Finding {
    fn new(code: &'static str, severity: Severity, rule: &Rule, message: String, help: &str) -> Self {
        let (rule, help) = (rule.arn.clone(), help.to_owned());
        Self { code, severity, message, help, rule, target_id: None, other: None, event: None }
    }
}

impl Simulator {
    /// What the rules of this world probably get wrong, bus by bus, rule by rule.
    pub fn lint(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut pairs = MOST_PAIRS;
        let buses: Vec<&EventBus> = self.world.regions().flat_map(|(_, _, region)| region.buses()).listed();
        for bus in &buses {
            same_target::check(bus, &mut pairs, &mut found);
            unreachable::check(bus, &buses, self, &mut found);
            open_bus::check(bus, &mut found);
            input::check(bus, self, &mut found);
        }
        found
    }
}
