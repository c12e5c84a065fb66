//! Rules and events as the benchmarks read them.

use eventbridge_sim::json::{self, Value};

/// More events than this say nothing more.
const MOST_EVENTS: usize = 20_000;

pub struct Workload {
    pub name: String,
    /// Names and patterns.
    pub rules: Vec<(String, String)>,
    pub events: Vec<Vec<u8>>,
}

impl Workload {
    /// Those that the file named by `BENCH_WORKLOADS` lists: `[{"name", "events", "rules"}]`.
    pub fn listed() -> impl Iterator<Item = Workload> {
        let list = std::env::var("BENCH_WORKLOADS").expect("BENCH_WORKLOADS names the list of workloads");
        let list =
            json::parse(&std::fs::read_to_string(list).expect("the list can be read")).expect("the list is JSON");
        list.as_array().expect("a list").to_vec().into_iter().map(|entry| Workload::read(&entry))
    }

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
}
