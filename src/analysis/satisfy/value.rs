//! One path: a value, or none, that meets all literals about it.
//!
//! Proposals come first, because most literals name the values they want. Where none fits, each kind of value is searched
//! to the end: null, true and false are tried; of the numbers one of each kind that the operands tell apart; strings by
//! their automata. So "none" is proven. The leaves' own test judges every value, so nothing can disagree with it.

use super::formula::Literal;
use super::numbers::representatives;
use super::plausible::proposals;
use crate::event::Scalar;
use crate::json::{self, Number};
use crate::pattern::operators::Leaf;
use crate::sets::Listed as _;
use crate::sets::strings::{Condition, Found, Shape, Side, Strings, find};

/// What can stand at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Any value, several in arrays, or none.
    Anything,
    /// One string.
    Text,
    /// One string or none.
    MaybeText,
    /// Any number of strings.
    Texts,
    /// No value.
    Nothing,
}

impl Stand {
    fn allows(self, value: Option<&Scalar>) -> bool {
        match (self, value) {
            (Stand::Anything, _) => true,
            (Stand::Nothing, value) => value.is_none(),
            (Stand::Text, None) => false,
            (Stand::MaybeText | Stand::Texts, None) => true,
            (_, Some(value)) => matches!(value, Scalar::String(_)),
        }
    }

    /// Whether several values can stand there.
    pub(super) fn allows_several(self) -> bool {
        matches!(self, Stand::Anything | Stand::Texts)
    }
}

impl Literal {
    /// Whether it holds where this value stands alone, or none.
    pub fn holds(&self, value: Option<&Scalar>) -> bool {
        let satisfied = match (value, &self.around) {
            (None, _) => self.accepts_absence(),
            (Some(value), None) => self.leaves.iter().any(|leaf| leaf.operator.test(value)),
            (Some(value), Some(around)) => {
                let text = Scalar::String(format!("{}{}{}", around.0, as_text(value), around.1).into());
                self.leaves.iter().any(|leaf| leaf.operator.test(&text))
            }
        };
        satisfied == (self.side == Side::Inside)
    }

    /// Whether one of its leaves is satisfied by the absence of a value.
    pub fn accepts_absence(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.operator.accepts_absence())
    }
}

/// A value as a part of a longer text.
fn as_text(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.to_string(),
        other => json::print(&other.to_value()),
    }
}

/// A value (or none) that meets all literals; absence is tried first.
pub(super) fn any(path: &str, literals: &[&Literal], stand: Stand) -> Found<Option<Scalar>> {
    if stand.allows(None) && literals.iter().all(|literal| literal.holds(None)) {
        return Found::Some(None);
    }
    match present(path, literals, stand) {
        Found::Some(value) => Found::Some(Some(value)),
        Found::None => Found::None,
        Found::Unknown => Found::Unknown,
    }
}

/// A value that meets all literals.
pub(super) fn present(path: &str, literals: &[&Literal], stand: Stand) -> Found<Scalar> {
    let meets = |value: &Scalar| stand.allows(Some(value)) && literals.iter().all(|literal| literal.holds(Some(value)));
    if stand == Stand::Nothing {
        return Found::None;
    }
    let wanted = literals.iter().filter(|literal| literal.side == Side::Inside);
    let leaves = wanted.flat_map(|literal| literal.leaves.iter());
    if let Some(value) = proposals(path, leaves).into_iter().find(meets) {
        return Found::Some(value);
    }
    // null, true and false were among the proposals.
    let strings = string(literals, None);
    if let Found::Some(text) = &strings {
        let value = Scalar::String(text.as_str().into());
        return if meets(&value) { Found::Some(value) } else { Found::Unknown };
    }
    let numbers = if stand == Stand::Anything { number(literals, &meets) } else { Found::None };
    match (numbers, strings) {
        (Found::None, Found::Unknown) => Found::Unknown,
        (numbers, _) => numbers,
    }
}

fn number(literals: &[&Literal], meets: &dyn Fn(&Scalar) -> bool) -> Found<Scalar> {
    let plain = literals.iter().filter(|literal| literal.around.is_none());
    let leaves = plain.flat_map(|literal| literal.leaves.iter());
    let operands: Vec<Number> = leaves.flat_map(|leaf| leaf.operator.value_set().numbers).listed();
    let kinds = representatives(&operands).into_iter().map(Scalar::Number);
    if let Some(number) = kinds.into_iter().find(meets) {
        return Found::Some(number);
    }
    let texts: Vec<&Literal> = literals.iter().copied().filter(|literal| literal.around.is_some()).listed();
    let plain: Vec<&Literal> = literals.iter().copied().filter(|literal| literal.around.is_none()).listed();
    let plainly = |value: &Scalar| plain.iter().all(|literal| literal.holds(Some(value)));
    if texts.is_empty() || !representatives(&operands).into_iter().map(Scalar::Number).any(|value| plainly(&value)) {
        return Found::None;
    }
    // As parts of texts numbers are told apart by their spelling.
    match string(&texts, Some(Shape::Number)) {
        Found::Some(text) => match Number::parse(&text).map(Scalar::Number).filter(meets) {
            Some(number) => Found::Some(number),
            None => Found::Unknown,
        },
        Found::None => Found::None,
        Found::Unknown => Found::Unknown,
    }
}

/// A string that meets all literals, and is of a shape.
fn string(literals: &[&Literal], shape: Option<Shape>) -> Found<String> {
    let set = |leaf: &Leaf| leaf.operator.value_set().strings;
    let condition = |literal: &&Literal| {
        let (before, after) = literal.around.as_deref().cloned().unwrap_or_default();
        Condition { sets: literal.leaves.iter().map(set).listed(), side: literal.side, before, after }
    };
    let mut conditions: Vec<Condition> = literals.iter().map(condition).listed();
    conditions.extend(shape.map(|shape| Condition {
        sets: vec![Strings::of(vec![shape])],
        side: Side::Inside,
        before: String::new(),
        after: String::new(),
    }));
    find(&conditions)
}
