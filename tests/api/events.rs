//! PutEvents and TestEventPattern, as far as the request goes.

use crate::talk::{Talk, help};

#[test]
fn each_entry_is_answered_in_its_place() {
    let mut talk = Talk::new();
    let good = r#"{"Source":"shop","DetailType":"t","Detail":"{}","Time":1640995200,"Resources":["arn:x"],"TraceHeader":"Root=1"}"#;
    let input = format!(
        r#"{{"Entries":[{good},{{"Source":"shop","DetailType":"t","Detail":"["}},{{"Source":"aws.s3","DetailType":"t","Detail":"{{}}"}}]}}"#
    );
    let response = talk.ask("PutEvents", &input);
    let body = eventbridge_sim::json::parse(&response.body).unwrap();
    assert_eq!(response.status, 200, "{}", response.body);
    assert_eq!(body.get("FailedEntryCount").unwrap().as_i64(), Some(2));
    let entries = body.get("Entries").unwrap().as_array().unwrap();
    assert_eq!(entries[0].get("EventId").unwrap().as_str().unwrap().len(), 36);
    assert_eq!(entries[1].to_string(), r#"{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}"#);
    assert_eq!(
        entries[2].to_string(),
        r#"{"ErrorCode":"NotAuthorizedForSourceException","ErrorMessage":"Not authorized for the source."}"#
    );
}

#[test]
fn a_request_that_is_too_big_fails_as_a_whole() {
    let mut talk = Talk::new();
    let entry = |size: usize| format!(r#"{{"Source":"s","DetailType":"t","Detail":"{}"}}"#, "x".repeat(size));
    let over = "ValidationException: Total size of the entries in the request is over the limit.";
    talk.hold(&[
        ("PutEvents", &format!(r#"{{"Entries":[{},{}]}}"#, entry(524_286), entry(524_286)), over),
        ("PutEvents", &format!(r#"{{"Entries":[{},{}]}}"#, entry(524_286), entry(524_285)), "ok"),
    ]);
}

#[test]
fn eleven_entries_are_shown_as_the_service_shows_them() {
    let entry = r#"{"Source":"s","DetailType":"dt","Detail":"{\"command\": \"update-account\"}","EventBusName":"bus"}"#;
    let input = format!(r#"{{"Entries":[{}]}}"#, [entry; 11].join(","));
    let shown = r#"PutEventsRequestEntry(time=null, source=s, resources=null, detailType=dt, detail={"command": "update-account"}, eventBusName=bus, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)"#;
    let wanted = format!(
        "ValidationException: 1 validation error detected: Value '[{}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
        [shown; 11].join(", ")
    );
    Talk::new().hold(&[("PutEvents", &input, &wanted)]);
}

#[test]
fn a_pattern_is_tested_against_an_envelope() {
    let envelope =
        r#"{\"id\":\"1\",\"account\":\"1\",\"source\":\"s\",\"time\":\"t\",\"region\":\"r\",\"detail-type\":[1]}"#;
    let with = |pattern: &str, event: &str| format!(r#"{{"EventPattern":"{pattern}","Event":"{event}"}}"#);
    let invalid = "ValidationException: Parameter Event is not valid.";
    let source = r#"{\"source\":[\"s\"]}"#;
    let mut talk = Talk::new();
    talk.hold(&[
        ("TestEventPattern", &with(source, envelope), r#"{"Result":true}"#),
        ("TestEventPattern", &with(r#"{\"source\":[\"x\"]}"#, envelope), r#"{"Result":false}"#),
        ("TestEventPattern", &with(source, "no json"), invalid),
        ("TestEventPattern", &with(source, "[]"), invalid),
        ("TestEventPattern", &with(source, r#"{\"source\":\"s\"}"#), invalid),
        (
            "TestEventPattern",
            &with(r#"{\"a\":1}"#, envelope),
            "InvalidEventPatternException: Event pattern is not valid. Reason: \"a\" must be an object or an array\n at [Source: (String)\"{\"a\":1}\"; line: 1, column: 7]",
        ),
    ]);
    let response = talk.ask("TestEventPattern", &with(source, r#"{\"source\":\"s\"}"#));
    assert!(help(&response).contains("`id`"), "{}", response.body);
}
