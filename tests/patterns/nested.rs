//! Arrays in arrays: which elements agree, and leaving an event that is known to be sound early.

use eventbridge_sim::event::Event;
use eventbridge_sim::matcher::RuleSet;
use eventbridge_sim::pattern::Pattern;
use proptest::prelude::*;
use std::collections::BTreeMap;

const NAMES: [&str; 3] = ["a", "b", "c\\u0063"];

/// An object with each name at most once; what lies in it is a number, an object, an array, or a text full of brackets.
fn object() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![4 => (0..3u8).prop_map(|number| number.to_string()), 1 => Just(r#""}]\"[{""#.to_owned())];
    let value = leaf.prop_recursive(5, 60, 5, |inner| {
        let items = prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(",")));
        let padded =
            (members(inner.clone()), 0..70usize).prop_map(|(object, pad)| format!("{}{object}", " ".repeat(pad)));
        prop_oneof![3 => items, 3 => members(inner), 1 => padded]
    });
    members(value)
}

fn members(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::btree_map(0..NAMES.len(), value, 0..4).prop_map(|members: BTreeMap<usize, String>| {
        let members: Vec<String> =
            members.iter().map(|(name, value)| format!("\"{}\":{value}", NAMES[*name])).collect();
        format!("{{{}}}", members.join(","))
    })
}

/// Paths of up to four names, each with some numbers or an absence.
fn pattern() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => prop::collection::vec(0..3u8, 1..3).prop_map(|numbers| format!("{numbers:?}")),
        1 => Just("[{\"exists\":false}]".to_owned()),
        1 => Just("[{\"anything-but\":1}]".to_owned()),
    ];
    let node = leaf.prop_recursive(3, 12, 3, |inner| {
        prop::collection::btree_map(0..NAMES.len(), inner, 1..4).prop_map(|members| {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("\"{}\":{value}", NAMES[*name])).collect();
            format!("{{{}}}", members.join(","))
        })
    });
    (node.clone(), node).prop_map(|(one, other)| format!("{{\"a\":{one},\"b\":{other}}}"))
}

/// What an array of orders may hold: elements with numbers and further arrays, now and then one array within another, or a
/// second array of the same name.
fn orders(depth: u32) -> BoxedStrategy<String> {
    let number = (0..3u8).prop_map(|number| number.to_string()).boxed();
    let lines = if depth == 0 { number.clone() } else { orders(depth - 1) };
    let field = prop_oneof![
        3 => ("[bc]", number),
        2 => ("[de]", lines),
    ]
    .prop_map(|(name, value)| (name, value));
    let order = prop::collection::vec(field, 1..5).prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    });
    let array = prop::collection::vec(order.clone(), 1..5).prop_map(|orders| format!("[{}]", orders.join(",")));
    let double = prop::collection::vec(array.clone(), 1..3).prop_map(|arrays| format!("[{}]", arrays.join(",")));
    prop_oneof![8 => array, 1 => double, 1 => order].boxed()
}

/// Some of the paths that orders have, each with a number or two.
fn choice() -> impl Strategy<Value = String> {
    let paths = ["a.b", "a.c", "a.d.b", "a.d.c", "a.e.b", "a.e.c", "a.d.d.b", "a.d.d.c", "a.d.e.b"];
    let leaves = prop::collection::vec(0..3u8, 1..3);
    let test = (0..paths.len(), leaves).prop_map(move |(path, numbers)| (paths[path], numbers));
    prop::collection::vec(test, 2..5).prop_map(|tests| {
        let tests: Vec<String> = tests.iter().map(|(path, numbers)| format!("\"{path}\":{numbers:?}")).collect();
        format!("{{{}}}", tests.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn elements_agree_as_the_evaluator_says(
        patterns in prop::collection::vec(pattern(), 1..8),
        events in prop::collection::vec(object(), 1..6),
    ) {
        let patterns: Vec<Pattern> = patterns.iter().map(|pattern| Pattern::parse(pattern).unwrap()).collect();
        let mut set = RuleSet::new();
        let ids: Vec<_> = patterns.iter().enumerate().map(|(at, pattern)| set.add(&at.to_string(), pattern)).collect();
        for text in &events {
            let event = Event::parse(text).unwrap();
            let expected: Vec<bool> = patterns.iter().map(|pattern| pattern.matches(&event).unwrap()).collect();
            let found = set.matches(text.as_bytes()).unwrap().to_vec();
            let valid = set.matches_valid(text.as_bytes()).unwrap().to_vec();
            let trusted = set.matches_trusted(text.as_bytes()).unwrap();
            for (id, expected) in ids.iter().zip(expected) {
                prop_assert_eq!(found.contains(id), expected, "{}", text);
                prop_assert_eq!(valid.contains(id), expected, "valid {}", text);
                prop_assert_eq!(trusted.contains(id), expected, "trusted {}", text);
            }
        }
    }

    #[test]
    fn one_element_of_each_array_is_chosen(
        patterns in prop::collection::vec(choice(), 1..12),
        events in prop::collection::vec((orders(2), prop::option::weighted(0.2, orders(1))), 1..4),
    ) {
        let patterns: Vec<Pattern> = patterns.iter().map(|pattern| Pattern::parse(pattern).unwrap()).collect();
        let mut set = RuleSet::new();
        let ids: Vec<_> = patterns.iter().enumerate().map(|(at, pattern)| set.add(&at.to_string(), pattern)).collect();
        for (orders, more) in &events {
            let more = more.as_ref().map_or_else(String::new, |more| format!(",\"a\":{more}"));
            let text = format!("{{\"a\":{orders}{more}}}");
            let event = Event::parse(&text).unwrap();
            let valid = set.matches_valid(text.as_bytes()).unwrap().to_vec();
            let found = set.matches(text.as_bytes()).unwrap();
            prop_assert_eq!(&valid, found, "{}", text);
            for (id, pattern) in ids.iter().zip(&patterns) {
                prop_assert_eq!(found.contains(id), pattern.matches(&event).unwrap(), "{} {}", pattern.text(), text);
            }
        }
    }
}
