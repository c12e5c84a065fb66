//! What a target gets of an event, as a template: what effects that read `$input` are filled from.
//!
//! Input transformers are not read a second time: they are filled with marks in place of the event's values, once as texts
//! and once as numbers, and where the marks come out shows where the values go. What does not come out as JSON, or reads the
//! whole event, is unknown.

use crate::event::{Envelope, EnvelopeDefaults};
use crate::json::{self, Kind, Member, Value};
use crate::sets::Listed as _;
use crate::simulator::behaviour::effect::{Form, Param, Piece, Placeholder, Source, Template};
use crate::simulator::state::{Target, TargetInput};
use crate::time::Instant;
use crate::transform::{InputTransformer, JsonPath, RuleFacts, Transformed, gets_nothing};

/// Where a target's input comes from.
pub(super) enum Input {
    /// The part of the event at this path.
    Event(String),
    /// This template, filled from these params.
    Made(Template, Vec<(String, Param)>),
    /// Nothing that is JSON.
    Nothing,
    /// Something too involved.
    Unknown,
}

impl Input {
    pub(super) fn of(target: &Target) -> Input {
        match &target.input {
            TargetInput::Event if gets_nothing(&target.arn) => Input::Nothing,
            TargetInput::Event => Input::Event(String::new()),
            TargetInput::Constant(text) => match json::parse(text) {
                Ok(value) => Input::Made(Template::Constant(value), Vec::new()),
                Err(_) => Input::Nothing,
            },
            TargetInput::Path(path) => match JsonPath::parse(path) {
                Ok(path) => match path.leading_names() {
                    (names, true) => Input::Event(names.join(".")),
                    (_, false) => Input::Unknown,
                },
                Err(_) => Input::Nothing,
            },
            TargetInput::Transformer(transformer) => transformed(transformer).unwrap_or(Input::Unknown),
        }
    }

    /// The params that the template uses, besides the effect's.
    pub(super) fn params(&self) -> &[(String, Param)] {
        match self {
            Input::Made(_, params) => params,
            _ => &[],
        }
    }
}

fn transformed(transformer: &InputTransformer) -> Option<Input> {
    let paths = transformer.reads()?;
    if transformer.reads_ingestion_time() {
        return None;
    }
    let mut places: Vec<(String, JsonPath)> = Vec::new();
    for path in paths {
        let (names, true) = path.leading_names() else { return None };
        let place = names.join(".");
        let meets = |other: &str| {
            let below = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'));
            below(&place, other) || below(other, &place)
        };
        if places.iter().any(|(other, _)| meets(other)) || place.is_empty() {
            return None;
        }
        if !places.iter().any(|(other, _)| *other == place) {
            places.push((place, path.clone()));
        }
    }
    let texts = render(transformer, &places, &|index| Value::string(mark(index)))?;
    let numbers = render(transformer, &places, &|index| Value::number(FIRST + index as i64))?;
    let template = template(&texts, &numbers, places.len())?;
    let empty = || Some(Template::Constant(Value::string("")));
    let param =
        |(index, (_, path)): (usize, (String, JsonPath))| (mark(index), Param { from: vec![path], default: empty() });
    Some(Input::Made(template, places.into_iter().enumerate().map(param).listed()))
}

/// Numbers that no template holds.
const FIRST: i64 = 918_273_645_000_000;

/// Texts that no template holds.
fn mark(index: usize) -> String {
    format!("\u{e000}{index}\u{e001}")
}

fn render(
    transformer: &InputTransformer,
    places: &[(String, JsonPath)],
    value: &dyn Fn(usize) -> Value,
) -> Option<Value> {
    let mut event = Value::object::<String>(Vec::new());
    for (index, (place, _)) in places.iter().enumerate() {
        crate::analysis::satisfy::put(&mut event, place, value(index));
    }
    let plain = json::parse(r#"{"source":"","detail-type":"","detail":{}}"#).ok()?;
    let envelope = Envelope::from_value(&plain, EnvelopeDefaults::default()).ok()?;
    let facts = RuleFacts { arn: "", name: "", ingested: Instant::from_seconds(0) };
    match transformer.render(&event, &envelope, facts) {
        Transformed::Input(text) => json::parse(&text).ok(),
        _ => None,
    }
}

/// The template behind two renderings. Recursion is bounded by the depth of what can be read.
fn template(texts: &Value, numbers: &Value, marks: usize) -> Option<Template> {
    let hole = |index: usize| Placeholder { source: Source::Param(mark(index)), form: Form::Plain };
    Some(match (&texts.kind, &numbers.kind) {
        (Kind::String(text), other) => {
            if let Some(index) = (0..marks).find(|index| **text == *mark(*index)) {
                return Some(match other {
                    Kind::Number(_) => Template::Value(hole(index)),
                    _ => Template::Text(vec![Piece::Hole(hole(index))]),
                });
            }
            let mut pieces = Vec::new();
            let mut rest = &**text;
            while let Some((before, after)) = rest.split_once('\u{e000}') {
                let (index, after) = after.split_once('\u{e001}')?;
                pieces.push(Piece::Text(before.to_owned()));
                pieces.push(Piece::Hole(hole(index.parse().ok()?)));
                rest = after;
            }
            if pieces.is_empty() {
                return Some(Template::Constant(texts.clone()));
            }
            pieces.push(Piece::Text(rest.to_owned()));
            Template::Text(pieces)
        }
        (Kind::Array(texts), Kind::Array(numbers)) => {
            let items = texts.iter().zip(numbers).map(|(text, number)| template(text, number, marks));
            Template::Array(items.collect::<Option<_>>()?)
        }
        (Kind::Object(texts), Kind::Object(numbers)) => {
            let member = |(text, number): (&Member, &Member)| {
                let fixed = !text.name.contains('\u{e000}');
                let inner = template(&text.value, &number.value, marks)?;
                fixed.then(|| (vec![Piece::Text(text.name.to_string())], inner))
            };
            Template::Object(texts.iter().zip(numbers).map(member).collect::<Option<_>>()?)
        }
        _ => Template::Constant(texts.clone()),
    })
}
