//! `eventbridge-sim`: Amazon EventBridge as a library.
//!
//! Two ideas carry this crate. First: **a pattern is a value that can be asked**, not a function that says yes or no. One
//! evaluator walks it, with or without a recorder, so that the explanation of a non-match cannot disagree with the match.
//! Second: **what targets do is data**. An effect declares which events follow from an invocation, and every value of such
//! an event remembers where it came from. That is how the simulator can say of a loop that it *must* go on for ever, and
//! not just that it has gone on for long.
//!
//! # The map
//!
//! Modules stand on floors and import only from floors below (a test holds that):
//!
//! | floor | modules | what |
//! |---|---|---|
//! | 0 | [`text`] < [`diagnostics`] < [`json`] < [`time`], [`arn`], [`ids`], [`sets`] | places in texts, errors for people, JSON with positions, the calendar |
//! | 1 | [`event`], [`pattern`], [`schedule`], [`transform`], [`policy`], [`catalog`] | the languages of the service |
//! | 2 | [`analysis`] | explaining, lints |
//! | 3 | [`simulator`] | world, routing, delivery, effects, loops |
//! | 4 | [`api`] | the service's operations, and the simulator's own verbs |
//! | 5 | [`io`] | scenarios |
//! | 6 | `wasm` | the only place that names `JsValue` |
//!
//! # What always holds
//!
//! * A parsed pattern never fails; an event can (not JSON, too deep, past the step bound).
//! * The core has no clock, no randomness and no I/O: same scenario and seed, same bytes.
//! * Every failure that a user can cause is a value with a code, a place and a help line. Nothing panics.
//! * Every change of state goes through [`api::dispatch`] or [`api::control`]. The engine never calls out.
//!
//! # In ten lines
//!
//! ```
//! use eventbridge_sim::{event::Event, pattern::Pattern, analysis::explain};
//!
//! let pattern = Pattern::parse(r#"{"detail": {"state": ["running"]}}"#).unwrap_or_else(|error| unreachable!("{error}"));
//! let event = Event::parse(r#"{"detail": {"state": "stopped"}}"#).unwrap_or_else(|error| unreachable!("{error}"));
//!
//! assert_eq!(pattern.matches(&event), Ok(false));
//! let explanation = explain(&pattern, &event);
//! assert!(explanation.is_ok_and(|explanation| explanation.leaves.iter().any(|leaf| leaf.path == "detail.state")));
//! ```

pub mod analysis;
pub mod api;
pub mod arn;
pub mod catalog;
pub mod diagnostics;
pub mod event;
pub mod ids;
pub mod io;
pub mod json;
pub mod matcher;
pub mod pattern;
pub mod policy;
pub mod schedule;
pub mod sets;
pub mod simulator;
pub mod text;
pub mod time;
pub mod transform;

#[cfg(target_arch = "wasm32")]
mod wasm;
