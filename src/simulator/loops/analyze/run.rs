//! The simulated run: an event sent round a cycle in a copy of the world that holds the rules of the cycle and no others.
//!
//! Whatever delivery decides (permissions, allowances, inputs, conditions) is decided by delivery itself. The copy has no
//! handlers: what they would answer nobody knows, and `mod` makes less of such a cycle.

use super::graph::{Edge, Graph};
use crate::analysis::sample::{complete, enveloped};
use crate::analysis::satisfy::put;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::behaviour::effect::Effect;
use crate::simulator::behaviour::record::{Behind, Outcome, Record};
use crate::simulator::loops::{Hop, LoopReport, Verdict};
use crate::simulator::state::RuleState;
use crate::simulator::{Caller, Delays, Options, Simulator};
use std::rc::Rc;

/// Firings of one run: enough for a few rounds, and for what else the rules of the cycle do.
const MOST_FIRINGS: usize = 400;

/// A copy of the world without rules.
pub(super) struct Runner {
    copy: Simulator,
}

/// What came of an event.
pub(super) struct Run {
    pub(super) event: Value,
    /// Once round, with the events.
    pub(super) path: Vec<Hop>,
    /// The event that came round to the first rule.
    pub(super) came: Option<Value>,
    /// The same follows for ever.
    pub(super) proven: Option<LoopReport>,
    /// The first rule fired a second time.
    pub(super) closed: bool,
    /// What stopped it on its way.
    pub(super) blocked: Option<String>,
    /// Something on the way was decided by what nobody knows for certain.
    pub(super) doubtful: bool,
}

impl Runner {
    pub(super) fn of(simulator: &Simulator) -> Runner {
        let options = Options {
            delays: Delays::None,
            max_firings: MOST_FIRINGS,
            max_record: MOST_FIRINGS * 50,
            ..simulator.options.clone()
        };
        let mut copy = Simulator::new(options);
        copy.world = simulator.world.clone();
        copy.effects.clone_from(&simulator.effects);
        // What fails some times and then succeeds is tried again, so it stops no loop.
        for (_, effect) in &mut copy.effects {
            if effect.fails.as_ref().is_some_and(|fails| fails.times.is_some()) {
                *effect = Rc::new(Effect { fails: None, ..(**effect).clone() });
            }
        }
        copy.now = simulator.now;
        let addresses: Vec<_> = copy
            .world
            .regions()
            .flat_map(|(account, region, state)| {
                state.buses().map(move |bus| (account.clone(), region.clone(), bus.name().clone()))
            })
            .listed();
        for (account, region, name) in addresses {
            if let Some(bus) = copy.world.region_mut(&account, &region, copy.now).bus_mut(&name) {
                bus.rules = Default::default();
            }
        }
        Runner { copy }
    }

    /// Sends an event to the first rule of a cycle, first as a whole event of its kind, then with no more than was asked.
    pub(super) fn run(&mut self, graph: &Graph<'_>, cycle: &[Edge<'_>], event: &Value) -> Option<Run> {
        let plain = dressed(graph, cycle, event);
        let pattern = graph.nodes.get(cycle.first()?.from)?.rule.matcher()?;
        let whole = complete(event.clone(), &[pattern], &[]);
        let whole = self.send(graph, cycle, &dressed(graph, cycle, &whole));
        match whole {
            Some(run) if run.closed || run.proven.is_some() => Some(run),
            whole => self.send(graph, cycle, &plain).or(whole),
        }
    }

    fn send(&mut self, graph: &Graph<'_>, cycle: &[Edge<'_>], event: &Value) -> Option<Run> {
        self.put_rules(graph, cycle, Presence::There);
        let bus = &graph.nodes.get(cycle.first()?.from)?.bus;
        self.copy.options.max_chain = (cycle.len() * 3 + 2).min(Options::LONGEST_CHAIN);
        let caller = Caller::new(bus.account.clone(), bus.region.clone());
        let sent = self.copy.emit(event, Some(&bus.arn()), &caller);
        let run = sent.is_ok().then(|| self.judge(graph, cycle, event.clone()));
        self.put_rules(graph, cycle, Presence::Gone);
        self.copy.record = Record::default();
        self.copy.loops.clear();
        self.copy.queue.clear();
        self.copy.pending.clear();
        self.copy.failures_done.clear();
        run
    }

    fn judge(&self, graph: &Graph<'_>, cycle: &[Edge<'_>], event: Value) -> Run {
        let record = &self.copy.record;
        let rules: Vec<&str> =
            cycle.iter().filter_map(|edge| Some(graph.nodes.get(edge.from)?.rule.arn.as_str())).listed();
        let is_this = |report: &&LoopReport| report.verdict == Verdict::Proven && is_rotation(&report.rules, &rules);
        let proven = self.copy.loops.iter().find(is_this).cloned();
        let mut run =
            Run { event, path: Vec::new(), came: None, proven, closed: false, blocked: None, doubtful: false };
        for index in record.invocations() {
            let invocation = record.invocation(index);
            let arrival = record.arrival(invocation.arrival);
            let rule = record.rule(index).map(|rule| rule.arn.as_str()).unwrap_or_default();
            if arrival.chain == cycle.len() && rules.first() == Some(&rule) {
                run.closed = true;
                run.came = Some(arrival.event().value().clone());
            }
            run.doubtful |= invocation.behind != Behind::Effects;
            let by_effect = invocation.outcome == Outcome::Failed && !invocation.may_fail.is_empty();
            let stopped = matches!(invocation.outcome, Outcome::NotDelivered | Outcome::Failed) && !by_effect;
            if stopped && run.blocked.is_none() {
                let words = invocation.failure.as_ref().map(|failure| {
                    let help = failure.help.as_deref().unwrap_or(&failure.message);
                    format!(
                        "rule `{}` cannot deliver to `{}`: {}: {help}",
                        record.rule(index).map_or("", |rule| &rule.name),
                        invocation.target.arn,
                        failure.code
                    )
                });
                run.blocked = words;
            }
            for next in &invocation.emitted {
                if let Some(why) = record.arrival(*next).dropped.as_ref().filter(|_| run.blocked.is_none()) {
                    run.blocked =
                        Some(format!("the event that `{}` causes does not arrive: {why}", invocation.target.arn));
                }
            }
        }
        run.path = self.path(graph, cycle);
        run
    }

    /// Once round, with the events that were there.
    fn path(&self, graph: &Graph<'_>, cycle: &[Edge<'_>]) -> Vec<Hop> {
        let record = &self.copy.record;
        let hop = |(step, edge): (usize, &Edge<'_>)| {
            let node = graph.nodes.get(edge.from)?;
            let target = node.targets.get(edge.spot)?.target;
            let is_it = |index: &_| {
                let invocation = record.invocation(*index);
                record.arrival(invocation.arrival).chain == step
                    && record.rule(*index).is_some_and(|rule| rule.arn == node.rule.arn)
            };
            let event = record.invocations().find(is_it);
            let event = event.map(|index| record.arrival(record.invocation(index).arrival).event().value().clone());
            Some(Hop {
                rule: node.rule.arn.clone(),
                target_id: target.id.to_string(),
                target: target.arn.to_string(),
                bus: node.bus.arn(),
                by: edge.link.words(),
                event: event.unwrap_or_else(Value::null),
            })
        };
        cycle.iter().enumerate().filter_map(hop).listed()
    }

    /// Adds the rules of a cycle, each enabled and with the targets that are used, or takes them away.
    fn put_rules(&mut self, graph: &Graph<'_>, cycle: &[Edge<'_>], presence: Presence) {
        let now = self.copy.now;
        for edge in cycle {
            let Some(node) = graph.nodes.get(edge.from) else { continue };
            let Some(spot) = node.targets.get(edge.spot) else { continue };
            let state = self.copy.world_mut().region_mut(&node.bus.account, &node.bus.region, now);
            let Some(bus) = state.bus_mut(&node.bus.name) else { continue };
            if presence == Presence::Gone {
                bus.rules.remove(&node.rule.name);
                continue;
            }
            let mut rule = node.rule.clone();
            rule.state = match rule.state {
                RuleState::Disabled => RuleState::Enabled,
                other => other,
            };
            rule.targets = std::iter::once((spot.target.id.clone(), spot.target.clone())).collect();
            bus.rules.insert(rule);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    There,
    Gone,
}

/// The event with a whole envelope, from the account and region of the bus where nothing else was asked.
fn dressed(graph: &Graph<'_>, cycle: &[Edge<'_>], event: &Value) -> Value {
    let mut event = event.clone();
    let bus = cycle.first().and_then(|edge| graph.nodes.get(edge.from)).map(|node| &node.bus);
    for (name, own) in bus.iter().flat_map(|bus| [("account", bus.account.as_str()), ("region", bus.region.as_str())]) {
        if event.get(name).is_none() {
            put(&mut event, name, Value::string(own));
        }
    }
    enveloped(&event)
}

fn is_rotation(rules: &[String], cycle: &[&str]) -> bool {
    rules.len() == cycle.len()
        && (0..cycle.len()).any(|turn| {
            let turned = cycle.iter().cycle().skip(turn);
            rules.iter().zip(turned).all(|(one, other)| one == other)
        })
}
