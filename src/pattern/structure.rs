//! What must hold for a pattern to match, as "all of" and "one of": for those that reason about patterns.
//!
//! The trap: where a path is defined in several ways that exclude one another only by overriding (see `compile`), which
//! definition counts depends on the branches chosen elsewhere. Such a pattern has no simple tree; its sub-rules are written
//! out instead, up to a bound.

use super::Pattern;
use super::compile::{BranchId, Compiled, ROOT};
use crate::sets::Listed as _;

/// What must hold: all of this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// The definitions that must be satisfied, by number.
    pub definitions: Vec<usize>,
    /// Of each list one must hold.
    pub choices: Vec<Vec<Structure>>,
}

/// The most sub-rules that are written out.
const MOST: usize = 1000;

impl Pattern {
    /// What must hold for it to match; none when that would have to be written out and is too much.
    pub fn structure(&self) -> Option<Structure> {
        let compiled = &self.compiled;
        if compiled.definitions().iter().any(|definition| definition.contested) {
            let rules = sub_rules(compiled)?;
            let rules = rules.into_iter().map(|definitions| Structure { definitions, choices: Vec::new() });
            return Some(Structure { definitions: Vec::new(), choices: vec![rules.listed()] });
        }
        Some(tree(compiled, ROOT))
    }
}

/// Recursion is bounded by the depth of what can be read.
fn tree(compiled: &Compiled, branch: BranchId) -> Structure {
    let Some(branch) = compiled.branches.get(branch.0) else { return Structure::default() };
    let ors = branch.ors.iter().filter_map(|or| compiled.ors.get(*or));
    let ors = ors.map(|or| or.branches.iter().map(|branch| tree(compiled, *branch)).listed());
    Structure { definitions: branch.definitions.clone(), choices: ors.listed() }
}

fn sub_rules(compiled: &Compiled) -> Option<Vec<Vec<usize>>> {
    let choices = choices(compiled, ROOT)?;
    Some(choices.iter().map(|chosen| compiled.effective(chosen)).listed())
}

/// For each way to choose the branches below, the definitions that come together.
fn choices(compiled: &Compiled, branch: BranchId) -> Option<Vec<Vec<usize>>> {
    let branch = compiled.branches.get(branch.0)?;
    let mut ways = vec![branch.definitions.clone()];
    for or in branch.ors.iter().filter_map(|or| compiled.ors.get(*or)) {
        let mut more = Vec::new();
        for inner in &or.branches {
            for below in choices(compiled, *inner)? {
                more.extend(ways.iter().map(|way| [way.as_slice(), &below].concat()));
                if more.len() > MOST {
                    return None;
                }
            }
        }
        ways = more;
    }
    Some(ways)
}
