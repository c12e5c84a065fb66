//! A pattern as it was written: objects with fields and `$or`s, and leaf arrays at the end of the paths.
//!
//! Nothing is resolved here: duplicate paths are all kept, in order, so that printing gives back what was read. What
//! overrides what is worked out by `compile`. Equality ignores spans.

use std::rc::Rc;

use super::operators::Leaf;
use crate::text::Span;

/// An object of a pattern: its members must all match.
#[derive(Clone, Debug)]
pub struct Object {
    /// The members in order, at least one.
    pub entries: Vec<Entry>,
    /// Where it stands.
    pub span: Span,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A field of the event.
    Field(Field),
    /// `"$or": [...]`: one of at least two objects must match.
    Or(Vec<Object>),
}

/// A field and what is asked of it.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name, which may hold dots.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// What is asked.
    pub node: Node,
}

/// What stands behind a field's name.
#[derive(Clone, Debug)]
pub enum Node {
    /// More fields below.
    Object(Object),
    /// The leaf array, one of which must match, and where it stands.
    Leaves(Rc<[Leaf]>, Span),
}

impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        self.entries == other.entries
    }
}

impl Eq for Object {}

impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        self.name == other.name && self.node == other.node
    }
}

impl Eq for Field {}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Object(a), Node::Object(b)) => a == b,
            (Node::Leaves(a, _), Node::Leaves(b, _)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Node {}
