//! What exists in the simulated world: world → account → region → bus → rule → target.
//!
//! Plain data, no behaviour: nothing here reads a clock, draws an id or routes an event. Every map is a `BTreeMap` keyed
//! by name, because the service's own order is byte order of names (rules, targets by Id: recorded 2026), and because the
//! same state must print the same bytes in every run.
//!
//! Names are newtypes. They are checked once, by `api`, on the way in; here they only keep a bus name from being used as
//! a rule name.

mod archive;
mod bus;
mod connection;
mod destination;
mod names;
mod outside;
mod partner;
mod replay;
mod rule;
mod rules;
pub mod secrets;
mod tags;
mod target;
mod timer;
mod world;

pub use archive::{Archive, ArchiveState, Archived, MOST_EVENTS, archive_of, is_archive};
pub use bus::EventBus;
pub use connection::{Asked, Connection};
pub use destination::{ApiDestination, Change, Endpoint};
pub use names::{AccountId, BusName, Region, RuleName, TargetId};
pub use outside::{Existence, KeyState, Outside, Resource};
pub use partner::{PartnerSource, PartnerSources, SourceState};
pub use replay::{Replay, ReplayState};
pub use rule::{Rule, RulePattern, RuleState};
pub use rules::Rules;
pub use tags::Tags;
pub use target::{Target, TargetInput};
pub use timer::Timer;
pub use world::{RegionState, World};
