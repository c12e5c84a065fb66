//! The key of a bus: whether events can be taken in with it, and whether the rules of the bus can be read.
//!
//! A bus encrypted with a key of the customer's takes an event in with `kms:GenerateDataKey` and reads its rules with
//! `kms:Decrypt`, both as `events.amazonaws.com` for the bus. A key that is disabled fails the entry; a key that lets events
//! in but nothing be read sends them to the bus's own dead-letter queue, as ciphertext, with two attributes and no more (all
//! recorded 2026). Events of AWS services are never encrypted with it.

use super::permission::{Certainty, KEY_DENIED, KeyAnswer, SERVICE, Sender, key};
use super::record::{ArrivalId, Behind, BusAddress, Cause, DeadLetter, Failure};
use crate::json::Value;
use crate::simulator::Simulator;

/// What both say of a bus whose rules cannot be read.
const UNREADABLE: (&str, &str) = ("RULE_DECRYPTION_FAILURE", "Unable to decrypt rule using the Kms key.");

impl Simulator {
    /// Why a bus with its key cannot take an event in, in the service's words.
    pub(super) fn key_refuses_entry(&self, bus: &BusAddress) -> Option<String> {
        match self.ask_bus_key(bus, &["kms:GenerateDataKey"])? {
            (_, KeyAnswer::Usable(_)) => None,
            (arn, KeyAnswer::Unusable(state)) => Some(format!("{arn} is {state}.")),
            (arn, KeyAnswer::Denied { action, .. }) => {
                Some(format!("{SERVICE} is not authorized to perform: {action} on {arn} {KEY_DENIED}"))
            }
        }
    }

    /// Notes that the rules of an arrival's bus cannot be read, if so, and sends the event to the bus's dead-letter queue.
    pub(super) fn unreadable(&mut self, id: ArrivalId) -> bool {
        let arrival = self.record.arrival(id);
        if arrival.envelope.source.starts_with("aws.") {
            return false;
        }
        let bus = arrival.bus.clone();
        let help = match self.ask_bus_key(&bus, &["kms:Decrypt"]) {
            None | Some((_, KeyAnswer::Usable(Certainty::Certain))) => return false,
            Some((_, KeyAnswer::Usable(Certainty::Doubtful))) => {
                if let Cause::Effect(index, _) | Cause::Bus(index) = arrival.cause {
                    self.record.invocation_mut(index).behind = Behind::Chance;
                }
                return false;
            }
            Some((arn, KeyAnswer::Unusable(state))) => format!("key `{arn}` is {state}"),
            Some((_, KeyAnswer::Denied { why, .. })) => why,
        };
        let letter = self.bus_dead_letter(&bus, id);
        let arrival = self.record.arrival_mut(id);
        arrival.dropped = Some(format!("{} ({help})", UNREADABLE.1));
        arrival.dead_letter = letter.map(Box::new);
        true
    }

    /// Why the rules of a bus cannot be read with its key.
    pub fn key_keeps_rules(&self, bus: &BusAddress) -> Option<String> {
        if self.world.outside.is_empty() {
            return None;
        }
        match self.ask_bus_key(bus, &["kms:Decrypt"])? {
            (_, KeyAnswer::Usable(_)) => None,
            (arn, KeyAnswer::Unusable(state)) => Some(format!("key `{arn}` is {state}")),
            (_, KeyAnswer::Denied { why, .. }) => Some(why),
        }
    }

    fn bus_dead_letter(&mut self, bus: &BusAddress, id: ArrivalId) -> Option<DeadLetter> {
        let region = self.world.region(&bus.account, &bus.region)?;
        let queue = region.bus(&bus.name)?.dead_letter_arn.clone()?;
        let error = self.queue_refuses(&bus.arn(), &queue);
        let attributes =
            vec![("ERROR_CODE", Value::string(UNREADABLE.0)), ("ERROR_MESSAGE", Value::string(UNREADABLE.1))];
        Some(DeadLetter {
            arn: queue.to_string(),
            attributes: Value::object(attributes),
            // What is in there nobody can read without the key; the same length of hex digits stands for it.
            body: self.ids.hex(64),
            trace_header: self.record.arrival(id).trace_header.as_deref().map(str::to_owned),
            delivered: error.is_none(),
            error,
        })
    }

    fn ask_bus_key(&self, bus: &BusAddress, actions: &[&'static str]) -> Option<(String, KeyAnswer)> {
        let state = self.world.region(&bus.account, &bus.region)?.bus(&bus.name)?;
        let arn = key_arn(state.kms_key_identifier.as_deref()?, bus);
        let answer = self.ask_key(&arn, bus, actions);
        Some((arn, answer))
    }

    fn ask_key(&self, arn: &str, bus: &BusAddress, actions: &[&'static str]) -> KeyAnswer {
        let source = bus.arn();
        let sender =
            Sender { source_arn: &source, account: bus.account.as_str(), region: bus.region.as_str(), now: self.now };
        key(&self.world.outside, arn, actions, sender)
    }

    /// Why a bus may not get this key, as code and message of the refused operation.
    pub fn key_refused(&self, identifier: &str, bus: &BusAddress) -> Option<Failure> {
        let arn = key_arn(identifier, bus);
        match self.ask_key(&arn, bus, &["kms:GenerateDataKey", "kms:Decrypt"]) {
            KeyAnswer::Usable(_) => None,
            KeyAnswer::Unusable(state) => {
                let message = format!("Parameter kmsKeyIdentifier is not valid. Reason: {arn} is {state}.");
                Some(Failure::new("ValidationException", message))
            }
            KeyAnswer::Denied { action, why } => {
                let message = format!(
                    "Access to call {action} is denied. Reason: {SERVICE} is not authorized to perform: {action} on {arn} {KEY_DENIED}"
                );
                Some(Failure::new("AccessDeniedException", message).with_help(why))
            }
        }
    }
}

/// The ARN of a key that is named by id, alias or ARN.
fn key_arn(identifier: &str, bus: &BusAddress) -> String {
    if identifier.starts_with("arn:") {
        return identifier.to_owned();
    }
    let kind = if identifier.starts_with("alias/") { "" } else { "key/" };
    format!("arn:aws:kms:{}:{}:{kind}{identifier}", bus.region, bus.account)
}
