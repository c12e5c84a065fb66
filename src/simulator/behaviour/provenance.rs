//! Where the values of an emitted event came from: what loop detection reads.
//!
//! A path here is a dotted path into the envelope, as in event patterns: names joined by `.`, arrays transparent. The root
//! is "". A [`Fill`] says that the value at `to` was taken from `from` in the triggering event; [`Fresh`] marks values that
//! are new by construction (ids, times), which are compared by kind and never by value. What is neither filled nor fresh
//! is a constant of the effect and so the same in every round.

use crate::sets::Listed as _;

/// A value that is new every time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fresh {
    /// `<@uuid>`, and the id of every new event.
    Uuid,
    /// `<@hex>`, `<@hex6>`, `<@hex64>`: this many digits.
    Hex(usize),
    /// `<@time>`, and the time of every new event.
    Time,
    /// `<@now>` and `<@nowms>`.
    Epoch,
    /// A text with a fresh value inside.
    Text,
}

/// How a value was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Take {
    /// As it is: what stands below `from` stands below `to`.
    Copy,
    /// As text, or through an index: all that stands at and below `from` shows in the value at `to`.
    Whole,
}

/// The value at `to` was taken from `from`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fill {
    /// In the emitted event.
    pub to: String,
    /// In the triggering event.
    pub from: String,
    /// Copied or turned into text.
    pub take: Take,
}

/// The provenance of one emitted event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Taken from the triggering event.
    pub fills: Vec<Fill>,
    /// New by construction.
    pub fresh: Vec<(String, Fresh)>,
    /// Read to decide where the event goes: bus, account, region.
    pub address: Vec<String>,
    /// Paths of this event itself that the policy of its bus reads.
    pub judged: Vec<String>,
}

impl Provenance {
    /// An event that came from outside: constant but for the members that the service made.
    pub fn outside(made: impl IntoIterator<Item = (&'static str, Fresh)>) -> Self {
        let fresh = made.into_iter().map(|(path, fresh)| (path.to_owned(), fresh)).listed();
        Self { fresh, ..Self::default() }
    }

    /// An event that was forwarded as it is; `fresh` are the members that the hop renews and those that were fresh before.
    pub fn forwarded(fresh: Vec<(String, Fresh)>) -> Self {
        let whole = Fill { to: String::new(), from: String::new(), take: Take::Copy };
        Self { fills: vec![whole], fresh, ..Self::default() }
    }

    /// The kind of the value at `path`, if it is fresh.
    pub fn fresh_at(&self, path: &str) -> Option<Fresh> {
        self.fresh.iter().find(|(fresh, _)| within(path, fresh).is_some()).map(|(_, kind)| *kind)
    }
}

/// The rest of `path` below `root`: `Some("")` when they are equal, `None` when it lies elsewhere.
pub fn within<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    if root.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(root)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
}

/// `root.rest`, where either may be empty.
pub fn join(root: &str, rest: &str) -> String {
    match (root.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (_, true) => root.to_owned(),
        _ => format!("{root}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_lies_within_another_only_at_a_dot() {
        assert_eq!(within("detail.bucket.name", "detail"), Some("bucket.name"));
        assert_eq!(within("detail", "detail"), Some(""));
        assert_eq!(within("detail-type", "detail"), None);
        assert_eq!(within("detail", "detail.x"), None);
        assert_eq!(join("", "a"), "a");
        assert_eq!(join("a", ""), "a");
        assert_eq!(join("a", "b"), "a.b");
    }
}
