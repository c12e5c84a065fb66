//! The operators, one a file: how each is read, tested, printed and told.
//!
//! A [`Leaf`] is one element of a leaf array. Adding an operator is adding a file, a variant of [`Operator`] and an arm
//! in each `match` below; the compiler finds the arms.
//!
//! Source: pattern language, section 4.

pub mod anything_but;
pub mod cidr;
pub mod equals_ignore_case;
pub mod exact;
pub mod exists;
pub mod numeric;
pub mod or;
pub mod prefix;
pub mod suffix;
pub mod wildcard;

use super::PatternError;
use super::parse::Parser;
use super::predicates::{Place, Predicate, Test};
use crate::event::Scalar;
use crate::json::{Number, Token, Value};
use crate::sets::strings::{Shape, Step, Strings};
use crate::text::{Span, did_you_mean};

/// One element of a leaf array, and where it stands. Equality ignores the place.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// What it asks.
    pub operator: Operator,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Leaf {
    fn eq(&self, other: &Leaf) -> bool {
        self.operator == other.operator
    }
}

impl Eq for Leaf {}

impl Leaf {
    /// Refuses what reads well and still cannot work, once it is known that nothing overrides it.
    pub(super) fn check(&self) -> Result<(), PatternError> {
        match &self.operator {
            Operator::AnythingBut(operator) => operator.check(self.span),
            Operator::Numeric(operator) => operator.check(self.span),
            _ => Ok(()),
        }
    }
}

/// What a leaf asks of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operator {
    /// A plain value, or `exactly`.
    Exact(exact::Exact),
    /// `prefix`
    Prefix(prefix::Prefix),
    /// `suffix`
    Suffix(suffix::Suffix),
    /// `equals-ignore-case`
    EqualsIgnoreCase(equals_ignore_case::Folded),
    /// `wildcard`
    Wildcard(wildcard::Wildcard),
    /// `anything-but`
    AnythingBut(anything_but::AnythingBut),
    /// `numeric`
    Numeric(numeric::Numeric),
    /// `exists`
    Exists(exists::Exists),
    /// `cidr`
    Cidr(cidr::Cidr),
}

/// The existing values that satisfy an operator, as far as they must be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueSet {
    /// Its strings.
    pub strings: Strings,
    /// The numbers at which the answer changes: between two neighbours all comparable numbers are alike, and so are all
    /// that cannot be compared and are not among these.
    pub numbers: Vec<Number>,
}

impl From<Strings> for ValueSet {
    fn from(strings: Strings) -> ValueSet {
        ValueSet { strings, numbers: Vec::new() }
    }
}

/// The names of the operators, for "did you mean".
pub const NAMES: [&str; 9] =
    ["exactly", "prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "exists", "cidr"];

/// Reads a leaf that begins with this token.
pub(super) fn parse(parser: &mut Parser<'_>, token: Token) -> Result<Leaf, PatternError> {
    let start = parser.span();
    let operator = match token {
        Token::StartObject => parse_object(parser)?,
        Token::String | Token::Number | Token::True | Token::False | Token::Null => {
            Operator::Exact(exact::parse_value(parser, token)?)
        }
        _ => {
            return Err(parser
                .refuse("EB202", "Match value must be String, number, true, false, or null")
                .with_help("write the values of the inner array into the outer one"));
        }
    };
    Ok(Leaf { operator, span: start.to(parser.span()) })
}

fn parse_object(parser: &mut Parser<'_>) -> Result<Operator, PatternError> {
    if parser.token()? != Token::Name {
        return Err(parser.refuse("EB202", "Match expression name not found"));
    }
    let span = parser.span();
    let name = parser.text()?;
    Ok(match name.as_str() {
        "exactly" => Operator::Exact(exact::parse_exactly(parser)?),
        "prefix" => Operator::Prefix(prefix::parse(parser)?),
        "suffix" => Operator::Suffix(suffix::parse(parser)?),
        "equals-ignore-case" => Operator::EqualsIgnoreCase(equals_ignore_case::parse(parser)?),
        "wildcard" => Operator::Wildcard(wildcard::parse(parser)?),
        "anything-but" => Operator::AnythingBut(anything_but::parse(parser)?),
        "numeric" => Operator::Numeric(numeric::parse(parser)?),
        "exists" => Operator::Exists(exists::parse(parser)?),
        "cidr" => Operator::Cidr(cidr::parse(parser)?),
        _ => {
            let error = parser.refuse("EB202", format!("Unrecognized match type {name}")).at(span);
            return Err(match did_you_mean(&name, NAMES) {
                Some(known) => error.with_help(format!("did you mean `{known}`?")),
                None => {
                    error.with_help(format!("the operators are {}", NAMES.map(|name| format!("`{name}`")).join(", ")))
                }
            });
        }
    })
}

/// The words for a second member of an operator object, for most operators.
const ONE_KEY: &str = "Only one key allowed in match expression";

/// Reads the string operand of an operator and the end of its object.
fn string_operand(parser: &mut Parser<'_>, otherwise: &str) -> Result<String, PatternError> {
    if parser.token()? != Token::String {
        return Err(not_a_string(parser, otherwise));
    }
    let text = parser.text()?;
    parser.close_operator(ONE_KEY)?;
    Ok(text)
}

fn not_a_string(parser: &Parser<'_>, reason: &str) -> PatternError {
    parser.refuse("EB203", reason).with_help("write one string; several go into the leaf array as separate objects")
}

impl Operator {
    /// Whether an existing value satisfies it. (What a missing one means is asked of [`Operator::accepts_absence`].)
    pub fn test(&self, value: &Scalar) -> bool {
        match self {
            Operator::Exact(operator) => operator.test(value),
            Operator::Prefix(operator) => operator.test(value),
            Operator::Suffix(operator) => operator.test(value),
            Operator::EqualsIgnoreCase(operator) => matches!(value, Scalar::String(text) if operator.equals(text)),
            Operator::Wildcard(operator) => matches!(value, Scalar::String(text) if operator.matches(text)),
            Operator::AnythingBut(operator) => operator.test(value),
            Operator::Numeric(operator) => operator.test(value),
            Operator::Exists(operator) => *operator == exists::Exists::Present,
            Operator::Cidr(operator) => operator.test(value),
        }
    }

    /// Whether it is satisfied where there is no value.
    pub fn accepts_absence(&self) -> bool {
        matches!(self, Operator::Exists(exists::Exists::Absent))
    }

    /// The existing values that satisfy it.
    pub fn value_set(&self) -> ValueSet {
        match self {
            Operator::Exact(operator) => operator.value_set(),
            Operator::Prefix(operator) => operator.value_set(),
            Operator::Suffix(operator) => operator.value_set(),
            Operator::EqualsIgnoreCase(operator) => Strings::of(vec![operator.shape()]).into(),
            Operator::Wildcard(operator) => Strings::of(vec![operator.shape()]).into(),
            Operator::AnythingBut(operator) => operator.value_set(),
            Operator::Numeric(operator) => operator.value_set(),
            Operator::Exists(operator) => operator.value_set(),
            Operator::Cidr(operator) => operator.value_set(),
        }
    }

    /// What it asks, laid open for an index.
    pub fn predicate(&self) -> Test<'_> {
        Test::Is(match self {
            Operator::Exact(operator) => operator.predicate(),
            Operator::Prefix(prefix::Prefix::Plain(text)) => Predicate::Prefix(text),
            Operator::Prefix(prefix::Prefix::Folded(text)) => Predicate::Folded(text, Place::Begin),
            Operator::Suffix(suffix::Suffix::Plain(text)) => Predicate::Suffix(text),
            Operator::Suffix(suffix::Suffix::Folded(text)) => Predicate::Folded(text, Place::End),
            Operator::EqualsIgnoreCase(text) => Predicate::Folded(text, Place::Whole),
            Operator::Wildcard(operator) => Predicate::Wildcard(operator),
            Operator::AnythingBut(operator) => return Test::IsNone(operator.predicates()),
            Operator::Numeric(operator) => operator.predicate(),
            Operator::Exists(exists::Exists::Present) => Predicate::Present,
            Operator::Exists(exists::Exists::Absent) => Predicate::Absent,
            Operator::Cidr(operator) => Predicate::Network(operator.network()),
        })
    }

    /// About how many comparisons one test costs.
    pub(super) fn weight(&self) -> usize {
        match self {
            Operator::AnythingBut(operator) => operator.weight(),
            Operator::EqualsIgnoreCase(operator)
            | Operator::Prefix(prefix::Prefix::Folded(operator))
            | Operator::Suffix(suffix::Suffix::Folded(operator)) => operator.weight(),
            _ => 1,
        }
    }

    /// The leaf as JSON.
    pub fn to_value(&self) -> Value {
        match self {
            Operator::Exact(operator) => operator.to_value(),
            Operator::Prefix(operator) => operator.to_value(),
            Operator::Suffix(operator) => operator.to_value(),
            Operator::EqualsIgnoreCase(operator) => operator.to_value(),
            Operator::Wildcard(operator) => operator.to_value(),
            Operator::AnythingBut(operator) => operator.to_value(),
            Operator::Numeric(operator) => operator.to_value(),
            Operator::Exists(operator) => operator.to_value(),
            Operator::Cidr(operator) => operator.to_value(),
        }
    }

    /// What it asks, in a few words: `prefix "prod-"`, `a number > 5`.
    pub fn describe(&self) -> String {
        match self {
            Operator::Exact(operator) => operator.describe(),
            Operator::Prefix(operator) => operator.describe(),
            Operator::Suffix(operator) => operator.describe(),
            Operator::EqualsIgnoreCase(operator) => operator.describe(),
            Operator::Wildcard(operator) => operator.describe(),
            Operator::AnythingBut(operator) => operator.describe(),
            Operator::Numeric(operator) => operator.describe(),
            Operator::Exists(operator) => operator.describe(),
            Operator::Cidr(operator) => operator.describe(),
        }
    }
}

/// A text with runs of anything before or behind it.
fn shape(steps: Vec<Step>) -> Shape {
    Shape::Text(steps)
}

/// Exactly this text.
fn literal(text: &str) -> Step {
    Step::OneOf(vec![text.to_owned()])
}

/// `{"name": operand}`.
fn object(name: &str, operand: Value) -> Value {
    Value::object(vec![(name, operand)])
}
