//! What happens: events come in, rules answer, targets are invoked, effects follow.
//!
//! `ingest` makes envelopes of what comes from outside; `route` asks the rules that `candidates` leaves; `input` builds what a target gets, `deliver`
//! gives it, or forwards to another bus; `effect` says what targets do then; `agenda` moves the clock
//! and does what falls due, `scheduler` is what rules with schedules do then, `replay` what
//! archives keep and put again; `record` keeps all of it, `trace` and `graph` show it. Every
//! step is a method of [`crate::simulator::Simulator`]; the loop that drives them stands in `simulator/run.rs`, because it
//! asks loop detection before every firing.

pub mod agenda;
mod bus_key;
mod candidates;
pub mod dead_letter;
pub mod deliver;
pub mod effect;
pub mod failure;
pub mod faults;
pub mod follow;
pub mod graph;
pub mod handlers;
pub mod ingest;
pub mod input;
mod interest;
mod metric;
pub mod metrics;
pub mod partner;
pub mod permission;
pub mod provenance;
pub mod put;
pub mod record;
pub mod replay;
pub mod retry;
pub mod route;
pub mod scheduler;
pub mod trace;
pub mod trace_header;
