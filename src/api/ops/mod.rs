//! The operations, one file a family. A file holds its operations' own rules in the service's order: what is asked, what
//! is there, what is allowed; and only then the change.
//!
//! Adding an operation: a function in its family's file, and its arm in `dispatch`.

pub mod api_destinations;
pub mod archives;
pub mod connections;
pub mod endpoints;
pub mod event_buses;
pub mod event_sources;
pub mod events;
pub mod partner;
pub mod patterns;
pub mod permissions;
pub mod replays;
pub mod rules;
pub mod tagging;
mod target_rules;
pub mod targets;
