//! The world: the regions of all accounts that were ever spoken of.
//!
//! An account is not created: naming it is enough, and in each of its regions the bus `default` exists from the first
//! look on. That bus can be neither created nor deleted; `RegionState` keeps it by hiding its map.

use crate::sets::{Listed as _, SortedMap};
use crate::time::Instant;

use super::{
    AccountId, ApiDestination, Archive, BusName, Connection, Endpoint, EventBus, Outside, PartnerSources, Region,
    Replay,
};

/// Everything that exists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct World {
    /// What is declared of the world outside EventBridge.
    pub outside: Outside,
    /// What partners offer.
    pub partner_sources: PartnerSources,
    regions: SortedMap<(AccountId, Region), RegionState>,
}

impl World {
    /// A world in which nobody has looked at any region yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The region, if it was ever looked at.
    pub fn region(&self, account: &AccountId, region: &Region) -> Option<&RegionState> {
        self.regions.get(&(account.clone(), region.clone()))
    }

    /// The region; the first look creates it, with its bus `default`.
    pub fn region_mut(&mut self, account: &AccountId, region: &Region, now: Instant) -> &mut RegionState {
        self.regions.get_or_insert_with((account.clone(), region.clone()), |(account, region)| {
            RegionState::new(account.clone(), region.clone(), now)
        })
    }

    /// All regions, by account and name.
    pub fn regions(&self) -> impl Iterator<Item = (&AccountId, &Region, &RegionState)> {
        self.regions.iter().map(|((account, region), state)| (account, region, state))
    }
}

/// What one account has in one region. The bus `default` is always among its buses.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionState {
    account: AccountId,
    region: Region,
    buses: SortedMap<BusName, EventBus>,
    /// By name; also those whose deletion is over, which nobody sees any more.
    pub connections: SortedMap<String, Connection>,
    /// By name.
    pub api_destinations: SortedMap<String, ApiDestination>,
    /// By name; also those whose deletion is over.
    pub endpoints: SortedMap<String, Endpoint>,
    /// By name.
    pub archives: SortedMap<String, Archive>,
    /// By name; also those that are over, for 90 days.
    pub replays: SortedMap<String, Replay>,
}

impl RegionState {
    /// A region with its default bus.
    pub fn new(account: AccountId, region: Region, now: Instant) -> Self {
        let mut state = Self {
            account,
            region,
            buses: SortedMap::new(),
            connections: SortedMap::new(),
            api_destinations: SortedMap::new(),
            endpoints: SortedMap::new(),
            archives: SortedMap::new(),
            replays: SortedMap::new(),
        };
        state.add_bus(BusName::default_bus(), now);
        state
    }

    /// An archive is gone: replays of it that are under way find it no more, even if another takes its name.
    pub fn forget_archive(&mut self, name: &str) {
        let names: Vec<String> = self.replays.keys().cloned().listed();
        for replay in names {
            if let Some(replay) = self.replays.get_mut(&replay) {
                replay.archive.take_if(|archive| archive == name);
            }
        }
    }

    /// Whose it is.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Which it is.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// The bus of this name.
    pub fn bus(&self, name: &BusName) -> Option<&EventBus> {
        self.buses.get(name)
    }

    /// The bus of this name, to change it.
    pub fn bus_mut(&mut self, name: &BusName) -> Option<&mut EventBus> {
        self.buses.get_mut(name)
    }

    /// All buses by name in byte order.
    pub fn buses(&self) -> impl Iterator<Item = &EventBus> {
        self.buses.values()
    }

    /// A bus of this name: the one that is there, else a new one.
    pub fn add_bus(&mut self, name: BusName, now: Instant) -> &mut EventBus {
        let (account, region) = (&self.account, &self.region);
        self.buses.get_or_insert_with(name, |name| EventBus::new(account, region, name.clone(), now))
    }

    /// Removes a bus with its rules. The default bus stays.
    pub fn remove_bus(&mut self, name: &BusName) {
        if !name.is_default() {
            self.buses.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_its_default_bus_for_ever() {
        let mut world = World::new();
        let (account, region) = (AccountId::new("123456789012"), Region::new("us-east-1"));
        let now = Instant::from_seconds(0);
        assert!(world.region(&account, &region).is_none());
        let state = world.region_mut(&account, &region, now);
        state.remove_bus(&BusName::default_bus());
        state.add_bus(BusName::new("orders"), now);
        let arns: Vec<_> = state.buses().map(EventBus::arn).collect();
        assert_eq!(
            arns,
            [
                "arn:aws:events:us-east-1:123456789012:event-bus/default",
                "arn:aws:events:us-east-1:123456789012:event-bus/orders"
            ]
        );
        assert_eq!(world.regions().count(), 1);
    }
}
