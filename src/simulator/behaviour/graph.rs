//! The routing graph: buses, rules and targets, and who leads to whom, before any event has passed.
//!
//! Targets of several rules are one node. What a target's effects emit leads back to buses: the edge follows the effect's
//! `EventBusName` where that is a constant, and the default bus of the target's account and region where it is left out or
//! only known when an event comes. Whether an event really takes an edge is the trace's business. Shape: `Graph` of
//! `src/js/types.ts`.

use super::effect::{Effect, Emission};
use super::ingest::acting_place;
use super::record::BusAddress;
use crate::arn::Arn;
use crate::sets::SortedMap;
use crate::simulator::Simulator;
use crate::simulator::state::{EventBus, Rule, Target};
use serde::Serialize;

/// Nodes by id, edges in order.
#[derive(Debug, Default, Serialize)]
pub struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    #[serde(skip)]
    known: SortedMap<String, usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: String,
    kind: &'static str,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Edge {
    from: String,
    to: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

/// The graph of a world and its declared effects.
pub fn graph(simulator: &Simulator) -> Graph {
    let mut graph = Graph::default();
    for (_, _, region) in simulator.world().regions() {
        for bus in region.buses() {
            graph.bus(bus.arn(), bus.name().as_str());
            for rule in bus.rules() {
                graph.rule(simulator, bus, rule);
            }
        }
    }
    graph
}

impl Graph {
    fn rule(&mut self, simulator: &Simulator, bus: &EventBus, rule: &Rule) {
        let (account, region) = places(bus.arn());
        self.node(Node {
            id: rule.arn.clone(),
            kind: "rule",
            label: rule.name.to_string(),
            arn: Some(rule.arn.clone()),
            account,
            region,
            enabled: Some(rule.is_enabled()),
        });
        self.edge(bus.arn(), &rule.arn, "considers", None);
        for target in rule.targets() {
            self.target(simulator, bus, rule, target);
        }
    }

    fn target(&mut self, simulator: &Simulator, bus: &EventBus, rule: &Rule, target: &Target) {
        if let Some(to) = BusAddress::of_arn(&target.arn) {
            self.bus(&to.arn(), to.name.as_str());
            self.edge(&rule.arn, &to.arn(), "forwards", Some(target.id.to_string()));
            return;
        }
        let arn = target.arn.as_str();
        let (account, region) = places(arn);
        self.node(Node {
            id: arn.to_owned(),
            kind: "target",
            label: short(&target.arn),
            arn: Some(arn.to_owned()),
            account,
            region,
            enabled: None,
        });
        self.edge(&rule.arn, arn, "invokes", Some(target.id.to_string()));
        let Some(from) = Arn::parse(bus.arn()).as_ref().and_then(BusAddress::of_arn) else { return };
        let fits = |effect: &&Effect| crate::sets::glob::matches(&effect.target, arn);
        for effect in simulator.effects().filter(fits) {
            for emission in &effect.emits {
                let to = destination(emission, &target.arn, &from);
                self.bus(&to.arn(), to.name.as_str());
                self.edge(arn, &to.arn(), "emits", Some(effect.label.clone()));
            }
        }
    }

    fn bus(&mut self, arn: &str, name: &str) {
        let (account, region) = places(arn);
        self.node(Node {
            id: arn.to_owned(),
            kind: "bus",
            label: name.to_owned(),
            arn: Some(arn.to_owned()),
            account,
            region,
            enabled: None,
        });
    }

    fn node(&mut self, node: Node) {
        if !self.known.contains_key(&node.id) {
            self.known.insert(node.id.clone(), self.nodes.len());
            self.nodes.push(node);
        }
    }

    fn edge(&mut self, from: &str, to: &str, kind: &'static str, label: Option<String>) {
        let edge = Edge { from: from.to_owned(), to: to.to_owned(), kind, label };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }
}

fn destination(emission: &Emission, target: &Arn, from: &BusAddress) -> BusAddress {
    let (account, region) = acting_place(target, from);
    BusAddress::resolve(emission.constant_bus(), &account, &region)
}

/// The account and region of an ARN, where it has them.
fn places(arn: &str) -> (Option<String>, Option<String>) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Arn::parse(arn).map_or((None, None), |arn| (some(arn.account()), some(arn.region())))
}

/// `lambda fix-acl`, `sqs orders`: what people call a target.
fn short(arn: &Arn) -> String {
    let resource = arn.resource();
    let name = resource.split_once([':', '/']).map_or(resource, |(_, name)| name);
    format!("{} {name}", arn.service())
}
