//! Scheduled events: what a rule with a schedule puts on its bus when its time comes, or when it is triggered.
//!
//! `source aws.events`, `detail-type Scheduled Event`, the rule's ARN in `resources`, an empty `detail`, the time of the
//! firing. The event is put on the bus for everyone: other rules whose patterns match it get it too; the rule itself gets
//! it once, whatever its own pattern says (recorded). A firing is the origin of a chain.

use super::ingest::New;
use super::provenance::{Fresh, Provenance};
use super::record::{BusAddress, Cause, Hops};
use crate::diagnostics::Diagnostic;
use crate::event::{Envelope, Event};
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::state::{Rule, RuleName};

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

    /// The time of a rule's schedule has come.
    pub(super) fn schedule_is_due(&mut self, bus: &BusAddress, name: &RuleName) {
        let Some(rule) = self.rule_at(bus, name).filter(|rule| rule.is_enabled()) else { return };
        let arn = rule.arn.clone();
        self.put_scheduled(bus, arn);
    }

    fn rule_at(&self, bus: &BusAddress, name: &RuleName) -> Option<&Rule> {
        self.world.region(&bus.account, &bus.region)?.bus(&bus.name)?.rules.get(name)
    }

    fn put_scheduled(&mut self, bus: &BusAddress, rule: String) -> String {
        let id = self.ids.uuid();
        let envelope = Envelope {
            version: "0".to_owned(),
            id: id.clone(),
            detail_type: "Scheduled Event".to_owned(),
            source: "aws.events".to_owned(),
            account: bus.account.to_string(),
            time: self.now.to_string(),
            region: bus.region.to_string(),
            replay_name: None,
            resources: vec![rule.clone()],
            detail: Value::object::<String>(Vec::new()),
            extra: Vec::new(),
        };
        let provenance = Provenance::outside([("id", Fresh::Uuid), ("time", Fresh::Time)]);
        // An envelope is an object, so it is an event.
        let Ok(event) = Event::from_value(envelope.to_value()) else { return id };
        let origin = self.record.add_origin();
        let (bus, cause) = (bus.clone(), Cause::Schedule(rule));
        self.arrive(New { envelope, event, bus, cause, origin, chain: 0, hops: Hops::default(), provenance });
        id
    }
}
