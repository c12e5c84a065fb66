//! Laws of lints on drawn patterns and events: no false error, and fixes that say they change nothing change nothing.

use eventbridge_sim::analysis::lints::lint;
use eventbridge_sim::diagnostics::Severity;
use eventbridge_sim::event::Event;
use eventbridge_sim::pattern::Pattern;
use proptest::prelude::*;

/// Lints whose fix removes what has no effect.
const NEUTRAL: [&str; 4] = ["EB002", "EB003", "EB010", "EB011"];

fn leaf() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        r#""shop""#,
        r#""123456789012""#,
        r#""1234""#,
        r#""10.0.0.1""#,
        r#""*""#,
        r#""5""#,
        "5",
        "5.0",
        "7",
        "null",
        "true",
        r#"{"exactly":"shop"}"#,
        r#"{"prefix":""}"#,
        r#"{"prefix":"sh"}"#,
        r#"{"prefix":"s"}"#,
        r#"{"prefix":"12"}"#,
        r#"{"prefix":{"equals-ignore-case":"S"}}"#,
        r#"{"suffix":"op"}"#,
        r#"{"suffix":"p"}"#,
        r#"{"suffix":"12"}"#,
        r#"{"equals-ignore-case":"SHOP"}"#,
        r#"{"wildcard":"*"}"#,
        r#"{"wildcard":"12*"}"#,
        r#"{"wildcard":"*34*12"}"#,
        r#"{"wildcard":"s*p"}"#,
        r#"{"anything-but":"shop"}"#,
        r#"{"anything-but":["shop","x"]}"#,
        r#"{"anything-but":[5,6]}"#,
        r#"{"anything-but":{"prefix":"sh"}}"#,
        r#"{"numeric":[">",4]}"#,
        r#"{"numeric":[">=",5,"<",9]}"#,
        r#"{"numeric":["=",5]}"#,
        r#"{"numeric":["<",9]}"#,
        r#"{"exists":true}"#,
        r#"{"exists":false}"#,
        r#"{"cidr":"10.0.0.0/8"}"#,
    ])
    .prop_map(str::to_owned)
}

fn member() -> impl Strategy<Value = String> {
    let leaves = prop::collection::vec(leaf(), 1..4).prop_map(|leaves| leaves.join(", "));
    let name = prop::sample::select(vec![
        "source",
        "account",
        "detail",
        "resources",
        "replay-name",
        "detail.a",
        "detail.b",
        "detail.c.a",
        "detail.c.b",
        "detail-type",
        "source.kind",
        "status",
    ]);
    (name, leaves, prop::bool::ANY).prop_map(|(name, leaves, nested)| match name.split_once('.').filter(|_| nested) {
        Some((outer, inner)) => format!(r#""{outer}": {{ "{inner}": [{leaves}] }}"#),
        None => format!(r#""{name}": [{leaves}]"#),
    })
}

fn pattern() -> impl Strategy<Value = String> {
    let object =
        prop::collection::vec(member(), 1..3).prop_map(|members| format!("{{ {} }}", members.join(", "))).boxed();
    let or = prop::collection::vec(object, 2..4).prop_map(|objects| format!("\"$or\": [{}]", objects.join(", ")));
    let member = prop_oneof![5 => member().boxed(), 1 => or.boxed()];
    prop::collection::vec(member, 1..4).prop_map(|members| format!("{{ {} }}", members.join(", ")))
}

/// An event as a bus delivers it.
fn event() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec!["shop", "SHOP", "*", "5", "10.0.0.1", "x", "", "snap"]);
    let account = prop::sample::select(vec!["123456789012", "341234561212", "000000000001"]);
    let value = prop::sample::select(vec![
        "5",
        "5.0",
        "7",
        "12",
        "null",
        "true",
        "\"shop\"",
        "\"sp\"",
        "[]",
        "[1, \"x\"]",
        "{}",
        "[{\"a\": 5}, {\"b\": 7}]",
        "{\"a\": 5, \"b\": \"shop\"}",
    ]);
    let resources = prop::sample::select(vec!["[]", "[\"shop\"]", "[\"x\", \"1234\"]"]);
    let replay = prop::sample::select(vec!["", ", \"replay-name\": \"shop\""]);
    let detail = prop::collection::vec((prop::sample::select(vec!["a", "b", "c", "status"]), value), 0..3);
    (text.clone(), text, account, resources, replay, detail).prop_map(|(source, kind, account, resources, replay, detail)| {
        let detail: Vec<String> = detail.into_iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        format!(
            r#"{{ "version": "0", "id": "i", "detail-type": "{kind}", "source": "{source}", "account": "{account}", "time": "t", "region": "r", "resources": {resources}, "detail": {{ {} }}{replay} }}"#,
            detail.join(", ")
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn where_a_lint_says_error_no_event_matches(pattern in pattern(), events in prop::collection::vec(event(), 8)) {
        let read = Pattern::parse(&pattern).unwrap();
        if lint(&pattern).iter().any(|found| found.severity == Severity::Error) {
            for event in events {
                prop_assert!(!read.matches(&Event::parse(&event).unwrap()).unwrap(), "{} matches {}", pattern, event);
            }
        }
    }

    #[test]
    fn a_fix_that_removes_what_has_no_effect_has_none(pattern in pattern(), events in prop::collection::vec(event(), 8)) {
        let read = Pattern::parse(&pattern).unwrap();
        for found in lint(&pattern) {
            let Some(fix) = &found.fix else { continue };
            let fixed = fix.apply(&pattern).unwrap();
            let fixed_read = Pattern::parse(&fixed);
            prop_assert!(fixed_read.is_ok(), "{} of {} gives {}", found.code, pattern, fixed);
            if !NEUTRAL.contains(&found.code) {
                continue;
            }
            for event in &events {
                let event_read = Event::parse(event).unwrap();
                let (before, after) = (read.matches(&event_read).unwrap(), fixed_read.clone().unwrap().matches(&event_read).unwrap());
                prop_assert_eq!(before, after, "{} of {} gives {} for {}", found.code, pattern, fixed, event);
            }
        }
    }

    #[test]
    fn any_text_gets_an_answer(pattern in pattern(), at in 0usize..200, with in "[\\[\\]{}:,\"a1* ]{0,2}") {
        let at = pattern.char_indices().map(|(at, _)| at).nth(at).unwrap_or(0);
        let damaged = format!("{}{with}{}", &pattern[..at], pattern[at..].chars().skip(1).collect::<String>());
        for found in lint(&damaged) {
            let _ = found.locate(&damaged);
            if let Some(fix) = &found.fix {
                prop_assert!(fix.apply(&damaged).is_some());
            }
        }
    }
}
