//! "Did you mean": the known word that a misspelt one is nearest to.
//!
//! Distance is the number of edits, where swapping two neighbours is one edit and case, `-`, `_` and blanks cost
//! nothing (`detailType` is `detail-type`). A suggestion must be closer than a third of the word, or it would mislead.

use super::case::lower;

/// Longer words are not compared: the cost grows with the square of the length.
const LONGEST: usize = 64;

/// The best candidate for `word`, or none when nothing is near. The word itself is never suggested.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(word, &mut candidates.into_iter())
}

fn nearest<'a>(word: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(word)?;
    let allowed = (wanted.len() / 3).max(1);
    candidates
        .filter(|candidate| *candidate != word)
        .filter_map(|candidate| Some((plain(candidate)?, candidate)))
        // As many edits as the lengths differ are needed at least: most words need no table.
        .filter(|(letters, _)| letters.len().abs_diff(wanted.len()) <= allowed)
        .map(|(letters, candidate)| (distance(&wanted, &letters), candidate))
        .filter(|(edits, _)| *edits <= allowed && *edits < wanted.len())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> Option<Vec<char>> {
    let letters: String = word.chars().take(LONGEST + 1).filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    let letters: Vec<char> = lower(&letters).chars().collect();
    (letters.len() <= LONGEST).then_some(letters)
}

/// Edit distance with adjacent swaps, by rows: `older`, `previous` and `current` are rows of the usual table.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut older: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    let mut before: Option<char> = None;
    for (i, &x) in a.iter().enumerate() {
        let mut current = vec![i + 1];
        let mut left: Option<char> = None;
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut best =
                (at(&previous, j) + usize::from(x != y)).min(at(&previous, j + 1) + 1).min(at(&current, j) + 1);
            if before == Some(y) && left == Some(x) && j > 0 {
                best = best.min(at(&older, j - 1) + 1);
            }
            current.push(best);
            left = Some(y);
        }
        older = std::mem::replace(&mut previous, current);
        before = Some(x);
    }
    previous.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_wins_and_far_words_are_not_offered() {
        let known = ["prefix", "suffix", "numeric", "detail-type"];
        assert_eq!(did_you_mean("perfix", known), Some("prefix"));
        assert_eq!(did_you_mean("detailType", known), Some("detail-type"));
        assert_eq!(did_you_mean("Prefix", known), Some("prefix"));
        assert_eq!(did_you_mean("colour", known), None);
        assert_eq!(did_you_mean("", known), None);
    }
}
