//! Tags of a bus or a rule: in the order in which their keys first came; the same key again overwrites (recorded 2026).
//!
//! Tags say nothing to the simulator: they are kept and given back.

/// Keys and values, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    pairs: Vec<(String, String)>,
}

impl Tags {
    /// Sets a tag: a known key keeps its place, a new one goes last.
    pub fn set(&mut self, key: &str, value: &str) {
        match self.pairs.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => value.clone_into(old),
            None => self.add(key, value),
        }
    }

    /// Adds a tag whose key is a new one.
    pub fn add(&mut self, key: &str, value: &str) {
        self.pairs.push((key.to_owned(), value.to_owned()));
    }

    /// Removes a tag; an unknown key is no error.
    pub fn remove(&mut self, key: &str) {
        self.pairs.retain(|(known, _)| known != key);
    }

    /// The tags in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_key_keeps_its_place() {
        let mut tags = Tags::default();
        tags.set("owner", "a");
        tags.set("stage", "test");
        tags.set("owner", "b");
        assert_eq!(tags.iter().collect::<Vec<_>>(), [("owner", "b"), ("stage", "test")]);
        tags.remove("owner");
        tags.remove("unknown");
        assert_eq!((tags.len(), tags.is_empty()), (1, false));
    }
}
