//! The characters of names, strings, numbers and literals, and what can be wrong with them.
//!
//! The trap: two `\u` escapes may be the halves of one character; a half that stands alone becomes `?`, as it does
//! when the service turns its text into bytes.

use super::compact::plain;
use super::escapes::simple;
use super::token::{VALUE_WORDS, describe};
use super::{Error, MAX_NAME, MAX_STRING, Reader, Token};
use crate::text::{Span, shared};
use std::borrow::Cow;
use std::rc::Rc;

const OPEN_STRING: &str = ": was expecting closing quote for a string value";

/// How much of a misspelt word a message shows.
const WORD_SHOWN: usize = 256;

impl<'a> Reader<'a> {
    /// A member name; the opening quote is taken already. Most stand in the text as they are.
    pub(super) fn read_name(&mut self) -> Result<Cow<'a, str>, Error> {
        let start = self.at;
        let input = self.input;
        let rest = input.get(start..).unwrap_or("");
        let run = plain(rest.as_bytes());
        let name = match (rest.as_bytes().get(run), rest.get(..run)) {
            (Some(b'"'), Some(name)) => {
                self.at += run + 1;
                Cow::Borrowed(name)
            }
            _ => {
                let mut name = String::new();
                self.quoted(" in field name", "name", &mut |text| name = text.to_owned())?;
                Cow::Owned(name)
            }
        };
        self.within(&name, MAX_NAME, "Name length", "getMaxNameLength", start)?;
        Ok(name)
    }

    /// A string; the opening quote is taken already.
    pub(super) fn read_string(&mut self) -> Result<Rc<str>, Error> {
        let start = self.at;
        // Even an empty `Rc<str>` takes memory, so there is none before the text is known.
        let mut string = None;
        self.quoted(OPEN_STRING, "string value", &mut |text| string = Some(shared(text)))?;
        let string = string.unwrap_or_default();
        self.within(&string, MAX_STRING, "String value length", "getMaxStringLength", start)?;
        Ok(string)
    }

    /// The same for one owner.
    pub(super) fn read_owned(&mut self) -> Result<String, Error> {
        let start = self.at;
        let mut string = String::new();
        self.quoted(OPEN_STRING, "string value", &mut |text| string = text.to_owned())?;
        self.within(&string, MAX_STRING, "String value length", "getMaxStringLength", start)?;
        Ok(string)
    }

    fn within(&self, text: &str, most: usize, what: &str, limit: &str, start: usize) -> Result<(), Error> {
        if text.len() <= most {
            return Ok(());
        }
        let length = text.encode_utf16().count();
        if length <= most {
            return Ok(());
        }
        let words =
            format!("{what} ({length}) exceeds the maximum allowed ({most}, from `StreamReadConstraints.{limit}()`)");
        Err(Error::limit(words, Span::new(start, self.at)))
    }

    /// Gives the characters up to the closing quote to `take`.
    fn quoted(&mut self, cut_short: &str, what: &str, take: &mut dyn FnMut(&str)) -> Result<(), Error> {
        let start = self.at;
        let rest = self.input.get(start..).unwrap_or("");
        let run = plain(rest.as_bytes());
        let mut text = match rest.as_bytes().get(run) {
            Some(b'"') => {
                self.at += run + 1;
                take(rest.get(..run).unwrap_or(""));
                return Ok(());
            }
            // Most texts with escapes hold JSON: many quotes.
            Some(b'\\') => {
                if let Some((text, end)) = simple(rest, &mut self.scratch) {
                    self.at += end + 1;
                    take(text);
                    return Ok(());
                }
                String::new()
            }
            _ => {
                self.at += run;
                rest.get(..run).unwrap_or("").to_owned()
            }
        };
        loop {
            match self.take() {
                Some('"') => {
                    take(&text);
                    return Ok(());
                }
                Some('\\') => text.push(self.escape()?),
                Some(c) if c < ' ' => {
                    let words = format!(
                        "Illegal unquoted character ({}): has to be escaped using backslash to be included in {what}",
                        describe(c)
                    );
                    return Err(Error::syntax(words, Span::new(self.at - 1, self.at), self.at)
                        .with_help(format!("write `\\u{:04x}`", c as u32)));
                }
                Some(c) => text.push(c),
                None => {
                    let span = Span::new(start.saturating_sub(1), start);
                    return Err(self.cut_short(cut_short).with_help("close it with `\"`").with_span(span));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let Some(c) = self.take() else { return Err(self.cut_short(" in character escape sequence")) };
        Ok(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                return Ok(char::from_u32(first).unwrap_or_else(|| self.second_half(first)));
            }
            _ => {
                let words = format!("Unrecognized character escape {}", describe(c));
                let span = Span::new(self.at - c.len_utf8() - 1, self.at);
                return Err(Error::syntax(words, span, self.at).with_help("write `\\\\` for a backslash"));
            }
        })
    }

    /// The character that `first`, a half of a surrogate pair, begins; `?` when its other half does not follow.
    fn second_half(&mut self, first: u32) -> char {
        let rest = self.input.get(self.at..).unwrap_or("");
        let half = rest.strip_prefix("\\u").and_then(|rest| rest.get(..4)).and_then(hex);
        match half {
            Some(second @ 0xdc00..=0xdfff) if first < 0xdc00 => {
                self.at += 6;
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).unwrap_or('?')
            }
            _ => '?',
        }
    }

    fn unit(&mut self) -> Result<u32, Error> {
        let mut value = 0;
        for _ in 0..4 {
            let Some(c) = self.take() else { return Err(self.cut_short(" in character escape sequence")) };
            let Some(digit) = c.to_digit(16) else {
                return Err(self.unexpected(c, "expected a hex-digit for character escape sequence"));
            };
            value = value * 16 + digit;
        }
        Ok(value)
    }

    /// A number whose first character `first` is taken already.
    pub(super) fn number(&mut self, first: char) -> Result<(), Error> {
        let start = self.at - 1;
        let mut digit = first;
        if first == '-' {
            digit = match self.take() {
                Some(c @ '0'..='9') => c,
                Some('I') => return Err(self.infinity("-")),
                Some(c) => {
                    return Err(
                        self.bad_number(c, "expected digit (0-9) to follow minus sign, for valid numeric value")
                    );
                }
                None => return Err(self.cut_short(" in a Number value")),
            };
        }
        if digit == '0' && matches!(self.peek(), Some('0'..='9')) {
            let words = "Invalid numeric value: Leading zeroes not allowed";
            return Err(Error::syntax(words, Span::new(start, self.at), self.at).with_help("remove the leading zero"));
        }
        self.digits();
        if self.peek() == Some('.') {
            self.at += 1;
            self.some_digits("Decimal point not followed by a digit")?;
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.at += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.at += 1;
            }
            self.some_digits("Exponent indicator not followed by a digit")?;
        }
        self.set_value_end(self.at);
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = self.input.get(self.at..).unwrap_or("");
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        count
    }

    fn some_digits(&mut self, otherwise: &str) -> Result<(), Error> {
        match self.digits() {
            0 => match self.take() {
                Some(c) => Err(self.bad_number(c, otherwise)),
                None => Err(self.cut_short(" in a Number value")),
            },
            _ => Ok(()),
        }
    }

    fn bad_number(&self, c: char, why: &str) -> Error {
        let words = format!("Unexpected character ({}) in numeric value: {why}", describe(c));
        Error::syntax(words, Span::new(self.at - c.len_utf8(), self.at), self.at)
    }

    /// Outside all brackets a number must be followed by a blank, which is taken with it.
    pub(super) fn end_of_root_number(&mut self) -> Result<(), Error> {
        match self.peek() {
            None | Some('\r') => Ok(()),
            Some(' ' | '\t' | '\n') => {
                self.at += 1;
                Ok(())
            }
            Some(c) => {
                self.at += c.len_utf8();
                Err(self.unexpected(c, "Expected space separating root-level values"))
            }
        }
    }

    /// `true`, `false` or `null`, whose first character is taken already.
    pub(super) fn literal(&mut self, word: &str, token: Token) -> Result<Token, Error> {
        let start = self.at - 1;
        for expected in word.chars().skip(1) {
            if self.peek() != Some(expected) {
                return Err(self.unknown_word(start));
            }
            self.at += 1;
        }
        match self.peek() {
            Some(c) if in_word(c) => Err(self.unknown_word(start)),
            _ => Ok(token),
        }
    }

    /// The error for a value that starts with a character no value starts with.
    pub(super) fn odd_value(&mut self, c: char) -> Error {
        let start = self.at - c.len_utf8();
        let rest = self.input.get(start..).unwrap_or("");
        match c {
            'N' if rest.starts_with("NaN") => {
                self.at = start + 3;
                self.non_standard("NaN", start)
            }
            'I' if rest.starts_with("Infinity") => {
                self.at = start + 8;
                self.non_standard("Infinity", start)
            }
            '+' => match self.take() {
                Some('I') => self.infinity("+"),
                Some(_) | None => {
                    let words = "JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow";
                    let message = format!("Unexpected character ('+' (code 43)) in numeric value: {words}");
                    Error::syntax(message, Span::new(start, start + 1), self.at).with_help("remove the `+`")
                }
            },
            c if in_word(c) && !c.is_ascii_digit() => self.unknown_word(start),
            _ => self.unexpected(c, &format!("expected a valid value {VALUE_WORDS}")),
        }
    }

    fn infinity(&mut self, sign: &str) -> Error {
        let start = self.at - 2;
        let rest = self.input.get(self.at..).unwrap_or("");
        let word = if rest.starts_with("NF") { "INF" } else { "Infinity" };
        self.non_standard(&format!("{sign}{word}"), start)
    }

    fn non_standard(&self, word: &str, start: usize) -> Error {
        let words = format!("Non-standard token '{word}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow");
        Error::syntax(words, Span::new(start, self.at), self.at)
    }

    /// Takes the rest of the word that begins at `start` and complains about it.
    fn unknown_word(&mut self, start: usize) -> Error {
        let mut cut = "";
        while let Some(c) = self.peek().filter(|c| in_word(*c)) {
            self.at += c.len_utf8();
            if self.at - start >= WORD_SHOWN {
                cut = "...";
                break;
            }
        }
        let span = Span::new(start, self.at);
        let word = span.of(self.input);
        let words = format!("Unrecognized token '{word}{cut}': was expecting {VALUE_WORDS}");
        Error::syntax(words, span, self.at).with_help("a text needs double quotes")
    }
}

/// Whether Java takes the character for part of a word (`isJavaIdentifierPart`), which it judges by UTF-16 unit.
fn in_word(c: char) -> bool {
    c.len_utf16() == 1
        && (c.is_alphanumeric() || matches!(c, '_' | '$' | '\0'..='\u{8}' | '\u{e}'..='\u{1b}' | '\u{7f}'..='\u{9f}'))
}

fn hex(digits: &str) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::json::{Value, parse};

    #[test]
    fn halves_of_characters_join_or_become_question_marks() {
        for (text, wanted) in [
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d""#, "?"),
            (r#""\ude00x""#, "?x"),
            (r#""\ud83d\ud83d\ude00""#, "?😀"),
        ] {
            assert_eq!(parse(text).unwrap(), Value::string(wanted), "{text}");
        }
    }

    #[test]
    fn the_words_of_errors_are_the_parsers_own() {
        for (text, wanted) in [
            (
                "tru",
                "Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            ),
            ("\"\\q\"", "Unrecognized character escape 'q' (code 113)"),
            ("[01]", "Invalid numeric value: Leading zeroes not allowed"),
            ("[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"),
            ("{\"a\"", "Unexpected end-of-input within/between Object entries"),
        ] {
            assert_eq!(parse(text).unwrap_err().message, wanted);
        }
    }
}
