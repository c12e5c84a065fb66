//! Lower and upper case of all characters, as Unicode has them, in a tenth of the standard library's room.
//!
//! `lower.txt` and `upper.txt` hold one word for each run of characters: `à-öÀ` says that à, á, â up to ö become À, Á, Â and so
//! on, `ā=įĀ` the same for every second character, `ßSS` is a character with its form. They stand in the order of the
//! characters and are listed at the first search, so that one character costs a search by halves. A test holds them against the library; `UPDATE_CASES=1 cargo test --lib case` writes
//! them anew.
//!
//! What is known of words is not here: a Σ at a word's end is lower-cased like any other.

use std::sync::OnceLock;

const LOWER: &str = include_str!("lower.txt");
const UPPER: &str = include_str!("upper.txt");

/// A word, and how far it and those before it reach: runs of every second character lie around others.
struct Word {
    first: char,
    reach: char,
    word: &'static str,
}

static LOWER_WORDS: OnceLock<Vec<Word>> = OnceLock::new();
static UPPER_WORDS: OnceLock<Vec<Word>> = OnceLock::new();

fn listed(forms: &'static str) -> Vec<Word> {
    let (mut list, mut reach) = (Vec::new(), '\0');
    for word in forms.lines() {
        let mut letters = word.chars();
        let first = letters.next().unwrap_or_default();
        let last = match letters.next() {
            Some('-' | '=') => letters.next().unwrap_or_default(),
            _ => first,
        };
        reach = reach.max(last);
        list.push(Word { first, reach, word });
    }
    list
}

/// The text in lower case, character by character.
pub fn lower(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut lower, letter| {
        if letter.is_ascii() {
            lower.push(letter.to_ascii_lowercase())
        } else {
            push(LOWER_WORDS.get_or_init(|| listed(LOWER)), letter, &mut lower)
        }
        lower
    })
}

/// The text in upper case, character by character.
pub fn upper(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut upper, letter| {
        if letter.is_ascii() {
            upper.push(letter.to_ascii_uppercase())
        } else {
            push(UPPER_WORDS.get_or_init(|| listed(UPPER)), letter, &mut upper)
        }
        upper
    })
}

fn push(words: &[Word], letter: char, text: &mut String) {
    let behind = words.partition_point(|word| word.first <= letter);
    for Word { first, reach, word } in words.iter().take(behind).rev() {
        if *reach < letter {
            break;
        }
        let rest = word.get(first.len_utf8()..).unwrap_or_default();
        let mut letters = rest.chars();
        let step = match letters.next() {
            Some('-') => 1,
            Some('=') => 2,
            _ if *first == letter => return text.push_str(rest),
            _ => continue,
        };
        let (last, form) = (letters.next().unwrap_or_default(), letters.next().unwrap_or_default());
        let distance = u32::from(letter) - u32::from(*first);
        if letter <= last && distance % step == 0 {
            return text.extend(char::from_u32(u32::from(form) + distance));
        }
    }
    text.push(letter);
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::{char, fs};

    use super::{LOWER, UPPER, lower, upper};

    /// A run: first, last, the distance of two, the first one's form.
    type Run = (char, char, u32, String);

    type Form = fn(char) -> String;

    /// The words for all characters beyond ASCII, from the standard library.
    fn words(form: Form) -> String {
        let mut runs: Vec<Run> = Vec::new();
        for (letter, form) in ('\u{80}'..=char::MAX).map(|letter| (letter, form(letter))) {
            if form == letter.to_string() {
                continue;
            }
            let goes_on = runs.last().is_some_and(|(first, last, step, start)| {
                let from_last = u32::from(letter) - u32::from(*last);
                let fits = if first == last { from_last <= 2 } else { from_last == *step };
                fits && only(start).zip(only(&form)).is_some_and(|(start, form)| {
                    i64::from(form) - i64::from(start) == i64::from(u32::from(letter)) - i64::from(u32::from(*first))
                })
            });
            match runs.last_mut().filter(|_| goes_on) {
                Some((_, last, step, _)) => (*step, *last) = (u32::from(letter) - u32::from(*last), letter),
                None => runs.push((letter, letter, 1, form)),
            }
        }
        runs.iter().fold(String::new(), |mut words, (first, last, step, form)| {
            let _ = match first == last {
                true => writeln!(words, "{first}{form}"),
                false => writeln!(words, "{first}{}{last}{form}", if *step == 1 { '-' } else { '=' }),
            };
            words
        })
    }

    fn only(form: &str) -> Option<u32> {
        form.chars().next().filter(|first| form.len() == first.len_utf8()).map(u32::from)
    }

    #[test]
    fn every_character_has_the_case_of_the_standard_library() {
        let forms: [(&str, &str, Form); 2] = [
            ("lower", LOWER, |letter| letter.to_lowercase().collect()),
            ("upper", UPPER, |letter| letter.to_uppercase().collect()),
        ];
        let stale = forms.map(|(name, found, form)| {
            let wanted = words(form);
            if std::env::var_os("UPDATE_CASES").is_some() {
                fs::write(format!("{}/src/text/{name}.txt", env!("CARGO_MANIFEST_DIR")), &wanted).unwrap();
            }
            found != wanted
        });
        assert!(stale == [false; 2], "stale: run `UPDATE_CASES=1 cargo test --lib case`, then without");
        let has_case = |letter: &char| letter.is_lowercase() || letter.is_uppercase();
        for letter in ('\0'..'\u{3000}').chain(('\u{3000}'..=char::MAX).filter(has_case)) {
            let text = letter.to_string();
            assert_eq!(lower(&text), letter.to_lowercase().collect::<String>());
            assert_eq!(upper(&text), letter.to_uppercase().collect::<String>());
        }
    }
}
