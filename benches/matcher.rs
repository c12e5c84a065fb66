//! The matcher beside its peers: the same events and rules, in one process, one after the other.
//!
//! `BENCH_WORKLOADS` names a file with `[{"name", "events", "rules"}]` (`npm run bench` writes it). Criterion measures; for
//! each workload and peer one JSON line is printed, with the best pass: on a shared machine the least disturbed one. Before
//! every pass the floor reads the same events, so that `floor_us` is of the same moments and ratios survive a machine whose
//! speed changes.

mod workload;

use criterion::{Criterion, SamplingMode};
use eventbridge_sim::event::Event;
use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::Pattern;
use quamina::{Quamina, QuaminaBuilder};
use serde_json::json;
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use workload::Workload;

/// The plain evaluator gets so many evaluations a pass.
const EVALUATIONS: usize = 200_000;
/// One pass of a peer may take so long; slower ones get fewer events.
const LONGEST_PASS: Duration = Duration::from_millis(60);

/// What a peer did.
struct Result {
    peer: &'static str,
    us: Option<f64>,
    floor: Option<f64>,
    matches: Option<f64>,
    events: usize,
    build: Option<f64>,
    bytes: Option<usize>,
    note: &'static str,
}

/// What was measured of a peer: microseconds an event, matches an event, and how many events.
struct Passes {
    us: f64,
    floor: f64,
    matches: f64,
    events: usize,
}

impl Passes {
    fn of(self, peer: &'static str) -> Result {
        Result {
            us: Some(self.us),
            floor: Some(self.floor),
            matches: Some(self.matches),
            events: self.events,
            ..Result::silent(peer)
        }
    }
}

impl Result {
    /// A peer of which nothing is known.
    fn silent(peer: &'static str) -> Result {
        Result { peer, us: None, floor: None, matches: None, events: 0, build: None, bytes: None, note: "" }
    }
}

/// serde_json reading past everything: what it costs to look at the bytes at all.
fn read_past(event: &[u8]) -> usize {
    let read: serde_json::Result<serde::de::IgnoredAny> = serde_json::from_slice(event);
    usize::from(read.is_ok())
}

fn main() {
    let mut criterion = Criterion::default().without_plots().warm_up_time(Duration::from_millis(200));
    criterion = criterion.measurement_time(Duration::from_millis(800)).sample_size(10);
    for workload in Workload::listed() {
        for result in workload.run(&mut criterion) {
            println!("{}", workload.line(&result));
        }
    }
}

impl Workload {
    fn run(&self, criterion: &mut Criterion) -> Vec<Result> {
        let ours = self.ours(criterion);
        let wanted = Passes { us: 0.0, floor: 0.0, matches: ours.matches.unwrap_or(0.0), events: ours.events };
        let floor = Result { us: ours.floor, events: ours.events, ..Result::silent("serde_json IgnoredAny") };
        vec![floor, ours, self.trusted(criterion), self.evaluator(criterion), self.quamina(criterion, &wanted)]
    }

    /// The set, and the best time to read and add a rule, in microseconds.
    fn set(&self) -> (RuleSet, f64) {
        let build = || {
            let start = Instant::now();
            let mut set = RuleSet::new();
            for (name, pattern) in &self.rules {
                set.add(name, &Pattern::parse(pattern).expect("a pattern"));
            }
            set.matches(b"{}").expect("an event");
            (set, start.elapsed().as_secs_f64() * 1e6 / self.rules.len() as f64)
        };
        let (set, first) = build();
        (set, first.min(build().1).min(build().1))
    }

    fn ours(&self, criterion: &mut Criterion) -> Result {
        let (mut set, build) = self.set();
        let passes =
            self.measure(criterion, "ours", self.events.len(), |event| set.matches(event).map_or(0, <[_]>::len));
        let bytes = Some(set.size() / self.rules.len());
        Result { build: Some(build), bytes, ..passes.of("RuleSet") }
    }

    fn trusted(&self, criterion: &mut Criterion) -> Result {
        let (mut set, _) = self.set();
        let run = |event: &[u8]| set.matches_trusted(event).map_or(0, <[_]>::len);
        self.measure(criterion, "trusted", self.events.len(), run).of("RuleSet, trusted")
    }

    /// One pattern after the other on the parsed event.
    fn evaluator(&self, criterion: &mut Criterion) -> Result {
        let patterns: Vec<Pattern> =
            self.rules.iter().map(|(_, text)| Pattern::parse(text).expect("a pattern")).collect();
        let events = (EVALUATIONS / patterns.len()).clamp(5, self.events.len());
        let run = |event: &[u8]| {
            let event = Event::parse(std::str::from_utf8(event).expect("text")).expect("an event");
            patterns.iter().filter(|pattern| pattern.matches(&event).unwrap_or(false)).count()
        };
        self.measure(criterion, "evaluator", events, run).of("evaluator")
    }

    fn quamina(&self, criterion: &mut Criterion, wanted: &Passes) -> Result {
        let silent = Result::silent("quamina");
        // It aborts where many rules share a value, so that many are not tried.
        if self.rules.len() > 1_000 {
            return Result { note: "not run: it aborts where many rules share a value", ..silent };
        }
        std::panic::set_hook(Box::new(|_| {}));
        // It panics while rules are added or at the first event.
        let measured = catch_unwind(AssertUnwindSafe(|| {
            let (set, build) = self.quamina_set()?;
            let run = |event: &[u8]| set.matches_for_event(event).map_or(0, |found| found.len());
            Some((self.measure(criterion, "quamina", self.events.len(), run), build))
        }));
        let _ = std::panic::take_hook();
        match measured {
            Err(_) => Result { note: "panics", ..silent },
            Ok(None) => Result { note: "operator not supported", ..silent },
            Ok(Some((passes, build))) => {
                let other = passes.events == wanted.events && (wanted.matches - passes.matches).abs() > 1e-9;
                let note = if other { "other matches" } else { "" };
                Result { build: Some(build), note, ..passes.of("quamina") }
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

    /// The best pass of a peer and of the floor beside it.
    fn measure(
        &self,
        criterion: &mut Criterion,
        peer: &str,
        events: usize,
        mut run: impl FnMut(&[u8]) -> usize,
    ) -> Passes {
        // The first pass tells how many events the others can have.
        let (mut events, mut done, start) = (events, 0, Instant::now());
        for (number, event) in self.events.iter().take(events).enumerate() {
            done += run(event);
            if start.elapsed() > LONGEST_PASS {
                events = number + 1;
                break;
            }
        }
        let (mut best, mut floor) = (f64::MAX, f64::MAX);
        let mut group = criterion.benchmark_group(&self.name);
        group.sampling_mode(SamplingMode::Flat);
        group.bench_function(peer, |bencher| {
            bencher.iter_custom(|passes| {
                let mut all = Duration::ZERO;
                for _ in 0..passes {
                    floor = floor.min(self.pass(events, read_past).as_secs_f64());
                    let pass = self.pass(events, &mut run);
                    best = best.min(pass.as_secs_f64());
                    all += pass;
                }
                all
            });
        });
        group.finish();
        let us = |seconds: f64| seconds * 1e6 / events as f64;
        Passes { us: us(best), floor: us(floor), matches: done as f64 / events as f64, events }
    }

    fn pass(&self, events: usize, mut run: impl FnMut(&[u8]) -> usize) -> Duration {
        let start = Instant::now();
        for event in self.events.iter().take(events) {
            black_box(run(black_box(event)));
        }
        start.elapsed()
    }

    fn line(&self, result: &Result) -> String {
        let bytes: usize = self.events.iter().map(Vec::len).sum();
        json!({
            "workload": self.name, "where": "native", "peer": result.peer, "rules": self.rules.len(),
            "events": result.events, "event_bytes": bytes / self.events.len().max(1), "us_per_event": result.us,
            "floor_us": result.floor,
            "matches_per_event": result.matches, "build_us_per_rule": result.build, "bytes_per_rule": result.bytes,
            "note": result.note,
        })
        .to_string()
    }
}
