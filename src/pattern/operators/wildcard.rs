//! `wildcard`: a string that fits a text in which `*` stands for any run of characters.
//!
//! Rules: `\*` is a star, `\\` a backslash; any other backslash is refused, and so are two stars side by side. Without a
//! star it is plain equality, so `""` matches the empty string.
//!
//! The trap: positions in the service's messages count UTF-8 bytes and include the opening quote (first character: 1).
//!
//! Source: pattern language, section 4.

use super::super::PatternError;
use super::super::parse::Parser;
use super::{ONE_KEY, literal, not_a_string, object};
use crate::json::{Token, Value, quote};
use crate::sets::glob;
use crate::sets::strings::{Shape, Step};
use crate::text::Span;

pub(super) const NOT_A_STRING: &str = "wildcard match pattern must be a string";

/// A text with stars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcard {
    text: String,
    /// What stands between the stars, unescaped.
    pieces: Vec<String>,
}

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Wildcard, PatternError> {
    if parser.token()? != Token::String {
        return Err(not_a_string(parser, NOT_A_STRING));
    }
    let text = parser.text()?;
    let wildcard = compile(parser, text, parser.span())?;
    parser.close_operator(ONE_KEY)?;
    Ok(wildcard)
}

/// Splits a text at its stars. The error stands where the parser is.
pub(super) fn compile(parser: &Parser<'_>, text: String, span: Span) -> Result<Wildcard, PatternError> {
    let mut pieces = vec![String::new()];
    let mut after_star = false;
    let mut letters = text.char_indices();
    while let Some((at, c)) = letters.next() {
        let star = c == '*';
        let literal = match c {
            '*' if after_star => {
                let error = parser.refuse("EB208", format!("Consecutive wildcard characters at pos {}", at));
                return Err(error.at(span).with_help("one `*` already stands for any run of characters"));
            }
            '\\' => match letters.next() {
                Some((_, escaped @ ('*' | '\\'))) => escaped,
                _ => {
                    let error = parser.refuse("EB208", format!("Invalid escape character at pos {}", at + 1));
                    return Err(error.at(span).with_help("only `*` and the backslash itself can follow a backslash"));
                }
            },
            c => c,
        };
        match pieces.last_mut() {
            Some(_) if star => pieces.push(String::new()),
            Some(piece) => piece.push(literal),
            None => {}
        }
        after_star = star;
    }
    Ok(Wildcard { text, pieces })
}

impl Wildcard {
    /// Whether a whole string fits.
    pub(super) fn matches(&self, found: &str) -> bool {
        glob::pieces_match(&self.pieces, found)
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands between the stars, unescaped.
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }

    pub(super) fn shape(&self) -> Shape {
        let mut steps = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                steps.push(Step::Run);
            }
            steps.push(literal(piece));
        }
        Shape::Text(steps)
    }

    pub(super) fn to_value(&self) -> Value {
        object("wildcard", Value::string(&self.text))
    }

    pub(super) fn describe(&self) -> String {
        format!("wildcard {}", quote(&self.text))
    }
}
