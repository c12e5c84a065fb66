//! Patterns from outside: explanations, tested paths, hostile input and laws.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod cases;
mod explain;
mod hostile;
mod laws;
mod limits;
mod naive;
mod nested;
mod routing;
mod satisfy;
mod second_opinion;
mod tested;
mod together;
