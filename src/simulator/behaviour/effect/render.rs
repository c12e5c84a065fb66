//! Templates filled: the value, and where each part of it came from.
//!
//! Rendering is total but bounded: a value that grows past [`LARGEST`] bytes or nests deeper than [`DEEPEST`] is an error of
//! the effect, because templates that copy their own event would double it in every round.

use super::template::{Form, Piece, Placeholder, Source, Template};
use crate::ids::Ids;
use crate::json::{self, Kind, Value};
use crate::sets::{Listed as _, SortedMap};
use crate::simulator::behaviour::provenance::{Fill, Fresh, Take, join, within};
use crate::time::Instant;
use crate::transform::JsonPath;
use std::cell::OnceCell;

/// Bytes that one application of an effect may render.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// How deep a rendered value may nest: what the JSON reader takes.
pub const DEEPEST: usize = 1000;

/// What a template is filled from.
pub struct Scene<'a> {
    /// The triggering event.
    pub event: &'a Value,
    /// Its fresh values.
    pub event_fresh: &'a [(String, Fresh)],
    /// The delivered input.
    pub input: &'a str,
    /// The same as JSON, if it is JSON: read when a template first asks for it.
    pub parsed: OnceCell<Option<Value>>,
    /// Where the input came from.
    pub input_from: &'a InputFrom,
    /// Where the effect happens.
    pub account: &'a str,
    /// Where the effect happens.
    pub region: &'a str,
    /// The virtual clock.
    pub now: Instant,
    /// Fresh ids.
    pub ids: &'a mut Ids,
    /// Params evaluated so far.
    pub params: SortedMap<String, Rendered>,
    /// Bytes left.
    pub budget: usize,
}

/// Where a delivered input came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputFrom {
    /// The part of the event at this dotted path; `Whole` when an index stands in the way.
    Event(String, Take),
    /// A template filled from these parts of the event, and perhaps from the clock.
    Parts(Vec<String>, Option<Fresh>),
    /// A constant.
    Constant,
}

/// A rendered value. Paths of `fills` and `fresh` begin at the value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendered {
    /// `None` when a placeholder found nothing: the member is left out.
    pub value: Option<Value>,
    /// What was taken from the triggering event.
    pub fills: Vec<Fill>,
    /// What is new by construction.
    pub fresh: Vec<(String, Fresh)>,
}

/// Why a template could not be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// Past [`LARGEST`].
    #[error("the effect renders more than 2 MiB")]
    TooLarge,
    /// Past [`DEEPEST`].
    #[error("the emitted event nests deeper than 1000 levels")]
    TooDeep,
}

impl Scene<'_> {
    /// The value of a template.
    pub fn render(&mut self, template: &Template) -> Result<Rendered, RenderError> {
        self.template(template, 0)
    }

    fn template(&mut self, template: &Template, depth: usize) -> Result<Rendered, RenderError> {
        match template {
            Template::Constant(value) => {
                self.spend(value, depth)?;
                Ok(Rendered { value: Some(value.clone()), ..Rendered::default() })
            }
            Template::Value(hole) => self.hole(hole, depth),
            Template::Text(pieces) => self.text(pieces, depth),
            Template::Array(items) => self.array(items, depth),
            Template::Object(members) => self.object(members, depth),
        }
    }

    fn array(&mut self, items: &[Template], depth: usize) -> Result<Rendered, RenderError> {
        let mut whole = Rendered::default();
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            let rendered = self.template(item, depth + 1)?;
            let splice = matches!(item, Template::Value(Placeholder { form: Form::Splice, .. }));
            match rendered.value {
                Some(Value { kind: Kind::Array(inner), .. }) if splice => values.extend(inner),
                Some(value) => values.push(value),
                None => {}
            }
            whole.fills.extend(rendered.fills);
            whole.fresh.extend(rendered.fresh);
        }
        whole.value = Some(Value::array(values));
        Ok(whole)
    }

    fn object(&mut self, members: &[(Vec<Piece>, Template)], depth: usize) -> Result<Rendered, RenderError> {
        let mut whole = Rendered::default();
        let mut values = Vec::with_capacity(members.len());
        for (name, template) in members {
            let name = self.text(name, depth)?;
            // A name that is taken from the event decides which paths exist here at all.
            whole.fills.extend(name.fills);
            whole.fresh.extend(name.fresh);
            let Some(Value { kind: Kind::String(name), .. }) = name.value else { continue };
            let rendered = self.template(template, depth + 1)?;
            let below = |fill: Fill| Fill { to: join(&name, &fill.to), ..fill };
            whole.fills.extend(rendered.fills.into_iter().map(below));
            whole.fresh.extend(rendered.fresh.into_iter().map(|(path, fresh)| (join(&name, &path), fresh)));
            values.extend(rendered.value.map(|value| (name.to_string(), value)));
        }
        whole.value = Some(Value::object(values));
        Ok(whole)
    }

    fn text(&mut self, pieces: &[Piece], depth: usize) -> Result<Rendered, RenderError> {
        let mut whole = Rendered::default();
        let mut text = Some(String::new());
        for piece in pieces {
            match piece {
                Piece::Text(plain) => text = text.map(|text| text + plain),
                Piece::Hole(hole) => {
                    let rendered = flat(self.hole(hole, depth)?);
                    whole.fills.extend(rendered.fills);
                    whole.fresh.extend(rendered.fresh);
                    text = text.zip(rendered.value).map(|(text, value)| text + &as_text(&value));
                }
            }
        }
        whole.value = text.map(Value::string);
        if let Some(value) = &whole.value {
            self.spend(value, depth)?;
        }
        Ok(whole)
    }

    fn hole(&mut self, hole: &Placeholder, depth: usize) -> Result<Rendered, RenderError> {
        let rendered = match &hole.source {
            Source::Event(path) => {
                let from = InputFrom::Event(String::new(), Take::Copy);
                read(Some(self.event), path, &from, self.event_fresh)
            }
            Source::Input(path) => {
                let input = self.parsed.get_or_init(|| json::parse(self.input).ok());
                read(input.as_ref(), path, self.input_from, self.event_fresh)
            }
            Source::Param(name) => self.params.get(name).cloned().unwrap_or_default(),
            Source::Account => constant(self.account),
            Source::Region => constant(self.region),
            Source::Time => fresh(Value::string(self.now.to_string()), Fresh::Time),
            Source::Now => fresh(Value::number(self.now.seconds()), Fresh::Epoch),
            Source::NowMillis => fresh(Value::number(self.now.millis()), Fresh::Epoch),
            Source::Uuid => fresh(Value::string(self.ids.uuid()), Fresh::Uuid),
            Source::Hex(digits) => fresh(Value::string(self.ids.hex(*digits)), Fresh::Hex(*digits)),
        };
        if let Some(value) = &rendered.value {
            self.spend(value, depth)?;
        }
        Ok(match hole.form {
            Form::Plain | Form::Splice => rendered,
            Form::Json => {
                let mut rendered = flat(rendered);
                rendered.value = rendered.value.map(|value| Value::string(json::print(&value)));
                rendered
            }
        })
    }

    fn spend(&mut self, value: &Value, depth: usize) -> Result<(), RenderError> {
        let weight = weigh(value, DEEPEST.saturating_sub(depth))?;
        self.budget = self.budget.checked_sub(weight).ok_or(RenderError::TooLarge)?;
        Ok(())
    }
}

/// About how many bytes the value prints as.
fn weigh(value: &Value, deepest: usize) -> Result<usize, RenderError> {
    let below = || deepest.checked_sub(1).ok_or(RenderError::TooDeep);
    Ok(match &value.kind {
        Kind::Null | Kind::Bool(_) => 4,
        Kind::Number(number) => number.text().len(),
        Kind::String(text) => text.len() + 2,
        Kind::Array(items) => {
            let deepest = below()?;
            items.iter().try_fold(2, |sum, item| Ok(sum + 1 + weigh(item, deepest)?))?
        }
        Kind::Object(members) => {
            let deepest = below()?;
            members
                .iter()
                .try_fold(2, |sum, member| Ok(sum + 4 + member.name.len() + weigh(&member.value, deepest)?))?
        }
    })
}

fn read(root: Option<&Value>, path: &JsonPath, from: &InputFrom, event_fresh: &[(String, Fresh)]) -> Rendered {
    let value = root.and_then(|root| path.resolve(root));
    let (prefix, take) = match from {
        InputFrom::Event(prefix, take) => (prefix, take),
        InputFrom::Parts(parts, clock) => return from_parts(value, parts, *clock, event_fresh),
        InputFrom::Constant => return Rendered { value, ..Rendered::default() },
    };
    let (names, exact) = path.leading_names();
    // Behind an index, nothing more exact is known than the place of the index.
    let (from, take) = match (take, exact) {
        (Take::Whole, _) => (prefix.clone(), Take::Whole),
        (Take::Copy, true) => (join(prefix, &names.join(".")), Take::Copy),
        (Take::Copy, false) => (join(prefix, &names.join(".")), Take::Whole),
    };
    let fresh = event_fresh.iter().filter_map(|(path, kind)| fresh_below(path, *kind, &from, take)).listed();
    Rendered { value, fills: vec![Fill { to: String::new(), from, take }], fresh }
}

/// What is read of a filled template may hold any of its parts.
fn from_parts(
    value: Option<Value>,
    parts: &[String],
    clock: Option<Fresh>,
    event_fresh: &[(String, Fresh)],
) -> Rendered {
    let shows =
        |part: &String| event_fresh.iter().any(|(path, kind)| fresh_below(path, *kind, part, Take::Whole).is_some());
    let fresh = clock.is_some() || parts.iter().any(shows);
    let fill = |part: &String| Fill { to: String::new(), from: part.clone(), take: Take::Whole };
    let fresh = if fresh { vec![(String::new(), Fresh::Text)] } else { Vec::new() };
    Rendered { value, fills: parts.iter().map(fill).listed(), fresh }
}

/// Where a fresh value of the event shows when `from` is taken over.
fn fresh_below(path: &str, kind: Fresh, from: &str, take: Take) -> Option<(String, Fresh)> {
    match (within(path, from), within(from, path), take) {
        (Some(rest), _, Take::Copy) => Some((rest.to_owned(), kind)),
        (None, Some(_), Take::Copy) => Some((String::new(), kind)),
        (None, None, _) => None,
        (_, _, Take::Whole) => Some((String::new(), Fresh::Text)),
    }
}

/// As part of a text: everything taken over shows at one place.
fn flat(rendered: Rendered) -> Rendered {
    let fills = rendered.fills.into_iter();
    let fresh = !rendered.fresh.is_empty();
    Rendered {
        value: rendered.value,
        fills: fills.map(|fill| Fill { to: String::new(), from: fill.from, take: Take::Whole }).listed(),
        fresh: if fresh { vec![(String::new(), Fresh::Text)] } else { Vec::new() },
    }
}

fn constant(text: &str) -> Rendered {
    Rendered { value: Some(Value::string(text)), ..Rendered::default() }
}

fn fresh(value: Value, kind: Fresh) -> Rendered {
    Rendered { value: Some(value), fills: Vec::new(), fresh: vec![(String::new(), kind)] }
}

fn as_text(value: &Value) -> String {
    match &value.kind {
        Kind::String(text) => text.to_string(),
        _ => json::print(value),
    }
}
