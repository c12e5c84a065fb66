//! Many patterns at once: which of up to 100,000 rules does an event match?
//!
//! What is right only the evaluator of `pattern` says; here it becomes fast. One pass over the bytes (`walk`, `scan`) goes down
//! where rules have paths and past everything else, and asks of each value which of the *distinct* predicates on its field it
//! satisfies (`field`, `interner`): equal predicates are shared, so this does not grow with the rules. Then only rules are looked at
//! whose rarest condition is among what was found (`access`), and each is checked by looking up marks (`look`, `program`). The
//! known engines walk a trie of fields with an automaton at each step and pay for every partial match; here partial matches
//! cost nothing.
//!
//! Arrays of objects are settled by `elements` without trying combinations; what is left (absences inside arrays, repeated
//! names) goes to the evaluator, whose step bound holds for that event and rule.

mod access;
mod elements;
mod escapes;
mod field;
mod hash;
mod index;
mod interner;
mod leap;
mod lists;
mod look;
mod number;
mod program;
mod ranges;
mod rules;
mod scan;
mod skip;
mod state;
mod trie;
mod walk;
mod wildcards;

pub use rules::{MatchError, RuleId, RuleSet};
