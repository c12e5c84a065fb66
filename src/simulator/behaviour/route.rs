//! Routing: which rules of a bus answer an event.
//!
//! Rules are asked by name in byte order, targets are taken by Id in byte order (DESIGN section 5). A run sees the rules as
//! they are when it reaches the bus; views are shared by all arrivals between two changes of the world, so that ten thousand
//! arrivals do not copy every rule.

use super::candidates::Candidates;
use super::record::{ArrivalId, BusAddress, Cause, RuleOutcome, RuleView};
use crate::event::Event;
use crate::json::Value;
use crate::sets::SortedMap;
use crate::simulator::Simulator;
use crate::simulator::state::{Rule, RuleState};
use std::rc::Rc;

/// The rules of the buses that runs have met, until the world changes.
#[derive(Debug, Clone, Default)]
pub struct Views {
    buses: SortedMap<BusAddress, View>,
    changes: usize,
}

#[derive(Debug, Clone)]
struct View {
    rules: Rc<Vec<Rc<RuleView>>>,
    candidates: Rc<Candidates>,
    /// Made when the world had changed so often.
    changes: usize,
}

impl Views {
    /// The world may have changed: every view is looked at anew when it is needed next.
    pub fn world_changes(&mut self) {
        self.changes += 1;
    }
}

impl Simulator {
    /// Asks the bus's rules about an arrival and notes their answers. Gives the indexes of those that fire.
    pub(in crate::simulator) fn route(&mut self, id: ArrivalId) -> Vec<usize> {
        let arrival = self.record.arrival(id);
        if arrival.dropped.is_some() || self.unreadable(id) {
            return Vec::new();
        }
        let arrival = self.record.arrival(id);
        let bus = arrival.bus.clone();
        let event = Rc::clone(&arrival.event);
        let View { rules, candidates, .. } = self.view_of(&bus);
        let cause = &self.record.arrival(id).cause;
        let mut outcomes = Vec::new();
        for index in candidates.of(&event, cause) {
            let Some(rule) = rules.get(index) else { continue };
            match answer(rule, &event, cause) {
                RuleOutcome::NoMatch | RuleOutcome::Disabled | RuleOutcome::NoPattern => {}
                outcome => outcomes.push((index, outcome)),
            }
        }
        let fired = |(index, outcome): &(usize, RuleOutcome)| (*outcome == RuleOutcome::Matched).then_some(*index);
        let firing = outcomes.iter().filter_map(fired).collect();
        let arrival = self.record.arrival_mut(id);
        arrival.rules = rules;
        arrival.outcomes = outcomes;
        firing
    }

    /// The rules of a bus as they are now. What did not change since the last view is shared with it, because the record keeps
    /// the view of every event.
    fn view_of(&mut self, address: &BusAddress) -> View {
        let before = self.views.buses.get(address);
        if let Some(view) = before.filter(|view| view.changes == self.views.changes) {
            return view.clone();
        }
        let old: &[Rc<RuleView>] = before.map(|view| view.rules.as_slice()).unwrap_or_default();
        let region = self.world.region(&address.account, &address.region);
        let bus = region.and_then(|region| region.bus(&address.name));
        let mut rules = Vec::new();
        for rule in bus.iter().flat_map(|bus| bus.rules()) {
            let new = view(rule);
            let known = old.binary_search_by(|known| known.name.cmp(&new.name)).ok().and_then(|index| old.get(index));
            rules.push(known.filter(|known| known.is_as(&new)).map_or_else(|| Rc::new(new), Rc::clone));
        }
        let unchanged = rules.len() == old.len() && rules.iter().zip(old).all(|(new, old)| Rc::ptr_eq(new, old));
        let changes = self.views.changes;
        let view = match before.filter(|_| unchanged) {
            Some(view) => View { changes, ..view.clone() },
            None => View { candidates: Rc::new(Candidates::new(&rules)), rules: Rc::new(rules), changes },
        };
        self.views.buses.insert(address.clone(), view.clone());
        view
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
    if matches!(cause, Cause::Replay(only) if !only.is_empty() && !only.contains(&rule.arn)) {
        return RuleOutcome::NotSelected;
    }
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
