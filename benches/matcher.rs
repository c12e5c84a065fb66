//! The matcher beside its peers: the same events and rules, in one process, one after the other.
//!
//! `BENCH_WORKLOADS` names a file with `[{"name", "events", "rules"}]` (`npm run bench` writes it). Criterion measures; for
//! each workload and peer one JSON line is printed, with the best pass: on a shared machine the least disturbed one.

use criterion::{Criterion, SamplingMode};
use eventbridge_sim::event::Event;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::Pattern;
use quamina::{Quamina, QuaminaBuilder};
use serde_json::json;
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// More events than this say nothing more.
const MOST_EVENTS: usize = 20_000;
/// The plain evaluator gets so many evaluations a pass.
const EVALUATIONS: usize = 200_000;
/// One pass of a peer may take so long; slower ones get fewer events.
const LONGEST_PASS: Duration = Duration::from_millis(60);

struct Workload {
    name: String,
    rules: Vec<(String, String)>,
    events: Vec<Vec<u8>>,
}

/// What a peer did.
struct Result {
    peer: &'static str,
    us: Option<f64>,
    matches: Option<f64>,
    build: Option<f64>,
    bytes: Option<usize>,
    note: &'static str,
}

fn main() {
    let list = std::env::var("BENCH_WORKLOADS").expect("BENCH_WORKLOADS names the list of workloads");
    let list = json::parse(&std::fs::read_to_string(list).expect("the list can be read")).expect("the list is JSON");
    let mut criterion = Criterion::default().without_plots().warm_up_time(Duration::from_millis(200));
    criterion = criterion.measurement_time(Duration::from_millis(800)).sample_size(10);
    for entry in list.as_array().expect("a list") {
        let workload = Workload::read(entry);
        for result in workload.run(&mut criterion) {
            println!("{}", workload.line(&result));
        }
    }
}

impl Workload {
    fn read(entry: &Value) -> Workload {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).expect("a text").to_owned();
        let rules = json::parse(&std::fs::read_to_string(text("rules")).expect("rules")).expect("rules are JSON");
        let events = std::fs::read(text("events")).expect("events");
        Workload {
            name: text("name"),
            rules: rules
                .as_object()
                .expect("rules are an object")
                .iter()
                .map(|rule| (rule.name.to_string(), json::print(&rule.value)))
                .collect(),
            events: events
                .split(|byte| *byte == b'\n')
                .filter(|line| !line.is_empty())
                .take(MOST_EVENTS)
                .map(<[u8]>::to_vec)
                .collect(),
        }
    }

    fn run(&self, criterion: &mut Criterion) -> Vec<Result> {
        let mut results = vec![self.floor(criterion)];
        let ours = self.ours(criterion);
        let matches = ours.matches;
        results.push(ours);
        results.push(self.trusted(criterion));
        results.push(self.evaluator(criterion));
        results.push(self.quamina(criterion, matches));
        results
    }

    /// serde_json reading past everything: what it costs to look at the bytes at all.
    fn floor(&self, criterion: &mut Criterion) -> Result {
        let us = self.measure(criterion, "floor", self.events.len(), |event| {
            let read: serde_json::Result<serde::de::IgnoredAny> = serde_json::from_slice(event);
            usize::from(read.is_ok())
        });
        Result { peer: "serde_json IgnoredAny", us: Some(us.0), matches: None, build: None, bytes: None, note: "" }
    }

    fn set(&self) -> (RuleSet, f64) {
        let start = Instant::now();
        let mut set = RuleSet::new();
        for (name, pattern) in &self.rules {
            set.add(name, &Pattern::parse(pattern).expect("a pattern"));
        }
        set.matches(b"{}").expect("an event");
        (set, start.elapsed().as_secs_f64() * 1e6 / self.rules.len() as f64)
    }

    fn ours(&self, criterion: &mut Criterion) -> Result {
        let (mut set, build) = self.set();
        let (us, matches) =
            self.measure(criterion, "ours", self.events.len(), |event| set.matches(event).map_or(0, <[_]>::len));
        let bytes = Some(set.size() / self.rules.len());
        Result { peer: "RuleSet", us: Some(us), matches: Some(matches), build: Some(build), bytes, note: "" }
    }

    fn trusted(&self, criterion: &mut Criterion) -> Result {
        let (mut set, _) = self.set();
        let (us, matches) = self
            .measure(criterion, "trusted", self.events.len(), |event| set.matches_trusted(event).map_or(0, <[_]>::len));
        Result { peer: "RuleSet, trusted", us: Some(us), matches: Some(matches), build: None, bytes: None, note: "" }
    }

    /// One pattern after the other on the parsed event.
    fn evaluator(&self, criterion: &mut Criterion) -> Result {
        let patterns: Vec<Pattern> =
            self.rules.iter().map(|(_, text)| Pattern::parse(text).expect("a pattern")).collect();
        let events = (EVALUATIONS / patterns.len()).clamp(5, self.events.len());
        let (us, matches) = self.measure(criterion, "evaluator", events, |event| {
            let event = Event::parse(std::str::from_utf8(event).expect("text")).expect("an event");
            patterns.iter().filter(|pattern| pattern.matches(&event).unwrap_or(false)).count()
        });
        Result { peer: "evaluator", us: Some(us), matches: Some(matches), build: None, bytes: None, note: "" }
    }

    fn quamina(&self, criterion: &mut Criterion, wanted: Option<f64>) -> Result {
        let silent = Result { peer: "quamina", us: None, matches: None, build: None, bytes: None, note: "" };
        // It aborts where many rules share a value, so that many are not tried.
        if self.rules.len() > 1_000 {
            return Result { note: "not run: it aborts where many rules share a value", ..silent };
        }
        std::panic::set_hook(Box::new(|_| {}));
        // It panics while rules are added or at the first event.
        let measured = catch_unwind(AssertUnwindSafe(|| {
            let (set, build) = self.quamina_set()?;
            let run = |event: &[u8]| set.matches_for_event(event).map_or(0, |found| found.len());
            let (us, matches) = self.measure(criterion, "quamina", self.events.len(), run);
            Some((us, matches, build))
        }));
        let _ = std::panic::take_hook();
        match measured {
            Err(_) => Result { note: "panics", ..silent },
            Ok(None) => Result { note: "operator not supported", ..silent },
            Ok(Some((us, matches, build))) => {
                let other = wanted.is_some_and(|wanted| (wanted - matches).abs() > 1e-9);
                let note = if other { "other matches" } else { "" };
                Result { us: Some(us), matches: Some(matches), build: Some(build), note, ..silent }
            }
        }
    }

    fn quamina_set(&self) -> Option<(Quamina<usize>, f64)> {
        let start = Instant::now();
        let mut set: Quamina<usize> = QuaminaBuilder::new().build().ok()?;
        for (number, (_, pattern)) in self.rules.iter().enumerate() {
            set.add_pattern(number, pattern).ok()?;
        }
        Some((set, start.elapsed().as_secs_f64() * 1e6 / self.rules.len() as f64))
    }

    /// The best pass, in microseconds an event, and the matches an event.
    fn measure(
        &self,
        criterion: &mut Criterion,
        peer: &str,
        events: usize,
        mut run: impl FnMut(&[u8]) -> usize,
    ) -> (f64, f64) {
        // The first pass tells how many events the others can have.
        let (mut events, mut done, start) = (events, 0, Instant::now());
        for (number, event) in self.events.iter().take(events).enumerate() {
            done += run(event);
            if start.elapsed() > LONGEST_PASS {
                events = number + 1;
                break;
            }
        }
        let matches = done as f64 / events as f64;
        let mut best = f64::MAX;
        let mut group = criterion.benchmark_group(&self.name);
        group.sampling_mode(SamplingMode::Flat);
        group.bench_function(peer, |bencher| {
            bencher.iter_custom(|passes| {
                let all = Instant::now();
                for _ in 0..passes {
                    let pass = Instant::now();
                    for event in self.events.iter().take(events) {
                        black_box(run(black_box(event)));
                    }
                    best = best.min(pass.elapsed().as_secs_f64());
                }
                all.elapsed()
            });
        });
        group.finish();
        (best * 1e6 / events as f64, matches)
    }

    fn line(&self, result: &Result) -> String {
        let bytes: usize = self.events.iter().map(Vec::len).sum();
        json!({
            "workload": self.name, "where": "native", "peer": result.peer, "rules": self.rules.len(),
            "events": self.events.len(), "event_bytes": bytes / self.events.len().max(1), "us_per_event": result.us,
            "matches_per_event": result.matches, "build_us_per_rule": result.build, "bytes_per_rule": result.bytes,
            "note": result.note,
        })
        .to_string()
    }
}
