//! `EB034`: a rule that names no `account`, on a bus to which every account may put events.
//!
//! A policy with principal `*` and no condition lets any account send anything, and the service's advice is to guard the
//! rules with `account`. Whether the bus is open is asked of the policy itself, with two accounts that nobody has.

use super::Finding;
use crate::diagnostics::Severity;
use crate::policy::{Context, Decision, Request, decide};
use crate::simulator::state::EventBus;

/// Accounts that no policy names.
const STRANGERS: [&str; 2] = ["000000000000", "999999999999"];

pub(super) fn check(bus: &EventBus, found: &mut Vec<Finding>) {
    let Some(policy) = &bus.policy else { return };
    let (context, resource) = (Context::new(), bus.arn());
    let may = |account: &&str| {
        let request = Request { action: "events:PutEvents", account, resource, context: &context };
        matches!(decide(Some(policy), &request), Decision::Allowed { .. })
    };
    if !STRANGERS.iter().all(may) {
        return;
    }
    for rule in bus.rules() {
        let Some(pattern) = rule.matcher() else { continue };
        if !pattern.definitions().iter().any(|definition| &*definition.path == "account") {
            let message = format!(
                "every account may put events on bus `{}`, and `{}` does not ask for `account`",
                bus.name(),
                rule.name
            );
            let help = "add `\"account\": [\"...\"]` to the pattern, or name the accounts in the bus's policy";
            found.push(Finding::new("EB034", Severity::Warning, rule, message, help));
        }
    }
}
