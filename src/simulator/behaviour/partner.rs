//! Partner event sources under the clock, and the events that partners put.
//!
//! An event of a source goes to the bus of its name, of every account that the source was offered to and where it is ACTIVE;
//! it carries the account that receives it. The trace says of the others why nothing came. From there it is routed like any
//! event. Source: documentation, 1.6; that a sender must own the source it names is ours, in the words of PutEvents.

use super::agenda::Task;
use super::ingest::{EntryError, EntryResult, New, PutEventsEntry, Sources, check};
use super::provenance::{Fresh, Provenance};
use super::record::{BusAddress, Cause, Hops};
use crate::event::Envelope;
use crate::sets::Listed as _;
use crate::simulator::state::{AccountId, BusName, PartnerSource, Region, SourceState};
use crate::simulator::{Caller, Simulator};
use std::borrow::Cow;
use std::rc::Rc;

impl Simulator {
    /// Puts a partner's entries on the buses of its sources. One result an entry.
    pub fn put_partner_events(&mut self, entries: Vec<PutEventsEntry>, caller: &Caller) -> Vec<EntryResult> {
        let origin = self.origin_of(caller, entries.len());
        let results =
            self.put_each("PutPartnerEvents", entries, &mut |sim, entry| sim.put_partner_entry(entry, caller, origin));
        self.run();
        results
    }

    fn put_partner_entry(&mut self, entry: PutEventsEntry, caller: &Caller, origin: usize) -> EntryResult {
        let detail = check(&entry, Sources::Partner)?;
        let (source, detail_type) = (entry.source.unwrap_or_default(), entry.detail_type.unwrap_or_default());
        let own =
            |it: &&PartnerSource| *it.name == *source && it.region == caller.region && it.partner == caller.account;
        let receivers: Vec<PartnerSource> = self.world.partner_sources.iter().filter(own).cloned().listed();
        if receivers.is_empty() {
            let message = "Not authorized for the source.".to_owned();
            return Err(EntryError { code: "NotAuthorizedForSourceException", message });
        }
        let id: Rc<str> = self.ids.shared_uuid();
        for receiver in receivers {
            let envelope = Envelope {
                version: Cow::Borrowed("0"),
                id: Rc::clone(&id),
                detail_type: Rc::clone(&detail_type),
                source: Rc::clone(&source),
                account: receiver.account.shared(),
                time: entry.time.unwrap_or(self.now).shared_text(),
                region: caller.region.shared(),
                replay_name: None,
                resources: entry.resources.clone(),
                detail: detail.clone(),
                extra: Vec::new(),
            };
            let made = [Some(("id", Fresh::Uuid)), entry.time.is_none().then_some(("time", Fresh::Time))];
            let provenance = Provenance::outside(made.into_iter().flatten());
            let name = BusName::from(&*source);
            let bus = BusAddress { account: receiver.account, region: receiver.region, name };
            let (cause, chain) = self.cause_of(caller, Cause::Partner);
            let arrival = self.arrive(New {
                envelope,
                bus,
                cause,
                origin,
                chain,
                hops: Hops::default(),
                provenance: provenance.into(),
            });
            if receiver.state != SourceState::Active {
                let why = format!("the event source is {}: no events come", receiver.state.as_str());
                self.record.arrival_mut(arrival).dropped = Some(why);
            }
        }
        Ok(id)
    }

    /// Makes a source pending, for two weeks from now.
    pub fn leave_pending(&mut self, mut source: PartnerSource) {
        source.state = SourceState::pending(self.now);
        if let SourceState::Pending(until) = source.state {
            let (region, name, account) = (source.region.clone(), source.name.clone(), source.account.clone());
            self.plan(until, Task::PartnerSource { region, name, account });
        }
        self.world.partner_sources.add(source);
    }

    /// The time of a pending source is over, unless something happened to it since.
    pub(super) fn partner_source_is_due(&mut self, region: &Region, name: &str, account: &AccountId) {
        let due = SourceState::Pending(self.now);
        if self.world.partner_sources.of_account(region, name, account).is_some_and(|source| source.state == due) {
            self.end_source(region, name, account);
        }
    }

    /// A source is no more: its account sees it as deleted as long as the bus is there.
    pub fn end_source(&mut self, region: &Region, name: &str, account: &AccountId) {
        let bus = self.world.region(account, region).and_then(|state| state.bus(&BusName::new(name)));
        let has_bus = bus.is_some();
        let sources = &mut self.world.partner_sources;
        match sources.of_account(region, name, account) {
            Some(source) if has_bus => source.state = SourceState::Deleted,
            _ => sources.remove(region, name, account),
        }
    }
}
