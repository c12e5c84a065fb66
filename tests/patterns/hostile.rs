//! Input that means harm: it gets a verdict or a diagnostic, on a small stack.

use eventbridge_sim::analysis::explain;
use eventbridge_sim::event::{Event, EventError};
use eventbridge_sim::json;
use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::{Pattern, StepLimit};

/// Runs on a stack of one megabyte, as WebAssembly has; without optimisation, where frames are larger, of four.
fn on_small_stack(test: fn()) {
    let size = if cfg!(debug_assertions) { 4 << 20 } else { 1 << 20 };
    std::thread::Builder::new().stack_size(size).spawn(test).unwrap().join().unwrap();
}

#[test]
fn ten_megabytes_of_brackets_are_refused() {
    on_small_stack(|| {
        for open in ["[", "{\"a\":", "{\"$or\":["] {
            let text = open.repeat((10 << 20) / open.len());
            assert!(json::parse(&text).is_err());
            assert!(Event::parse(&text).unwrap_err().to_diagnostic().span.is_some());
            assert!(Pattern::parse(&text).is_err());
        }
    });
}

#[test]
fn a_string_beyond_the_readers_limit_is_refused_by_a_set_too() {
    let event = |length: usize| format!("{{\"a\":[1],\"b\":\"{}\"}}", "x".repeat(length));
    let mut set = RuleSet::new();
    set.add("rule", &Pattern::parse("{\"a\":[1]}").unwrap());
    assert_eq!(set.matches(event(json::MAX_STRING).as_bytes()).unwrap().len(), 1);
    assert!(set.matches(event(json::MAX_STRING + 1).as_bytes()).is_err());
}

#[test]
fn the_deepest_readable_texts_work() {
    on_small_stack(|| {
        let deep = format!("{}[1]{}", "{\"a\":".repeat(999), "}".repeat(999));
        let pattern = Pattern::parse(&deep).unwrap();
        let event = Event::parse(&deep).unwrap();
        assert_eq!(pattern.matches(&event), Ok(true));
        assert!(explain(&pattern, &event).unwrap().matches);
        assert_eq!(Pattern::parse(&pattern.print()).unwrap(), pattern.clone());
        let ors = format!("{}{{\"a\":[1]}}{}", "{\"$or\":[{\"b\":[1]},".repeat(400), "]}".repeat(400));
        let pattern = Pattern::parse(&ors).unwrap();
        assert_eq!(pattern.matches(&Event::parse("{\"a\":1}").unwrap()), Ok(true));
        let arrays = format!("{{\"a\":{}1{}}}", "[".repeat(998), "]".repeat(998));
        assert_eq!(pattern.matches(&Event::parse(&arrays).unwrap()), Ok(true));
    });
}

#[test]
fn lone_surrogates_are_question_marks() {
    let pattern = Pattern::parse(r#"{"a":["\ud800?"]}"#).unwrap();
    assert_eq!(pattern.matches(&Event::parse(r#"{"a":"?\udc00"}"#).unwrap()), Ok(true));
}

#[test]
fn events_must_be_objects() {
    for text in ["[]", "[{\"a\":1}]", "1", "null", "\"x\""] {
        assert!(matches!(Event::parse(text), Err(EventError::NotAnObject { .. })), "{text}");
    }
    assert!(matches!(Event::parse(""), Err(EventError::Json(_))));
}

#[test]
fn a_pattern_of_a_megabyte_is_read_and_matched() {
    let values: Vec<String> = (0..100_000).map(|n| format!("\"value-{n}\"")).collect();
    let pattern = Pattern::parse(&format!("{{\"a\":[{}]}}", values.join(","))).unwrap();
    assert_eq!(pattern.matches(&Event::parse(r#"{"a":"value-99999"}"#).unwrap()), Ok(true));
    let branches: Vec<String> = (0..50_000).map(|n| format!("{{\"a\":[{n}]}}")).collect();
    let pattern = Pattern::parse(&format!("{{\"$or\":[{}]}}", branches.join(","))).unwrap();
    assert_eq!(pattern.matches(&Event::parse(r#"{"a":49999}"#).unwrap()), Ok(true));
    assert_eq!(pattern.matches(&Event::parse(r#"{"a":"x"}"#).unwrap()), Ok(false));
}

#[test]
fn duplicate_names_by_the_thousand_are_fine() {
    let members: Vec<String> = (0..100_000).map(|n| format!("\"a\":{n}")).collect();
    let event = Event::parse(&format!("{{{}}}", members.join(","))).unwrap();
    let pattern = Pattern::parse(r#"{"a":[99999],"b":[{"exists":false}]}"#).unwrap();
    assert_eq!(pattern.matches(&event), Ok(true));
    let leaves: Vec<String> = (0..10_000).map(|n| format!("\"a\":[{n}]")).collect();
    let pattern = Pattern::parse(&format!("{{{}}}", leaves.join(","))).unwrap();
    assert_eq!(pattern.matches(&Event::parse(r#"{"a":9999}"#).unwrap()), Ok(true));
}

#[test]
fn thousands_of_ors_do_not_multiply() {
    // 2^200 combinations, all of which fail only at the last path.
    let ors: Vec<String> = (0..200).map(|n| format!("\"$or\":[{{\"a{n}\":[1]}},{{\"b{n}\":[1]}}]")).collect();
    let pattern = Pattern::parse(&format!("{{{},\"z\":[2]}}", ors.join(","))).unwrap();
    let members: Vec<String> = (0..200).map(|n| format!("\"a{n}\":1,\"b{n}\":1")).collect();
    let event = |z: u8| Event::parse(&format!("{{{},\"z\":{z}}}", members.join(","))).unwrap();
    assert_eq!(pattern.matches(&event(2)), Ok(true));
    assert_eq!(pattern.matches(&event(3)), Ok(false));
}

#[test]
fn ors_inside_arrays_do_not_multiply_either() {
    let ors: Vec<String> = (0..100).map(|n| format!("\"$or\":[{{\"a{n}\":[1]}},{{\"b{n}\":[1]}}]")).collect();
    // Nothing is matched, yet nothing is certain: every value lies in an array.
    let in_arrays: Vec<String> = (0..100).map(|n| format!("\"a{n}\":1,\"b{n}\":1")).collect();
    let event = Event::parse(&format!("{{\"r\":[{{{}}},{{\"z\":2}}]}}", in_arrays.join(","))).unwrap();
    let nested = Pattern::parse(&format!("{{\"r\":{{{},\"z\":[2]}}}}", ors.join(","))).unwrap();
    assert_eq!(nested.matches(&event), Ok(false));
}

#[test]
fn large_arrays_of_objects_are_matched_by_element() {
    let element = |n: u32| format!("{{\"b\":{},\"c\":{}}}", n % 2, (n + 1) % 2);
    let elements: Vec<String> = (0..20_000).map(element).collect();
    let event = Event::parse(&format!("{{\"a\":[{}]}}", elements.join(","))).unwrap();
    let matches = |pattern: &str| Pattern::parse(pattern).unwrap().matches(&event);
    assert_eq!(matches(r#"{"a":{"b":[1],"c":[1]}}"#), Ok(false));
    assert_eq!(matches(r#"{"a":{"b":[1],"c":[0]}}"#), Ok(true));
    assert_eq!(matches(r#"{"a":{"b":[1],"c":[{"exists":false}]}}"#), Ok(false));
}

#[test]
fn hostile_events_reach_the_step_limit_instead_of_the_end_of_time() {
    // Duplicate names make a puzzle of it: each path must pick a number, no two in different elements of an array.
    let member = |n: u32| format!("\"p{n}\":[[{{\"x\":1}},{{\"y\":1}}],[{{\"x\":1}},{{\"y\":1}}]]");
    let members: Vec<String> = (0..40).map(member).collect();
    let event = Event::parse(&format!("{{\"q\":[{{{}}},{{\"z\":1}}]}}", members.join(","))).unwrap();
    let fields: Vec<String> = (0..40).map(|n| format!("\"p{n}\":{{\"x\":[1],\"y\":[1]}}")).collect();
    let pattern = Pattern::parse(&format!("{{\"q\":{{{},\"z\":[1]}}}}", fields.join(","))).unwrap();
    assert!(matches!(pattern.matches(&event), Ok(false) | Err(StepLimit)));
}
