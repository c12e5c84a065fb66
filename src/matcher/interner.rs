//! Every distinct predicate of every field, once: what rules share is looked up and noted once an event.
//!
//! A predicate is a field, a kind and some bytes (the text of `prefix`, the bits of a number, ...). All stand in one table, so
//! finding which equality, prefix or address a value satisfies is one hash and one comparison each, however many rules there
//! are. Lists (which rules to look at, which negations a predicate spoils) hang on the entries.

use super::hash::{SHORT, Text, hash, same};

/// What kind of predicate the bytes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// A string equal to the bytes.
    Text,
    /// A string that begins, or ends, with the bytes.
    Prefix,
    Suffix,
    /// The same in any case, for texts of ASCII letters; the bytes are in lower case.
    FoldedText,
    FoldedPrefix,
    FoldedSuffix,
    /// In any case, with letters beyond ASCII: tried one by one.
    Folded,
    /// A number by its double, or by its spelling.
    Number,
    Spelling,
    /// Tried one by one, or by an interval search.
    Range,
    /// An address, or a network of some bits.
    Address,
    Network,
    /// `true`, `false`, `null`, any value.
    Literal,
    /// A text with stars.
    Wildcard,
    /// Not predicates of rules: what wildcards begin, or end, with; they are tried when it is found.
    Head,
    Tail,
    /// None of some predicates, which are the bytes, is satisfied by a value.
    Negation,
    /// Not of a field: two predicates that a rule needs both. `field` is the one, the bytes are the other.
    Pair,
    /// A field (the bytes) of the other halves of a predicate's (`field`) pairs.
    PairField,
}

impl Kind {
    /// How many there are.
    pub(super) const COUNT: usize = Kind::PairField as usize + 1;
}

/// No list, no predicate.
pub(super) const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) field: u32,
    pub(super) kind: Kind,
    /// How many bytes it has, if they stand in `place`; or [`LONG`], then `place` says where in the text they do.
    len: u8,
    place: [u8; SHORT],
    /// How often rules name it.
    pub(super) uses: u32,
    /// How often by rules with more definitions than this: then it matters in which array element a value lies.
    pub(super) joint: u32,
    /// The rules to look at when it is satisfied; for `Head` and `Tail` the wildcards.
    pub(super) rules: u32,
    /// The negations it spoils.
    pub(super) spoils: u32,
    /// The fields of the other halves of pairs.
    pub(super) pairs: u32,
    /// Of a wildcard: its place among them.
    pub(super) wild: u32,
}

/// The table.
#[derive(Debug, Default)]
pub(super) struct Interner {
    /// The upper half of the hash and the entry, or all ones.
    slots: Vec<u64>,
    pub(super) entries: Vec<Entry>,
    free: Vec<u32>,
    live: usize,
    text: Vec<u8>,
    garbage: usize,
}

const EMPTY: u64 = u64::MAX;

/// The length of all that is not short.
const LONG: u8 = u8::MAX;

impl Entry {
    /// Where its bytes stand in the text, if they do.
    fn long(&self) -> Option<(usize, usize)> {
        let place = u64::from_le_bytes(self.place);
        (self.len == LONG).then_some(((place & u64::from(u32::MAX)) as usize, (place >> 32) as usize))
    }

    fn set_long(&mut self, at: usize, len: usize) {
        self.len = LONG;
        self.place = (at as u64 | (len as u64) << 32).to_le_bytes();
    }
}

impl Interner {
    /// The predicate, if some rule has it.
    #[inline]
    pub(super) fn find(&self, field: u32, kind: Kind, bytes: &[u8]) -> Option<u32> {
        self.look_up(field, kind, Text::new(bytes))
    }

    /// The same, where the text knows its first bytes.
    #[inline(always)]
    pub(super) fn look_up(&self, field: u32, kind: Kind, text: Text<'_>) -> Option<u32> {
        let hash = Self::hash(field, kind, text);
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let slot = *self.slots.get(at)?;
            if slot == EMPTY {
                return None;
            }
            if slot >> 32 == hash >> 32 && self.is(slot as u32, field, kind, text) {
                return Some(slot as u32);
            }
            at = (at + 1) & mask;
        }
    }

    #[inline(always)]
    fn hash(field: u32, kind: Kind, text: Text<'_>) -> u64 {
        // The highest bit stays free, so that no entry looks like an empty slot.
        hash(u64::from(field) << 8 | kind as u64, text) & !(1 << 63)
    }

    #[inline(always)]
    fn is(&self, entry: u32, field: u32, kind: Kind, text: Text<'_>) -> bool {
        let Some(entry) = self.get(entry).filter(|entry| entry.field == field && entry.kind == kind) else {
            return false;
        };
        if text.is_short() {
            return usize::from(entry.len) == text.bytes.len() && u64::from_le_bytes(entry.place) == text.word;
        }
        self.is_long(entry, text.bytes)
    }

    #[inline(never)]
    fn is_long(&self, entry: &Entry, bytes: &[u8]) -> bool {
        same(self.bytes_of(entry), bytes)
    }

    #[inline]
    fn bytes_of<'a>(&'a self, entry: &'a Entry) -> &'a [u8] {
        let bytes = match entry.long() {
            Some((at, len)) => self.text.get(at..at + len),
            None => entry.place.get(..usize::from(entry.len)),
        };
        bytes.unwrap_or_default()
    }

    #[inline(never)]
    fn hash_of(&self, entry: &Entry) -> u64 {
        Self::hash(entry.field, entry.kind, Text::new(self.bytes_of(entry)))
    }

    /// The bytes of a predicate.
    pub(super) fn bytes(&self, id: u32) -> &[u8] {
        self.entries.get(id as usize).map_or(&[], |entry| self.bytes_of(entry))
    }

    #[inline(always)]
    pub(super) fn get(&self, id: u32) -> Option<&Entry> {
        self.entries.get(id as usize)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, id: u32) -> Option<&mut Entry> {
        self.entries.get_mut(id as usize)
    }

    /// The predicate with one more use. New ones have exactly one.
    pub(super) fn add(&mut self, field: u32, kind: Kind, bytes: &[u8]) -> u32 {
        if let Some(id) = self.find(field, kind, bytes) {
            if let Some(entry) = self.get_mut(id) {
                entry.uses += 1;
            }
            return id;
        }
        if self.slots.len() < 2 * (self.live + 1) {
            self.grow();
        }
        let text = Text::new(bytes);
        let mut entry = Entry {
            field,
            kind,
            len: bytes.len() as u8,
            place: text.word.to_le_bytes(),
            uses: 1,
            joint: 0,
            rules: NONE,
            spoils: NONE,
            pairs: NONE,
            wild: NONE,
        };
        if !text.is_short() {
            entry.set_long(self.text.len(), bytes.len());
            self.text.extend_from_slice(bytes);
        }
        let id = match self.free.pop() {
            Some(id) => {
                if let Some(slot) = self.get_mut(id) {
                    *slot = entry;
                }
                id
            }
            None => {
                self.entries.push(entry);
                u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.live += 1;
        self.put(self.hash_of(&entry), id);
        id
    }

    /// Takes one use back. Whether it was the last, and the predicate is gone.
    pub(super) fn release(&mut self, id: u32) -> bool {
        let Some(entry) = self.get_mut(id) else { return false };
        entry.uses = entry.uses.saturating_sub(1);
        if entry.uses > 0 {
            return false;
        }
        let entry = *entry;
        self.unlink(self.hash_of(&entry), id);
        self.garbage += entry.long().map_or(0, |(_, len)| len);
        self.live -= 1;
        if let Some(entry) = self.get_mut(id) {
            entry.len = 0;
        }
        self.free.push(id);
        if self.garbage > 4096 && self.garbage > self.text.len() / 2 {
            self.collect();
        }
        true
    }

    fn put(&mut self, hash: u64, id: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots.get(at).is_some_and(|slot| *slot != EMPTY) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (hash >> 32) << 32 | u64::from(id);
        }
    }

    /// Empties the slot of an entry; those of the same run behind it close up.
    fn unlink(&mut self, hash: u64, id: u32) {
        let mask = self.slots.len() - 1;
        let mut hole = hash as usize & mask;
        while self.slots.get(hole).is_some_and(|slot| *slot != EMPTY && *slot as u32 != id) {
            hole = (hole + 1) & mask;
        }
        let mut at = hole;
        loop {
            at = (at + 1) & mask;
            let Some(slot) = self.slots.get(at).copied().filter(|slot| *slot != EMPTY) else { break };
            let home = self.home(slot as u32) & mask;
            // It may move into the hole unless its home lies between the two.
            if (at.wrapping_sub(home) & mask) >= (at.wrapping_sub(hole) & mask) {
                if let Some(free) = self.slots.get_mut(hole) {
                    *free = slot;
                }
                hole = at;
            }
        }
        if let Some(free) = self.slots.get_mut(hole) {
            *free = EMPTY;
        }
    }

    fn home(&self, id: u32) -> usize {
        self.get(id).map_or(0, |entry| self.hash_of(entry) as usize)
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![EMPTY; (old.len() * 2).max(64)];
        for slot in old.into_iter().filter(|slot| *slot != EMPTY) {
            let id = slot as u32;
            let Some(hash) = self.get(id).map(|entry| self.hash_of(entry)) else { continue };
            self.put(hash, id);
        }
    }

    /// Moves the texts together.
    fn collect(&mut self) {
        let mut text = Vec::with_capacity(self.text.len() - self.garbage);
        for entry in &mut self.entries {
            let Some((at, len)) = entry.long() else { continue };
            entry.set_long(text.len(), len);
            text.extend_from_slice(self.text.get(at..at + len).unwrap_or_default());
        }
        (self.text, self.garbage) = (text, 0);
    }

    /// The pairs: for each its two predicates.
    pub(super) fn pairs(&self) -> Vec<(u32, u32)> {
        let alive = self.entries.iter().filter(|entry| entry.kind == Kind::Pair && entry.uses > 0);
        let second = |entry: &Entry| self.bytes_of(entry).first_chunk::<4>().map(|bytes| u32::from_le_bytes(*bytes));
        alive.filter_map(|entry| Some((entry.field, second(entry)?))).collect()
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.slots.capacity() * 8 + self.entries.capacity() * size_of::<Entry>() + self.text.capacity()
    }
}
