//! The placeholders of the recordings: `{account}`, `{region}`, `{uuid:1}`, `{name in words}`.
//!
//! One that is bound is replaced in inputs and must stand in outputs. In an output an unbound one binds to what is found
//! there; in an input it stands for a value of its own, and as the whole of a member whose name begins with `any` for a
//! value of the member's type. `{time}` is a new value each time. Braces of JSON texts are none: a placeholder holds only
//! words.

use std::collections::BTreeMap;

use eventbridge_sim::json::{Kind, Value};

pub struct Bindings {
    known: BTreeMap<String, String>,
}

/// A piece of a text.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Literal(&'a str),
    Placeholder(&'a str),
}

impl Bindings {
    pub fn new() -> Self {
        let known = [
            ("account", "123456789012"),
            ("region", "us-east-1"),
            ("key arn", "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111"),
            ("disabled key arn", "arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222"),
            ("queue arn", "arn:aws:sqs:us-east-1:123456789012:queue"),
            ("queue arn in another region", "arn:aws:sqs:us-west-2:123456789012:queue"),
            ("role that does not exist", "gone"),
        ];
        Self { known: known.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect() }
    }

    /// The input with every placeholder replaced.
    pub fn fill(&mut self, value: &Value) -> Value {
        match &value.kind {
            Kind::String(text) => Value::string(self.fill_text(text)),
            Kind::Array(items) => Value::array(items.iter().map(|item| self.fill(item)).collect()),
            Kind::Object(members) => Value::object(
                members
                    .iter()
                    .map(|member| (member.name.clone(), self.fill_member(&member.name, &member.value)))
                    .collect(),
            ),
            _ => value.clone(),
        }
    }

    fn fill_member(&mut self, name: &str, value: &Value) -> Value {
        match (name, value.as_str().is_some_and(|text| text.starts_with("{any "))) {
            ("RetryPolicy", true) => Value::object(vec![("MaximumRetryAttempts", Value::number(1))]),
            ("Input", true) => Value::string("{}"),
            ("InputPath", true) => Value::string("$.detail"),
            _ => self.fill(value),
        }
    }

    fn fill_text(&mut self, text: &str) -> String {
        let piece = |piece: Piece| match piece {
            Piece::Literal(literal) => literal.to_owned(),
            Piece::Placeholder(name) => {
                let own = || name.replace([' ', ':'], "-");
                self.known.entry(name.to_owned()).or_insert_with(own).clone()
            }
        };
        pieces(text).into_iter().map(piece).collect()
    }

    /// Whether the text found is the text wanted; binds what was unbound.
    pub fn matches(&mut self, wanted: &str, found: &str) -> bool {
        let pieces = pieces(wanted);
        let mut rest = found;
        for (index, piece) in pieces.iter().enumerate() {
            let literal = match piece {
                Piece::Literal(literal) => (*literal).to_owned(),
                Piece::Placeholder(name) => match self.known.get(*name) {
                    Some(known) => known.clone(),
                    None => {
                        let end = match pieces.get(index + 1) {
                            Some(Piece::Literal(next)) => rest.find(next),
                            _ => Some(rest.len()),
                        };
                        let Some(end) = end else { return false };
                        if *name != "time" {
                            self.known.insert((*name).to_owned(), rest[..end].to_owned());
                        }
                        rest[..end].to_owned()
                    }
                },
            };
            let Some(behind) = rest.strip_prefix(literal.as_str()) else { return false };
            rest = behind;
        }
        rest.is_empty()
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut done, mut from) = (0, 0);
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let name = text[open + 1..].split('}').next().unwrap_or_default();
        let close = open + 1 + name.len();
        let words = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || " :-'".contains(c));
        from = open + 1;
        if words && text[close..].starts_with('}') {
            if done < open {
                pieces.push(Piece::Literal(&text[done..open]));
            }
            pieces.push(Piece::Placeholder(name));
            done = close + 1;
            from = done;
        }
    }
    if done < text.len() {
        pieces.push(Piece::Literal(&text[done..]));
    }
    pieces
}
