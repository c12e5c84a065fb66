//! A second world beside one in which nothing has happened yet.
//!
//! It has all that stands there: buses, rules, effects, handlers, what is declared of the outside, what is due, the clock and
//! the place in the sequence of ids. So whatever is done in it goes as it would have gone in the first. Effects are shared,
//! rules until one of the two worlds changes them, and so is what routing has made of them; the rest is copied. All together
//! that costs a hundredth of making it anew.
//!
//! What happened is not copied: it points at itself in too many ways to be worth it. A world with a past has none.

use super::Simulator;

impl Simulator {
    /// The second world; none once an event was sent or something counted.
    pub fn fork(&mut self) -> Option<Self> {
        if !self.record.is_empty() || !self.metrics.is_empty() {
            return None;
        }
        self.views.look_at_all(&self.world);
        Some(Self {
            world: self.world.clone(),
            now: self.now,
            agenda: self.agenda.clone(),
            ids: self.ids.clone(),
            registrations: self.registrations,
            failures_done: self.failures_done.clone(),
            faults: self.faults.clone(),
            data_keys: self.data_keys.clone(),
            effects: self.effects.clone(),
            handlers: self.handlers.clone(),
            views: self.views.clone(),
            ..Self::new(self.options.clone())
        })
    }
}
