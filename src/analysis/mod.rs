//! Questions about patterns and events beyond "does it match".
//!
//! Here so far: [`explain`], which tells leaf by leaf why an event matches a pattern or does not, and `near_miss`, the
//! usual reasons why it nearly does, one a file.

mod closest;
mod explain;
mod located;
mod lookup;
mod near_miss;
mod words;

pub use explain::{Explanation, LeafResult, explain};
pub use located::{LocatedExplanation, LocatedLeaf};
