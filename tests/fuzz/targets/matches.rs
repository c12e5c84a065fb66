//! Fuzzes `checks::matches`.
#![no_main]
#![allow(dead_code, reason = "each target uses one of the checks")]

#[path = "../checks.rs"]
mod checks;
#[path = "../../patterns/naive/mod.rs"]
mod naive;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::matches(data));
