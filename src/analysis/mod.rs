//! Questions about patterns and events beyond "does it match".
//!
//! [`explain`] tells leaf by leaf why an event matches a pattern or does not; `near_miss` holds the usual reasons why it
//! nearly does, one a file; [`lints`] what a pattern probably gets wrong, one a file. [`satisfy`] finds an event that matches
//! given patterns or proves that there is none; [`sample`], [`compare`] and [`infer`] rest on it.

mod branches;
mod closest;
pub mod compare;
mod explain;
pub mod infer;

pub mod lints;
mod located;
mod lookup;
mod near_miss;
pub mod sample;
pub mod satisfy;
mod words;

pub use explain::{BESIDE, Explanation, LeafResult, explain, first_failure};
pub use located::{LocatedExplanation, LocatedLeaf};
