//! The model's constraints: which, in which order, in which words. These hold for all 57 operations.

use crate::talk::{Talk, help};

#[test]
fn violations_are_told_together_in_the_services_words() {
    let long = "a".repeat(65);
    let detected = "ValidationException: 1 validation error detected:";
    let regex = r"Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+";
    let target = |id: &str| {
        format!(r#"{{"Rule":"r","Targets":[{{"Id":"{id}","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}}]}}"#)
    };
    let connection =
        |name: &str, kind: &str| format!(r#"{{"Name":"{name}","AuthorizationType":"{kind}","AuthParameters":{{}}}}"#);
    let spaced = format!("This should fail with two errors {}", "1".repeat(40));
    let kinds = "Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]";
    Talk::new().hold(&[
        (
            "PutTargets",
            &target("!@#$@!#$"),
            &format!("{detected} Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: {regex}"),
        ),
        (
            "PutTargets",
            &target(&long),
            &format!("{detected} Value '{long}' at 'targets.1.member.id' failed to satisfy constraint: Member must have length less than or equal to 64"),
        ),
        (
            "CreateConnection",
            &connection(&spaced, "INVALID"),
            &format!("ValidationException: 3 validation errors detected: Value '{spaced}' at 'name' failed to satisfy constraint: {regex}; Value '{spaced}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64; Value 'INVALID' at 'authorizationType' failed to satisfy constraint: {kinds}"),
        ),
        (
            "CreateApiDestination",
            r#"{"Name":"n","ConnectionArn":"invalid-connection-arn","InvocationEndpoint":"invalid-endpoint","HttpMethod":"INVALID_METHOD"}"#,
            r"ValidationException: 2 validation errors detected: Value 'invalid-connection-arn' at 'connectionArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$; Value 'INVALID_METHOD' at 'httpMethod' failed to satisfy constraint: Member must satisfy enum value set: [HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS]",
        ),
        (
            "DescribeArchive",
            &format!(r#"{{"ArchiveName":"a b{long}"}}"#),
            &format!("ValidationException: 2 validation errors detected: Value 'a b{long}' at 'archiveName' failed to satisfy constraint: Member must have length less than or equal to 48; Value 'a b{long}' at 'archiveName' failed to satisfy constraint: {regex}"),
        ),
        (
            "ListApiDestinations",
            r#"{"Limit":101}"#,
            &format!("{detected} Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100"),
        ),
        (
            "ListRules",
            r#"{"Limit":-1}"#,
            &format!("{detected} Value '-1' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
        ),
        (
            "PutTargets",
            r#"{"Rule":"r","Targets":[null]}"#,
            &format!("{detected} Value null at 'targets.1.member' failed to satisfy constraint: Member must not be null"),
        ),
        (
            "PutRule",
            r#"{"Name":null}"#,
            &format!("{detected} Value null at 'name' failed to satisfy constraint: Member must not be null"),
        ),
        (
            "PutRule",
            r#"{"Name":"r","EventPattern":"{\"a\":[1]}","State":"enabled"}"#,
            &format!("{detected} Value 'enabled' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]"),
        ),
        (
            "PutEvents",
            r#"{"Entries":[]}"#,
            &format!("{detected} Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1"),
        ),
    ]);
}

#[test]
fn a_pattern_of_more_than_4096_characters_is_refused() {
    let pattern = format!(r#"{{\"a\":[\"{}\"]}}"#, "x".repeat(4_090));
    let response = Talk::new().ask("PutRule", &format!(r#"{{"Name":"r","EventPattern":"{pattern}"}}"#));
    assert!(response.body.contains("Member must have length less than or equal to 4096"), "{}", response.body);
}

#[test]
fn map_keys_are_told_with_all_their_constraints() {
    let input = r#"{"Rule":"r","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q","InputTransformer":{"InputTemplate":"{}","InputPathsMap":{"bad.key":"$.a"}}}]}"#;
    Talk::new().hold(&[(
        "PutTargets",
        input,
        r"ValidationException: 1 validation error detected: Value '{bad.key=$.a}' at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [A-Za-z0-9\_\-]+]",
    )]);
}

#[test]
fn a_wrong_json_type_is_a_serialization_error_that_names_the_place() {
    let mut talk = Talk::new();
    for (operation, input, message, place) in [
        (
            "PutRule",
            r#"{"Name":1}"#,
            "NUMBER_VALUE cannot be converted to String",
            "`Name` must be a string, not a number",
        ),
        (
            "PutRule",
            r#"[]"#,
            "START_ARRAY cannot be converted to Structure",
            "the body must be an object, not an array",
        ),
        (
            "ListRules",
            r#"{"Limit":"5"}"#,
            "STRING_VALUE cannot be converted to Integer",
            "`Limit` must be a whole number",
        ),
        ("ListRules", r#"{"Limit":1.5}"#, "NUMBER_VALUE cannot be converted to Integer", "`Limit`"),
        (
            "PutTargets",
            r#"{"Rule":"r","Targets":[{"Id":[]}]}"#,
            "START_ARRAY cannot be converted to String",
            "`Targets.1.Id`",
        ),
        ("PutEvents", r#"{"Entries":[{"Time":"soon"}]}"#, "STRING_VALUE cannot be converted to Timestamp", "ISO 8601"),
        ("DeleteRule", r#"{"Force":"true"}"#, "STRING_VALUE cannot be converted to Boolean", "`true` or `false`"),
    ] {
        let response = talk.ask(operation, input);
        assert_eq!(response.status, 400);
        assert!(
            response.body.contains("SerializationException") && response.body.contains(message),
            "{}",
            response.body
        );
        assert!(help(&response).contains(place), "{}", response.body);
    }
}
