//! The pull tokenizer, in the image of Jackson's `ReaderBasedJsonParser`.
//!
//! Three of its habits show in the service's messages and are kept on purpose:
//! * a string is read only when somebody asks for its text or for the next token; until then the parser stands just
//!   after the opening quote, and whatever is wrong inside goes unnoticed;
//! * with a member's name the start of its value is read too (numbers and literals whole), so an error there surfaces
//!   with the name, and the position after a name is the one after that start;
//! * errors name the position just after the last character that was taken.

use super::error::source_place;
use super::{Error, MAX_DEPTH};
use crate::text::Span;
use std::borrow::Cow;
use std::rc::Rc;

/// One step of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `{`
    StartObject,
    /// `}`
    EndObject,
    /// `[`
    StartArray,
    /// `]`
    EndArray,
    /// The name of a member; its value is the next token.
    Name,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

/// What encloses the current token.
pub(super) struct Scope {
    bracket: Bracket,
    start: usize,
    /// Whether a value or member came before, so that a comma must come next.
    started: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Array,
    Object,
}

impl Bracket {
    fn name(self) -> &'static str {
        match self {
            Bracket::Array => "Array",
            Bracket::Object => "Object",
        }
    }

    fn close(self) -> char {
        match self {
            Bracket::Array => ']',
            Bracket::Object => '}',
        }
    }
}

/// The words Jackson uses for "a value was expected here".
pub(super) const VALUE_WORDS: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Reads tokens from a text.
pub struct Reader<'a> {
    pub(super) input: &'a str,
    /// The next byte to take: Jackson's "current position".
    pub(super) at: usize,
    scopes: Vec<Scope>,
    token: Option<Token>,
    /// The value token that was read together with a name.
    after_name: Option<Token>,
    /// A string token whose characters were not read yet.
    unread: bool,
    name: Cow<'a, str>,
    name_span: Span,
    value: Option<Rc<str>>,
    value_span: Span,
    /// Where strings with escapes are put together.
    pub(super) scratch: Vec<u8>,
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    pub fn new(input: &'a str) -> Reader<'a> {
        Reader {
            input,
            at: 0,
            scopes: Vec::new(),
            token: None,
            after_name: None,
            unread: false,
            name: Cow::Borrowed(""),
            name_span: Span::default(),
            value: None,
            value_span: Span::default(),
            scratch: Vec::new(),
        }
    }

    /// The whole text.
    pub fn input(&self) -> &'a str {
        self.input
    }

    /// Where the parser stands: just after what it took last (byte offset).
    pub fn position(&self) -> usize {
        self.at
    }

    /// Where the current token stands. The end of a string is known once its text was asked for.
    pub fn span(&self) -> Span {
        if self.token == Some(Token::Name) { self.name_span } else { self.value_span }
    }

    /// The text of the current token: a string or name unescaped, anything else as written. It is given once.
    pub fn text(&mut self) -> Result<String, Error> {
        match self.token {
            Some(Token::Name) => Ok(std::mem::take(&mut self.name).into_owned()),
            Some(Token::String) if self.unread => {
                self.unread = false;
                let text = self.read_owned()?;
                self.set_value_end(self.at);
                Ok(text)
            }
            Some(Token::String) => self.string().map(|text| (*text).to_owned()),
            Some(_) => Ok(self.value_span.of(self.input).to_owned()),
            None => Ok(String::new()),
        }
    }

    /// The name that was read last.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The text of the current token, a string. It is given once.
    pub(super) fn string(&mut self) -> Result<Rc<str>, Error> {
        if self.unread {
            self.finish_string()?;
        }
        Ok(self.value.take().unwrap_or_default())
    }

    /// The next token; none at the end of the text.
    #[expect(clippy::should_implement_trait, reason = "an iterator of results invites going on after an error")]
    pub fn next(&mut self) -> Result<Option<Token>, Error> {
        if let Some(value) = self.after_name.take() {
            self.token = Some(value);
            self.enter(value)?;
            return Ok(self.token);
        }
        if self.unread {
            self.finish_string()?;
        }
        let Some(mut c) = self.skip_blanks()? else {
            self.token = None;
            return self.end_of_input().map(|()| None);
        };
        if c == ']' || c == '}' {
            return self.close(c).map(Some);
        }
        if let Some(scope) = self.scopes.last_mut() {
            let (bracket, started) = (scope.bracket, scope.started);
            scope.started = true;
            if started {
                c = self.skip_comma(c, bracket)?;
            }
            if bracket == Bracket::Object {
                return self.member(c).map(Some);
            }
        }
        let token = self.value_start(c)?;
        self.token = Some(token);
        self.enter(token)?;
        Ok(self.token)
    }

    /// A name, its colon and the start of its value. `c` is the character just taken.
    fn member(&mut self, c: char) -> Result<Token, Error> {
        let start = self.at - c.len_utf8();
        if c != '"' {
            // Here the service points at the character itself (recorded), elsewhere behind it.
            let words =
                format!("Unexpected character ({}): was expecting double-quote to start field name", describe(c));
            return Err(Error::syntax(words, Span::new(start, self.at), start));
        }
        self.name = self.read_name()?;
        self.name_span = Span::new(start, self.at);
        let within = || " within/between Object entries";
        match self.skip_blanks()? {
            Some(':') => {}
            Some(c) => return Err(self.unexpected(c, "was expecting a colon to separate field name and value")),
            None => return Err(self.cut_short(within())),
        }
        let Some(c) = self.skip_blanks()? else { return Err(self.cut_short(within())) };
        self.after_name = Some(self.value_start(c)?);
        self.token = Some(Token::Name);
        Ok(Token::Name)
    }

    /// The start of a value. `c` is the character just taken.
    fn value_start(&mut self, c: char) -> Result<Token, Error> {
        let start = self.at - c.len_utf8();
        self.value_span = Span::new(start, self.at);
        let token = match c {
            '"' => {
                self.unread = true;
                Token::String
            }
            '{' => Token::StartObject,
            '[' => Token::StartArray,
            '}' => return Err(self.unexpected(c, "expected a value")),
            't' => self.literal("true", Token::True)?,
            'f' => self.literal("false", Token::False)?,
            'n' => self.literal("null", Token::Null)?,
            '-' | '0'..='9' => {
                self.number(c)?;
                if self.scopes.is_empty() {
                    self.end_of_root_number()?;
                }
                return Ok(Token::Number);
            }
            _ => return Err(self.odd_value(c)),
        };
        if token != Token::String {
            self.value_span = Span::new(start, self.at);
        }
        Ok(token)
    }

    pub(super) fn set_value_end(&mut self, end: usize) {
        self.value_span = Span::new(self.value_span.start as usize, end);
    }

    fn finish_string(&mut self) -> Result<(), Error> {
        self.unread = false;
        self.value = Some(self.read_string()?);
        self.set_value_end(self.at);
        Ok(())
    }

    fn enter(&mut self, token: Token) -> Result<(), Error> {
        let bracket = match token {
            Token::StartObject => Bracket::Object,
            Token::StartArray => Bracket::Array,
            _ => return Ok(()),
        };
        let start = self.value_span.start as usize;
        self.scopes.push(Scope { bracket, start, started: false });
        let depth = self.scopes.len();
        if depth > MAX_DEPTH {
            let words = format!(
                "Document nesting depth ({depth}) exceeds the maximum allowed ({MAX_DEPTH}, from `StreamReadConstraints.getMaxNestingDepth()`)"
            );
            return Err(Error::limit(words, self.value_span).with_help("remove a level of brackets"));
        }
        Ok(())
    }

    fn close(&mut self, c: char) -> Result<Token, Error> {
        let start = self.at - 1;
        self.value_span = Span::new(start, self.at);
        let token = if c == ']' { Token::EndArray } else { Token::EndObject };
        match self.scopes.last() {
            Some(scope) if scope.bracket.close() == c => {
                self.scopes.pop();
                self.token = Some(token);
                Ok(token)
            }
            Some(scope) => {
                let (name, expected) = (scope.bracket.name(), scope.bracket.close());
                let opened = source_place(self.input, scope.start);
                let words =
                    format!("Unexpected close marker '{c}': expected '{expected}' (for {name} starting at {opened})");
                Err(Error::syntax(words, self.value_span, self.at))
            }
            None => {
                let name = if c == ']' { "Array" } else { "Object" };
                let words = format!("Unexpected close marker '{c}': no open {name} to close");
                Err(Error::syntax(words, self.value_span, self.at))
            }
        }
    }

    fn skip_comma(&mut self, c: char, bracket: Bracket) -> Result<char, Error> {
        let name = bracket.name();
        if c != ',' {
            return Err(self.unexpected(c, &format!("was expecting comma to separate {name} entries")));
        }
        match self.skip_blanks()? {
            Some(c) => Ok(c),
            None => Err(self.cut_short(&format!(" within/between {name} entries"))),
        }
    }

    /// The end of the text: fine between values, an error inside an array or object.
    fn end_of_input(&self) -> Result<(), Error> {
        let Some(scope) = self.scopes.last() else { return Ok(()) };
        let opened = source_place(self.input, scope.start);
        let words = format!(": expected close marker for {} (start marker at {opened})", scope.bracket.name());
        Err(self.cut_short(&words).with_help(format!("close it with `{}`", scope.bracket.close())))
    }

    /// Takes blanks and the character after them.
    #[inline]
    fn skip_blanks(&mut self) -> Result<Option<char>, Error> {
        // Nearly always there is none.
        match self.input.as_bytes().get(self.at) {
            Some(byte @ (b'!'..=b'.' | b'0'..=b'~')) => {
                self.at += 1;
                Ok(Some(char::from(*byte)))
            }
            _ => self.skip_some_blanks(),
        }
    }

    #[inline(never)]
    fn skip_some_blanks(&mut self) -> Result<Option<char>, Error> {
        loop {
            match self.take() {
                Some(' ' | '\t' | '\n' | '\r') => {}
                Some(c) if c < ' ' => {
                    let words = format!(
                        "Illegal character ({}): only regular white space (\\r, \\n, \\t) is allowed between tokens",
                        describe(c)
                    );
                    return Err(Error::syntax(words, Span::new(self.at - 1, self.at), self.at));
                }
                Some('/') => {
                    let words = "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";
                    return Err(self.unexpected('/', words).with_help("JSON has no comments"));
                }
                other => return Ok(other),
            }
        }
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<char> {
        if let Some(byte) = self.input.as_bytes().get(self.at).filter(|byte| byte.is_ascii()) {
            return Some(char::from(*byte));
        }
        self.input.get(self.at..).and_then(|rest| rest.chars().next())
    }

    pub(super) fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// The error about the character just taken.
    pub(super) fn unexpected(&self, c: char, expected: &str) -> Error {
        let words = format!("Unexpected character ({}): {expected}", describe(c));
        Error::syntax(words, Span::new(self.at - c.len_utf8(), self.at), self.at)
    }

    pub(super) fn cut_short(&self, where_: &str) -> Error {
        Error::syntax(format!("Unexpected end-of-input{where_}"), Span::at(self.at), self.at)
    }
}

/// A character as Jackson's messages name it. Java sees UTF-16 units, so of a pair only the first half.
pub(super) fn describe(c: char) -> String {
    let mut units = [0u16; 2];
    let code = c.encode_utf16(&mut units).first().copied().unwrap_or(0);
    let shown = if c.len_utf16() == 2 { '?' } else { c };
    match code {
        0..=0x1f | 0x7f..=0x9f => format!("(CTRL-CHAR, code {code})"),
        0..=0xff => format!("'{shown}' (code {code})"),
        _ => format!("'{shown}' (code {code} / 0x{code:x})"),
    }
}
