//! Partner event sources: what a partner offers to one account each, and what became of the offer.
//!
//! A source is PENDING until its account creates the bus of its name, then ACTIVE; deactivating makes it PENDING again. A
//! PENDING source goes after two weeks. When the partner deletes it, or its time is over while the bus is there, it stays
//! visible to the account as DELETED until the bus is deleted.
//!
//! Sources belong to no account's region alone, so the world keeps them: by region, name and account.

use super::{AccountId, Region};
use crate::time::{Duration, Instant};

const TWO_WEEKS: i64 = 14 * 86_400_000;

/// All sources, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartnerSources {
    sources: Vec<PartnerSource>,
}

/// A source as it is offered to one account.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerSource {
    /// `aws.partner/PARTNER/NAMESPACE/EVENT`; also the name of the bus.
    pub name: String,
    /// Where.
    pub region: Region,
    /// Who offers it.
    pub partner: AccountId,
    /// To whom.
    pub account: AccountId,
    /// Since when.
    pub created: Instant,
    /// How it stands.
    pub state: SourceState,
}

/// The states of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    /// There is no bus, or the account has switched the source off. It goes at this time.
    Pending(Instant),
    /// Events come.
    Active,
    /// The partner has deleted it; the bus is still there.
    Deleted,
}

impl SourceState {
    /// Pending from now on.
    pub fn pending(now: Instant) -> Self {
        Self::Pending(now.plus(Duration::from_millis(TWO_WEEKS)))
    }

    /// As the model spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending(_) => "PENDING",
            Self::Active => "ACTIVE",
            Self::Deleted => "DELETED",
        }
    }
}

impl PartnerSource {
    /// Its ARN, which names no account.
    pub fn arn(&self) -> String {
        format!("arn:aws:events:{}::event-source/{}", self.region, self.name)
    }

    /// `aws.partner/PARTNER`.
    pub fn created_by(&self) -> &str {
        let end = self.name.match_indices('/').nth(1).map_or(self.name.len(), |(at, _)| at);
        self.name.get(..end).unwrap_or(&self.name)
    }

    /// Whether it is this source of this account.
    pub fn is(&self, region: &Region, name: &str, account: &AccountId) -> bool {
        self.name == name && self.region == *region && self.account == *account
    }
}

impl PartnerSources {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &PartnerSource> {
        self.sources.iter()
    }

    /// The source of this name that an account sees.
    pub fn of_account(&mut self, region: &Region, name: &str, account: &AccountId) -> Option<&mut PartnerSource> {
        self.sources.iter_mut().find(|source| source.is(region, name, account))
    }

    /// Adds a source, or offers one anew.
    pub fn add(&mut self, source: PartnerSource) {
        self.remove(&source.region, &source.name, &source.account);
        let before = |known: &PartnerSource| (&known.name, &known.account) < (&source.name, &source.account);
        let index = self.sources.partition_point(before);
        self.sources.insert(index, source);
    }

    /// Nobody sees it any more.
    pub fn remove(&mut self, region: &Region, name: &str, account: &AccountId) {
        self.sources.retain(|source| !source.is(region, name, account));
    }
}
