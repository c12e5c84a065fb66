//! Laws that hold for every text, pattern and event.

use eventbridge_sim::analysis::{explain, first_failure};
use eventbridge_sim::event::Event;
use eventbridge_sim::json;
use eventbridge_sim::pattern::Pattern;
use proptest::prelude::*;

/// A field name from a small set, so that patterns and events meet.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "a.b", "b.c", "é", "detail-type"]).prop_map(str::to_owned)
}

/// A scalar as JSON text.
fn scalar() -> impl Strategy<Value = String> {
    let fixed = ["1", "1.0", "2e0", "-3", "true", "null", "\"x\"", "\"X\"", "\"xy\"", "\"\"", "\"10.0.0.1\"", "\"ß\""];
    prop::sample::select(fixed.to_vec()).prop_map(str::to_owned)
}

pub(super) fn leaf() -> impl Strategy<Value = String> {
    let operators = [
        r#"{"prefix":"x"}"#,
        r#"{"suffix":{"equals-ignore-case":"Y"}}"#,
        r#"{"equals-ignore-case":"XY"}"#,
        r#"{"wildcard":"x*"}"#,
        r#"{"anything-but":"x"}"#,
        r#"{"anything-but":[1,2]}"#,
        r#"{"anything-but":{"prefix":["x"]}}"#,
        r#"{"numeric":[">",0,"<=",2]}"#,
        r#"{"numeric":["=",1.0]}"#,
        r#"{"exists":true}"#,
        r#"{"exists":false}"#,
        r#"{"cidr":"10.0.0.0/8"}"#,
        r#"{"exactly":"x"}"#,
    ];
    prop_oneof![scalar(), prop::sample::select(operators.to_vec()).prop_map(str::to_owned)]
}

pub(super) fn pattern() -> impl Strategy<Value = String> {
    let leaves = prop::collection::vec(leaf(), 1..4).prop_map(|leaves| format!("[{}]", leaves.join(","))).boxed();
    let flat = prop::collection::vec((name(), leaves.clone()), 1..4).prop_map(members);
    flat.prop_recursive(3, 24, 4, move |inner| {
        let node = prop_oneof![leaves.clone(), inner.clone()];
        let field = (name(), node);
        let or = prop::collection::vec(inner, 2..4)
            .prop_map(|objects| ("$or".to_owned(), format!("[{}]", objects.join(","))));
        prop::collection::vec(prop_oneof![4 => field.boxed(), 1 => or.boxed()], 1..4).prop_map(members)
    })
}

pub(super) fn event() -> impl Strategy<Value = String> {
    let value = scalar().prop_recursive(4, 32, 4, |inner| {
        let array = prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(",")));
        prop_oneof![array, prop::collection::vec((name(), inner), 0..4).prop_map(members)]
    });
    prop::collection::vec((name(), value), 0..5).prop_map(members)
}

fn members(members: Vec<(String, String)>) -> String {
    let members: Vec<String> =
        members.into_iter().map(|(name, value)| format!("{}:{value}", json::quote(&name))).collect();
    format!("{{{}}}", members.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_explanation_agrees_with_the_match(pattern in pattern(), event in event()) {
        let (pattern, event) = (Pattern::parse(&pattern).unwrap(), Event::parse(&event).unwrap());
        let explained = explain(&pattern, &event).unwrap();
        prop_assert_eq!(explained.matches, pattern.matches(&event).unwrap());
        prop_assert_eq!(explained.matches, explained.leaves.iter().all(|leaf| leaf.matched));
        prop_assert_eq!(explained.first_failure().is_none(), explained.matches);
        prop_assert_eq!(first_failure(&pattern, &event).unwrap(), explained.first_failure());
    }

    #[test]
    fn printing_and_reading_give_the_same_pattern(pattern in pattern()) {
        let pattern = Pattern::parse(&pattern).unwrap();
        prop_assert_eq!(Pattern::parse(&pattern.print()).unwrap(), pattern);
    }

    #[test]
    fn an_evaluation_equals_the_one_with_all_sub_rules_written_out(pattern in pattern(), event in event()) {
        let event_read = Event::parse(&event).unwrap();
        let matched = Pattern::parse(&pattern).unwrap().matches(&event_read).unwrap();
        let written_out = super::naive::matches(&pattern, &event);
        prop_assert_eq!(matched, written_out);
    }

    #[test]
    fn any_text_gets_an_answer(text in "[\\[\\]{}:,\"a1\\-.eE+\\\\ud8 tfn$or*/\u{0}-\u{20}é😀]{0,40}") {
        let read = json::parse(&text);
        if let Ok(value) = &read {
            prop_assert_eq!(&json::parse(&json::print(value)).unwrap(), value);
        }
        if let Err(error) = Event::parse(&text) {
            let _ = error.to_diagnostic().locate(&text);
        }
        if let Err(error) = Pattern::parse(&text) {
            let _ = error.to_diagnostic().render(&text, "pattern");
        }
    }

    #[test]
    fn a_damaged_pattern_gets_an_answer(pattern in pattern(), at in 0usize..200, with in "[\\[\\]{}:,\"a1 ]{0,2}") {
        let at = pattern.char_indices().map(|(at, _)| at).nth(at).unwrap_or(0);
        let damaged = format!("{}{with}{}", &pattern[..at], pattern[at..].chars().skip(1).collect::<String>());
        if let Err(error) = Pattern::parse(&damaged) {
            prop_assert!(error.span().end as usize <= damaged.len());
        }
    }
}
