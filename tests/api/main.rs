//! The operations, each with its success and its errors, and the laws that hold for all of them.
//!
//! A test is a talk: rows of operation, input and what comes back. `=> {…}` is the whole output, `=> CODE: message` an
//! error with the service's words, `=> ok` any success. Nothing here needs the recordings; `tests/recorded` holds the
//! operations against those.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod archives;
mod buses;
mod catalogue;
mod connections;
mod coverage;
mod dispatch;
mod endpoints;
mod events;
mod laws;
mod mutations;
mod pages;
mod partner;
mod permissions;
mod rules;
mod tags;
mod talk;
mod targets;
mod validation;
