//! `eventbridge-sim`: Amazon EventBridge as a library.
//!
//! The essay stands at the end of the build-up; until then, the floors from the bottom.

pub mod analysis;
pub mod api;
pub mod arn;
pub mod catalog;
pub mod diagnostics;
pub mod event;
pub mod ids;
pub mod json;
pub mod pattern;
pub mod policy;
pub mod sets;
pub mod simulator;
pub mod text;
pub mod time;
pub mod transform;

#[cfg(target_arch = "wasm32")]
mod wasm;
