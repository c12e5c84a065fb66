//! The operations of the service: 57 doors into the simulated world, each with the service's checks and words.
//!
//! `model` is generated from the service model and holds every operation's shapes and constraints as data.

pub mod constraint;
#[rustfmt::skip]
pub mod model;
pub mod shape;
