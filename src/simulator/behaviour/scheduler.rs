//! Scheduled events: what a rule with a schedule puts on its bus when its time comes, or when it is triggered.
//!
//! `source aws.events`, `detail-type Scheduled Event`, the rule's ARN in `resources`, an empty `detail`, the time of the
//! firing. The event is put on the bus for everyone: other rules whose patterns match it get it too; the rule itself gets
//! it once, whatever its own pattern says (recorded). A firing is the origin of a chain.

use super::agenda::Task;
use super::provenance::{Fresh, Provenance};
use super::record::{BusAddress, Cause};
use crate::diagnostics::Diagnostic;
use crate::event::Envelope;
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::state::{BusName, EventBus, Rule, RuleName, Timer};
use crate::time::Instant;
use std::borrow::Cow;

impl Simulator {
    /// Fires the schedule of a rule now, whenever it is due. Gives the event's id.
    pub fn trigger(&mut self, bus: &BusAddress, name: &RuleName) -> Result<String, Diagnostic> {
        let rule = self.rule_at(bus, name);
        let refused = |message: String, help: &str| Err(Diagnostic::error("SIM003", message).with_help(help));
        match rule {
            None => refused(format!("there is no rule `{name}` on bus `{}`", bus.name), "name the rule by its ARN"),
            Some(rule) if rule.schedule.as_deref().is_none_or(str::is_empty) => {
                refused(format!("rule `{name}` has no schedule"), "put an event that its pattern matches")
            }
            Some(rule) if !rule.is_enabled() => {
                refused(format!("rule `{name}` is disabled"), "enable it first (EnableRule)")
            }
            Some(rule) => {
                let arn = rule.arn.clone();
                let id = self.put_scheduled(bus, arn);
                self.run();
                Ok(id)
            }
        }
    }

    /// Starts or stops the timer of a rule that was put, enabled or disabled. A timer of the same expression goes on.
    pub fn wind(&mut self, bus: &BusAddress, name: &RuleName) {
        let now = self.now;
        let Some(rule) = self.rule_at_mut(bus, name) else { return };
        let expression = rule.schedule.as_deref().filter(|_| rule.is_enabled());
        if expression.is_some() && expression == rule.timer.as_ref().map(Timer::expression) {
            return;
        }
        rule.timer = expression.and_then(|text| Timer::start(text, now));
        self.plan_next(bus, name);
    }

    /// The time of a rule's schedule has come, if the rule still runs on the schedule that planned it.
    pub(super) fn schedule_is_due(&mut self, bus: &BusAddress, name: &RuleName) {
        let now = self.now;
        let Some(rule) = self.rule_at_mut(bus, name) else { return };
        let Some(timer) = rule.timer.as_mut().filter(|timer| timer.next() == Some(now)) else { return };
        timer.fired(now);
        let arn = rule.arn.clone();
        self.plan_next(bus, name);
        self.put_scheduled(bus, arn);
    }

    /// How often schedules fire until then, counted no further than past `most`.
    pub(super) fn count_firings(&self, until: Instant, most: usize) -> usize {
        let mut count = 0;
        for (_, _, region) in self.world.regions() {
            // Only rules of default buses have schedules.
            let rules = region.bus(&BusName::default_bus()).into_iter().flat_map(EventBus::rules);
            for timer in rules.filter_map(|rule| rule.timer.as_ref()) {
                let left = most.saturating_sub(count) + 1;
                count += timer.times().take_while(|time| *time <= until).take(left).count();
            }
        }
        count
    }

    fn plan_next(&mut self, bus: &BusAddress, name: &RuleName) {
        let next = self.rule_at(bus, name).and_then(|rule| rule.timer.as_ref()?.next());
        if let Some(next) = next {
            self.plan(next, Task::Schedule { bus: bus.clone(), rule: name.clone() });
        }
    }

    fn rule_at_mut(&mut self, bus: &BusAddress, name: &RuleName) -> Option<&mut Rule> {
        self.world.region_mut(&bus.account, &bus.region, self.now).bus_mut(&bus.name)?.rules.get_mut(name)
    }

    /// The rule of this name on a bus.
    pub fn rule_at(&self, bus: &BusAddress, name: &RuleName) -> Option<&Rule> {
        self.world.region(&bus.account, &bus.region)?.bus(&bus.name)?.rules.get(name)
    }

    fn put_scheduled(&mut self, bus: &BusAddress, rule: String) -> String {
        let id = self.ids.uuid();
        let envelope = Envelope {
            version: Cow::Borrowed("0"),
            id: id.as_str().into(),
            detail_type: "Scheduled Event".into(),
            source: "aws.events".into(),
            account: bus.account.shared(),
            time: self.now.shared_text(),
            region: bus.region.shared(),
            replay_name: None,
            resources: vec![rule.clone()],
            detail: Value::object::<String>(Vec::new()).into(),
            extra: Vec::new(),
        };
        let provenance = Provenance::outside([("id", Fresh::Uuid), ("time", Fresh::Time)]);
        self.arrive_first(envelope, bus.clone(), Cause::Schedule(rule), provenance);
        id
    }
}
