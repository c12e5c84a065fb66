//! Routing: which rules of a bus answer an event.
//!
//! Rules are asked by name in byte order, targets are taken by Id in byte order (DESIGN section 5). A run sees the rules as
//! they are when it reaches the bus; views are shared by all arrivals between two changes of the world, so that ten thousand
//! arrivals do not copy every rule.

use super::candidates::{Candidates, may_match};
use super::record::{Arrival, ArrivalId, BusAddress, Cause, RuleOutcome, RuleView};
use crate::json::Value;
use crate::sets::{Listed as _, SortedMap, sort_by};
use crate::simulator::Simulator;
use crate::simulator::state::{Rule, RuleState, World};
use std::cell::{RefCell, RefMut};
use std::rc::Rc;

/// The rules of the buses that runs have met, until the world changes. A copy belongs to a copy of the world.
#[derive(Clone, Debug, Default)]
pub struct Views {
    buses: SortedMap<BusAddress, View>,
    changes: usize,
    /// What arrivals have until they are routed.
    none: Rc<Vec<Rc<RuleView>>>,
}

#[derive(Clone, Debug, Default)]
struct View {
    rules: Rc<Vec<Rc<RuleView>>>,
    /// Shared with the copies, because to make it anew costs more than all else that a copy does.
    candidates: Rc<RefCell<Candidates>>,
    /// Looked at when the world had changed so often; none before the first look.
    changes: Option<usize>,
}

impl Views {
    /// The world may have changed: every view is looked at anew when it is needed next.
    pub fn world_changes(&mut self) {
        self.changes += 1;
    }

    /// Looks at every bus that has rules, so that the copies of this world need not do it each for itself.
    pub fn look_at_all(&mut self, world: &World) {
        for (account, region, state) in world.regions() {
            for bus in state.buses().filter(|bus| !bus.rules.is_empty()) {
                let address = BusAddress { account: account.clone(), region: region.clone(), name: bus.name().clone() };
                self.of(&address, world).candidates();
            }
        }
    }

    /// No rules.
    pub(super) fn none(&self) -> Rc<Vec<Rc<RuleView>>> {
        Rc::clone(&self.none)
    }

    /// The rules of a bus as they are now. What did not change since the last view is shared with it, because the record keeps
    /// the view of every event.
    fn of(&mut self, address: &BusAddress, world: &World) -> &mut View {
        let changes = Some(self.changes);
        let view = self.buses.get_or_insert_with(address.clone(), |_| View::default());
        if view.changes != changes {
            view.changes = changes;
            view.look(address, world);
        }
        view
    }
}

impl View {
    fn look(&mut self, address: &BusAddress, world: &World) {
        let old = &self.rules;
        let region = world.region(&address.account, &address.region);
        let bus = region.and_then(|region| region.bus(&address.name));
        let mut rules = Vec::new();
        for rule in bus.iter().flat_map(|bus| bus.rules()) {
            let known = old.binary_search_by(|known| known.name.as_str().cmp(rule.name.as_str())).ok();
            let known = known.and_then(|index| old.get(index)).filter(|known| shows(known, rule));
            rules.push(known.map_or_else(|| Rc::new(view(rule)), Rc::clone));
        }
        if rules.len() == old.len() && rules.iter().zip(old.iter()).all(|(new, old)| Rc::ptr_eq(new, old)) {
            return;
        }
        self.rules = Rc::new(rules);
    }

    /// The set of these rules.
    fn candidates(&self) -> RefMut<'_, Candidates> {
        let mut candidates = self.candidates.borrow_mut();
        candidates.show(&self.rules);
        candidates
    }

    /// The rules to ask about an arrival, ascending, each with whether its pattern lets the event pass if that is known.
    fn asked(&self, arrival: &Arrival) -> Vec<(usize, Option<bool>)> {
        let rules = || self.rules.iter().enumerate();
        let matched = self.candidates().matched(arrival);
        let Some(matched) = matched else {
            let is_own = |rule: &RuleView| matches!(&arrival.cause, Cause::Schedule(of) if *of == rule.arn);
            let asked = rules().filter(|(_, rule)| is_own(rule) || may_match(rule, arrival.event()));
            return asked.map(|(index, _)| (index, None)).listed();
        };
        let mut asked: Vec<_> = matched.into_iter().map(|index| (index, Some(true))).listed();
        // Some are asked although their patterns refuse the event.
        match &arrival.cause {
            Cause::Schedule(of) => {
                asked.extend(rules().filter(|(_, rule)| rule.arn == *of).map(|(index, _)| (index, Some(false))));
            }
            Cause::Replay(only) if !only.is_empty() => {
                let others = rules().filter(|(_, rule)| !only.contains(&rule.arn) && may_match(rule, arrival.event()));
                asked.extend(others.map(|(index, _)| (index, Some(false))));
            }
            _ => return asked,
        }
        sort_by(&mut asked, |one, other| one.0.cmp(&other.0));
        asked.dedup_by_key(|(index, _)| *index);
        asked
    }
}

impl Simulator {
    /// Asks the bus's rules about an arrival and notes their answers. Gives the indexes of those that fire.
    pub(in crate::simulator) fn route(&mut self, id: ArrivalId) -> Vec<usize> {
        if self.record.arrival(id).dropped.is_some() || self.unreadable(id) {
            return Vec::new();
        }
        let arrival = self.record.arrival(id);
        let view = self.views.of(&arrival.bus, &self.world);
        let asked = view.asked(arrival);
        let rules = Rc::clone(&view.rules);
        let mut outcomes = Vec::new();
        for (index, matches) in asked {
            let Some(rule) = rules.get(index) else { continue };
            match answer(rule, arrival, matches) {
                RuleOutcome::NoMatch | RuleOutcome::Disabled | RuleOutcome::NoPattern => {}
                outcome => outcomes.push((index, outcome)),
            }
        }
        let fired = |(index, outcome): &(usize, RuleOutcome)| (*outcome == RuleOutcome::Matched).then_some(*index);
        let firing = outcomes.iter().filter_map(fired).listed();
        let arrival = self.record.arrival_mut(id);
        arrival.rules = rules;
        arrival.outcomes = outcomes;
        firing
    }
}

fn view(rule: &Rule) -> RuleView {
    RuleView {
        arn: rule.arn.clone(),
        name: rule.name.to_string(),
        enabled: rule.is_enabled(),
        all_management_events: gets_all_management_events(rule),
        pattern: rule.matcher().cloned(),
        targets: rule.targets().cloned().map(Rc::new).listed(),
    }
}

/// Whether a view shows a rule as it is now. A pattern put anew is a new one, even if it reads the same.
fn shows(view: &RuleView, rule: &Rule) -> bool {
    let same_pattern = match (&view.pattern, rule.matcher()) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    same_pattern
        && view.enabled == rule.is_enabled()
        && view.all_management_events == gets_all_management_events(rule)
        && view.arn == rule.arn
        && view.targets.len() == rule.targets.len()
        && view.targets.iter().zip(rule.targets()).all(|(one, other)| **one == *other)
}

fn gets_all_management_events(rule: &Rule) -> bool {
    rule.state == RuleState::EnabledWithAllCloudtrailManagementEvents
}

/// A rule gets what its own schedule makes, whatever its pattern says (recorded).
fn answer(rule: &RuleView, arrival: &Arrival, matches: Option<bool>) -> RuleOutcome {
    let (event, cause) = (arrival.event(), &arrival.cause);
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
    match matches.map_or_else(|| pattern.matches(event), Ok) {
        Ok(true) if !rule.all_management_events && is_read_only_call(arrival) => RuleOutcome::ReadOnly,
        Ok(true) => RuleOutcome::Matched,
        Ok(false) => RuleOutcome::NoMatch,
        Err(limit) => RuleOutcome::Failed(limit.to_string()),
    }
}

/// Whether the event is CloudTrail's report of a management call that only reads. Such events reach only rules in the
/// state that asks for all of them. Source: documentation, section 6, with its two exceptions; a call that says of itself
/// that it writes, or that it is about data, is none.
fn is_read_only_call(arrival: &Arrival) -> bool {
    let envelope = &arrival.envelope;
    if &*envelope.detail_type != "AWS API Call via CloudTrail" || !envelope.source.starts_with("aws.") {
        return false;
    }
    let says = |name: &str, said: bool| envelope.detail.get(name).and_then(Value::as_bool) == Some(said);
    let name = envelope.detail.get("eventName").and_then(Value::as_str).unwrap_or_default();
    ["Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb))
        && !["GetFederationToken", "GetSessionToken"].contains(&name)
        && !says("readOnly", false)
        && !says("managementEvent", false)
}
