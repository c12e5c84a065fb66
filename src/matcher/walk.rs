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
use super::scan::{LONGEST_TEXT, MAX_DEPTH, Odd, Past, Quoted, Scanner, Trust, past};
use super::state::State;
use super::trie::{Node, NodeId, ROOT};

/// Walks over a whole event.
pub(super) fn walk<T: Trust>(bytes: &[u8], index: &Index, state: &mut State) -> Result<(), Odd> {
    let mut walk = Walk { scanner: Scanner::<T>::new(bytes), index, state };
    let mut at = 0;
    if walk.scanner.peek(&mut at) != b'{' || bytes.len() > LONGEST_TEXT {
        return Err(Odd);
    }
    walk.object(at, ROOT, NONE, 1).map(|_| ())
}

struct Walk<'a, T: Trust> {
    scanner: Scanner<'a, T>,
    index: &'a Index,
    state: &'a mut State,
}

impl<T: Trust> Walk<'_, T> {
    /// An object whose brace stands at a place. `depth` brackets are open, this one included.
    fn object(&mut self, mut at: usize, node: NodeId, member: u32, depth: usize) -> Past {
        if depth > MAX_DEPTH {
            return Err(Odd);
        }
        at += 1;
        if self.scanner.peek(&mut at) == b'}' {
            return past(at + 1);
        }
        let Some(node) = self.index.trie.node(node) else { return Err(Odd) };
        let mut missing = node.children;
        loop {
            if self.scanner.peek(&mut at) != b'"' {
                return Err(Odd);
            }
            let name = self.scanner.name(&mut at)?;
            match self.child(node, name) {
                Some(child) => {
                    at = self.value(at, child, member, depth)?.get();
                    missing = missing.saturating_sub(1);
                    if T::PLAIN && missing == 0 {
                        return if depth == 1 { past(at) } else { self.scanner.leap(at, 1) };
                    }
                }
                None => at = self.scanner.pass(at, depth)?,
            }
            match self.scanner.peek(&mut at) {
                b',' => at += 1,
                b'}' => return past(at + 1),
                _ => return Err(Odd),
            }
        }
    }

    #[inline(always)]
    fn child(&mut self, node: &Node, name: Quoted) -> Option<NodeId> {
        let name = if name.escaped {
            decode(self.scanner.slice(name), &mut self.state.name);
            Text::new(&self.state.name)
        } else {
            Text::within(self.scanner.bytes, name.start, name.end)
        };
        self.index.trie.follow(node, name)
    }

    /// An array whose bracket stands at a place.
    fn array(&mut self, mut at: usize, node: NodeId, member: u32, depth: usize) -> Past {
        if depth > MAX_DEPTH {
            return Err(Odd);
        }
        at += 1;
        if self.scanner.peek(&mut at) == b']' {
            return past(at + 1);
        }
        let array = self.state.arrays;
        self.state.arrays += 1;
        let mut shape = NONE;
        loop {
            let inside = match self.scanner.peek(&mut at) {
                b'{' | b'[' => {
                    if shape == NONE {
                        shape = self.state.shape(node, member);
                    }
                    self.state.member(array, member, shape)
                }
                _ => member,
            };
            at = self.element(at, node, inside, depth)?.get();
            match self.scanner.peek(&mut at) {
                b',' => at += 1,
                b']' => return past(at + 1),
                _ => return Err(Odd),
            }
        }
    }

    /// A value of an array.
    #[inline(never)]
    fn element(&mut self, at: usize, node: NodeId, member: u32, depth: usize) -> Past {
        self.value(at, node, member, depth)
    }

    /// A value at a node. `depth` brackets are open around it.
    #[inline(always)]
    fn value(&mut self, mut at: usize, node: NodeId, member: u32, depth: usize) -> Past {
        let Some(place) = self.index.trie.node(node) else { return Err(Odd) };
        match self.scanner.peek(&mut at) {
            b'{' if place.children > 0 => self.object(at, node, member, depth + 1),
            b'{' => self.scanner.skip(at, depth),
            b'[' => self.array(at, node, member, depth + 1),
            _ => self.scalar(at, place.field, member),
        }
    }

    /// A value that is no object or array, of some field. By itself, because what nests should take little of the stack.
    #[inline(never)]
    fn scalar(&mut self, at: usize, id: u32, member: u32) -> Past {
        let Some(field) = self.index.field(id) else { return self.scanner.skip(at, 0) };
        self.state.value(id, member);
        field.present(self.index, self.state, member);
        match self.scanner.byte(at) {
            b'"' => {
                let text = self.scanner.string(at)?;
                if field.wants_strings() {
                    self.string(field, id, text, member);
                }
                past(text.end + 1)
            }
            b't' => self.literal(at, b"true", (field, Literal::True), member),
            b'f' => self.literal(at + 1, b"alse", (field, Literal::False), member),
            b'n' => self.literal(at, b"null", (field, Literal::Null), member),
            _ => {
                if field.wants_whole_numbers()
                    && let Some((number, end)) = self.scanner.whole(at)
                {
                    field.whole(id, number, self.index, self.state, member);
                    return past(end);
                }
                let end = self.scanner.number(at)?;
                if field.wants_numbers() {
                    let text = self.scanner.slice(Quoted { start: at, end: end.get(), escaped: false });
                    field.number(id, text, self.index, self.state, member);
                }
                Ok(end)
            }
        }
    }

    #[inline(never)]
    fn literal(&mut self, at: usize, letters: &[u8; 4], (field, literal): (&Field, Literal), member: u32) -> Past {
        let end = self.scanner.literal(at, letters)?;
        field.literal(literal, self.index, self.state, member);
        Ok(end)
    }

    #[inline(always)]
    fn string(&mut self, field: &Field, id: u32, text: Quoted, member: u32) {
        if text.escaped {
            return field.escaped(id, self.scanner.slice(text), self.index, self.state, member);
        }
        let text = Text::within(self.scanner.bytes, text.start, text.end);
        field.string(id, text, self.index, self.state, member);
    }
}
