//! Archiving and replaying: what a managed rule delivers is kept, and what was kept is put on its bus again.
//!
//! A replay takes the events of its window minute by minute, oldest minute first (recorded), and puts copies on the bus: new
//! id, `replay-name` set, everything else as it was, a fresh hop allowance. Rules are those of that moment; `FilterArns`
//! limits them. Each replayed event is the origin of a chain of its own.
//!
//! Recorded: a replay takes 54 to 57 seconds even when it is empty, a cancelled one ends some 70 seconds later, and one whose
//! archive is deleted before it runs fails. Ours: it runs after 50 seconds, the minutes that hold events follow each other
//! by a second, and 5 seconds after the last it is completed.

use super::agenda::Task;
use super::provenance::{Fresh, Provenance};
use super::record::{BusAddress, Cause, InvocationIndex, Outcome};
use crate::arn::Arn;
use crate::event::Envelope;
use crate::sets::{Listed as _, sort_by};
use crate::simulator::Simulator;
use crate::simulator::state::{AccountId, Archived, Region, Replay, ReplayState, archive_of};
use crate::time::{Duration, Instant};
use std::rc::Rc;

const MINUTE: i64 = 60_000;
const STARTS_AFTER: i64 = 50_000;
const NEXT_MINUTE_AFTER: i64 = 1_000;
const ENDS_AFTER: i64 = 5_000;
const CANCELLED_AFTER: i64 = 70_000;
/// The service keeps them for 90 days (documentation).
const FORGOTTEN_AFTER: i64 = 90 * 86_400_000;

impl Simulator {
    /// The target of an archive's rule is invoked: the archive keeps the event.
    pub(super) fn archive(&mut self, index: InvocationIndex) {
        let rule = self.record.rule(index).map(|rule| rule.name.clone()).unwrap_or_default();
        let arrival = self.record.arrival(self.record.invocation(index).arrival);
        let (bus, envelope) = (arrival.bus.clone(), Rc::clone(&arrival.envelope));
        let region = self.world.region_mut(&bus.account, &bus.region, self.now);
        if let Some(archive) = archive_of(&rule).and_then(|name| region.archives.get_mut(name)) {
            archive.keep(&envelope, self.now);
        }
        self.record.invocation_mut(index).outcome = Outcome::Delivered;
    }

    /// Lets a new replay run its course.
    pub fn start_replay(&mut self, account: &AccountId, region: &Region, mut replay: Replay) {
        let name = replay.name.clone();
        replay.due = self.after(STARTS_AFTER);
        self.world.region_mut(account, region, self.now).replays.insert(name.clone(), replay);
        self.plan_replay(account, region, &name);
    }

    /// Asks a replay to stop.
    pub fn cancel_replay(&mut self, account: &AccountId, region: &Region, name: &str) {
        let (now, due) = (self.now, self.after(CANCELLED_AFTER));
        if let Some(replay) = self.world.region_mut(account, region, now).replays.get_mut(name) {
            replay.state = ReplayState::Cancelling;
            replay.due = due;
            self.plan_replay(account, region, name);
        }
    }

    /// The time has come for a replay to go on, unless it was planned anew since.
    pub(super) fn replay_is_due(&mut self, account: &AccountId, region: &Region, name: &str) {
        let now = self.now;
        let replays = &mut self.world.region_mut(account, region, now).replays;
        if replays.get(name).is_none_or(|replay| replay.due != now) {
            return;
        }
        let Some(replay) = replays.remove(name) else { return };
        let next = match replay.state {
            ReplayState::Starting | ReplayState::Running => self.step(account, region, replay),
            ReplayState::Cancelling => ended(replay, ReplayState::Cancelled, now),
            ReplayState::Cancelled | ReplayState::Completed | ReplayState::Failed => return,
        };
        self.world.region_mut(account, region, now).replays.insert(name.to_owned(), next);
        self.plan_replay(account, region, name);
    }

    /// Replays one minute. Gives the replay as it is afterwards.
    fn step(&mut self, account: &AccountId, region: &Region, mut replay: Replay) -> Replay {
        let now = self.now;
        let archives = &mut self.world.region_mut(account, region, now).archives;
        let Some(archive) = replay.archive.as_deref().and_then(|name| archives.get_mut(name)) else {
            replay.reason = Some("Archive resource not found.");
            replay.last = None;
            return ended(replay, ReplayState::Failed, now);
        };
        let begins = replay.state == ReplayState::Starting;
        if begins {
            archive.expire(now);
            let in_window = |event: &&Archived| event.time >= replay.from && event.time < replay.to;
            let mut events: Vec<Archived> = archive.events().filter(in_window).cloned().listed();
            sort_by(&mut events, |one, other| one.time.cmp(&other.time));
            replay.left = events.into();
            replay.state = ReplayState::Running;
        }
        let Some(next) = replay.left.front().map(|event| minute(event.time)) else {
            if begins {
                return Replay { due: self.after(ENDS_AFTER), ..replay };
            }
            // Progress is told even where nothing was delivered, but not of a window in the future (recorded).
            let last = Instant::from_millis(replay.to.millis() - 1).min(now);
            replay.last = (replay.from <= now).then_some(minute(last));
            return ended(replay, ReplayState::Completed, now);
        };
        while let Some(event) = replay.left.pop_front_if(|event| minute(event.time) == next) {
            self.put_again(&event.envelope, &replay);
        }
        let wait = if replay.left.is_empty() { ENDS_AFTER } else { NEXT_MINUTE_AFTER };
        Replay { last: Some(next), due: self.after(wait), ..replay }
    }

    /// Puts a copy of an archived event on the bus.
    fn put_again(&mut self, archived: &Envelope, replay: &Replay) {
        let Some(bus) = Arn::parse(&replay.destination).as_ref().and_then(BusAddress::of_arn) else { return };
        let (id, replay_name) = (self.ids.shared_uuid(), Some(replay.name.clone()));
        let envelope = Envelope { id, replay_name, ..archived.clone() };
        let provenance = Provenance::outside([("id", Fresh::Uuid)]);
        self.arrive_first(envelope, bus, Cause::Replay(Rc::new(replay.filter.clone())), provenance);
    }

    /// When something is over that takes so many milliseconds in the service.
    fn after(&self, millis: i64) -> Instant {
        self.now.plus(Duration::from_millis(self.options.delays.of_state(millis)))
    }

    fn plan_replay(&mut self, account: &AccountId, region: &Region, name: &str) {
        let replay = self.world.region(account, region).and_then(|region| region.replays.get(name));
        if let Some(due) = replay.map(|replay| replay.due) {
            let (account, region, name) = (account.clone(), region.clone(), name.to_owned());
            self.plan(due, Task::Replay { account, region, name });
        }
    }
}

fn ended(replay: Replay, state: ReplayState, now: Instant) -> Replay {
    Replay { state, ended: Some(now), due: now.plus(Duration::from_millis(FORGOTTEN_AFTER)), ..replay }
}

fn minute(time: Instant) -> Instant {
    Instant::from_millis(time.millis().div_euclid(MINUTE) * MINUTE)
}
