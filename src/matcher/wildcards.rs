//! Texts with stars, tried against a string: from left to right, the leftmost place of each piece is the best.
//!
//! That is linear in the string for one wildcard, so no automaton is needed; what is needed is not to try most of them. With a
//! literal start or end a wildcard hangs on that (`Head`, `Tail` in `interner`). The others are *floating*: of each we keep two
//! runs of three bytes that must occur; the runs of the string are put into a small bitmap once, and a wildcard whose runs are not
//! there is passed over with two look-ups.
//!
//! Tried: a shared automaton over all wildcards of a field. Every `*abc*` keeps its states alive to the end, so its
//! determinised form grows with the subsets that occur, and a bounded cache of them thrashes on the very sets it is for
//! (`adversarial-wild-substr-1k`).

use crate::json::block;

/// A text with stars.
#[derive(Debug)]
pub(super) struct Wild {
    /// The predicate that it is.
    pub(super) predicate: u32,
    /// What stands between its stars: at least two, the first and last may be empty.
    pub(super) pieces: Box<[Box<str>]>,
}

impl Wild {
    /// Whether a whole string fits.
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else { return false };
        let (first, last) = (first.as_bytes(), last.as_bytes());
        if text.len() < first.len() + last.len() || !text.starts_with(first) || !text.ends_with(last) {
            return false;
        }
        let mut rest = text.get(first.len()..text.len() - last.len()).unwrap_or_default();
        for piece in self.pieces.get(1..self.pieces.len() - 1).unwrap_or_default() {
            let piece = piece.as_bytes();
            match find(rest, piece) {
                Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
                None => return false,
            }
        }
        true
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.pieces.iter().map(|piece| size_of::<Box<str>>() + piece.len()).sum()
    }
}

/// The leftmost place of a piece, by its first and last byte sixteen places at a time.
fn find(text: &[u8], piece: &[u8]) -> Option<usize> {
    let (Some(first), Some(last)) = (piece.first(), piece.last()) else { return Some(0) };
    let mut at = 0;
    let chunk = |at: usize| text.get(at..at + 16).and_then(|chunk| <[u8; 16]>::try_from(chunk).ok());
    while let (Some(begin), Some(end)) = (chunk(at), chunk(at + piece.len() - 1)) {
        let mut places = block::equal(begin, *first) & block::equal(end, *last);
        while places != 0 {
            let place = at + places.trailing_zeros() as usize;
            if text.get(place..place + piece.len()) == Some(piece) {
                return Some(place);
            }
            places &= places - 1;
        }
        at += 16;
    }
    let rest = text.get(at..)?;
    rest.windows(piece.len()).position(|window| window == piece).map(|place| at + place)
}

/// Wildcards with stars at both ends, on one field.
#[derive(Debug, Default)]
pub(super) struct Floating {
    wilds: Vec<Rare>,
}

/// A wildcard and the runs of three bytes that must occur.
#[derive(Debug)]
struct Rare {
    wild: u32,
    runs: [u32; 2],
}

/// No run: the pieces are too short.
const ANY: u32 = u32::MAX;
/// From so many wildcards on the bitmap pays.
const FEW: usize = 4;
/// Beyond so many bytes every run occurs anyway.
const LONG: usize = 16_384;
/// The words of the bitmap: four bits for each run of the longest string.
const WORDS: usize = 1024;

impl Floating {
    /// Takes in a wildcard with these pieces.
    pub(super) fn add(&mut self, wild: u32, pieces: &[Box<str>]) {
        let mut runs = pieces.iter().filter_map(|piece| piece.as_bytes().last_chunk::<3>()).map(run);
        let runs = [runs.next().unwrap_or(ANY), runs.next_back().unwrap_or(ANY)];
        self.wilds.push(Rare { wild, runs });
    }

    pub(super) fn remove(&mut self, wild: u32) {
        self.wilds.retain(|rare| rare.wild != wild);
    }

    /// Names the wildcards worth trying on a string.
    pub(super) fn each(&self, text: &[u8], try_it: &mut dyn FnMut(u32)) {
        if self.wilds.len() < FEW || text.len() > LONG {
            self.wilds.iter().for_each(|rare| try_it(rare.wild));
            return;
        }
        let mut bitmap = [0u64; WORDS];
        for window in text.array_windows::<3>() {
            let place = place(run(window));
            if let Some(word) = bitmap.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        let occurs = |run: u32| {
            let place = place(run);
            run == ANY || bitmap.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
        };
        let worth = self.wilds.iter().filter(|rare| rare.runs.iter().all(|run| occurs(*run)));
        worth.for_each(|rare| try_it(rare.wild));
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.wilds.capacity() * size_of::<Rare>()
    }
}

fn run(bytes: &[u8; 3]) -> u32 {
    let [a, b, c] = *bytes;
    u32::from_le_bytes([a, b, c, 0])
}

fn place(run: u32) -> usize {
    (run.wrapping_mul(0x9e37_79b1) >> 16) as usize % (WORDS * 64)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_piece_is_found_where_it_stands_first() {
        let text = "aab".repeat(20) + "needle" + &"aab".repeat(9) + "end";
        for piece in ["a", "aab", "needle", "bneedlea", "end", "nope", "baab", text.as_str(), ""] {
            assert_eq!(find(text.as_bytes(), piece.as_bytes()), text.find(piece), "{piece}");
        }
    }
}
