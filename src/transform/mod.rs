//! What a target receives: the subset of JSON path that the service understands, and the inputs built with it.
//!
//! [`JsonPath`] is what `InputPath`, input transformers, effect templates and params share. The service checks a path's
//! syntax when a target is put and resolves it when an event is delivered: a path that finds nothing is no error.
//! [`InputTransformer`] fills a template with what such paths find; [`preview`] shows an input before anything is delivered, and what is wrong with it.

mod path;
pub mod preview;
mod transformer;

pub use path::{JsonPath, PathError, Step};
pub use transformer::{
    Filled, HolePlace, InputTransformer, LARGEST_INPUT, PREDEFINED, RuleFacts, Transformed, TransformerError,
};

/// Whether targets of this kind get nothing of an event unless they say what: ECS tasks and Run Command (documentation, 2.6).
pub fn gets_nothing(target: &crate::arn::Arn) -> bool {
    match target.service() {
        "ecs" => target.resource().starts_with("cluster/"),
        "ssm" => target.resource().starts_with("document/"),
        _ => false,
    }
}
