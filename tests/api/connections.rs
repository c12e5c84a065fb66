//! Connections and API destinations: states by the clock, secrets kept in, and what is refused.

use eventbridge_sim::json::{self, Value};
use eventbridge_sim::time::Duration;

use crate::talk::Talk;

const BASIC: &str = r#""AuthorizationType":"BASIC","AuthParameters":{"BasicAuthParameters":{"Username":"u","Password":"hush"},"InvocationHttpParameters":{"HeaderParameters":[{"Key":"a","Value":"1"},{"Key":"b","Value":"hush","IsValueSecret":true}]}}"#;

fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.hold(&[("CreateConnection", &format!(r#"{{"Name":"c",{BASIC}}}"#), "ok")]);
    talk
}

fn wait(talk: &mut Talk, seconds: i64) {
    talk.sim.advance(Duration::from_millis(seconds * 1000)).unwrap();
}

fn member(talk: &mut Talk, operation: &str, input: &str, name: &str) -> String {
    let response = talk.ask(operation, input);
    let body = json::parse(&response.body).unwrap();
    let value = body.get(name).unwrap_or_else(|| panic!("{operation} {input}: {}", response.body));
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn state(talk: &mut Talk, name: &str) -> String {
    member(talk, "DescribeConnection", &format!(r#"{{"Name":"{name}"}}"#), "ConnectionState")
}

#[test]
fn no_answer_holds_a_secret() {
    let mut talk = talk();
    let oauth = r#"{"Name":"o","AuthorizationType":"OAUTH_CLIENT_CREDENTIALS","AuthParameters":{"OAuthParameters":{"AuthorizationEndpoint":"https://a/t","HttpMethod":"POST","ClientParameters":{"ClientID":"i","ClientSecret":"hush"},"OAuthHttpParameters":{"BodyParameters":[{"Key":"k","Value":"hush","IsValueSecret":true}]}}}}"#;
    let key = r#"{"Name":"k","AuthorizationType":"API_KEY","AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"n","ApiKeyValue":"hush"}}}"#;
    for (operation, input) in [
        ("CreateConnection", oauth),
        ("CreateConnection", key),
        ("UpdateConnection", r#"{"Name":"c","Description":"d"}"#),
        ("DescribeConnection", r#"{"Name":"c"}"#),
        ("DescribeConnection", r#"{"Name":"o"}"#),
        ("DescribeConnection", r#"{"Name":"k"}"#),
        ("ListConnections", "{}"),
        ("DeauthorizeConnection", r#"{"Name":"k"}"#),
        ("DeleteConnection", r#"{"Name":"o"}"#),
    ] {
        let response = talk.ask(operation, input);
        assert_eq!(response.status, 200, "{operation}: {}", response.body);
        assert!(!response.body.contains("hush"), "{operation}: {}", response.body);
    }
    let saved = eventbridge_sim::io::control(&mut talk.sim, "save", "{}").unwrap();
    assert!(!saved.contains("hush") && saved.contains("***"), "{saved}");
    // A refused request does not repeat a secret either.
    let long = "hush".repeat(200);
    let refused = format!(
        r#"{{"Name":"x","AuthorizationType":"BASIC","AuthParameters":{{"BasicAuthParameters":{{"Username":"u","Password":"{long}"}}}}}}"#
    );
    let response = talk.ask("CreateConnection", &refused);
    assert!(response.status == 400 && !response.body.contains("hush"), "{}", response.body);
}

#[test]
fn a_connection_is_shown_without_its_secrets() {
    let mut talk = talk();
    let shown = member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "AuthParameters");
    let wanted = r#"{"BasicAuthParameters":{"Username":"u"},"InvocationHttpParameters":{"HeaderParameters":[{"Key":"a","Value":"1","IsValueSecret":false},{"Key":"b","IsValueSecret":true}]}}"#;
    assert_eq!(shown, wanted);
    let first = member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "SecretArn");
    assert!(first.starts_with("arn:aws:secretsmanager:us-east-1:123456789012:secret:events!connection/c/"), "{first}");
    // The user name and the invocation parameters stay, and so does the secret's place.
    talk.hold(&[(
        "UpdateConnection",
        r#"{"Name":"c","AuthorizationType":"BASIC","AuthParameters":{"BasicAuthParameters":{"Password":"other"}}}"#,
        "ok",
    )]);
    assert_eq!(member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "AuthParameters"), wanted);
    assert_eq!(member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "SecretArn"), first);
    // Another type forgets them and has another secret.
    talk.hold(&[(
        "UpdateConnection",
        r#"{"Name":"c","AuthorizationType":"API_KEY","AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"n","ApiKeyValue":"v"}}}"#,
        "ok",
    )]);
    assert_eq!(
        member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "AuthParameters"),
        r#"{"ApiKeyAuthParameters":{"ApiKeyName":"n"}}"#
    );
    assert_ne!(member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "SecretArn"), first);
}

#[test]
fn states_go_by_the_clock() {
    let mut talk = talk();
    let oauth = |name: &str, host: &str| {
        format!(
            r#"{{"Name":"{name}","AuthorizationType":"OAUTH_CLIENT_CREDENTIALS","AuthParameters":{{"OAuthParameters":{{"AuthorizationEndpoint":"https://{host}/t","HttpMethod":"POST","ClientParameters":{{"ClientID":"i","ClientSecret":"s"}}}}}}}}"#
        )
    };
    talk.hold(&[
        ("CreateConnection", &oauth("o", "a.example"), "ok"),
        ("CreateConnection", &oauth("u", "A.INVALID"), "ok"),
    ]);
    assert_eq!((state(&mut talk, "c"), state(&mut talk, "o")), ("AUTHORIZED".into(), "AUTHORIZING".into()));
    let authorized = |talk: &mut Talk, name: &str| {
        member(talk, "DescribeConnection", &format!(r#"{{"Name":"{name}"}}"#), "LastAuthorizedTime")
    };
    assert_eq!(authorized(&mut talk, "o"), "0");
    wait(&mut talk, 60);
    assert_eq!((state(&mut talk, "o"), state(&mut talk, "u")), ("AUTHORIZED".into(), "AUTHORIZING".into()));
    assert_ne!(authorized(&mut talk, "o"), "0");
    assert_eq!(authorized(&mut talk, "u"), "0");
    assert_eq!(
        member(&mut talk, "DescribeConnection", r#"{"Name":"u"}"#, "StateReason"),
        "Could not connect to the specified endpoint."
    );
    let before = authorized(&mut talk, "c");
    talk.hold(&[("UpdateConnection", r#"{"Name":"c","Description":"d"}"#, "ok")]);
    assert_eq!(authorized(&mut talk, "c"), before);

    talk.hold(&[("DeauthorizeConnection", r#"{"Name":"c"}"#, "ok")]);
    assert_eq!(state(&mut talk, "c"), "DEAUTHORIZING");
    assert_eq!(member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "AuthParameters"), "{}");
    wait(&mut talk, 60);
    assert_eq!(state(&mut talk, "c"), "DEAUTHORIZED");

    talk.hold(&[("DeleteConnection", r#"{"Name":"c"}"#, "ok")]);
    assert_eq!(state(&mut talk, "c"), "DELETING");
    let again = format!(r#"{{"Name":"c",{BASIC}}}"#);
    talk.hold(&[
        ("CreateConnection", &again, "ResourceAlreadyExistsException: Connection c already exists."),
        (
            "UpdateConnection",
            r#"{"Name":"c","Description":"d"}"#,
            "ConcurrentModificationException: The connection is being deleted.",
        ),
    ]);
    wait(&mut talk, 5);
    talk.hold(&[
        (
            "DescribeConnection",
            r#"{"Name":"c"}"#,
            "ResourceNotFoundException: Failed to describe the connection(s). Connection 'c' does not exist.",
        ),
        ("ListConnections", r#"{"NamePrefix":"c"}"#, r#"{"Connections":[]}"#),
        ("CreateConnection", &again, "ok"),
    ]);
}

#[test]
fn what_a_connection_does_not_take_is_refused() {
    let needed = "ValidationException: Failed to update the connection(s). At least one of the following is required: Description, KmsKeyIdentifier, AuthorizationType with BasicAuthParameters, ApiKeyAuthParameters, or OAuthParameters.";
    talk().hold(&[
        ("CreateConnection", &format!(r#"{{"Name":"c",{BASIC}}}"#), "ResourceAlreadyExistsException: Connection c already exists."),
        (
            "CreateConnection",
            r#"{"Name":"d","AuthorizationType":"BASIC","AuthParameters":{}}"#,
            "ValidationException: Failed to create the connection(s). AuthorizationType BASIC requires BasicAuthParameters.",
        ),
        (
            "CreateConnection",
            r#"{"Name":"d","AuthorizationType":"BASIC","AuthParameters":{"BasicAuthParameters":{"Username":"u","Password":"p"},"ApiKeyAuthParameters":{"ApiKeyName":"n","ApiKeyValue":"v"}}}"#,
            "ValidationException: Failed to create the connection(s). ApiKeyAuthParameters cannot be used with AuthorizationType BASIC.",
        ),
        (
            "UpdateConnection",
            r#"{"Name":"c","AuthorizationType":"API_KEY","AuthParameters":{"ApiKeyAuthParameters":{"ApiKeyName":"n"}}}"#,
            "ValidationException: Failed to update the connection(s). AuthorizationType API_KEY requires ApiKeyAuthParameters.ApiKeyValue.",
        ),
        ("UpdateConnection", r#"{"Name":"c"}"#, needed),
        ("UpdateConnection", r#"{"Name":"c","AuthorizationType":"BASIC"}"#, needed),
        (
            "DeleteConnection",
            r#"{"Name":"none"}"#,
            "ResourceNotFoundException: Failed to delete the connection(s). Connection 'none' does not exist.",
        ),
        (
            "ListConnections",
            r#"{"NextToken":"invalid"}"#,
            r"ValidationException: 1 validation error detected: Value 'invalid' at 'nextToken' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{4}|[A-Za-z0-9+\/]{3}=|[A-Za-z0-9+\/]{2}={2})$",
        ),
    ]);
}

#[test]
fn a_destination_works_as_long_as_its_connection_does() {
    let mut talk = talk();
    let connection = member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "ConnectionArn");
    let with = |rest: &str| format!(r#"{{"Name":"d","ConnectionArn":"{connection}","HttpMethod":"POST",{rest}}}"#);
    let created = with(r#""InvocationEndpoint":"https://receiver.invalid/events/*","Description":"e""#);
    let missing = created.replace("connection/c/", "connection/x/");
    talk.hold(&[
        (
            "CreateApiDestination",
            &missing,
            "ResourceNotFoundException: Failed to describe the connection(s). Connection 'x' does not exist.",
        ),
        (
            "CreateApiDestination",
            &with(r#""InvocationEndpoint":"http://a""#),
            "ValidationException: Parameter InvocationEndpoint is not valid. Reason: The endpoint must be an HTTPS URL.",
        ),
        ("CreateApiDestination", &created, "ok"),
        (
            "CreateApiDestination",
            &created,
            "ResourceAlreadyExistsException: An api-destination 'd' already exists.",
        ),
        ("UpdateApiDestination", r#"{"Name":"d","InvocationRateLimitPerSecond":1}"#, "ok"),
    ]);
    let arn = member(&mut talk, "DescribeApiDestination", r#"{"Name":"d"}"#, "ApiDestinationArn");
    let listed = |state: &str, rest: &str| {
        format!(
            r#"{{"ApiDestinationArn":"{arn}","Name":"d","ApiDestinationState":"{state}","ConnectionArn":"{connection}","InvocationEndpoint":"https://receiver.invalid/events/*","HttpMethod":"POST","InvocationRateLimitPerSecond":1,"CreationTime":1767225600,"LastModifiedTime":1767225600{rest}}}"#
        )
    };
    talk.hold(&[
        ("DescribeApiDestination", r#"{"Name":"d"}"#, &listed("ACTIVE", r#","Description":"e""#)),
        ("ListApiDestinations", r#"{"NamePrefix":"x"}"#, r#"{"ApiDestinations":[]}"#),
        ("DeauthorizeConnection", r#"{"Name":"c"}"#, "ok"),
        (
            "ListApiDestinations",
            &format!(r#"{{"ConnectionArn":"{connection}"}}"#),
            &format!(r#"{{"ApiDestinations":[{}]}}"#, listed("INACTIVE", "")),
        ),
        ("DeleteApiDestination", r#"{"Name":"d"}"#, "{}"),
        (
            "DeleteApiDestination",
            r#"{"Name":"d"}"#,
            "ResourceNotFoundException: Failed to delete the api-destination(s). An api-destination 'd' does not exist.",
        ),
    ]);
}

#[test]
fn what_is_saved_is_made_again() {
    let mut talk = talk();
    let connection = member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "ConnectionArn");
    let gone = format!(r#"{{"Name":"gone",{BASIC}}}"#);
    talk.hold(&[
        ("CreateConnection", &gone, "ok"),
        ("DeauthorizeConnection", r#"{"Name":"gone"}"#, "ok"),
        (
            "CreateApiDestination",
            &format!(
                r#"{{"Name":"d","ConnectionArn":"{connection}","HttpMethod":"POST","InvocationEndpoint":"https://a"}}"#
            ),
            "ok",
        ),
        ("TagResource", r#"{"ResourceARN":"arn:aws:events:us-east-1:123456789012:event-bus/default","Tags":[{"Key":"k","Value":"v"}]}"#, "ok"),
        ("UpdateEventBus", r#"{"Description":"d"}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}","Tags":[{"Key":"k","Value":"v"}]}"#, "ok"),
    ]);
    let save = |talk: &mut Talk| eventbridge_sim::io::control(&mut talk.sim, "save", "{}").unwrap();
    let load = |saved: &str| {
        let mut again = Talk::new();
        eventbridge_sim::io::control(&mut again.sim, "load", &format!(r#"{{"scenario":{saved}}}"#)).unwrap();
        again
    };
    let saved = save(&mut talk);
    let mut again = load(&saved);
    assert_eq!(save(&mut again), saved);
    for (operation, input) in [
        ("DescribeApiDestination", r#"{"Name":"d"}"#),
        ("DescribeConnection", r#"{"Name":"gone"}"#),
        ("DescribeConnection", r#"{"Name":"c"}"#),
        ("DescribeEventBus", "{}"),
        ("ListTagsForResource", r#"{"ResourceARN":"arn:aws:events:us-east-1:123456789012:rule/r"}"#),
        ("ListTagsForResource", r#"{"ResourceARN":"arn:aws:events:us-east-1:123456789012:event-bus/default"}"#),
    ] {
        assert_eq!(again.ask(operation, input), talk.ask(operation, input), "{operation}");
    }
    // A destination outlives its connection.
    talk.hold(&[("DeleteConnection", r#"{"Name":"c"}"#, "ok")]);
    let saved = save(&mut talk);
    assert_eq!(save(&mut load(&saved)), saved);
    assert!(json::parse(&saved).unwrap().get("calls").and_then(Value::as_array).is_some());
}

#[test]
fn a_destination_gets_what_target_and_connection_say() {
    let mut talk = Talk::new();
    let parameters =
        |name: &str, secret: bool| format!(r#"[{{"Key":"{name}","Value":"hush","IsValueSecret":{secret}}}]"#);
    let connection = format!(
        r#"{{"Name":"c","AuthorizationType":"API_KEY","AuthParameters":{{"ApiKeyAuthParameters":{{"ApiKeyName":"x-key","ApiKeyValue":"hush"}},"InvocationHttpParameters":{{"HeaderParameters":[{{"Key":"x-both","Value":"connection"}}],"QueryStringParameters":{},"BodyParameters":{}}}}}}}"#,
        parameters("q", false),
        parameters("token", true)
    );
    talk.hold(&[("CreateConnection", &connection, "ok")]);
    let arn = member(&mut talk, "DescribeConnection", r#"{"Name":"c"}"#, "ConnectionArn");
    let destination = format!(
        r#"{{"Name":"d","ConnectionArn":"{arn}","HttpMethod":"PUT","InvocationEndpoint":"https://example.com/a/*"}}"#
    );
    talk.hold(&[("CreateApiDestination", &destination, "ok")]);
    let arn = member(&mut talk, "DescribeApiDestination", r#"{"Name":"d"}"#, "ApiDestinationArn");
    let target = format!(
        r#"{{"Rule":"r","Targets":[{{"Id":"d","Arn":"{arn}","RoleArn":"arn:aws:iam::123456789012:role/r","InputPath":"$.detail","HttpParameters":{{"PathParameterValues":["$.detail.n"],"HeaderParameters":{{"X-Both":"target"}}}}}}]}}"#
    );
    talk.hold(&[
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}"#, "ok"),
        ("PutTargets", &target, "ok"),
        ("PutEvents", r#"{"Entries":[{"Source":"s","DetailType":"t","Detail":"{\"n\":7}"}]}"#, "ok"),
    ]);
    let record = talk.sim.record();
    let invocation = record.invocation(record.invocations().next().unwrap());
    let request = &invocation.delivery.as_ref().unwrap().request;
    let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap();
    assert_eq!((text("method"), text("url")), ("PUT", "https://example.com/a/7?q=hush"));
    assert_eq!(text("body"), r#"{"n":7,"token":"***"}"#);
    let headers = request.get("headers").unwrap();
    let header = |name: &str| headers.get(name).and_then(Value::as_str);
    assert_eq!((header("x-both"), header("X-Both")), (Some("connection"), None));
    assert_eq!((header("x-key"), header("Host")), (Some("***"), Some("example.com")));
    assert_eq!(header("Content-Length"), Some("21"));
}
