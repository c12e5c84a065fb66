//! What a target receives: the subset of JSON path that the service understands, and the inputs built with it.
//!
//! [`JsonPath`] is what `InputPath`, input transformers, effect templates and params share. The service checks a path's
//! syntax when a target is put and resolves it when an event is delivered: a path that finds nothing is no error.
//! [`InputTransformer`] fills a template with what such paths find.

mod path;
mod transformer;

pub use path::{JsonPath, PathError, Step};
pub use transformer::{InputTransformer, LARGEST_INPUT, RuleFacts, Transformed, TransformerError};
