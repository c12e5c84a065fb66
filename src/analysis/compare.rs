//! Two patterns compared: do they match the same events, and if not, which event shows it?
//!
//! Three questions to `satisfy` decide: is there an event that both match, one that only the first matches, one that only
//! the second matches? Events are those of a bus, so `source` holds one string. A field of `detail` may hold an array, which
//! lets nearly every two patterns meet (`["a", "b"]`); that is the true answer, but seldom the one a person is after, so the
//! relation among events in which every field holds one value is told beside it.

use super::sample;
use super::satisfy::{Answer, Arrays, Question, World, ask};
use crate::json::Value;
use crate::pattern::Pattern;

/// How the events of two patterns lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same events.
    Equal,
    /// The first's events are some of the second's.
    Subset,
    /// The second's events are some of the first's.
    Superset,
    /// They have some in common, and each has others.
    Overlapping,
    /// They have none in common.
    Disjoint,
    /// One of the questions was left open.
    Unknown,
}

impl Relation {
    /// As it is written in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Subset => "subset",
            Self::Superset => "superset",
            Self::Overlapping => "overlapping",
            Self::Disjoint => "disjoint",
            Self::Unknown => "unknown",
        }
    }
}

/// A comparison with the events that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How they lie.
    pub relation: Relation,
    /// How they lie when every field holds one value.
    pub without_arrays: Relation,
    /// An event that both match.
    pub both: Option<Value>,
    /// One that only the first matches.
    pub only_first: Option<Value>,
    /// One that only the second matches.
    pub only_second: Option<Value>,
    /// Why something is unknown.
    pub reason: Option<&'static str>,
}

impl Comparison {
    /// As JSON: members that are not there are left out.
    pub fn to_value(&self) -> Value {
        let mut members = vec![
            ("relation", Value::string(self.relation.as_str())),
            ("withoutArrays", Value::string(self.without_arrays.as_str())),
        ];
        let events = [("both", &self.both), ("onlyFirst", &self.only_first), ("onlySecond", &self.only_second)];
        members.extend(events.into_iter().filter_map(|(name, event)| Some((name, event.clone()?))));
        members.extend(self.reason.map(|reason| ("reason", Value::string(reason))));
        Value::object(members)
    }
}

/// Compares two patterns.
pub fn compare(first: &Pattern, second: &Pattern) -> Comparison {
    let asked = |arrays: Arrays| {
        if first == second {
            return [alone(first, arrays), Answer::None, Answer::None];
        }
        let ask = |want: &[&Pattern], avoid: &[&Pattern]| ask(&Question { want, avoid, world: World::Bus, arrays });
        [ask(&[first, second], &[]), ask(&[first], &[second]), ask(&[second], &[first])]
    };
    let answers = asked(Arrays::Allowed);
    let reason = answers.iter().find_map(|answer| match answer {
        Answer::Unknown(reason) => Some(*reason),
        _ => None,
    });
    let relation = relation(&answers);
    let without_arrays = self::relation(&asked(Arrays::Left));
    let patterns: [(&[&Pattern], &[&Pattern]); 3] =
        [(&[first, second], &[]), (&[first], &[second]), (&[second], &[first])];
    let mut events = answers.into_iter().zip(patterns).map(|(answer, (want, avoid))| match answer {
        Answer::Witness(event) => Some(sample::complete(event, want, avoid)),
        _ => None,
    });
    let mut next = || events.next().flatten();
    let (both, only_first, only_second) = (next(), next(), next());
    Comparison { relation, without_arrays, both, only_first, only_second, reason }
}

fn alone(pattern: &Pattern, arrays: Arrays) -> Answer {
    ask(&Question { want: &[pattern], avoid: &[], world: World::Bus, arrays })
}

fn relation(answers: &[Answer; 3]) -> Relation {
    let [both, only_first, only_second] = answers;
    match (both, only_first, only_second) {
        (_, Answer::None, Answer::None) => Relation::Equal,
        (Answer::None, ..) => Relation::Disjoint,
        (_, Answer::None, Answer::Witness(_)) => Relation::Subset,
        (_, Answer::Witness(_), Answer::None) => Relation::Superset,
        (Answer::Witness(_), Answer::Witness(_), Answer::Witness(_)) => Relation::Overlapping,
        _ => Relation::Unknown,
    }
}
