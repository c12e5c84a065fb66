//! Delivery: what a target receives, and what becomes of it.
//!
//! What the target gets was built when the rule fired (`input`). An attempt goes through these gates in this order: is the
//! input one, may EventBridge reach the target (`permission`), does a declared effect fail it, what does its handler say.
//! What fails is tried again or given up (`retry`, `dead_letter`). A bus target is a hop (`bus`). `family` knows the kinds of
//! targets; one file each writes the request that goes to it.

mod api_destination;
mod api_gateway;
mod batch;
mod bus;
mod containers;
pub mod family;
mod http;
mod lambda;
mod logs;
mod others;
mod redshift;
mod sending;
mod sns;
mod sqs;
mod step_functions;
mod streams;
mod systems_manager;

use super::effect::{Effect, Situation};
use super::handlers::Answer;
use super::ingest::acting_place;
use super::input::{Built, Trouble};
use super::permission::{Certainty, Gate, KEY_DENIED, KeyAnswer, SERVICE, Sender, doubt, key, trailer};
use super::record::{ArrivalId, Behind, BusAddress, Delivery, Failure, Invocation, InvocationIndex, Outcome};
use crate::arn::Arn;
use crate::event::Event;
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::state::{Target, is_archive};
use crate::time::Duration;
use family::{Family, QUEUE};
use sending::Sending;
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
            id: self.ids.shared_uuid(),
            rule,
            target: Rc::clone(target),
            input,
            input_from: from,
            trouble,
            arrival,
            time: self.now,
            attempt: 0,
            retry_at: None,
            delivery: None,
            outcome: Outcome::Pending,
            behind: Behind::Effects,
            may_fail: Vec::new(),
            failure: None,
            dead_letter: None,
            emitted: Vec::new(),
            skipped: Vec::new(),
            loop_index: None,
        };
        self.record.add_invocation(invocation)
    }

    /// Delivers a firing to its target, or tries to once more.
    pub(in crate::simulator) fn deliver(&mut self, index: InvocationIndex) {
        let invocation = self.record.invocation_mut(index);
        invocation.attempt += 1;
        invocation.retry_at = None;
        let target = Rc::clone(&invocation.target);
        if is_archive(&target.arn) {
            return self.archive(index);
        }
        match &invocation.trouble {
            None => {}
            Some(Trouble::Fails(failure)) => {
                let failure = failure.clone();
                return self.not_delivered(index, failure);
            }
            Some(Trouble::Vanishes(failure)) => {
                let failure = failure.clone();
                return self.vanish(index, failure);
            }
        }
        if let Some(bus) = BusAddress::of_arn(&target.arn) {
            return self.forward(index, bus);
        }
        match self.reach(index) {
            Ok(Certainty::Certain) => {}
            Ok(Certainty::Doubtful) => self.record.invocation_mut(index).behind = Behind::Chance,
            Err(failure) => return self.not_delivered(index, failure),
        }
        self.write_request(index);
        let unavailable = api_destination::unavailable(&self.world, &target.arn, self.now);
        let unavailable = unavailable.or_else(|| sns::refused(&target.arn));
        if let Some(failure) = unavailable.or_else(|| self.declared_failure(index)) {
            return self.failed(index, failure);
        }
        match self.ask_handler(target.arn.as_str()) {
            Answer::None => self.delivered(index),
            Answer::Later(handler) => {
                let invocation = self.record.invocation_mut(index);
                (invocation.behind, invocation.outcome, invocation.failure) = (Behind::Handler, Outcome::Pending, None);
                self.pending.push_back((index, handler));
            }
            Answer::Now(entries) => {
                self.record.invocation_mut(index).behind = Behind::Handler;
                self.answered(index, entries);
            }
        }
    }

    /// Whether EventBridge gets through to the target.
    fn reach(&mut self, index: InvocationIndex) -> Result<Certainty, Failure> {
        let target = Rc::clone(&self.record.invocation(index).target);
        // Most worlds declare nothing, and every delivery comes by here.
        if self.world.outside.is_empty() {
            return Ok(Certainty::Certain);
        }
        let Some(family) = Family::of(&target.arn) else { return Ok(Certainty::Certain) };
        let rule = self.record.rule(index).map(|rule| rule.arn.clone()).unwrap_or_default();
        self.reach_resource(&rule, &target.arn, target.role_arn.as_deref(), family)
    }

    /// Whether a rule gets through to a queue of dead letters.
    pub(super) fn reach_queue(&mut self, source_arn: &str, queue: &Arn) -> Result<Certainty, Failure> {
        self.reach_resource(source_arn, queue, None, &QUEUE)
    }

    fn reach_resource(
        &mut self,
        source: &str,
        target: &Arn,
        role: Option<&str>,
        family: &Family,
    ) -> Result<Certainty, Failure> {
        let parsed = Arn::parse(source);
        let (account, region) = parsed.as_ref().map_or(("", ""), |arn| (arn.account(), arn.region()));
        let sender = Sender { source_arn: source, account, region, now: self.now };
        let outside = &self.world.outside;
        let gate = Gate { outside, sender, family, target, role };
        let certainty = gate.pass(&mut self.ids)?;
        let declared = outside.resource(target.as_str()).and_then(|declared| declared.kms_key.clone());
        let Some(kms_key) = declared else { return Ok(certainty) };
        match key(outside, &kms_key, &["kms:GenerateDataKey", "kms:Decrypt"], sender) {
            KeyAnswer::Usable(known) => {
                self.data_keys.retain(|(queue, _)| queue != target.as_str());
                self.data_keys.push((target.to_string(), self.now.plus(Duration::from_millis(DATA_KEY_MILLIS))));
                Ok(doubt(certainty, known))
            }
            KeyAnswer::Unusable(state) => Err(unusable(&kms_key, state, family.label, &mut self.ids)),
            // A queue keeps a data key for a while and asks for no other (recorded: one rule's key lets another rule in).
            KeyAnswer::Denied { .. } if self.holds_data_key(target) => Ok(Certainty::Doubtful),
            KeyAnswer::Denied { action, why } => Err(key_denied(action, family.label, &mut self.ids).with_help(why)),
        }
    }

    fn holds_data_key(&self, queue: &Arn) -> bool {
        self.data_keys.iter().any(|(holder, until)| holder == queue.as_str() && *until > self.now)
    }

    /// Writes down how the input is sent.
    fn write_request(&mut self, index: InvocationIndex) {
        let invocation = self.record.invocation(index);
        let Some(family) = Family::of(&invocation.target.arn) else { return };
        let arrival = self.record.arrival(invocation.arrival);
        let (rule_arn, rule_name) =
            self.record.rule(index).map_or(("", ""), |rule| (rule.arn.as_str(), rule.name.as_str()));
        let mut sending = Sending {
            target: &invocation.target,
            event: arrival.event(),
            envelope: &arrival.envelope,
            input: &invocation.input,
            rule_arn,
            rule_name,
            bus: &arrival.bus,
            trace_header: arrival.trace_header.as_deref(),
            now: self.now,
            ids: &mut self.ids,
            world: &self.world,
        };
        let request = (family.request)(&mut sending);
        self.record.invocation_mut(index).delivery = Some(Box::new(Delivery { action: family.action, request }));
    }

    /// The failure that a declared effect has in store for this attempt.
    fn declared_failure(&mut self, index: InvocationIndex) -> Option<Failure> {
        if self.effects.iter().all(|(_, effect)| effect.fails.is_none()) {
            return None;
        }
        let target = Rc::clone(&self.record.invocation(index).target);
        let fits =
            |effect: &Effect| effect.fails.is_some() && crate::sets::glob::matches(&effect.target, target.arn.as_str());
        let failing: Vec<(String, Rc<Effect>)> = self
            .effects
            .iter()
            .filter(|(_, effect)| fits(effect))
            .map(|(id, effect)| (id.clone(), Rc::clone(effect)))
            .listed();
        self.record.invocation_mut(index).may_fail = failing.iter().map(|(_, effect)| Rc::clone(effect)).listed();
        let event = Rc::clone(self.record.arrival(self.record.invocation(index).arrival).event());
        for (id, effect) in failing {
            let Some(fails) = &effect.fails else { continue };
            if unwanted(effect.when.as_ref(), &event).is_some() {
                continue;
            }
            let position = self.failures_done.iter().position(|(known, _)| *known == id);
            let done = position.and_then(|at| self.failures_done.get(at)).map_or(0, |(_, done)| *done);
            if fails.times.is_some_and(|times| done >= times) {
                continue;
            }
            match position.and_then(|at| self.failures_done.get_mut(at)) {
                Some(entry) => entry.1 += 1,
                None => self.failures_done.push((id, 1)),
            }
            let retry_after = fails.retry_after.filter(|_| target.arn.resource().starts_with("api-destination/"));
            return Some(Failure { retry_after, ..Failure::new(fails.code.clone(), fails.message.clone()) });
        }
        None
    }

    /// The target has the input: its effects follow.
    pub(super) fn delivered(&mut self, index: InvocationIndex) {
        let invocation = self.record.invocation_mut(index);
        (invocation.outcome, invocation.failure) = (Outcome::Delivered, None);
        let effects: Vec<_> = self.effects.iter().map(|(_, effect)| Rc::clone(effect)).listed();
        for (number, effect) in effects.iter().enumerate() {
            let invocation = self.record.invocation(index);
            if !crate::sets::glob::matches(&effect.target, invocation.target.arn.as_str()) {
                continue;
            }
            let arrival = self.record.arrival(invocation.arrival);
            if let Some(reason) = unwanted(effect.when.as_ref(), arrival.event()) {
                self.record.invocation_mut(index).skipped.push((number, reason));
                continue;
            }
            let situation = Situation {
                event: arrival.event().value(),
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
                    Ok(emitted) => self.emitted(index, effect, emitted),
                }
            }
        }
    }

    /// Nothing reaches the target, nor its dead-letter queue.
    fn vanish(&mut self, index: InvocationIndex, failure: Failure) {
        let invocation = self.record.invocation_mut(index);
        invocation.outcome = Outcome::NotDelivered;
        invocation.failure = Some(failure);
    }
}

/// SQS's own default, `KmsDataKeyReusePeriodSeconds`: five minutes.
const DATA_KEY_MILLIS: i64 = 300_000;

fn key_denied(action: &str, service: &str, ids: &mut crate::ids::Ids) -> Failure {
    let inner = trailer("AWSKMS", 400, "AccessDeniedException", ids);
    let outer = trailer(service, 400, "KMS.AccessDeniedException", ids);
    let message = format!(
        "User: {SERVICE} is not authorized to perform: {action} on this resource {KEY_DENIED} ({inner}) ({outer})"
    );
    Failure::new("NO_PERMISSIONS", message)
}

fn unusable(kms_key: &str, state: &str, service: &str, ids: &mut crate::ids::Ids) -> Failure {
    let code = if state == "disabled" { "DisabledException" } else { "KMSInvalidStateException" };
    let (inner, outer) = (trailer("AWSKMS", 400, code, ids), trailer(service, 400, &format!("KMS.{code}"), ids));
    Failure::new("NO_RESOURCE", format!("{kms_key} is {state}. ({inner}) ({outer})"))
        .with_help(format!("key `{kms_key}` is declared with a `state` in which it cannot be used"))
}

fn unwanted(when: Option<&crate::pattern::Pattern>, event: &Event) -> Option<String> {
    crate::analysis::first_failure(when?, event).unwrap_or_else(|limit| Some(limit.to_string()))
}
