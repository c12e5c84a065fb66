//! A bus as target: a hop. The same envelope arrives there, or the event has come too far, or somebody says no.
//!
//! An event has one hop within a region and one across regions; within a region the whole envelope stays, across regions id
//! and time are new, account and region stay those of the beginning (recorded). The target's role must trust EventBridge and
//! allow `events:PutEvents`; the policy of a bus of another account must let the role's account in, and a Deny counts in
//! any. Every refusal of these has the same code and words. A bus that does not exist takes the event and drops it
//! (recorded). The order of these checks is not documented: ours is allowance, permission, existence.

use crate::arn::Arn;
use crate::policy::{Decision, Request, Words, decide_of};
use crate::simulator::Simulator;
use crate::simulator::behaviour::ingest::New;
use crate::simulator::behaviour::permission::{Certainty, Sender, assumable};
use crate::simulator::behaviour::provenance::{Fresh, Provenance};
use crate::simulator::behaviour::put::Forwarding;
use crate::simulator::behaviour::record::{Behind, BusAddress, Cause, Failure, Hops, InvocationIndex, Outcome};
use crate::simulator::state::AccountId;

impl Simulator {
    /// Sends the same envelope on to another bus.
    pub(super) fn forward(&mut self, index: InvocationIndex, to: BusAddress) {
        let arrival = self.record.arrival(self.record.invocation(index).arrival);
        let crosses = arrival.bus.region != to.region;
        let used = if crosses { arrival.hops.cross_region } else { arrival.hops.same_region };
        if used {
            let failure = hop_refused(&arrival.envelope.id, crosses);
            return self.not_delivered(index, failure);
        }
        match self.may_forward(index, &to) {
            Ok(Certainty::Certain) => {}
            Ok(Certainty::Doubtful) => self.record.invocation_mut(index).behind = Behind::Chance,
            Err(help) => {
                let message = "Lack of permissions to invoke cross account target.";
                return self.not_delivered(index, Failure::new("NO_PERMISSIONS", message).with_help(help));
            }
        }
        if let Some(failure) = self.declared_failure(index) {
            return self.failed(index, failure);
        }
        self.hop(index, to, crosses);
    }

    fn hop(&mut self, index: InvocationIndex, to: BusAddress, crosses: bool) {
        let arrival = self.record.arrival(self.record.invocation(index).arrival);
        let hops = match crosses {
            true => Hops { cross_region: true, ..arrival.hops },
            false => Hops { same_region: true, ..arrival.hops },
        };
        let mut envelope = (*arrival.envelope).clone();
        let mut fresh = arrival.provenance.fresh.clone();
        let (origin, chain) = (arrival.origin, arrival.chain + 1);
        let trace_header = arrival.trace_header.clone();
        if crosses {
            envelope.id = self.ids.shared_uuid();
            envelope.time = self.now.shared_text();
            fresh.extend([("id".to_owned(), Fresh::Uuid), ("time".to_owned(), Fresh::Time)]);
        }
        self.write_request(index);
        let invocation = self.record.invocation_mut(index);
        (invocation.outcome, invocation.failure) = (Outcome::Delivered, None);
        let provenance = Provenance { judged: self.judged_on(&to), ..Provenance::forwarded(fresh) };
        let cause = Cause::Bus(index);
        let next = self.arrive(New { envelope, bus: to, cause, origin, chain, hops, provenance: provenance.into() });
        self.record.arrival_mut(next).trace_header = trace_header;
    }

    /// Whether the target's role may put the event there, and the bus lets it, or why not.
    fn may_forward(&self, index: InvocationIndex, to: &BusAddress) -> Result<Certainty, String> {
        let invocation = self.record.invocation(index);
        let arrival = self.record.arrival(invocation.arrival);
        let rule = self.record.rule(index).map(|rule| rule.arn.as_str()).unwrap_or_default();
        let sender = Sender {
            source_arn: rule,
            account: arrival.bus.account.as_str(),
            region: arrival.bus.region.as_str(),
            now: self.now,
        };
        let outside = &self.world.outside;
        let role = invocation.target.role_arn.as_deref().and_then(Arn::parse);
        let mut certainty = Certainty::Certain;
        if let Some(role) = &role {
            certainty = assumable(outside, role, sender)?;
            let permissions = outside.resource(role.as_str()).and_then(|declared| declared.permissions.as_ref());
            if let Some(permissions) = permissions {
                let (resource, context) = (to.arn(), sender.as_role(outside, role));
                let request = Request {
                    action: "events:PutEvents",
                    account: role.account(),
                    resource: &resource,
                    context: &context,
                };
                let (whose, remedy) =
                    (format!("the permissions of `{role}`"), format!("allow `events:PutEvents` on `{resource}` there"));
                match decide_of(Some(permissions), &request, Words { policy: &whose, remedy: &remedy }) {
                    Decision::Allowed { .. } => {}
                    Decision::Denied { why } | Decision::NotAllowed { why } => return Err(why),
                }
            }
        }
        let account = role.as_ref().map_or(arrival.bus.account.as_str(), Arn::account);
        let forwarding = Forwarding { rule, role: role.as_ref(), sender: arrival.bus.account.as_str() };
        let (source, detail_type) = (&*arrival.envelope.source, &*arrival.envelope.detail_type);
        match self.decide_put(to, &AccountId::new(account), source, detail_type, Some(forwarding)) {
            None => Ok(if self.asks_the_hour(to) { Certainty::Doubtful } else { certainty }),
            Some(why) => Err(why.words()),
        }
    }
}

fn hop_refused(event_id: &str, crosses: bool) -> Failure {
    let code = if crosses { "THIRD_REGION_HOP_DETECTED" } else { "THIRD_ACCOUNT_HOP_DETECTED" };
    let message = format!(
        "Event ingestion rejected for event {event_id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target."
    );
    let kind = if crosses { "to another region" } else { "within a region" };
    Failure::new(code, message).with_help(format!(
        "an event has one hop {kind} in its life; what must go further has to be put anew, by code or a rule on the first bus"
    ))
}
