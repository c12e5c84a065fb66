//! `numeric`: a number equal to, or in a range of, the given ones.
//!
//! Forms: `["=", n]`, one bound (`<`, `<=`, `>`, `>=`), or a range with the *lower bound first*: `[">", 0, "<=", 5]`,
//! where the lower must be less than the upper. Operands are JSON numbers that can be compared (see `number`); a value
//! that cannot be compared is in no range. Open ends reach the largest double, so `["<", -1.7976931348623157e308]`, which
//! nothing satisfies, is refused unless it is overridden (the service's engine crashes on it).
//!
//! Source: pattern language, section 6.

use super::super::PatternError;
use super::super::number::Comparable;
use super::super::parse::Parser;
use super::super::predicates::{Predicate, Range};
use super::{ValueSet, object};
use crate::event::Scalar;
use crate::json::{Number, Token, Value};
use crate::sets::Listed as _;
use crate::sets::strings::Strings;
use crate::text::Span;

/// A number or a range of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numeric {
    /// `["=", n]`
    Equals(Operand),
    /// `[">", n]`, `[">=", n]`
    Above(Bound),
    /// `["<", n]`, `["<=", n]`
    Below(Bound),
    /// A lower and an upper bound.
    Between(Bound, Bound),
}

/// A number to compare with.
#[derive(Clone, Debug)]
pub struct Operand {
    pub(super) number: Number,
    pub(super) comparable: Comparable,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    operand: Operand,
    edge: Edge,
}

/// Whether the end belongs to the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Included,
    Excluded,
}

impl PartialEq for Operand {
    fn eq(&self, other: &Operand) -> bool {
        self.number == other.number
    }
}

impl Eq for Operand {}

const TOO_MANY: &str = "Too many elements in numeric expression";
const HELP: &str = "write `[\"=\", n]`, `[\">\", n]` or `[\">=\", low, \"<\", high]`";

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Numeric, PatternError> {
    if parser.token()? != Token::StartArray {
        return Err(refuse(parser, "Value of numeric must be an array.").with_help(HELP));
    }
    if parser.token()? != Token::String {
        let text = parser.text()?;
        return Err(refuse(parser, format!("Invalid member in numeric match: {text}")).with_help(HELP));
    }
    let operator = parser.text()?;
    let span = parser.span();
    let first = parser.token()?;
    let numeric = match operator.as_str() {
        "=" => Numeric::Equals(last_operand(parser, first, "equals")?),
        "<" => below(parser, first, "<", Edge::Excluded)?,
        "<=" => below(parser, first, "<=", Edge::Included)?,
        ">" => above(parser, first, ">", Edge::Excluded)?,
        ">=" => above(parser, first, ">=", Edge::Included)?,
        _ => {
            let error = refuse(parser, format!("Unrecognized numeric range operator: {operator}")).at(span);
            return Err(error.with_help("the operators are `=`, `<`, `<=`, `>`, `>=`"));
        }
    };
    parser.close_operator(TOO_MANY)?;
    Ok(numeric)
}

fn below(parser: &mut Parser<'_>, token: Token, operator: &str, edge: Edge) -> Result<Numeric, PatternError> {
    let operand = last_operand(parser, token, operator)?;
    Ok(Numeric::Below(Bound { operand, edge }))
}

fn above(parser: &mut Parser<'_>, token: Token, operator: &str, edge: Edge) -> Result<Numeric, PatternError> {
    let (low, low_span) = number_text(parser, token, operator)?;
    let (operator, top_edge) = match parser.token()? {
        Token::EndArray => {
            let operand = operand(parser, low, low_span)?;
            return Ok(Numeric::Above(Bound { operand, edge }));
        }
        Token::String => match parser.text()?.as_str() {
            "<" => ("<", Edge::Excluded),
            "<=" => ("<=", Edge::Included),
            other => {
                let error = refuse(parser, format!("Bad numeric range operator: {other}"));
                return Err(error.with_help("a range is `[\">=\", low, \"<\", high]`, the lower bound first"));
            }
        },
        _ => {
            let text = parser.text()?;
            return Err(refuse(parser, format!("Bad value in numeric range: {text}")).with_help(HELP));
        }
    };
    let token = parser.token()?;
    let (high, high_span) = number_text(parser, token, operator)?;
    if parser.token()? != Token::EndArray {
        return Err(refuse(parser, "Too many terms in numeric range expression").with_help(HELP));
    }
    let bottom = Bound { operand: operand(parser, low, low_span)?, edge };
    let top = Bound { operand: operand(parser, high, high_span)?, edge: top_edge };
    if bottom.operand.comparable >= top.operand.comparable {
        let error = refuse(parser, "Bottom must be less than top").at(low_span.to(high_span));
        return Err(error.with_help("swap the bounds; for one number write `[\"=\", n]`"));
    }
    Ok(Numeric::Between(bottom, top))
}

/// The text of the operand whose token is current.
fn number_text(parser: &mut Parser<'_>, token: Token, operator: &str) -> Result<(String, Span), PatternError> {
    if token == Token::Number {
        return Ok((parser.text()?, parser.span()));
    }
    let error = refuse(parser, format!("Value of {operator} must be numeric"));
    Err(match token {
        Token::String => error.with_help("remove the quotes: an operand is a number"),
        _ => error.with_help(HELP),
    })
}

/// An operand after which the array must end.
fn last_operand(parser: &mut Parser<'_>, token: Token, operator: &str) -> Result<Operand, PatternError> {
    let (text, span) = number_text(parser, token, operator)?;
    if parser.token()? != Token::EndArray {
        return Err(
            refuse(parser, TOO_MANY).with_help("in a range the lower bound comes first: `[\">=\", low, \"<\", high]`")
        );
    }
    operand(parser, text, span)
}

fn operand(parser: &Parser<'_>, text: String, span: Span) -> Result<Operand, PatternError> {
    match Comparable::of(&text) {
        Some(comparable) => Ok(Operand { number: Number::trusted(text), comparable }),
        None => Err(refuse(parser, format!("Cannot compare number : {text}")).at(span).with_help(NOT_COMPARABLE)),
    }
}

/// What to do about a number that cannot be compared.
pub(super) const NOT_COMPARABLE: &str = "use a number that a double holds exactly as written: about 15 digits";

fn refuse(parser: &Parser<'_>, reason: impl Into<String>) -> PatternError {
    parser.refuse("EB204", reason)
}

impl Numeric {
    /// Refuses a bound that no number is beyond.
    pub(super) fn check(&self, span: Span) -> Result<(), PatternError> {
        let beyond = match self {
            Numeric::Above(bottom) => bottom.operand.comparable.get() == f64::MAX,
            Numeric::Below(top) => top.operand.comparable.get() == f64::MIN,
            Numeric::Equals(_) | Numeric::Between(..) => false,
        };
        if beyond {
            let error = PatternError::new("EB204", "No number is beyond the bound", span);
            return Err(error.with_help("nothing can match: remove the condition"));
        }
        Ok(())
    }

    pub(super) fn test(&self, value: &Scalar) -> bool {
        let Scalar::Number(number) = value else { return false };
        let Some(found) = Comparable::of(number.text()) else { return false };
        match self {
            Numeric::Equals(operand) => found == operand.comparable,
            Numeric::Above(bottom) => bottom.is_under(found),
            Numeric::Below(top) => top.is_over(found),
            Numeric::Between(bottom, top) => bottom.is_under(found) && top.is_over(found),
        }
    }

    pub(super) fn predicate(&self) -> Predicate<'_> {
        let range = |low: Option<&Bound>, high: Option<&Bound>| {
            let end = |bound: Option<&Bound>, open: f64| match bound {
                Some(bound) => (bound.operand.comparable.get(), bound.edge == Edge::Included),
                None => (open, true),
            };
            let ((low, low_included), (high, high_included)) = (end(low, f64::MIN), end(high, f64::MAX));
            Predicate::Range(Range { low, low_included, high, high_included })
        };
        match self {
            Numeric::Equals(operand) => operand.predicate(),
            Numeric::Above(bottom) => range(Some(bottom), None),
            Numeric::Below(top) => range(None, Some(top)),
            Numeric::Between(bottom, top) => range(Some(bottom), Some(top)),
        }
    }

    /// The operators and operands in order.
    fn terms(&self) -> Vec<(&'static str, &Number)> {
        match self {
            Numeric::Equals(operand) => vec![("=", &operand.number)],
            Numeric::Above(bottom) => vec![(bottom.sign(">", ">="), &bottom.operand.number)],
            Numeric::Below(top) => vec![(top.sign("<", "<="), &top.operand.number)],
            Numeric::Between(bottom, top) => {
                vec![(bottom.sign(">", ">="), &bottom.operand.number), (top.sign("<", "<="), &top.operand.number)]
            }
        }
    }

    pub(super) fn value_set(&self) -> ValueSet {
        let numbers = self.terms().into_iter().map(|(_, number)| number.clone());
        ValueSet { strings: Strings::none(), numbers: numbers.listed() }
    }

    pub(super) fn to_value(&self) -> Value {
        let terms = self.terms().into_iter();
        let items = terms.flat_map(|(sign, number)| [Value::string(sign), Value::number(number.clone())]);
        object("numeric", Value::array(items.listed()))
    }

    pub(super) fn describe(&self) -> String {
        let mut words = "a number".to_owned();
        for (at, (sign, number)) in self.terms().into_iter().enumerate() {
            for part in [if at == 0 { " " } else { " and " }, sign, " ", number.text()] {
                words.push_str(part);
            }
        }
        words
    }
}

impl Operand {
    pub(super) fn predicate(&self) -> Predicate<'_> {
        Predicate::Number(Some(self.comparable.get()), self.number.text())
    }
}

impl Bound {
    fn is_under(&self, found: Comparable) -> bool {
        found > self.operand.comparable || (self.edge == Edge::Included && found == self.operand.comparable)
    }

    fn is_over(&self, found: Comparable) -> bool {
        found < self.operand.comparable || (self.edge == Edge::Included && found == self.operand.comparable)
    }

    fn sign(&self, excluded: &'static str, included: &'static str) -> &'static str {
        if self.edge == Edge::Included { included } else { excluded }
    }
}
