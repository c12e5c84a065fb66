//! Laws of `satisfy`: a witness matches, "none" is never said where an event is known, and small worlds are searched whole.

use eventbridge_sim::analysis::compare::{Relation, compare};
use eventbridge_sim::analysis::sample::sample;
use eventbridge_sim::analysis::satisfy::{Answer, Arrays, Question, World, ask, satisfy};
use eventbridge_sim::event::Event;
use eventbridge_sim::json;
use eventbridge_sim::pattern::Pattern;
use proptest::prelude::*;

use super::laws;

fn read(text: &str) -> Pattern {
    Pattern::parse(text).unwrap()
}

/// Asks, and shows a witness to the patterns once more.
fn asked(want: &[&Pattern], avoid: &[&Pattern], world: World, arrays: Arrays) -> Answer {
    let answer = ask(&Question { want, avoid, world, arrays });
    if let Answer::Witness(event) = &answer {
        // As text, as a user would pass it on.
        let event = Event::parse(&json::print(event)).unwrap();
        want.iter().for_each(|pattern| assert_eq!(pattern.matches(&event), Ok(true), "{}", pattern.text()));
        avoid.iter().for_each(|pattern| assert_eq!(pattern.matches(&event), Ok(false), "{}", pattern.text()));
    }
    answer
}

/// A leaf array about the one field `x`, from operators that short texts tell apart.
fn leaves() -> impl Strategy<Value = String> {
    let text = "[abA]{0,3}";
    let listed = prop::collection::vec(text, 1..3).prop_map(|texts| format!("{texts:?}"));
    let nested = |name: &'static str| {
        prop::collection::vec("[abA]{1,2}", 1..3)
            .prop_map(move |texts| format!(r#"{{"anything-but":{{"{name}":{texts:?}}}}}"#))
    };
    let leaf = prop_oneof![
        text.prop_map(|text| format!("{text:?}")),
        text.prop_map(|text| format!(r#"{{"prefix":{text:?}}}"#)),
        text.prop_map(|text| format!(r#"{{"suffix":{text:?}}}"#)),
        text.prop_map(|text| format!(r#"{{"equals-ignore-case":{text:?}}}"#)),
        text.prop_map(|text| format!(r#"{{"prefix":{{"equals-ignore-case":{text:?}}}}}"#)),
        "[ab]?\\*?[ab]?\\*?[ab]"
            .prop_filter("two stars side by side", |text| !text.contains("**"))
            .prop_map(|text| format!(r#"{{"wildcard":{text:?}}}"#)),
        listed.prop_map(|texts| format!(r#"{{"anything-but":{texts}}}"#)),
        nested("prefix"),
        nested("suffix"),
        nested("equals-ignore-case"),
        (0..4i32).prop_map(|number| number.to_string()),
        (0..4i32, 0..4i32).prop_map(|(low, more)| format!(r#"{{"numeric":[">",{low},"<=",{}]}}"#, low + more + 1)),
        (0..4i32).prop_map(|number| format!(r#"{{"anything-but":[{number}]}}"#)),
        prop::sample::select(vec!["null", "true", r#"{"exists":true}"#, r#"{"exists":false}"#]).prop_map(str::to_owned),
    ];
    prop::collection::vec(leaf, 1..3).prop_map(|leaves| format!(r#"{{"x":[{}]}}"#, leaves.join(",")))
}

/// All events that say something of `x` and are small.
fn small_world() -> Vec<Event> {
    let mut texts = vec![String::new()];
    for length in 0..4 {
        let longer: Vec<String> = texts.iter().filter(|text| text.len() == length).cloned().collect();
        texts.extend(longer.iter().flat_map(|text| ["a", "b", "A", "B", "c"].map(|letter| format!("{text}{letter}"))));
    }
    let mut values: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    values.extend(
        ["null", "true", "false", "-1", "0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "5", "6", "7", "8", "9"]
            .map(str::to_owned),
    );
    let mut events = vec![Event::parse("{}").unwrap()];
    events.extend(values.iter().map(|value| Event::parse(&format!(r#"{{"x":{value}}}"#)).unwrap()));
    events
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn none_is_never_said_where_an_event_is_known(
        patterns in prop::collection::vec(laws::pattern(), 1..4), event in laws::event()
    ) {
        let event = Event::parse(&event).unwrap();
        let patterns: Vec<Pattern> = patterns.iter().map(|pattern| read(pattern)).collect();
        let (want, avoid): (Vec<&Pattern>, Vec<&Pattern>) =
            patterns.iter().partition(|pattern| pattern.matches(&event) == Ok(true));
        if !want.is_empty() {
            prop_assert_ne!(asked(&want, &[], World::Any, Arrays::Allowed), Answer::None);
            prop_assert_ne!(asked(&want, &avoid, World::Any, Arrays::Allowed), Answer::None);
        }
    }

    #[test]
    fn every_pattern_alone_has_an_answer_and_a_sample(pattern in laws::pattern()) {
        let pattern = read(&pattern);
        prop_assert!(matches!(asked(&[&pattern], &[], World::Any, Arrays::Allowed), Answer::Witness(_)));
        let Answer::Witness(event) = sample(&pattern) else { panic!("{} has no sample", pattern.text()) };
        prop_assert_eq!(pattern.matches(&Event::from_value(event).unwrap()), Ok(true));
    }

    #[test]
    fn comparing_agrees_with_every_event(one in laws::pattern(), other in laws::pattern(), event in laws::event()) {
        let (one, other, event) = (read(&one), read(&other), Event::parse(&event).unwrap());
        let (first, second) = (one.matches(&event).unwrap(), other.matches(&event).unwrap());
        let compared = compare(&one, &other);
        // The only name of the envelope among these is `detail-type`, where a bus has one string.
        let is_text = event.value().get("detail-type").is_some_and(|value| value.as_str().is_some());
        if is_text && event.at("detail-type").len() == 1 {
            match compared.relation {
                Relation::Equal => prop_assert_eq!(first, second),
                Relation::Subset => prop_assert!(second || !first),
                Relation::Superset => prop_assert!(first || !second),
                Relation::Disjoint => prop_assert!(!(first && second)),
                Relation::Overlapping | Relation::Unknown => {}
            }
        }
    }

    #[test]
    fn a_small_world_is_searched_whole(one in leaves(), other in leaves(), without in leaves()) {
        let (one, other, without) = (read(&one), read(&other), read(&without));
        let is = |pattern: &Pattern, event: &Event| pattern.matches(event) == Ok(true);
        let answer = asked(&[&one, &other], &[&without], World::Any, Arrays::Left);
        let world = small_world();
        let known = world.iter().find(|event| is(&one, event) && is(&other, event) && !is(&without, event));
        prop_assert!(!matches!(answer, Answer::Unknown(_)));
        // A witness was shown to the patterns and may be larger than this world.
        prop_assert!(answer != Answer::None || known.is_none());
    }
}

#[test]
fn what_only_arrays_can_do() {
    let rows = [
        // Two values at one path.
        (r#"{"a":{"s":["x"]}}"#, r#"{"a":{"s":["y"]}}"#, true),
        // Absent for one and present for the other, told apart by an element chosen before.
        (r#"{"a":{"b":[1],"c":[{"exists":false}]}}"#, r#"{"a":{"c":[5]}}"#, true),
        // Nothing is chosen before, so nothing can tell them apart.
        (r#"{"a":{"b":[{"exists":false}],"c":[1]}}"#, r#"{"a":{"b":[5]}}"#, false),
        (r#"{"a":[{"exists":false}]}"#, r#"{"a":[{"exists":true}]}"#, false),
        (r#"{"a":[1],"b":[{"exists":false}]}"#, r#"{"b":["x"]}"#, false),
        (r#"{"a":[1],"a.b":[{"exists":false}]}"#, r#"{"a.b":["x"]}"#, true),
    ];
    for (one, other, possible) in rows {
        let answer = asked(&[&read(one), &read(other)], &[], World::Any, Arrays::Allowed);
        assert_eq!(matches!(answer, Answer::Witness(_)), possible, "{one} {other} {answer:?}");
        assert_eq!(answer == Answer::None, !possible, "{one} {other} {answer:?}");
    }
    assert_eq!(satisfy(&[&read(r#"{"source":["a"]}"#), &read(r#"{"source":["b"]}"#)], World::Bus), Answer::None);
}

#[test]
fn addresses_and_numbers_are_told_apart_exactly() {
    let rows = [
        (r#"{"a":[{"cidr":"10.0.0.0/8"}]}"#, r#"{"a":[{"cidr":"10.255.0.0/16"}]}"#, true),
        (r#"{"a":[{"cidr":"10.0.0.0/8"}]}"#, r#"{"a":[{"cidr":"11.0.0.0/8"}]}"#, false),
        (r#"{"a":[{"cidr":"10.0.0.0/8"}]}"#, r#"{"a":[{"prefix":"::ffff:0a"}]}"#, true),
        (r#"{"a":[{"cidr":"::/0"}]}"#, r#"{"a":[{"prefix":"::ffff:"}]}"#, true),
        (r#"{"a":[{"cidr":"10.0.0.0/8"}]}"#, r#"{"a":[{"wildcard":"00000000*.*"}]}"#, false),
        (r#"{"a":[{"cidr":"10.0.0.0/8"}]}"#, r#"{"a":[{"wildcard":"0000000*.*"}]}"#, true),
        (r#"{"a":["10.0.0.1"]}"#, r#"{"a":[{"suffix":".01"}]}"#, true),
        (r#"{"a":["10.0.0.1"]}"#, r#"{"a":[{"suffix":".2"}]}"#, false),
        (r#"{"a":[{"numeric":[">",5]}]}"#, r#"{"a":[{"numeric":["<",5.00000000000001]}]}"#, true),
        (r#"{"a":[{"numeric":[">",9007199254740992]}]}"#, r#"{"a":[{"numeric":["<",9007199254740994]}]}"#, false),
        (r#"{"a":[{"numeric":[">",5]}]}"#, r#"{"a":["6"]}"#, false),
        (r#"{"a":[12345678901234567890]}"#, r#"{"a":[{"anything-but":[12]}]}"#, true),
        (r#"{"a":[12345678901234567890]}"#, r#"{"a":[{"numeric":[">",1]}]}"#, false),
    ];
    for (one, other, possible) in rows {
        let answer = asked(&[&read(one), &read(other)], &[], World::Any, Arrays::Left);
        assert_eq!(matches!(answer, Answer::Witness(_)), possible, "{one} {other} {answer:?}");
        assert_eq!(answer == Answer::None, !possible, "{one} {other} {answer:?}");
    }
}

#[test]
fn hostile_patterns_get_an_answer() {
    let ors = |count: usize, value: &str| {
        let or = |index: usize| format!(r#""f{index}":{{"$or":[{{"a":["{value}"]}},{{"b":["{value}"]}}]}}"#);
        format!("{{{}}}", (0..count).map(or).collect::<Vec<_>>().join(","))
    };
    let (one, other) = (read(&ors(60, "x")), read(&ors(60, "y")));
    assert!(matches!(asked(&[&one, &other], &[], World::Any, Arrays::Left), Answer::Witness(_)));
    let stars: Vec<String> = (0..40).map(|index| format!(r#"{{"wildcard":"*a{index}*b*c*d*"}}"#)).collect();
    let refused: Vec<String> = (0..40).map(|index| format!(r#""*{index}a*b*c*""#)).collect();
    let one = read(&format!(r#"{{"a":[{}]}}"#, stars.join(",")));
    let other = read(&format!(r#"{{"a":[{{"anything-but":{{"wildcard":[{}]}}}}]}}"#, refused.join(",")));
    let _ = asked(&[&one, &other], &[], World::Any, Arrays::Left);
    let _ = asked(&[&other], &[&one], World::Any, Arrays::Allowed);
}
