//! The elementary cycles of a graph, shortest first, up to a stated number.
//!
//! For each length in turn and each rule that can be the least of a cycle, paths are followed only where the way back is
//! short enough, so that no step is in vain but for paths that meet themselves. Two edges between the same rules (two
//! targets, two emissions) make two cycles.

use crate::sets::Listed as _;

use std::collections::VecDeque;

/// The most cycles that are looked at.
pub(super) const MOST_CYCLES: usize = 200;
/// The most rules of a cycle.
pub(super) const LONGEST: usize = 60;
/// The most steps of the search.
const STEPS: usize = 400_000;

/// The cycles as lists of edges, and whether they are all.
pub(super) struct Cycles {
    pub(super) cycles: Vec<Vec<usize>>,
    pub(super) complete: bool,
}

struct Search<'a> {
    /// For each node the edges that leave it: number and end.
    out: &'a [Vec<(usize, usize)>],
    start: usize,
    /// For each node how many edges lead back to the start at least.
    back: Vec<Option<usize>>,
    on_path: Vec<bool>,
    path: Vec<usize>,
    found: Vec<Vec<usize>>,
    steps: usize,
}

/// Searches a graph of so many nodes, with edges from → to.
pub(super) fn search(nodes: usize, edges: &[(usize, usize)]) -> Cycles {
    let mut out: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes];
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (number, (from, to)) in edges.iter().enumerate() {
        out.get_mut(*from).into_iter().for_each(|list| list.push((number, *to)));
        into.get_mut(*to).into_iter().for_each(|list| list.push(*from));
    }
    let mut starts: Vec<(usize, Vec<Option<usize>>)> = Vec::new();
    let mut longest = 0;
    let mut work = 0;
    for start in 0..nodes {
        let back = distances(&into, start);
        work += back.iter().flatten().count();
        // Rules that lie on a cycle through the start and come after it.
        let ahead = reached(&out, start, &back);
        if ahead > 0 {
            longest = longest.max(ahead);
            starts.push((start, back));
        }
        if work > 20_000_000 {
            return Cycles { cycles: Vec::new(), complete: false };
        }
    }
    let mut search = Search {
        out: &out,
        start: 0,
        back: Vec::new(),
        on_path: vec![false; nodes],
        path: Vec::new(),
        found: Vec::new(),
        steps: STEPS,
    };
    let mut complete = longest <= LONGEST;
    for length in 1..=longest.min(LONGEST) {
        for (start, back) in &mut starts {
            search.start = *start;
            search.back = std::mem::take(back);
            let done = search.from(*start, length);
            *back = std::mem::take(&mut search.back);
            if !done || search.found.len() >= MOST_CYCLES {
                complete = done && search.found.len() < MOST_CYCLES;
                return Cycles { cycles: search.found, complete };
            }
        }
    }
    complete &= search.found.len() < MOST_CYCLES;
    Cycles { cycles: search.found, complete }
}

/// How many edges lead from each node back to the start, over nodes that are not before it.
fn distances(into: &[Vec<usize>], start: usize) -> Vec<Option<usize>> {
    let mut distances = vec![None; into.len()];
    let mut queue = VecDeque::from([(start, 0)]);
    distances.get_mut(start).into_iter().for_each(|slot| *slot = Some(0));
    while let Some((node, distance)) = queue.pop_front() {
        for before in into.get(node).into_iter().flatten().filter(|before| **before >= start) {
            if let Some(slot) = distances.get_mut(*before)
                && slot.is_none()
            {
                *slot = Some(distance + 1);
                queue.push_back((*before, distance + 1));
            }
        }
    }
    distances
}

/// How many nodes can be reached from the start and lead back to it.
fn reached(out: &[Vec<(usize, usize)>], start: usize, back: &[Option<usize>]) -> usize {
    let mut seen = vec![false; out.len()];
    let mut open = vec![start];
    let mut count = 0;
    while let Some(node) = open.pop() {
        for (_, to) in out.get(node).into_iter().flatten() {
            let leads_back = back.get(*to).is_some_and(Option::is_some);
            if leads_back && let Some(slot) = seen.get_mut(*to).filter(|slot| !**slot) {
                *slot = true;
                count += 1;
                open.push(*to);
            }
        }
    }
    count
}

impl Search<'_> {
    /// Follows all paths from a node that come to the start after exactly so many edges. False past the bound.
    fn from(&mut self, node: usize, left: usize) -> bool {
        let out = self.out;
        for (edge, to) in out.get(node).into_iter().flatten() {
            let Some(steps) = self.steps.checked_sub(1) else { return false };
            self.steps = steps;
            if self.found.len() >= MOST_CYCLES {
                return true;
            }
            if *to == self.start {
                if left == 1 {
                    self.found.push(self.path.iter().copied().chain([*edge]).listed());
                }
                continue;
            }
            let way_back = self.back.get(*to).copied().flatten();
            let free = self.on_path.get(*to) == Some(&false);
            if !free || way_back.is_none_or(|way_back| way_back > left - 1) {
                continue;
            }
            self.mark(*to, *edge);
            let done = self.from(*to, left - 1);
            self.unmark(*to);
            if !done {
                return false;
            }
        }
        true
    }

    fn mark(&mut self, node: usize, edge: usize) {
        self.path.push(edge);
        self.on_path.get_mut(node).into_iter().for_each(|slot| *slot = true);
    }

    fn unmark(&mut self, node: usize) {
        self.path.pop();
        self.on_path.get_mut(node).into_iter().for_each(|slot| *slot = false);
    }
}

#[cfg(test)]
mod tests {
    use super::search;

    #[test]
    fn all_elementary_cycles_come_shortest_first() {
        let edges = [(0, 1), (1, 0), (1, 2), (2, 0), (2, 2), (3, 1), (0, 1)];
        let found = search(4, &edges);
        assert!(found.complete);
        assert_eq!(found.cycles, [vec![4], vec![0, 1], vec![6, 1], vec![0, 2, 3], vec![6, 2, 3]]);
    }

    #[test]
    fn a_dense_graph_meets_the_bound() {
        let edges: Vec<(usize, usize)> = (0..30).flat_map(|from| (0..30).map(move |to| (from, to))).collect();
        let found = search(30, &edges);
        assert!(!found.complete && found.cycles.len() == super::MOST_CYCLES);
    }
}
