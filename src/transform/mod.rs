//! What a target receives: the subset of JSON path that the service understands, and the input built with it.
//!
//! Here stands [`JsonPath`], which `InputPath`, effect templates and params share. The service checks a path's syntax when
//! a target is put and resolves it when an event is delivered: a path that finds nothing is no error.

mod path;

pub use path::{JsonPath, PathError, Step};
