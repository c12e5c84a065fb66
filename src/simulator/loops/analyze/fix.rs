//! The smallest change of one pattern that breaks a loop: one leaf list with one leaf.
//!
//! What tells an event that came round from the one that began is what the effects write into it. So for each value that an
//! event on the way has, two changes are tried: that the field be absent, if the rule's own event lacked it, and that it be
//! anything but this value. A change counts if the round is impossible with it, proven as at first; those that let the
//! witness still fire its first rule go before others, then the shorter pattern.

use super::graph::{Edge, Graph};
use super::round::{compose, events};
use super::run::Run;
use crate::analysis::satisfy::Formula;
use crate::event::{Event, Scalar};
use crate::json::{self, Kind, Value};
use crate::pattern::Pattern;
use crate::sets::strings::{Found, Side};
use serde::Serialize;

/// A change of one pattern.
#[derive(Clone, Debug, Serialize)]
pub struct LoopFix {
    /// ARN of the rule.
    pub rule: String,
    /// Its new pattern.
    pub pattern: Value,
    /// What it does.
    pub explanation: String,
}

/// So many changes are tried.
const MOST: usize = 120;

struct Change {
    node: usize,
    pattern: Pattern,
    path: String,
    leaf: Value,
    keeps_first: bool,
}

/// The best change, if one breaks the loop. `path` is one round as it was run.
pub(super) fn fix(graph: &Graph<'_>, cycle: &[Edge<'_>], run: &Run) -> Option<LoopFix> {
    let mut changes = Vec::new();
    for (step, edge) in cycle.iter().enumerate() {
        let own = &run.path.get(step)?.event;
        let came = if step == 0 { run.came.as_ref()? } else { own };
        collect(graph, edge.from, step, own, came, &mut changes);
    }
    let rank = |change: &Change| (!change.keeps_first, weight(&change.path), change.pattern.text().len());
    crate::sets::sort_by(&mut changes, |one, other| rank(one).cmp(&rank(other)));
    let found = changes.into_iter().take(MOST).find(|change| breaks(graph, cycle, change))?;
    let rule = graph.nodes.get(found.node)?.rule;
    let after = if found.keeps_first { "; the event that began the loop still matches" } else { "" };
    let explanation = format!(
        "add `{}` for `{}` to the pattern of `{}`: what comes round does not match any more{after}",
        json::print(&found.leaf),
        found.path,
        rule.name,
    );
    let pattern = json::parse(found.pattern.text()).ok()?;
    Some(LoopFix { rule: rule.arn.clone(), pattern, explanation })
}

/// The changes for the rule of a step: from the values of the event that comes round to it.
fn collect(graph: &Graph<'_>, node: usize, step: usize, own: &Value, came: &Value, changes: &mut Vec<Change>) {
    let Some(rule) = graph.nodes.get(node).map(|node| node.rule) else { return };
    let Some(pattern) = rule.matcher() else { return };
    let (Ok(came), Ok(first)) = (Event::from_value(came.clone()), Event::from_value(own.clone())) else { return };
    for field in came.fields() {
        let path = came.path(field);
        let tested = pattern.definitions().iter().any(|definition| {
            let below = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'));
            *definition.path == *path || below(&definition.path, &path) || below(&path, &definition.path)
        });
        let fixed = matches!(path.as_str(), "id" | "time" | "version");
        if tested || fixed || changes.len() >= MOST * 4 {
            continue;
        }
        let absent = first.at(&path).is_empty();
        let mut leaves = Vec::new();
        if absent && step == 0 {
            leaves.push(Value::object(vec![("exists", Value::boolean(false))]));
        }
        if matches!(field.value, Scalar::String(_) | Scalar::Number(_)) {
            leaves.push(Value::object(vec![("anything-but", field.value.to_value())]));
        }
        for leaf in leaves {
            let Some(pattern) = with_leaf(pattern, &path, &leaf) else { continue };
            let keeps_first = step != 0 || pattern.matches(&first) == Ok(true);
            changes.push(Change { node, pattern, path: path.clone(), leaf, keeps_first });
        }
    }
}

/// How well a field tells who or what made an event: lower is better. The envelope says least.
fn weight(path: &str) -> usize {
    let tells = ["userIdentity", "principal", "requester", "reason", "invokedBy"];
    match path.strip_prefix("detail.") {
        Some(inside) if tells.iter().any(|name| inside.contains(name)) => 0,
        Some(_) => 1,
        None => 2,
    }
}

/// The pattern with one more leaf list.
fn with_leaf(pattern: &Pattern, path: &str, leaf: &Value) -> Option<Pattern> {
    let mut value = json::parse_prefix(pattern.text()).ok()?;
    add(&mut value, path, &Value::array(vec![leaf.clone()]))?;
    Pattern::parse(&json::print(&value)).ok()
}

/// Recursion is bounded by the path's length.
fn add(object: &mut Value, path: &str, leaves: &Value) -> Option<()> {
    let Kind::Object(members) = &mut object.kind else { return None };
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if let Some(member) = members.iter_mut().find(|member| member.name == name) {
        return add(&mut member.value, rest?, leaves);
    }
    let inner = match rest {
        None => leaves.clone(),
        Some(rest) => {
            let mut inner = Value::object::<String>(Vec::new());
            add(&mut inner, rest, leaves)?;
            inner
        }
    };
    let Kind::Object(new) = Value::object(vec![(name, inner)]).kind else { return None };
    members.extend(new);
    Some(())
}

fn breaks(graph: &Graph<'_>, cycle: &[Edge<'_>], change: &Change) -> bool {
    let Some(formula) = Formula::of(&change.pattern, Side::Inside, 0) else { return false };
    let round = compose(graph, cycle, 1, Some((change.node, &formula)));
    round.is_some_and(|round| events(graph, &round.formula) == Found::None)
}
