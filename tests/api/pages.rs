//! Pages: every list that can be cut is walked with every limit and must give the same as in one piece.

use eventbridge_sim::json::{self, Value};

use crate::talk::Talk;

const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus";
const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";
const BASIC: &str =
    r#""AuthorizationType":"BASIC","AuthParameters":{"BasicAuthParameters":{"Username":"u","Password":"p"}}"#;

/// A list: its operation, the members of the request that do not cut it, and the member of the answer.
type List = (&'static str, &'static str, &'static str);

const LISTS: [List; 13] = [
    ("ListEventBuses", r#""NamePrefix":"item""#, "EventBuses"),
    ("ListRules", r#""NamePrefix":"item""#, "Rules"),
    ("ListRules", r#""EventBusName":"item-c""#, "Rules"),
    ("ListTargetsByRule", r#""Rule":"item-a""#, "Targets"),
    ("ListRuleNamesByTarget", r#""TargetArn":"arn:aws:sqs:us-east-1:123456789012:q""#, "RuleNames"),
    ("ListConnections", r#""ConnectionState":"AUTHORIZED""#, "Connections"),
    ("ListApiDestinations", r#""NamePrefix":"item""#, "ApiDestinations"),
    ("ListEndpoints", r#""HomeRegion":"us-east-1""#, "Endpoints"),
    ("ListArchives", r#""NamePrefix":"item""#, "Archives"),
    ("ListReplays", r#""State":"STARTING""#, "Replays"),
    ("ListEventSources", r#""NamePrefix":"aws.partner/""#, "EventSources"),
    ("ListPartnerEventSources", r#""NamePrefix":"aws.partner/example.com/""#, "PartnerEventSources"),
    (
        "ListPartnerEventSourceAccounts",
        r#""EventSourceName":"aws.partner/example.com/shared""#,
        "PartnerEventSourceAccounts",
    ),
];

/// Five of everything, made in an order that is not theirs.
fn talk() -> Talk {
    let mut talk = Talk::new();
    for name in ["item-c", "item-a", "item-e", "item-b", "item-d"] {
        let pattern = r#""EventPattern":"{\"a\":[1]}""#;
        let made = [
            ("CreateEventBus", format!(r#"{{"Name":"{name}"}}"#)),
            ("PutRule", format!(r#"{{"Name":"{name}",{pattern}}}"#)),
            ("PutTargets", format!(r#"{{"Rule":"{name}","Targets":[{{"Id":"t","Arn":"{QUEUE}"}}]}}"#)),
            ("CreateConnection", format!(r#"{{"Name":"{name}",{BASIC}}}"#)),
        ];
        for (operation, input) in &made {
            talk.hold(&[(operation, input, "ok")]);
        }
        let archive = format!(r#"{{"ArchiveName":"{name}","EventSourceArn":"{BUS}/default"}}"#);
        let replay = format!(
            r#"{{"ReplayName":"{name}","EventSourceArn":"{}","EventStartTime":0,"EventEndTime":60,"Destination":{{"Arn":"{BUS}/default"}}}}"#,
            BUS.replace("event-bus", &format!("archive/{name}"))
        );
        talk.hold(&[("CreateArchive", &archive, "ok"), ("StartReplay", &replay, "ok")]);
        let connection = talk.ask("DescribeConnection", &format!(r#"{{"Name":"{name}"}}"#)).body;
        let arn = json::parse(&connection).unwrap().get("ConnectionArn").unwrap().to_string();
        let destination =
            format!(r#"{{"Name":"{name}","ConnectionArn":{arn},"HttpMethod":"GET","InvocationEndpoint":"https://a"}}"#);
        let endpoint = format!(
            r#"{{"Name":"{name}","RoutingConfig":{{"FailoverConfig":{{"Primary":{{"HealthCheck":"arn:aws:route53:::healthcheck/a"}},"Secondary":{{"Route":"eu-west-1"}}}}}},"ReplicationConfig":{{"State":"DISABLED"}},"EventBuses":[{{"EventBusArn":"{BUS}/a"}},{{"EventBusArn":"{}/a"}}]}}"#,
            BUS.replace("us-east-1", "eu-west-1")
        );
        talk.hold(&[("CreateApiDestination", &destination, "ok"), ("CreateEndpoint", &endpoint, "ok")]);
    }
    for name in ["c", "a", "e", "b"] {
        let source = format!(r#"{{"Name":"aws.partner/example.com/{name}","Account":"123456789012"}}"#);
        talk.hold(&[("CreatePartnerEventSource", &source, "ok")]);
    }
    for account in ["333333333333", "111111111111", "123456789012", "555555555555", "222222222222"] {
        let source = format!(r#"{{"Name":"aws.partner/example.com/shared","Account":"{account}"}}"#);
        talk.hold(&[("CreatePartnerEventSource", &source, "ok")]);
    }
    for rule in ["d", "b", "e", "a", "c"] {
        let rule = format!(r#"{{"Name":"{rule}","EventBusName":"item-c","EventPattern":"{{\"a\":[1]}}"}}"#);
        talk.hold(&[("PutRule", &rule, "ok")]);
    }
    for id in ["4", "2", "3", "1"] {
        let targets = format!(r#"{{"Rule":"item-a","Targets":[{{"Id":"{id}","Arn":"{QUEUE}-other"}}]}}"#);
        talk.hold(&[("PutTargets", &targets, "ok")]);
    }
    talk
}

fn limit_of(operation: &str) -> &'static str {
    if operation == "ListEndpoints" { "MaxResults" } else { "Limit" }
}

/// One page: its items, and the token of the next.
fn page(talk: &mut Talk, list: List, limit: usize, token: Option<&str>) -> (Vec<Value>, Option<String>) {
    let (operation, given, member) = list;
    let token = token.map(|token| format!(r#","NextToken":"{token}""#)).unwrap_or_default();
    let response = talk.ask(operation, &format!(r#"{{{given},"{}":{limit}{token}}}"#, limit_of(operation)));
    assert_eq!(response.status, 200, "{operation}: {}", response.body);
    let body = json::parse(&response.body).unwrap();
    let next = body.get("NextToken").map(|token| token.as_str().unwrap().to_owned());
    (body.get(member).unwrap().as_array().unwrap().to_vec(), next)
}

#[test]
fn every_list_is_the_sum_of_its_pages() {
    let mut talk = talk();
    for list in LISTS {
        let (whole, none) = page(&mut talk, list, 100, None);
        assert_eq!((whole.len(), none), (5, None), "{list:?}");
        for limit in 1..=6 {
            let (mut gathered, mut token) = page(&mut talk, list, limit, None);
            while let Some(next) = token {
                assert!(gathered.len().is_multiple_of(limit), "{list:?}: a page before the last is full");
                let (items, following) = page(&mut talk, list, limit, Some(&next));
                assert!(!items.is_empty(), "{list:?}: no page is empty");
                gathered.extend(items);
                token = following;
            }
            assert_eq!(gathered, whole, "{list:?} with limit {limit}");
        }
    }
}

#[test]
fn a_token_takes_another_limit_but_no_other_list() {
    let mut talk = talk();
    for list in LISTS {
        let (_, token) = page(&mut talk, list, 2, None);
        let token = token.unwrap();
        assert_eq!(page(&mut talk, list, 1, Some(&token)).0.len(), 1, "{list:?}");
        assert_eq!(page(&mut talk, list, 100, Some(&token)).0.len(), 3, "{list:?}");
        let (operation, given, _) = LISTS.into_iter().find(|other| other.0 != list.0).unwrap();
        let foreign = talk.ask(operation, &format!(r#"{{{given},"NextToken":"{token}"}}"#));
        assert!(
            foreign.body.contains("Parameter NextToken is not valid. Reason: Token invalid."),
            "{list:?}: {}",
            foreign.body
        );
    }
    let (_, token) = page(&mut talk, LISTS[1], 2, None);
    let other = format!(r#"{{"NamePrefix":"item-","NextToken":"{}"}}"#, token.unwrap());
    talk.hold(&[(
        "ListRules",
        &other,
        "ValidationException: Parameter NextToken is not valid. Reason: Token invalid.",
    )]);
}

#[test]
fn a_token_stays_good_when_things_come_and_go() {
    let mut talk = talk();
    let list = LISTS[5];
    let (_, token) = page(&mut talk, list, 2, None);
    talk.hold(&[
        ("CreateConnection", &format!(r#"{{"Name":"item-bb",{BASIC}}}"#), "ok"),
        ("DeleteConnection", r#"{"Name":"item-b"}"#, "ok"),
        ("DeleteConnection", r#"{"Name":"item-c"}"#, "ok"),
    ]);
    let (rest, _) = page(&mut talk, list, 100, token.as_deref());
    let names: Vec<_> = rest.iter().map(|item| item.get("Name").and_then(Value::as_str).unwrap()).collect();
    assert_eq!(names, ["item-bb", "item-d", "item-e"]);
}
