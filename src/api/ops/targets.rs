//! PutTargets, RemoveTargets, ListTargetsByRule, ListRuleNamesByTarget.
//!
//! Every target of a request is checked by itself (`target_rules`), then bus and rule, then the quotas: ten targets a
//! request, five a rule (an option). The same Id replaces the target as a whole; removing an unknown Id is no error. Lists are by Id
//! in byte order (all recorded). What was sent comes back as it was sent.

use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::EntryError;
use crate::simulator::state::{Target, TargetId, TargetInput};

use crate::api::call::{Answer, BusRef, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;
use crate::api::pages::{BadToken, Pages};

use super::rules::{refuse_managed, refuse_managed_unless_forced};
use super::target_rules;

const PER_REQUEST: usize = 10;

/// Puts targets on a rule: all of them, or none.
pub fn put(call: &mut Call) -> Answer {
    let (input, bus) = (call.input, call.bus_ref("EventBusName"));
    let targets: Vec<Target> = input.objects("Targets").map(|target| read(target, &bus)).collect::<Result<_, _>>()?;
    for role in input.objects("Targets").filter_map(|target| target.text("RoleArn")) {
        call.pass_role(role)?;
    }
    let per_rule = call.sim.options().quotas.targets_per_rule;
    let rule = call.rule(&bus, "events:PutTargets", input.required("Rule"))?;
    refuse_managed(rule)?;
    let mut all: Vec<&str> = rule.targets.keys().map(TargetId::as_str).listed();
    let sent = targets.len();
    for target in &targets {
        if !all.contains(&target.id.as_str()) {
            all.push(target.id.as_str());
        }
    }
    if sent > PER_REQUEST || all.len() > per_rule {
        let help = format!("a request may put {PER_REQUEST} targets, a rule may have {per_rule}");
        return Err(ServiceError::limit().with_help(help));
    }
    let failed = call.sim.take_entry_faults("PutTargets", sent);
    let rule = call.rule(&bus, "events:PutTargets", input.required("Rule"))?;
    for (index, target) in targets.into_iter().enumerate() {
        if failed.iter().all(|(at, _)| *at != index) {
            rule.targets.insert(target.id.clone(), target);
        }
    }
    Ok(outcome(&failed, input.objects("Targets").map(|target| target.required("Id")).listed()))
}

/// Removes targets from a rule.
pub fn remove(call: &mut Call) -> Answer {
    let (input, bus) = (call.input, call.bus_ref("EventBusName"));
    let rule = call.rule(&bus, "events:RemoveTargets", input.required("Rule"))?;
    refuse_managed_unless_forced(rule, input)?;
    let ids: Vec<&str> = input.texts("Ids").listed();
    let failed = call.sim.take_entry_faults("RemoveTargets", ids.len());
    let rule = call.rule(&bus, "events:RemoveTargets", input.required("Rule"))?;
    for (index, id) in ids.iter().enumerate() {
        if failed.iter().all(|(at, _)| *at != index) {
            rule.targets.remove(&TargetId::new(*id));
        }
    }
    Ok(outcome(&failed, ids))
}

/// The targets of a rule, by Id, as they were put.
pub fn list(call: &mut Call) -> Answer {
    let (input, bus) = (call.input, call.bus_ref("EventBusName"));
    let rule = call.rule(&bus, "events:ListTargetsByRule", input.required("Rule"))?;
    let pages = Pages::read(format!("targets of {}", rule.arn), "Targets", input)?;
    Ok(pages.page(rule.targets().map(|target| (target.id.as_str(), target.definition.clone()))).value())
}

/// The names of a bus's rules that have a target with this ARN, each once, disabled ones included. A token of another bus
/// makes the service stumble (recorded).
pub fn rule_names(call: &mut Call) -> Answer {
    let (input, bus_ref) = (call.input, call.bus_ref("EventBusName"));
    let wanted = input.required("TargetArn");
    target_rules::well_formed(wanted)?;
    let arn = bus_ref.arn();
    let bus = call.bus(&bus_ref, "events:ListRuleNamesByTarget", &arn)?;
    let pages = Pages::read_token(&format!("rule names of {arn}"), "RuleNames", input).map_err(|bad| match bad {
        BadToken::Malformed => ServiceError::validation("Parameter NextToken is not valid."),
        BadToken::Foreign => ServiceError::internal().with_help("the token belongs to another bus, target or list"),
    })?;
    let rules = bus.rules().filter(|rule| rule.targets().any(|target| target.arn.as_str() == wanted));
    Ok(pages.page(rules.map(|rule| (rule.name.as_str(), Value::string(rule.name.as_str())))).value())
}

/// The target, if the service would admit it on a rule of this bus.
fn read(given: Input, bus: &BusRef) -> Result<Target, ServiceError> {
    let arn = target_rules::admit(given, bus)?;
    let dead_letters = given.object("DeadLetterConfig").and_then(|config| config.text("Arn"));
    let dead_letter_arn = dead_letters.map(|text| queue(text, bus)).transpose()?;
    let mut target = Target::new(TargetId::new(given.required("Id")), arn, given.value().clone());
    target.role_arn = given.text("RoleArn").map(str::to_owned);
    target.dead_letter_arn = dead_letter_arn;
    let transformer = target_rules::transformer(given)?;
    target.input = match (given.text("Input"), given.text("InputPath"), transformer) {
        (Some(text), _, _) => TargetInput::Constant(text.to_owned()),
        (None, Some(path), _) => TargetInput::Path(path.to_owned()),
        (None, None, Some(transformer)) => TargetInput::Transformer(Box::new(transformer)),
        (None, None, None) => TargetInput::Event,
    };
    Ok(target)
}

/// The dead-letter queue; it must be in the region of the rule (recorded for buses, documented for targets).
fn queue(text: &str, bus: &BusRef) -> Result<Arn, ServiceError> {
    let arn = Arn::parse(text).ok_or_else(|| target_rules::malformed_arn(text))?;
    if arn.service() == "sqs" && arn.region() != bus.region.as_str() {
        return Err(ServiceError::denied(format!(
            "Access to the resource {arn} is denied. Reason: You must specify a dead letter queue in the same region."
        )));
    }
    Ok(arn)
}

/// What became of the entries: only those that were ordered to fail do, the others are checked before.
fn outcome(failed: &[(usize, EntryError)], ids: Vec<&str>) -> Value {
    let entry = |(at, error): &(usize, EntryError)| {
        let id = ids.get(*at).copied().unwrap_or_default();
        Output::new()
            .with("TargetId", id)
            .with("ErrorCode", error.code)
            .with("ErrorMessage", error.message.as_str())
            .value()
    };
    let count = i64::try_from(failed.len()).unwrap_or(i64::MAX);
    let entries = Value::array(failed.iter().map(entry).listed());
    Output::new().with("FailedEntryCount", Value::number(count)).with("FailedEntries", entries).value()
}
