//! Fixes: changes of a text that a machine can make, one click away for the user.
//!
//! The edits of a fix speak of the text as it is, do not overlap, and are all made at once.

use serde::Serialize;

use super::Range;
use crate::text::Span;

/// A change that puts something right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// What it does, as a button says it: ``rename to `detail-type` ``.
    pub title: String,
    /// The changes, in the order of the text.
    pub edits: Vec<Edit>,
}

/// One stretch of a text that becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// What is replaced; an empty span is a place to insert at.
    pub span: Span,
    /// What stands there afterwards.
    pub new_text: String,
}

impl Fix {
    /// A fix of these edits, in any order.
    pub fn new(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        // Nearly always in order already; the library's sort would be 2 kB of compressed wasm.
        let mut sorted: Vec<Edit> = Vec::with_capacity(edits.len());
        for edit in edits {
            let at = sorted.iter().rposition(|before| before.span <= edit.span).map_or(0, |before| before + 1);
            sorted.insert(at, edit);
        }
        Fix { title: title.into(), edits: sorted }
    }

    /// A fix of one edit.
    pub fn replace(title: impl Into<String>, span: Span, new_text: impl Into<String>) -> Fix {
        Fix::new(title, vec![Edit { span, new_text: new_text.into() }])
    }

    /// The text once the edits are made; none when they do not fit it.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut fixed = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.edits {
            fixed.push_str(text.get(at..edit.span.start as usize)?);
            fixed.push_str(&edit.new_text);
            at = edit.span.end as usize;
        }
        fixed.push_str(text.get(at..)?);
        Some(fixed)
    }

    pub(super) fn locate(&self, range: &dyn Fn(Span) -> Range) -> LocatedFix {
        let locate = |edit: &Edit| LocatedEdit { range: range(edit.span), new_text: edit.new_text.clone() };
        LocatedFix { title: self.title.clone(), edits: self.edits.iter().map(locate).collect() }
    }
}

/// A [`Fix`] with its ranges in the units of browsers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatedFix {
    /// See [`Fix::title`].
    pub title: String,
    /// See [`Fix::edits`].
    pub edits: Vec<LocatedEdit>,
}

/// An [`Edit`] with its range in the units of browsers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatedEdit {
    /// See [`Edit::span`].
    pub range: Range,
    /// See [`Edit::new_text`].
    pub new_text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_at_once_and_only_where_they_fit() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), new_text: text.to_owned() };
        let fix = Fix::new("swap", vec![edit(3, 4, "a"), edit(0, 1, "b"), edit(4, 4, "!")]);
        assert_eq!(fix.apply("a, b").as_deref(), Some("b, a!"));
        assert_eq!(fix.apply("a"), None);
        assert_eq!(Fix::new("overlap", vec![edit(0, 2, ""), edit(1, 3, "")]).apply("abcd"), None);
    }
}
