//! Patterns as formulas: literals about paths, joined by "all of" and "one of".
//!
//! A literal says of one path that what stands there satisfies, or does not satisfy, one of some leaves. That a pattern
//! does *not* match is a formula too: the literals turn round, "all" becomes "one of" and back. It is exact where every
//! field holds at most one value; what arrays change is told in `mod`.

use std::rc::Rc;

use crate::pattern::operators::Leaf;
use crate::pattern::{Pattern, Structure};
use crate::sets::Listed as _;
use crate::sets::strings::Side;

/// What must hold of a path.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The names joined by dots.
    pub path: Rc<str>,
    /// What is asked of the value there, if it stands alone, or of the text around it.
    pub leaves: Rc<[Leaf]>,
    /// Whether one leaf must be satisfied, or none.
    pub side: Side,
    /// Which of several patterns asks.
    pub owner: usize,
    /// The texts before and behind the value, when a text is asked that it is a part of.
    pub around: Option<Rc<(String, String)>>,
}

impl Literal {
    /// Whether another one about the same path asks nothing else.
    pub(super) fn asks_the_same(&self, other: &Literal) -> bool {
        let operators =
            || self.leaves.iter().zip(other.leaves.iter()).all(|(one, other)| one.operator == other.operator);
        self.side == other.side
            && self.around == other.around
            && (Rc::ptr_eq(&self.leaves, &other.leaves) || self.leaves.len() == other.leaves.len() && operators())
    }
}

/// What must hold of an event.
#[derive(Clone, Debug)]
pub enum Formula {
    /// This.
    Literal(Literal),
    /// All of these; of none: true.
    All(Vec<Formula>),
    /// One of these; of none: false.
    Any(Vec<Formula>),
}

impl Formula {
    /// That a pattern matches (`Inside`) or does not. None when its `$or`s are too many to be written out.
    pub fn of(pattern: &Pattern, side: Side, owner: usize) -> Option<Formula> {
        Some(build(pattern, &pattern.structure()?, side, owner))
    }

    /// What always holds.
    pub fn truth() -> Formula {
        Formula::All(Vec::new())
    }

    /// What never holds.
    pub fn falsehood() -> Formula {
        Formula::Any(Vec::new())
    }

    /// The opposite.
    pub fn negated(&self) -> Formula {
        match self {
            Formula::Literal(literal) => {
                let side = if literal.side == Side::Inside { Side::Outside } else { Side::Inside };
                Formula::Literal(Literal { side, ..literal.clone() })
            }
            Formula::All(parts) => Formula::Any(parts.iter().map(Formula::negated).listed()),
            Formula::Any(parts) => Formula::All(parts.iter().map(Formula::negated).listed()),
        }
    }

    /// Puts another formula in the place of each literal.
    pub fn replaced(&self, by: &mut dyn FnMut(&Literal) -> Formula) -> Formula {
        match self {
            Formula::Literal(literal) => by(literal),
            Formula::All(parts) => Formula::All(parts.iter().map(|part| part.replaced(by)).listed()),
            Formula::Any(parts) => Formula::Any(parts.iter().map(|part| part.replaced(by)).listed()),
        }
    }

    /// Shows every literal.
    pub fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Literal)) {
        match self {
            Formula::Literal(literal) => see(literal),
            Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|part| part.each(see)),
        }
    }
}

/// Recursion is bounded by the depth of what can be read.
fn build(pattern: &Pattern, structure: &Structure, side: Side, owner: usize) -> Formula {
    let definitions = structure.definitions.iter().filter_map(|index| pattern.definitions().get(*index));
    let literal = |definition: &crate::pattern::Definition| {
        let (path, leaves) = (Rc::clone(&definition.path), Rc::clone(&definition.leaves));
        Formula::Literal(Literal { path, leaves, side, owner, around: None })
    };
    let mut parts: Vec<Formula> = definitions.map(literal).listed();
    for branches in &structure.choices {
        let branches = branches.iter().map(|branch| build(pattern, branch, side, owner)).listed();
        parts.push(if side == Side::Inside { Formula::Any(branches) } else { Formula::All(branches) });
    }
    if side == Side::Inside { Formula::All(parts) } else { Formula::Any(parts) }
}
