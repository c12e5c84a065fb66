//! The operations of the service: 57 doors into the simulated world, each with the service's checks and words.
//!
//! [`dispatch`] is the one way in. `model` is generated from the service model and holds every operation's shapes and
//! constraints as lines (`shape` reads them); `validate` checks a body against them and `render` prints values as the
//! service's messages do; `ops` holds the operations, one file a family; `pages` cuts lists.
//! Beside it, [`control`] holds the simulator's own verbs.
//!
//! What does not live here: what happens to an event once it is on a bus. That is `simulator`'s.

mod asked;
mod call;
mod constraint;
pub mod control;
pub mod coverage;
mod dispatch;
mod errors;
mod input;
#[rustfmt::skip]
pub mod model;
mod ops;
mod output;
mod pages;
mod render;
mod right;
pub mod shape;
mod validate;

pub use call::may_put_rule;
pub use dispatch::{Response, dispatch};
pub use errors::ServiceError;
