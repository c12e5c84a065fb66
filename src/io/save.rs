//! Saving: the calls that rebuild the control plane, with effects and options. What happened is not saved.
//!
//! Accounts and regions come in byte order, then buses, rules and targets, then the rest (`resources`), so that the same
//! world is always the same text.

use super::archives;
use super::partner;
use super::resources::{self, Call};
use crate::api::may_put_rule;
use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::{EventBus, Region, RegionState, Rule, RuleState, Tags};
use crate::simulator::{Caller, Delays, Quotas, Simulator, Strictness};

/// The scenario that `load` turns into this world again.
pub(super) fn save(simulator: &Simulator) -> Value {
    let mut calls = partner::offers(simulator.world());
    for (account, region, state) in simulator.world().regions() {
        let call = |(operation, input): (&str, Vec<(&str, Value)>)| {
            Value::object(vec![
                ("operation", Value::string(operation)),
                ("input", Value::object(input)),
                ("account", Value::string(account.as_str())),
                ("region", Value::string(region.as_str())),
            ])
        };
        let mut of_region = Vec::new();
        for bus in state.buses() {
            event_bus(bus, state, &mut of_region);
            for rule in bus.rules().filter(|rule| rule.managed_by.is_none()) {
                match put_by_creator(simulator, bus, rule) {
                    // What stands before it must be done before it.
                    Some(put) => {
                        calls.extend(of_region.drain(..).map(call));
                        calls.push(put);
                    }
                    None => of_region.push(("PutRule", put_rule(bus, rule))),
                }
                put_targets(bus, rule, &mut of_region);
            }
        }
        archives::save_without_bus(account, region, state, simulator.now(), &mut of_region);
        // A look makes an account's region, if nothing else does.
        let home = simulator.options().account == *account && simulator.options().region == *region;
        if of_region.is_empty() && !home {
            of_region.push(("ListEventBuses", Vec::new()));
        }
        resources::save(state, simulator.now(), &mut of_region);
        calls.extend(of_region.into_iter().map(call));
    }
    calls.extend(partner::changes(simulator.world()));
    Value::object(vec![
        ("version", Value::number(1)),
        ("options", options(simulator)),
        ("effects", Value::array(simulator.effects().map(|effect| effect.definition.clone()).listed())),
        ("calls", Value::array(calls)),
    ])
}

fn options(simulator: &Simulator) -> Value {
    let options = simulator.options();
    let mut members = vec![
        ("account", Value::string(options.account.as_str())),
        ("region", Value::string(options.region.as_str())),
        ("now", Value::string(options.now.to_string())),
        ("seed", Value::number(options.seed as i64)),
        ("maxChain", Value::number(options.max_chain as i64)),
        ("maxFirings", Value::number(options.max_firings as i64)),
        ("maxRecord", Value::number(options.max_record as i64)),
        ("strict", Value::boolean(options.strictness == Strictness::Strict)),
    ];
    match options.delays {
        Delays::None => {}
        Delays::Real => members.push(("delays", Value::string("real"))),
        Delays::Prompt => members.push(("delays", Value::string("prompt"))),
    }
    if options.quotas != Quotas::default() {
        let quotas = &options.quotas;
        let number = |number: usize| Value::number(number as i64);
        members.push((
            "quotas",
            Value::object(vec![
                ("targetsPerRule", number(quotas.targets_per_rule)),
                ("concurrentReplays", number(quotas.concurrent_replays)),
                ("policySize", number(quotas.policy_size)),
                ("putEventsSize", number(quotas.put_events_size)),
            ]),
        ));
    }
    let outside = &simulator.world().outside;
    for (name, declared) in [("resources", outside.resources_value()), ("organizations", outside.organizations_value())]
    {
        if declared.as_object().is_some_and(|members| !members.is_empty()) {
            members.push((name, declared));
        }
    }
    Value::object(members)
}

fn event_bus(bus: &EventBus, state: &RegionState, calls: &mut Vec<Call>) {
    let name = || Value::string(bus.name().as_str());
    let mut input = vec![("Name", name())];
    input.extend(bus.description.as_ref().map(|text| ("Description", Value::string(text.clone()))));
    input.extend(bus.kms_key_identifier.as_ref().map(|key| ("KmsKeyIdentifier", Value::string(key.clone()))));
    input.extend(
        bus.dead_letter_arn
            .as_ref()
            .map(|arn| ("DeadLetterConfig", Value::object(vec![("Arn", Value::string(arn.as_str()))]))),
    );
    input.extend(bus.log_config.as_ref().map(|config| ("LogConfig", config.clone())));
    match bus.name().is_default() {
        false => {
            if bus.name().as_str().starts_with("aws.partner/") {
                input.push(("EventSourceName", name()));
            }
            input.extend(tags(&bus.tags));
            calls.push(("CreateEventBus", input));
        }
        true => {
            if input.len() > 1 {
                calls.push(("UpdateEventBus", input));
            }
            let tags = tags(&bus.tags).map(|tags| vec![("ResourceARN", Value::string(bus.arn())), tags]);
            calls.extend(tags.map(|input| ("TagResource", input)));
        }
    }
    if let Some(policy) = &bus.policy {
        calls.push(("PutPermission", vec![("EventBusName", name()), ("Policy", Value::string(policy.text()))]));
    }
    // Before the rules: where an archive has lost its own by force, another may have its name.
    archives::save(bus, state, calls);
}

fn put_targets(bus: &EventBus, rule: &Rule, calls: &mut Vec<Call>) {
    let targets: Vec<Value> = rule.targets().map(|target| target.definition.clone()).listed();
    if !targets.is_empty() {
        let (rule, name) = (Value::string(rule.name.as_str()), Value::string(bus.name().as_str()));
        calls.push(("PutTargets", vec![("Rule", rule), ("EventBusName", name), ("Targets", Value::array(targets))]));
    }
}

/// The PutRule of the account that created a rule on another's bus, as long as the bus's policy still lets it.
fn put_by_creator(simulator: &Simulator, bus: &EventBus, rule: &Rule) -> Option<Value> {
    let arn = Arn::parse(bus.arn()).filter(|arn| arn.account() != rule.created_by.as_str())?;
    let mut input = put_rule(bus, rule);
    input
        .iter_mut()
        .filter(|(name, _)| *name == "EventBusName")
        .for_each(|(_, bus)| *bus = Value::string(arn.as_str()));
    let input = Value::object(input);
    let caller = Caller::new(rule.created_by.clone(), Region::new(arn.region()));
    may_put_rule(simulator, &caller, &input).then(|| {
        Value::object(vec![
            ("operation", Value::string("PutRule")),
            ("input", input),
            ("account", Value::string(rule.created_by.as_str())),
            ("region", Value::string(arn.region())),
        ])
    })
}

/// The member `Tags`, if there are any.
fn tags(tags: &Tags) -> Option<(&'static str, Value)> {
    let tag = |(key, value)| Value::object(vec![("Key", Value::string(key)), ("Value", Value::string(value))]);
    (!tags.is_empty()).then(|| ("Tags", Value::array(tags.iter().map(tag).listed())))
}

fn put_rule(bus: &EventBus, rule: &Rule) -> Vec<(&'static str, Value)> {
    let mut input =
        vec![("Name", Value::string(rule.name.as_str())), ("EventBusName", Value::string(bus.name().as_str()))];
    input.extend(rule.pattern.as_ref().map(|pattern| ("EventPattern", Value::string(pattern.text()))));
    input.extend(rule.schedule.as_ref().map(|schedule| ("ScheduleExpression", Value::string(schedule.clone()))));
    if rule.state != RuleState::Enabled {
        input.push(("State", Value::string(rule.state.as_str())));
    }
    input.extend(rule.description.as_ref().map(|text| ("Description", Value::string(text.clone()))));
    input.extend(rule.role_arn.as_ref().map(|arn| ("RoleArn", Value::string(arn.clone()))));
    input.extend(tags(&rule.tags));
    input
}
