//! The canonical text of a pattern.
//!
//! Recursion is bounded by the depth of what can be read (1000).

use super::ast::{Entry, Node, Object};
use super::operators::or;
use crate::json::{self, Value};
use crate::sets::Listed as _;

pub(super) fn print(root: &Object) -> String {
    json::print(&object(root))
}

fn object(object_: &Object) -> Value {
    let entry = |entry: &Entry| match entry {
        Entry::Field(field) => (field.name.clone(), node(&field.node)),
        Entry::Or(branches) => (or::NAME.to_owned(), Value::array(branches.iter().map(object).listed())),
    };
    Value::object(object_.entries.iter().map(entry).listed())
}

fn node(node: &Node) -> Value {
    match node {
        Node::Object(inner) => object(inner),
        Node::Leaves(leaves, _) => Value::array(leaves.iter().map(|leaf| leaf.operator.to_value()).listed()),
    }
}
