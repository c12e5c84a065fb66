//! `eventbridge-sim`: Amazon EventBridge as a library.
//!
//! The essay stands at the end of the build-up; until then, the floors from the bottom.

pub mod arn;
pub mod ids;
pub mod time;
