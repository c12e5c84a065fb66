//! The store behind the record: one tree for each call from outside, so many of them as the limits allow.
//!
//! Causes never cross trees, so a tree can leave as a whole and nothing that stays points at it. The oldest leaves first, but
//! never the newest, and never one in which something is still to come: an invocation that is pending or will be tried again,
//! or one that somebody [holds](Record::hold) because he will come back to it, as delayed effects do. So loop detection,
//! which walks up a chain, always finds it whole. An index that is kept past that finds what stands for the
//! [gone](super::gone), never something else. What left is counted, and asking for it is told apart from asking for what never was.
//!
//! Limits: `maxRecord` events and invocations, and [`MOST_BYTES`] by estimate.

use super::gone::Gone;
use super::names::{Named, Names};
use super::origin::Origin;
use super::{Arrival, Invocation, Outcome, RuleView};
use crate::simulator::behaviour::metrics::Counted;
use std::collections::VecDeque;
use std::rc::Rc;

/// Memory that the record takes, by estimate.
pub const MOST_BYTES: usize = 256 * 1024 * 1024;

/// The place of an arrival in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArrivalId(Place);

impl ArrivalId {
    /// No place at all.
    pub(super) const NOWHERE: Self = Self(Place { origin: usize::MAX, index: 0 });
}

/// The place of an invocation in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvocationIndex(Place);

/// Which tree, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    origin: usize,
    index: usize,
}

/// An origin and all that followed from it.
#[derive(Debug, Clone, Default)]
struct Tree {
    origin: usize,
    about: Origin,
    arrivals: Vec<Arrival>,
    invocations: Vec<Slot>,
    /// How many will come back to one of its invocations.
    holds: usize,
    weight: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Among all invocations.
    pub number: usize,
    pub counted: Counted,
    pub invocation: Invocation,
}

impl Tree {
    fn is_done(&self) -> bool {
        let is_over = |it: &Invocation| it.outcome != Outcome::Pending && it.retry_at.is_none();
        self.holds == 0 && self.invocations.iter().all(|slot| is_over(&slot.invocation))
    }
}

/// How much the record holds, and how much left it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// Events in the record, each bus that one came to by itself.
    pub events: usize,
    /// Invocations in the record.
    pub invocations: usize,
    /// Events that left it.
    pub dropped_events: usize,
    /// Invocations that left it.
    pub dropped_invocations: usize,
    /// Chains that were stopped for a loop whose report is not kept: only so many are.
    pub dropped_loops: usize,
    /// The most events and invocations, both together, that it keeps.
    pub limit: usize,
}

impl Kept {
    /// Invocations that there ever were.
    pub fn all_invocations(&self) -> usize {
        self.invocations + self.dropped_invocations
    }
}

/// Why an id finds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Nothing ever left the record, so there never was such a thing.
    Never,
    /// It left the record, or it never was.
    MayHaveLeft(Kept),
}

/// Everything that happened and was not dropped yet.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// By origin, ascending.
    trees: VecDeque<Tree>,
    /// So many trees at the front were seen to be unfinished.
    unfinished: usize,
    origins: usize,
    numbered: usize,
    weight: usize,
    kept: Kept,
    names: Names,
    /// Invocations that may have changed, for the metrics.
    changed: Vec<InvocationIndex>,
    /// What an index finds whose tree was dropped.
    gone: Box<Gone>,
    /// The same for whole trees. What is added to it never shows.
    lost: Box<Tree>,
}

impl Record {
    /// An arrival.
    pub fn arrival(&self, id: ArrivalId) -> &Arrival {
        let found = self.tree(id.0.origin).and_then(|tree| tree.arrivals.get(id.0.index));
        found.unwrap_or(&self.gone.arrival)
    }

    /// An arrival, to complete it.
    pub fn arrival_mut(&mut self, id: ArrivalId) -> &mut Arrival {
        let tree = self.position(id.0.origin);
        let found = self.trees.get_mut(tree).and_then(|tree| tree.arrivals.get_mut(id.0.index));
        found.unwrap_or(&mut self.gone.arrival)
    }

    /// An invocation.
    pub fn invocation(&self, index: InvocationIndex) -> &Invocation {
        &self.slot(index).invocation
    }

    /// An invocation, to complete it. Its tree may be finished afterwards.
    pub fn invocation_mut(&mut self, index: InvocationIndex) -> &mut Invocation {
        let tree = self.position(index.0.origin);
        self.unfinished = self.unfinished.min(tree);
        if self.changed.last() != Some(&index) {
            self.changed.push(index);
        }
        &mut self.slot_mut(index).invocation
    }

    /// The origin of an arrival.
    pub fn origin_mut(&mut self, arrival: ArrivalId) -> &mut Origin {
        &mut self.tree_mut(arrival.0.origin).about
    }

    /// How much of an invocation the metrics have counted.
    pub fn counted(&self, index: InvocationIndex) -> Counted {
        self.slot(index).counted
    }

    /// The metrics have counted so much.
    pub fn set_counted(&mut self, index: InvocationIndex, counted: Counted) {
        self.slot_mut(index).counted = counted;
    }

    fn slot(&self, index: InvocationIndex) -> &Slot {
        let found = self.tree(index.0.origin).and_then(|tree| tree.invocations.get(index.0.index));
        found.unwrap_or(&self.gone.slot)
    }

    fn slot_mut(&mut self, index: InvocationIndex) -> &mut Slot {
        let tree = self.position(index.0.origin);
        let found = self.trees.get_mut(tree).and_then(|tree| tree.invocations.get_mut(index.0.index));
        found.unwrap_or(&mut self.gone.slot)
    }

    fn tree(&self, origin: usize) -> Option<&Tree> {
        self.trees.get(self.position(origin))
    }

    fn tree_mut(&mut self, origin: usize) -> &mut Tree {
        let tree = self.position(origin);
        if tree >= self.trees.len() {
            *self.lost = Tree::default();
        }
        self.trees.get_mut(tree).unwrap_or(&mut self.lost)
    }
}

impl Record {
    /// The rule that an invocation was a firing of.
    pub fn rule(&self, index: InvocationIndex) -> Option<&RuleView> {
        let invocation = self.invocation(index);
        self.arrival(invocation.arrival).rules.get(invocation.rule).map(|rule| &**rule)
    }

    /// A new origin, of so many events at first.
    pub fn add_origin(&mut self, events: usize) -> usize {
        let origin = self.origins;
        self.origins += 1;
        let (about, weight) = (Origin::default(), size_of::<Tree>());
        self.weight += weight;
        let arrivals = Vec::with_capacity(events);
        self.trees.push_back(Tree { origin, about, arrivals, invocations: Vec::new(), holds: 0, weight });
        origin
    }

    /// Adds an arrival and tells its cause about it.
    pub fn add_arrival(&mut self, arrival: Arrival) -> ArrivalId {
        let cause = arrival.cause.invocation();
        let name = Rc::clone(&arrival.envelope.id);
        let weight = weight_of(&arrival);
        let origin = arrival.origin;
        let tree = self.tree_mut(origin);
        let id = ArrivalId(Place { origin, index: tree.arrivals.len() });
        tree.arrivals.push(arrival);
        tree.weight += weight;
        self.weight += weight;
        self.kept.events += 1;
        self.names.added(&name, origin, Named::Arrival(id));
        if let Some(cause) = cause {
            self.invocation_mut(cause).emitted.push(id);
        }
        id
    }

    /// Adds an invocation and tells its arrival about it.
    pub fn add_invocation(&mut self, invocation: Invocation) -> InvocationIndex {
        let (arrival, name) = (invocation.arrival, Rc::clone(&invocation.id));
        let weight = size_of::<Invocation>() + invocation.input.len();
        let (origin, number) = (arrival.0.origin, self.numbered);
        let tree = self.tree_mut(origin);
        let index = InvocationIndex(Place { origin, index: tree.invocations.len() });
        tree.invocations.push(Slot { number, counted: Counted::default(), invocation });
        tree.weight += weight;
        self.weight += weight;
        self.numbered += 1;
        self.kept.invocations += 1;
        self.names.added(&name, origin, Named::Invocation(index));
        self.arrival_mut(arrival).invocations.push(index);
        self.changed.push(index);
        index
    }

    /// The invocation of this id.
    pub fn find_invocation(&self, id: &str) -> Option<InvocationIndex> {
        self.bearers(id).into_iter().find_map(|named| match named {
            Named::Invocation(index) => Some(index),
            Named::Arrival(_) => None,
        })
    }

    /// All invocations, oldest first.
    pub fn invocations(&self) -> impl Iterator<Item = InvocationIndex> + use<> {
        let mut all: Vec<(usize, InvocationIndex)> = Vec::with_capacity(self.kept.invocations);
        for tree in &self.trees {
            let origin = tree.origin;
            let numbered = tree.invocations.iter().enumerate();
            all.extend(numbered.map(|(index, slot)| (slot.number, InvocationIndex(Place { origin, index }))));
        }
        // What handlers answered late stands in an old tree.
        crate::sets::sort_by(&mut all, |one, other| one.0.cmp(&other.0));
        all.into_iter().map(|(_, index)| index)
    }

    /// The arrivals of the event of this id, oldest first, but for its copies on buses it was forwarded to.
    pub fn arrivals_of(&self, id: &str) -> Vec<ArrivalId> {
        let arrivals = self.bearers(id).into_iter().filter_map(|named| match named {
            Named::Arrival(id) => Some(id),
            Named::Invocation(_) => None,
        });
        arrivals.filter(|id| !matches!(self.arrival(*id).cause, super::Cause::Bus(_))).collect()
    }

    /// All arrivals that came from outside, oldest first.
    pub fn roots(&self) -> impl Iterator<Item = ArrivalId> + '_ {
        self.trees.iter().flat_map(|tree| {
            let from_outside = tree.arrivals.iter().enumerate().filter(|(_, it)| it.cause.invocation().is_none());
            from_outside.map(|(index, _)| ArrivalId(Place { origin: tree.origin, index }))
        })
    }

    /// The invocations that may have changed since the last time, some more than once.
    pub fn take_changed(&mut self) -> Vec<InvocationIndex> {
        std::mem::take(&mut self.changed)
    }

    /// Whether nothing ever happened: the newest tree never leaves.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// How much there is, and how much was dropped.
    pub fn kept(&self) -> Kept {
        self.kept
    }

    /// What to say of an id that finds nothing.
    pub fn absent(&self) -> Absent {
        match self.kept.dropped_events {
            0 => Absent::Never,
            _ => Absent::MayHaveLeft(self.kept),
        }
    }

    /// Somebody will come back to this invocation: its tree stays until he [releases](Self::release) it.
    pub fn hold(&mut self, index: InvocationIndex) {
        self.tree_mut(index.0.origin).holds += 1;
    }

    /// Undoes one [`hold`](Self::hold).
    pub fn release(&mut self, index: InvocationIndex) {
        let tree = self.tree_mut(index.0.origin);
        tree.holds = tree.holds.saturating_sub(1);
        self.unfinished = self.unfinished.min(self.position(index.0.origin));
    }

    /// Whether an event or an invocation of this id is in the record.
    pub fn knows(&self, id: &str) -> bool {
        !self.bearers(id).is_empty()
    }

    /// Drops the oldest trees until the rest fits the limits. Only between runs: ids that nobody holds are void afterwards.
    pub fn trim(&mut self, limit: usize) {
        self.kept.limit = limit;
        while self.unfinished + 1 < self.trees.len() && self.is_too_large(limit) {
            match self.trees.get(self.unfinished) {
                Some(tree) if tree.is_done() => self.drop_tree(self.unfinished),
                _ => self.unfinished += 1,
            }
        }
    }

    fn is_too_large(&self, limit: usize) -> bool {
        let entries = self.kept.events + self.kept.invocations;
        entries > limit || self.trees.len() > limit.max(1) || self.weight > MOST_BYTES
    }

    fn drop_tree(&mut self, position: usize) {
        let Some(tree) = self.trees.remove(position) else { return };
        let events = tree.arrivals.iter().map(|arrival| &arrival.envelope.id);
        for name in events.chain(tree.invocations.iter().map(|slot| &slot.invocation.id)) {
            self.names.dropped(name, tree.origin);
        }
        self.weight -= tree.weight.min(self.weight);
        self.kept.events -= tree.arrivals.len();
        self.kept.invocations -= tree.invocations.len();
        self.kept.dropped_events += tree.arrivals.len();
        self.kept.dropped_invocations += tree.invocations.len();
    }

    fn bearers(&self, id: &str) -> Vec<Named> {
        let first = self.trees.partition_point(|tree| tree.origin < self.names.origins());
        self.names.look(self.origins, |tell| {
            for tree in self.trees.range(first..) {
                let origin = tree.origin;
                for (index, arrival) in tree.arrivals.iter().enumerate() {
                    tell(&arrival.envelope.id, Named::Arrival(ArrivalId(Place { origin, index })));
                }
                for (index, slot) in tree.invocations.iter().enumerate() {
                    tell(&slot.invocation.id, Named::Invocation(InvocationIndex(Place { origin, index })));
                }
            }
        });
        self.names.bearers(id)
    }

    /// Where the tree of an origin stands; past the end when it was dropped.
    fn position(&self, origin: usize) -> usize {
        // Where nothing was dropped out of their midst, they stand in a row.
        let likely = self.trees.front().and_then(|first| origin.checked_sub(first.origin));
        match likely.filter(|at| self.trees.get(*at).is_some_and(|tree| tree.origin == origin)) {
            Some(at) => at,
            None => self.trees.binary_search_by(|tree| tree.origin.cmp(&origin)).unwrap_or(self.trees.len()),
        }
    }
}

impl Named {
    /// The origin of its tree.
    pub fn origin(self) -> usize {
        match self {
            Self::Arrival(id) => id.0.origin,
            Self::Invocation(index) => index.0.origin,
        }
    }
}

/// Memory that an event takes: its values twice (envelope and event), its fields, its texts.
/// What an event may come to take once somebody has looked into it.
fn weight_of(arrival: &Arrival) -> usize {
    let detail = &arrival.envelope.detail;
    let fields = 9 + detail.values();
    size_of::<Arrival>() + fields * 320 + detail.text().len() * 3
}
