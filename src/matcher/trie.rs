//! The paths that rules name, as a tree of segments: what the walk over an event holds on to.
//!
//! A path is cut at its dots. A member's name may hold dots itself, in a pattern as in an event; cutting both gives the same
//! segments whenever the dotted paths are equal, which is what the language asks.

use super::hash::{Text, hash, last_eight, same};

/// A place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(pub(super) u32);

/// The event itself.
pub(super) const ROOT: NodeId = NodeId(0);

/// No child.
const NOBODY: NodeId = NodeId(u32::MAX);

/// No field is tested here.
pub(super) const NO_FIELD: u32 = u32::MAX;

#[derive(Debug)]
pub(super) struct Node {
    /// The index of the field that rules test here.
    pub(super) field: u32,
    parent: NodeId,
    segment: Box<[u8]>,
    /// A table of twice the children or more: the key of a segment and the child; [`NOBODY`] where there is none.
    table: Vec<(u64, NodeId)>,
    pub(super) children: u32,
    /// A bit for each first byte, and for each trait, of its children's segments: most names of an event lead nowhere, and
    /// these say so at once.
    firsts: u64,
    traits: u64,
}

/// The tree.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    free: Vec<NodeId>,
}

impl Trie {
    pub(super) fn new() -> Self {
        let mut trie = Self { nodes: Vec::new(), free: Vec::new() };
        trie.nodes.push(Node::new(ROOT, &[]));
        trie
    }

    /// The child with this segment as its name.
    #[inline(always)]
    fn child(&self, node: &Node, segment: Text<'_>) -> Option<NodeId> {
        if node.traits & trait_of(segment.bytes) == 0 {
            return None;
        }
        let table = &node.table;
        let key = key(segment);
        let mask = table.len() - 1;
        let mut at = home(key) & mask;
        // The table is never full, so there is an empty place.
        while let Some((known, child)) = table.get(at).filter(|(_, child)| *child != NOBODY) {
            // The key of a short segment is the segment.
            if *known == key && (key < HASHED || self.is_named(*child, segment.bytes)) {
                return Some(*child);
            }
            at = (at + 1) & mask;
        }
        None
    }

    #[inline(always)]
    fn is_named(&self, node: NodeId, segment: &[u8]) -> bool {
        match self.node(node) {
            Some(node) => same(&node.segment, segment),
            None => false,
        }
    }

    /// The node that a member's name leads to, dots and all.
    #[inline(always)]
    pub(super) fn follow(&self, node: &Node, name: Text<'_>) -> Option<NodeId> {
        if node.firsts & first_of(name.bytes) == 0 {
            return None;
        }
        // Segments have no dots, so a name that is one has none.
        if let Some(child) = self.child(node, name) {
            return Some(child);
        }
        if name.is_short() && !dot_in_word(name.word) {
            return None;
        }
        self.follow_segments(node, name.bytes)
    }

    #[inline(never)]
    fn follow_segments(&self, node: &Node, name: &[u8]) -> Option<NodeId> {
        if !has_dot(name) {
            return None;
        }
        let mut child = None;
        for segment in name.split(|byte| *byte == b'.') {
            let place = child.map_or(Some(node), |child| self.node(child))?;
            child = Some(self.find(place, segment)?);
        }
        child
    }

    /// [`Trie::child`] where it is not for every name of an event.
    #[inline(never)]
    fn find(&self, node: &Node, segment: &[u8]) -> Option<NodeId> {
        self.child(node, Text::new(segment))
    }

    /// The field at a node, or [`NO_FIELD`].
    #[inline(always)]
    pub(super) fn field(&self, node: NodeId) -> u32 {
        self.node(node).map_or(NO_FIELD, |node| node.field)
    }

    /// The node of a path, which is made if it is new.
    pub(super) fn insert(&mut self, path: &str) -> NodeId {
        let mut at = ROOT;
        for segment in path.split('.') {
            at = match self.node(at).and_then(|node| self.find(node, segment.as_bytes())) {
                Some(child) => child,
                None => self.add(at, segment.as_bytes()),
            };
        }
        at
    }

    /// Sets the field of a node.
    pub(super) fn set_field(&mut self, node: NodeId, field: u32) {
        if let Some(node) = self.node_mut(node) {
            node.field = field;
        }
    }

    /// Takes the field from a node, and removes what nothing hangs on any more.
    pub(super) fn remove_field(&mut self, node: NodeId) {
        self.set_field(node, NO_FIELD);
        let mut at = node;
        while at != ROOT && self.node(at).is_some_and(|node| node.field == NO_FIELD && node.children == 0) {
            let Some(parent) = self.node(at).map(|node| node.parent) else { return };
            if let Some(parent) = self.node_mut(parent) {
                parent.unlink(at);
            }
            self.free.push(at);
            at = parent;
        }
    }

    fn add(&mut self, parent: NodeId, segment: &[u8]) -> NodeId {
        let node = Node::new(parent, segment);
        let id = match self.free.pop() {
            Some(free) => {
                if let Some(slot) = self.node_mut(free) {
                    *slot = node;
                }
                free
            }
            None => {
                self.nodes.push(node);
                NodeId(u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX))
            }
        };
        if let Some(parent) = self.node_mut(parent) {
            parent.link(key(Text::new(segment)), id);
            parent.traits |= trait_of(segment);
            // A name that begins with its dot begins with the empty segment.
            parent.firsts |= first_of(if segment.is_empty() { b"." } else { segment }) | first_of(segment);
        }
        id
    }

    /// A place.
    #[inline(always)]
    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)
    }

    /// Bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        let tables = |node: &Node| node.table.capacity() * size_of::<(u64, NodeId)>() + node.segment.len();
        self.nodes.capacity() * size_of::<Node>() + self.nodes.iter().map(tables).sum::<usize>()
    }
}

impl Node {
    fn new(parent: NodeId, segment: &[u8]) -> Self {
        Self { field: NO_FIELD, parent, segment: segment.into(), table: Vec::new(), children: 0, firsts: 0, traits: 0 }
    }

    fn link(&mut self, key: u64, child: NodeId) {
        self.children += 1;
        if self.table.len() < 2 * self.children as usize {
            self.refill((4 * self.children as usize).next_power_of_two(), NOBODY);
        }
        self.put(key, child);
    }

    fn put(&mut self, key: u64, child: NodeId) {
        let mask = self.table.len() - 1;
        let mut at = home(key) & mask;
        while self.table.get(at).is_some_and(|(_, child)| *child != NOBODY) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.table.get_mut(at) {
            *slot = (key, child);
        }
    }

    /// Removing is rare: the table is filled anew.
    fn unlink(&mut self, child: NodeId) {
        self.children = self.children.saturating_sub(1);
        self.refill(self.table.len(), child);
    }

    /// Fills a table of some size with all children but one.
    fn refill(&mut self, size: usize, without: NodeId) {
        let old = std::mem::replace(&mut self.table, vec![(0, NOBODY); size]);
        let kept = old.into_iter().filter(|(_, child)| *child != NOBODY && *child != without);
        kept.for_each(|(key, child)| self.put(key, child));
    }
}

/// One bit for the first byte of a name.
#[inline(always)]
fn first_of(name: &[u8]) -> u64 {
    1 << (name.first().map_or(0, |first| *first) % 64)
}

/// One bit for the length and the first byte of a segment. What is gone keeps its bit: it only costs a look-up.
#[inline(always)]
fn trait_of(segment: &[u8]) -> u64 {
    let first = segment.first().map_or(0, |first| usize::from(*first));
    1 << ((segment.len() * 5 + first) % 64)
}

/// Whether there is a dot in a name.
fn has_dot(name: &[u8]) -> bool {
    match (name.first_chunk(), last_eight(name)) {
        (Some(first), Some(last)) if name.len() <= 16 => dot_in_word(u64::from_le_bytes(*first)) || dot_in_word(last),
        _ => name.contains(&b'.'),
    }
}

#[inline(always)]
fn dot_in_word(word: u64) -> bool {
    let zero = word ^ u64::from_ne_bytes([b'.'; 8]);
    zero.wrapping_sub(0x0101_0101_0101_0101) & !zero & 0x8080_8080_8080_8080 != 0
}

/// From here on keys are hashes.
const HASHED: u64 = 1 << 63;

/// A segment of up to seven bytes as a number with its length on top; of a longer one a hash.
#[inline(always)]
fn key(segment: Text<'_>) -> u64 {
    let length = segment.bytes.len();
    if length > 7 {
        return hash(0, segment) | HASHED;
    }
    segment.word | (length as u64) << 56
}

#[inline(always)]
fn home(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    fn follow(trie: &super::Trie, name: &str) -> Option<super::NodeId> {
        trie.follow(trie.node(super::ROOT).unwrap(), super::Text::new(name.as_bytes()))
    }

    #[test]
    fn names_with_dots_lead_where_their_segments_do() {
        let mut trie = super::Trie::new();
        for path in ["a.b", ".b", "c.", "long-segment.d", ""] {
            let node = trie.insert(path);
            assert_eq!(follow(&trie, path), Some(node), "{path}");
        }
        for name in ["b", "a.", "a.c", "..b", "d", "long-segment.", "."] {
            assert_eq!(follow(&trie, name), None, "{name}");
        }
    }

    #[test]
    fn dots_are_seen_wherever_they_stand() {
        for length in 0..40 {
            let mut name = vec![b'/'; length];
            assert!(!super::has_dot(&name));
            for at in 0..length {
                name[at] = b'.';
                assert!(super::has_dot(&name), "{at} of {length}");
                name[at] = b'-';
            }
        }
    }
}
