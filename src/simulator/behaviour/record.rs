//! What happened: every envelope that arrived on a bus, every invocation, and what caused what.
//!
//! Two arenas that point at each other by index: an [`Arrival`] has the invocation that caused it, an [`Invocation`] the
//! arrival it was fired by and those it emitted. Traces, metrics and loop detection only read here. Nothing is ever removed.

pub use super::failure::{DeadLetter, Delivery, Failure};

use super::effect::{Effect, InputFrom};
use super::input::Trouble;
use super::provenance::Provenance;
use crate::arn::Arn;
use crate::event::{Envelope, Event};
use crate::pattern::Pattern;
use crate::simulator::state::{AccountId, BusName, Region, RuleName, Target};
use crate::time::Instant;
use std::collections::HashMap;
use std::rc::Rc;

/// The place of an arrival in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArrivalId(pub(super) usize);

/// The place of an invocation in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvocationIndex(pub(super) usize);

/// A bus in the world.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BusAddress {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its name.
    pub name: BusName,
}

impl BusAddress {
    /// The bus that a name, an ARN, or nothing (the default bus) means to someone in this account and region.
    pub fn resolve(name_or_arn: Option<&str>, account: &AccountId, region: &Region) -> Self {
        let own = |name: &str| Self { account: account.clone(), region: region.clone(), name: BusName::new(name) };
        match name_or_arn {
            None | Some("") => own("default"),
            Some(text) => match Arn::parse(text).as_ref().and_then(Self::of_arn) {
                Some(address) => address,
                None => own(text),
            },
        }
    }

    /// The bus that this ARN names, if it names one.
    pub fn of_arn(arn: &Arn) -> Option<Self> {
        let name = BusName::new(arn.event_bus_name()?);
        Some(Self { account: AccountId::new(arn.account()), region: Region::new(arn.region()), name })
    }

    /// The bus and the name of the rule that an ARN means, or a bare name: a rule of the default bus here.
    pub fn of_rule(name_or_arn: &str, account: &AccountId, region: &Region) -> (Self, RuleName) {
        let arn = Arn::parse(name_or_arn);
        let path = arn.as_ref().and_then(|arn| Some((arn, arn.resource().strip_prefix("rule/")?)));
        match path {
            None => (Self::resolve(None, account, region), RuleName::new(name_or_arn)),
            Some((arn, path)) => {
                // Names of partner buses have slashes, names of rules have none.
                let (bus, rule) = path.rsplit_once('/').unwrap_or(("default", path));
                let (account, region) = (AccountId::new(arn.account()), Region::new(arn.region()));
                (Self { account, region, name: BusName::new(bus) }, RuleName::new(rule))
            }
        }
    }

    /// The bus's ARN.
    pub fn arn(&self) -> String {
        crate::arn::event_bus(self.region.as_str(), self.account.as_str(), self.name.as_str())
    }
}

/// Which bus hops an event has behind it. A new event has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hops {
    /// From a bus to another of the same region.
    pub same_region: bool,
    /// From a bus to one of another region.
    pub cross_region: bool,
}

/// Where an envelope came from.
#[derive(Debug, Clone)]
pub enum Cause {
    /// PutEvents from outside.
    PutEvents,
    /// A service's event from outside.
    Emit,
    /// A declared effect of an invocation's target.
    Effect(InvocationIndex, Rc<Effect>),
    /// A handler of an invocation's target.
    Handler(InvocationIndex),
    /// Forwarded by a rule to its bus target.
    Bus(InvocationIndex),
    /// The schedule of the rule of this ARN.
    Schedule(String),
}

impl Cause {
    /// The invocation that caused it, unless it came from outside.
    pub fn invocation(&self) -> Option<InvocationIndex> {
        match self {
            Self::PutEvents | Self::Emit | Self::Schedule(_) => None,
            Self::Effect(invocation, _) | Self::Handler(invocation) | Self::Bus(invocation) => Some(*invocation),
        }
    }
}

/// A rule as it was when an event came.
#[derive(Debug, Clone)]
pub struct RuleView {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Whether it may fire.
    pub enabled: bool,
    /// Whether it also gets the management calls that only read.
    pub all_management_events: bool,
    /// What it wants.
    pub pattern: Option<Rc<Pattern>>,
    /// By Id.
    pub targets: Vec<Rc<Target>>,
}

/// What a rule made of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleOutcome {
    /// It fired.
    Matched,
    /// Its pattern refused the event.
    NoMatch,
    /// It is disabled.
    Disabled,
    /// Its pattern lets the event pass, its state does not: the event is a management call that only reads.
    ReadOnly,
    /// It has a schedule and no pattern.
    NoPattern,
    /// Matching ran past its bound.
    Failed(String),
}

/// An envelope on a bus.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The event.
    pub envelope: Rc<Envelope>,
    /// The same, ready to be matched.
    pub event: Rc<Event>,
    /// Where it arrived.
    pub bus: BusAddress,
    /// Why.
    pub cause: Cause,
    /// Index of its origin.
    pub origin: usize,
    /// Firings on its chain before it.
    pub chain: usize,
    /// Bus hops behind it.
    pub hops: Hops,
    /// Where its values came from.
    pub provenance: Rc<Provenance>,
    /// The X-Ray trace header that travels with it.
    pub trace_header: Option<Rc<str>>,
    /// Why no rule saw it.
    pub dropped: Option<String>,
    /// Where the bus put it because its rules could not be read.
    pub dead_letter: Option<Box<DeadLetter>>,
    /// The bus's rules when it came.
    pub rules: Rc<Vec<RuleView>>,
    /// One for each of `rules`.
    pub outcomes: Vec<RuleOutcome>,
    /// In the order of firing.
    pub invocations: Vec<InvocationIndex>,
}

/// What became of an invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The target has it.
    Delivered,
    /// The target was called and failed.
    Failed,
    /// The target was not called; the error says why.
    NotDelivered,
    /// A loop was found here.
    LoopStopped,
    /// A handler has not answered yet.
    Pending,
}

impl Outcome {
    /// As it is written in views.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::NotDelivered => "not-delivered",
            Self::LoopStopped => "loop-stopped",
            Self::Pending => "pending",
        }
    }
}

impl serde::Serialize for Outcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What stands behind a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// Nothing but declared effects.
    Effects,
    /// A handler, which may succeed or fail as it likes.
    Handler,
    /// Something that may be otherwise next time although nobody changes it: the hour, a key that a queue happens to hold.
    Chance,
}

/// One firing of one rule through one of its targets.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// A uuid.
    pub id: String,
    /// Index into the arrival's rules.
    pub rule: usize,
    /// The target as it was.
    pub target: Rc<Target>,
    /// The body exactly as delivered.
    pub input: String,
    /// What of the event that is.
    pub input_from: InputFrom,
    /// Why this input cannot be delivered.
    pub trouble: Option<Trouble>,
    /// The event that fired it.
    pub arrival: ArrivalId,
    /// When it was tried first.
    pub time: Instant,
    /// How often it was tried.
    pub attempt: u32,
    /// When it is tried again.
    pub retry_at: Option<Instant>,
    /// How it was sent, the last time.
    pub delivery: Option<Box<Delivery>>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether code decides what becomes of it.
    pub behind: Behind,
    /// Why it is not `Delivered`.
    pub failure: Option<Failure>,
    /// Where it went instead.
    pub dead_letter: Option<DeadLetter>,
    /// What it put on buses.
    pub emitted: Vec<ArrivalId>,
    /// Effects that did not apply: index and reason.
    pub skipped: Vec<(usize, String)>,
    /// The loop that was found here.
    pub loop_index: Option<usize>,
}

/// What one call from outside set off.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Firings so far.
    pub firings: usize,
    /// Bytes of the events that effects and handlers emitted.
    pub bytes: usize,
    /// The loop that used up the origin's allowance: nothing of it fires any more.
    pub stopped: Option<usize>,
}

/// The arenas.
#[derive(Debug, Clone, Default)]
pub struct Record {
    arrivals: Vec<Arrival>,
    invocations: Vec<Invocation>,
    origins: Vec<Origin>,
    by_id: HashMap<String, InvocationIndex>,
}

#[expect(clippy::indexing_slicing, reason = "ids are only made by `add_*`, and nothing is ever removed")]
impl Record {
    /// An arrival.
    pub fn arrival(&self, id: ArrivalId) -> &Arrival {
        &self.arrivals[id.0]
    }

    /// An arrival, to complete it.
    pub fn arrival_mut(&mut self, id: ArrivalId) -> &mut Arrival {
        &mut self.arrivals[id.0]
    }

    /// An invocation.
    pub fn invocation(&self, index: InvocationIndex) -> &Invocation {
        &self.invocations[index.0]
    }

    /// An invocation, to complete it.
    pub fn invocation_mut(&mut self, index: InvocationIndex) -> &mut Invocation {
        &mut self.invocations[index.0]
    }

    /// The origin of an arrival.
    pub fn origin_mut(&mut self, arrival: ArrivalId) -> &mut Origin {
        let origin = self.arrivals[arrival.0].origin;
        &mut self.origins[origin]
    }
}

impl Record {
    /// The rule that an invocation was a firing of.
    pub fn rule(&self, index: InvocationIndex) -> Option<&RuleView> {
        let invocation = self.invocation(index);
        self.arrival(invocation.arrival).rules.get(invocation.rule)
    }

    /// A new origin.
    pub fn add_origin(&mut self) -> usize {
        self.origins.push(Origin::default());
        self.origins.len() - 1
    }

    /// Adds an arrival and tells its cause about it.
    pub fn add_arrival(&mut self, arrival: Arrival) -> ArrivalId {
        let id = ArrivalId(self.arrivals.len());
        let cause = arrival.cause.invocation();
        self.arrivals.push(arrival);
        if let Some(cause) = cause {
            self.invocation_mut(cause).emitted.push(id);
        }
        id
    }

    /// Adds an invocation and tells its arrival about it.
    pub fn add_invocation(&mut self, invocation: Invocation) -> InvocationIndex {
        let index = InvocationIndex(self.invocations.len());
        self.by_id.insert(invocation.id.clone(), index);
        let arrival = invocation.arrival;
        self.invocations.push(invocation);
        self.arrival_mut(arrival).invocations.push(index);
        index
    }

    /// The invocation of this id.
    pub fn find_invocation(&self, id: &str) -> Option<InvocationIndex> {
        self.by_id.get(id).copied()
    }

    /// All invocations, oldest first.
    pub fn invocations(&self) -> impl Iterator<Item = InvocationIndex> + use<> {
        (0..self.invocations.len()).map(InvocationIndex)
    }

    /// The arrivals of the event of this id, oldest first, but for its copies on buses it was forwarded to.
    pub fn arrivals_of(&self, id: &str) -> Vec<ArrivalId> {
        let is_it = |arrival: &Arrival| arrival.envelope.id == id && !matches!(arrival.cause, Cause::Bus(_));
        let found = self.arrivals.iter().enumerate().filter(|(_, arrival)| is_it(arrival));
        found.map(|(index, _)| ArrivalId(index)).collect()
    }

    /// All arrivals that came from outside, oldest first.
    pub fn roots(&self) -> impl Iterator<Item = ArrivalId> + '_ {
        let from_outside = |(_, arrival): &(usize, &Arrival)| arrival.cause.invocation().is_none();
        self.arrivals.iter().enumerate().filter(from_outside).map(|(index, _)| ArrivalId(index))
    }
}
