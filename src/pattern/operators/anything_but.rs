//! `anything-but`: an existing value for which the negated test fails.
//!
//! Operand: a string, a number, a list of only strings or only numbers, or an object with one of `prefix`, `suffix`,
//! `equals-ignore-case`, `wildcard` and a string or a list of strings. A list means "none of these". A value of another
//! type satisfies it; a missing one does not; of an array one good element is enough.
//!
//! The trap: the service reports a problem inside a list twice, from within and from without, and its engine
//! crashes on an empty list under a nested operator; that is refused here.
//!
//! Source: pattern language, section 4.

use super::super::PatternError;
use super::super::number::Comparable;
use super::super::parse::Parser;
use super::super::predicates::{Place, Predicate};
use super::equals_ignore_case::Folded;
use super::numeric::{NOT_COMPARABLE, Operand};
use super::wildcard::{self, Wildcard};
use super::{ValueSet, literal, object, shape};
use crate::event::Scalar;
use crate::json::{Number, Token, Value, quote};
use crate::sets::Listed as _;
use crate::sets::strings::{Step, Strings};
use crate::text::Span;

/// What a value must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnythingBut {
    refused: Refused,
    shape: Shape,
}

/// The refused values.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    Strings(Vec<String>),
    Numbers(Vec<Operand>),
    Prefixes(Vec<String>),
    Suffixes(Vec<String>),
    Folded(Vec<Folded>),
    Wildcards(Vec<Wildcard>),
}

/// Whether one operand was written, or a list: for printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    One,
    List,
}

const TOO_MANY: &str = "Too many elements in numeric expression";
const OPERAND: &str = "Value of anything-but must be an array or single string/number value.";
const LIST: &str = "Inside anything but list, start|null|boolean is not supported.";
const MIXED: &str = "Inside anything but list, either all values are number or string, mixed type is not supported";
const FOLDED_LIST: &str = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";
const AFFIX: &str = "prefix/suffix match pattern must be a string";
const HELP: &str = "only strings, or only numbers, can be excluded";

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<AnythingBut, PatternError> {
    let token = parser.token()?;
    let anything_but = match token {
        Token::StartObject => parse_nested(parser)?,
        Token::StartArray => AnythingBut { refused: parse_list(parser)?, shape: Shape::List },
        Token::String => AnythingBut { refused: Refused::Strings(vec![parser.text()?]), shape: Shape::One },
        Token::Number => AnythingBut { refused: Refused::Numbers(vec![number(parser)?]), shape: Shape::One },
        _ => return Err(parser.refuse("EB205", OPERAND).with_help(HELP)),
    };
    parser.close_operator(TOO_MANY)?;
    Ok(anything_but)
}

/// A number of the service's own comparison; its error carries no place.
fn number(parser: &mut Parser<'_>) -> Result<Operand, PatternError> {
    let text = parser.text()?;
    match Comparable::of(&text) {
        Some(comparable) => Ok(Operand { number: Number::trusted(text), comparable }),
        None => {
            let error = PatternError::new("EB204", format!("Cannot compare number : {text}"), parser.span());
            Err(error.with_help(NOT_COMPARABLE))
        }
    }
}

fn parse_list(parser: &mut Parser<'_>) -> Result<Refused, PatternError> {
    let start = parser.span();
    let mut strings = Vec::new();
    let mut numbers = Vec::new();
    loop {
        match item(parser, LIST)? {
            Item::End => break,
            Item::String(text) => strings.push(text),
            Item::Number => numbers.push(number(parser).map_err(|error| parser.refuse_list(error))?),
        }
    }
    match (strings.is_empty(), numbers.is_empty()) {
        (false, true) => Ok(Refused::Strings(strings)),
        (true, false) => Ok(Refused::Numbers(numbers)),
        _ => Err(parser.refuse("EB205", MIXED).at(start.to(parser.span())).with_help(HELP)),
    }
}

/// One token of a list.
enum Item {
    End,
    String(String),
    Number,
}

/// The next token of a list, where even a syntax error is reported twice.
fn item(parser: &mut Parser<'_>, otherwise: &str) -> Result<Item, PatternError> {
    let read = |parser: &mut Parser<'_>| match parser.token()? {
        Token::EndArray => Ok(Item::End),
        Token::String => parser.text().map(Item::String),
        Token::Number => Ok(Item::Number),
        _ => Err(parser.refuse("EB205", otherwise).with_help(HELP)),
    };
    read(parser).map_err(|error| parser.refuse_list(error))
}

fn parse_nested(parser: &mut Parser<'_>) -> Result<AnythingBut, PatternError> {
    if parser.token()? != Token::Name {
        return Err(parser.refuse("EB205", "Anything-But expression name not found"));
    }
    let span = parser.span();
    let name = parser.text()?;
    let (words, affix) = match name.as_str() {
        "prefix" | "suffix" => (AFFIX, Emptiness::Refused),
        "equals-ignore-case" => (FOLDED_LIST, Emptiness::Allowed),
        "wildcard" => (wildcard::NOT_A_STRING, Emptiness::Allowed),
        _ => {
            let error = parser.refuse("EB205", format!("Unsupported anything-but pattern: {name}")).at(span);
            let help =
                "inside `anything-but` only `prefix`, `suffix`, `equals-ignore-case` and `wildcard` are possible";
            return Err(error.with_help(help));
        }
    };
    let start = parser.token()?;
    let span = parser.span();
    let (texts, shape) = match start {
        Token::StartArray => (nested_list(parser, words, affix)?, Shape::List),
        Token::String => (vec![nested_text(parser, affix)?], Shape::One),
        Token::Number => return Err(parser.refuse("EB205", words).with_help("write a string")),
        _ => return Err(parser.refuse("EB205", OPERAND).with_help("write a string or a list of strings")),
    };
    let span = span.to(parser.span());
    let refused = match name.as_str() {
        "prefix" => Refused::Prefixes(texts),
        "suffix" => Refused::Suffixes(texts),
        "wildcard" => Refused::Wildcards(wildcards(parser, texts, span)?),
        _ => Refused::Folded(texts.into_iter().map(Folded::new).listed()),
    };
    parser.close_operator(TOO_MANY)?;
    Ok(AnythingBut { refused, shape })
}

/// Whether an empty text may be excluded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Emptiness {
    Allowed,
    Refused,
}

fn nested_text(parser: &mut Parser<'_>, emptiness: Emptiness) -> Result<String, PatternError> {
    let text = parser.text()?;
    if text.is_empty() && emptiness == Emptiness::Refused {
        let error = parser.refuse("EB205", "Null prefix/suffix not allowed");
        return Err(error.with_help("every string begins and ends with the empty text, so nothing could match"));
    }
    Ok(text)
}

fn nested_list(parser: &mut Parser<'_>, words: &str, emptiness: Emptiness) -> Result<Vec<String>, PatternError> {
    let mut texts = Vec::new();
    let read = |parser: &mut Parser<'_>| match parser.token()? {
        Token::EndArray => Ok(None),
        Token::String => nested_text(parser, emptiness).map(Some),
        _ => Err(parser.refuse("EB205", words).with_help("a list holds strings only")),
    };
    while let Some(text) = read(parser).map_err(|error| parser.refuse_list(error))? {
        texts.push(text);
    }
    Ok(texts)
}

fn wildcards(parser: &Parser<'_>, texts: Vec<String>, span: Span) -> Result<Vec<Wildcard>, PatternError> {
    texts.into_iter().map(|text| wildcard::compile(parser, text, span)).collect()
}

impl AnythingBut {
    /// Refuses an empty list.
    pub(super) fn check(&self, span: Span) -> Result<(), PatternError> {
        if self.weight() > 0 {
            return Ok(());
        }
        let error = PatternError::new("EB205", "Empty lists are not allowed inside anything-but", span);
        Err(error.with_help("name at least one text"))
    }

    pub(super) fn test(&self, value: &Scalar) -> bool {
        let refused = match (&self.refused, value) {
            (Refused::Strings(texts), Scalar::String(found)) => texts.iter().any(|text| **text == **found),
            (Refused::Prefixes(texts), Scalar::String(found)) => {
                texts.iter().any(|text| found.starts_with(text.as_str()))
            }
            (Refused::Suffixes(texts), Scalar::String(found)) => {
                texts.iter().any(|text| found.ends_with(text.as_str()))
            }
            (Refused::Folded(texts), Scalar::String(found)) => texts.iter().any(|text| text.equals(found)),
            (Refused::Wildcards(texts), Scalar::String(found)) => texts.iter().any(|text| text.matches(found)),
            (Refused::Numbers(numbers), Scalar::Number(found)) => {
                let found = Comparable::of(found.text());
                numbers.iter().any(|number| Some(number.comparable) == found)
            }
            _ => false,
        };
        !refused
    }

    pub(super) fn value_set(&self) -> ValueSet {
        let texts = |texts: &[String], before: &[Step], after: &[Step]| {
            let steps = |text: &String| [before, &[literal(text)], after].concat();
            texts.iter().map(|text| shape(steps(text))).listed()
        };
        let shapes = match &self.refused {
            Refused::Strings(strings) => texts(strings, &[], &[]),
            Refused::Prefixes(prefixes) => texts(prefixes, &[], &[Step::Run]),
            Refused::Suffixes(suffixes) => texts(suffixes, &[Step::Run], &[]),
            Refused::Folded(folded) => folded.iter().map(Folded::shape).listed(),
            Refused::Wildcards(wildcards) => wildcards.iter().map(Wildcard::shape).listed(),
            Refused::Numbers(numbers) => {
                let numbers = numbers.iter().map(|operand| operand.number.clone()).listed();
                return ValueSet { strings: Strings::all(), numbers };
            }
        };
        Strings::all_but(shapes).into()
    }

    pub(super) fn predicates(&self) -> Vec<Predicate<'_>> {
        match &self.refused {
            Refused::Strings(texts) => texts.iter().map(|text| Predicate::Text(text)).listed(),
            Refused::Numbers(numbers) => numbers.iter().map(Operand::predicate).listed(),
            Refused::Prefixes(texts) => texts.iter().map(|text| Predicate::Prefix(text)).listed(),
            Refused::Suffixes(texts) => texts.iter().map(|text| Predicate::Suffix(text)).listed(),
            Refused::Folded(texts) => texts.iter().map(|text| Predicate::Folded(text, Place::Whole)).listed(),
            Refused::Wildcards(texts) => texts.iter().map(Predicate::Wildcard).listed(),
        }
    }

    /// The refused wildcards, if it is wildcards that are refused.
    pub(in super::super) fn wildcards(&self) -> &[Wildcard] {
        match &self.refused {
            Refused::Wildcards(wildcards) => wildcards,
            _ => &[],
        }
    }

    /// How many operands there are to compare with.
    pub(super) fn weight(&self) -> usize {
        match &self.refused {
            Refused::Strings(texts) | Refused::Prefixes(texts) | Refused::Suffixes(texts) => texts.len(),
            Refused::Numbers(numbers) => numbers.len(),
            Refused::Folded(texts) => texts.iter().map(Folded::weight).sum(),
            Refused::Wildcards(texts) => texts.len(),
        }
    }

    /// The operator under which the operands stand, if any, and the operands.
    fn operands(&self) -> (Option<&'static str>, Vec<Value>) {
        let strings = |texts: &[String]| texts.iter().map(Value::string).listed();
        match &self.refused {
            Refused::Strings(texts) => (None, strings(texts)),
            Refused::Numbers(numbers) => {
                (None, numbers.iter().map(|operand| Value::number(operand.number.clone())).listed())
            }
            Refused::Prefixes(texts) => (Some("prefix"), strings(texts)),
            Refused::Suffixes(texts) => (Some("suffix"), strings(texts)),
            Refused::Folded(texts) => {
                (Some("equals-ignore-case"), texts.iter().map(|text| Value::string(text.text())).listed())
            }
            Refused::Wildcards(texts) => {
                (Some("wildcard"), texts.iter().map(|text| Value::string(text.text())).listed())
            }
        }
    }

    pub(super) fn to_value(&self) -> Value {
        let (nested, mut operands) = self.operands();
        let operand = match (self.shape, operands.pop()) {
            (Shape::One, Some(only)) => only,
            (_, last) => Value::array(operands.into_iter().chain(last).listed()),
        };
        object(
            "anything-but",
            match nested {
                Some(name) => object(name, operand),
                None => operand,
            },
        )
    }

    pub(super) fn describe(&self) -> String {
        let (nested, operands) = self.operands();
        let shown: Vec<String> =
            operands.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), quote)).listed();
        let list = shown.join(" or ");
        match nested {
            None => format!("anything but {list}"),
            Some("equals-ignore-case") => format!("anything but {list} in any case"),
            Some(name) => format!("anything but {name} {list}"),
        }
    }
}
