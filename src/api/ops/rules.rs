//! PutRule, DeleteRule, DescribeRule, EnableRule, DisableRule, ListRules.
//!
//! PutRule replaces: omitted members become null, the state falls back to ENABLED, targets stay, tags given on an update
//! are ignored, and an invalid update leaves the old rule as it was (all recorded). What a schedule does then is
//! `simulator::behaviour::scheduler`'s matter.

use crate::arn::Arn;
use crate::pattern::Pattern;
use crate::schedule::Schedule;
use crate::simulator::behaviour::permission::{Sender, assumable};
use crate::simulator::state::{BusName, Rule, RuleName, RulePattern, RuleState};

use crate::api::call::{Answer, BusRef, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::tagging::MOST_TAGS;

/// Creates or replaces a rule.
pub fn put(call: &mut Call) -> Answer {
    let (input, caller) = (call.input, call.caller.account.clone());
    let bus_ref = call.bus_ref("EventBusName");
    let name = input.required("Name");
    let arn = bus_ref.rule_arn(name);
    let tags = call.tags()?;
    if tags.len() > MOST_TAGS {
        return Err(ServiceError::limit().with_help(format!("a rule may have {MOST_TAGS} tags")));
    }
    if let Some(role) = input.text("RoleArn") {
        call.pass_role(role)?;
    }
    let bus = call.bus(&bus_ref, "events:PutRule", &arn)?;
    let name = RuleName::new(name);
    if let Some(rule) = bus.rules.get(&name) {
        refuse_managed(rule)?;
    }
    let state = input.text("State").and_then(RuleState::parse).unwrap_or(RuleState::Enabled);
    check_schedule(input, bus.name(), state)?;
    let pattern = input.text("EventPattern").map(read_pattern).transpose()?;
    check_role(call, &arn, &bus_ref)?;
    let bus = call.bus(&bus_ref, "events:PutRule", &arn)?;
    let rule = bus.rules.get_or_insert_with(name.clone(), |name| {
        let mut rule = Rule::new(name.clone(), arn.clone(), caller);
        rule.tags = tags;
        rule
    });
    rule.pattern = pattern;
    rule.schedule = input.text("ScheduleExpression").map(str::to_owned);
    rule.state = state;
    rule.description = input.text("Description").map(str::to_owned);
    rule.role_arn = input.text("RoleArn").map(str::to_owned);
    call.sim.wind(&bus_ref.address(), &name);
    Ok(Output::new().with("RuleArn", arn).value())
}

/// Deletes a rule without targets. A rule that is not there is no error, a bus that is not there is.
pub fn delete(call: &mut Call) -> Answer {
    let (input, bus_ref) = (call.input, call.bus_ref("EventBusName"));
    let arn = bus_ref.rule_arn(input.required("Name"));
    let bus = call.bus(&bus_ref, "events:DeleteRule", &arn)?;
    let name = RuleName::new(input.required("Name"));
    if let Some(rule) = bus.rules.get(&name) {
        refuse_managed_unless_forced(rule, input)?;
        if !rule.targets.is_empty() {
            return Err(ServiceError::validation("Rule can't be deleted since it has targets.")
                .with_help("remove its targets first (RemoveTargets)"));
        }
    }
    bus.rules.remove(&name);
    Ok(Output::new().value())
}

/// A rule without its targets.
pub fn describe(call: &mut Call) -> Answer {
    let (name, bus) = (call.input.required("Name"), call.bus_ref("EventBusName"));
    let rule = call.rule(&bus, "events:DescribeRule", name)?;
    Ok(listed(rule, &bus.name).with("CreatedBy", rule.created_by.as_str()).value())
}

/// Makes a rule fire; also turns the state that sees all management events into plain ENABLED (recorded).
pub fn enable(call: &mut Call) -> Answer {
    set_state(call, "events:EnableRule", RuleState::Enabled)
}

/// Makes a rule fire no more.
pub fn disable(call: &mut Call) -> Answer {
    set_state(call, "events:DisableRule", RuleState::Disabled)
}

/// The rules of a bus, by name.
pub fn list(call: &mut Call) -> Answer {
    let (input, bus_ref) = (call.input, call.bus_ref("EventBusName"));
    let prefix = input.text("NamePrefix").unwrap_or_default();
    let arn = bus_ref.arn();
    let bus = call.bus(&bus_ref, "events:ListRules", &arn)?;
    let pages = Pages::read(format!("rules of {arn}"), "Rules", input)?;
    let rules = bus.rules().filter(|rule| rule.name.as_str().starts_with(prefix));
    Ok(pages.page(rules.map(|rule| (rule.name.as_str(), listed(rule, &bus_ref.name).value()))).value())
}

/// Refuses what only the AWS service behind a managed rule may do.
pub fn refuse_managed(rule: &Rule) -> Result<(), ServiceError> {
    match rule.managed_by {
        Some(_) => Err(ServiceError::managed(format!("{} is a managed rule.", rule.name))),
        None => Ok(()),
    }
}

/// The same, where `Force` overrides it.
pub fn refuse_managed_unless_forced(rule: &Rule, input: Input) -> Result<(), ServiceError> {
    match rule.managed_by {
        Some(_) if !input.is_set("Force") => {
            let message = format!("{} is a managed rule. Set 'force' parameter to true to override.", rule.name);
            Err(ServiceError::managed(message))
        }
        _ => Ok(()),
    }
}

fn set_state(call: &mut Call, action: &str, state: RuleState) -> Answer {
    let (name, bus) = (call.input.required("Name"), call.bus_ref("EventBusName"));
    let rule = call.rule(&bus, action, name)?;
    refuse_managed(rule)?;
    let name = rule.name.clone();
    rule.state = state;
    call.sim.wind(&bus.address(), &name);
    Ok(Output::new().value())
}

/// The recorded refusals around schedules, then ours. An empty text is no schedule, but a custom bus refuses even that.
fn check_schedule(input: Input, bus: &BusName, state: RuleState) -> Result<(), ServiceError> {
    let schedule = input.text("ScheduleExpression");
    if schedule.is_some() && !bus.is_default() {
        return Err(ServiceError::validation("ScheduleExpression is supported only on the default event bus."));
    }
    let scheduled = schedule.is_some_and(|text| !text.is_empty());
    if !scheduled && input.text("EventPattern").is_none_or(str::is_empty) {
        return Err(ServiceError::validation("Parameter(s) EventPattern or ScheduleExpression must be specified."));
    }
    let all = state == RuleState::EnabledWithAllCloudtrailManagementEvents;
    if all && bus.as_str().starts_with("aws.partner/") {
        // By the documentation (6); the words are ours.
        let state = state.as_str();
        return Err(ServiceError::validation(format!("State {state} is not supported for partner event buses.")));
    }
    if !scheduled {
        return Ok(());
    }
    if all {
        // Recorded as a ValidationException; its words were not kept.
        let state = state.as_str();
        return Err(ServiceError::validation(format!("State {state} is not supported for scheduled rules.")));
    }
    match Schedule::parse(schedule.unwrap_or_default()) {
        Ok(_) => Ok(()),
        Err(error) => Err(ServiceError::validation("Parameter ScheduleExpression is not valid.").with_help(error.help)),
    }
}

/// A role that is declared must be there and trust EventBridge (recorded); any other is taken as good.
fn check_role(call: &Call, rule: &str, bus: &BusRef) -> Result<(), ServiceError> {
    let Some(role) = call.input.text("RoleArn").and_then(Arn::parse) else { return Ok(()) };
    let sender =
        Sender { source_arn: rule, account: bus.account.as_str(), region: bus.region.as_str(), now: call.now() };
    match assumable(&call.sim.world().outside, &role, sender) {
        Ok(_) => Ok(()),
        Err(why) => {
            let message = format!("Provided role '{role}' cannot be assumed by principal 'events.amazonaws.com'.");
            Err(ServiceError::validation(message).with_help(why))
        }
    }
}

fn read_pattern(text: &str) -> Result<RulePattern, ServiceError> {
    if text.is_empty() {
        return Ok(RulePattern::empty());
    }
    parse_pattern(text).map(|pattern| RulePattern::new(text, pattern))
}

/// The pattern within the service's limits, or its InvalidEventPatternException.
pub fn parse_pattern(text: &str) -> Result<Pattern, ServiceError> {
    let read = Pattern::parse(text).and_then(|pattern| pattern.check_limits().map(|()| pattern));
    read.map_err(|error| {
        let refused = ServiceError::pattern(error.aws_message());
        match error.help() {
            Some(help) => refused.with_help(help),
            None => refused,
        }
    })
}

/// What both Describe and List show.
fn listed(rule: &Rule, bus: &BusName) -> Output {
    Output::new()
        .with("Name", rule.name.as_str())
        .with("Arn", rule.arn.as_str())
        .maybe("EventPattern", rule.pattern.as_ref().map(|pattern| pattern.text()))
        .with("State", rule.state.as_str())
        .maybe("Description", rule.description.as_deref())
        .maybe("ScheduleExpression", rule.schedule.as_deref())
        .maybe("RoleArn", rule.role_arn.as_deref())
        .maybe("ManagedBy", rule.managed_by.as_deref())
        .with("EventBusName", bus.as_str())
}
