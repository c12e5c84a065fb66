//! What stands in for an arrival or an invocation that left the record.
//!
//! Whoever means to come back to an invocation holds its tree, so nobody should ask for one that is gone. If code forgets
//! that, it gets these: an event without members on a bus without a name, a delivery that is over. Nothing points at them,
//! and what is written into them is lost.

use super::store::{ArrivalId, Slot};
use super::{Arrival, Behind, BusAddress, Cause, Hops, Invocation, Outcome};
use crate::arn::Arn;
use crate::event::{Envelope, EnvelopeDefaults, Event};
use crate::json::Value;
use crate::simulator::behaviour::effect::InputFrom;
use crate::simulator::behaviour::metrics::Counted;
use crate::simulator::behaviour::provenance::Provenance;
use crate::simulator::state::{AccountId, BusName, Region, Target, TargetId};
use crate::time::Instant;
use std::cell::OnceCell;
use std::rc::Rc;

/// One of each.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    pub arrival: Arrival,
    pub slot: Slot,
}

impl Default for Gone {
    fn default() -> Self {
        let nothing = || Value::object(Vec::<(&str, Value)>::new());
        let arrival = Arrival {
            envelope: Rc::new(Envelope::empty(EnvelopeDefaults::default())),
            ready: OnceCell::from(Rc::new(Event::empty())),
            bus: BusAddress { account: AccountId::new(""), region: Region::new(""), name: BusName::new("") },
            cause: Cause::Emit,
            origin: usize::MAX,
            chain: 0,
            hops: Hops::default(),
            provenance: Rc::new(Provenance::default()),
            trace_header: None,
            dropped: Some("it left the record".to_owned()),
            dead_letter: None,
            rules: Rc::default(),
            outcomes: Vec::new(),
            invocations: Vec::new(),
        };
        let invocation = Invocation {
            id: "".into(),
            rule: 0,
            target: Rc::new(Target::new(TargetId::new(""), Arn::of_nothing(), nothing())),
            input: String::new(),
            input_from: InputFrom::Constant,
            trouble: None,
            arrival: ArrivalId::NOWHERE,
            time: Instant::from_millis(0),
            attempt: 0,
            retry_at: None,
            delivery: None,
            outcome: Outcome::NotDelivered,
            behind: Behind::Chance,
            may_fail: Vec::new(),
            failure: None,
            dead_letter: None,
            emitted: Vec::new(),
            skipped: Vec::new(),
            loop_index: None,
        };
        Self { arrival, slot: Slot { number: 0, counted: Counted::default(), invocation } }
    }
}
