//! What comes in: PutEvents entries and events that AWS services send, made into envelopes.
//!
//! Entries are checked one by one in the service's order (recorded): Source, DetailType, Detail are there; the source is not
//! `aws.`; the detail is a JSON object. A failed entry does not fail the others. An entry for a bus that does not exist
//! succeeds and is dropped (recorded), unless the simulator is strict. A sender without permission fails the whole request.

use super::effect::Emitted;
use super::metrics;
use super::provenance::{Fresh, Provenance};
use super::put::AccessDenied;
use super::record::{Arrival, ArrivalId, BusAddress, Cause, Hops};
use super::trace_header;
use crate::arn::Arn;
use crate::diagnostics::Diagnostic;
use crate::event::{Detail, Envelope, EnvelopeDefaults};
use crate::json::Value;
use crate::simulator::state::{AccountId, Region};
use crate::simulator::{Caller, Simulator, Strictness};
use crate::time::Instant;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// One entry of a PutEvents request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutEventsEntry {
    /// `Source`
    pub source: Option<Rc<str>>,
    /// `DetailType`
    pub detail_type: Option<Rc<str>>,
    /// `Detail`, the text.
    pub detail: Option<Rc<str>>,
    /// `Resources`
    pub resources: Vec<String>,
    /// `Time`
    pub time: Option<Instant>,
    /// `EventBusName`, name or ARN.
    pub event_bus_name: Option<String>,
    /// `TraceHeader`
    pub trace_header: Option<String>,
    /// The bus that a global endpoint copies it to.
    pub copy: Option<EndpointCopy>,
}

/// What a global endpoint does with an event beside putting it on its primary bus.
#[derive(Debug, Clone, PartialEq)]
pub struct EndpointCopy {
    /// The endpoint's ARN: one more of the copy's resources.
    pub endpoint: String,
    /// The bus in the other region.
    pub bus: Arn,
}

/// Why one entry failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryError {
    /// `ErrorCode`
    pub code: &'static str,
    /// `ErrorMessage`
    pub message: String,
}

/// What became of one: the event's id, or why it failed.
pub type EntryResult = Result<Rc<str>, EntryError>;

impl Simulator {
    /// Puts the entries on their buses and runs what follows. One result an entry.
    pub fn put_events(
        &mut self,
        entries: Vec<PutEventsEntry>,
        caller: &Caller,
    ) -> Result<Vec<EntryResult>, AccessDenied> {
        let bytes = entries.iter().flat_map(|entry| [&entry.source, &entry.detail_type, &entry.detail]);
        let bytes = bytes.flatten().map(|text| text.len()).sum();
        let request = metrics::Request { entries: entries.len(), failed: None, bytes };
        for entry in &entries {
            if let Err(denied) = self.may_put(entry, caller) {
                self.count_put(caller, request);
                return Err(denied);
            }
        }
        let origin = self.origin_of(caller, entries.len());
        let results = self.put_each("PutEvents", entries, &mut |sim, entry| sim.put_entry(entry, caller, origin));
        let failed = results.iter().filter(|result| result.is_err()).count();
        self.count_put(caller, metrics::Request { failed: Some(failed), ..request });
        self.run();
        Ok(results)
    }

    /// Puts the entries one by one, but for those that were ordered to fail.
    pub(super) fn put_each(
        &mut self,
        operation: &str,
        entries: Vec<PutEventsEntry>,
        put: &mut dyn FnMut(&mut Self, PutEventsEntry) -> EntryResult,
    ) -> Vec<EntryResult> {
        let mut ordered = self.take_entry_faults(operation, entries.len());
        let mut results = Vec::with_capacity(entries.len());
        for (index, entry) in entries.into_iter().enumerate() {
            results.push(match ordered.iter().position(|(at, _)| *at == index) {
                Some(at) => Err(ordered.swap_remove(at).1),
                None => put(self, entry),
            });
        }
        results
    }

    /// Puts an event as an AWS service sends it: `aws.` sources are allowed, id and time are kept. What a service sends
    /// because of a handler's call follows from the handler.
    pub fn emit(&mut self, event: &Value, bus: Option<&str>, from: &Caller) -> Result<String, Diagnostic> {
        let given = |name: &str| event.get(name).is_some();
        let (has_id, has_time) = (given("id"), given("time"));
        let defaults = EnvelopeDefaults {
            id: self.ids.shared_uuid(),
            account: from.account.shared(),
            time: self.now.shared_text(),
            region: from.region.shared(),
        };
        let envelope = Envelope::from_value(event, defaults)?;
        let bus = BusAddress::resolve(bus, &from.account, &from.region);
        if self.options.strictness == Strictness::Strict && !self.bus_exists(&bus) {
            return Err(Diagnostic::error("EV003", format!("event bus `{}` does not exist", bus.name))
                .with_help("create it with CreateEventBus first, or leave `strict` off to drop the event"));
        }
        let made = [(!has_id).then_some(("id", Fresh::Uuid)), (!has_time).then_some(("time", Fresh::Time))];
        let provenance = Provenance::outside(made.into_iter().flatten());
        let id = envelope.id.to_string();
        let origin = self.origin_of(from, 1);
        let (cause, chain) = self.cause_of(from, Cause::Emit);
        self.arrive(New { envelope, bus, cause, origin, chain, hops: Hops::default(), provenance: provenance.into() });
        self.run();
        Ok(id)
    }

    /// Puts what an effect emitted on its bus.
    pub(super) fn arrive_emitted(&mut self, emitted: Emitted, cause: Cause, origin: usize, chain: usize) -> ArrivalId {
        let Emitted { envelope, bus, provenance, bytes: _, delay: _ } = emitted;
        self.arrive(New { envelope, bus, cause, origin, chain, hops: Hops::default(), provenance: provenance.into() })
    }

    /// Why PutEvents would refuse this entry.
    pub(super) fn refusal(&self, entry: &PutEventsEntry, caller: &Caller) -> Option<EntryError> {
        let bus = BusAddress::resolve(entry.event_bus_name.as_deref(), &caller.account, &caller.region);
        if let Err(denied) = self.may_put(entry, caller) {
            return Some(EntryError { code: "AccessDeniedException", message: denied.message });
        }
        check(entry, Sources::Own).err().or_else(|| self.refused_by_bus(&bus))
    }

    fn refused_by_bus(&self, bus: &BusAddress) -> Option<EntryError> {
        if let Some(message) = self.key_refuses_entry(bus) {
            return Some(EntryError { code: "KMSEncryptionException", message });
        }
        let refused = self.options.strictness == Strictness::Strict && !self.bus_exists(bus);
        refused
            .then(|| EntryError { code: "InvalidArgument", message: format!("Event bus {} does not exist.", bus.name) })
    }

    /// Puts one entry on its bus. Permission was asked before.
    pub(super) fn put_entry(&mut self, entry: PutEventsEntry, caller: &Caller, origin: usize) -> EntryResult {
        let detail = check(&entry, Sources::Own)?;
        let bus = BusAddress::resolve(entry.event_bus_name.as_deref(), &caller.account, &caller.region);
        if let Some(error) = self.refused_by_bus(&bus) {
            return Err(error);
        }
        let envelope = Envelope {
            version: Cow::Borrowed("0"),
            id: self.ids.shared_uuid(),
            detail_type: entry.detail_type.unwrap_or_default(),
            source: entry.source.unwrap_or_default(),
            account: caller.account.shared(),
            time: entry.time.map_or_else(|| self.now_text(), |time| time.shared_text()),
            region: caller.region.shared(),
            replay_name: None,
            resources: entry.resources,
            detail,
            extra: Vec::new(),
        };
        let provenance = self.provenance_of_put(entry.time, &bus);
        let id = Rc::clone(&envelope.id);
        let (cause, chain) = self.cause_of(caller, Cause::PutEvents);
        let bytes = entry.detail.as_ref().map_or(0, |detail| detail.len());
        let arrival = self.arrive(New { envelope, bus, cause, origin, chain, hops: Hops::default(), provenance });
        self.record.origin_mut(arrival).bytes += bytes;
        // The entry's own header wins even when it is malformed (recorded).
        if let Some(given) = entry.trace_header.as_deref().or(caller.trace_header.as_deref()) {
            let header = trace_header::normalised(given, self.now, &mut self.ids);
            self.record.arrival_mut(arrival).trace_header = header.map(Rc::from);
        }
        if let Some(copy) = entry.copy {
            self.copy(arrival, copy);
        }
        Ok(id)
    }

    /// Many events come at one moment.
    fn now_text(&mut self) -> Rc<str> {
        if self.now_text.0 != self.now {
            self.now_text = (self.now, self.now.shared_text());
        }
        Rc::clone(&self.now_text.1)
    }

    /// Most events that are put have nothing that is not new or constant, so they share that.
    fn provenance_of_put(&mut self, time: Option<Instant>, bus: &BusAddress) -> Rc<Provenance> {
        let judged = self.judged_on(bus);
        if time.is_none() && judged.is_empty() {
            return Rc::clone(&self.usual_provenance);
        }
        let made = [Some(("id", Fresh::Uuid)), time.is_none().then_some(("time", Fresh::Time))];
        Rc::new(Provenance { judged, ..Provenance::outside(made.into_iter().flatten()) })
    }

    /// Copies what arrived by a global endpoint to its other bus: a new id, one resource more, the region of the first bus
    /// (documentation, 1.8). The copy has crossed regions, so no rule forwards it across again.
    fn copy(&mut self, id: ArrivalId, copy: EndpointCopy) {
        let first = self.record.arrival(id);
        let (cause, origin, chain) = (first.cause.clone(), first.origin, first.chain);
        let (mut envelope, dropped) = ((*first.envelope).clone(), first.dropped.is_some());
        let provenance = Provenance::outside([Some(("id", Fresh::Uuid)), None].into_iter().flatten());
        envelope.resources.push(copy.endpoint);
        let Some(bus) = BusAddress::of_arn(&copy.bus).filter(|_| !dropped) else { return };
        envelope.id = self.ids.shared_uuid();
        let hops = Hops { cross_region: true, ..Hops::default() };
        self.arrive(New { envelope, bus, cause, origin, chain, hops, provenance: provenance.into() });
    }

    /// What causes the events of this caller, and how many firings lie before them.
    pub(super) fn cause_of(&self, caller: &Caller, outside: Cause) -> (Cause, usize) {
        match caller.parent.as_deref().and_then(|id| self.record.find_invocation(id)) {
            None => (outside, 0),
            Some(index) => {
                (Cause::Handler(index), self.record.arrival(self.record.invocation(index).arrival).chain + 1)
            }
        }
    }

    /// The origin that so many events of this caller belong to: its invocation's, or a new one.
    pub(super) fn origin_of(&mut self, caller: &Caller, events: usize) -> usize {
        match caller.parent.as_deref().and_then(|id| self.record.find_invocation(id)) {
            Some(index) => self.record.arrival(self.record.invocation(index).arrival).origin,
            None => self.record.add_origin(events),
        }
    }

    /// Whether there is such a bus. The default bus is always there.
    pub(super) fn bus_exists(&self, bus: &BusAddress) -> bool {
        let region = self.world.region(&bus.account, &bus.region);
        bus.name.is_default() || region.is_some_and(|region| region.bus(&bus.name).is_some())
    }

    /// Puts an envelope on a bus and into the queue.
    pub(super) fn arrive(&mut self, new: New) -> ArrivalId {
        let New { envelope, bus, cause, origin, chain, hops, provenance } = new;
        let dropped = (!self.bus_exists(&bus)).then(|| {
            format!(
                "there is no event bus `{}` in account {}, region {}: the service drops the event silently",
                bus.name, bus.account, bus.region
            )
        });
        let id = self.record.add_arrival(Arrival {
            envelope: Rc::new(envelope),
            ready: OnceCell::new(),
            bus,
            cause,
            origin,
            chain,
            hops,
            provenance,
            trace_header: None,
            dropped,
            dead_letter: None,
            rules: self.views.none(),
            outcomes: Vec::new(),
            invocations: Vec::new(),
        });
        self.queue.push_back(id);
        id
    }

    /// The same with one that nothing before it led to: the first of its origin.
    pub(super) fn arrive_first(&mut self, envelope: Envelope, bus: BusAddress, cause: Cause, provenance: Provenance) {
        let (origin, provenance) = (self.record.add_origin(1), provenance.into());
        self.arrive(New { envelope, bus, cause, origin, chain: 0, hops: Hops::default(), provenance });
    }
}

/// An envelope about to arrive.
pub(super) struct New {
    pub envelope: Envelope,
    pub bus: BusAddress,
    pub cause: Cause,
    pub origin: usize,
    pub chain: usize,
    pub hops: Hops,
    pub provenance: Rc<Provenance>,
}

/// Whose sources an entry may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sources {
    /// Those of the sender's own programs: not `aws.`.
    Own,
    /// A partner's, `aws.partner/`.
    Partner,
}

/// Checks the three required members in the service's order and reads the last.
pub(super) fn check(entry: &PutEventsEntry, sources: Sources) -> Result<Detail, EntryError> {
    fn required<'a>(member: &'a Option<Rc<str>>, name: &str) -> Result<&'a Rc<str>, EntryError> {
        match member {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(EntryError {
                code: "InvalidArgument",
                message: format!("Parameter {name} is not valid. Reason: {name} is a required argument."),
            }),
        }
    }
    let source = required(&entry.source, "Source")?;
    required(&entry.detail_type, "DetailType")?;
    let detail = required(&entry.detail, "Detail")?;
    if sources == Sources::Own && source.starts_with("aws.") {
        let message = "Not authorized for the source.".to_owned();
        return Err(EntryError { code: "NotAuthorizedForSourceException", message });
    }
    let malformed = || EntryError { code: "MalformedDetail", message: "Detail is malformed.".to_owned() };
    Detail::read(detail).ok_or_else(malformed)
}

/// The account and region in which a target acts: those of its ARN, else the rule's.
pub(in crate::simulator) fn acting_place(target: &crate::arn::Arn, bus: &BusAddress) -> (AccountId, Region) {
    let account = if target.account().is_empty() { bus.account.clone() } else { AccountId::new(target.account()) };
    let region = if target.region().is_empty() { bus.region.clone() } else { Region::new(target.region()) };
    (account, region)
}
