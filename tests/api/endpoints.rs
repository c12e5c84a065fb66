//! Global endpoints: what they are made of, and where PutEvents goes by them.

use eventbridge_sim::api::control::control;
use eventbridge_sim::json;
use eventbridge_sim::time::Duration;

use crate::talk::Talk;

const ARN: &str = "arn:aws:events";

fn buses(first: &str, second: &str) -> String {
    format!(
        r#""EventBuses":[{{"EventBusArn":"{ARN}:{first}:123456789012:event-bus/orders"}},{{"EventBusArn":"{ARN}:{second}:123456789012:event-bus/orders"}}]"#
    )
}

const ROUTE: &str = r#""RoutingConfig":{"FailoverConfig":{"Primary":{"HealthCheck":"arn:aws:route53:::healthcheck/a"},"Secondary":{"Route":"us-west-2"}}}"#;
const ROLE: &str = r#""RoleArn":"arn:aws:iam::123456789012:role/replicate""#;

fn talk() -> Talk {
    let mut talk = Talk::new();
    for region in ["us-west-2", "us-east-1"] {
        talk.caller.region = region.into();
        let target = format!(
            r#"{{"Rule":"r","EventBusName":"orders","Targets":[{{"Id":"q","Arn":"arn:aws:sqs:{region}:123456789012:q"}}]}}"#
        );
        talk.hold(&[
            ("CreateEventBus", r#"{"Name":"orders"}"#, "ok"),
            ("PutRule", r#"{"Name":"r","EventBusName":"orders","EventPattern":"{\"source\":[\"s\"]}"}"#, "ok"),
            ("PutTargets", &target, "ok"),
        ]);
    }
    talk
}

fn create(rest: &str) -> String {
    format!(r#"{{"Name":"e",{},{ROUTE},{rest}}}"#, buses("us-east-1", "us-west-2"))
}

fn id(talk: &mut Talk) -> String {
    let described = talk.ask("DescribeEndpoint", r#"{"Name":"e"}"#).body;
    json::parse(&described).unwrap().get("EndpointId").unwrap().as_str().unwrap().to_owned()
}

/// Who got which event: bus ARN, region and number of resources of the event.
fn received(talk: &Talk) -> Vec<(String, String, usize)> {
    let record = talk.sim.record();
    let arrival = |index| record.arrival(record.invocation(index).arrival);
    let shown = |index| {
        let arrival = arrival(index);
        (arrival.bus.arn(), arrival.envelope.region.to_string(), arrival.envelope.resources.len())
    };
    record.invocations().map(shown).collect()
}

#[test]
fn an_endpoint_comes_changes_and_goes() {
    let mut talk = talk();
    let created = format!(
        r#"{{"Name":"e","Arn":"{ARN}:us-east-1:123456789012:endpoint/e",{ROUTE},"ReplicationConfig":{{"State":"ENABLED"}},{},{ROLE},"State":"CREATING"}}"#,
        buses("us-east-1", "us-west-2")
    );
    talk.hold(&[
        ("CreateEndpoint", &create(ROLE), &created),
        ("CreateEndpoint", &create(ROLE), "ResourceAlreadyExistsException: Endpoint e already exists."),
    ]);
    talk.sim.advance(Duration::from_millis(60_000)).unwrap();
    let described = talk.ask("DescribeEndpoint", r#"{"Name":"e","HomeRegion":"us-east-1"}"#).body;
    assert!(described.contains(r#""State":"ACTIVE""#), "{described}");
    assert!(described.contains(&format!(r#""EndpointUrl":"https://{}.endpoint.events.amazonaws.com""#, id(&mut talk))));
    let updated = talk.ask("UpdateEndpoint", r#"{"Name":"e","ReplicationConfig":{"State":"DISABLED"}}"#).body;
    assert!(updated.contains(r#""State":"UPDATING""#) && updated.contains("healthcheck/a"), "{updated}");
    let listed = talk.ask("ListEndpoints", r#"{"MaxResults":1}"#).body;
    assert!(listed.starts_with(r#"{"Endpoints":[{"Name":"e""#) && !listed.contains("NextToken"), "{listed}");
    let none = "ResourceNotFoundException: Endpoint e does not exist.";
    talk.hold(&[
        ("ListEndpoints", r#"{"HomeRegion":"us-west-2"}"#, r#"{"Endpoints":[]}"#),
        ("DescribeEndpoint", r#"{"Name":"e","HomeRegion":"us-west-2"}"#, none),
        ("DeleteEndpoint", r#"{"Name":"e"}"#, "{}"),
    ]);
    assert!(talk.ask("DescribeEndpoint", r#"{"Name":"e"}"#).body.contains(r#""State":"DELETING""#));
    talk.sim.advance(Duration::from_millis(60_000)).unwrap();
    talk.hold(&[("DeleteEndpoint", r#"{"Name":"e"}"#, none), ("DescribeEndpoint", r#"{"Name":"e"}"#, none)]);
}

#[test]
fn an_endpoint_that_cannot_work_is_refused() {
    let with = |buses: &str, rest: &str| format!(r#"{{"Name":"e",{buses},{ROUTE},{rest}}}"#);
    let refused =
        |member: &str, why: &str| format!("ValidationException: Parameter {member} is not valid. Reason: {why}");
    let pair = refused(
        "EventBuses",
        "The event buses must be in two Regions, and one of them in the Region of the secondary route.",
    );
    let name = buses("us-east-1", "us-west-2").replacen("event-bus/orders", "event-bus/other", 1);
    let account = buses("us-east-1", "us-west-2").replacen("123456789012", "222222222222", 1);
    talk().hold(&[
        ("CreateEndpoint", &with(&buses("us-east-1", "us-east-1"), ROLE), &pair),
        ("CreateEndpoint", &with(&buses("us-east-1", "eu-west-1"), ROLE), &pair),
        ("CreateEndpoint", &with(&name, ROLE), &refused("EventBuses", "The event buses must have the same name.")),
        (
            "CreateEndpoint",
            &with(&account, ROLE),
            &refused("EventBuses", "The event buses must be in the account of the caller."),
        ),
        (
            "CreateEndpoint",
            &create(r#""Description":"d""#),
            &refused("RoleArn", "A role is required when event replication is enabled."),
        ),
        ("CreateEndpoint", &create(r#""ReplicationConfig":{"State":"DISABLED"}"#), "ok"),
    ]);
}

#[test]
fn events_go_to_the_primary_bus_and_are_copied() {
    for (rest, wanted) in [(ROLE, 2), (r#""ReplicationConfig":{"State":"DISABLED"}"#, 1)] {
        let mut talk = talk();
        talk.hold(&[("CreateEndpoint", &create(rest), "ok")]);
        let id = id(&mut talk);
        // The caller's own region does not matter.
        talk.caller.region = "eu-west-1".into();
        let put = format!(
            r#"{{"EndpointId":"{id}","Entries":[{{"Source":"s","DetailType":"t","Detail":"{{}}","EventBusName":"orders"}}]}}"#
        );
        let answer = talk.ask("PutEvents", &put).body;
        assert!(answer.starts_with(r#"{"FailedEntryCount":0"#), "{answer}");
        let received = received(&talk);
        let bus = |region: &str| format!("{ARN}:{region}:123456789012:event-bus/orders");
        let all = [(bus("us-east-1"), "us-east-1".to_owned(), 0), (bus("us-west-2"), "us-east-1".to_owned(), 1)];
        assert_eq!(received, all[..wanted]);
    }
}

#[test]
fn events_go_to_the_secondary_bus_while_the_primary_is_not_well() {
    let mut talk = talk();
    talk.hold(&[("CreateEndpoint", &create(ROLE), "ok")]);
    let put = format!(
        r#"{{"EndpointId":"{}","Entries":[{{"Source":"s","DetailType":"t","Detail":"{{}}"}}]}}"#,
        id(&mut talk)
    );
    let declare = |talk: &mut Talk, state: &str| {
        let input = format!(r#"{{"arn":"arn:aws:route53:::healthcheck/a","resource":{{"state":"{state}"}}}}"#);
        control(&mut talk.sim, "declare", &input)
    };
    let bus = |region: &str| format!("{ARN}:{region}:123456789012:event-bus/orders");
    let row = |at: &str, from: &str, resources| (bus(at), from.to_owned(), resources);
    declare(&mut talk, "Unhealthy").unwrap();
    talk.hold(&[("PutEvents", &put, "ok")]);
    let failed_over = vec![row("us-west-2", "us-west-2", 0), row("us-east-1", "us-west-2", 1)];
    assert_eq!(received(&talk), failed_over);
    declare(&mut talk, "healthy").unwrap();
    talk.hold(&[("PutEvents", &put, "ok")]);
    assert_eq!(received(&talk)[2..], [row("us-east-1", "us-east-1", 0), row("us-west-2", "us-east-1", 1)]);
    let refused = declare(&mut talk, "Enabled").unwrap_err();
    assert!(refused.help.as_ref().unwrap().contains("`Unhealthy`"));
}

#[test]
fn an_unknown_endpoint_is_refused() {
    talk().hold(&[(
        "PutEvents",
        r#"{"EndpointId":"abcde.veo","Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}"#,
        "ValidationException: Parameter EndpointId is not valid. Reason: Endpoint abcde.veo does not exist.",
    )]);
}
