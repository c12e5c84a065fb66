//! Globs: texts in which `*` stands for any run of characters, none included.
//!
//! Matching is linear in the length of the text for a given glob: the pieces between the stars are looked for from left
//! to right, and the leftmost place of each is the best one, because a star takes whatever lies between.

/// Whether a text matches a glob in which every `*` is a star.
pub fn matches(glob: &str, text: &str) -> bool {
    pieces_match(&glob.split('*').collect::<Vec<_>>(), text)
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
    fn stars_take_any_run() {
        for (glob, text) in
            [("*", ""), ("a*", "a"), ("*a*a", "aba"), ("arn:*:s3:::b*", "arn:aws:s3:::bucket"), ("", "")]
        {
            assert!(matches(glob, text), "{glob} {text}");
        }
        for (glob, text) in [("a*a", "a"), ("a", "ab"), ("*b", "a"), ("a*b*c", "acb"), ("", "x")] {
            assert!(!matches(glob, text), "{glob} {text}");
        }
    }
}
