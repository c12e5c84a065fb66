//! Sets of values: IP addresses and ranges, and globs.
//!
//! Pure functions on text and numbers; what a pattern or a policy makes of them is told where they are used.

pub mod glob;
pub mod ip;
