//! Input transformers: cases of our own. The recorded rows are run by the conformance program, with the same set-up.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "conformance/input.rs"]
#[allow(dead_code, reason = "the conformance program uses the rest")]
mod input;

use input::{deliver, target};
use serde_json::{Value, json};

#[test]
fn templates_are_filled_as_described() {
    let event = r#"{"source":"s","detail-type":"t","detail":{"text":"a \"b\"","number":1.50,"list":["x",{"y":"z"}],"nothing":null}}"#;
    let paths = json!({ "text": "$.detail.text", "number": "$.detail.number", "list": "$.detail.list", "none": "$.detail.none" });
    for (template, outcome, input) in [
        (
            r#"{"a": <text>, "b": "<text>!", "c": <number>}"#,
            "delivered",
            r#"{"a": "a \"b\"", "b": "a \"b\"!", "c": 1.50}"#,
        ),
        (r#"{"a":[<none>],"b":"<none>"}"#, "delivered", r#"{"a":[""],"b":""}"#),
        (r#""n is <number>, l is <list>""#, "delivered", r#""n is 1.50, l is [x,{y:z}]""#),
        (r#"{"a":"<list>"}"#, "not-delivered", r#"{"a":"["x",{"y":"z"}]"}"#),
        (r#"{"less": "1 < 2", "a": <number>}"#, "delivered", r#"{"less": "1 < 2", "a": 1.50}"#),
        (r#"{"quoted \"": "<text>"}"#, "delivered", r#"{"quoted \"": "a \"b\""}"#),
        ("<none>", "not-delivered", ""),
    ] {
        let row = json!({ "template": template, "paths": paths });
        let received = deliver("r", target(&row, "arn:aws:sqs:us-east-1:111111111111:q"), event, "2026-01-01");
        assert_eq!((received.outcome.as_str(), received.input.as_str()), (outcome, input), "{template}");
    }
}

#[test]
fn what_is_no_template_is_refused() {
    for (template, paths, message) in [
        (
            "hello <v>",
            json!({ "v": "$" }),
            "Invalid InputTemplate for target target : [Source: (String)\"hello null\"; line: 1, column: 1].",
        ),
        ("\"<w>\"", json!({ "v": "$" }), "InputTemplate for target target contains invalid placeholder w."),
        ("\"<v>\"", json!({ "v": "$['x']" }), "InputPath for target target is invalid."),
        (
            "\"<aws.events.event>\"",
            Value::Null,
            "InputTemplate for target target contains placeholder aws.events.event valid only for JSON template.",
        ),
    ] {
        let row = json!({ "template": template, "paths": paths });
        let received = deliver("r", target(&row, "arn:aws:sqs:us-east-1:111111111111:q"), "{}", "2026-01-01");
        assert_eq!(received.rejected["message"], message);
    }
}
