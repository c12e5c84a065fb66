//! Questions about patterns and events beyond "does it match".
//!
//! Here so far: [`explain`], which tells leaf by leaf why an event matches a pattern or does not; `near_miss`, the usual
//! reasons why it nearly does, one a file; and [`lints`], what a pattern probably gets wrong, one a file.

mod branches;
mod closest;
mod explain;

pub mod lints;
mod located;
mod lookup;
mod near_miss;
mod words;

pub use explain::{BESIDE, Explanation, LeafResult, explain, explain_nearest};
pub use located::{LocatedExplanation, LocatedLeaf};
