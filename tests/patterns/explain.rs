//! What explanations say.

use eventbridge_sim::analysis::{BESIDE, Explanation, explain};
use eventbridge_sim::event::Event;
use eventbridge_sim::pattern::Pattern;

fn explained(pattern: &str, event: &str) -> Explanation {
    explain(&Pattern::parse(pattern).unwrap(), &Event::parse(event).unwrap()).unwrap()
}

#[test]
fn the_first_failure_says_what_is_there_and_what_should_be() {
    for (pattern, event, wanted) in [
        (
            r#"{"a":{"state":["running"]}}"#,
            r#"{"a":{"state":"stopped"}}"#,
            r#"`a.state` is "stopped", expected "running""#,
        ),
        (r#"{"a":["x",{"prefix":"y"}]}"#, r#"{"a":["b",1]}"#, r#"`a` is "b" and 1, expected "x" or prefix "y""#),
        (r#"{"a":{"x":[1]}}"#, r#"{"a":{}}"#, "`a.x` is missing, expected 1"),
        (r#"{"a":[{"exists":false}]}"#, r#"{"a":null}"#, "`a` is null, expected no value"),
        (r#"{"a":[{"exists":true}]}"#, r#"{"a":[]}"#, "`a` is an empty array, expected any value"),
        (
            r#"{"a":[{"exists":true}]}"#,
            r#"{"a":{"b":1}}"#,
            "`a` is an object, expected any value (`a` holds objects: name a field inside, such as `b`)",
        ),
        (
            r#"{"a":["Running"]}"#,
            r#"{"a":"running"}"#,
            r#"`a` is "running", expected "Running" (only the case differs: correct it, or use `equals-ignore-case`)"#,
        ),
        (r#"{"a":[300]}"#, r#"{"a":"300"}"#, r#"`a` is "300", expected 300 (the event has a string: write `"300"`)"#),
        (
            r#"{"a":[{"numeric":[">",5,"<=",9]}]}"#,
            r#"{"a":"7"}"#,
            r#"`a` is "7", expected a number > 5 and <= 9 (the event has the number as a string, and `numeric` sees only numbers)"#,
        ),
        (
            r#"{"detailType":["x"]}"#,
            r#"{"detail-type":"x"}"#,
            r#"`detailType` is missing, expected "x" (the event has no `detailType` but `detail-type`)"#,
        ),
        (
            r#"{"detail":{"state":["x"]}}"#,
            r#"{"detail":"{\"state\":\"x\"}"}"#,
            r#"`detail.state` is missing, expected "x" (`detail` is a string that holds JSON: patterns do not look inside strings)"#,
        ),
        (
            r#"{"r":["arn:aws:rds:eu-west-1:1:db:x"]}"#,
            r#"{"r":["arn:aws:rds:eu-west-1:1:db/x"]}"#,
            "`r` is \"arn:aws:rds:eu-west-1:1:db/x\", expected \"arn:aws:rds:eu-west-1:1:db:x\" (the ARNs differ only in `:` and `/`: the event has `arn:aws:rds:eu-west-1:1:db/x`)",
        ),
        (
            r#"{"a":{"b":[1],"c":[2]}}"#,
            r#"{"a":[{"b":1,"c":1},{"b":2,"c":2}]}"#,
            "`a.c` matched only in another element of the array (`a[0]` comes closest: its `c` is 1)",
        ),
    ] {
        assert_eq!(explained(pattern, event).first_failure().as_deref(), Some(wanted), "{pattern} {event}");
    }
}

#[test]
fn of_a_or_the_nearest_branch_is_told() {
    let pattern = r#"{"$or":[{"a":[1],"b":[1]},{"c":[3],"b":[2]}]}"#;
    let nearest = explained(pattern, r#"{"b":2,"c":4}"#);
    assert_eq!(
        shown(&nearest),
        [("c", false, None), ("b", true, None), ("a", false, Some("$or[0]")), ("b", false, Some("$or[0]"))]
    );
    let matching = explained(pattern, r#"{"a":1,"b":1,"c":3}"#);
    assert!(matching.matches && matching.leaves.iter().all(|leaf| leaf.matched));
    assert_eq!(matching.first_failure(), None);
}

fn shown(explained: &Explanation) -> Vec<(&str, bool, Option<&str>)> {
    explained.leaves.iter().map(|leaf| (leaf.path.as_str(), leaf.matched, leaf.branch.as_deref())).collect()
}

#[test]
fn the_other_branches_are_called_by_the_way_to_them() {
    let pattern = r#"{"w":[5],"x":{"$or":[{"a":[1]},{"y":{"$or":[{"b":[1]},{"z":{"c":[1],"b":[9]}}]}}]}}"#;
    let explained = explained(pattern, r#"{"x":{"y":{"z":{"c":1,"b":9}}}}"#);
    assert_eq!(
        shown(&explained),
        [
            ("w", false, None),
            ("x.y.z.c", true, None),
            ("x.y.z.b", true, None),
            ("x.a", false, Some("x.$or[0]")),
            ("x.y.b", false, Some("x.$or[1].y.$or[0]"))
        ]
    );
}

#[test]
fn of_many_branches_some_are_told() {
    let branches: Vec<String> = (0..1000).map(|n| format!("{{\"a\":[{n}]}}")).collect();
    let explained = explained(&format!("{{\"$or\":[{}]}}", branches.join(",")), r#"{"a":"x"}"#);
    assert_eq!(explained.leaves.len(), 1 + BESIDE);
    assert_eq!(explained.leaves[BESIDE].branch.as_deref(), Some("$or[200]"));
}

#[test]
fn spans_point_into_both_texts() {
    let (pattern, event) = (r#"{"a": ["x"]}"#, r#"{ "a": "y" }"#);
    let explained = explained(pattern, event);
    let leaf = &explained.leaves[0];
    assert_eq!(leaf.pattern_span.of(pattern), r#"["x"]"#);
    assert_eq!(leaf.event_span.unwrap().of(event), r#""y""#);
    assert_eq!(
        serde_json::to_string(&explained).unwrap(),
        r#"{"matches":false,"leaves":[{"path":"a","expected":"\"x\"","found":["y"],"matched":false,"reason":"`a` is \"y\", expected \"x\"","patternSpan":{"start":6,"end":11},"eventSpan":{"start":7,"end":10}}]}"#
    );
}
