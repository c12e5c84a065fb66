//! Buses: the default one is always there, custom ones come and go.

use crate::talk::{AWAY, Talk, help, shown};

const ARN: &str = "arn:aws:events:us-east-1:123456789012:event-bus";

#[test]
fn a_bus_is_created_shown_and_deleted() {
    Talk::new().hold(&[
        (
            "CreateEventBus",
            r#"{"Name":"orders","Description":"d","LogConfig":{"Level":"INFO"},"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:q"}}"#,
            r#"{"EventBusArn":"arn:aws:events:us-east-1:123456789012:event-bus/orders","Description":"d","DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:q"},"LogConfig":{"Level":"INFO"}}"#,
        ),
        ("CreateEventBus", r#"{"Name":"orders"}"#, "ResourceAlreadyExistsException: Event bus orders already exists."),
        (
            "DescribeEventBus",
            r#"{"Name":"arn:aws:events:us-east-1:123456789012:event-bus/orders"}"#,
            r#"{"Name":"orders","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/orders","CreationTime":1767225600,"LastModifiedTime":1767225600,"Description":"d","DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:q"},"LogConfig":{"Level":"INFO"}}"#,
        ),
        ("PutRule", r#"{"Name":"r","EventBusName":"orders","EventPattern":"{\"source\":[\"s\"]}"}"#, "ok"),
        (
            "DeleteEventBus",
            r#"{"Name":"orders"}"#,
            "ValidationException: EventBus can't be deleted since it has rules.",
        ),
        ("DeleteRule", r#"{"Name":"r","EventBusName":"orders"}"#, "{}"),
        ("DeleteEventBus", r#"{"Name":"orders"}"#, "{}"),
        ("DeleteEventBus", r#"{"Name":"orders"}"#, "{}"),
        (
            "DescribeEventBus",
            r#"{"Name":"orders"}"#,
            "ResourceNotFoundException: Event bus orders does not exist.",
        ),
    ]);
}

#[test]
fn the_default_bus_is_always_there() {
    Talk::new().hold(&[
        ("CreateEventBus", r#"{"Name":"default"}"#, "ResourceAlreadyExistsException: Event bus default already exists."),
        ("DeleteEventBus", r#"{"Name":"default"}"#, "ValidationException: Cannot delete event bus default."),
        (
            "DescribeEventBus",
            "",
            r#"{"Name":"default","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/default","CreationTime":1767225600,"LastModifiedTime":1767225600}"#,
        ),
    ]);
}

#[test]
fn names_that_are_taken_by_partners_are_refused() {
    Talk::new().hold(&[
        ("CreateEventBus", r#"{"Name":"a/b"}"#, "ValidationException: Event bus name must not contain '/'."),
        (
            "CreateEventBus",
            r#"{"Name":"aws.partner/test/test-bus"}"#,
            "ResourceNotFoundException: Event source aws.partner/test/test-bus does not exist.",
        ),
        (
            "CreateEventBus",
            r#"{"Name":"aws.partner/a/b","EventSourceName":"aws.partner/a/b"}"#,
            "ResourceNotFoundException: Event source aws.partner/a/b does not exist.",
        ),
        (
            "CreateEventBus",
            r#"{"Name":"a","DeadLetterConfig":{}}"#,
            "ValidationException: Parameter DeadLetterConfig.Arn is not valid. Reason: Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.",
        ),
        (
            "CreateEventBus",
            r#"{"Name":"a","Tags":[{"Key":"k","Value":"1"},{"Key":"k","Value":"2"}]}"#,
            "ValidationException: Invalid parameter: Duplicated keys are not allowed.",
        ),
    ]);
}

#[test]
fn lists_come_in_pages_and_by_prefix() {
    let mut talk = Talk::new();
    for name in ["b", "a", "ab"] {
        talk.hold(&[("CreateEventBus", &format!(r#"{{"Name":"{name}"}}"#), "ok")]);
    }
    let names = |body: &str| {
        let body = eventbridge_sim::json::parse(body).unwrap();
        let buses = body.get("EventBuses").unwrap().as_array().unwrap().to_vec();
        let names: Vec<_> = buses.iter().map(|bus| bus.get("Name").unwrap().as_str().unwrap().to_owned()).collect();
        (names.join(" "), body.get("NextToken").map(|token| token.as_str().unwrap().to_owned()))
    };
    assert_eq!(names(&talk.ask("ListEventBuses", "{}").body), ("a ab b default".to_owned(), None));
    assert_eq!(names(&talk.ask("ListEventBuses", r#"{"NamePrefix":"a"}"#).body), ("a ab".to_owned(), None));
    assert_eq!(names(&talk.ask("ListEventBuses", r#"{"NamePrefix":"x"}"#).body), (String::new(), None));
    let (first, token) = names(&talk.ask("ListEventBuses", r#"{"Limit":3}"#).body);
    assert_eq!(first, "a ab b");
    let next = format!(r#"{{"Limit":5,"NextToken":"{}"}}"#, token.unwrap());
    assert_eq!(names(&talk.ask("ListEventBuses", &next).body), ("default".to_owned(), None));
    talk.hold(&[
        ("ListRules", &next, "ValidationException: Parameter NextToken is not valid. Reason: Token invalid."),
        (
            "ListEventBuses",
            r#"{"NextToken":"x"}"#,
            "ValidationException: Parameter NextToken is not valid. Reason: Token invalid.",
        ),
    ]);
}

#[test]
fn a_bus_of_another_account_is_judged_by_its_policy() {
    let mut talk = Talk::new();
    talk.hold(&[("CreateEventBus", r#"{"Name":"orders"}"#, "ok")]);
    let input = format!(r#"{{"Name":"{ARN}/orders"}}"#);
    let denied = format!(
        "AccessDeniedException: User: arn:aws:iam::{AWAY}:root is not authorized to perform: events:DescribeEventBus on resource: {ARN}/orders because no resource-based policy allows the events:DescribeEventBus action"
    );
    talk.hold_as(AWAY, &[("DescribeEventBus", &input, &denied)]);
    let policy = format!(
        r#"{{\"Version\":\"2012-10-17\",\"Statement\":{{\"Sid\":\"s\",\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":\"{AWAY}\"}},\"Action\":[\"events:DescribeEventBus\",\"events:PutRule\"],\"Resource\":[\"{ARN}/orders\",\"arn:aws:events:us-east-1:123456789012:rule/orders/*\"]}}}}"#
    );
    talk.hold(&[("PutPermission", &format!(r#"{{"EventBusName":"orders","Policy":"{policy}"}}"#), "{}")]);
    let rule = format!(r#"{{"Name":"theirs","EventBusName":"{ARN}/orders","EventPattern":"{{\"source\":[\"s\"]}}"}}"#);
    talk.hold_as(
        AWAY,
        &[
            ("DescribeEventBus", &input, "ok"),
            ("PutRule", &rule, r#"{"RuleArn":"arn:aws:events:us-east-1:123456789012:rule/orders/theirs"}"#),
        ],
    );
    let described = talk.ask("DescribeRule", r#"{"Name":"theirs","EventBusName":"orders"}"#);
    assert!(described.body.contains(&format!(r#""CreatedBy":"{AWAY}""#)), "{}", described.body);
    let elsewhere =
        talk.ask("DescribeEventBus", r#"{"Name":"arn:aws:events:eu-west-1:123456789012:event-bus/orders"}"#);
    assert!(help(&elsewhere).contains("eu-west-1"), "{}", elsewhere.body);
}

#[test]
fn an_update_keeps_what_it_does_not_name() {
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let queue = "arn:aws:sqs:us-east-1:123456789012:q";
    let invalid = "ValidationException: Parameter DeadLetterConfig.Arn is not valid. Reason: Provide a valid SQS queue ARN, or an empty string to remove the dead-letter queue configuration.";
    let shown = |members: &str| format!(r#"{{"Arn":"{ARN}/orders","Name":"orders"{members}}}"#);
    Talk::new().hold(&[
        ("CreateEventBus", &format!(r#"{{"Name":"orders","KmsKeyIdentifier":"{key}","Description":"d"}}"#), "ok"),
        (
            "UpdateEventBus",
            &format!(r#"{{"Name":"orders","DeadLetterConfig":{{"Arn":"{queue}"}}}}"#),
            &shown(&format!(
                r#","Description":"d","KmsKeyIdentifier":"{key}","DeadLetterConfig":{{"Arn":"{queue}"}}"#
            )),
        ),
        ("UpdateEventBus", r#"{"Name":"orders","DeadLetterConfig":{}}"#, invalid),
        ("UpdateEventBus", r#"{"Name":"orders","DeadLetterConfig":{"Arn":"q"}}"#, invalid),
        (
            "UpdateEventBus",
            r#"{"Name":"orders","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}}"#,
            "AccessDeniedException: Access to the resource arn:aws:sqs:eu-west-1:123456789012:q is denied. Reason: You must specify a dead letter queue in the same region.",
        ),
        (
            "UpdateEventBus",
            r#"{"Name":"orders","KmsKeyIdentifier":"arn:aws:kms:us-east-1:123456789012:alias/aws/events"}"#,
            "ValidationException: Parameter arn:aws:kms:us-east-1:123456789012:alias/aws/events is not valid. Reason: Provided Arn is not in correct format.",
        ),
        (
            "UpdateEventBus",
            r#"{"Name":"orders","KmsKeyIdentifier":"","DeadLetterConfig":{"Arn":""},"LogConfig":{"Level":"ERROR","IncludeDetail":"FULL"},"Description":"e"}"#,
            &shown(r#","Description":"e","LogConfig":{"IncludeDetail":"FULL","Level":"ERROR"}"#),
        ),
        ("UpdateEventBus", r#"{"Description":"ours"}"#, "ok"),
        ("UpdateEventBus", r#"{"Name":"none"}"#, "ResourceNotFoundException: Event bus none does not exist."),
    ]);
}

#[test]
fn a_key_that_is_none_is_told_as_the_service_tells_it() {
    let response = Talk::new().ask("UpdateEventBus", r#"{"KmsKeyIdentifier":"not-a-key"}"#);
    let (before, after) = (
        r#""message":"Parameter Invalid keyId not-a-key (Service: Kms, Status Code: 400, Request ID: "#,
        r#") (SDK Attempt Count: 1) is not valid.""#,
    );
    assert!(response.body.contains(before) && response.body.contains(after), "{}", response.body);
}

#[test]
fn a_key_that_is_declared_as_disabled_cannot_be_used() {
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let role = "arn:aws:iam::123456789012:role/none";
    let mut talk = Talk::new();
    let declare = |talk: &mut Talk, state: &str| {
        let declared = format!(r#"{{"{key}":{{{state}}},"{role}":{{"exists":false}}}}"#);
        talk.sim.world_mut().outside.declare_all(&eventbridge_sim::json::parse(&declared).unwrap()).unwrap();
    };
    declare(&mut talk, r#""state":"Disabled""#);
    let create = format!(r#"{{"Name":"orders","KmsKeyIdentifier":"{key}"}}"#);
    let disabled = format!("ValidationException: Parameter kmsKeyIdentifier is not valid. Reason: {key} is disabled.");
    talk.hold(&[("CreateEventBus", &create, &disabled)]);
    declare(&mut talk, r#""state":"Enabled""#);
    talk.hold(&[("CreateEventBus", &create, "ok")]);
    declare(&mut talk, r#""state":"Disabled""#);
    let undecryptable = "NotAuthorizedException: Cannot perform Kms:Decrypt on KMS key configured on event bus.";
    talk.hold(&[
        ("ListRules", r#"{"EventBusName":"orders"}"#, undecryptable),
        (
            "PutEvents",
            r#"{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","EventBusName":"orders"}]}"#,
            &format!(r#"{{"FailedEntryCount":1,"Entries":[{{"ErrorCode":"KMSEncryptionException","ErrorMessage":"{key} is disabled."}}]}}"#),
        ),
        (
            "PutRule",
            &format!(r#"{{"Name":"r","EventPattern":"{{\"a\":[1]}}","RoleArn":"{role}"}}"#),
            &format!("ValidationException: Provided role '{role}' cannot be assumed by principal 'events.amazonaws.com'."),
        ),
    ]);
    // A key that is enabled and lets nothing be read.
    declare(&mut talk, r#""policy":[]"#);
    let list = talk.ask("ListRules", r#"{"EventBusName":"orders"}"#);
    assert_eq!(shown(&list), undecryptable);
    assert!(help(&list).contains("`kms:Decrypt`"), "{}", list.body);
}
