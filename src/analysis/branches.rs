//! What a branch of a `$or` is called: `detail.$or[1]`, the names and places on the way to it.
//!
//! A leaf array is known by its place in the text, which no two share. The pattern is walked once for all that are asked
//! for; the walk is as deep as a pattern can be read, which is bounded.

use crate::pattern::ast::{Entry, Node, Object};
use crate::sets::Listed as _;
use crate::text::Span;

/// For each of these leaf arrays, given in the order of the text, the innermost branch that it stands in.
pub(super) fn names(root: &Object, leaves: &[Span]) -> Vec<String> {
    let mut walk = Walk { wanted: leaves, way: Vec::new(), names: Vec::new() };
    walk.object(root);
    walk.names
}

struct Walk<'a> {
    wanted: &'a [Span],
    way: Vec<Step<'a>>,
    names: Vec<String>,
}

enum Step<'a> {
    Field(&'a str),
    Branch(usize),
}

impl<'a> Walk<'a> {
    fn object(&mut self, object: &'a Object) {
        for entry in &object.entries {
            match entry {
                Entry::Field(field) => match &field.node {
                    Node::Object(inner) => self.step(Step::Field(&field.name), inner),
                    Node::Leaves(_, span) if self.wanted.first() == Some(span) => {
                        self.wanted = self.wanted.get(1..).unwrap_or_default();
                        self.names.push(self.name());
                    }
                    Node::Leaves(..) => {}
                },
                Entry::Or(branches) => {
                    for (index, branch) in branches.iter().enumerate() {
                        self.step(Step::Branch(index), branch);
                    }
                }
            }
            if self.wanted.is_empty() {
                return;
            }
        }
    }

    fn step(&mut self, step: Step<'a>, inner: &'a Object) {
        self.way.push(step);
        self.object(inner);
        self.way.pop();
    }

    /// Where the walk stands, up to the last branch.
    fn name(&self) -> String {
        let end = self.way.iter().rposition(|step| matches!(step, Step::Branch(_))).map_or(0, |last| last + 1);
        let names = self.way.iter().take(end).map(|step| match step {
            Step::Field(name) => (*name).to_owned(),
            Step::Branch(index) => format!("$or[{index}]"),
        });
        names.listed().join(".")
    }
}
