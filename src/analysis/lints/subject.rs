//! A pattern laid out for lints: every leaf array with its path, its neighbours and what replaces it.
//!
//! The trap: `compile` drops definitions that have no effect; lints must see them, so the tree is walked here once more,
//! with the same rules for paths and for what overrides what.

use std::cmp::Ordering;
use std::rc::Rc;

use super::envelope::{self, Fate, Known};
use crate::diagnostics::Severity;
use crate::pattern::Pattern;
use crate::pattern::ast::{Entry, Field, Node, Object};
use crate::pattern::operators::Leaf;
use crate::sets::{Listed as _, sort_by};
use crate::text::Span;

/// A pattern and what lints want to know of it.
pub(super) struct Subject<'a> {
    pub(super) pattern: &'a Pattern,
    /// The leaf arrays in the order of the text.
    pub(super) sites: Vec<Site<'a>>,
    /// The fields of the event's own level, each with the object it stands in.
    pub(super) tops: Vec<(&'a Field, &'a Object)>,
}

/// A leaf array.
pub(super) struct Site<'a> {
    pub(super) path: Rc<str>,
    pub(super) field: &'a Field,
    pub(super) leaves: &'a [Leaf],
    pub(super) span: Span,
    /// What the envelope says of values at the path.
    pub(super) known: Known,
    pub(super) standing: Standing,
    /// The object of the leaf array's field, when it stands alone there and is not the pattern or a branch.
    pub(super) alone: Option<Alone<'a>>,
    /// The largest member that holds this leaf array and nothing else, and leaves something behind when it goes.
    pub(super) member: Option<Span>,
    branch: usize,
}

/// An object with a single field in it.
#[derive(Clone, Copy)]
pub(super) struct Alone<'a> {
    pub(super) span: Span,
    /// The field it is the value of.
    pub(super) of: &'a Field,
}

/// What a leaf array decides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Without it nothing matches, and nothing takes its place.
    Whole,
    /// It stands in a branch of a `$or`, or something takes its place in some branches.
    Partly,
    /// This other one takes its place in some branches.
    Overridden(usize),
    /// This other one always takes its place.
    Replaced(usize),
}

/// How many later definitions of the same path are looked at.
const COMPARED: usize = 16;

impl<'a> Subject<'a> {
    pub(super) fn of(pattern: &'a Pattern) -> Subject<'a> {
        let mut walk = Walk { sites: Vec::new(), tops: Vec::new(), branches: vec![None], ors: 0 };
        walk.object(pattern.root(), Inside { path: None, branch: 0, member: None, of: None });
        walk.settle();
        Subject { pattern, sites: walk.sites, tops: walk.tops }
    }

    pub(super) fn text(&self) -> &'a str {
        self.pattern.text()
    }

    /// The leaf arrays that have an effect.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Site<'a>> {
        self.sites.iter().filter(|site| !matches!(site.standing, Standing::Replaced(_)))
    }

    /// The leaves that have an effect, each with its leaf array.
    pub(super) fn leaves(&self) -> impl Iterator<Item = (&Site<'a>, &'a Leaf)> {
        self.standing().flat_map(|site| site.leaves.iter().map(move |leaf| (site, leaf)))
    }
}

impl<'a> Site<'a> {
    /// The same with one leaf.
    pub(super) fn only(&self, leaf: &'a Leaf) -> Site<'a> {
        Site { leaves: std::slice::from_ref(leaf), path: Rc::clone(&self.path), ..*self }
    }

    /// Whether no leaf can match.
    pub(super) fn is_hopeless(&self) -> bool {
        self.leaves.iter().all(|leaf| envelope::fate(&self.known, &leaf.operator) == Fate::Never)
    }

    /// An error where the whole pattern can therefore not match, else a warning.
    pub(super) fn severity(&self) -> Severity {
        match self.standing == Standing::Whole && self.is_hopeless() {
            true => Severity::Error,
            false => Severity::Warning,
        }
    }
}

/// Where an object stands.
struct Inside<'a, 'p> {
    path: Option<&'p str>,
    branch: usize,
    member: Option<Span>,
    of: Option<&'a Field>,
}

struct Walk<'a> {
    sites: Vec<Site<'a>>,
    tops: Vec<(&'a Field, &'a Object)>,
    /// For each branch the `$or` it belongs to and the branch around that.
    branches: Vec<Option<(usize, usize)>>,
    ors: usize,
}

impl<'a> Walk<'a> {
    /// Recursion is bounded by the depth of what can be read.
    fn object(&mut self, object: &'a Object, inside: Inside<'a, '_>) {
        for entry in &object.entries {
            match entry {
                Entry::Field(field) => self.field(field, object, &inside),
                Entry::Or(branches) => {
                    let or = self.ors;
                    self.ors += 1;
                    for inner in branches {
                        let branch = self.branches.len();
                        self.branches.push(Some((or, inside.branch)));
                        self.object(inner, Inside { path: inside.path, branch, member: None, of: None });
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &'a Field, object: &'a Object, inside: &Inside<'a, '_>) {
        if inside.path.is_none() {
            self.tops.push((field, object));
        }
        let alone = object.entries.len() == 1;
        let (Node::Object(Object { span, .. }) | Node::Leaves(_, span)) = &field.node;
        let member = if alone { inside.member } else { Some(field.span.to(*span)) };
        let below = || inside.path.map_or_else(|| field.name.clone(), |path| format!("{path}.{}", field.name));
        match &field.node {
            Node::Object(inner) => {
                let path = below();
                self.object(inner, Inside { path: Some(&path), branch: inside.branch, member, of: Some(field) });
            }
            Node::Leaves(leaves, span) => {
                // As in `compile`: no dot between an empty outer path and the last name.
                let path = if inside.path == Some("") { field.name.clone() } else { below() };
                self.sites.push(Site {
                    known: envelope::known(&path),
                    path: path.into(),
                    field,
                    leaves,
                    span: *span,
                    standing: if inside.branch == 0 { Standing::Whole } else { Standing::Partly },
                    alone: inside.of.filter(|_| alone).map(|of| Alone { span: object.span, of }),
                    member,
                    branch: inside.branch,
                });
            }
        }
    }

    /// Works out what replaces what.
    fn settle(&mut self) {
        let path = |index: &usize| self.sites.get(*index).map(|site| &*site.path);
        let mut order: Vec<usize> = (0..self.sites.len()).listed();
        sort_by(&mut order, |a, b| path(a).cmp(&path(b)));
        let mut changes = Vec::new();
        for (at, index) in order.iter().enumerate() {
            let later = order.get(at + 1..).unwrap_or(&[]).iter().take_while(|later| path(later) == path(index));
            let near = later.take(COMPARED).filter_map(|later| self.compare(*index, *later));
            let standing = near.reduce(|a, b| if matches!(b, Standing::Replaced(_)) { b } else { a });
            changes.extend(standing.map(|standing| (*index, standing)));
        }
        for (index, standing) in changes {
            if let Some(site) = self.sites.get_mut(index) {
                site.standing = standing;
            }
        }
    }

    /// What a later definition of the same path does to an earlier one; nothing when they exclude each other.
    fn compare(&self, earlier: usize, later: usize) -> Option<Standing> {
        let (first, second) = (self.sites.get(earlier)?.branch, self.sites.get(later)?.branch);
        if first == second || self.around(first).any(|(_, outer)| outer == second) {
            return Some(Standing::Replaced(later));
        }
        (!self.exclude(first, second)).then_some(Standing::Overridden(later))
    }

    /// Whether two branches belong to different branches of the same `$or`. Inner `$or`s have higher numbers, so the first
    /// that both lie in decides.
    fn exclude(&self, first: usize, second: usize) -> bool {
        let (mut one, mut other) = (self.within(first).peekable(), self.within(second).peekable());
        while let (Some((or, branch)), Some((other_or, other_branch))) = (one.peek(), other.peek()) {
            match or.cmp(other_or) {
                Ordering::Equal => return branch != other_branch,
                Ordering::Greater => drop(one.next()),
                Ordering::Less => drop(other.next()),
            }
        }
        false
    }

    /// The `$or`s around a branch, innermost first, each with the branch it stands in.
    fn around(&self, branch: usize) -> impl Iterator<Item = (usize, usize)> {
        let up = |branch: usize| self.branches.get(branch).copied().flatten();
        std::iter::successors(up(branch), move |(_, outer)| up(*outer))
    }

    /// The `$or`s around a branch, each with the branch of it that is meant.
    fn within(&self, branch: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut inner = branch;
        self.around(branch).map(move |(or, outer)| (or, std::mem::replace(&mut inner, outer)))
    }
}
