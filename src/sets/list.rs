//! Lists from iterators, with little code for each kind.
//!
//! `collect` into a `Vec` makes four functions of the standard library for every iterator there is; a plain loop makes one
//! that is a third of their size. The engine has 250 such places, and few that would notice the list's growing; what
//! runs for every event (JSON, events, the matcher) keeps `collect`.

/// An iterator whose items can be listed.
pub trait Listed: Iterator {
    /// The items, in their order.
    fn listed(self) -> Vec<Self::Item>;
}

impl<I: Iterator> Listed for I {
    fn listed(self) -> Vec<I::Item> {
        let mut list = Vec::new();
        for item in self {
            list.push(item);
        }
        list
    }
}
