//! The one door: unknown operations, broken bodies, and the operations that are still to come.

use eventbridge_sim::api::model::Operation;

use crate::talk::{Talk, help, shown};

#[test]
fn an_operation_that_is_not_simulated_says_so() {
    let mut talk = Talk::new();
    let response = talk.ask("ListArchives", "{}");
    assert_eq!(response.status, 501);
    assert_eq!(shown(&response), "OperationNotSimulatedException: `ListArchives` is not simulated yet");
    assert!(!help(&response).is_empty());
    let waiting = Operation::ALL.iter().filter(|operation| {
        let body = talk.ask(operation.name(), &least(operation.name())).body;
        body.contains("OperationNotSimulatedException")
    });
    assert_eq!(waiting.count(), 40);
}

/// The least input that passes the model's constraints, for operations that are not simulated.
fn least(operation: &str) -> String {
    let any = r#""Name":"aws.partner/a/b","ArchiveName":"a","ReplayName":"a","EventSourceName":"aws.partner/a/b","Account":"123456789012","NamePrefix":"aws.partner/a/b""#;
    let arn = "arn:aws:events:us-east-1:123456789012";
    match operation {
        "CreateApiDestination" => format!(
            r#"{{"Name":"a","ConnectionArn":"{arn}:connection/a/b","InvocationEndpoint":"https://a","HttpMethod":"GET"}}"#
        ),
        "CreateConnection" => r#"{"Name":"a","AuthorizationType":"BASIC","AuthParameters":{}}"#.to_owned(),
        "CreateEndpoint" => format!(
            r#"{{"Name":"a","RoutingConfig":{{"FailoverConfig":{{"Primary":{{"HealthCheck":"arn:aws:route53:::healthcheck/a"}},"Secondary":{{"Route":"us-west-2"}}}}}},"EventBuses":[{{"EventBusArn":"{arn}:event-bus/a"}},{{"EventBusArn":"{arn}:event-bus/b"}}]}}"#
        ),
        "CreateArchive" => format!(r#"{{"ArchiveName":"a","EventSourceArn":"{arn}:event-bus/a"}}"#),
        "StartReplay" => format!(
            r#"{{"ReplayName":"a","EventSourceArn":"{arn}:archive/a","EventStartTime":0,"EventEndTime":1,"Destination":{{"Arn":"{arn}:event-bus/a"}}}}"#
        ),
        "ListRuleNamesByTarget" => format!(r#"{{"TargetArn":"{arn}:event-bus/a"}}"#),
        "TagResource" => format!(r#"{{"ResourceARN":"{arn}:rule/a","Tags":[]}}"#),
        "UntagResource" => format!(r#"{{"ResourceARN":"{arn}:rule/a","TagKeys":[]}}"#),
        "ListTagsForResource" => format!(r#"{{"ResourceARN":"{arn}:rule/a"}}"#),
        "PutPartnerEvents" => r#"{"Entries":[{}]}"#.to_owned(),
        name if name.ends_with("Connection") | name.ends_with("Destination") | name.ends_with("Endpoint") => {
            r#"{"Name":"a"}"#.to_owned()
        }
        "ListApiDestinations" | "ListConnections" | "ListEndpoints" | "ListEventSources" | "UpdateEventBus" => {
            "{}".to_owned()
        }
        "ListArchives" | "ListReplays" => "{}".to_owned(),
        _ => format!("{{{any}}}"),
    }
}

#[test]
fn an_unknown_operation_is_refused_with_a_guess() {
    let response = Talk::new().ask("PutRules", "{}");
    assert_eq!((response.status, shown(&response)), (400, "UnknownOperationException: ".to_owned()));
    assert!(help(&response).contains("`PutRule`"), "{}", response.body);
}

#[test]
fn a_body_that_is_no_json_is_refused_with_its_place() {
    let mut talk = Talk::new();
    let response = talk.ask("PutRule", r#"{"Name": r}"#);
    assert!(response.body.contains("SerializationException"), "{}", response.body);
    assert!(help(&response).contains("not valid JSON"), "{}", response.body);
    let deep = format!(r#"{{"Name":{}}}"#, "[".repeat(10_000_000));
    assert_eq!(talk.ask("PutRule", &deep).status, 400);
}

#[test]
fn every_error_is_one_that_the_model_knows_or_a_common_one() {
    let common =
        ["ValidationException", "AccessDeniedException", "SerializationException", "ResourceNotFoundException"];
    for (operation, code) in [
        ("CreateEventBus", "ResourceAlreadyExistsException"),
        ("PutRule", "InvalidEventPatternException"),
        ("PutRule", "ManagedRuleException"),
        ("DeleteRule", "ManagedRuleException"),
        ("EnableRule", "ManagedRuleException"),
        ("DisableRule", "ManagedRuleException"),
        ("PutTargets", "ManagedRuleException"),
        ("PutTargets", "LimitExceededException"),
        ("RemoveTargets", "ManagedRuleException"),
        ("TestEventPattern", "InvalidEventPatternException"),
        ("PutPermission", "PolicyLengthExceededException"),
    ] {
        let declared = Operation::ALL.iter().find(|known| known.name() == operation).unwrap().errors();
        assert!(declared.contains(&code), "{operation} does not declare {code}");
        assert!(!common.contains(&code));
    }
}
