//! Effects: what a target does when it is invoked, as data.
//!
//! An effect names targets by an ARN glob, may ask something of the triggering event (`when`, an event pattern) and emits
//! events whose members are templates, its own or a preset's. All matching effects of a target apply, in the order in which
//! they were declared, after the invocation was delivered. Effects are the only way in which the simulator knows what code
//! behind a target does without running it, so loop detection reads them, not just their results.

mod apply;
mod definition;
mod fails;
mod render;
mod template;

pub use apply::{Emitted, Situation};
pub use definition::{Effect, Emission, Param};
pub use fails::Fails;
pub use render::{InputFrom, RenderError};
pub use template::{Form, Piece, Placeholder, Source, Template};
