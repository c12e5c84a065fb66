//! The matcher in turn with another process, here the one that runs it as wasm: a ratio of two programs is worth something only
//! if both ran in the same moments.
//!
//! `BENCH_WORKLOADS` as in `matcher.rs`; the argument names the workload. For each line `COUNT TIMES` on standard input the first
//! COUNT events are matched TIMES times, and the time is printed: microseconds an event.

mod workload;

use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::Pattern;
use std::hint::black_box;
use std::io::BufRead;
use std::time::Instant;
use workload::Workload;

fn main() {
    let name = std::env::args().nth(1).expect("the name of a workload");
    let workload = Workload::listed().find(|workload| workload.name == name).expect("a workload of that name");
    let mut set = RuleSet::new();
    for (name, pattern) in &workload.rules {
        set.add(name, &Pattern::parse(pattern).expect("a pattern"));
    }
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (count, times) = line.split_once(' ').expect("two numbers");
        let count: usize = count.parse().expect("a number of events");
        let times: usize = times.parse().expect("a number of times");
        println!("{}", pass(&mut set, workload.events.get(..count).expect("so many events"), times));
    }
}

/// Microseconds an event.
fn pass(set: &mut RuleSet, events: &[Vec<u8>], times: usize) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        for event in events {
            black_box(set.matches(black_box(event)).map_or(0, <[_]>::len));
        }
    }
    start.elapsed().as_secs_f64() * 1e6 / (events.len() * times) as f64
}
