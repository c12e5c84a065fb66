//! The naive model: rules whose events hold up to three texts, stepped one after the other.

use std::collections::BTreeMap;

pub const FIELDS: [&str; 3] = ["a", "b", "c"];

/// What a rule, or an effect's `when`, asks of one field.
#[derive(Debug, Clone)]
pub enum Ask {
    OneOf(Vec<&'static str>),
    Prefix(&'static str),
    Exists,
    Missing,
}

/// What an effect writes into one field.
#[derive(Debug, Clone)]
pub enum Write {
    Constant(&'static str),
    Copy(usize),
    Append(usize),
    /// The same out of a param, which has this default.
    Default(usize, &'static str),
    /// The same by the target's input transformer, for which what is absent is empty.
    Transform(usize),
    Uuid,
    Nothing,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub source: usize,
    pub asks: Vec<(usize, Ask)>,
    pub when: Vec<(usize, Ask)>,
    pub next_source: usize,
    pub writes: Vec<Write>,
}

/// A field's value in the naive model. `Fresh` stands for a uuid: hex digits, never one of the constants.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Text(String),
    Fresh,
}

pub type State = (usize, BTreeMap<usize, Cell>);

pub fn asks(ask: &Ask, cell: Option<&Cell>) -> bool {
    match (ask, cell) {
        (Ask::Missing, cell) => cell.is_none(),
        (_, None) => false,
        (Ask::Exists, Some(_)) => true,
        (Ask::OneOf(values), Some(Cell::Text(text))) => values.contains(&text.as_str()),
        (Ask::Prefix(prefix), Some(Cell::Text(text))) => text.starts_with(prefix),
        (Ask::OneOf(_) | Ask::Prefix(_), Some(Cell::Fresh)) => false,
    }
}

/// What a rule makes of a state, if it fires and its effect applies.
pub fn step(rule: &Step, (source, cells): &State) -> Option<State> {
    let wanted = rule.asks.iter().chain(&rule.when).all(|(field, ask)| asks(ask, cells.get(field)));
    if rule.source != *source || !wanted {
        return None;
    }
    let mut next = BTreeMap::new();
    for (field, write) in rule.writes.iter().enumerate() {
        let cell = match write {
            Write::Constant(text) => Some(Cell::Text((*text).to_owned())),
            Write::Copy(from) => cells.get(from).cloned(),
            Write::Append(from) => cells.get(from).map(|cell| match cell {
                Cell::Text(text) => Cell::Text(format!("{text}z")),
                Cell::Fresh => Cell::Fresh,
            }),
            Write::Default(from, default) => Some(appended(cells.get(from), default)),
            Write::Transform(from) => Some(appended(cells.get(from), "")),
            Write::Uuid => Some(Cell::Fresh),
            Write::Nothing => None,
        };
        next.extend(cell.map(|cell| (field, cell)));
    }
    Some((rule.next_source, next))
}

pub fn appended(cell: Option<&Cell>, default: &str) -> Cell {
    match cell {
        Some(Cell::Text(text)) => Cell::Text(format!("{text}z")),
        Some(Cell::Fresh) => Cell::Fresh,
        None => Cell::Text(format!("{default}z")),
    }
}

/// A pattern asks each field once: the last of several asks counts.
pub fn distinct(wanted: &[(usize, Ask)]) -> Vec<(usize, Ask)> {
    let by_field: BTreeMap<usize, Ask> = wanted.iter().cloned().collect();
    by_field.into_iter().collect()
}

pub fn naive(rules: &[Step]) -> Vec<Step> {
    rules.iter().map(|rule| Step { asks: distinct(&rule.asks), when: distinct(&rule.when), ..rule.clone() }).collect()
}

/// Every state of fields that hold a text that is asked for, or nothing.
pub fn states() -> Vec<State> {
    let texts = [None, Some("0"), Some("1"), Some("x"), Some("1z")];
    let mut states: Vec<State> = vec![(0, BTreeMap::new()), (1, BTreeMap::new())];
    for field in 0..FIELDS.len() {
        let more = states.iter().flat_map(|(source, cells)| {
            texts.iter().map(move |text| {
                let cell = text.map(|text| (field, Cell::Text(text.to_owned())));
                (*source, cells.clone().into_iter().chain(cell).collect())
            })
        });
        states = more.collect();
    }
    states
}

/// The rules on a way from a state that comes back to a state on it, by a search in depth.
pub fn way_back(model: &[Step], start: State) -> Option<Vec<usize>> {
    let (mut on_way, mut fired, mut left) = (vec![(start, 0)], Vec::new(), Vec::new());
    while let Some((state, next_rule)) = on_way.last_mut() {
        let Some(rule) = model.get(*next_rule) else {
            left.extend(on_way.pop());
            fired.pop();
            continue;
        };
        *next_rule += 1;
        let (index, Some(next)) = (*next_rule - 1, step(rule, state)) else { continue };
        if left.iter().any(|(known, _)| *known == next) {
            continue;
        }
        fired.push(index);
        match on_way.iter().position(|(known, _)| *known == next) {
            Some(at) => return Some(fired.split_off(at)),
            None => on_way.push((next, 0)),
        }
    }
    None
}
