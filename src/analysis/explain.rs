//! Why an event matches a pattern or does not, leaf array by leaf array.
//!
//! The verdicts are the evaluator's own record, so an explanation cannot disagree with `matches`. Of a `$or` the branch
//! that matched is told or, without a match, the one that came nearest (the fewest leaf arrays fail).

use serde::Serialize;

use super::near_miss::{self, Miss};
use super::{lookup, words};
use crate::event::{Event, Field};
use crate::json::Value;
use crate::pattern::evaluate::{Judgement, Verdict};
use crate::pattern::{Definition, Evaluation, Pattern, StepLimit};
use crate::text::Span;

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// Whether the event matches.
    pub matches: bool,
    /// One entry for each leaf array of the sub-rule told about, in the order of the pattern.
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
    /// Whether the leaf array is satisfied.
    pub matched: bool,
    /// What was found and what was expected, as a sentence without full stop.
    pub reason: String,
    /// What is probably wrong, when the event comes near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The leaf array in the text of the pattern.
    pub pattern_span: Span,
    /// The value in the text of the event: one that satisfies the leaf array, else the first found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_span: Option<Span>,
}

/// How many found values are told.
const SHOWN: usize = 10;

/// Explains why an event matches or does not.
pub fn explain(pattern: &Pattern, event: &Event) -> Result<Explanation, StepLimit> {
    let evaluation = pattern.evaluate(event)?;
    let culprit = culprit(pattern, event, &evaluation)?;
    let mut leaves = Vec::new();
    for index in &evaluation.selected {
        let definition = pattern.definitions().get(*index);
        let (Some(definition), Some(judgement)) = (definition, evaluation.judgements.get(*index)) else { continue };
        let fields =
            |indexes: &[u32]| -> Vec<&Field> { indexes.iter().filter_map(|index| event.field(*index)).collect() };
        let (found, matching) = (fields(&judgement.found), fields(&judgement.matching));
        let fate = match (judgement.verdict, culprit == Some(*index)) {
            (Verdict::Fails, _) => Fate::Failed,
            (_, true) if matching.is_empty() => Fate::Failed,
            (_, true) => Fate::OtherElement,
            (_, false) => Fate::Matched,
        };
        leaves.push(result(definition, event, &found, &matching, fate));
    }
    Ok(Explanation { matches: evaluation.matched, leaves })
}

/// Among the leaf arrays that do not fail by themselves, the one that cannot be satisfied together with those before it.
fn culprit(pattern: &Pattern, event: &Event, evaluation: &Evaluation) -> Result<Option<usize>, StepLimit> {
    if evaluation.matched {
        return Ok(None);
    }
    let passes = |index: &usize| evaluation.judgements.get(*index).is_some_and(Judgement::passes);
    let candidates: Vec<usize> = evaluation.selected.iter().copied().filter(passes).collect();
    let together = pattern.evaluate_only(&candidates, event)?;
    Ok(together.stuck.and_then(|position| candidates.get(position).copied()))
}

impl Explanation {
    /// The reason of the first leaf array that is not satisfied, with its hint; none when the event matches.
    pub fn first_failure(&self) -> Option<String> {
        let leaf = self.leaves.iter().find(|leaf| !leaf.matched)?;
        Some(match &leaf.hint {
            Some(hint) => format!("{} ({hint})", leaf.reason),
            None => leaf.reason.clone(),
        })
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

fn result(definition: &Definition, event: &Event, found: &[&Field], matching: &[&Field], fate: Fate) -> LeafResult {
    let path = &definition.path;
    let expected = words::expected(&definition.leaves);
    let shown = if fate == Fate::Matched { matching } else { found };
    let reason = match fate {
        Fate::Matched => words::satisfied(path, found, matching),
        Fate::OtherElement => format!("`{path}` matched only in another element of the array"),
        Fate::Failed => format!("{}, expected {expected}", words::situation(path, event, found)),
    };
    let miss = Miss { path, leaves: &definition.leaves, found, event };
    LeafResult {
        path: path.to_string(),
        found: found.iter().take(SHOWN).map(|field| field.value.to_value()).collect(),
        matched: fate == Fate::Matched,
        reason,
        hint: if fate == Fate::Failed { near_miss::hint(&miss) } else { None },
        pattern_span: definition.span,
        event_span: shown
            .first()
            .map(|field| field.span)
            .or_else(|| lookup::at(event.value(), path).first().map(|value| value.span)),
        expected,
    }
}
