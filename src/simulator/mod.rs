//! The simulator: one world, one virtual clock, and everything that happened in it.
//!
//! `state` is what exists, `behaviour` what happens, `loops` what can go on for ever; this file holds them together. The
//! simulator has no clock, no randomness and no I/O of its own: the same calls with the same seed give the same bytes. Every
//! public method leaves it whole: nothing is half done, because all that follows from a call runs before it returns (but
//! for invocations that wait for external handlers).
//!
//! State changes come in through `api` only; nothing else calls `world_mut`.

pub mod behaviour;
mod fork;
pub mod lints;
pub mod loops;
mod run;
pub mod state;

use crate::ids::Ids;
use crate::json::Scratch;
use crate::time::Instant;
use behaviour::agenda::Agenda;
use behaviour::effect::Effect;
use behaviour::faults::Fault;
use behaviour::follow::Delayed;
use behaviour::handlers::{Handler, HandlerKind};
use behaviour::metrics::Metrics;
use behaviour::provenance::{Fresh, Provenance};
use behaviour::record::{ArrivalId, InvocationIndex, Kept, Record};
use behaviour::route::Views;
use loops::LoopReport;
use state::{AccountId, Outside, Region, World};
use std::collections::VecDeque;
use std::rc::Rc;

pub use behaviour::agenda::AtHandlers;
pub use behaviour::ingest::{EndpointCopy, EntryError, EntryResult, PutEventsEntry};
pub use behaviour::put::AccessDenied;

/// Who calls an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// The region whose endpoint is called.
    pub region: Region,
    /// The id of the invocation from within whose handler the call is made.
    pub parent: Option<String>,
    /// The `X-Amzn-Trace-Id` header of the call.
    pub trace_header: Option<String>,
}

impl Caller {
    /// Somebody who calls from outside, without a trace.
    pub fn new(account: AccountId, region: Region) -> Self {
        Self { account, region, parent: None, trace_header: None }
    }
}

/// What happens to events for buses that do not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// They are dropped silently, as the service does.
    AsTheService,
    /// They are errors.
    Strict,
}

/// What takes the time that it takes at AWS, on the virtual clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delays {
    /// Nothing: effects apply at once, and states (of replays, connections, endpoints) change as soon as they are asked to.
    Prompt,
    /// Changes of state; effects apply at once.
    None,
    /// Both: effects apply after their own delay.
    Real,
}

impl Delays {
    /// How long a change of state takes that takes so many milliseconds in the service.
    pub fn of_state(self, millis: i64) -> i64 {
        if self == Self::Prompt { 0 } else { millis }
    }
}

/// What may not be exceeded (documentation facts, 2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotas {
    /// Targets a rule.
    pub targets_per_rule: usize,
    /// Replays that run at once in one account and region.
    pub concurrent_replays: usize,
    /// Characters of a stored bus policy.
    pub policy_size: usize,
    /// Bytes of a PutEvents request.
    pub put_events_size: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        let policy_size = crate::policy::MAX_LENGTH;
        Self { targets_per_rule: 5, concurrent_replays: 10, policy_size, put_events_size: 1_048_576 }
    }
}

/// How a simulator begins and where it stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Who calls, when nobody else is named.
    pub account: AccountId,
    /// Where, when no other region is named.
    pub region: Region,
    /// Where the virtual clock starts.
    pub now: Instant,
    /// Of ids.
    pub seed: u64,
    /// Firings on one chain, at most [`Options::LONGEST_CHAIN`].
    pub max_chain: usize,
    /// Firings of one origin, at most [`Options::MOST_FIRINGS`].
    pub max_firings: usize,
    /// Events and invocations, both together, that the record keeps, at most [`Options::LONGEST_RECORD`].
    pub max_record: usize,
    /// Unknown buses.
    pub strictness: Strictness,
    /// Of effects.
    pub delays: Delays,
    /// What may not be exceeded.
    pub quotas: Quotas,
    /// What is declared of the world outside at the beginning.
    pub outside: Outside,
}

impl Options {
    /// Traces nest with the chain, and so does what reads them: this deep is safe in every browser.
    pub const LONGEST_CHAIN: usize = 200;
    /// What fits into memory with room to spare.
    pub const MOST_FIRINGS: usize = 100_000;
    /// The record has a bound on its memory besides.
    pub const LONGEST_RECORD: usize = 10_000_000;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            account: AccountId::new("123456789012"),
            region: Region::new("us-east-1"),
            // A fixed day, so that two runs on two days give the same bytes.
            now: Instant::from_seconds(1_767_225_600),
            seed: 0,
            max_chain: 16,
            max_firings: 10_000,
            max_record: 10_000,
            strictness: Strictness::AsTheService,
            delays: Delays::None,
            quotas: Quotas::default(),
            outside: Outside::default(),
        }
    }
}

/// One simulated world.
#[derive(Debug, Clone)]
pub struct Simulator {
    options: Options,
    world: World,
    now: Instant,
    agenda: Agenda,
    ids: Ids,
    registrations: usize,
    /// How often declared effects have failed something, by their id.
    failures_done: Vec<(String, u32)>,
    /// Failures that were ordered and wait for their call.
    faults: Vec<Fault>,
    /// Data keys that encrypted queues hold, and until when.
    data_keys: Vec<(String, Instant)>,
    effects: Vec<(String, Rc<Effect>)>,
    handlers: Vec<Handler>,
    record: Record,
    metrics: Metrics,
    delayed: Delayed,
    views: Views,
    /// For requests on their way in.
    pub(crate) scratch: Scratch,
    /// The time as it is written in events.
    now_text: (Instant, Rc<str>),
    /// Of events that are put without more ado.
    usual_provenance: Rc<Provenance>,
    queue: VecDeque<ArrivalId>,
    pending: VecDeque<(InvocationIndex, String)>,
    loops: Vec<LoopReport>,
    dropped_loops: usize,
}

impl Simulator {
    /// An empty world.
    pub fn new(options: Options) -> Self {
        let mut world = World::new();
        world.outside = options.outside.clone();
        // The default bus of the default account is there before anybody looks.
        world.region_mut(&options.account, &options.region, options.now);
        Self {
            world,
            now: options.now,
            agenda: Agenda::default(),
            ids: Ids::new(options.seed),
            registrations: 0,
            failures_done: Vec::new(),
            faults: Vec::new(),
            data_keys: Vec::new(),
            scratch: Scratch::default(),
            effects: Vec::new(),
            handlers: Vec::new(),
            record: Record::default(),
            metrics: Metrics::default(),
            delayed: Delayed::default(),
            views: Views::default(),
            now_text: (options.now, options.now.shared_text()),
            usual_provenance: Rc::new(Provenance::outside([("id", Fresh::Uuid), ("time", Fresh::Time)])),
            queue: VecDeque::new(),
            pending: VecDeque::new(),
            loops: Vec::new(),
            dropped_loops: 0,
            options,
        }
    }

    /// How it began.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What exists.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What exists, to change it. Only `api` does.
    pub fn world_mut(&mut self) -> &mut World {
        self.views.world_changes();
        &mut self.world
    }

    /// The virtual clock.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Fresh ids.
    pub fn ids_mut(&mut self) -> &mut Ids {
        &mut self.ids
    }

    /// What happened.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// How much of that the record still holds, and what left it.
    pub fn kept(&self) -> Kept {
        Kept { limit: self.options.max_record, dropped_loops: self.dropped_loops, ..self.record.kept() }
    }

    /// The loops that were found while events ran.
    pub fn loops(&self) -> &[LoopReport] {
        &self.loops
    }

    /// The effects in the order of their declaration.
    pub fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.effects.iter().map(|(_, effect)| &**effect)
    }

    /// The handlers in the order of their registration.
    pub fn handlers(&self) -> &[Handler] {
        &self.handlers
    }

    /// Declares an effect. Gives the id by which it is removed.
    pub fn add_effect(&mut self, effect: Effect) -> String {
        let id = self.next_registration("effect");
        self.effects.push((id.clone(), Rc::new(effect)));
        id
    }

    /// Takes an effect back.
    pub fn remove_effect(&mut self, id: &str) {
        self.effects.retain(|(effect, _)| effect != id);
    }

    /// Takes over the external handlers of another simulator, ids included.
    pub fn adopt_handlers(&mut self, other: &Self) {
        let external = other.handlers.iter().filter(|handler| matches!(handler.kind, HandlerKind::External));
        self.handlers.extend(external.cloned());
        self.registrations = self.registrations.max(other.registrations);
    }

    /// Not from `ids`: registering something must not change the ids of events.
    fn next_registration(&mut self, kind: &str) -> String {
        self.registrations += 1;
        format!("{kind}-{}", self.registrations)
    }
}
