//! What happened: every envelope that arrived on a bus, every invocation, and what caused what.
//!
//! What one call from outside set off is one tree, and its parts point at each other: an [`Arrival`] has the invocation that
//! caused it, an [`Invocation`] the arrival it was fired by and those it emitted. Traces and loop detection only read here.
//! The record is bounded: whole trees leave it, oldest first, and never one in which something is still to come (`store`).

pub use super::failure::{DeadLetter, Delivery, Failure};

use super::effect::{Effect, InputFrom};
use super::input::Trouble;
use super::provenance::Provenance;
use crate::arn::Arn;
use crate::event::{Envelope, Event};
use crate::pattern::Pattern;
use crate::simulator::state::{AccountId, BusName, Region, RuleName, Target};
use crate::time::Instant;
use std::cell::OnceCell;
use std::rc::Rc;

mod gone;
mod names;
mod origin;
mod store;

pub use store::{Absent, ArrivalId, InvocationIndex, Kept, Record};

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
        let own = |name: BusName| Self { account: account.clone(), region: region.clone(), name };
        match name_or_arn {
            None | Some("" | "default") => own(BusName::default_bus()),
            Some(text) => match Arn::parse(text).as_ref().and_then(Self::of_arn) {
                Some(address) => address,
                None => own(text.into()),
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
    /// PutPartnerEvents from outside.
    Partner,
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
    /// A replay, limited to the rules of these ARNs; to none if there is none.
    Replay(Rc<Vec<String>>),
}

impl Cause {
    /// The invocation that caused it, unless it came from outside.
    pub fn invocation(&self) -> Option<InvocationIndex> {
        match self {
            Self::PutEvents | Self::Partner | Self::Emit | Self::Schedule(_) | Self::Replay(_) => None,
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
    /// The event comes from a replay that is limited to other rules.
    NotSelected,
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
    /// The same as an event, once somebody has looked into it: most are matched as texts only.
    pub ready: OnceCell<Rc<Event>>,
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
    pub rules: Rc<Vec<Rc<RuleView>>>,
    /// Of the rules that did more than refuse the event, by index: see [`Arrival::outcome`].
    pub outcomes: Vec<(usize, RuleOutcome)>,
    /// In the order of firing.
    pub invocations: Vec<InvocationIndex>,
}

impl Arrival {
    /// The envelope as an event.
    #[inline(never)]
    pub fn event(&self) -> &Rc<Event> {
        self.ready.get_or_init(|| Rc::new(Event::of(Rc::clone(&self.envelope))))
    }

    /// What the rule of this index made of the event. Most rules refuse most events, so only the others are written down.
    pub fn outcome(&self, rule: usize) -> RuleOutcome {
        if let Some((_, outcome)) = self.outcomes.iter().find(|(index, _)| *index == rule) {
            return outcome.clone();
        }
        match self.rules.get(rule) {
            Some(view) if !view.enabled => RuleOutcome::Disabled,
            Some(view) if view.pattern.is_none() => RuleOutcome::NoPattern,
            _ => RuleOutcome::NoMatch,
        }
    }
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
    pub id: Rc<str>,
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
    /// Declared effects that may fail it.
    pub may_fail: Vec<Rc<Effect>>,
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
