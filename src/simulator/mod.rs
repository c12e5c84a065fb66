//! The simulator: accounts, regions, buses, rules and targets, and what happens when events meet them.
//!
//! `state` holds what is; behaviour (ingest, route, deliver, trace) and the detection of loops build on it and never the
//! other way round. State is plain data: it has no clock and no randomness, so it can be compared, copied and saved.

pub mod state;
