//! Fixes for patterns that the service refuses: the slips whose remedy is certain.
//!
//! The error and its place are the parser's; the text is read once more as plain JSON to see what stands around the place.
//! A fix is offered only if the pattern is then read at least beyond that place.

use super::edits;
use crate::diagnostics::{Edit, Fix};
use crate::json::{self, Kind, Member, Number, Value, quote};
use crate::pattern::operators::NAMES;
use crate::pattern::{Pattern, PatternError};
use crate::text::{Span, did_you_mean};

/// Longer texts are not read once more.
const LONGEST: usize = super::LONGEST;

pub(super) fn fix(text: &str, error: &PatternError) -> Option<Fix> {
    if text.len() > LONGEST {
        return None;
    }
    let value = json::parse_prefix(text).ok()?;
    let place = Place::of(&value, error.span())?;
    let candidates =
        [operator_without_list, bare_value, misspelt_operator, quoted_number, quoted_truth, inner_list, one_address];
    candidates.iter().filter_map(|candidate| candidate(text, &place)).find(|fix| helps(text, fix, error))
}

/// Whether the pattern is read further than before.
fn helps(text: &str, fix: &Fix, error: &PatternError) -> bool {
    fix.apply(text).is_some_and(|fixed| match Pattern::parse(&fixed) {
        Ok(_) => true,
        Err(next) => next.span().start > error.span().end && next.code() != "EB101",
    })
}

/// What stands at the place of an error, and what encloses it, innermost last.
struct Place<'a> {
    around: Vec<Step<'a>>,
    /// The value, or the member whose name is meant.
    at: At<'a>,
}

#[derive(Clone, Copy)]
struct Step<'a> {
    value: &'a Value,
    /// The member that was entered, if it is an object.
    member: Option<&'a Member>,
}

#[derive(Clone, Copy)]
enum At<'a> {
    Value(&'a Value),
    Name(&'a Member),
}

impl<'a> Place<'a> {
    fn of(root: &'a Value, span: Span) -> Option<Place<'a>> {
        let holds = |outer: Span| outer.start <= span.start && span.start < outer.end;
        let mut around = Vec::new();
        let mut value = root;
        loop {
            if value.span.start == span.start && !around.is_empty() {
                return Some(Place { around, at: At::Value(value) });
            }
            match &value.kind {
                Kind::Object(members) => {
                    let member = members.iter().find(|member| holds(member.name_span) || holds(member.value.span))?;
                    around.push(Step { value, member: Some(member) });
                    if holds(member.name_span) {
                        return Some(Place { around, at: At::Name(member) });
                    }
                    value = &member.value;
                }
                Kind::Array(items) => {
                    around.push(Step { value, member: None });
                    value = items.iter().find(|item| holds(item.span))?;
                }
                _ => return None,
            }
        }
    }

    /// The member that holds the value directly, with the object it stands in.
    fn member(&self) -> Option<(&'a Value, &'a Member)> {
        let step = self.around.last()?;
        Some((step.value, step.member?))
    }

    /// The operators around the place, innermost first.
    fn operators(&self) -> impl Iterator<Item = &'a str> {
        self.around.iter().rev().filter_map(|step| step.member).map(|member| member.name.as_str())
    }
}

/// `"source": {"prefix": "a"}` → `"source": [{"prefix": "a"}]`.
fn operator_without_list(text: &str, place: &Place<'_>) -> Option<Fix> {
    let (object, member) = place.member()?;
    let outer = place.around.iter().rev().nth(1)?.member?;
    let alone = object.as_object()?.len() == 1 && matches!(outer.value.kind, Kind::Object(_));
    let operator = NAMES.iter().find(|name| member.name == **name)?;
    alone.then(|| {
        let list = format!("[{}]", object.span.of(text));
        Fix::replace(format!("put `{operator}` into a list"), object.span, list)
    })
}

/// `"source": "a"` → `"source": ["a"]`.
fn bare_value(text: &str, place: &Place<'_>) -> Option<Fix> {
    let At::Value(value) = place.at else { return None };
    let (_, member) = place.member()?;
    // An operator that stands as a field needs more than that.
    if NAMES.contains(&member.name.as_str()) {
        return None;
    }
    let scalar = !matches!(value.kind, Kind::Array(_) | Kind::Object(_));
    scalar.then(|| Fix::replace("put it into a list", value.span, format!("[{}]", value.span.of(text))))
}

/// `[{"perfix": "a"}]` → `[{"prefix": "a"}]`.
fn misspelt_operator(_: &str, place: &Place<'_>) -> Option<Fix> {
    let At::Name(member) = place.at else { return None };
    let known = did_you_mean(&member.name, NAMES)?;
    Some(Fix::replace(format!("rename to `{known}`"), member.name_span, quote(known)))
}

/// `{"numeric": [">", "5"]}` → `{"numeric": [">", 5]}`.
fn quoted_number(_: &str, place: &Place<'_>) -> Option<Fix> {
    let At::Value(value) = place.at else { return None };
    let number = Number::parse(value.as_str()?)?;
    let numeric = place.operators().next() == Some("numeric");
    numeric.then(|| Fix::replace("remove the quotes", value.span, number.text()))
}

/// `{"exists": "true"}` → `{"exists": true}`.
fn quoted_truth(_: &str, place: &Place<'_>) -> Option<Fix> {
    let At::Value(value) = place.at else { return None };
    let truth = Some(value.as_str()?.to_ascii_lowercase()).filter(|text| text == "true" || text == "false")?;
    let exists = place.operators().next() == Some("exists");
    exists.then(|| Fix::replace("remove the quotes", value.span, truth))
}

/// `[["a", "b"]]` → `["a", "b"]`.
fn inner_list(_: &str, place: &Place<'_>) -> Option<Fix> {
    let At::Value(value) = place.at else { return None };
    let items = value.as_array().filter(|items| !items.is_empty())?;
    place.around.last()?.value.as_array()?;
    let (first, last) = (items.first()?, items.last()?);
    let cut = |start: u32, end: u32| edits::replace(Span { start, end }, "");
    let edits: Vec<Edit> = vec![cut(value.span.start, first.span.start), cut(last.span.end, value.span.end)];
    Some(Fix::new("write the values into the outer list", edits))
}

/// `{"cidr": "10.0.0.1/32"}` → `"10.0.0.1"`: the service refuses networks of one address.
fn one_address(_: &str, place: &Place<'_>) -> Option<Fix> {
    let At::Value(value) = place.at else { return None };
    let (address, bits) = value.as_str()?.split_once('/')?;
    let (object, member) = place.member()?;
    let one = member.name == "cidr" && matches!(bits, "32" | "128") && object.as_object()?.len() == 1;
    one.then(|| Fix::replace("write the address", object.span, quote(address)))
}

#[cfg(test)]
mod tests {
    use crate::analysis::lints::lint;

    #[test]
    fn slips_with_a_certain_remedy_have_a_fix() {
        for (refused, fixed) in [
            (r#"{"source": "a"}"#, r#"{"source": ["a"]}"#),
            (r#"{"detail": {"n": 1}}"#, r#"{"detail": {"n": [1]}}"#),
            (r#"{"source": {"prefix": "a"}}"#, r#"{"source": [{"prefix": "a"}]}"#),
            (r#"{"source": [{"perfix": "a"}]}"#, r#"{"source": [{"prefix": "a"}]}"#),
            (r#"{"n": [{"numeric": [">", "5"]}]}"#, r#"{"n": [{"numeric": [">", 5]}]}"#),
            (r#"{"n": [{"exists": "true"}]}"#, r#"{"n": [{"exists": true}]}"#),
            (r#"{"n": [[ "a", "b" ], "c"]}"#, r#"{"n": ["a", "b", "c"]}"#),
            (r#"{"n": [{"cidr": "10.0.0.1/32"}]}"#, r#"{"n": ["10.0.0.1"]}"#),
            (r#"{"a": "x", "b": "y"}"#, r#"{"a": ["x"], "b": "y"}"#),
        ] {
            let found = lint(refused);
            assert_eq!(found.len(), 1, "{refused}");
            let fix = found[0].fix.as_ref().unwrap_or_else(|| panic!("no fix for {refused}"));
            assert_eq!(fix.apply(refused).unwrap(), fixed, "{refused}");
        }
    }

    #[test]
    fn where_the_remedy_is_a_guess_there_is_no_fix() {
        for refused in [
            r#"{"source": {"prefix": "a", "suffix": "b"}, "x": {}}"#,
            r#"{"source": [{"colour": "a"}]}"#,
            r#"{"source": []}"#,
            r#"{"source": ["a",]}"#,
            r#"{"n": [{"prefix": "a", "suffix": "b"}]}"#,
            "[]",
            "",
        ] {
            let found = lint(refused);
            assert_eq!((found.len(), &found[0].fix), (1, &None), "{refused}");
        }
    }
}
