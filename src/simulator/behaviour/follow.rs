//! What follows from an effect: the events that it emitted arrive, at once or, with `delays: "real"`, when they would at AWS.
//!
//! An event is made when the effect applies, with the times and ids of that moment, and comes later: so do the records of
//! CloudTrail. Whoever may put it is asked when it comes. Until then its tree stays in the record.
//!
//! The delays are ours, for what the presets' source calls seconds and minutes: [`DIRECT`] and [`CLOUDTRAIL`].

use super::agenda::Task;
use super::effect::{Effect, Emitted};
use super::record::{Cause, InvocationIndex};
use crate::sets::SortedMap;
use crate::simulator::state::AccountId;
use crate::simulator::{Delays, Simulator};
use crate::time::Duration;
use std::rc::Rc;

/// Events that services send themselves: milliseconds.
pub const DIRECT: i64 = 2_000;
/// What CloudTrail reports: milliseconds.
pub const CLOUDTRAIL: i64 = 300_000;

/// Events that were emitted and have not arrived yet.
#[derive(Debug, Clone, Default)]
pub struct Delayed {
    events: SortedMap<u64, Rc<(InvocationIndex, Rc<Effect>, Emitted)>>,
    numbered: u64,
}

impl Simulator {
    /// An effect of this invocation emitted an event, which arrives after its delay.
    pub(super) fn emitted(&mut self, index: InvocationIndex, effect: &Rc<Effect>, emitted: Emitted) {
        let delay = emitted.delay;
        if self.options.delays == Delays::None || delay == Duration::default() {
            return self.follow(index, effect, emitted);
        }
        self.record.hold(index);
        self.delayed.numbered += 1;
        let number = self.delayed.numbered;
        self.delayed.events.insert(number, Rc::new((index, Rc::clone(effect), emitted)));
        self.plan(self.now.plus(delay), Task::Emitted(number));
    }

    /// The time of an emitted event has come.
    pub(super) fn emitted_is_due(&mut self, number: u64) {
        let Some(event) = self.delayed.events.remove(&number) else { return };
        let (index, effect, emitted) = Rc::unwrap_or_clone(event);
        self.record.release(index);
        self.follow(index, &effect, emitted);
    }

    fn follow(&mut self, index: InvocationIndex, effect: &Rc<Effect>, mut emitted: Emitted) {
        let arrival = self.record.arrival(self.record.invocation(index).arrival);
        let (origin, chain) = (arrival.origin, arrival.chain + 1);
        let sender = AccountId::from(&*emitted.envelope.account);
        let (source, detail_type) = (&emitted.envelope.source, &emitted.envelope.detail_type);
        let denied = self.decide_put(&emitted.bus, &sender, source, detail_type, None);
        emitted.provenance.judged = self.judged_on(&emitted.bus);
        let bytes = emitted.bytes;
        let cause = Cause::Effect(index, Rc::clone(effect));
        let arrival = self.arrive_emitted(emitted, cause, origin, chain);
        self.record.origin_mut(arrival).bytes += bytes;
        if let Some(why) = denied {
            self.record.arrival_mut(arrival).dropped = Some(why.words());
        }
    }
}
