//! `InputTransformer`: values taken from the event, put into a template.
//!
//! Two kinds of templates, told apart by the first character. A template that begins with `{` is **JSON**: an unquoted
//! `<name>` becomes a JSON value (`""` when its path finds nothing), a `<name>` inside a string becomes text, escaped if the
//! value is a string and raw if it is not (which then is no JSON any more). Any other template is **text**, even when its
//! root is an array: values go in raw, strings without quotes, objects and arrays without any of their quotes. Either way
//! the result must be JSON (text: one value after another), or it is not delivered; nothing at all is not delivered either.
//!
//! Source: recorded facts of 2026, Inputs, and service behaviour, section 9. Bound: [`LARGEST_INPUT`] (our choice).

use super::JsonPath;
use crate::event::Envelope;
use crate::json::{self, Kind, Value};
use crate::sets::{Listed as _, SortedMap};
use crate::text::Span;
use crate::time::Instant;

/// Bytes of a transformed input: more than any target takes.
pub const LARGEST_INPUT: usize = 4 * 1024 * 1024;

/// A transformer that was admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputTransformer {
    paths: SortedMap<String, JsonPath>,
    kind: TemplateKind,
    pieces: Vec<Piece>,
}

/// How values go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TemplateKind {
    Json,
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole { name: String, place: HolePlace, span: Span },
}

/// Where a placeholder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolePlace {
    /// As a value.
    Value,
    /// Inside a string.
    InString,
}

/// A placeholder and what came in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where in the template, with its brackets.
    pub span: Span,
    /// As what.
    pub place: HolePlace,
    /// The value; none where the path finds nothing.
    pub value: Option<Value>,
    /// Whether map and service know the name.
    pub known: bool,
    /// Where in the result.
    pub output: Span,
}

/// Why a transformer is not admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransformerError {
    /// A path of the map is none; what is wrong with it.
    Path(String),
    /// A placeholder that neither the map nor the service knows.
    UnknownPlaceholder(String),
    /// A placeholder that stands for a whole event, outside a JSON template.
    JsonOnly(String),
    /// The template is no JSON even with `null` in all places: that text, and where it breaks.
    Syntax(String, json::Error),
}

/// What placeholders stand for, besides the event.
#[derive(Debug, Clone, Copy)]
pub struct RuleFacts<'a> {
    /// `<aws.events.rule-arn>`
    pub arn: &'a str,
    /// `<aws.events.rule-name>`
    pub name: &'a str,
    /// `<aws.events.event.ingestion-time>`
    pub ingested: Instant,
}

/// A filled template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transformed {
    /// What the target gets.
    Input(String),
    /// No JSON: a failure, with what would have been sent.
    Invalid(String),
    /// Nothing at all: not delivered, not dead-lettered.
    Nothing,
    /// Past [`LARGEST_INPUT`].
    TooLarge,
}

const RULE_ARN: &str = "aws.events.rule-arn";
const RULE_NAME: &str = "aws.events.rule-name";
const INGESTION_TIME: &str = "aws.events.event.ingestion-time";
const EVENT: &str = "aws.events.event";
const EVENT_JSON: &str = "aws.events.event.json";

/// The placeholders that the service fills in by itself.
pub const PREDEFINED: [&str; 5] = [RULE_ARN, RULE_NAME, INGESTION_TIME, EVENT, EVENT_JSON];

impl InputTransformer {
    /// The transformer, if the service would admit it. Without a map, unknown placeholders stay as they are written.
    pub fn parse(map: Option<&[(&str, &str)]>, template: &str) -> Result<Self, TransformerError> {
        let mut paths = SortedMap::new();
        for (name, path) in map.unwrap_or_default() {
            let path = JsonPath::parse(path).map_err(|error| TransformerError::Path(error.to_string()))?;
            paths.insert((*name).to_owned(), path);
        }
        let kind = if template.trim_start().starts_with('{') { TemplateKind::Json } else { TemplateKind::Text };
        let pieces = pieces(template);
        for piece in &pieces {
            let Piece::Hole { name, .. } = piece else { continue };
            let reserved = PREDEFINED.contains(&name.as_str());
            if map.is_some() && !reserved && !paths.contains_key(name) {
                return Err(TransformerError::UnknownPlaceholder(name.clone()));
            }
            if kind == TemplateKind::Text && [EVENT, EVENT_JSON].contains(&name.as_str()) {
                return Err(TransformerError::JsonOnly(name.clone()));
            }
        }
        let with_null = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Hole { .. } => "null",
        });
        let with_null: String = with_null.collect();
        match check(&with_null, kind) {
            Ok(()) => Ok(Self { paths, kind, pieces }),
            Err(error) => Err(TransformerError::Syntax(with_null, error)),
        }
    }

    /// The input for one event.
    pub fn render(&self, event: &Value, envelope: &Envelope, rule: RuleFacts<'_>) -> Transformed {
        self.render_noting(event, envelope, rule, &mut |_| {})
    }

    /// The same, telling what filled each placeholder, in the order of the template.
    pub fn render_noting<'t>(
        &'t self,
        event: &Value,
        envelope: &Envelope,
        rule: RuleFacts<'_>,
        note: &mut dyn FnMut(Filled<'t>),
    ) -> Transformed {
        let mut body = String::new();
        let scene = Scene { event, envelope, rule };
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => body.push_str(text),
                Piece::Hole { name, place, span } => {
                    let start = body.len();
                    let (value, known) = self.fill(&mut body, name, *place, &scene);
                    let output = Span::new(start, body.len());
                    note(Filled { name, span: *span, place: *place, value, known, output });
                }
            }
            if body.len() > LARGEST_INPUT {
                return Transformed::TooLarge;
            }
        }
        match check(&body, self.kind) {
            _ if body.trim().is_empty() => Transformed::Nothing,
            Ok(()) => Transformed::Input(body),
            Err(_) => Transformed::Invalid(body),
        }
    }

    /// The paths of the event that the input is made of; `None` where that is the whole event.
    pub fn reads(&self) -> Option<Vec<&JsonPath>> {
        let used: Vec<&str> = self.pieces.iter().filter_map(Piece::hole).listed();
        let whole = used.contains(&EVENT) || used.contains(&EVENT_JSON);
        (!whole)
            .then(|| self.paths.iter().filter(|(name, _)| used.contains(&name.as_str())).map(|(_, path)| path).listed())
    }

    /// The paths whose values decide whether the result is JSON: a value in its place always is, one inside a string or in
    /// a text may break it.
    pub fn deciding(&self) -> impl Iterator<Item = &JsonPath> {
        let risky = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole { name, place, .. } if self.kind == TemplateKind::Text || *place == HolePlace::InString => {
                Some(name)
            }
            Piece::Hole { .. } | Piece::Text(_) => None,
        });
        risky.filter_map(|name| self.paths.get(name))
    }

    /// Whether the input holds the time at which the event came in, which is new every time.
    pub fn reads_ingestion_time(&self) -> bool {
        self.pieces.iter().filter_map(Piece::hole).any(|name| name == INGESTION_TIME)
    }

    /// Whether values go in as JSON.
    pub fn is_json(&self) -> bool {
        self.kind == TemplateKind::Json
    }

    /// Writes what a placeholder stands for. Gives the value, and whether the name is known.
    fn fill(&self, body: &mut String, name: &str, place: HolePlace, scene: &Scene<'_>) -> (Option<Value>, bool) {
        let found = match (scene.reserved(name), self.paths.get(name)) {
            (Some(value), _) => Some(value),
            (None, Some(path)) => path.resolve(scene.event),
            (None, None) => {
                body.push('<');
                body.push_str(name);
                body.push('>');
                return (None, false);
            }
        };
        match (self.kind, place, &found) {
            (TemplateKind::Json, HolePlace::Value, None) => body.push_str("\"\""),
            (_, _, None) => {}
            (TemplateKind::Json, HolePlace::Value, Some(value)) => body.push_str(&json::print(value)),
            (TemplateKind::Json, HolePlace::InString, Some(value)) => match &value.kind {
                Kind::String(text) => body.push_str(inside(&json::quote(text))),
                _ => body.push_str(&json::print(value)),
            },
            (TemplateKind::Text, _, Some(value)) => match &value.kind {
                Kind::String(text) => body.push_str(text),
                _ => body.push_str(&json::print(value).replace('"', "")),
            },
        }
        (found, true)
    }
}

impl Piece {
    fn hole(&self) -> Option<&str> {
        match self {
            Self::Text(_) => None,
            Self::Hole { name, .. } => Some(name),
        }
    }
}

struct Scene<'a> {
    event: &'a Value,
    envelope: &'a Envelope,
    rule: RuleFacts<'a>,
}

impl Scene<'_> {
    fn reserved(&self, name: &str) -> Option<Value> {
        Some(match name {
            RULE_ARN => Value::string(self.rule.arn),
            RULE_NAME => Value::string(self.rule.name),
            INGESTION_TIME => Value::string(self.rule.ingested.to_millis_text()),
            EVENT_JSON => self.event.clone(),
            EVENT => self.without_detail(),
            _ => return None,
        })
    }

    /// The envelope as the service's own class prints it: other names, another order, the time in epoch milliseconds.
    fn without_detail(&self) -> Value {
        let envelope = self.envelope;
        let text = |text: &str| Value::string(text);
        let time = Instant::parse(&envelope.time).map(|time| Value::number(time.millis()));
        Value::object(vec![
            ("id", text(&envelope.id)),
            ("account", text(&envelope.account)),
            ("detailType", text(&envelope.detail_type)),
            ("time", time.unwrap_or_else(|_| text(&envelope.time))),
            ("source", text(&envelope.source)),
            ("region", text(&envelope.region)),
            ("resources", Value::array(envelope.resources.iter().map(|arn| text(arn)).listed())),
            ("version", text(&envelope.version)),
        ])
    }
}

/// Splits a template at its placeholders: `<`, letters, digits, `.`, `_` or `-`, `>`. Any other `<` is text.
fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut quotes = Quotes::default();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        quotes.pass(before);
        plain.push_str(before);
        let name = after.split_once('>').filter(|(name, _)| is_name(name));
        match name {
            None => {
                plain.push('<');
                rest = after;
            }
            Some((name, after)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                let end = template.len() - after.len();
                let span = Span::new(end - name.len() - 2, end);
                pieces.push(Piece::Hole { name: name.to_owned(), place: quotes.place(), span });
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

fn is_name(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.len() <= 256 && text.bytes().all(known)
}

/// Whether a place in JSON text lies within a string.
#[derive(Default)]
struct Quotes {
    open: bool,
    escaped: bool,
}

impl Quotes {
    fn pass(&mut self, text: &str) {
        for byte in text.bytes() {
            match (byte, self.escaped) {
                (_, true) => self.escaped = false,
                (b'\\', false) => self.escaped = self.open,
                (b'"', false) => self.open = !self.open,
                _ => {}
            }
        }
    }

    fn place(&self) -> HolePlace {
        if self.open { HolePlace::InString } else { HolePlace::Value }
    }
}

fn inside(quoted: &str) -> &str {
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted)
}

/// One JSON value, or, of a text template, one after another.
fn check(text: &str, kind: TemplateKind) -> Result<(), json::Error> {
    match kind {
        TemplateKind::Json => json::parse(text).map(|_| ()),
        TemplateKind::Text => json::parse_sequence(text).map(|_| ()),
    }
}
