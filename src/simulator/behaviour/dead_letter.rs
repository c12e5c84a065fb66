//! Dead letters: what would have been sent, put into a queue with the reason.
//!
//! Attributes (recorded): `ERROR_CODE`, `ERROR_MESSAGE`, `RULE_ARN`, `TARGET_ARN`, and only when retries were exhausted
//! `EXHAUSTED_RETRY_CONDITION` and `RETRY_ATTEMPTS`; the event's trace header goes along as a system attribute. The queue must
//! exist, be a standard one of the rule's region, and let the rule in; otherwise the message is lost, and says why.

use super::record::{DeadLetter, Failure, InvocationIndex};
use super::retry::Exhausted;
use crate::arn::Arn;
use crate::json::Value;
use crate::simulator::Simulator;

impl Simulator {
    /// Puts what an invocation would have sent into the target's dead-letter queue, if it has one.
    pub(super) fn bury(&mut self, index: InvocationIndex, failure: &Failure, exhausted: Option<Exhausted>) {
        let invocation = self.record.invocation(index);
        let Some(queue) = invocation.target.dead_letter_arn.clone() else { return };
        let rule = self.record.rule(index).map(|rule| rule.arn.clone()).unwrap_or_default();
        let retries = invocation.attempt.saturating_sub(1).to_string();
        let mut attributes = vec![
            ("ERROR_CODE", Value::string(failure.code.clone())),
            ("ERROR_MESSAGE", Value::string(failure.message.clone())),
        ];
        if let Some(exhausted) = exhausted {
            attributes.push(("EXHAUSTED_RETRY_CONDITION", Value::string(exhausted.as_str())));
            attributes.push(("RETRY_ATTEMPTS", Value::string(retries)));
        }
        attributes.push(("RULE_ARN", Value::string(rule.clone())));
        attributes.push(("TARGET_ARN", Value::string(invocation.target.arn.as_str())));
        let (body, arrival) = (invocation.input.clone(), invocation.arrival);
        let trace_header = self.record.arrival(arrival).trace_header.as_deref().map(str::to_owned);
        let error = self.queue_refuses(&rule, &queue);
        let letter = DeadLetter {
            arn: queue.to_string(),
            attributes: Value::object(attributes),
            body,
            trace_header,
            delivered: error.is_none(),
            error,
        };
        self.record.invocation_mut(index).dead_letter = Some(letter);
    }

    /// Why a queue does not take a dead letter of this rule or bus.
    pub(super) fn queue_refuses(&mut self, source: &str, queue: &Arn) -> Option<Failure> {
        if queue.resource().ends_with(".fifo") {
            let help = "dead letters go to standard queues";
            return Some(Failure::new("INVALID_PARAMETER", format!("{queue} is a FIFO queue.")).with_help(help));
        }
        if Arn::parse(source).is_some_and(|source| source.region() != queue.region()) {
            let help = "the dead-letter queue must lie in the region of the rule";
            return Some(Failure::new("NO_RESOURCE", format!("{queue} is in another region.")).with_help(help));
        }
        self.reach_queue(source, queue).err()
    }
}
