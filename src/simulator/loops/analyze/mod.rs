//! Infinite loops, found before any event: which rules can fire each other for ever, and with which event.
//!
//! A graph of rules is searched for elementary cycles, and each is asked as a whole (`round`): is there an event that goes
//! once round? If not, that is proven and nothing is said. If so, the event is sent round in a copy of the world (`run`):
//! * *proven*: the run meets the same event again (the proof of `loops`), or every event that goes round once provably goes
//!   round again: an invariant, which covers texts that grow;
//! * *cut*: the run stops at something that can be switched: a disabled rule, an allowance, a permission, a missing bus;
//! * *possible*: it went round, and neither proof succeeded.
//!
//! A target that an effect fails for ever ends the cycle for good, so nothing is said; one that it fails only `when` something
//! holds stands in the way of the events that were found, and whether others pass is left open.
//!
//! Invariant: nothing is called proven without a run that shows it. What could not be decided is told in `not_analysed`,
//! and then `complete` is false.

mod compose;
mod cycles;
mod fix;
mod graph;
mod input;
mod round;
mod run;
mod shapes;

use serde::Serialize;

use super::Hop;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::sets::strings::Found;
use crate::simulator::Simulator;
use graph::{Edge, Graph, Link, has_handler};
use round::Round;
use run::{Run, Runner};

pub use fix::LoopFix;

/// How sure an analysed loop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Analysed {
    /// It goes on for ever.
    Proven,
    /// It can go round once.
    Possible,
    /// It would, but for a named switch.
    Cut,
}

impl Analysed {
    /// As it is written in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Possible => "possible",
            Self::Cut => "cut",
        }
    }
}

/// A loop that was found without events.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnalysedLoop {
    /// How sure.
    pub verdict: Analysed,
    /// Rule ARNs in the order of the cycle; the witness fires the first.
    pub rules: Vec<String>,
    /// Once round, with the events of the simulated run.
    pub path: Vec<Hop>,
    /// Why.
    pub reason: String,
    /// The fields that carry the cycle.
    pub tested_paths: Vec<String>,
    /// An event that goes round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Value>,
    /// What is true of an event before a round, and again after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invariant: Option<String>,
    /// Never stopped, because nothing ran: 0.
    pub count: usize,
    /// A change that breaks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<LoopFix>,
}

/// What the analysis came to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Analysis {
    /// Shortest first.
    pub loops: Vec<AnalysedLoop>,
    /// Whether no other cycle can be there, among what was analysed.
    pub complete: bool,
    /// What was left out, and why.
    pub not_analysed: Vec<String>,
}

/// The most edges of a graph.
const MOST_EDGES: usize = 100_000;

impl Link<'_> {
    fn words(self) -> &'static str {
        match self {
            Link::Hop { .. } => "bus",
            Link::Effect { .. } => "effect",
        }
    }
}

/// Searches the world of a simulator for loops.
pub fn analyze(simulator: &Simulator) -> Analysis {
    let graph = Graph::of(simulator);
    let mut analysis = Analysis { loops: Vec::new(), complete: true, not_analysed: graph.not_analysed.clone() };
    if graph.edges.len() > MOST_EDGES {
        analysis.give_up(format!("cycles: there are more than {MOST_EDGES} ways from rule to rule"));
        return analysis;
    }
    let ends: Vec<(usize, usize)> = graph.edges.iter().map(|edge| (edge.from, edge.to)).listed();
    let found = cycles::search(graph.nodes.len(), &ends);
    if !found.complete {
        analysis.give_up(format!("longer cycles: the first {} were looked at", found.cycles.len()));
    }
    let mut runner = None;
    for cycle in found.cycles {
        let edges: Vec<Edge<'_>> = cycle.iter().filter_map(|edge| graph.edges.get(*edge).copied()).listed();
        let edges = turned(edges);
        let runner = runner.get_or_insert_with(|| Runner::of(simulator));
        match judge(simulator, &graph, &edges, runner) {
            Ok(Some(report)) => analysis.add(report),
            Ok(None) => {}
            Err(why) => analysis.give_up(format!("the cycle {}: {why}", names(&graph, &edges))),
        }
    }
    analysis
}

impl Analysis {
    /// Adds a report. The same rules through the same targets, by other emissions, are one loop: the surer report stays.
    fn add(&mut self, report: AnalysedLoop) {
        let way = |report: &AnalysedLoop| -> Vec<(String, String)> {
            report.path.iter().map(|hop| (hop.rule.clone(), hop.target_id.clone())).listed()
        };
        let sure = |report: &AnalysedLoop| match report.verdict {
            Analysed::Proven => 2,
            Analysed::Possible => 1,
            Analysed::Cut => 0,
        };
        match self.loops.iter_mut().find(|known| way(known) == way(&report)) {
            Some(known) if sure(known) < sure(&report) => *known = report,
            Some(_) => {}
            None => self.loops.push(report),
        }
    }

    fn give_up(&mut self, what: String) {
        self.complete = false;
        if !self.not_analysed.contains(&what) {
            self.not_analysed.push(what);
        }
    }
}

/// The cycle from a rule whose event is a new one, so that it has its bus hops before it; of several the least.
fn turned(mut edges: Vec<Edge<'_>>) -> Vec<Edge<'_>> {
    let before = |at: usize| edges.get((at + edges.len() - 1) % edges.len());
    let fresh = |at: &usize| before(*at).is_some_and(|edge| matches!(edge.link, Link::Effect { .. }));
    let start = (0..edges.len()).filter(fresh).min_by_key(|at| edges.get(*at).map(|edge| edge.from));
    edges.rotate_left(start.unwrap_or(0));
    edges
}

fn names(graph: &Graph<'_>, cycle: &[Edge<'_>]) -> String {
    let name = |edge: &Edge<'_>| graph.nodes.get(edge.from).map(|node| format!("`{}`", node.rule.name));
    cycle.iter().filter_map(name).listed().join(" → ")
}

/// So many rounds an event is asked to go.
const MOST_ROUNDS: usize = 3;

const TOO_MUCH: &str = "the search for an event took too many steps";
const ENDS: &str = "it goes round once, and no event goes round twice: it ends by itself";
const OPEN: &str = "it goes round, but not with the same event, and no proof was found that it always does";
const TOO_MANY: &str = "what must hold of its event is too much to be written out";

/// What is to be said of a cycle; an error when that could not be decided.
fn judge(
    simulator: &Simulator,
    graph: &Graph<'_>,
    cycle: &[Edge<'_>],
    runner: &mut Runner,
) -> Result<Option<AnalysedLoop>, &'static str> {
    let round = round::compose(graph, cycle, 1, None).ok_or(TOO_MANY)?;
    let events = match round::events(graph, &round.formula) {
        Found::None => return Ok(None),
        Found::Unknown => return Err(TOO_MUCH),
        Found::Some(events) => events,
    };
    if cycle.iter().any(|edge| never_takes(simulator, graph, edge)) {
        return Ok(None);
    }
    let runs = runs(graph, cycle, runner, events).ok_or("the event that was found cannot be sent")?;
    let run = &runs.best;
    let disabled = cycle.iter().filter_map(|edge| graph.nodes.get(edge.from)).find(|node| !node.rule.is_enabled());
    let handled = cycle.iter().any(|edge| {
        let spot = graph.nodes.get(edge.from).and_then(|node| node.targets.get(edge.spot));
        spot.is_some_and(|spot| has_handler(simulator, spot.target.arn.as_str()))
    });
    let tested = run.proven.as_ref().map_or_else(|| round::paths(&round.formula), |report| report.tested_paths.clone());
    let mut report = AnalysedLoop {
        verdict: Analysed::Possible,
        rules: cycle.iter().filter_map(|edge| Some(graph.nodes.get(edge.from)?.rule.arn.clone())).listed(),
        path: run.path.clone(),
        reason: String::new(),
        tested_paths: tested,
        witness: Some(run.event.clone()),
        invariant: None,
        count: 0,
        fix: None,
    };
    (report.verdict, report.reason) = match (&run.proven, run.came.is_some(), disabled) {
        (_, true, Some(node)) => {
            (Analysed::Cut, format!("rule `{}` is disabled; enabled, the loop would run", node.rule.name))
        }
        (_, true, None) if handled => {
            (Analysed::Possible, "it goes round, but a handler on the way may change its mind".to_owned())
        }
        (Some(proof), ..) => (Analysed::Proven, proof.reason.clone()),
        (None, true, None) => match invariant(graph, cycle, &round, &runs) {
            Some(words) => {
                let reason = format!("every event with {words} goes round and has it again: it goes on for ever");
                report.invariant = Some(words);
                (Analysed::Proven, reason)
            }
            None if runs.ends => (Analysed::Possible, ENDS.to_owned()),
            None => (Analysed::Possible, OPEN.to_owned()),
        },
        (None, false, _) => match run.blocked.clone() {
            Some(why) => (Analysed::Cut, why),
            None => {
                return Err("no event was found that goes round in a simulated run, nor a proof that there is none");
            }
        },
    };
    if report.verdict != Analysed::Cut {
        report.fix = fix::fix(graph, cycle, run);
    }
    Ok(Some(report))
}

/// What the runs of a cycle came to.
struct Runs {
    /// The one that shows most.
    best: Run,
    /// Two rounds as one question, where one was not enough,
    twice: Option<Round>,
    /// and whether no event goes round twice.
    ends: bool,
}

/// Sends the events that were found. What goes round once need not go round again, so where nothing is proven, events that go
/// round more often are tried too.
fn runs(graph: &Graph<'_>, cycle: &[Edge<'_>], runner: &mut Runner, mut events: Vec<Value>) -> Option<Runs> {
    let (mut best, mut twice, mut ends): (Option<Run>, _, _) = (None, None, false);
    for rounds in 2.. {
        for event in &events {
            let Some(run) = runner.run(graph, cycle, event) else { continue };
            let rank = |run: &Run| (run.proven.is_some(), run.came.is_some(), run.blocked.is_some());
            if best.as_ref().is_none_or(|best| rank(&run) > rank(best)) {
                best = Some(run);
            }
        }
        let is_open = best.as_ref().is_some_and(|best| best.proven.is_none() && best.came.is_some());
        if !is_open || rounds > MOST_ROUNDS {
            break;
        }
        let Some(round) = round::compose(graph, cycle, rounds, None) else { break };
        let more = round::events(graph, &round.formula);
        if rounds == 2 {
            (twice, ends) = (Some(round), more == Found::None);
        }
        let Found::Some(more) = more else { break };
        events = more;
    }
    Some(Runs { best: best?, twice, ends })
}

/// Whether a declared effect fails the target of this edge whatever comes: then nothing goes round, and that is no switch.
fn never_takes(simulator: &Simulator, graph: &Graph<'_>, edge: &Edge<'_>) -> bool {
    let Some(spot) = graph.nodes.get(edge.from).and_then(|node| node.targets.get(edge.spot)) else { return false };
    simulator.effects.iter().any(|(_, effect)| {
        effect.when.is_none()
            && effect.fails.as_ref().is_some_and(|fails| fails.times.is_none())
            && crate::sets::glob::matches(&effect.target, spot.target.arn.as_str())
    })
}

/// What holds of an event before a round and again after it, in words.
fn invariant(graph: &Graph<'_>, cycle: &[Edge<'_>], round: &Round, runs: &Runs) -> Option<String> {
    let twice = runs.twice.as_ref()?;
    let certain = !round.open && !twice.open && !runs.best.doubtful;
    let one_account = cycle.iter().all(|edge| {
        let node = graph.nodes.get(edge.from);
        node.is_some_and(|node| node.targets.get(edge.spot).is_some_and(|spot| spot.place.0 == node.bus.account))
    });
    if !certain || !one_account || !round::always(graph, &round.formula, &twice.formula) {
        return None;
    }
    let mut words = Vec::new();
    round.formula.each(&mut |literal| {
        let leaves: Vec<String> = literal.leaves.iter().map(|leaf| leaf.operator.describe()).listed();
        let said = format!("`{}` {}", literal.path, leaves.join(" or "));
        if literal.around.is_none() && !words.contains(&said) {
            words.push(said);
        }
    });
    Some(words.join(", "))
}
