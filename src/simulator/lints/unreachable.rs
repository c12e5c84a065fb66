//! `EB033`: a rule on a bus that is fed by other buses, none of which forwards an event that the rule matches.
//!
//! Events can still be put on the bus directly, and effects may emit to it, so this is a hint, and said only of custom buses
//! that no declared effect names.

use super::Finding;
use crate::analysis::satisfy::{Answer, World, satisfy};
use crate::diagnostics::Severity;
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::state::{EventBus, Rule};

/// A bus with more feeders is left alone.
const MOST_FEEDERS: usize = 20;

pub(super) fn check(bus: &EventBus, buses: &[&EventBus], simulator: &Simulator, found: &mut Vec<Finding>) {
    if bus.name().is_default() || bus.rules().next().is_none() {
        return;
    }
    let forwards = |rule: &&Rule| rule.targets().any(|target| target.arn.as_str() == bus.arn());
    let feeders: Vec<&Rule> = buses.iter().flat_map(|bus| bus.rules()).filter(forwards).take(MOST_FEEDERS + 1).listed();
    let emitted_to = simulator.effects().flat_map(|effect| &effect.emits).any(|emission| match &emission.bus {
        None => false,
        Some(_) => emission.constant_bus().is_none_or(|name| name == bus.arn() || name == bus.name().as_str()),
    });
    if feeders.is_empty() || feeders.len() > MOST_FEEDERS || emitted_to {
        return;
    }
    for rule in bus.rules().filter(|rule| rule.is_enabled()) {
        let Some(pattern) = rule.matcher() else { continue };
        let passes = |feeder: &&Rule| {
            feeder.matcher().is_none_or(|other| satisfy(&[other, pattern], World::Bus) != Answer::None)
        };
        if !feeders.iter().any(passes) {
            let names: Vec<String> = feeders.iter().map(|rule| format!("`{}`", rule.name)).listed();
            let message = format!(
                "no event that {} forward(s) to bus `{}` matches `{}`",
                names.join(", "),
                bus.name(),
                rule.name
            );
            let help = "widen the forwarding rule, or put the events on this bus directly";
            found.push(Finding::new("EB033", Severity::Hint, rule, message, help));
        }
    }
}
