//! The limits of the service's operations that are not limits of the language.
//!
//! Matching takes no harm from either, so the library's functions do not ask; PutRule, TestEventPattern and the others
//! that take a pattern do. Which of the two is told when both are passed is not recorded; combinations are counted when a
//! pattern is read, complexity when it is compiled, so the combinations come first here.
//!
//! Source: recorded on the service (pattern_admission, patterns); neither message carries a place.

use super::PatternError;
use super::compile::Compiled;
use super::complexity::{self, COMPLEXITY_LIMIT};
use crate::text::Span;

/// The most combinations of `$or` branches that the service accepts.
pub const COMBINATIONS_LIMIT: u64 = 1000;

const TOO_MANY: &str = "Or operator is producing over 1000 rule combinations";
const TOO_COMPLEX: &str = "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character";

pub(super) fn check(compiled: &Compiled, span: Span) -> Result<(), PatternError> {
    if compiled.combinations() > COMBINATIONS_LIMIT {
        let error = PatternError::new("EB210", TOO_MANY, span);
        return Err(error.with_help("several `$or`s multiply: list values in one leaf array, or split the rule"));
    }
    match complexity::refused(compiled) {
        Some(span) => {
            let help = format!(
                "the wildcards of one field may keep {COMPLEXITY_LIMIT} positions busy: split the rule, or use `prefix` and `suffix` where they do"
            );
            Err(PatternError::new("EB211", TOO_COMPLEX, span).with_help(help))
        }
        None => Ok(()),
    }
}
