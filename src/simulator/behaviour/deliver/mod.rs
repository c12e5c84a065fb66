//! Delivery: what a target receives, and what becomes of it.
//!
//! What the target gets was built when the rule fired (`input`). A bus target is a hop: the same envelope arrives there, unless the event has used its allowance (one hop within a region, one
//! across regions; recorded) or the bus's policy refuses the sender. The order of these checks is not documented: ours is
//! allowance, then permission, then existence.

use super::effect::Situation;
use super::handlers::Answer;
use super::ingest::{New, acting_place};
use super::input::{Built, Trouble};
use super::provenance::{Fresh, Provenance};
use super::record::{
    ArrivalId, Behind, BusAddress, Cause, DeadLetter, Failure, Hops, Invocation, InvocationIndex, Outcome,
};
use crate::event::Event;
use crate::json::Value;
use crate::simulator::Simulator;
use crate::simulator::state::Target;
use std::rc::Rc;

impl Simulator {
    /// Notes a firing. Nothing is delivered yet: loop detection comes first.
    pub(in crate::simulator) fn fire(
        &mut self,
        arrival: ArrivalId,
        rule: usize,
        target: &Rc<Target>,
    ) -> InvocationIndex {
        let Built { input, from, trouble } = self.input(arrival, rule, target);
        let invocation = Invocation {
            id: self.ids.uuid(),
            rule,
            target: Rc::clone(target),
            input,
            input_from: from,
            trouble,
            arrival,
            time: self.now,
            attempt: 1,
            retry_at: None,
            delivery: None,
            outcome: Outcome::Pending,
            behind: Behind::Effects,
            failure: None,
            dead_letter: None,
            emitted: Vec::new(),
            skipped: Vec::new(),
            loop_index: None,
        };
        self.record.add_invocation(invocation)
    }

    /// Delivers a firing to its target.
    pub(in crate::simulator) fn deliver(&mut self, index: InvocationIndex) {
        let invocation = self.record.invocation(index);
        let target = Rc::clone(&invocation.target);
        if let Some(bus) = BusAddress::of_arn(&target.arn) {
            return self.forward(index, bus);
        }
        match &self.record.invocation(index).trouble {
            None => {}
            Some(Trouble::Fails(failure)) => return self.refuse(index, failure.clone()),
            Some(Trouble::Vanishes(failure)) => return self.vanish(index, failure.clone()),
        }
        match self.ask_handler(target.arn.as_str()) {
            Answer::None => self.delivered(index),
            Answer::Later(handler) => {
                self.record.invocation_mut(index).behind = Behind::Handler;
                self.pending.push_back((index, handler));
            }
            Answer::Now(entries) => {
                self.record.invocation_mut(index).behind = Behind::Handler;
                self.answered(index, entries);
            }
        }
    }

    /// The target has the input: its effects follow.
    pub(super) fn delivered(&mut self, index: InvocationIndex) {
        self.record.invocation_mut(index).outcome = Outcome::Delivered;
        let effects: Vec<_> = self.effects.iter().map(|(_, effect)| Rc::clone(effect)).collect();
        for (number, effect) in effects.iter().enumerate() {
            let invocation = self.record.invocation(index);
            if !crate::sets::glob::matches(&effect.target, invocation.target.arn.as_str()) {
                continue;
            }
            let arrival = self.record.arrival(invocation.arrival);
            let (origin, chain) = (arrival.origin, arrival.chain + 1);
            if let Some(reason) = unwanted(effect.when.as_ref(), &arrival.event) {
                self.record.invocation_mut(index).skipped.push((number, reason));
                continue;
            }
            let situation = Situation {
                event: arrival.event.value(),
                provenance: &arrival.provenance,
                input: &invocation.input,
                input_from: &invocation.input_from,
                place: acting_place(&invocation.target.arn, &arrival.bus),
                now: self.now,
            };
            let emitted = effect.apply(&situation, &mut self.ids);
            for emitted in emitted {
                match emitted {
                    Err(reason) => self.record.invocation_mut(index).skipped.push((number, reason)),
                    Ok(emitted) => {
                        let sender = crate::simulator::state::AccountId::new(emitted.envelope.account.clone());
                        let denied = self.decide_put(&emitted.bus, &sender);
                        let bytes = emitted.bytes;
                        let cause = Cause::Effect(index, Rc::clone(effect));
                        let arrival = self.arrive_emitted(emitted, cause, origin, chain);
                        self.record.origin_mut(arrival).bytes += bytes;
                        if let Some(why) = denied {
                            self.record.arrival_mut(arrival).dropped = Some(why);
                        }
                    }
                }
            }
        }
    }

    /// Sends the same envelope on to another bus.
    fn forward(&mut self, index: InvocationIndex, to: BusAddress) {
        let invocation = self.record.invocation(index);
        let arrival = self.record.arrival(invocation.arrival);
        let crosses = arrival.bus.region != to.region;
        let used = if crosses { arrival.hops.cross_region } else { arrival.hops.same_region };
        if used {
            let failure = hop_refused(&arrival.envelope.id, crosses);
            return self.refuse(index, failure);
        }
        if self.decide_put(&to, &arrival.bus.account).is_some() {
            let message = "Lack of permissions to invoke cross account target.".to_owned();
            return self.refuse(index, Failure::new("NO_PERMISSIONS", message));
        }
        let hops = match crosses {
            true => Hops { cross_region: true, ..arrival.hops },
            false => Hops { same_region: true, ..arrival.hops },
        };
        let mut envelope = (*arrival.envelope).clone();
        let mut fresh = arrival.provenance.fresh.clone();
        let (origin, chain) = (arrival.origin, arrival.chain + 1);
        let trace_header = arrival.trace_header.clone();
        if crosses {
            envelope.id = self.ids.uuid();
            envelope.time = self.now.to_string();
            fresh.extend([("id".to_owned(), Fresh::Uuid), ("time".to_owned(), Fresh::Time)]);
        }
        // The envelope was an event before the hop, so it is one now.
        let Ok(event) = Event::from_value(envelope.to_value()) else { return };
        self.record.invocation_mut(index).outcome = Outcome::Delivered;
        let provenance = Provenance::forwarded(fresh);
        let next =
            self.arrive(New { envelope, event, bus: to, cause: Cause::Bus(index), origin, chain, hops, provenance });
        self.record.arrival_mut(next).trace_header = trace_header;
    }

    /// Nothing reaches the target, nor its dead-letter queue.
    fn vanish(&mut self, index: InvocationIndex, failure: Failure) {
        let invocation = self.record.invocation_mut(index);
        invocation.outcome = Outcome::NotDelivered;
        invocation.failure = Some(failure);
    }

    /// The target is not called; what it would have received goes to the dead-letter queue, if there is one.
    pub(super) fn refuse(&mut self, index: InvocationIndex, failure: Failure) {
        let rule = self.record.rule(index).map(|rule| rule.arn.clone()).unwrap_or_default();
        let invocation = self.record.invocation_mut(index);
        invocation.outcome = Outcome::NotDelivered;
        invocation.dead_letter = invocation.target.dead_letter_arn.as_ref().map(|queue| DeadLetter {
            arn: queue.to_string(),
            attributes: Value::object(vec![
                ("ERROR_CODE", Value::string(failure.code.clone())),
                ("ERROR_MESSAGE", Value::string(failure.message.clone())),
                ("RULE_ARN", Value::string(rule)),
                ("TARGET_ARN", Value::string(invocation.target.arn.as_str())),
            ]),
            body: invocation.input.clone(),
            trace_header: None,
            delivered: true,
            error: None,
        });
        invocation.failure = Some(failure);
    }
}

fn unwanted(when: Option<&crate::pattern::Pattern>, event: &Event) -> Option<String> {
    match crate::analysis::explain_nearest(when?, event) {
        Ok(explanation) if explanation.matches => None,
        Ok(explanation) => Some(explanation.first_failure().unwrap_or_default()),
        Err(limit) => Some(limit.to_string()),
    }
}

fn hop_refused(event_id: &str, crosses: bool) -> Failure {
    let code = if crosses { "THIRD_REGION_HOP_DETECTED" } else { "THIRD_ACCOUNT_HOP_DETECTED" };
    let message = format!(
        "Event ingestion rejected for event {event_id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target."
    );
    Failure::new(code, message)
}
