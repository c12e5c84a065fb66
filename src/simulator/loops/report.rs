//! A finding in words: the rules of the cycle, the way round, the reason.
//!
//! A cycle is known by its rules and targets, wherever it was entered: the same one again only counts up.

use super::{Doubt, Finding, Limit, Step, Verdict};
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::behaviour::record::{Cause, InvocationIndex, Record};
use serde::Serialize;

/// A loop that was seen while events ran.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoopReport {
    /// How sure.
    pub verdict: Verdict,
    /// Rule ARNs in the order of the cycle.
    pub rules: Vec<String>,
    /// Once round, then the firing that was stopped.
    pub path: Vec<Hop>,
    /// Why it is a loop, or why it is only suspected.
    pub reason: String,
    /// The paths whose values keep the cycle going.
    pub tested_paths: Vec<String>,
    /// An event that goes round.
    pub witness: Option<Value>,
    /// How often this cycle was stopped.
    pub count: usize,
    /// Rule and target Id of each step, turned so that the least comes first: the cycle's identity.
    #[serde(skip)]
    identity: Vec<(String, String)>,
}

/// One step of a loop.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// The rule's ARN.
    pub rule: String,
    /// The target's Id.
    pub target_id: String,
    /// The target's ARN.
    pub target: String,
    /// The bus's ARN.
    pub bus: String,
    /// How the next event came about: `effect`, `handler`, `bus`, or `stopped`.
    pub by: &'static str,
    /// The event.
    pub event: Value,
}

impl LoopReport {
    /// Whether a finding is of this cycle and this verdict.
    pub fn is_of(&self, finding: &Finding) -> bool {
        self.verdict == finding.verdict
            && self.identity.len() == finding.steps.len()
            && self.identity == finding.identity
    }
}

/// The report of a finding.
pub fn report(record: &Record, finding: Finding) -> LoopReport {
    let rule = |index: InvocationIndex| record.rule(index).map(|rule| rule.arn.clone()).unwrap_or_default();
    let rules = finding.steps.iter().map(|step| rule(step.invocation)).listed();
    let causes = finding.steps.iter().skip(1).map(|step| step.invocation).chain([finding.stopped]);
    let by = causes.map(|next| by(&record.arrival(record.invocation(next).arrival).cause));
    let firings = finding.steps.iter().map(|step| step.invocation).chain([finding.stopped]);
    let path: Vec<Hop> = firings.zip(by.chain(["stopped"])).map(|(firing, by)| hop(record, firing, by)).listed();
    let witness = match finding.verdict {
        Verdict::Proven => path.last().map(|hop| hop.event.clone()),
        Verdict::Suspected => None,
    };
    LoopReport {
        verdict: finding.verdict,
        rules,
        reason: reason(record, &finding),
        path,
        tested_paths: finding.tested,
        witness,
        count: 1,
        identity: finding.identity,
    }
}

/// The steps' rules and targets, turned so that the least comes first.
pub(super) fn identity(record: &Record, steps: &[Step]) -> Vec<(String, String)> {
    let name = |step: &Step| {
        let rule = record.rule(step.invocation).map(|rule| rule.arn.clone()).unwrap_or_default();
        (rule, record.invocation(step.invocation).target.id.to_string())
    };
    let mut names: Vec<_> = steps.iter().map(name).listed();
    let least = names.iter().enumerate().min_by(|(_, one), (_, other)| one.cmp(other)).map(|(index, _)| index);
    names.rotate_left(least.unwrap_or(0));
    names
}

fn by(cause: &Cause) -> &'static str {
    match cause {
        Cause::Effect(..) => "effect",
        Cause::Handler(_) => "handler",
        Cause::Bus(_) => "bus",
        Cause::PutEvents | Cause::Partner | Cause::Emit | Cause::Schedule(_) | Cause::Replay(_) => "outside",
    }
}

fn hop(record: &Record, firing: InvocationIndex, by: &'static str) -> Hop {
    let invocation = record.invocation(firing);
    let arrival = record.arrival(invocation.arrival);
    Hop {
        rule: record.rule(firing).map(|rule| rule.arn.clone()).unwrap_or_default(),
        target_id: invocation.target.id.to_string(),
        target: invocation.target.arn.to_string(),
        bus: arrival.bus.arn(),
        by,
        event: arrival.event().value().clone(),
    }
}

fn reason(record: &Record, finding: &Finding) -> String {
    let name = |index| record.rule(index).map(|rule| rule.name.clone()).unwrap_or_default();
    match (&finding.limit, &finding.doubt) {
        (Some(limit), doubt) => format!("{}; {}", reached(limit), doubt.as_ref().map_or_else(String::new, doubted)),
        (None, _) => format!(
            "rule `{}` fires again through target `{}` on the same event: {}; every step between is a declared effect or a bus hop, so it goes on for ever",
            name(finding.stopped),
            record.invocation(finding.stopped).target.id,
            equal_on(&finding.tested),
        ),
    }
}

fn equal_on(tested: &[String]) -> String {
    match tested {
        [] => "nothing on the way tests anything".to_owned(),
        _ => format!("equal on {}", tested.iter().map(|path| format!("`{path}`")).listed().join(", ")),
    }
}

fn reached(limit: &Limit) -> String {
    match limit {
        Limit::Chain(most) => format!("the chain reached {most} firings (`maxChain`)"),
        Limit::Firings(most) => format!("one origin caused {most} firings (`maxFirings`)"),
        Limit::Bytes(most) => format!("one origin caused {} MiB of events", most / 1024 / 1024),
    }
}

fn doubted(doubt: &Doubt) -> String {
    match doubt {
        Doubt::NoRound => "no rule fired twice on it, so it may end by itself".to_owned(),
        Doubt::Handler => "it goes through a handler, which may change its mind".to_owned(),
        Doubt::Chance => {
            "a permission on the way depends on the hour, or on a data key that a queue still holds".to_owned()
        }
        Doubt::Different(difference) => format!("it is not proven to be endless, because {}", difference.what),
        Doubt::TooMuch => "it is not proven to be endless, because too many paths decide it".to_owned(),
    }
}
