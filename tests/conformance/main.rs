//! The conformance cases: rows of patterns and events with the verdict and the message of the real service or engine.
//!
//! `cargo test --test conformance` runs the rows of `tests/data`. More directories are given as arguments or in
//! `CONFORMANCE_DIR` (separated as in `PATH`). Each row's verdict is checked, and the first line of its message. The
//! place at the end of a message is compared too and reported apart: for plain JSON syntax errors it differs between
//! versions of the engine's JSON reader. Files and rows that cannot be run yet are named and never counted.

mod row;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use row::{Outcome, Row};

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
    /// Rows whose message agrees but for the place at its end.
    places: Vec<String>,
    /// Rows refused only for a limit that is not the language's.
    left: Vec<String>,
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
        if let Some(needs) = needs(&name) {
            println!("not run yet: {shown} (needs {needs})");
            return;
        }
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
            match Row::parse(line) {
                Ok(row) => self.count(&row),
                Err(error) => self.failed.push(format!("{shown}:{}: {error}", number + 1)),
            }
        }
        println!("{shown}: {} passed, {} failed", self.passed - before.0, self.failed.len() - before.1);
    }

    fn count(&mut self, row: &Row) {
        match row.run() {
            Outcome::Passed => self.passed += 1,
            Outcome::PassedButForPlace(places) => {
                self.passed += 1;
                self.places.push(format!("{}: {places}", row.id));
            }
            Outcome::Left => self.left.push(row.id.clone()),
            Outcome::Failed(why) => self.failed.push(format!("{}: {why}", row.id)),
        }
    }

    fn print(&self) {
        if !self.left.is_empty() {
            println!("left to the complexity issue, not counted: {} rows: {}", self.left.len(), self.left.join(" "));
        }
        if !self.places.is_empty() {
            println!("same message, other place: {} rows", self.places.len());
            let all = std::env::var_os("CONFORMANCE_PLACES").is_some();
            self.places.iter().take(if all { usize::MAX } else { 5 }).for_each(|line| println!("  {line}"));
        }
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

/// What a file of rows needs that is not there yet; none when it holds pattern rows.
fn needs(name: &str) -> Option<&'static str> {
    Some(match name {
        "operators.jsonl" | "random.jsonl" | "service.jsonl" | "patterns.jsonl" => return None,
        "input-transformer.jsonl" | "transformer.jsonl" => "the input transformer",
        "calls.jsonl" => "all operations",
        "delivery.jsonl" => "delivery",
        "metrics.jsonl" => "metrics",
        "policies.jsonl" => "resource policies",
        "schedules.jsonl" => "schedules",
        _ => "a reader for its rows",
    })
}
