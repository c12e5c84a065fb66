//! `EB030` to `EB032`: two rules of a bus that send the same input to the same target.
//!
//! When they match the same events (`EB030`), or all events of one are events of the other (`EB031`), the target gets them
//! twice for certain. When they only overlap (`EB032`), it does so for some events; one is shown, and only if every field
//! of it holds one value: an array can serve nearly every two patterns, and nobody wants to read that.

use super::Finding;
use crate::analysis::compare::{Relation, compare};
use crate::analysis::satisfy::{Answer, Arrays, Question, World, ask};
use crate::diagnostics::Severity;
use crate::pattern::Pattern;
use crate::sets::Listed as _;
use crate::simulator::state::{EventBus, Rule, Target};

pub(super) fn check(bus: &EventBus, pairs: &mut usize, found: &mut Vec<Finding>) {
    let rules: Vec<&Rule> = bus.rules().filter(|rule| rule.is_enabled() && rule.matcher().is_some()).listed();
    for (index, one) in rules.iter().enumerate() {
        for other in rules.iter().skip(index + 1) {
            let (Some(first), Some(second)) = (one.matcher(), other.matcher()) else { continue };
            let Some(target) = shared(one, other) else { continue };
            let Some(left) = pairs.checked_sub(1) else { return };
            *pairs = left;
            found.extend(judge([one, other], [first, second], target));
        }
    }
}

/// A target that both have, with the same input.
fn shared<'a>(one: &'a Rule, other: &Rule) -> Option<&'a Target> {
    let same = |target: &&Target| other.targets().any(|it| it.arn == target.arn && it.input == target.input);
    one.targets().find(same)
}

fn judge([one, other]: [&Rule; 2], [first, second]: [&Pattern; 2], target: &Target) -> Option<Finding> {
    let question = Question { want: &[first, second], avoid: &[], world: World::Bus, arrays: Arrays::Left };
    let Answer::Witness(event) = ask(&question) else { return None };
    let event = crate::analysis::sample::complete(event, &[first, second], &[]);
    let arn = target.arn.as_str();
    let (code, severity, subject, object, words) = match compare(first, second).relation {
        Relation::Equal => ("EB030", Severity::Warning, other, one, "matches the same events as"),
        Relation::Subset => ("EB031", Severity::Warning, one, other, "matches only events that are matched by"),
        Relation::Superset => ("EB031", Severity::Warning, other, one, "matches only events that are matched by"),
        _ => ("EB032", Severity::Hint, one, other, "matches some of the events of"),
    };
    let (subject_name, object_name) = (&subject.name, &object.name);
    let message =
        format!("`{subject_name}` {words} `{object_name}`, and both send them to `{arn}`: it gets them twice");
    let help = "remove the target from one of the rules, or keep the rules apart with `anything-but`";
    let found = Finding::new(code, severity, subject, message, help);
    Some(Finding {
        target_id: Some(target.id.to_string()),
        other: Some(object.arn.clone()),
        event: Some(event),
        ..found
    })
}
