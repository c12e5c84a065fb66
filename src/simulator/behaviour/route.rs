//! Routing: which rules of a bus answer an event.
//!
//! Rules are asked by name in byte order, targets are taken by Id in byte order (DESIGN section 5). A run sees the rules as
//! they are when it reaches the bus; views are shared by all arrivals of one run, so that ten thousand arrivals do not copy
//! every rule.

use super::record::{ArrivalId, BusAddress, Cause, RuleOutcome, RuleView};
use crate::event::Event;
use crate::json::Value;
use crate::sets::SortedMap;
use crate::simulator::Simulator;
use crate::simulator::state::{Rule, RuleState};
use std::rc::Rc;

/// The rules of the buses that a run has met.
pub type Views = SortedMap<BusAddress, Rc<Vec<RuleView>>>;

impl Simulator {
    /// Asks the bus's rules about an arrival and notes their answers. Gives the indexes of those that fire.
    pub(in crate::simulator) fn route(&mut self, id: ArrivalId, views: &mut Views) -> Vec<usize> {
        let arrival = self.record.arrival(id);
        if arrival.dropped.is_some() {
            return Vec::new();
        }
        let bus = arrival.bus.clone();
        let event = Rc::clone(&arrival.event);
        let rules = Rc::clone(views.get_or_insert_with(bus, |bus| Rc::new(self.rules_of(bus))));
        let arrival = self.record.arrival(id);
        let outcomes: Vec<RuleOutcome> = rules.iter().map(|rule| answer(rule, &event, &arrival.cause)).collect();
        let fired = |(index, outcome): (usize, &RuleOutcome)| (*outcome == RuleOutcome::Matched).then_some(index);
        let firing = outcomes.iter().enumerate().filter_map(fired).collect();
        let arrival = self.record.arrival_mut(id);
        arrival.rules = rules;
        arrival.outcomes = outcomes;
        firing
    }

    fn rules_of(&self, bus: &BusAddress) -> Vec<RuleView> {
        let region = self.world.region(&bus.account, &bus.region);
        let bus = region.and_then(|region| region.bus(&bus.name));
        bus.map(|bus| bus.rules().map(view).collect()).unwrap_or_default()
    }
}

fn view(rule: &Rule) -> RuleView {
    RuleView {
        arn: rule.arn.clone(),
        name: rule.name.to_string(),
        enabled: rule.is_enabled(),
        all_management_events: rule.state == RuleState::EnabledWithAllCloudtrailManagementEvents,
        pattern: rule.matcher().cloned(),
        targets: rule.targets().cloned().map(Rc::new).collect(),
    }
}

/// A rule gets what its own schedule makes, whatever its pattern says (recorded).
fn answer(rule: &RuleView, event: &Event, cause: &Cause) -> RuleOutcome {
    if !rule.enabled {
        return RuleOutcome::Disabled;
    }
    if matches!(cause, Cause::Schedule(of) if *of == rule.arn) {
        return RuleOutcome::Matched;
    }
    let Some(pattern) = &rule.pattern else { return RuleOutcome::NoPattern };
    match pattern.matches(event) {
        Ok(true) if !rule.all_management_events && is_read_only_call(event.value()) => RuleOutcome::ReadOnly,
        Ok(true) => RuleOutcome::Matched,
        Ok(false) => RuleOutcome::NoMatch,
        Err(limit) => RuleOutcome::Failed(limit.to_string()),
    }
}

/// Whether the event is CloudTrail's report of a management call that only reads. Such events reach only rules in the
/// state that asks for all of them. Source: documentation, section 6, with its two exceptions; a call that says of itself
/// that it writes, or that it is about data, is none.
fn is_read_only_call(event: &Value) -> bool {
    let detail = event.get("detail");
    let says = |name: &str, said: bool| detail.and_then(|detail| detail.get(name)?.as_bool()) == Some(said);
    let name = detail.and_then(|detail| detail.get("eventName")?.as_str()).unwrap_or_default();
    let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
    text("detail-type") == "AWS API Call via CloudTrail"
        && text("source").starts_with("aws.")
        && ["Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb))
        && !["GetFederationToken", "GetSessionToken"].contains(&name)
        && !says("readOnly", false)
        && !says("managementEvent", false)
}
