//! Laws about what users write in languages of their own: templates, policies, and inputs that were valid before somebody
//! damaged them. None makes the simulator panic, every answer is JSON, and a refused call changes nothing.

use eventbridge_sim::api::control::control;
use eventbridge_sim::json::{self, Value};
use proptest::prelude::*;

use crate::laws::hold;
use crate::talk::{AWAY, HOME, Talk};

const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus/default";

/// Pieces of templates.
const TEMPLATE: [&str; 34] = [
    "<a>",
    "<b>",
    "<none>",
    "<",
    ">",
    "\"",
    "\"<a>\"",
    "\\",
    "\\\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "1",
    "null",
    "\n",
    " ",
    "é",
    "😀",
    "\\ud83d",
    "\"k\":",
    "<a",
    "a>",
    "<<a>>",
    "<aws.events.event>",
    "<aws.events.event.json>",
    "<aws.events.rule-arn>",
    "<aws.events.event.ingestion-time>",
    "{\"x\":<a>}",
    "{\"x\":\"<a>\",\"y\":[<b>]}",
    "\u{0}",
    "-1e999",
];

/// Paths of a map.
const PATHS: [&str; 14] = [
    "$",
    "$.detail",
    "$.detail.a",
    "$.detail.a[0]",
    "$.detail.a[*].b",
    "$.detail.a[99999999999]",
    "$.detail.*",
    "$.time",
    "$..a",
    "$.detail.é",
    "",
    "a",
    "$.detail.a[*][*][*]",
    "$.detail-type",
];

/// Pieces of policies: values of members.
const POLICY: [&str; 26] = [
    "\"*\"",
    "\"Allow\"",
    "\"Deny\"",
    "\"events:PutEvents\"",
    "\"events:*\"",
    "[\"events:PutRule\",\"events:PutTargets\"]",
    "{\"AWS\":\"222222222222\"}",
    "{\"AWS\":[\"*\",\"arn:aws:iam::222222222222:role/r\"]}",
    "{\"Service\":\"events.amazonaws.com\"}",
    "\"arn:aws:events:us-east-1:123456789012:event-bus/default\"",
    "\"arn:aws:events:us-east-1:123456789012:rule/*\"",
    "{\"StringEquals\":{\"events:source\":[\"s\",\"${aws:PrincipalAccount}\"]}}",
    "{\"ForAllValues:StringLike\":{\"events:source\":\"s*\"}}",
    "{\"ForAnyValue:StringNotEquals\":{\"events:TargetArn\":[]}}",
    "{\"Null\":{\"events:source\":true}}",
    "{\"DateLessThan\":{\"aws:CurrentTime\":\"x\"}}",
    "{\"NumericEqualsIfExists\":{\"aws:EpochTime\":1e400}}",
    "{\"IpAddress\":{\"aws:SourceIp\":\"::/999\"}}",
    "{\"Bogus\":{\"a\":{}}}",
    "{\"StringLike\":{\"events:detail-type\":\"${${}}*?\"}}",
    "null",
    "[]",
    "{}",
    "\"\"",
    "7",
    "[[\"events:PutEvents\"]]",
];

/// The members that a statement may have.
const MEMBERS: [&str; 9] =
    ["Sid", "Effect", "Principal", "Action", "Resource", "Condition", "NotPrincipal", "NotAction", "NotResource"];

/// Pieces that damage well.
const PIECES: [&str; 22] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "*",
    "$or",
    "null",
    "true",
    "-0",
    "1e400",
    "0.1",
    "\0",
    "é",
    "😀",
    "arn:aws:events:::",
    "\"\"",
];

type Bytes = Vec<u8>;

fn bytes(most: usize) -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..most)
}

fn text(value: &str) -> String {
    json::print(&Value::string(value))
}

fn pick<'a>(pieces: &[&'a str], byte: u8) -> &'a str {
    pieces[usize::from(byte) % pieces.len()]
}

/// A talk with a rule on everything of source `s`.
fn furnished() -> Talk {
    let mut talk = Talk::new();
    talk.hold(&[("PutRule", r#"{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}"#, "ok")]);
    talk
}

const EVENT: &str = r#"{"Entries":[{"Source":"s","DetailType":"é<a>","Detail":"{\"a\":[{\"b\":\"x\\\"y\"},[1.50,null]],\"c\":{\"<a>\":\"\\n\"}}"}]}"#;

/// A document of some statements, each with some members.
fn policy(choices: &Bytes) -> String {
    let statements = choices.chunks(8).map(|chunk| {
        let (kept, values) = chunk.split_at(chunk.len().min(2));
        let kept = kept.iter().fold(0usize, |kept, byte| kept * 256 + usize::from(*byte));
        let members = MEMBERS.iter().enumerate().filter(|(place, _)| kept >> place & 1 == 1);
        let value = |place: usize| pick(&POLICY, values.get(place % values.len().max(1)).copied().unwrap_or(3));
        let members: Vec<_> = members.map(|(place, name)| format!("\"{name}\":{}", value(place))).collect();
        format!("{{{}}}", members.join(","))
    });
    format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{}]}}", statements.collect::<Vec<_>>().join(","))
}

/// The calls of the catalogue: inputs that were right once.
fn catalogue() -> Vec<(String, String)> {
    let rows = include_str!("../data/errors.jsonl").lines().map(|line| json::parse(line).unwrap());
    let call = |operation: &Value, input: &Value| (operation.as_str().unwrap().to_owned(), json::print(input));
    rows.flat_map(|row| {
        let given = row.get("given").and_then(Value::as_array).unwrap().to_vec();
        let before =
            given.iter().map(|one| one.as_array().unwrap()).map(|one| call(&one[0], &one[1])).collect::<Vec<_>>();
        before.into_iter().chain([call(row.get("operation").unwrap(), row.get("input").unwrap())])
    })
    .collect()
}

fn damaged(input: &str, accidents: &[(u16, u8)]) -> String {
    let mut text = input.to_owned();
    for (place, what) in accidents {
        let mut at = usize::from(*place) % (text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        match what % 3 {
            0 => text.insert_str(at, pick(&PIECES, *what / 3)),
            1 => text.truncate(at),
            _ => drop((at < text.len()).then(|| text.remove(at))),
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn templates_never_panic(template in bytes(10), path in any::<(u8, u8)>(), map in any::<bool>()) {
        let template: String = template.iter().map(|byte| pick(&TEMPLATE, *byte)).collect();
        let map = match map {
            true => format!(r#""InputPathsMap":{{"a":{},"b":{}}},"#, text(pick(&PATHS, path.0)), text(pick(&PATHS, path.1))),
            false => String::new(),
        };
        let target = format!(
            r#"{{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q","InputTransformer":{{{map}"InputTemplate":{}}}}}"#,
            text(&template)
        );
        let mut talk = furnished();
        hold(&mut talk, "PutTargets", &format!(r#"{{"Rule":"r","Targets":[{target}]}}"#), HOME);
        hold(&mut talk, "PutEvents", EVENT, HOME);
        let invocations = control(&mut talk.sim, "invocations", "{}").unwrap();
        prop_assert!(json::parse(&invocations).is_ok());
        // Lints and the search for loops read the same templates.
        control(&mut talk.sim, "lint", "{}").unwrap();
        control(&mut talk.sim, "analyze", "{}").unwrap();
    }

    #[test]
    fn policies_never_panic(document in bytes(24), declared in bytes(24)) {
        let mut talk = furnished();
        let declare = |arn: &str, member: &str| format!(r#"{{"arn":"{arn}","resource":{{"{member}":{}}}}}"#, policy(&declared));
        for (arn, member) in [
            ("arn:aws:sqs:us-east-1:123456789012:q", "policy"),
            ("arn:aws:iam::123456789012:role/r", "permissions"),
            ("arn:aws:iam::222222222222:root", "permissions"),
        ] {
            // Refused or not: it must not panic, and what is refused is not there.
            let _ = control(&mut talk.sim, "declare", &declare(arn, member));
        }
        let document = policy(&document);
        hold(&mut talk, "PutPermission", &format!(r#"{{"Policy":{}}}"#, text(&document)), HOME);
        let targets = r#""Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"},{"Id":"k","Arn":"arn:aws:kinesis:us-east-1:123456789012:stream/k","RoleArn":"arn:aws:iam::123456789012:role/r"}]"#;
        hold(&mut talk, "PutTargets", &format!(r#"{{"Rule":"r",{targets}}}"#), HOME);
        hold(&mut talk, "PutEvents", EVENT, HOME);
        let away = format!(r#"{{"Entries":[{{"Source":"s","DetailType":"t","Detail":"{{}}","EventBusName":"{BUS}"}}]}}"#);
        hold(&mut talk, "PutEvents", &away, AWAY);
        hold(&mut talk, "PutRule", &format!(r#"{{"Name":"x","EventBusName":"{BUS}","EventPattern":"{{\"source\":[\"s\"]}}"}}"#), AWAY);
        hold(&mut talk, "PutTargets", &format!(r#"{{"Rule":"r","EventBusName":"{BUS}",{targets}}}"#), AWAY);
    }

    #[test]
    fn damaged_calls_never_panic(calls in prop::collection::vec((any::<u16>(), prop::collection::vec(any::<(u16, u8)>(), 0..3)), 1..8)) {
        let rows = catalogue();
        let mut talk = furnished();
        for (row, accidents) in calls {
            let (operation, input) = &rows[usize::from(row) % rows.len()];
            hold(&mut talk, operation, &damaged(input, &accidents), HOME);
        }
        // What was begun goes on: schedules, replays, retries, states.
        control(&mut talk.sim, "advance", r#"{"duration":"90m"}"#).unwrap();
    }
}
