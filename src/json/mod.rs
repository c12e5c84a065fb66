//! JSON with nothing lost: positions, the spelling of numbers, the order of members and duplicate names are kept.
//!
//! The core is [`Reader`], a pull tokenizer that copies the ways of the service's own parser (Jackson): which error it
//! reports, in which words, at which position. The pattern compiler works on its tokens, so that the first problem *in
//! stream order* is the one reported; [`parse`] builds a tree from the same tokens. Output is written by the printer and by `serialize`.
//!
//! Limits, as the service's: depth 1000, names of 50,000 and strings of 20,000,000 units. (Jackson's limit on numbers
//! applies when a number is computed, and nothing here computes one: 1001 digits are fine.)
//!
//! Source: pattern language, sections 1 and 10.

pub(crate) mod block;
mod compact;
pub mod double;
mod error;
mod escapes;
mod name;
mod number;
mod print;
mod read;
mod scalar;
mod serialize;
mod token;
mod value;
pub(crate) mod window;

pub use compact::{Compact, compact_object};
pub use error::{Error, source_suffix};
pub use name::Name;
pub use number::Number;
pub use print::{print, print_pretty, quote, write_string};
pub use read::{Scratch, parse, parse_prefix, parse_sequence, parse_with};
pub use serialize::to_text;
pub use token::{Reader, Token};
pub use value::{Kind, Member, Value};

/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 1000;
/// The longest member name, in UTF-16 units.
pub const MAX_NAME: usize = 50_000;
/// The longest string, in UTF-16 units.
pub const MAX_STRING: usize = 20_000_000;
