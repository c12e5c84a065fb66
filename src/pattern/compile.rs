//! What overrides what: from the pattern as written to definitions, branches and `$or`s.
//!
//! A *definition* is a path with its leaf array. It stands in a *branch*: the pattern itself (branch 0) or an object of
//! a `$or`. Choosing one branch of every `$or` gives a sub-rule; in a sub-rule the last definition of a path, in the
//! order of the text, replaces the earlier ones. The choices are never multiplied out.
//!
//! Two facts are worked out here for the evaluator: a definition is *dead* (and left out) when a later one of the same
//! path always stands beside it, and *contested* when it depends on the choices which of several takes effect.
//!
//! Source: pattern language, sections 1 and 5.

use std::collections::HashMap;
use std::rc::Rc;

use super::PatternError;
use super::ast::{Entry, Node, Object};
use super::few::Few;
use super::operators::Leaf;
use crate::sets::{Listed as _, SortedMap, sort_by};
use crate::text::Span;

/// The number of a branch; 0 is the pattern itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub(super) usize);

pub(super) const ROOT: BranchId = BranchId(0);

/// A path and its leaf array.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The names joined by dots.
    pub path: Rc<str>,
    /// The leaf array.
    pub leaves: Rc<[Leaf]>,
    /// Where the leaf array stands.
    pub span: Span,
    pub(super) branch: BranchId,
    /// Whether other definitions of the path may take its place, or it theirs.
    pub(super) contested: bool,
}

/// A branch: what stands in it directly.
#[derive(Clone, Debug, Default)]
pub(super) struct Branch {
    /// The `$or` it is a branch of.
    pub(super) parent: Option<usize>,
    pub(super) definitions: Vec<usize>,
    pub(super) ors: Vec<usize>,
}

/// A `$or`.
#[derive(Clone, Debug)]
pub(super) struct Or {
    /// The branch it stands in.
    pub(super) parent: BranchId,
    pub(super) branches: Vec<BranchId>,
    /// Whether a contested definition stands anywhere inside.
    pub(super) contested: bool,
}

/// All definitions of one path.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) path: Rc<str>,
    /// In the order of the text.
    pub(super) definitions: Few,
}

/// A pattern ready to be evaluated.
#[derive(Clone, Debug, Default)]
pub(super) struct Compiled {
    definitions: Vec<Definition>,
    pub(super) branches: Vec<Branch>,
    pub(super) ors: Vec<Or>,
    /// In the order of Java strings, in which the service matches.
    pub(super) groups: Vec<Group>,
}

/// The most paths of one sub-rule.
const MAX_PATHS: usize = 256;
/// The most bytes all paths may have together: our own bound, far beyond what the service's 4,096 characters can name.
const MAX_PATH_BYTES: usize = 64 << 20;

pub(super) fn compile(root: &Object) -> Result<Compiled, PatternError> {
    let mut walk = Walk { path: String::with_capacity(64), ..Walk::default() };
    walk.compiled.branches.push(Branch::default());
    walk.object(root, Within::Event, ROOT)?;
    let mut compiled = walk.compiled;
    compiled.drop_dead();
    compiled.check_leaves()?;
    compiled.find_contested();
    compiled.check_size(root.span)?;
    compiled.sort_groups();
    Ok(compiled)
}

#[derive(Default)]
struct Walk {
    compiled: Compiled,
    /// The path of the object that is walked.
    path: String,
    /// The groups by their paths, once there are many.
    groups: HashMap<Rc<str>, u32>,
    path_bytes: usize,
}

/// Up to so many groups are looked through.
const FEW_GROUPS: usize = 16;

/// What an object stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// In the event itself, or in a `$or` of it.
    Event,
    /// Under a name.
    Field,
}

impl Walk {
    /// Recursion is bounded by the depth of what can be read.
    fn object(&mut self, object: &Object, within: Within, branch: BranchId) -> Result<(), PatternError> {
        for entry in &object.entries {
            match entry {
                Entry::Field(field) => {
                    let outer = self.path.len();
                    // The service puts no dot between an empty outer path and the last name.
                    let last = matches!(field.node, Node::Leaves(..));
                    if within == Within::Field && !(last && outer == 0) {
                        self.path.push('.');
                    }
                    self.path.push_str(&field.name);
                    match &field.node {
                        Node::Object(inner) => self.object(inner, Within::Field, branch)?,
                        Node::Leaves(leaves, span) => self.define(Rc::clone(leaves), *span, branch)?,
                    }
                    self.path.truncate(outer);
                }
                Entry::Or(objects) => {
                    let or = self.compiled.ors.len();
                    self.compiled.ors.push(Or { parent: branch, branches: Vec::new(), contested: false });
                    self.compiled.branch_mut(branch, |it| it.ors.push(or));
                    for object in objects {
                        let inner = BranchId(self.compiled.branches.len());
                        self.compiled.branches.push(Branch { parent: Some(or), ..Branch::default() });
                        if let Some(or) = self.compiled.ors.get_mut(or) {
                            or.branches.push(inner);
                        }
                        self.object(object, within, inner)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A leaf array at the path walked to.
    fn define(&mut self, leaves: Rc<[Leaf]>, span: Span, branch: BranchId) -> Result<(), PatternError> {
        let index = self.compiled.definitions.len();
        let path = self.add_to_group(index, span)?;
        self.compiled.definitions.push(Definition { path, leaves, span, branch, contested: false });
        self.compiled.branch_mut(branch, |it| it.definitions.push(index));
        Ok(())
    }

    /// Adds a definition to the group of the path walked to, and gives the path.
    fn add_to_group(&mut self, index: usize, span: Span) -> Result<Rc<str>, PatternError> {
        let groups = &mut self.compiled.groups;
        let known = if groups.len() <= FEW_GROUPS {
            groups.iter_mut().find(|group| *group.path == *self.path)
        } else {
            self.groups.get(self.path.as_str()).and_then(|at| groups.get_mut(*at as usize))
        };
        if let Some(known) = known {
            known.definitions.push(index);
            return Ok(Rc::clone(&known.path));
        }
        self.path_bytes += self.path.len();
        if self.path_bytes > MAX_PATH_BYTES {
            return Err(PatternError::new("EB209", "The paths of the pattern are too long", span));
        }
        let path: Rc<str> = self.path.as_str().into();
        groups.push(Group { path: Rc::clone(&path), definitions: Few::One(index) });
        if groups.len() > FEW_GROUPS {
            // The first time all of them.
            let new = if self.groups.is_empty() { 0 } else { groups.len() - 1 };
            for (at, group) in groups.iter().enumerate().skip(new) {
                self.groups.insert(Rc::clone(&group.path), u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        Ok(path)
    }
}

impl Compiled {
    pub(super) fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// One sub-rule by itself: only these definitions, which must have different paths, without any `$or`.
    pub(super) fn only(&self, indexes: &[usize]) -> Compiled {
        let mut compiled = Compiled { branches: vec![Branch::default()], ..Compiled::default() };
        for definition in indexes.iter().filter_map(|index| self.definition(*index)) {
            let index = compiled.definitions.len();
            compiled.groups.push(Group { path: Rc::clone(&definition.path), definitions: Few::One(index) });
            compiled.branch_mut(ROOT, |root| root.definitions.push(index));
            compiled.definitions.push(Definition { branch: ROOT, contested: false, ..definition.clone() });
        }
        compiled.sort_groups();
        compiled
    }

    pub(super) fn definition(&self, index: usize) -> Option<&Definition> {
        self.definitions.get(index)
    }

    fn branch_of(&self, index: usize) -> BranchId {
        self.definition(index).map_or(ROOT, |definition| definition.branch)
    }

    /// Of these definitions the last of each path, in the order of the text: those that take effect together.
    pub(super) fn effective(&self, chosen: &[usize]) -> Vec<usize> {
        let mut is_chosen = vec![false; self.definitions.len()];
        for index in chosen {
            is_chosen.get_mut(*index).into_iter().for_each(|it| *it = true);
        }
        let is_chosen = |index: &usize| is_chosen.get(*index).copied().unwrap_or_default();
        let last = |group: &Group| group.definitions.iter().copied().rev().find(is_chosen);
        let mut effective = self.groups.iter().filter_map(last).listed();
        sort_by(&mut effective, |one, other| one.cmp(other));
        effective
    }

    /// The paths in order, each with its definitions.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &Definition>)> {
        self.groups
            .iter()
            .map(|group| (&*group.path, group.definitions.iter().filter_map(|index| self.definition(*index))))
    }

    /// A branch and those around it, each with the `$or` it belongs to, innermost first.
    pub(super) fn chain(&self, branch: BranchId) -> impl Iterator<Item = (BranchId, Option<usize>)> {
        let or_of = |branch: BranchId| self.branches.get(branch.0).and_then(|branch| branch.parent);
        std::iter::successors(Some((branch, or_of(branch))), move |(_, or)| {
            let outer = self.ors.get((*or)?)?.parent;
            Some((outer, or_of(outer)))
        })
    }

    fn branch_mut(&mut self, branch: BranchId, change: impl FnOnce(&mut Branch)) {
        if let Some(branch) = self.branches.get_mut(branch.0) {
            change(branch);
        }
    }

    /// Leaves out definitions that a later one always replaces, and numbers the others anew.
    fn drop_dead(&mut self) {
        if self.groups.iter().all(|group| group.definitions.len() == 1) {
            return;
        }
        let mut dead = vec![false; self.definitions.len()];
        for group in self.groups.iter().filter(|group| group.definitions.len() > 1) {
            let mut last: SortedMap<usize, Option<usize>> = SortedMap::new();
            for index in group.definitions.iter() {
                last.insert(self.branch_of(*index).0, Some(*index));
            }
            for index in group.definitions.iter() {
                let later = |branch: BranchId| last.get(&branch.0).is_some_and(|last| *last > Some(*index));
                let is_dead = self.chain(self.branch_of(*index)).any(|(branch, _)| later(branch));
                dead.get_mut(*index).into_iter().for_each(|dead| *dead = is_dead);
            }
        }
        if !dead.contains(&true) {
            return;
        }
        let mut count = 0;
        let renumbered: Vec<Option<usize>> = dead
            .iter()
            .map(|dead| {
                count += usize::from(!dead);
                (!dead).then(|| count - 1)
            })
            .listed();
        let renumber =
            |indexes: &[usize]| indexes.iter().filter_map(|index| renumbered.get(*index).copied().flatten()).listed();
        self.branches.iter_mut().for_each(|branch| branch.definitions = renumber(&branch.definitions));
        self.groups.iter_mut().for_each(|group| group.definitions = Few::Many(renumber(&group.definitions)));
        let mut dead = dead.into_iter();
        self.definitions.retain(|_| dead.next() == Some(false));
    }

    /// Refuses leaves that the service's parser accepts and its engine cannot work with.
    fn check_leaves(&self) -> Result<(), PatternError> {
        let leaves = self.definitions.iter().flat_map(|definition| definition.leaves.iter());
        leaves.map(Leaf::check).find(Result::is_err).unwrap_or(Ok(()))
    }

    /// A path is contested in a branch when it is defined in two ways below it: directly and in a `$or`, or in two
    /// `$or`s. (Branches of one `$or` exclude each other.)
    fn find_contested(&mut self) {
        let mut contested: Vec<usize> = Vec::new();
        for group in self.groups.iter().filter(|group| group.definitions.len() > 1) {
            let mut ways: SortedMap<usize, Option<usize>> = SortedMap::new();
            let mut disputed: Vec<BranchId> = Vec::new();
            for branch in group.definitions.iter().map(|index| self.branch_of(*index)) {
                let mut way = None;
                for (branch, or) in self.chain(branch) {
                    if *ways.get_or_insert_with(branch.0, |_| way) != way {
                        disputed.push(branch);
                    }
                    way = or;
                }
            }
            if disputed.is_empty() {
                continue;
            }
            sort_by(&mut disputed, |one, other| one.cmp(other));
            let in_dispute = |index: &&usize| {
                self.chain(self.branch_of(**index)).any(|(branch, _)| disputed.binary_search(&branch).is_ok())
            };
            contested.extend(group.definitions.iter().filter(in_dispute));
        }
        for index in contested {
            let Some(definition) = self.definitions.get_mut(index) else { continue };
            definition.contested = true;
            let branch = definition.branch;
            let ors: Vec<usize> = self.chain(branch).filter_map(|(_, or)| or).listed();
            for or in ors {
                if let Some(or) = self.ors.get_mut(or) {
                    or.contested = true;
                }
            }
        }
    }

    /// How many sub-rules the `$or`s give when they are multiplied out; `u64::MAX` stands for all that are more.
    pub(super) fn combinations(&self) -> u64 {
        // Inner branches have higher numbers, so they are counted first.
        let mut counts = vec![1u64; self.branches.len()];
        for (index, branch) in self.branches.iter().enumerate().rev() {
            let alternatives = |or: &usize| {
                let branches = self.ors.get(*or).map_or(&[][..], |or| &or.branches);
                branches.iter().filter_map(|branch| counts.get(branch.0)).fold(0, |sum: u64, n| sum.saturating_add(*n))
            };
            let count = branch.ors.iter().map(alternatives).fold(1, u64::saturating_mul);
            if let Some(slot) = counts.get_mut(index) {
                *slot = count;
            }
        }
        counts.first().copied().unwrap_or(1)
    }

    /// Refuses a pattern with a sub-rule of too many paths.
    fn check_size(&self, span: Span) -> Result<(), PatternError> {
        if self.definitions.len() <= MAX_PATHS {
            return Ok(());
        }
        // Inner branches have higher numbers, so they are counted first.
        let mut sizes = vec![0usize; self.branches.len()];
        for (index, branch) in self.branches.iter().enumerate().rev() {
            let largest = |or: &usize| {
                let branches = self.ors.get(*or).map_or(&[][..], |or| &or.branches);
                branches.iter().filter_map(|branch| sizes.get(branch.0)).max().copied().unwrap_or(0)
            };
            let size = branch.definitions.len() + branch.ors.iter().map(largest).sum::<usize>();
            if let Some(slot) = sizes.get_mut(index) {
                *slot = size;
            }
        }
        match sizes.first() {
            Some(size) if *size > MAX_PATHS => {
                let error = PatternError::new("EB209", "Size of rule 'rule' exceeds max value of 256", span);
                Err(error.with_help("name at most 256 fields"))
            }
            _ => Ok(()),
        }
    }

    fn sort_groups(&mut self) {
        sort_by(&mut self.groups, |a, b| {
            // Nearly all paths are ASCII, and these stand in the same order as bytes.
            let plain = a.path.is_ascii() && b.path.is_ascii();
            if plain { a.path.cmp(&b.path) } else { a.path.encode_utf16().cmp(b.path.encode_utf16()) }
        });
    }
}
