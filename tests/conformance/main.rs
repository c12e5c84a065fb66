//! The conformance cases: rows of patterns and events with the verdict and the message of the real service or engine, and
//! rows of what targets receive.
//!
//! `cargo test --test conformance` runs the rows of `tests/data`. More directories are given as arguments or in
//! `CONFORMANCE_DIR` (separated as in `PATH`). Verdicts, messages and complexities are compared to the letter, places
//! included; only of plain JSON syntax errors the place is left out of account where it is the engine's, because it
//! differs between versions of the engine's JSON reader. Files that cannot be run yet are named and never counted.

mod input;
mod operation;
mod row;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use row::{Origin, Row};

fn main() -> ExitCode {
    let mut report = Report::default();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for directory in std::iter::once(own).chain(directories()) {
        report.run_directory(&directory);
    }
    report.print();
    if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn directories() -> Vec<PathBuf> {
    let named = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).map(PathBuf::from);
    let variable = std::env::var_os("CONFORMANCE_DIR").unwrap_or_default();
    let set: Vec<PathBuf> = std::env::split_paths(&variable).filter(|path| !path.as_os_str().is_empty()).collect();
    named.chain(set).collect()
}

#[derive(Default)]
struct Report {
    passed: usize,
    failed: Vec<String>,
    /// File contents that were run already.
    seen: HashSet<String>,
}

impl Report {
    fn run_directory(&mut self, directory: &Path) {
        let mut files = files_of(directory);
        files.extend(files_of(&directory.join("recorded")));
        if files.is_empty() {
            self.failed.push(format!("{}: no .jsonl file", directory.display()));
        }
        for file in files {
            self.run_file(&file);
        }
    }

    fn run_file(&mut self, file: &Path) {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = file.display();
        let origin = match origin(&name) {
            Ok(origin) => origin,
            Err(needs) => return println!("not run yet: {shown} (needs {needs})"),
        };
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => return self.failed.push(format!("{shown}: {error}")),
        };
        if !self.seen.insert(text.clone()) {
            println!("{shown}: the same rows were run before");
            return;
        }
        let before = (self.passed, self.failed.len());
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match origin {
                Rows::Inputs => match input::run(line) {
                    (id, Some(outcome)) => self.count(&id, outcome),
                    (id, None) => println!("run by tests/recorded, not counted: {id}"),
                },
                Rows::Patterns(origin) => match Row::parse(line) {
                    Ok(row) => self.count(&row.id, row.run(origin)),
                    Err(error) => self.count(&format!("{shown}:{}", number + 1), Err(error)),
                },
            }
        }
        println!("{shown}: {} passed, {} failed", self.passed - before.0, self.failed.len() - before.1);
    }

    fn count(&mut self, id: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(why) => self.failed.push(format!("{id}: {why}")),
        }
    }

    fn print(&self) {
        self.failed.iter().for_each(|line| println!("FAILED {line}"));
        println!("{} passed, {} failed", self.passed, self.failed.len());
    }
}

fn files_of(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "jsonl")).collect();
    files.sort();
    files
}

/// What the rows of a file are about.
#[derive(Clone, Copy)]
enum Rows {
    /// Patterns, and who speaks of them.
    Patterns(Origin),
    /// What targets receive.
    Inputs,
}

/// What the rows of a file are about, or what they need that is not there yet.
fn origin(name: &str) -> Result<Rows, &'static str> {
    Err(match name {
        "operators.jsonl" | "random.jsonl" => return Ok(Rows::Patterns(Origin::Engine)),
        "service.jsonl" => return Ok(Rows::Patterns(Origin::Both)),
        "patterns.jsonl" => return Ok(Rows::Patterns(Origin::Service)),
        "input-transformer.jsonl" | "transformer.jsonl" => return Ok(Rows::Inputs),
        "calls.jsonl" => "all operations; `cargo test --test recorded` runs what stands",
        "delivery.jsonl" => "delivery",
        "metrics.jsonl" => "metrics",
        "policies.jsonl" => "all operations; `cargo test --test recorded` runs what stands",
        "schedules.jsonl" => "schedules",
        _ => "a reader for its rows",
    })
}
