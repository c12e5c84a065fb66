//! A bus against its rules one by one: whatever is put, switched, removed and sent in whatever order, the rules that fire are
//! those that the evaluator says.

use super::second_opinion::{event, pattern};
use eventbridge_sim::api;
use eventbridge_sim::event::Event;
use eventbridge_sim::json::{self, quote};
use eventbridge_sim::pattern::Pattern;
use eventbridge_sim::simulator::behaviour::record::RuleOutcome;
use eventbridge_sim::simulator::{Caller, Options, Simulator};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Put(usize, String, &'static str),
    Call(&'static str, usize),
    Target(usize),
    Archive(usize, String),
    Send(String, &'static str, &'static str),
}

/// What stands before `detail` in the patterns of a bus: something that names a source or a detail-type, so that a bus may
/// take no interest in an event, or anything.
const NAMED: [&str; 5] = [
    r#""source":["other"],"#,
    r#""detail-type":["u"],"#,
    r#""detail-type":["u","t"],"source":["s"],"#,
    r#""source":["x","s"],"detail-type":[{"prefix":"t"}],"#,
    r#""$or":[{"detail-type":["t"]},{"source":["s"]}],"source":["s","other"],"#,
];
const OTHERS: [&str; 4] = [
    "",
    r#""source":[{"anything-but":"s"}],"#,
    r#""source":["x",{"prefix":"o"}],"#,
    r#""$or":[{"source":["s"]},{"detail-type":["t"]}],"#,
];

fn wanted(all_named: bool) -> impl Strategy<Value = String> {
    let heads = if all_named { NAMED.to_vec() } else { [NAMED.as_slice(), &OTHERS].concat() };
    (prop::sample::select(heads), pattern()).prop_map(|(head, detail)| format!(r#"{{{head}"detail":{detail}}}"#))
}

fn step(all_named: bool) -> impl Strategy<Value = Step> {
    let (sources, kinds) = (vec!["s", "s", "other", "far"], vec!["t", "t", "u", "far"]);
    let call = prop::sample::select(vec!["DeleteRule", "DeleteRule", "EnableRule", "DisableRule"]);
    prop_oneof![
        6 => (0..9usize, wanted(all_named), prop::sample::select(vec!["ENABLED", "ENABLED", "DISABLED"]))
            .prop_map(|(name, pattern, state)| Step::Put(name, pattern, state)),
        2 => (call, 0..9usize).prop_map(|(operation, name)| Step::Call(operation, name)),
        1 => (0..9usize).prop_map(Step::Target),
        1 => (0..3usize, wanted(all_named)).prop_map(|(name, pattern)| Step::Archive(name, pattern)),
        6 => (event(), prop::sample::select(sources), prop::sample::select(kinds))
            .prop_map(|(detail, source, kind)| Step::Send(detail, source, kind)),
    ]
}

fn call(simulator: &mut Simulator, operation: &str, body: &str) -> bool {
    let (account, region) = (simulator.options().account.clone(), simulator.options().region.clone());
    api::dispatch(simulator, operation, body, &Caller::new(account, region)).status == 200
}

/// Sends an event and compares what each rule made of it with what its pattern says.
fn check(simulator: &mut Simulator, detail: &str, source: &str, kind: &str) -> Result<(), TestCaseError> {
    let before = simulator.record().kept().events;
    let entry = format!(r#"{{"Source":"{source}","DetailType":"{kind}","Detail":{}}}"#, quote(detail));
    let done = call(simulator, "PutEvents", &format!(r#"{{"Entries":[{entry}]}}"#));
    prop_assert!(done);
    if simulator.record().kept().events == before {
        return Ok(());
    }
    let arrival = simulator.record().roots().last().unwrap();
    let arrival = simulator.record().arrival(arrival);
    let event = Event::parse(&json::print(arrival.event().value())).unwrap();
    let (account, region) = (&simulator.options().account, &simulator.options().region);
    let bus = simulator.world().region(account, region).unwrap().bus(&"default".into()).unwrap();
    let expected = bus.rules().map(|rule| {
        let matches = Pattern::parse(rule.pattern.as_ref().unwrap().text()).unwrap().matches(&event).unwrap();
        match (rule.is_enabled(), matches) {
            (false, _) => RuleOutcome::Disabled,
            (true, true) => RuleOutcome::Matched,
            (true, false) => RuleOutcome::NoMatch,
        }
    });
    let found = (0..arrival.rules.len()).map(|rule| arrival.outcome(rule));
    prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{}", detail);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bus_agrees_with_its_rules_through_every_change(
        steps in any::<bool>().prop_flat_map(|all_named| prop::collection::vec(step(all_named), 1..40))
    ) {
        let mut simulator = Simulator::new(Options::default());
        for step in steps {
            match step {
                Step::Put(name, pattern, state) => {
                    let pattern = quote(&pattern);
                    let body = format!(r#"{{"Name":"r{name}","EventPattern":{pattern},"State":"{state}"}}"#);
                    call(&mut simulator, "PutRule", &body);
                }
                Step::Call(operation, name) => {
                    let targets = format!(r#"{{"Rule":"r{name}","Ids":["1"]}}"#);
                    if operation == "DeleteRule" {
                        call(&mut simulator, "RemoveTargets", &targets);
                    }
                    call(&mut simulator, operation, &format!(r#"{{"Name":"r{name}"}}"#));
                }
                Step::Target(name) => {
                    let target = r#"{"Id":"1","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}"#;
                    call(&mut simulator, "PutTargets", &format!(r#"{{"Rule":"r{name}","Targets":[{target}]}}"#));
                }
                Step::Archive(name, pattern) => {
                    let bus = "arn:aws:events:us-east-1:123456789012:event-bus/default";
                    let pattern = quote(&pattern);
                    let body = format!(r#"{{"ArchiveName":"a{name}","EventSourceArn":"{bus}","EventPattern":{pattern}}}"#);
                    if !call(&mut simulator, "CreateArchive", &body) {
                        call(&mut simulator, "DeleteArchive", &format!(r#"{{"ArchiveName":"a{name}"}}"#));
                    }
                }
                Step::Send(detail, source, kind) => check(&mut simulator, &detail, source, kind)?,
            }
        }
    }
}

/// Elements to choose from in so many arrays that only the rules one by one can say, and an event too large for the set.
#[test]
fn large_events_and_many_choices_get_the_same_answers() {
    let mut simulator = Simulator::new(Options::default());
    for (name, pattern) in [
        ("a", r#"{"detail":{"a":{"x":[1],"y":[2]},"b":{"x":[2]}}}"#),
        ("b", r#"{"detail":{"a":{"x":[1],"y":[1]},"b":{"x":[9]}}}"#),
        ("c", r#"{"source":["other"]}"#),
        ("d", r#"{"source":["s"],"detail":{"c":[{"exists":false}]}}"#),
    ] {
        assert!(call(&mut simulator, "PutRule", &format!(r#"{{"Name":"{name}","EventPattern":{}}}"#, quote(pattern))));
    }
    let items: Vec<String> = (0..400).map(|at| format!(r#"{{"x":{at},"y":{}}}"#, at + 1)).collect();
    let items = items.join(",");
    let many = format!(r#"{{"a":[{items}],"b":[{items}]}}"#);
    let large = format!(r#"{{"a":[{items}],"b":[{items}],"c":"{}"}}"#, "c".repeat(70_000));
    for detail in [many, large, r#"{"a":[{"x":1,"y":2}],"b":{"x":2}}"#.to_owned()] {
        check(&mut simulator, &detail, "s", "t").unwrap();
    }
}
