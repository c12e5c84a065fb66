//! The graph: rules, and edges from a rule, through a target and what follows from it, to a rule that may match.
//!
//! An edge is drawn unless the emitted event, as far as it is constant, cannot match: source and detail-type first, looked up
//! by the texts that rules require, then all literals of the rule's pattern. Whether events can really go along is for
//! `round` to ask of a whole cycle. Disabled rules are drawn too: a loop that they cut is worth knowing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::compose::{Emitted, fixed_text, is_false};
use super::input::Input;
use crate::analysis::satisfy::Formula;
use crate::sets::glob;
use crate::sets::strings::Side;
use crate::sets::{Listed as _, SortedMap};
use crate::simulator::Simulator;
use crate::simulator::behaviour::effect::{Effect, Emission};
use crate::simulator::behaviour::ingest::acting_place;
use crate::simulator::behaviour::record::BusAddress;
use crate::simulator::state::{AccountId, Region, Rule, Target};

/// A rule on its bus.
pub(super) struct Node<'a> {
    pub(super) bus: BusAddress,
    pub(super) rule: &'a Rule,
    /// That its pattern matches. None when its `$or`s are too many.
    pub(super) formula: Option<Formula>,
    pub(super) targets: Vec<Spot<'a>>,
}

/// A target with what effects read of it.
pub(super) struct Spot<'a> {
    pub(super) target: &'a Target,
    pub(super) place: (AccountId, Region),
    pub(super) input: Input,
    pub(super) effects: Vec<&'a Rc<Effect>>,
}

/// How an event follows from another.
#[derive(Clone, Copy)]
pub(super) enum Link<'a> {
    /// The same event on another bus; across regions with a new id and time.
    Hop { crosses: bool },
    /// An emission of an effect.
    Effect { effect: &'a Effect, emission: &'a Emission },
}

/// One edge.
#[derive(Clone, Copy)]
pub(super) struct Edge<'a> {
    pub(super) from: usize,
    pub(super) spot: usize,
    pub(super) link: Link<'a>,
    pub(super) to: usize,
}

/// Rules and edges.
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) edges: Vec<Edge<'a>>,
    pub(super) not_analysed: Vec<String>,
    /// How many more questions may be put to the event before, for edges and cycles.
    pub(super) left: Cell<usize>,
    /// How many more questions the searches for events may ask: they take longer.
    pub(super) searches: Cell<usize>,
}

/// The most questions of one analysis: about a second's worth,
const MOST_QUESTIONS: usize = 20_000_000;
/// and some seconds' where each search is a hard one.
const MOST_SEARCHES: usize = 200_000;

/// The rules of one bus, those that require certain sources by source.
#[derive(Default)]
struct Listeners {
    by_source: SortedMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(simulator: &'a Simulator) -> Graph<'a> {
        let (left, searches) = (Cell::new(MOST_QUESTIONS), Cell::new(MOST_SEARCHES));
        let mut graph = Graph { nodes: nodes(simulator), edges: Vec::new(), not_analysed: Vec::new(), left, searches };
        let mut buses: SortedMap<BusAddress, Listeners> = SortedMap::new();
        for (index, node) in graph.nodes.iter().enumerate() {
            let listeners = buses.get_or_insert_with(node.bus.clone(), |_| Listeners::default());
            match node.rule.matcher().and_then(|pattern| pattern.texts_at("source")) {
                Some(texts) => texts.into_iter().for_each(|text| {
                    listeners.by_source.get_or_insert_with(text.to_owned(), |_| Vec::new()).push(index);
                }),
                None => listeners.others.push(index),
            }
        }
        for from in 0..graph.nodes.len() {
            graph.follow(from, simulator, &buses);
        }
        graph
    }

    /// Draws the edges that leave a rule.
    fn follow(&mut self, from: usize, simulator: &Simulator, buses: &SortedMap<BusAddress, Listeners>) {
        let Some(node) = self.nodes.get(from) else { return };
        let mut edges = Vec::new();
        let mut notes = Vec::new();
        for (spot, it) in node.targets.iter().enumerate() {
            let arn = it.target.arn.as_str();
            if let Some(bus) = BusAddress::of_arn(&it.target.arn) {
                let link = Link::Hop { crosses: bus.region != node.bus.region };
                let there = buses.get(&bus).map(|listeners| everyone(listeners, None)).unwrap_or_default();
                edges.extend(there.into_iter().map(|to| Edge { from, spot, link, to }));
                continue;
            }
            if it.effects.is_empty() || has_handler(simulator, arn) {
                notes.push(format!("what `{arn}` does: {}", unknown_work(simulator, arn)));
            }
            for effect in &it.effects {
                for emission in &effect.emits {
                    let Some(bus) = destination(emission, effect, &it.place) else {
                        notes.push(format!("where `{arn}` emits to: that depends on the event"));
                        continue;
                    };
                    let source = fixed_text(&emission.source, &effect.params);
                    let there =
                        buses.get(&bus).map(|listeners| everyone(listeners, source.as_deref())).unwrap_or_default();
                    let open = Cell::new(false);
                    let (params, input, place) = (effect.params.as_slice(), &it.input, &it.place);
                    let (open, left, asking) = (&open, &self.left, RefCell::default());
                    let emitted = Emitted { emission, params, input, place, open, left, asking };
                    for to in there.into_iter().filter(|to| self.may_match(*to, &emitted)) {
                        edges.push(Edge { from, spot, link: Link::Effect { effect, emission }, to });
                    }
                }
            }
        }
        self.edges.append(&mut edges);
        for note in notes {
            if !self.not_analysed.contains(&note) {
                self.not_analysed.push(note);
            }
        }
    }

    fn may_match(&self, to: usize, emitted: &Emitted<'_>) -> bool {
        let Some(node) = self.nodes.get(to) else { return false };
        // Cheap to ask, and enough for most.
        let detail_type = fixed_text(&emitted.emission.detail_type, emitted.params);
        let wanted = node.rule.matcher().and_then(|pattern| pattern.texts_at("detail-type"));
        if let (Some(detail_type), Some(wanted)) = (detail_type, wanted)
            && !wanted.contains(&detail_type.as_str())
        {
            return false;
        }
        let formula = node.formula.as_ref();
        formula.is_none_or(|formula| !is_false(&formula.replaced(&mut |literal| emitted.pull(literal))))
    }
}

fn nodes(simulator: &Simulator) -> Vec<Node<'_>> {
    let effects = Effects::of(simulator);
    let mut nodes = Vec::new();
    for (account, region, state) in simulator.world().regions() {
        for bus in state.buses() {
            let address = BusAddress { account: account.clone(), region: region.clone(), name: bus.name().clone() };
            for rule in bus.rules() {
                let Some(pattern) = rule.matcher() else { continue };
                let spot = |target| Spot {
                    target,
                    place: acting_place(&target.arn, &address),
                    input: Input::of(target),
                    effects: effects.at(target.arn.as_str()),
                };
                let targets = rule.targets().map(spot).listed();
                let formula = Formula::of(pattern, Side::Inside, 0);
                nodes.push(Node { bus: address.clone(), rule, formula, targets });
            }
        }
    }
    nodes
}

/// Effects by the ARN that they name, and those that name several; each with its place in their order.
struct Effects<'a> {
    by_arn: SortedMap<&'a str, Vec<(usize, &'a Rc<Effect>)>>,
    globs: Vec<(usize, &'a Rc<Effect>)>,
}

impl<'a> Effects<'a> {
    fn of(simulator: &'a Simulator) -> Effects<'a> {
        let mut effects = Effects { by_arn: SortedMap::new(), globs: Vec::new() };
        for (index, (_, effect)) in simulator.effects.iter().enumerate() {
            if effect.target.contains(['*', '?']) {
                effects.globs.push((index, effect));
            } else {
                effects.by_arn.get_or_insert_with(&*effect.target, |_| Vec::new()).push((index, effect));
            }
        }
        effects
    }

    fn at(&self, arn: &str) -> Vec<&'a Rc<Effect>> {
        let mut found: Vec<(usize, &Rc<Effect>)> = self.by_arn.get(arn).cloned().unwrap_or_default();
        found.extend(self.globs.iter().copied().filter(|(_, effect)| glob::matches(&effect.target, arn)));
        crate::sets::sort_by(&mut found, |one, other| one.0.cmp(&other.0));
        found.into_iter().map(|(_, effect)| effect).listed()
    }
}

pub(super) fn has_handler(simulator: &Simulator, arn: &str) -> bool {
    simulator.handlers().iter().any(|handler| glob::matches(&handler.target, arn))
}

fn unknown_work(simulator: &Simulator, arn: &str) -> &'static str {
    if has_handler(simulator, arn) { "a handler decides it" } else { "no effect says so" }
}

fn everyone(listeners: &Listeners, source: Option<&str>) -> Vec<usize> {
    let mut all = listeners.others.clone();
    match source {
        Some(source) => all.extend(listeners.by_source.get(source).into_iter().flatten()),
        None => all.extend(listeners.by_source.values().flatten()),
    }
    crate::sets::sort_by(&mut all, |one, other| one.cmp(other));
    all.dedup();
    all
}

/// Where an emission goes, if that is always the same.
fn destination(emission: &Emission, effect: &Effect, place: &(AccountId, Region)) -> Option<BusAddress> {
    let fixed = |template| fixed_text(template, &effect.params);
    let account = match &emission.account {
        None => place.0.clone(),
        Some(template) => AccountId::new(fixed(template)?),
    };
    let region = match &emission.region {
        None => place.1.clone(),
        Some(template) => Region::new(fixed(template)?),
    };
    let name = match &emission.bus {
        None => None,
        Some(template) => Some(fixed(template)?),
    };
    Some(BusAddress::resolve(name.as_deref(), &account, &region))
}
