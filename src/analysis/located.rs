//! Explanations as they leave the engine: values as JSON text, places as lines and columns.
//!
//! Numbers keep their spelling as text, which they would lose in the `JSON.parse` of whoever reads the answer. Places are
//! those of the texts that the reader holds; where the reader has no text of the event, as in a trace, there is no place.

use serde::Serialize;

use super::{Explanation, LeafResult};
use crate::diagnostics::{Places, Range};
use crate::json;
use crate::sets::Listed as _;

/// An [`Explanation`] for readers outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatedExplanation {
    /// See [`Explanation::matches`].
    pub matches: bool,
    /// See [`Explanation::leaves`].
    pub leaves: Vec<LocatedLeaf>,
}

/// A [`LeafResult`] for readers outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatedLeaf {
    path: String,
    expected: String,
    found: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<String>,
    matched: bool,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    pattern_range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_range: Option<Range>,
}

impl Explanation {
    /// With the places worked out against the texts.
    pub fn locate(&self, pattern: &str, event: Option<&str>) -> LocatedExplanation {
        let (pattern, event) = (Places::new(pattern), event.map(Places::new));
        let leaves = self.leaves.iter().map(|leaf| leaf.locate(&pattern, event.as_ref())).listed();
        LocatedExplanation { matches: self.matches, leaves }
    }
}

impl LeafResult {
    fn locate(&self, pattern: &Places<'_>, event: Option<&Places<'_>>) -> LocatedLeaf {
        LocatedLeaf {
            path: self.path.clone(),
            expected: self.expected.clone(),
            found: self.found.iter().map(json::print).listed(),
            branch: self.branch.clone(),
            matched: self.matched,
            reason: self.reason.clone(),
            hint: self.hint.clone(),
            pattern_range: pattern.range(self.pattern_span),
            event_range: event.zip(self.event_span).map(|(text, span)| text.range(span)),
        }
    }
}
