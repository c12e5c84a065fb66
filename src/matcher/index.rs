//! The fields and predicates of all rules: adding and giving up what a rule names, and finding what a value satisfies.
//!
//! Everything is counted: what no rule names any more is gone at once, so a set that was edited for hours is as small as one
//! that was made anew.

use super::field::{Detail, Field, Literal, address_bytes, network_bytes, network_length};
use super::interner::{Interner, Kind, NONE};
use super::lists::Lists;
use super::number::number_bytes;
use super::state::State;
use super::trie::{NO_FIELD, Trie};
use super::wildcards::Wild;
use crate::pattern::operators::equals_ignore_case::Folded;
use crate::pattern::operators::wildcard::Wildcard;
use crate::pattern::predicates::{Place, Predicate, Range};

/// Which pairs there may be, in a bitmap that stays in the cache: most pairs asked for do not exist.
#[derive(Debug, Default)]
pub(super) struct PairFilter {
    words: Vec<u64>,
    /// How many were noted since the bitmap was made, removed ones included.
    noted: usize,
}

impl PairFilter {
    #[inline]
    fn may_hold(&self, first: u32, second: u32) -> bool {
        let (word, bit) = self.place(first, second);
        self.words.get(word).is_some_and(|word| word >> bit & 1 == 1)
    }

    #[inline]
    fn place(&self, first: u32, second: u32) -> (usize, u64) {
        let mixed = (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = (mixed >> 32) as usize & (self.words.len() * 64).wrapping_sub(1);
        (place / 64, place as u64 % 64)
    }

    /// Notes a pair. Whether the bitmap has become too full and must be made anew.
    pub(super) fn note(&mut self, first: u32, second: u32) {
        self.noted += 1;
        let (word, bit) = self.place(first, second);
        if let Some(word) = self.words.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    fn is_full(&self) -> bool {
        self.noted * 8 > self.words.len() * 64
    }
}

/// All of them.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) trie: Trie,
    fields: Vec<Field>,
    free_fields: Vec<u32>,
    pub(super) interner: Interner,
    pub(super) lists: Lists,
    wilds: Vec<Wild>,
    free_wilds: Vec<u32>,
    pub(super) pairs: PairFilter,
    /// The fields that must be prepared before the next event.
    changed: Vec<u32>,
}

impl Index {
    pub(super) fn new() -> Self {
        Self {
            trie: Trie::new(),
            fields: Vec::new(),
            free_fields: Vec::new(),
            interner: Interner::default(),
            lists: Lists::default(),
            wilds: Vec::new(),
            free_wilds: Vec::new(),
            changed: Vec::new(),
            pairs: PairFilter::default(),
        }
    }

    /// The pair of two predicates, if some rule hangs on it.
    #[inline]
    pub(super) fn find_pair(&self, first: u32, second: u32) -> Option<u32> {
        if !self.pairs.may_hold(first, second) {
            return None;
        }
        self.interner.find(first, Kind::Pair, &second.to_le_bytes())
    }

    /// How many fields there may be.
    pub(super) fn field_count(&self) -> usize {
        self.fields.len()
    }

    #[inline(always)]
    pub(super) fn field(&self, id: u32) -> Option<&Field> {
        self.fields.get(id as usize)
    }

    /// Whether there were no changes.
    #[inline]
    pub(super) fn is_ready(&self) -> bool {
        self.changed.is_empty() && !self.pairs.is_full()
    }

    /// Makes ready for events after changes.
    #[inline(never)]
    pub(super) fn prepare(&mut self) {
        if self.pairs.is_full() {
            self.pairs = PairFilter::default();
            let pairs = self.interner.pairs();
            self.pairs.words = vec![0; (pairs.len() / 2).next_power_of_two().max(16)];
            pairs.into_iter().for_each(|(first, second)| self.pairs.note(first, second));
        }
        while let Some(changed) = self.changed.pop() {
            if let Some(field) = self.fields.get_mut(changed as usize) {
                field.prepare();
            }
        }
    }

    /// Notes that the value noted last satisfies a predicate, and what that spoils.
    #[inline]
    pub(super) fn satisfied(&self, predicate: u32, state: &mut State, member: u32) {
        let Some(entry) = self.interner.get(predicate) else { return };
        if entry.spoils != NONE {
            let mut single = 0;
            for negation in self.lists.get(entry.spoils, &mut single) {
                state.spoil(*negation);
            }
        }
        state.hit(predicate, entry.joint, member);
    }

    /// Tries the wildcards that begin or end with what was found.
    pub(super) fn try_wilds(&self, found: u32, value: &[u8], state: &mut State, member: u32) {
        let mut single = 0;
        let wilds = self.interner.get(found).map_or(NONE, |entry| entry.rules);
        for wild in self.lists.get(wilds, &mut single) {
            self.try_wild(*wild, value, state, member);
        }
    }

    /// Tries a wildcard, unless it would tell nothing new.
    pub(super) fn try_wild(&self, wild: u32, value: &[u8], state: &mut State, member: u32) {
        let Some(wild) = self.wilds.get(wild as usize) else { return };
        let Some(entry) = self.interner.get(wild.predicate) else { return };
        let told = entry.spoils == NONE && state.is_settled(wild.predicate, entry.joint);
        if !told && wild.matches(value) {
            self.satisfied(wild.predicate, state, member);
        }
    }

    /// The field of a path, with one more use.
    pub(super) fn add_field(&mut self, path: &str) -> u32 {
        let node = self.trie.insert(path);
        let known = self.trie.field(node);
        let id = if known != NO_FIELD {
            known
        } else {
            let id = match self.free_fields.pop() {
                Some(free) => free,
                None => {
                    self.fields.push(Field::new(node));
                    u32::try_from(self.fields.len() - 1).unwrap_or(NO_FIELD)
                }
            };
            if let Some(slot) = self.fields.get_mut(id as usize) {
                *slot = Field::new(node);
            }
            self.trie.set_field(node, id);
            id
        };
        if let Some(field) = self.fields.get_mut(id as usize) {
            field.uses += 1;
        }
        id
    }

    /// Takes one use of a field back.
    pub(super) fn release_field(&mut self, id: u32) {
        let Some(field) = self.fields.get_mut(id as usize) else { return };
        field.uses = field.uses.saturating_sub(1);
        if field.uses == 0 {
            self.trie.remove_field(field.node);
            self.free_fields.push(id);
        }
    }

    /// A predicate on a field, with one more use.
    pub(super) fn add(&mut self, field: u32, predicate: &Predicate<'_>) -> u32 {
        match predicate {
            Predicate::Text(text) => self.intern(field, Kind::Text, text.as_bytes(), Detail::Plain),
            Predicate::Address(address) => self.intern(field, Kind::Address, &address_bytes(*address), Detail::Plain),
            Predicate::Network(network) => {
                let (address, bits) = network.parts();
                let length = network_length(address, bits);
                let bytes = network_bytes(address, length).unwrap_or_default();
                self.intern(field, Kind::Network, &bytes, Detail::Length(length))
            }
            Predicate::Number(Some(value), _) => self.intern(field, Kind::Number, &number_bytes(*value), Detail::Plain),
            Predicate::Number(None, text) => self.intern(field, Kind::Spelling, text.as_bytes(), Detail::Plain),
            Predicate::Bool(true) => self.literal(field, Literal::True),
            Predicate::Bool(false) => self.literal(field, Literal::False),
            Predicate::Null => self.literal(field, Literal::Null),
            // Absence is no predicate of a value; who asks for it looks at the number of values.
            Predicate::Present | Predicate::Absent => self.literal(field, Literal::Present),
            Predicate::Prefix(text) => self.affix(field, Kind::Prefix, text),
            Predicate::Suffix(text) => self.affix(field, Kind::Suffix, text),
            Predicate::Folded(folded, place) => self.folded(field, folded, *place),
            Predicate::Wildcard(wildcard) => self.wildcard(field, wildcard),
            Predicate::Range(range) => self.range(field, *range),
        }
    }

    fn intern(&mut self, field: u32, kind: Kind, bytes: &[u8], detail: Detail<'_>) -> u32 {
        let id = self.interner.add(field, kind, bytes);
        if self.interner.get(id).is_some_and(|entry| entry.uses == 1)
            && let Some(field) = self.fields.get_mut(field as usize)
        {
            field.add(id, kind, detail);
        }
        id
    }

    fn literal(&mut self, field: u32, literal: Literal) -> u32 {
        self.intern(field, Kind::Literal, &[literal as u8], Detail::Literal(literal))
    }

    fn affix(&mut self, field: u32, kind: Kind, text: &str) -> u32 {
        self.intern(field, kind, text.as_bytes(), Detail::Length(text.len() as u32))
    }

    fn folded(&mut self, field: u32, folded: &Folded, place: Place) -> u32 {
        let text = folded.text();
        if text.is_ascii() {
            let lowered = text.to_ascii_lowercase();
            return match place {
                Place::Whole => self.intern(field, Kind::FoldedText, lowered.as_bytes(), Detail::Plain),
                Place::Begin => self.affix(field, Kind::FoldedPrefix, &lowered),
                Place::End => self.affix(field, Kind::FoldedSuffix, &lowered),
            };
        }
        let bytes = [&[place as u8], text.as_bytes()].concat();
        self.intern(field, Kind::Folded, &bytes, Detail::Folded(folded.clone(), place))
    }

    fn range(&mut self, field: u32, range: Range) -> u32 {
        let included = u8::from(range.low_included) | u8::from(range.high_included) << 1;
        let bytes = [&number_bytes(range.low)[..], &number_bytes(range.high), &[included]].concat();
        self.note_change(field);
        self.intern(field, Kind::Range, &bytes, Detail::Range(range))
    }

    /// Fields of one batch mostly come one after the other, so looking at the last few is enough to name each once or so.
    fn note_change(&mut self, field: u32) {
        if !self.changed.iter().rev().take(8).any(|changed| *changed == field) {
            self.changed.push(field);
        }
    }

    fn wildcard(&mut self, field: u32, wildcard: &Wildcard) -> u32 {
        let [first, .., last] = wildcard.pieces() else {
            let text = wildcard.pieces().first().map_or("", String::as_str);
            return self.intern(field, Kind::Text, text.as_bytes(), Detail::Plain);
        };
        let known = self.interner.find(field, Kind::Wildcard, wildcard.text().as_bytes());
        if known.is_some() {
            return self.interner.add(field, Kind::Wildcard, wildcard.text().as_bytes());
        }
        let pieces: Box<[Box<str>]> = wildcard.pieces().iter().map(|piece| piece.as_str().into()).collect();
        let wild = match self.free_wilds.pop() {
            Some(free) => free,
            None => {
                self.wilds.push(Wild { predicate: NONE, pieces: Box::default() });
                self.wilds.len() as u32 - 1
            }
        };
        let anchor = if !first.is_empty() { Some((Kind::Head, first)) } else { Some((Kind::Tail, last)) };
        let predicate = match anchor.filter(|(_, text)| !text.is_empty()) {
            Some((kind, text)) => {
                let anchor = self.affix(field, kind, text);
                let list = self.interner.get(anchor).map_or(NONE, |entry| entry.rules);
                let list = self.lists.push(list, wild);
                if let Some(entry) = self.interner.get_mut(anchor) {
                    entry.rules = list;
                }
                self.intern(field, Kind::Wildcard, wildcard.text().as_bytes(), Detail::Plain)
            }
            None => self.intern(field, Kind::Wildcard, wildcard.text().as_bytes(), Detail::Floating(wild, &pieces)),
        };
        if let Some(entry) = self.interner.get_mut(predicate) {
            entry.wild = wild;
        }
        if let Some(slot) = self.wilds.get_mut(wild as usize) {
            *slot = Wild { predicate, pieces };
        }
        predicate
    }

    /// The negation of some predicates of a field, with one more use. Gives the uses of the predicates up if it has them.
    pub(super) fn add_negation(&mut self, field: u32, mut refused: Vec<u32>) -> u32 {
        crate::sets::sort_by(&mut refused, |one, other| one.cmp(other));
        let bytes: Vec<u8> = refused.iter().flat_map(|predicate| predicate.to_le_bytes()).collect();
        let id = self.interner.add(field, Kind::Negation, &bytes);
        if self.interner.get(id).is_some_and(|entry| entry.uses > 1) {
            refused.into_iter().for_each(|predicate| self.release(predicate));
            return id;
        }
        for predicate in refused {
            let list = self.interner.get(predicate).map_or(NONE, |entry| entry.spoils);
            let list = self.lists.push(list, id);
            if let Some(entry) = self.interner.get_mut(predicate) {
                entry.spoils = list;
            }
        }
        id
    }

    /// Takes one use of a predicate or negation back.
    pub(super) fn release(&mut self, id: u32) {
        let Some(entry) = self.interner.get(id).copied() else { return };
        if entry.uses > 1 || entry.kind == Kind::Negation {
            return self.release_negation(id);
        }
        let bytes = self.interner.bytes(id).to_vec();
        self.interner.release(id);
        let length = match (entry.kind, bytes.first_chunk::<4>()) {
            (Kind::Network, Some(length)) => u32::from_le_bytes(*length),
            _ => bytes.len() as u32,
        };
        if let Some(field) = self.fields.get_mut(entry.field as usize) {
            field.remove(id, entry.kind, length);
        }
        match entry.kind {
            Kind::Range => self.note_change(entry.field),
            Kind::Wildcard => self.release_wild(entry.field, entry.wild),
            _ => {}
        }
    }

    /// Takes one use back of what is used more than once, or is a negation.
    fn release_negation(&mut self, id: u32) {
        let bytes = self.interner.bytes(id).to_vec();
        if !self.interner.release(id) {
            return;
        }
        for chunk in bytes.as_chunks::<4>().0 {
            let predicate = u32::from_le_bytes(*chunk);
            let list = self.interner.get(predicate).map_or(NONE, |entry| entry.spoils);
            let list = self.lists.remove(list, id);
            if let Some(entry) = self.interner.get_mut(predicate) {
                entry.spoils = list;
            }
            self.release(predicate);
        }
    }

    fn release_wild(&mut self, field: u32, wild: u32) {
        let gone = Wild { predicate: NONE, pieces: Box::default() };
        let Some(slot) = self.wilds.get_mut(wild as usize) else { return };
        let old = std::mem::replace(slot, gone);
        self.free_wilds.push(wild);
        let (first, last) = (old.pieces.first(), old.pieces.last());
        let anchor = first.filter(|text| !text.is_empty()).map(|text| (Kind::Head, text));
        let anchor = anchor.or_else(|| last.filter(|text| !text.is_empty()).map(|text| (Kind::Tail, text)));
        let Some((kind, text)) = anchor else {
            if let Some(field) = self.fields.get_mut(field as usize) {
                field.remove_floating(wild);
            }
            return;
        };
        if let Some(anchor) = self.interner.find(field, kind, text.as_bytes()) {
            let list = self.interner.get(anchor).map_or(NONE, |entry| entry.rules);
            let list = self.lists.remove(list, wild);
            if let Some(entry) = self.interner.get_mut(anchor) {
                entry.rules = list;
            }
            self.release(anchor);
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.trie.bytes()
            + self.fields.capacity() * size_of::<Field>()
            + self.fields.iter().map(Field::size).sum::<usize>()
            + self.interner.size()
            + self.lists.size()
            + self.wilds.capacity() * size_of::<Wild>()
            + self.wilds.iter().map(Wild::size).sum::<usize>()
    }
}
