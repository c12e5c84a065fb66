//! A whole round of a cycle as one question about the event that begins it.
//!
//! From the end backwards: the first rule must match the last event; every link turns that into a question about the event
//! before it, to which the rule there and the effect's condition add theirs. The rounds can be put one behind the other.

use std::cell::{Cell, RefCell};

use super::compose::Emitted;
use super::graph::{Edge, Graph, Link, Spot};
use crate::analysis::satisfy::{Formula, Literal, World, values};
use crate::json::Value;
use crate::sets::Listed as _;
use crate::sets::strings::{Found, Side};

/// What must hold of the first event.
pub(super) struct Round {
    pub(super) formula: Formula,
    /// Whether something was taken as "yes" without proof.
    pub(super) open: bool,
}

/// The most questions that a round may come to.
const MOST_QUESTIONS: usize = 100_000;

/// The round of a cycle, so many times. `instead` takes the place of one rule's pattern. None when it is too much to be
/// written out.
pub(super) fn compose(
    graph: &Graph<'_>,
    cycle: &[Edge<'_>],
    rounds: usize,
    instead: Option<(usize, &Formula)>,
) -> Option<Round> {
    let open = Cell::new(false);
    let most = graph.left.get().min(MOST_QUESTIONS);
    let left = Cell::new(most);
    let steps: Vec<&Edge<'_>> = std::iter::repeat_n(cycle, rounds).flatten().listed();
    let pattern = |node: usize, owner: usize| {
        let own = graph.nodes.get(node)?.formula.as_ref()?;
        let formula = instead.filter(|(changed, _)| *changed == node).map_or(own, |(_, formula)| formula);
        Some(owned(formula, owner))
    };
    let mut formula = pattern(cycle.first()?.from, steps.len())?;
    for (index, edge) in steps.iter().enumerate().rev() {
        let spot = graph.nodes.get(edge.from)?.targets.get(edge.spot)?;
        let mut parts = vec![pattern(edge.from, index)?];
        if let Link::Effect { effect, .. } = edge.link
            && let Some(when) = &effect.when
        {
            parts.push(Formula::of(when, Side::Inside, steps.len() + 1 + index)?);
        }
        parts.push(formula.replaced(&mut |literal| pull(edge, spot, literal, &open, &left)));
        formula = Formula::All(parts);
    }
    graph.left.set(graph.left.get() - (most - left.get()));
    (left.get() > 0).then(|| Round { formula, open: open.get() })
}

/// A literal about the event behind an edge, as a question about the one before it.
fn pull(edge: &Edge<'_>, spot: &Spot<'_>, literal: &Literal, open: &Cell<bool>, left: &Cell<usize>) -> Formula {
    match edge.link {
        Link::Hop { crosses: true } if matches!(&*literal.path, "id" | "time") => {
            open.set(true);
            Formula::truth()
        }
        Link::Hop { .. } => Formula::Literal(literal.clone()),
        Link::Effect { effect, emission } => {
            let (params, input, place) = (effect.params.as_slice(), &spot.input, &spot.place);
            Emitted { emission, params, input, place, open, left, asking: RefCell::default() }.pull(literal)
        }
    }
}

fn owned(formula: &Formula, owner: usize) -> Formula {
    formula.replaced(&mut |literal| Formula::Literal(Literal { owner, ..literal.clone() }))
}

/// Events that may go round; none: proven.
pub(super) fn events(graph: &Graph<'_>, formula: &Formula) -> Found<Vec<Value>> {
    values(std::slice::from_ref(formula), World::Sent, &graph.searches)
}

/// Whether every event of one formula meets the other. Absence inside arrays is not argued about.
pub(super) fn always(graph: &Graph<'_>, given: &Formula, then: &Formula) -> bool {
    let mut plain = true;
    then.each(&mut |literal| plain &= !literal.accepts_absence() || literal.path.matches('.').count() < 2);
    let none = |formulas: &[Formula]| crate::analysis::satisfy::none_alone(formulas, World::Sent, &graph.searches);
    // What only arrays meet is met by nothing here, and of nothing everything is true.
    plain && !none(std::slice::from_ref(given)) && none(&[given.clone(), then.negated()])
}

/// The paths that a formula asks about, each once.
pub(super) fn paths(formula: &Formula) -> Vec<String> {
    let mut paths = Vec::new();
    formula.each(&mut |literal| {
        let path = literal.path.to_string();
        if !paths.contains(&path) {
            paths.push(path);
        }
    });
    crate::sets::sort_by(&mut paths, |one, other| one.cmp(other));
    paths
}
