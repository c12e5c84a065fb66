//! The walk over an event: down where rules have paths, past everything else.
//!
//! Values of fields are noted in the state as they come, with the array element they lie in (as `event::flatten` has it: an
//! element that is itself an object or array is one, a scalar lies in what encloses its array). Nothing is built.
//!
//! In an event of which no object repeats a name and no name holds a dot, an object is left as soon as every name was met that
//! some rule follows.

use super::escapes::decode;
use super::field::{Field, Literal};
use super::hash::Text;
use super::index::Index;
use super::interner::NONE;
use super::scan::{Cursor, Odd, Trust};
use super::state::State;
use super::trie::{Node, NodeId, ROOT};

/// Walks over a whole event.
pub(super) fn walk<T: Trust>(bytes: &[u8], index: &Index, state: &mut State) -> Result<(), Odd> {
    let mut walk = Walk { cursor: Cursor::<T>::new(bytes), index, state, name: Vec::new() };
    if walk.cursor.peek() != b'{' {
        return Err(Odd);
    }
    walk.object(ROOT, NONE, 1)
}

struct Walk<'a, T: Trust> {
    cursor: Cursor<'a, T>,
    index: &'a Index,
    state: &'a mut State,
    /// Room for a name without its escapes.
    name: Vec<u8>,
}

impl<T: Trust> Walk<'_, T> {
    /// An object whose brace is next. `depth` brackets are open, this one included.
    fn object(&mut self, node: NodeId, member: u32, depth: usize) -> Result<(), Odd> {
        if depth > super::scan::MAX_DEPTH {
            return Err(Odd);
        }
        self.cursor.at += 1;
        if self.cursor.peek() == b'}' {
            self.cursor.at += 1;
            return Ok(());
        }
        let Some(node) = self.index.trie.node(node) else { return Err(Odd) };
        let mut missing = node.children;
        loop {
            if self.cursor.peek() != b'"' {
                return Err(Odd);
            }
            let start = self.cursor.at + 1;
            let end = self.cursor.name()?;
            match self.child(node, start, end) {
                Some(child) => {
                    self.value(child, member, depth)?;
                    missing = missing.saturating_sub(1);
                    if T::PLAIN && missing == 0 {
                        return if depth == 1 { Ok(()) } else { self.cursor.leap(1) };
                    }
                }
                None => self.cursor.pass(depth)?,
            }
            match self.cursor.peek() {
                b',' => self.cursor.at += 1,
                b'}' => {
                    self.cursor.at += 1;
                    return Ok(());
                }
                _ => return Err(Odd),
            }
        }
    }

    #[inline(always)]
    fn child(&mut self, node: &Node, start: usize, end: usize) -> Option<NodeId> {
        let name = if self.cursor.escaped {
            decode(self.cursor.slice(start, end), &mut self.name);
            Text::new(&self.name)
        } else {
            Text::within(self.cursor.bytes, start, end)
        };
        self.index.trie.follow(node, name)
    }

    /// An array whose bracket is next.
    fn array(&mut self, node: NodeId, member: u32, depth: usize) -> Result<(), Odd> {
        if depth > super::scan::MAX_DEPTH {
            return Err(Odd);
        }
        self.cursor.at += 1;
        if self.cursor.peek() == b']' {
            self.cursor.at += 1;
            return Ok(());
        }
        let array = self.state.arrays;
        self.state.arrays += 1;
        let mut shape = NONE;
        loop {
            let inside = match self.cursor.peek() {
                b'{' | b'[' => {
                    if shape == NONE {
                        shape = self.state.shape(node, member);
                    }
                    self.state.member(array, member, shape)
                }
                _ => member,
            };
            self.value(node, inside, depth)?;
            match self.cursor.peek() {
                b',' => self.cursor.at += 1,
                b']' => {
                    self.cursor.at += 1;
                    return Ok(());
                }
                _ => return Err(Odd),
            }
        }
    }

    /// A value at a node. `depth` brackets are open around it.
    fn value(&mut self, node: NodeId, member: u32, depth: usize) -> Result<(), Odd> {
        let start = self.cursor.peek();
        let Some(place) = self.index.trie.node(node) else { return Err(Odd) };
        match start {
            b'{' if place.children > 0 => return self.object(node, member, depth + 1),
            b'{' => return self.cursor.skip(depth),
            b'[' => return self.array(node, member, depth + 1),
            _ => {}
        }
        let id = place.field;
        let Some(field) = self.index.field(id) else { return self.cursor.skip(depth) };
        self.state.value(id, member);
        field.present(self.index, self.state, member);
        match start {
            b'"' => {
                let start = self.cursor.at + 1;
                let end = self.cursor.string()?;
                if field.wants_strings() {
                    self.string(field, id, (start, end), member);
                }
            }
            b't' => {
                self.cursor.literal(b"true", 0)?;
                field.literal(Literal::True, self.index, self.state, member);
            }
            b'f' => {
                self.cursor.literal(b"alse", 1)?;
                field.literal(Literal::False, self.index, self.state, member);
            }
            b'n' => {
                self.cursor.literal(b"null", 0)?;
                field.literal(Literal::Null, self.index, self.state, member);
            }
            _ => {
                let start = self.cursor.at;
                if field.wants_whole_numbers()
                    && let Some(number) = self.cursor.whole()
                {
                    field.whole(id, number, self.index, self.state, member);
                    return Ok(());
                }
                let end = self.cursor.number()?;
                if field.wants_numbers() {
                    field.number(id, self.cursor.slice(start, end), self.index, self.state, member);
                }
            }
        }
        Ok(())
    }

    #[inline(always)]
    fn string(&mut self, field: &Field, id: u32, (start, end): (usize, usize), member: u32) {
        if self.cursor.escaped {
            return field.escaped(id, self.cursor.slice(start, end), self.index, self.state, member);
        }
        field.string(id, Text::within(self.cursor.bytes, start, end), self.index, self.state, member);
    }
}
