//! A slice of the fuzzing, the same every time: conformance rows, damaged by a fixed sequence of accidents.
//!
//! The fuzz targets themselves (`tests/fuzz`) need a nightly toolchain; what they check, these few thousand inputs check
//! in every test run. An input that broke something stands in `tests/fuzz/cases` and is run as it is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "fuzz/checks.rs"]
mod checks;
#[path = "patterns/naive/mod.rs"]
mod naive;

use std::fs;

/// How many inputs are made of the rows.
const INPUTS: usize = 3000;

/// Pieces that damage well.
const PIECES: [&str; 26] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "*",
    "**",
    "$or",
    "null",
    "true",
    "-0",
    "1e400",
    "0.1",
    "{\"exists\":false}",
    "{\"anything-but\":",
    "{\"wildcard\":\"*a*\"}",
    "\"$or\":[",
    "\0",
    "é",
    "😀",
    "\u{7f}",
];

#[test]
fn damaged_rows_break_nothing() {
    let rows = rows();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..INPUTS {
        let mut input = rows[dice.below(rows.len())].clone().into_bytes();
        for _ in 0..dice.below(4) {
            damage(&mut input, &rows, &mut dice);
        }
        run(&input);
    }
}

#[test]
fn what_broke_once_breaks_no_more() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/cases");
    for file in fs::read_dir(folder).unwrap() {
        run(&fs::read(file.unwrap().path()).unwrap());
    }
}

fn run(input: &[u8]) {
    checks::parse(input);
    checks::parse(input.split(|byte| *byte == 0).next().unwrap());
    checks::matches(input);
    checks::explain(input);
}

/// Patterns with their events, as the targets take them.
fn rows() -> Vec<String> {
    let read = |name: &str| fs::read_to_string(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let text = read("operators.jsonl") + &read("random.jsonl");
    text.lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{}\0{}", row["pattern"].as_str().unwrap(), row["event"].as_str().unwrap_or("{}"))
        })
        .collect()
}

fn damage(input: &mut Vec<u8>, rows: &[String], dice: &mut Dice) {
    let at = dice.below(input.len() + 1);
    let end = (at + dice.below(12)).min(input.len());
    match dice.below(6) {
        0 => drop(input.splice(at..end, PIECES[dice.below(PIECES.len())].bytes())),
        1 => drop(input.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
        2 => drop(input.drain(at..end)),
        3 => {
            let copy = input[at..end].to_vec();
            input.splice(at..at, copy);
        }
        4 => {
            let other = rows[dice.below(rows.len())].as_bytes();
            let from = dice.below(other.len());
            input.splice(at..end, other[from..(from + 40).min(other.len())].iter().copied());
        }
        _ => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
    }
}

/// Numbers that look random and never change (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }
}
