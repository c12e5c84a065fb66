//! A question about an emitted event, turned into a question about the event that caused it.
//!
//! A literal asks what stands at a path. The template says where that comes from: a constant answers at once; a copy moves
//! the question to the path it was copied from; text around a copy goes along with the literal; a param asks its paths in
//! their order. What is new every time, or is too involved, is answered only when every possible text gives the same answer;
//! else it is taken as "yes" and noted as open. So "impossible" is proven, and "possible" is for the simulated run to show.
//!
//! A question can become many, once for each path of a param and for each item of an array, and those become many in turn. So
//! what is asked is counted, and past the bound everything is "yes".

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::analysis::satisfy::{Formula, Literal};
use crate::event::{Event, Scalar};
use crate::json::{self, Kind, Value};
use crate::pattern::operators::exists::Exists;
use crate::pattern::operators::{Leaf, Operator};
use crate::sets::Listed as _;
use crate::sets::strings::{Condition, Found, Shape, Side, Step, Strings, find};
use crate::simulator::behaviour::effect::{Emission, Form, Param, Piece, Placeholder, Source, Template};
use crate::simulator::behaviour::provenance::{join, within};
use crate::simulator::state::{AccountId, Region};
use crate::transform::JsonPath;

use super::input::Input;
use super::shapes::{hex, time, uuid};

/// One emission of one target, seen from the event that it makes.
pub(super) struct Emitted<'a> {
    pub(super) emission: &'a Emission,
    pub(super) params: &'a [(String, Param)],
    pub(super) input: &'a Input,
    /// Where the target acts.
    pub(super) place: &'a (AccountId, Region),
    /// Whether something was taken as "yes" without proof.
    pub(super) open: &'a Cell<bool>,
    /// How many more questions may be asked.
    pub(super) left: &'a Cell<usize>,
    /// Params whose value is being asked, so that none asks itself.
    pub(super) asking: RefCell<Vec<String>>,
}

pub(super) fn constant(holds: bool) -> Formula {
    if holds { Formula::truth() } else { Formula::falsehood() }
}

/// Whether a formula cannot hold, seen without any search.
pub(super) fn is_false(formula: &Formula) -> bool {
    match formula {
        Formula::Literal(_) => false,
        Formula::All(parts) => parts.iter().any(is_false),
        Formula::Any(parts) => parts.iter().all(is_false),
    }
}

/// That something, or nothing, stands at a path.
fn existence(path: &str, exists: Exists, owner: usize) -> Formula {
    let leaf = Leaf { operator: Operator::Exists(exists), span: Default::default() };
    Formula::Literal(Literal { path: path.into(), leaves: Rc::from([leaf]), side: Side::Inside, owner, around: None })
}

impl Emitted<'_> {
    /// The question that a literal about the emitted event puts to the event before it.
    pub(super) fn pull(&self, literal: &Literal) -> Formula {
        if !self.may_ask(1) {
            return self.unknown();
        }
        let (first, rest) = literal.path.split_once('.').unwrap_or((&literal.path, ""));
        let text = |text: &str| self.value(&Value::string(text), rest, literal);
        match first {
            "version" => text("0"),
            "source" => self.read(&self.emission.source, rest, literal),
            "detail-type" => self.read(&self.emission.detail_type, rest, literal),
            "account" => self.address(self.emission.account.as_ref(), self.place.0.as_str(), rest, literal),
            "region" => self.address(self.emission.region.as_ref(), self.place.1.as_str(), rest, literal),
            "id" => self.fresh(uuid(), rest, literal),
            "time" => self.fresh(time(), rest, literal),
            "resources" => match &self.emission.resources {
                Some(template) => self.read(template, rest, literal),
                None => constant(literal.holds(None)),
            },
            "detail" => match &self.emission.detail {
                // A text that holds the object.
                Template::Constant(Value { kind: Kind::String(text), .. }) => match json::parse(text) {
                    Ok(value) => self.value(&value, rest, literal),
                    Err(_) => Formula::falsehood(),
                },
                Template::Text(_) => self.unknown(),
                template => self.read(template, rest, literal),
            },
            _ => constant(literal.holds(None)),
        }
    }

    fn address(&self, template: Option<&Template>, own: &str, rest: &str, literal: &Literal) -> Formula {
        match template {
            Some(template) => self.read(template, rest, literal),
            None => self.value(&Value::string(own), rest, literal),
        }
    }

    /// The question about what stands at `rest` inside of what a template makes.
    fn read(&self, template: &Template, rest: &str, literal: &Literal) -> Formula {
        match template {
            Template::Constant(value) => self.value(value, rest, literal),
            Template::Value(hole) => self.hole(hole, rest, literal),
            Template::Text(_) if !rest.is_empty() => constant(literal.holds(None)),
            Template::Text(pieces) => self.text(pieces, literal),
            Template::Array(items) => match items.as_slice() {
                [] => constant(literal.holds(None)),
                [only] => self.read(only, rest, literal),
                several if self.may_ask(several.len()) => {
                    self.open.set(self.open.get() || literal.accepts_absence());
                    let parts = several.iter().map(|item| self.read(item, rest, literal)).listed();
                    if literal.side == Side::Inside { Formula::Any(parts) } else { Formula::All(parts) }
                }
                _ => self.unknown(),
            },
            Template::Object(members) => self.member(members, rest, literal),
        }
    }

    fn member(&self, members: &[(Vec<Piece>, Template)], rest: &str, literal: &Literal) -> Formula {
        if rest.is_empty() {
            return constant(literal.holds(None));
        }
        let mut found = Vec::new();
        for (name, template) in members {
            match name.as_slice() {
                [Piece::Text(name)] => {
                    found.extend(within(rest, name).map(|below| self.read(template, below, literal)));
                }
                [] => {}
                _ => return self.unknown(),
            }
        }
        match found.pop() {
            None => constant(literal.holds(None)),
            Some(only) if found.is_empty() => only,
            Some(_) => self.unknown(),
        }
    }

    /// What a constant answers.
    fn value(&self, value: &Value, rest: &str, literal: &Literal) -> Formula {
        if let Some(scalar) = scalar(value) {
            return constant(literal.holds(rest.is_empty().then_some(&scalar)));
        }
        let Ok(event) = Event::from_value(Value::object(vec![("v", value.clone())])) else { return self.unknown() };
        let fields = event.at(&join("v", rest));
        match fields.as_slice() {
            [] => constant(literal.holds(None)),
            [only] => constant(literal.holds(Some(&only.value))),
            several => {
                let mut answers = several.iter().map(|field| literal.holds(Some(&field.value)));
                constant(if literal.side == Side::Inside { answers.any(|it| it) } else { answers.all(|it| it) })
            }
        }
    }

    fn hole(&self, hole: &Placeholder, rest: &str, literal: &Literal) -> Formula {
        if hole.form == Form::Json {
            return if rest.is_empty() { self.unknown() } else { constant(literal.holds(None)) };
        }
        let text = |text: &str| self.value(&Value::string(text), rest, literal);
        match &hole.source {
            Source::Event(path) => self.copy(path, rest, literal),
            Source::Input(path) => self.input(path, rest, literal),
            Source::Param(name) => self.param(name, rest, literal),
            Source::Account => text(self.place.0.as_str()),
            Source::Region => text(self.place.1.as_str()),
            Source::Time => self.fresh(time(), rest, literal),
            Source::Uuid => self.fresh(uuid(), rest, literal),
            Source::Hex(digits) => self.fresh(hex(*digits), rest, literal),
            Source::Now | Source::NowMillis => self.unknown(),
        }
    }

    fn copy(&self, path: &JsonPath, rest: &str, literal: &Literal) -> Formula {
        match path.leading_names() {
            (names, true) => {
                let path = join(&names.join("."), rest);
                if path.is_empty() {
                    return constant(literal.holds(None));
                }
                Formula::Literal(Literal { path: path.into(), ..literal.clone() })
            }
            (_, false) => self.unknown(),
        }
    }

    /// The first of a param's paths that finds something, else its default.
    fn param(&self, name: &str, rest: &str, literal: &Literal) -> Formula {
        let mut params = self.params.iter().chain(self.input.params());
        let Some((_, param)) = params.find(|(known, _)| known == name) else { return self.unknown() };
        if self.asking.borrow().iter().any(|asked| asked == name) {
            return self.unknown();
        }
        let mut absent: Vec<Formula> = Vec::new();
        let mut ways = Vec::new();
        for path in &param.from {
            let (names, true) = path.leading_names() else { return self.unknown() };
            if !self.may_ask(absent.len() * 2 + 2) {
                return self.unknown();
            }
            let place = names.join(".");
            let mut way = absent.clone();
            if rest.is_empty() {
                way.push(existence(&place, Exists::Present, literal.owner));
            } else {
                self.open.set(true);
            }
            way.push(self.copy(path, rest, literal));
            ways.push(Formula::All(way));
            absent.push(existence(&place, Exists::Absent, literal.owner));
            // An object may stand there: found, and yet no value of its own.
            if rest.is_empty() && param.default.is_some() && literal.holds(None) {
                self.open.set(true);
                ways.push(Formula::All(absent.clone()));
            }
        }
        self.asking.borrow_mut().push(name.to_owned());
        absent.push(match &param.default {
            Some(template) => self.read(template, rest, literal),
            None => constant(literal.holds(None)),
        });
        self.asking.borrow_mut().pop();
        ways.push(Formula::All(absent));
        Formula::Any(ways)
    }

    fn input(&self, path: &JsonPath, rest: &str, literal: &Literal) -> Formula {
        let (names, true) = path.leading_names() else { return self.unknown() };
        let below = join(&names.join("."), rest);
        match self.input {
            Input::Event(prefix) => {
                let path = join(prefix, &below);
                if path.is_empty() {
                    return constant(literal.holds(None));
                }
                Formula::Literal(Literal { path: path.into(), ..literal.clone() })
            }
            Input::Made(template, _) => self.read(template, &below, literal),
            Input::Nothing => constant(literal.holds(None)),
            Input::Unknown => self.unknown(),
        }
    }

    /// A text with one copy inside carries the texts around it along. One whose holes are never empty-handed is always there,
    /// whatever it says.
    fn text(&self, pieces: &[Piece], literal: &Literal) -> Formula {
        let asks_existence = literal.leaves.iter().all(|leaf| matches!(leaf.operator, Operator::Exists(_)));
        if asks_existence && self.is_always_there(pieces) {
            return constant(literal.holds(Some(&Scalar::String("".into()))));
        }
        let holes: Vec<usize> = pieces
            .iter()
            .enumerate()
            .filter_map(|(index, piece)| matches!(piece, Piece::Hole(_)).then_some(index))
            .listed();
        let (outer_before, outer_after) = literal.around.as_deref().cloned().unwrap_or_default();
        if let [only] = holes.as_slice() {
            let (before, after) = pieces.split_at_checked(*only).unwrap_or((pieces, &[]));
            let words = |pieces: &[Piece]| -> String {
                pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => text.as_str(),
                        Piece::Hole(_) => "",
                    })
                    .collect()
            };
            let around = (outer_before + &words(before), words(after) + &outer_after);
            let inner = Literal { around: Some(Rc::new(around)), ..literal.clone() };
            return match after.first() {
                Some(Piece::Hole(hole)) => self.hole(hole, "", &inner),
                _ => self.unknown(),
            };
        }
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => Step::OneOf(vec![text.clone()]),
            Piece::Hole(_) => Step::Run,
        };
        self.shaped(pieces.iter().map(part).listed(), literal)
    }

    /// Whether every hole of a text has a value for every event: a default, or something new.
    fn is_always_there(&self, pieces: &[Piece]) -> bool {
        pieces.iter().all(|piece| match piece {
            Piece::Text(_) => true,
            Piece::Hole(Placeholder { form: Form::Json, .. }) => false,
            Piece::Hole(hole) => match &hole.source {
                Source::Event(_) => false,
                Source::Param(name) => {
                    let mut params = self.params.iter().chain(self.input.params());
                    let param = params.find(|(known, _)| known == name).and_then(|(_, param)| param.default.as_ref());
                    matches!(param, Some(Template::Constant(value)) if scalar(value).is_some())
                }
                // What a transformer writes is there: it fills in the empty text for what it does not find.
                Source::Input(path) => match (self.input, path.leading_names()) {
                    (Input::Made(template, _), (names, true)) => {
                        let made = names.iter().try_fold(template, |at, name| member_of(at, name));
                        matches!(made, Some(Template::Text(pieces)) if pieces.iter().all(is_filled))
                    }
                    _ => false,
                },
                _ => true,
            },
        })
    }

    fn fresh(&self, steps: Vec<Step>, rest: &str, literal: &Literal) -> Formula {
        if rest.is_empty() { self.shaped(steps, literal) } else { constant(literal.holds(None)) }
    }

    /// A text of which only the shape is known.
    fn shaped(&self, steps: Vec<Step>, literal: &Literal) -> Formula {
        let (before, after) = literal.around.as_deref().cloned().unwrap_or_default();
        let asked = |side: Side| {
            let sets = literal.leaves.iter().map(|leaf| leaf.operator.value_set().strings).listed();
            let shape = Strings::of(vec![Shape::Text(steps.clone())]);
            let (plain, none) = (String::new(), String::new());
            let conditions = [
                Condition { sets: vec![shape], side: Side::Inside, before: plain, after: none },
                Condition { sets, side, before: before.clone(), after: after.clone() },
            ];
            find(&conditions)
        };
        let (yes, no) = match literal.side {
            Side::Inside => (Side::Inside, Side::Outside),
            Side::Outside => (Side::Outside, Side::Inside),
        };
        match (asked(yes), asked(no)) {
            (Found::None, _) => Formula::falsehood(),
            (_, Found::None) => Formula::truth(),
            _ => self.unknown(),
        }
    }

    /// Counts so many questions. Whether they may be asked.
    fn may_ask(&self, questions: usize) -> bool {
        let left = self.left.get().checked_sub(questions);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    fn unknown(&self) -> Formula {
        self.open.set(true);
        Formula::truth()
    }
}

fn member_of<'a>(template: &'a Template, name: &str) -> Option<&'a Template> {
    let Template::Object(members) = template else { return None };
    let is_it = |(names, _): &&(Vec<Piece>, Template)| matches!(names.as_slice(), [Piece::Text(text)] if text == name);
    members.iter().find(is_it).map(|(_, template)| template)
}

fn is_filled(piece: &Piece) -> bool {
    !matches!(piece, Piece::Hole(hole) if !matches!(hole.source, Source::Param(_)))
}

/// A value without parts.
fn scalar(value: &Value) -> Option<Scalar> {
    Some(match &value.kind {
        Kind::Null => Scalar::Null,
        Kind::Bool(value) => Scalar::Bool(*value),
        Kind::Number(number) => Scalar::Number(number.clone()),
        Kind::String(text) => Scalar::String(text.clone()),
        Kind::Array(_) | Kind::Object(_) => return None,
    })
}

/// The text that a template always makes, if it always makes the same.
pub(super) fn fixed_text(template: &Template, params: &[(String, Param)]) -> Option<String> {
    match template {
        Template::Constant(value) => value.as_str().map(str::to_owned),
        Template::Value(Placeholder { source: Source::Param(name), form: Form::Plain }) => {
            let (_, param) = params.iter().find(|(known, _)| known == name)?;
            match (param.from.is_empty(), &param.default) {
                (true, Some(Template::Constant(value))) => value.as_str().map(str::to_owned),
                _ => None,
            }
        }
        _ => None,
    }
}
