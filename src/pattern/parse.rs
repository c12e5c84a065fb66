//! From text to pattern, on the stream of tokens: the first problem in stream order is the one reported.
//!
//! Objects and `$or`s wait on a stack of our own, so depth costs no machine stack. What stands in a leaf array is read
//! by the operators, each in its own file; this file knows only the frame around them.
//!
//! Source: pattern language, sections 1 and 10.

use super::PatternError;
use super::ast::{Entry, Field, Node, Object};
use super::operators::{self, Leaf, or};
use crate::json::{self, Reader, Token};
use crate::text::Span;

/// The state that operators share while they read.
pub(super) struct Parser<'a> {
    reader: Reader<'a>,
}

/// What is not closed yet.
enum Open {
    Object { name: Option<(String, Span)>, entries: Vec<Entry>, start: Span },
    Or { branches: Vec<Object> },
}

pub(super) fn parse(text: &str) -> Result<Object, PatternError> {
    let mut parser = Parser { reader: Reader::new(text) };
    if parser.optional_token()? != Some(Token::StartObject) {
        return Err(parser
            .refuse("EB200", "Filter is not an object")
            .with_help("a pattern is an object: `{ \"source\": [\"aws.s3\"] }`"));
    }
    let mut open = vec![parser.open_object(None)];
    let mut ors = 0;
    while let Some(top) = open.last_mut() {
        let token = parser.token()?;
        match top {
            Open::Object { entries, start, .. } if token == Token::EndObject && entries.is_empty() => {
                let error = parser.refuse("EB200", "Empty objects are not allowed");
                return Err(error.with_help("name a field, or remove the object").at(start.to(parser.span())));
            }
            Open::Object { entries, .. } if token != Token::EndObject => match parser.member(ors)? {
                Member::Or => {
                    ors += 1;
                    open.push(Open::Or { branches: Vec::new() });
                }
                Member::Object(name, span) => open.push(parser.open_object(Some((name, span)))),
                Member::Leaves(field) => entries.push(Entry::Field(field)),
            },
            Open::Or { branches } if token == Token::EndArray => {
                or::check_branches(&parser, branches.len())?;
                ors -= 1;
                let branches = std::mem::take(branches);
                open.pop();
                if let Some(Open::Object { entries, .. }) = open.last_mut() {
                    entries.push(Entry::Or(branches));
                }
            }
            Open::Or { .. } if token == Token::StartObject => open.push(parser.open_object(None)),
            Open::Or { .. } => return Err(or::not_an_object(&parser)),
            Open::Object { name, entries, start } => {
                let object = Object { entries: std::mem::take(entries), span: start.to(parser.span()) };
                let name = name.take();
                open.pop();
                match (open.last_mut(), name) {
                    (Some(Open::Object { entries, .. }), Some((name, span))) => {
                        entries.push(Entry::Field(Field { name, span, node: Node::Object(object) }));
                    }
                    (Some(Open::Or { branches }), _) => branches.push(object),
                    _ => return Ok(object),
                }
            }
        }
    }
    // The outermost object returns from within the loop.
    Err(parser.refuse("EB200", "Filter is not an object"))
}

/// A member whose beginning was read.
enum Member {
    Or,
    Object(String, Span),
    Leaves(Field),
}

impl Parser<'_> {
    /// An object that begins with the current token.
    fn open_object(&self, name: Option<(String, Span)>) -> Open {
        Open::Object { name, entries: Vec::new(), start: self.span() }
    }

    /// A member of an object inside `ors` `$or`s; its name is the current token.
    fn member(&mut self, ors: usize) -> Result<Member, PatternError> {
        let span = self.span();
        let name = self.text()?;
        if name == or::NAME {
            or::open(self)?;
            return Ok(Member::Or);
        }
        if ors > 0 {
            or::check_name(self, &name, span)?;
        }
        match self.token()? {
            Token::StartObject => Ok(Member::Object(name, span)),
            Token::StartArray => {
                let start = self.span();
                let leaves = self.leaves()?;
                let node = Node::Leaves(leaves.into(), start.to(self.span()));
                Ok(Member::Leaves(Field { name, span, node }))
            }
            _ => {
                let value = self.value_text();
                let error = self.refuse("EB201", format!("\"{name}\" must be an object or an array"));
                Err(match value {
                    Some(value) => error.with_help(format!("put the value into an array: `[{value}]`")),
                    None => error,
                })
            }
        }
    }

    /// The elements of a leaf array up to its closing bracket.
    fn leaves(&mut self) -> Result<Vec<Leaf>, PatternError> {
        let start = self.span();
        let mut leaves = Vec::new();
        loop {
            let token = self.token()?;
            if token == Token::EndArray {
                break;
            }
            leaves.push(operators::parse(self, token)?);
        }
        if leaves.is_empty() {
            let error = self.refuse("EB200", "Empty arrays are not allowed").at(start.to(self.span()));
            return Err(error.with_help("list the values that match, or remove the field"));
        }
        Ok(leaves)
    }

    /// The next token, which must be there.
    pub(super) fn token(&mut self) -> Result<Token, PatternError> {
        match self.optional_token()? {
            Some(token) => Ok(token),
            None => Err(self.refuse("EB200", "Filter is not an object")),
        }
    }

    fn optional_token(&mut self) -> Result<Option<Token>, PatternError> {
        self.reader.next().map_err(|error| PatternError::json(error, self.reader.input()))
    }

    /// The text of the current token.
    pub(super) fn text(&mut self) -> Result<String, PatternError> {
        self.reader.text().map_err(|error| PatternError::json(error, self.reader.input()))
    }

    /// Where the current token stands.
    pub(super) fn span(&self) -> Span {
        self.reader.span()
    }

    /// The error at the current token, with the place as the service reports it.
    pub(super) fn refuse(&self, code: &'static str, reason: impl Into<String>) -> PatternError {
        PatternError::new(code, reason, self.span()).stopped_at(self.reader.input(), self.reader.position())
    }

    /// An error from inside a list, reported once more from outside.
    pub(super) fn refuse_list(&self, error: PatternError) -> PatternError {
        error.stopped_at(self.reader.input(), self.reader.position())
    }

    /// The current token must close the operator's object.
    pub(super) fn close_operator(&mut self, otherwise: &str) -> Result<(), PatternError> {
        match self.token()? {
            Token::EndObject => Ok(()),
            _ => Err(self
                .refuse("EB202", otherwise)
                .with_help("an operator object holds one operator: give each its own object in the array")),
        }
    }

    /// The scalar at the current token as it is written, for help lines. Reads a copy, so that nothing moves.
    fn value_text(&self) -> Option<String> {
        let rest = self.reader.input().get(self.span().start as usize..)?;
        let value =
            json::parse_prefix(rest).ok().filter(|value| value.as_array().is_none() && value.as_object().is_none())?;
        let text = json::print(&value);
        (text.len() <= 60).then_some(text)
    }
}
