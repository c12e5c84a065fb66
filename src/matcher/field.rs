//! One field of the event: which of the predicates on it does a value satisfy?
//!
//! Equality is one look-up. Prefixes and suffixes are one look-up for each *length* that some rule asks for, which stays few
//! where rules are many. A wildcard is tried when what stands before its first star (or after its last) was found; one with
//! stars at both ends when its rarest-looking three bytes occur at all (`wildcards`). Ranges are searched (`ranges`),
//! networks looked up by length like prefixes. Only folded texts with letters beyond ASCII are tried one by one.

use super::escapes::decode;
use super::hash::Text;
use super::index::Index;
use super::interner::{Kind, NONE};
use super::number::{Number, number_bytes};
use super::ranges::Ranges;
use super::state::State;
use super::trie::NodeId;
use super::wildcards::Floating;
use crate::pattern::operators::equals_ignore_case::Folded;
use crate::pattern::predicates::Place;
use crate::sets::ip::Address;

/// The literals, as the bytes of their predicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    Null,
    False,
    True,
    /// Any value at all. It is the last.
    Present,
}

/// A field that rules test.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) node: NodeId,
    /// How many definitions of rules test it.
    pub(super) uses: u32,
    /// A bit for each kind that it has predicates of.
    kinds: u32,
    /// The predicates of its literals.
    literals: [u32; 4],
    /// What only some fields have.
    more: Option<Box<More>>,
}

#[derive(Debug, Default)]
struct More {
    /// How many predicates of each kind.
    counts: [u32; Kind::COUNT],
    /// The lengths of affixes and the bits of networks, each with its kind and how many have it.
    lengths: Vec<(Kind, u32, u32)>,
    ranges: Ranges,
    floating: Floating,
    folded: Vec<(u32, Folded, Place)>,
}

const fn bit(kind: Kind) -> u32 {
    1 << kind as u32
}

const AFFIXES: u32 = bit(Kind::Prefix)
    | bit(Kind::Suffix)
    | bit(Kind::FoldedPrefix)
    | bit(Kind::FoldedSuffix)
    | bit(Kind::Head)
    | bit(Kind::Tail);
const LOWERED: u32 = bit(Kind::FoldedText) | bit(Kind::FoldedPrefix) | bit(Kind::FoldedSuffix);
const ADDRESSES: u32 = bit(Kind::Address) | bit(Kind::Network);
const STRINGS: u32 = bit(Kind::Text) | AFFIXES | LOWERED | ADDRESSES | bit(Kind::Folded) | bit(Kind::Wildcard);
const NUMBERS: u32 = bit(Kind::Number) | bit(Kind::Spelling) | bit(Kind::Range);

impl Field {
    pub(super) fn new(node: NodeId) -> Self {
        Self { node, uses: 0, kinds: 0, literals: [NONE; 4], more: None }
    }

    /// Whether the characters of a string matter.
    #[inline(always)]
    pub(super) fn wants_strings(&self) -> bool {
        self.kinds & STRINGS != 0
    }

    /// Whether the value of a number matters.
    #[inline(always)]
    pub(super) fn wants_numbers(&self) -> bool {
        self.kinds & NUMBERS != 0
    }

    /// Whether numbers are compared by their values only.
    #[inline(always)]
    pub(super) fn wants_whole_numbers(&self) -> bool {
        self.kinds & NUMBERS == bit(Kind::Number)
    }

    #[inline(always)]
    fn has(&self, kind: Kind) -> bool {
        self.kinds & bit(kind) != 0
    }

    /// Notes that there is a value.
    #[inline(always)]
    pub(super) fn present(&self, index: &Index, state: &mut State, member: u32) {
        let [.., present] = self.literals;
        if present != NONE {
            index.satisfied(present, state, member);
        }
    }

    /// Notes a literal.
    #[inline]
    pub(super) fn literal(&self, literal: Literal, index: &Index, state: &mut State, member: u32) {
        if let Some(predicate) = self.literals.get(literal as usize).filter(|predicate| **predicate != NONE) {
            index.satisfied(*predicate, state, member);
        }
    }

    /// Notes what a string satisfies. Most are compared with whole texts only.
    #[inline(always)]
    pub(super) fn string(&self, id: u32, value: Text<'_>, index: &Index, state: &mut State, member: u32) {
        if self.has(Kind::Text)
            && let Some(predicate) = index.interner.look_up(id, Kind::Text, value)
        {
            index.satisfied(predicate, state, member);
        }
        if self.kinds & STRINGS & !bit(Kind::Text) != 0 {
            self.parts(id, value.bytes, index, state, member);
        }
    }

    /// The same for one with escapes.
    #[inline(never)]
    pub(super) fn escaped(&self, id: u32, value: &[u8], index: &Index, state: &mut State, member: u32) {
        let mut decoded = std::mem::take(&mut state.decoded);
        decode(value, &mut decoded);
        if self.has(Kind::Text)
            && let Some(predicate) = index.interner.find(id, Kind::Text, &decoded)
        {
            index.satisfied(predicate, state, member);
        }
        self.parts(id, &decoded, index, state, member);
        state.decoded = decoded;
    }

    /// Notes what parts of a string satisfy, and the string in lower case.
    #[inline(never)]
    fn parts(&self, id: u32, value: &[u8], index: &Index, state: &mut State, member: u32) {
        let interner = &index.interner;
        let Some(more) = self.more.as_deref().filter(|_| self.kinds & STRINGS & !bit(Kind::Text) != 0) else { return };
        if self.kinds & LOWERED != 0 {
            let mut lowered = std::mem::take(&mut state.lowered);
            lowered.clear();
            lowered.extend(value.iter().map(u8::to_ascii_lowercase));
            if let Some(predicate) = interner.find(id, Kind::FoldedText, &lowered) {
                index.satisfied(predicate, state, member);
            }
            more.affixes(id, &lowered, Case::Lowered, index, state, member);
            state.lowered = lowered;
        }
        if self.kinds & AFFIXES & !LOWERED != 0 {
            more.affixes(id, value, Case::AsIs, index, state, member);
        }
        if self.kinds & (ADDRESSES | bit(Kind::Folded) | bit(Kind::Wildcard)) != 0 {
            let Ok(text) = std::str::from_utf8(value) else { return };
            if self.kinds & ADDRESSES != 0
                && let Some(address) = Address::parse(text)
            {
                more.address(id, address, index, state, member);
            }
            for (predicate, folded, place) in &more.folded {
                let fits = match place {
                    Place::Whole => folded.equals(text),
                    Place::Begin => folded.begins(text),
                    Place::End => folded.ends(text),
                };
                if fits {
                    index.satisfied(*predicate, state, member);
                }
            }
            more.floating.each(value, &mut |wild| index.try_wild(wild, value, state, member));
        }
    }

    /// Notes what a whole number of at most fifteen digits satisfies, by its value.
    pub(super) fn whole(&self, id: u32, number: i64, index: &Index, state: &mut State, member: u32) {
        let bytes = number_bytes(number as f64);
        if let Some(predicate) = index.interner.look_up(id, Kind::Number, Text::new(&bytes)) {
            index.satisfied(predicate, state, member);
        }
    }

    /// Notes what a number satisfies.
    pub(super) fn number(&self, id: u32, text: &[u8], index: &Index, state: &mut State, member: u32) {
        if self.has(Kind::Spelling)
            && let Some(predicate) = index.interner.find(id, Kind::Spelling, text)
        {
            index.satisfied(predicate, state, member);
        }
        if self.kinds & (bit(Kind::Number) | bit(Kind::Range)) == 0 {
            return;
        }
        let mut number = Number::read(text);
        if self.has(Kind::Number)
            && let Some(predicate) = index.interner.find(id, Kind::Number, &number_bytes(number.value))
            && number.is_comparable()
        {
            index.satisfied(predicate, state, member);
        }
        if let Some(more) = self.more.as_deref().filter(|_| self.has(Kind::Range)) {
            more.ranges.find(number.value, |predicate| {
                let joint = index.interner.get(predicate).map_or(0, |entry| entry.joint);
                let spoils = index.interner.get(predicate).is_some_and(|entry| entry.spoils != NONE);
                if (spoils || !state.is_settled(predicate, joint)) && number.is_comparable() {
                    index.satisfied(predicate, state, member);
                }
            });
        }
    }

    /// Takes in a new predicate.
    pub(super) fn add(&mut self, predicate: u32, kind: Kind, detail: Detail<'_>) {
        if let Detail::Literal(literal) = detail {
            if let Some(slot) = self.literals.get_mut(literal as usize) {
                *slot = predicate;
            }
            return;
        }
        self.kinds |= bit(kind);
        let more = self.more.get_or_insert_default();
        if let Some(count) = more.counts.get_mut(kind as usize) {
            *count += 1;
        }
        match detail {
            Detail::Length(length) => more.add_length(kind, length),
            Detail::Range(range) => more.ranges.add(range, predicate),
            Detail::Folded(folded, place) => more.folded.push((predicate, folded, place)),
            Detail::Floating(wild, pieces) => more.floating.add(wild, pieces),
            Detail::Plain | Detail::Literal(_) => {}
        }
    }

    /// Gives up a predicate that no rule has any more.
    pub(super) fn remove(&mut self, predicate: u32, kind: Kind, length: u32) {
        self.literals.iter_mut().filter(|literal| **literal == predicate).for_each(|literal| *literal = NONE);
        let Some(more) = self.more.as_deref_mut().filter(|_| kind != Kind::Literal) else { return };
        if let Some(count) = more.counts.get_mut(kind as usize) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.kinds &= !bit(kind);
            }
        }
        match kind {
            Kind::Range => more.ranges.remove(predicate),
            Kind::Folded => more.folded.retain(|(other, ..)| *other != predicate),
            _ => more.remove_length(kind, length),
        }
    }

    /// Gives up a wildcard with stars at both ends.
    pub(super) fn remove_floating(&mut self, wild: u32) {
        if let Some(more) = self.more.as_deref_mut() {
            more.floating.remove(wild);
        }
    }

    /// Makes ready after changes.
    pub(super) fn prepare(&mut self) {
        if let Some(more) = self.more.as_deref_mut() {
            more.ranges.prepare();
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.more.as_deref().map_or(0, |more| {
            size_of::<More>() + more.lengths.capacity() * 12 + more.ranges.size() + more.floating.size()
        })
    }
}

/// What a field must know of a new predicate.
pub(super) enum Detail<'a> {
    /// Nothing: it is found by its bytes.
    Plain,
    Literal(Literal),
    /// The length of an affix, or the family and bits of a network.
    Length(u32),
    Range(crate::pattern::predicates::Range),
    Folded(Folded, Place),
    /// A wildcard with stars at both ends.
    Floating(u32, &'a [Box<str>]),
}

/// Which spelling of the value is at hand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    AsIs,
    Lowered,
}

impl More {
    fn affixes(&self, id: u32, value: &[u8], case: Case, index: &Index, state: &mut State, member: u32) {
        for (kind, length, _) in &self.lengths {
            let length = *length as usize;
            if length > value.len() {
                continue;
            }
            let at_start = matches!(kind, Kind::Prefix | Kind::FoldedPrefix | Kind::Head);
            let folded = matches!(kind, Kind::FoldedPrefix | Kind::FoldedSuffix);
            if *kind == Kind::Network || folded != (case == Case::Lowered) {
                continue;
            }
            let part = if at_start { value.get(..length) } else { value.get(value.len() - length..) };
            let Some(predicate) = part.and_then(|part| index.interner.find(id, *kind, part)) else { continue };
            match kind {
                Kind::Head | Kind::Tail => index.try_wilds(predicate, value, state, member),
                _ => index.satisfied(predicate, state, member),
            }
        }
    }

    fn address(&self, id: u32, address: Address, index: &Index, state: &mut State, member: u32) {
        if let Some(predicate) = index.interner.find(id, Kind::Address, &address_bytes(address)) {
            index.satisfied(predicate, state, member);
        }
        for (kind, bits, _) in &self.lengths {
            if *kind == Kind::Network
                && let Some(key) = network_bytes(address, *bits)
                && let Some(predicate) = index.interner.find(id, Kind::Network, &key)
            {
                index.satisfied(predicate, state, member);
            }
        }
    }

    fn add_length(&mut self, kind: Kind, length: u32) {
        match self.lengths.iter_mut().find(|(other, known, _)| *other == kind && *known == length) {
            Some((.., count)) => *count += 1,
            None => self.lengths.push((kind, length, 1)),
        }
    }

    fn remove_length(&mut self, kind: Kind, length: u32) {
        let found = self.lengths.iter().position(|(other, known, _)| *other == kind && *known == length);
        if let Some(at) = found
            && let Some((.., count)) = self.lengths.get_mut(at)
        {
            *count -= 1;
            if *count == 0 {
                self.lengths.swap_remove(at);
            }
        }
    }
}

/// The bytes of an address's predicate: its family and itself.
pub(super) fn address_bytes(address: Address) -> [u8; 17] {
    let (family, number) = match address {
        Address::V4(number) => (4, u128::from(number)),
        Address::V6(number) => (6, number),
    };
    let mut bytes = [family; 17];
    if let Some(rest) = bytes.last_chunk_mut::<16>() {
        *rest = number.to_be_bytes();
    }
    bytes
}

/// A family and a number of bits as one length: 400 + bits for IPv4, 600 + bits for IPv6.
pub(super) fn network_length(address: Address, bits: u32) -> u32 {
    match address {
        Address::V4(_) => 400 + bits,
        Address::V6(_) => 600 + bits,
    }
}

/// The bytes of the network of so many bits that an address lies in, if it is of its family.
pub(super) fn network_bytes(address: Address, length: u32) -> Option<[u8; 21]> {
    let masked = match address {
        Address::V4(number) if length < 600 => {
            Address::V4(number & u32::MAX.checked_shl(32 - (length - 400)).unwrap_or(0))
        }
        Address::V6(number) if length >= 600 => {
            Address::V6(number & u128::MAX.checked_shl(128 - (length - 600)).unwrap_or(0))
        }
        _ => return None,
    };
    let mut bytes = [0; 21];
    let (start, end) = bytes.split_at_mut(4);
    start.copy_from_slice(&length.to_le_bytes());
    end.copy_from_slice(&address_bytes(masked));
    Some(bytes)
}
