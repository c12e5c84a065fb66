//! The grammar of effect templates: strings in which `<...>` stands for a value.
//!
//! | placeholder | value |
//! |---|---|
//! | `<$.detail.key>` | the triggering event |
//! | `<$input.key>` | the input as delivered to the target, when it is JSON |
//! | `<@name>` | a param, evaluated once per application of the effect |
//! | `<json:$.detail>` | the value as JSON text; also `<json:$input>`, `<json:@name>` |
//! | `<@account> <@region>` | where the event is emitted |
//! | `<@time> <@now> <@nowms>` | the clock: ISO 8601, epoch seconds, epoch milliseconds |
//! | `<@uuid> <@hex> <@hex6> <@hex64>` | fresh at each use |
//!
//! A string that is exactly one placeholder becomes the JSON value; inside a longer string it becomes text. Placeholders
//! may stand in member names. `<$.list...>` as an array item splices. `<<` is a `<`. Templates are parsed when the effect is
//! declared, so a mistake shows there and not while events run.

use crate::diagnostics::Diagnostic;
use crate::json::{Kind, Value};
use crate::text::Span;
use crate::transform::JsonPath;

/// A JSON value with placeholders.
#[derive(Debug, Clone, PartialEq)]
pub enum Template {
    /// No placeholder inside.
    Constant(Value),
    /// A string that is exactly one placeholder.
    Value(Placeholder),
    /// A string with placeholders and text.
    Text(Vec<Piece>),
    /// Items; a [`Placeholder`] that splices gives several.
    Array(Vec<Template>),
    /// Members; names may hold placeholders.
    Object(Vec<(Vec<Piece>, Template)>),
}

/// A part of a string.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Stands for itself.
    Text(String),
    /// Stands for a value.
    Hole(Placeholder),
}

/// `<...>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Placeholder {
    /// What it reads.
    pub source: Source,
    /// Whether the value is written as JSON text.
    pub form: Form,
}

/// How a placeholder's value goes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `<...>`
    Plain,
    /// `<json:...>`
    Json,
    /// `<......>`, an array's items one by one.
    Splice,
}

/// What a placeholder reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// The triggering event.
    Event(JsonPath),
    /// The delivered input.
    Input(JsonPath),
    /// A param of the effect.
    Param(String),
    /// The account that emits.
    Account,
    /// The region that emits.
    Region,
    /// The clock, ISO 8601.
    Time,
    /// The clock, epoch seconds.
    Now,
    /// The clock, epoch milliseconds.
    NowMillis,
    /// A fresh uuid.
    Uuid,
    /// That many fresh hex digits.
    Hex(usize),
}

impl Template {
    /// The template in this value. `params` are the names that `<@name>` may use.
    pub fn parse(value: &Value, params: &[String]) -> Result<Self, Diagnostic> {
        Ok(match &value.kind {
            Kind::String(text) => string(text, value.span, params)?,
            Kind::Array(items) => {
                Self::Array(items.iter().map(|item| Self::parse(item, params)).collect::<Result<_, _>>()?)
            }
            Kind::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|member| {
                        let name = pieces(&member.name, member.name_span, params)?;
                        Ok((name, Self::parse(&member.value, params)?))
                    })
                    .collect::<Result<_, Diagnostic>>()?,
            ),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => Self::Constant(value.clone()),
        })
    }
}

fn string(text: &str, span: Span, params: &[String]) -> Result<Template, Diagnostic> {
    let mut pieces = pieces(text, span, params)?;
    if pieces.len() == 1 {
        match pieces.pop() {
            Some(Piece::Hole(hole)) => return Ok(Template::Value(hole)),
            Some(Piece::Text(text)) => return Ok(Template::Constant(Value::string(text))),
            None => {}
        }
    }
    Ok(if pieces.is_empty() { Template::Constant(Value::string("")) } else { Template::Text(pieces) })
}

fn pieces(text: &str, span: Span, params: &[String]) -> Result<Vec<Piece>, Diagnostic> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        if let Some(after) = after.strip_prefix('<') {
            plain.push('<');
            rest = after;
            continue;
        }
        let Some((inside, after)) = after.split_once('>') else {
            return Err(bad(
                span,
                "`<` is never closed by `>`".to_owned(),
                "write `<<` for a `<` that is text".to_owned(),
            ));
        };
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(Piece::Hole(placeholder(inside, span, params)?));
        rest = after;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}

fn placeholder(inside: &str, span: Span, params: &[String]) -> Result<Placeholder, Diagnostic> {
    let (form, name) = match (inside.strip_prefix("json:"), inside.strip_suffix("...")) {
        (Some(name), _) => (Form::Json, name),
        (None, Some(name)) => (Form::Splice, name),
        (None, None) => (Form::Plain, inside),
    };
    Ok(Placeholder { source: source(name, inside, span, params)?, form })
}

fn source(name: &str, inside: &str, span: Span, params: &[String]) -> Result<Source, Diagnostic> {
    let path = |text: &str| {
        JsonPath::parse(text).map_err(|error| bad(span, format!("in `<{inside}>`: {error}"), PATH_HELP.to_owned()))
    };
    if let Some(below) = name.strip_prefix("$input") {
        return Ok(Source::Input(path(&format!("${below}"))?));
    }
    if name.starts_with('$') {
        return Ok(Source::Event(path(name)?));
    }
    let Some(name) = name.strip_prefix('@') else {
        return Err(bad(span, format!("`<{inside}>` is not a placeholder"), PLACEHOLDER_HELP.to_owned()));
    };
    if params.iter().any(|param| param == name) {
        return Ok(Source::Param(name.to_owned()));
    }
    Ok(match name {
        "account" => Source::Account,
        "region" => Source::Region,
        "time" => Source::Time,
        "now" => Source::Now,
        "nowms" => Source::NowMillis,
        "uuid" => Source::Uuid,
        "hex" => Source::Hex(16),
        "hex6" => Source::Hex(6),
        "hex64" => Source::Hex(64),
        _ => return Err(unknown(name, span, params)),
    })
}

const BUILT_IN: [&str; 9] = ["account", "region", "time", "now", "nowms", "uuid", "hex", "hex6", "hex64"];
const PATH_HELP: &str = "a path is `$` and then `.name`, `[0]` or `[*]` as often as needed";
const PLACEHOLDER_HELP: &str = "use `<$.detail.name>` for the event, `<$input.name>` for the input, `<@name>` for a param, and `<<` for a `<` that is text";

fn unknown(name: &str, span: Span, params: &[String]) -> Diagnostic {
    let known = params.iter().map(String::as_str).chain(BUILT_IN);
    let help = match crate::text::did_you_mean(name, known) {
        Some(similar) => format!("did you mean `<@{similar}>`?"),
        None => {
            format!("declare it in `params`, or use one of {}", BUILT_IN.map(|name| format!("`<@{name}>`")).join(", "))
        }
    };
    bad(span, format!("there is no param `{name}`"), help)
}

fn bad(span: Span, message: String, help: String) -> Diagnostic {
    Diagnostic::error("EF002", message).with_help(help).with_span(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn parse(text: &str) -> Result<Template, Diagnostic> {
        Template::parse(&json::parse(text).unwrap(), &["name".to_owned()])
    }

    #[test]
    fn one_placeholder_alone_is_a_value_and_others_are_text() {
        assert!(matches!(parse("\"<$.detail>\""), Ok(Template::Value(_))));
        assert!(matches!(parse("\"a<$.detail>\""), Ok(Template::Text(pieces)) if pieces.len() == 2));
        assert_eq!(parse("\"a<<b\"").unwrap(), Template::Constant(Value::string("a<b")));
        assert_eq!(parse("\"\"").unwrap(), Template::Constant(Value::string("")));
    }

    #[test]
    fn mistakes_are_named() {
        for (template, message) in [
            ("\"<$.detail\"", "`<` is never closed by `>`"),
            ("\"<nmae>\"", "`<nmae>` is not a placeholder"),
            ("\"<@nmae>\"", "there is no param `nmae`"),
            ("\"<$..x>\"", "in `<$..x>`: a name must follow `.`: the service knows neither `..` nor an empty name"),
        ] {
            assert_eq!(parse(template).unwrap_err().message, message);
        }
        assert_eq!(parse("\"<@nmae>\"").unwrap_err().help.as_deref(), Some("did you mean `<@name>`?"));
    }
}
