//! From tokens to a tree, without recursion: open arrays and objects wait on a stack of our own.
//!
//! Whether text after the value is an error is the caller's choice: the service ignores it, files of ours must not have it.

use super::error::Refusal;
use super::name::{Name, Names};
use super::{Error, Kind, Member, Number, Reader, Token, Value};
use crate::text::Span;

/// Where strings with escapes are put together: room that serves one text after the other.
#[derive(Debug, Default)]
pub struct Scratch(Vec<u8>);

/// More room than this is given back.
const MOST_SCRATCH: usize = 64 * 1024;

impl Clone for Scratch {
    fn clone(&self) -> Scratch {
        Scratch::default()
    }
}

/// Reads a text that is one JSON value and nothing else.
pub fn parse(text: &str) -> Result<Value, Error> {
    parse_with(text, &mut Scratch::default())
}

/// The same for who reads many texts.
pub fn parse_with(text: &str, scratch: &mut Scratch) -> Result<Value, Error> {
    let mut reader = Reader::new(text);
    reader.scratch = std::mem::take(&mut scratch.0);
    let value = read(&mut reader);
    if reader.scratch.len() <= MOST_SCRATCH {
        scratch.0 = reader.scratch;
    }
    let value = value?;
    let end = value.span.end as usize;
    let rest = text.get(end..).unwrap_or("");
    match rest.find(|c: char| !matches!(c, ' ' | '\t' | '\n' | '\r')) {
        None => Ok(value),
        Some(blank) => Err(Error::from(Refusal {
            code: "EB103",
            message: "Unexpected text after the value".to_owned(),
            help: Some("remove everything after the value".to_owned()),
            span: Span::new(end + blank, text.len()),
            stopped: Some(Span::at(end + blank).start),
        })),
    }
}

/// Reads the first JSON value of a text and ignores what follows, as the service does with patterns and events.
pub fn parse_prefix(text: &str) -> Result<Value, Error> {
    read(&mut Reader::new(text))
}

/// Reads a text that is any number of JSON values, one after another.
pub fn parse_sequence(text: &str) -> Result<Vec<Value>, Error> {
    let mut values = Vec::new();
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or("");
        if rest.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
            return Ok(values);
        }
        let value = parse_prefix(rest).map_err(|error| error.moved(start))?;
        start += value.span.end as usize;
        values.push(value);
    }
}

/// An array or object that is not closed yet.
enum Open {
    Array { start: Span, items: Vec<Value> },
    Object { start: Span, members: Vec<Member>, name: Name, name_span: Span },
}

fn read(reader: &mut Reader<'_>) -> Result<Value, Error> {
    let mut open: Vec<Open> = Vec::new();
    let mut names = Names::default();
    while let Some(token) = reader.next()? {
        let span = reader.span();
        let value = match token {
            Token::StartArray => {
                open.push(Open::Array { start: span, items: Vec::new() });
                continue;
            }
            Token::StartObject => {
                open.push(Open::Object { start: span, members: Vec::new(), name: Name::fixed(""), name_span: span });
                continue;
            }
            Token::Name => {
                if let Some(Open::Object { name, name_span, .. }) = open.last_mut() {
                    *name = names.shared(reader.name());
                    *name_span = span;
                }
                continue;
            }
            Token::EndArray | Token::EndObject => match open.pop() {
                Some(Open::Array { start, items }) => Value { span: start.to(span), kind: Kind::Array(items) },
                Some(Open::Object { start, members, .. }) => {
                    Value { span: start.to(span), kind: Kind::Object(members) }
                }
                // The reader refuses a close without its open.
                None => continue,
            },
            scalar => {
                let kind = match scalar {
                    Token::String => Kind::String(reader.string()?),
                    Token::Number => Kind::Number(Number::trusted(reader.text()?)),
                    Token::True => Kind::Bool(true),
                    Token::False => Kind::Bool(false),
                    _ => Kind::Null,
                };
                // Asked again: the end of a string is known once its text was read.
                Value { span: reader.span(), kind }
            }
        };
        match open.last_mut() {
            Some(Open::Array { items, .. }) => items.push(value),
            Some(Open::Object { members, name, name_span, .. }) => {
                members.push(Member { name: name.clone(), name_span: *name_span, value });
            }
            None => return Ok(value),
        }
    }
    let end = reader.position();
    Err(Error::syntax("No content to map due to end-of-input", Span::at(end), end)
        .with_help("the text is empty: write a JSON value"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cover_values_and_names() {
        let text = r#" {"a": ["é", 12]} "#;
        let value = parse(text).unwrap();
        assert_eq!(value.span.of(text), r#"{"a": ["é", 12]}"#);
        let member = &value.as_object().unwrap()[0];
        assert_eq!(member.name_span.of(text), r#""a""#);
        assert_eq!(member.value.as_array().unwrap()[0].span.of(text), r#""é""#);
        assert_eq!(member.value.as_array().unwrap()[1].span.of(text), "12");
    }

    #[test]
    fn text_after_the_value_matters_only_to_parse() {
        assert_eq!(parse("1 2").unwrap_err().code, "EB103");
        assert_eq!(parse_prefix("[1] x").unwrap(), parse("[1]").unwrap());
    }
}
