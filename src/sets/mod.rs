//! Sets of values: strings as automata, IP addresses and ranges, globs, and sorted lists that serve as maps.
//!
//! Pure functions on text and numbers; what a pattern or a policy makes of them is told where they are used.

pub mod glob;
pub mod ip;
mod list;
mod machine;
pub mod sort;
pub mod sorted_map;
pub mod strings;

pub use list::Listed;
pub use sort::sort_by;
pub use sorted_map::SortedMap;
