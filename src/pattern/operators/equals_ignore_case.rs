//! `equals-ignore-case`: a string equal to the given text, character by character in either case.
//!
//! Rule: for each character of the pattern the event may have its lower-case or its upper-case form, which may be several
//! characters (`ß` is `ß` or `SS`), or itself (title-case `ǅ` is neither of its forms). This is not Unicode folding: `ς` accepts `ς` and `Σ`, not `σ`.
//!
//! The trap: the service's engine breaks characters outside the basic plane in two and loses them; that accident is not
//! copied, they have their cases like all others.
//!
//! Source: pattern language, section 4.

use super::super::PatternError;
use super::super::parse::Parser;
use super::{ONE_KEY, not_a_string, object, string_operand};
use crate::json::{Token, Value, quote};
use crate::sets::Listed as _;
use crate::sets::strings::{Shape, Step};
use crate::text::case;

const NAME: &str = "equals-ignore-case";
const NOT_A_STRING: &str = "equals-ignore-case match pattern must be a string";

/// A text to be equal to in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each character its lower- and upper-case form and itself.
    forms: Vec<[String; 3]>,
}

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Folded, PatternError> {
    string_operand(parser, NOT_A_STRING).map(Folded::new)
}

/// Reads `{"equals-ignore-case": string}` as the operand of `prefix` or `suffix`; its `{` is the current token.
pub(super) fn parse_inside(parser: &mut Parser<'_>, title: &str, name: &str) -> Result<Folded, PatternError> {
    if parser.token()? != Token::Name {
        return Err(parser.refuse("EB203", format!("{title} expression name not found")));
    }
    let inner = parser.text()?;
    if inner != NAME {
        let error = parser.refuse("EB203", format!("Unsupported {name} pattern: {inner}"));
        return Err(error.with_help(format!("inside `{name}` only `{NAME}` is possible")));
    }
    if parser.token()? != Token::String {
        return Err(not_a_string(parser, NOT_A_STRING));
    }
    let text = parser.text()?;
    parser.close_operator(ONE_KEY)?;
    Ok(Folded::new(text))
}

impl Folded {
    pub(super) fn new(text: String) -> Folded {
        let forms = text.chars().map(String::from).map(|letter| [case::lower(&letter), case::upper(&letter), letter]);
        Folded { forms: forms.listed(), text }
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// About how many comparisons one test costs.
    pub(super) fn weight(&self) -> usize {
        1 + self.forms.len() / 8
    }

    /// Whether a string is it.
    pub fn equals(&self, found: &str) -> bool {
        self.rests(found, |form, rest| rest.strip_prefix(form)).any(str::is_empty)
    }

    /// Whether a string begins with it.
    pub fn begins(&self, found: &str) -> bool {
        self.rests(found, |form, rest| rest.strip_prefix(form)).next().is_some()
    }

    /// Whether a string ends with it.
    pub fn ends(&self, found: &str) -> bool {
        let forms = self.forms.iter().rev();
        consume(forms, found, |form, rest| rest.strip_suffix(form)).next().is_some()
    }

    /// One step a character.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        self.forms.iter().map(|forms| {
            let mut texts = forms.to_vec();
            // Two equal ways would only be walked twice.
            texts.dedup();
            Step::OneOf(texts)
        })
    }

    pub(super) fn shape(&self) -> Shape {
        Shape::Text(self.steps().listed())
    }

    fn rests<'a>(&self, found: &'a str, strip: fn(&str, &'a str) -> Option<&'a str>) -> impl Iterator<Item = &'a str> {
        consume(self.forms.iter(), found, strip)
    }

    pub(super) fn to_value(&self) -> Value {
        object(NAME, Value::string(&self.text))
    }

    pub(super) fn describe(&self) -> String {
        format!("{} in any case", quote(&self.text))
    }
}

/// What can be left of a text once one form of each character was taken from it. There is nearly always one way, and
/// never more than a few: different forms of a character hardly ever fit the same place.
fn consume<'a, 'f>(
    forms: impl Iterator<Item = &'f [String; 3]>,
    text: &'a str,
    strip: fn(&str, &'a str) -> Option<&'a str>,
) -> impl Iterator<Item = &'a str> {
    let mut rests = vec![text];
    for forms in forms {
        rests = match rests.as_slice() {
            [] => break,
            // The usual way, without asking for memory.
            [only] => match one_way(forms, only, strip) {
                Some(rest) => {
                    if let Some(slot) = rests.first_mut() {
                        *slot = rest;
                    }
                    continue;
                }
                None => all_ways(forms, &rests, strip),
            },
            several => all_ways(forms, several, strip),
        };
    }
    rests.into_iter()
}

/// What is left of a text when exactly one length can be taken from it.
fn one_way<'a>(forms: &[String; 3], text: &'a str, strip: fn(&str, &'a str) -> Option<&'a str>) -> Option<&'a str> {
    let mut rests = forms.iter().filter_map(|form| strip(form, text));
    let first = rests.next()?;
    rests.all(|rest| rest.len() == first.len()).then_some(first)
}

fn all_ways<'a>(forms: &[String; 3], texts: &[&'a str], strip: fn(&str, &'a str) -> Option<&'a str>) -> Vec<&'a str> {
    let mut rests: Vec<&str> = forms.iter().flat_map(|form| texts.iter().filter_map(|text| strip(form, text))).listed();
    crate::sets::sort_by(&mut rests, |one, other| one.len().cmp(&other.len()));
    rests.dedup_by_key(|rest| rest.len());
    rests
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn case_is_java_case_by_character() {
        let equals = |pattern: &str, found: &str| Folded::new(pattern.to_owned()).equals(found);
        assert!(equals("straße", "STRASSE") && equals("straße", "Straße") && !equals("strasse", "straße"));
        assert!(equals("ς", "Σ") && !equals("ς", "σ"));
        assert!(equals("\u{212a}", "k") && !equals("\u{212a}", "K") && !equals("k", "\u{212a}"));
        assert!(equals("ǅ", "ǅ") && equals("ǅ", "ǆ") && !equals("ǆ", "ǅ"));
        assert!(equals("😀", "😀") && !equals("😀", "??"));
        assert!(Folded::new("ß".into()).ends("xSS") && Folded::new("Ab".into()).begins("aBc"));
    }
}
