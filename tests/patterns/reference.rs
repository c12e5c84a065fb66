//! The facts' own algorithm, word for word and without any cleverness: sub-rules multiplied out, plain backtracking.
//!
//! It shares with the evaluator only the reading of texts and the test of one leaf against one value.

use std::collections::BTreeMap;

use eventbridge_sim::event::{Event, Field};
use eventbridge_sim::pattern::Pattern;
use eventbridge_sim::pattern::ast::{Entry, Node, Object};
use eventbridge_sim::pattern::operators::Leaf;

/// Paths in the order of Java strings, each with its leaves.
type SubRule = BTreeMap<Vec<u16>, (String, Vec<Leaf>)>;

pub fn matches(pattern: &str, event: &str) -> bool {
    let (pattern, event) = (Pattern::parse(pattern).unwrap(), Event::parse(event).unwrap());
    let rules = expand(pattern.root(), "", vec![SubRule::new()]);
    rules.iter().any(|rule| {
        let paths: Vec<&(String, Vec<Leaf>)> = rule.values().collect();
        walk(&event, &paths, &BTreeMap::new())
    })
}

/// Adds an object to each of the sub-rules so far; a path that is there already is replaced.
fn expand(object: &Object, prefix: &str, mut rules: Vec<SubRule>) -> Vec<SubRule> {
    for entry in &object.entries {
        match entry {
            Entry::Field(field) => {
                let path = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
                match &field.node {
                    Node::Object(inner) => rules = expand(inner, &path, rules),
                    Node::Leaves(leaves, _) => {
                        for rule in &mut rules {
                            rule.insert(path.encode_utf16().collect(), (path.clone(), leaves.to_vec()));
                        }
                    }
                }
            }
            Entry::Or(branches) => {
                rules = branches.iter().flat_map(|branch| expand(branch, prefix, rules.clone())).collect();
            }
        }
    }
    rules
}

fn walk(event: &Event, paths: &[&(String, Vec<Leaf>)], chosen: &BTreeMap<u32, u32>) -> bool {
    let Some(((path, leaves), rest)) = paths.split_first() else { return true };
    let merge = |field: &Field| {
        let mut merged = chosen.clone();
        event.membership(field).all(|(array, index)| *merged.entry(array).or_insert(index) == index).then_some(merged)
    };
    let values = event.at(path);
    let absent = values.iter().all(|field| merge(field).is_none());
    if absent && leaves.iter().any(|leaf| leaf.operator.accepts_absence()) && walk(event, rest, chosen) {
        return true;
    }
    values.iter().any(|field| {
        leaves.iter().any(|leaf| leaf.operator.test(&field.value))
            && merge(field).is_some_and(|merged| walk(event, rest, &merged))
    })
}
