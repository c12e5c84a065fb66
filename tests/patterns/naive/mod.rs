//! Matching once more, without any cleverness and without a line of `src`: the facts' algorithm word for word.
//!
//! `$or`s are multiplied out into sub-rules, every combination of values is tried, and each kind of leaf is tested by plain
//! work on strings. Patterns must be good ones, and small.

mod json;
mod leaf;
mod number;

use std::collections::BTreeMap;

use json::Json;

/// A value of the event: where it is, what it is, in which elements of which arrays it lies.
struct Found {
    path: String,
    value: Json,
    elements: Vec<(usize, usize)>,
}

/// Paths in the order of Java strings, each with its leaves.
type SubRule = BTreeMap<Vec<u16>, (String, Vec<Json>)>;

/// The element chosen in each array.
type Chosen = BTreeMap<usize, usize>;

pub fn matches(pattern: &str, event: &str) -> bool {
    let mut found = Vec::new();
    flatten(&json::read(event), "", &[], &mut 0, &mut found);
    expand(&json::read(pattern), "", vec![SubRule::new()]).iter().any(|rule| {
        let paths: Vec<&(String, Vec<Json>)> = rule.values().collect();
        walk(&found, &paths, &Chosen::new())
    })
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

fn flatten(value: &Json, path: &str, elements: &[(usize, usize)], arrays: &mut usize, found: &mut Vec<Found>) {
    match value {
        Json::Object(members) => {
            members.iter().for_each(|(name, value)| flatten(value, &join(path, name), elements, arrays, found));
        }
        Json::Array(items) => {
            let array = *arrays;
            *arrays += 1;
            for (index, item) in items.iter().enumerate() {
                let mut inside = elements.to_vec();
                // A plain item is not held to its own array.
                if matches!(item, Json::Object(_) | Json::Array(_)) {
                    inside.push((array, index));
                }
                flatten(item, path, &inside, arrays, found);
            }
        }
        plain => {
            found.push(Found { path: path.to_owned(), value: plain.clone(), elements: elements.to_vec() });
        }
    }
}

/// Adds an object to each of the sub-rules so far; a path that is there already is replaced.
fn expand(object: &Json, prefix: &str, mut rules: Vec<SubRule>) -> Vec<SubRule> {
    let Json::Object(members) = object else { unreachable!("a good pattern") };
    for (name, value) in members {
        match value {
            Json::Array(branches) if name == "$or" => {
                rules = branches.iter().flat_map(|branch| expand(branch, prefix, rules.clone())).collect();
            }
            Json::Array(leaves) => {
                let path = join(prefix, name);
                for rule in &mut rules {
                    rule.insert(path.encode_utf16().collect(), (path.clone(), leaves.clone()));
                }
            }
            inner => rules = expand(inner, &join(prefix, name), rules),
        }
    }
    rules
}

fn walk(event: &[Found], paths: &[&(String, Vec<Json>)], chosen: &Chosen) -> bool {
    let Some(((path, leaves), rest)) = paths.split_first() else { return true };
    let values: Vec<(&Found, Chosen)> = event
        .iter()
        .filter(|found| found.path == *path)
        .filter_map(|found| Some((found, merge(chosen, &found.elements)?)))
        .collect();
    if values.is_empty() && leaves.iter().any(leaf::accepts_absence) && walk(event, rest, chosen) {
        return true;
    }
    values
        .iter()
        .any(|(found, merged)| leaves.iter().any(|leaf| leaf::test(leaf, &found.value)) && walk(event, rest, merged))
}

fn merge(chosen: &Chosen, elements: &[(usize, usize)]) -> Option<Chosen> {
    let mut merged = chosen.clone();
    let fits = elements.iter().all(|(array, index)| merged.entry(*array).or_insert(*index) == index);
    fits.then_some(merged)
}
