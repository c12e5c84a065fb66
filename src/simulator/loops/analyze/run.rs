//! The simulated run: an event sent round a cycle in a copy of the world that holds the rules of the cycle and no others.
//!
//! Whatever delivery decides (permissions, allowances, inputs, conditions) is decided by delivery itself. The copy has no
//! handlers: what they would answer nobody knows, and `mod` makes less of such a cycle.
//!
//! The rules of a cycle may fire each other in another order too. What counts is the way that the cycle takes, from the event
//! on: a proof that was met elsewhere is of another event, which is then sent instead.

use super::graph::{Edge, Graph};
use crate::analysis::sample::{complete, enveloped};
use crate::analysis::satisfy::put;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::behaviour::effect::Effect;
use crate::simulator::behaviour::record::{Behind, InvocationIndex, Outcome, Record};
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
    /// The event that came round to the first rule, if one did.
    pub(super) came: Option<Value>,
    /// The same follows for ever.
    pub(super) proven: Option<LoopReport>,
    /// An event that goes round for ever, met after a detour.
    recurring: Option<Value>,
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
        let run = match whole {
            Some(run) if run.came.is_some() => Some(run),
            whole => self.send(graph, cycle, &plain).or(whole),
        }?;
        let recurring = run.recurring.as_ref().filter(|_| run.proven.is_none());
        let again = recurring.and_then(|event| self.send(graph, cycle, event));
        Some(again.filter(|again| again.proven.is_some()).unwrap_or(run))
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
        let way = self.way(&rules);
        let proof = |index: InvocationIndex| {
            let report = self.copy.loops.get(record.invocation(index).loop_index?)?;
            (report.verdict == Verdict::Proven).then(|| (index, report.clone()))
        };
        let (stopped, proven) = way.iter().find_map(|(index, _)| proof(*index)).unzip();
        let farthest = || way.iter().rev().max_by_key(|(_, step)| *step).map(|(index, _)| *index);
        let events = self.behind(stopped.or_else(farthest));
        let blocked = way.iter().find_map(|(index, _)| self.block(*index));
        let doubtful = way.iter().any(|(index, _)| record.invocation(*index).behind != Behind::Effects);
        let path = path(graph, cycle, &events);
        let came = events.get(cycle.len()).cloned();
        Run { event, path, came, proven, recurring: self.recurring(&rules), blocked, doubtful }
    }

    /// The firings that follow the cycle, in the order in which they came, and how many came before each.
    fn way(&self, rules: &[&str]) -> Vec<(InvocationIndex, usize)> {
        let record = &self.copy.record;
        let mut way: Vec<(InvocationIndex, usize)> = Vec::new();
        for index in record.invocations() {
            let step = match record.arrival(record.invocation(index).arrival).cause.invocation() {
                None => Some(0),
                Some(before) => way.iter().find(|(known, _)| *known == before).map(|(_, step)| step + 1),
            };
            let due =
                |step: &usize| rules.get(step % rules.len()).copied() == record.rule(index).map(|rule| &*rule.arn);
            way.extend(step.filter(due).map(|step| (index, step)));
        }
        way
    }

    /// The events that led to a firing, the first one first.
    fn behind(&self, firing: Option<InvocationIndex>) -> Vec<Value> {
        let arrival = |firing: InvocationIndex| self.copy.record.arrival(self.copy.record.invocation(firing).arrival);
        let chain = std::iter::successors(firing, |firing| arrival(*firing).cause.invocation());
        let mut events = chain.map(|firing| arrival(firing).event().value().clone()).listed();
        events.reverse();
        events
    }

    /// Of a proof that these rules go round: the event at the first of them.
    fn recurring(&self, rules: &[&str]) -> Option<Value> {
        let is_this = |report: &&LoopReport| report.verdict == Verdict::Proven && is_rotation(&report.rules, rules);
        let report = self.copy.loops.iter().find(is_this)?;
        let hop = report.path.iter().find(|hop| Some(&*hop.rule) == rules.first().copied())?;
        Some(hop.event.clone())
    }

    /// Why what a firing leads to does not happen.
    fn block(&self, index: InvocationIndex) -> Option<String> {
        let record = &self.copy.record;
        let invocation = record.invocation(index);
        let by_effect = invocation.outcome == Outcome::Failed && !invocation.may_fail.is_empty();
        if matches!(invocation.outcome, Outcome::NotDelivered | Outcome::Failed) && !by_effect {
            let failure = invocation.failure.as_ref()?;
            let help = failure.help.as_deref().unwrap_or(&failure.message);
            let rule = record.rule(index).map_or("", |rule| &rule.name);
            return Some(format!(
                "rule `{rule}` cannot deliver to `{}`: {}: {help}",
                invocation.target.arn, failure.code
            ));
        }
        let why = invocation.emitted.iter().find_map(|next| record.arrival(*next).dropped.as_ref())?;
        Some(format!("the event that `{}` causes does not arrive: {why}", invocation.target.arn))
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

/// Once round, with the events that were there.
fn path(graph: &Graph<'_>, cycle: &[Edge<'_>], events: &[Value]) -> Vec<Hop> {
    let hop = |(step, edge): (usize, &Edge<'_>)| {
        let node = graph.nodes.get(edge.from)?;
        let target = node.targets.get(edge.spot)?.target;
        Some(Hop {
            rule: node.rule.arn.clone(),
            target_id: target.id.to_string(),
            target: target.arn.to_string(),
            bus: node.bus.arn(),
            by: edge.link.words(),
            event: events.get(step).cloned().unwrap_or_else(Value::null),
        })
    };
    cycle.iter().enumerate().filter_map(hop).listed()
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
