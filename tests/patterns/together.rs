//! Many rules at once against each rule by itself: the set never differs from the evaluator.

use super::second_opinion::{event, pattern};
use eventbridge_sim::event::Event;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::Pattern;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The names of the rules that match, each asked by itself.
fn one_by_one(rules: &BTreeMap<String, Pattern>, event: &str) -> Option<Vec<String>> {
    let event = Event::parse(event).ok()?;
    let matches = |(_, pattern): &(&String, &Pattern)| pattern.matches(&event).unwrap();
    Some(rules.iter().filter(matches).map(|(name, _)| name.clone()).collect())
}

fn together(set: &mut RuleSet, event: &str) -> Option<Vec<String>> {
    let ids = set.matches(event.as_bytes()).ok()?.to_vec();
    if Event::parse(event).is_ok() {
        assert_eq!(set.matches_valid(event.as_bytes()).unwrap(), ids, "as a valid event: {event}");
    }
    let mut names: Vec<String> = ids.into_iter().map(|id| set.name(id).to_owned()).collect();
    names.sort();
    Some(names)
}

#[derive(Clone, Debug)]
enum Step {
    Add(usize, String),
    Remove(usize),
    Match(String),
    /// The event with one byte replaced: mostly no JSON any more.
    MatchBroken(String, prop::sample::Index, u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..12usize, pattern()).prop_map(|(name, pattern)| Step::Add(name, pattern)),
        1 => (0..12usize).prop_map(Step::Remove),
        4 => event().prop_map(Step::Match),
        1 => (event(), any::<prop::sample::Index>(), any::<u8>())
            .prop_map(|(event, at, byte)| Step::MatchBroken(event, at, byte)),
    ]
}

/// Takes the steps, on a set that may hold other rules, which match none of the events.
fn agrees(set: &mut RuleSet, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let others = set.len();
    let mut rules = BTreeMap::new();
    for step in steps {
        match step {
            Step::Add(name, pattern) => {
                let Ok(pattern) = Pattern::parse(&pattern) else { continue };
                set.add(&name.to_string(), &pattern);
                rules.insert(name.to_string(), pattern);
            }
            Step::Remove(name) => {
                prop_assert_eq!(set.remove(&name.to_string()), rules.remove(&name.to_string()).is_some());
            }
            Step::Match(event) => {
                prop_assert_eq!(together(set, &event), one_by_one(&rules, &event), "{}", event);
            }
            Step::MatchBroken(event, at, byte) => {
                let mut bytes = event.into_bytes();
                let at = at.index(bytes.len());
                bytes[at] = byte;
                let Ok(event) = String::from_utf8(bytes.clone()) else {
                    // Behind the event anything may stand.
                    let _ = set.matches(&bytes);
                    continue;
                };
                prop_assert_eq!(together(set, &event), one_by_one(&rules, &event), "{}", event);
            }
        }
        prop_assert_eq!(set.len(), others + rules.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_set_agrees_with_its_rules_through_adding_and_removing(steps in prop::collection::vec(step(), 1..40)) {
        agrees(&mut RuleSet::new(), steps)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_set_that_is_large_agrees_too(steps in prop::collection::vec(step(), 1..40)) {
        // A large set gathers its candidates before it checks them.
        let values: Vec<String> = (0..2_000).map(|value| value.to_string()).collect();
        let other = Pattern::parse(&format!(r#"{{"nobody":[{}]}}"#, values.join(","))).unwrap();
        let mut set = RuleSet::new();
        (0..9).for_each(|number| { set.add(&format!("other {number}"), &other); });
        agrees(&mut set, steps)?;
    }
}

fn rows() -> (BTreeMap<String, Pattern>, Vec<String>) {
    let (mut rules, mut events) = (BTreeMap::new(), Vec::new());
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for file in ["operators.jsonl", "random.jsonl"] {
        for line in std::fs::read_to_string(data.join(file)).unwrap().lines() {
            let row = json::parse(line).unwrap();
            let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
            let Some(Ok(pattern)) = text("pattern").map(|pattern| Pattern::parse(&pattern)) else { continue };
            rules.insert(text("id").unwrap(), pattern);
            events.extend(text("event"));
        }
    }
    events.sort();
    events.dedup();
    (rules, events)
}

#[test]
fn all_conformance_rows_in_one_set_agree_with_the_evaluator() {
    let (rules, events) = rows();
    assert!(rules.len() > 8_000 && events.len() > 2_500, "{} {}", rules.len(), events.len());
    let mut set = RuleSet::new();
    for (name, pattern) in &rules {
        set.add(name, pattern);
    }
    // Every rule by itself on every event would be fifty million evaluations: all of one event in a hundred and twenty-eight, in turn.
    for (number, event) in events.iter().enumerate() {
        let found = together(&mut set, event);
        let part: BTreeMap<String, Pattern> =
            rules.iter().skip(number % 128).step_by(128).map(|(n, p)| (n.clone(), p.clone())).collect();
        let found = found.map(|names| names.into_iter().filter(|name| part.contains_key(name)).collect::<Vec<_>>());
        assert_eq!(found, one_by_one(&part, event), "{event}");
    }
    for name in rules.keys() {
        assert!(set.remove(name));
    }
    assert!(set.is_empty() && set.matches(b"{\"a\":1}").unwrap().is_empty());
}

#[test]
fn a_set_of_one_kind_gives_everything_back() {
    let mut set = RuleSet::new();
    let pattern = |number: usize| {
        Pattern::parse(&format!(
            r#"{{"a":["x{number}",{{"prefix":"p{number}"}},{{"wildcard":"w{number}*z"}},{{"wildcard":"*m{number}*"}}],
                "n":[{{"numeric":[">",{number}]}}],"c":[{{"cidr":"10.{}.0.0/16"}},{{"anything-but":["y{number}","z"]}}]}}"#,
            number % 256
        ))
        .unwrap()
    };
    for round in 0..3 {
        for number in 0..500 {
            set.add(&format!("rule-{number}"), &pattern(number + round));
        }
        let ids = set.matches(br#"{"a":"x7","n":1e5,"c":"q"}"#).unwrap().to_vec();
        assert_eq!(ids.len(), usize::from(round <= 7));
    }
    let full = set.size();
    for number in 0..500 {
        set.remove(&format!("rule-{number}"));
    }
    assert!(set.is_empty() && set.size() <= full);
}

#[test]
fn what_no_rule_names_is_checked_however_deep_it_is() {
    let rules = BTreeMap::from([("rule".to_owned(), Pattern::parse(r#"{"k":[1]}"#).unwrap())]);
    let mut set = RuleSet::new();
    set.add("rule", &rules["rule"]);
    for depth in (60..=68).chain(126..=131).chain(996..=1002) {
        let open: String = (0..depth).map(|level| if level % 3 == 0 { "[" } else { "{\"a\":" }).collect();
        let close: String = (0..depth).rev().map(|level| if level % 3 == 0 { "]" } else { "}" }).collect();
        let swapped = close.replace('}', "|").replace(']', "}").replace('|', "]");
        for close in [&close, &swapped, &close[1..], &format!("{close}]")] {
            let event = format!("{{\"x\":{open}[0,{{}},\"s\"]{close},\"k\":1}}");
            assert_eq!(together(&mut set, &event), one_by_one(&rules, &event), "{depth} deep: {event}");
        }
    }
}
