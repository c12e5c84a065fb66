//! Globs: texts in which `*` stands for any run of characters, none included, and `?` for any one character.
//!
//! [`matches`] is what AWS means in ARNs, actions and `StringLike`: two fingers and one place to go back to, because after
//! a mismatch only the last star needs to be tried again; its time is bounded by the product of the lengths.
//! [`pieces_match`] is for stars alone, already split: the pieces are looked for from left to right, and the leftmost place
//! of each is the best one, because a star takes whatever lies between.

use crate::sets::Listed as _;

/// Whether the glob matches the whole text.
pub fn matches(glob: &str, text: &str) -> bool {
    let (glob, text): (Vec<char>, Vec<char>) = (glob.chars().listed(), text.chars().listed());
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(character) = text.get(read) {
        match glob.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == character => {
                at += 1;
                read += 1;
            }
            _ => match star {
                Some((after, from)) => {
                    star = Some((after, from + 1));
                    at = after + 1;
                    read = from + 1;
                }
                None => return false,
            },
        }
    }
    glob.iter().skip(at).all(|rest| *rest == '*')
}

/// Whether a text consists of these pieces, in this order, with anything between them. One piece is the whole text.
pub fn pieces_match<S: AsRef<str>>(pieces: &[S], text: &str) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return text.is_empty() };
    let Some((last, middle)) = rest.split_last() else { return text == first.as_ref() };
    let Some(mut text) = text.strip_prefix(first.as_ref()).and_then(|text| text.strip_suffix(last.as_ref())) else {
        return false;
    };
    for piece in middle {
        let piece = piece.as_ref();
        match text.find(piece) {
            Some(at) => text = text.get(at + piece.len()..).unwrap_or(""),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_take_any_run_and_question_marks_one_character() {
        for (glob, text) in [
            ("*", ""),
            ("a*", "a"),
            ("*a*a", "aba"),
            ("arn:*:s3:::b*", "arn:aws:s3:::bucket"),
            ("a?c", "aéc"),
            ("a*b*c", "aXbYbZc"),
            ("", ""),
        ] {
            assert!(matches(glob, text), "{glob} {text}");
        }
        for (glob, text) in
            [("a*a", "a"), ("a", "ab"), ("*b", "a"), ("a*b*c", "acb"), ("a?c", "ac"), ("a*b*c", "aXbYbZ"), ("", "x")]
        {
            assert!(!matches(glob, text), "{glob} {text}");
        }
    }
}
