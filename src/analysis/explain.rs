//! Why an event matches a pattern or does not, leaf array by leaf array.
//!
//! The verdicts are the evaluator's own record, so an explanation cannot disagree with `matches`. Of a `$or` the branch
//! that matched is told or, without a match, the one that came nearest (the fewest leaf arrays fail); the other branches
//! follow it, each leaf array judged by itself. Of the values found where none will do, the nearest is pointed at: the one
//! that a hint speaks of, or the one in the closest array element.

use serde::Serialize;

use super::closest::{Closest, closest};
use super::near_miss::{self, Miss};
use super::{branches, lookup, words};
use crate::event::{Event, Field};
use crate::json::Value;
use crate::pattern::evaluate::{Judgement, Verdict};
use crate::pattern::{Definition, Evaluation, First, Pattern, StepLimit};
use crate::sets::Listed as _;
use crate::text::Span;

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// Whether the event matches.
    pub matches: bool,
    /// One entry for each leaf array of the sub-rule told about, in the order of the pattern; without a match, then
    /// those of the other branches of `$or`, marked by their `branch`, at most [`BESIDE`] of them.
    pub leaves: Vec<LeafResult>,
}

/// What became of one leaf array.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeafResult {
    /// The path of the field: `detail.state`.
    pub path: String,
    /// What the leaf array asks: `"a" or prefix "b"`.
    pub expected: String,
    /// The values of the event at the path, as JSON; the first few of many.
    pub found: Vec<Value>,
    /// For a leaf array in another branch of a `$or` than the one that came nearest: which, `detail.$or[1]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Whether the leaf array is satisfied; in another branch, by itself.
    pub matched: bool,
    /// What was found and what was expected, as a sentence without full stop.
    pub reason: String,
    /// What is probably wrong, when the event comes near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The leaf array in the text of the pattern.
    pub pattern_span: Span,
    /// What to look at in the text of the event: a value that satisfies the leaf array, else the nearest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_span: Option<Span>,
}

/// How many found values are told.
const SHOWN: usize = 10;

/// How many leaf arrays of the branches that did not come nearest are told.
pub const BESIDE: usize = 200;

/// Explains why an event matches or does not.
pub fn explain(pattern: &Pattern, event: &Event) -> Result<Explanation, StepLimit> {
    let evaluation = pattern.evaluate(event)?;
    let mut leaves = nearest(pattern, event, &evaluation, Told::All)?;
    if !evaluation.matched {
        leaves.extend(beside(pattern, event, &evaluation));
    }
    Ok(Explanation { matches: evaluation.matched, leaves })
}

/// [`Explanation::first_failure`] without the rest, because traces ask hundreds of rules for it; none when the event matches.
pub fn first_failure(pattern: &Pattern, event: &Event) -> Result<Option<String>, StepLimit> {
    match pattern.first_failing(event)? {
        First::None => return Ok(None),
        First::Fails(index, found) => {
            let Some(definition) = pattern.definitions().get(index) else { return Ok(None) };
            let said = said(definition, event, &fields(event, &found), None, Fate::Failed);
            return Ok(Some(sentence(&said.reason, said.hint.as_deref())));
        }
        First::Depends => {}
    }
    let evaluation = pattern.evaluate(event)?;
    if evaluation.matched {
        return Ok(None);
    }
    let leaves = nearest(pattern, event, &evaluation, Told::FirstFailure)?;
    Ok(Some(Explanation { matches: false, leaves }.first_failure().unwrap_or_default()))
}

/// How much of a sub-rule is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    All,
    /// Of the leaf arrays the first that fails, and no other.
    FirstFailure,
}

/// The sub-rule that decides.
fn nearest(
    pattern: &Pattern,
    event: &Event,
    evaluation: &Evaluation,
    told: Told,
) -> Result<Vec<LeafResult>, StepLimit> {
    let culprit = culprit(pattern, event, evaluation)?;
    let mut leaves = Vec::new();
    for index in &evaluation.selected {
        let definition = pattern.definitions().get(*index);
        let (Some(definition), Some(judgement)) = (definition, evaluation.judgements.get(*index)) else { continue };
        let (found, matching) = (fields(event, &judgement.found), fields(event, &judgement.matching));
        let fate = match (judgement.verdict, culprit == Some(*index)) {
            (Verdict::Fails, _) => Fate::Failed,
            (_, true) if matching.is_empty() => Fate::Failed,
            (_, true) => Fate::OtherElement,
            (_, false) => Fate::Matched,
        };
        if fate == Fate::Matched {
            if told == Told::All {
                leaves.push(satisfied(definition, event, &found, &matching));
            }
            continue;
        }
        let closest = closest(pattern, event, evaluation, *index);
        leaves.push(failed(definition, event, &found, closest.as_ref(), fate));
        if told == Told::FirstFailure {
            break;
        }
    }
    Ok(leaves)
}

/// The branches beside it, each leaf array by itself.
fn beside(pattern: &Pattern, event: &Event, evaluation: &Evaluation) -> Vec<LeafResult> {
    let others: Vec<(usize, &Definition)> = pattern.beside(evaluation).take(BESIDE).listed();
    let spans: Vec<Span> = others.iter().map(|(_, definition)| definition.span).listed();
    let names = branches::names(pattern.root(), &spans);
    let told = others.into_iter().zip(names).filter_map(|((index, definition), branch)| {
        let judgement = evaluation.judgements.get(index)?;
        let found = fields(event, &judgement.found);
        let leaf = match judgement.passes() {
            true => satisfied(definition, event, &found, &fields(event, &judgement.matching)),
            false => failed(definition, event, &found, None, Fate::Failed),
        };
        Some(LeafResult { branch: Some(branch), ..leaf })
    });
    told.listed()
}

fn fields<'a>(event: &'a Event, indexes: &[u32]) -> Vec<&'a Field> {
    indexes.iter().filter_map(|index| event.field(*index)).listed()
}

/// Among the leaf arrays that do not fail by themselves, the one that cannot be satisfied together with those before it.
fn culprit(pattern: &Pattern, event: &Event, evaluation: &Evaluation) -> Result<Option<usize>, StepLimit> {
    // Without arrays there is nothing to choose, and what is satisfied alone is satisfied together.
    if evaluation.matched || event.choices() == 1 {
        return Ok(None);
    }
    let passes = |index: &usize| evaluation.judgements.get(*index).is_some_and(Judgement::passes);
    let candidates: Vec<usize> = evaluation.selected.iter().copied().filter(passes).listed();
    let together = pattern.evaluate_only(&candidates, event)?;
    Ok(together.stuck.and_then(|position| candidates.get(position).copied()))
}

impl Explanation {
    /// The reason of the first leaf array that is not satisfied, with its hint; none when the event matches.
    pub fn first_failure(&self) -> Option<String> {
        let leaf = self.leaves.iter().find(|leaf| !leaf.matched)?;
        Some(sentence(&leaf.reason, leaf.hint.as_deref()))
    }
}

fn sentence(reason: &str, hint: Option<&str>) -> String {
    match hint {
        Some(hint) => [reason, " (", hint, ")"].concat(),
        None => reason.to_owned(),
    }
}

/// What became of a leaf array.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Matched,
    Failed,
    /// Satisfied by itself, but not in the array elements of the fields before it.
    OtherElement,
}

fn satisfied(definition: &Definition, event: &Event, found: &[&Field], matching: &[&Field]) -> LeafResult {
    let place = matching.first().map(|field| field.span);
    LeafResult {
        matched: true,
        reason: words::satisfied(&definition.path, found, matching),
        event_span: place.or_else(|| container(definition, event)),
        ..told(definition, found)
    }
}

fn failed(
    definition: &Definition,
    event: &Event,
    found: &[&Field],
    closest: Option<&Closest>,
    fate: Fate,
) -> LeafResult {
    let mut likeliest = found.to_vec();
    crate::sets::sort_by(&mut likeliest, |one, other| {
        is_near(closest, event, other).cmp(&is_near(closest, event, one))
    });
    let Said { reason, hint, span } = said(definition, event, &likeliest, closest, fate);
    LeafResult { reason, hint, event_span: span.or_else(|| container(definition, event)), ..told(definition, found) }
}

/// What is said of a leaf array that failed, and the place in the event that it speaks of.
struct Said {
    reason: String,
    hint: Option<String>,
    span: Option<Span>,
}

/// `found`: the likeliest first.
fn said(definition: &Definition, event: &Event, found: &[&Field], closest: Option<&Closest>, fate: Fate) -> Said {
    let path = &definition.path;
    let reason = match fate {
        Fate::OtherElement => format!("`{path}` matched only in another element of the array"),
        _ => {
            let (situation, expected) = (words::situation(path, event, found), words::expected(&definition.leaves));
            [situation.as_str(), ", expected ", &expected].concat()
        }
    };
    let miss = Miss { path, leaves: &definition.leaves, found, event };
    let near = if fate == Fate::Failed { near_miss::hint(&miss) } else { None };
    let first = found.first();
    let in_element =
        closest.map(|it| first.filter(|field| is_near(closest, event, field)).map_or(it.span, |field| field.span));
    let span = near.as_ref().map(|near| near.span).or(in_element).or(first.map(|field| field.span));
    // A single value says all by itself.
    let closest = closest.filter(|_| fate == Fate::OtherElement || found.len() != 1);
    Said { reason, hint: near.map(|near| near.hint).or_else(|| closest.map(|closest| closest.hint.clone())), span }
}

fn is_near(closest: Option<&Closest>, event: &Event, field: &Field) -> bool {
    closest.is_some_and(|closest| closest.holds(event, field))
}

/// What is told of a leaf array in any case.
fn told(definition: &Definition, found: &[&Field]) -> LeafResult {
    LeafResult {
        path: definition.path.to_string(),
        expected: words::expected(&definition.leaves),
        found: found.iter().take(SHOWN).map(|field| field.value.to_value()).listed(),
        branch: None,
        matched: false,
        reason: String::new(),
        hint: None,
        pattern_span: definition.span,
        event_span: None,
    }
}

/// An object or array that stands at the path instead of a value.
fn container(definition: &Definition, event: &Event) -> Option<Span> {
    lookup::at(event.value(), &definition.path).first().map(|value| value.span)
}
