//! Laws: no body makes the simulator panic, and a refused call changes nothing.
//!
//! Bodies are grown from the model itself, with names from a small pool, so that many calls get past the constraints and
//! deep into the operations.

use eventbridge_sim::api::dispatch;
use eventbridge_sim::api::model::Operation;
use eventbridge_sim::api::shape::Shape;
use eventbridge_sim::json::{self, Value};
use proptest::prelude::*;

use crate::talk::{AWAY, HOME, Talk, caller};

/// Values that mean something somewhere.
const POOL: [&str; 32] = [
    "",
    "a",
    "default",
    "orders",
    "r",
    "t",
    "aws.partner/a/b",
    "*",
    "222222222222",
    "events:PutEvents",
    "ENABLED",
    "{}",
    "{\"source\":[\"s\"]}",
    "{\"a\":[{\"numeric\":[\">\",1]}]}",
    "$.detail.a",
    "arn:aws:events:us-east-1:123456789012:event-bus/orders",
    "arn:aws:sqs:us-east-1:123456789012:q",
    "arn:aws:kinesis:us-east-1:123456789012:stream/s",
    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
    "rate(1 day)",
    "c",
    "BASIC",
    "OAUTH_CLIENT_CREDENTIALS",
    "DISABLED",
    "https://a",
    "us-west-2",
    "arn:aws:route53:::healthcheck/a",
    "arn:aws:events:us-west-2:123456789012:event-bus/orders",
    "arn:aws:events:us-east-1:123456789012:rule/r",
    "arn:aws:events:us-east-1:123456789012:archive/a",
    "\u{0}é😀",
    "{\"id\":1,\"account\":1,\"source\":\"s\",\"time\":1,\"region\":1,\"detail-type\":1}",
];

/// A source of choices: the bytes of the case, one after another.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn next(&mut self, below: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % below
    }
}

fn grown(shape: &Shape, choices: &mut Choices) -> Value {
    if choices.next(40) == 1 {
        let odd = ["null", "true", "-1.5e3", "\"x\"", "[[]]", "{\"a\":{}}"];
        return json::parse(odd[choices.next(odd.len())]).unwrap();
    }
    match shape {
        Shape::Structure(structure) => {
            let members = structure.members.iter().filter_map(|(name, shape)| {
                let kept = structure.required.contains(name) || choices.next(3) == 1;
                (kept && choices.next(30) != 1).then(|| (*name, grown(shape, choices)))
            });
            Value::object(members.collect())
        }
        Shape::List(list) => Value::array((0..choices.next(4)).map(|_| grown(list.item, choices)).collect()),
        Shape::Map(map) => {
            let entries = (0..choices.next(3)).map(|_| (POOL[choices.next(POOL.len())], grown(map.value, choices)));
            Value::object(entries.collect())
        }
        Shape::Text(_) => Value::string(POOL[choices.next(POOL.len())]),
        Shape::Integer(_) => Value::number(choices.next(200) as i64 - 1),
        Shape::Boolean => Value::boolean(choices.next(2) == 1),
        Shape::Timestamp => Value::number(choices.next(200) as i64),
    }
}

fn furnished() -> Talk {
    let mut talk = Talk::new();
    talk.hold(&[
        ("CreateEventBus", r#"{"Name":"orders"}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventBusName":"orders","EventPattern":"{\"source\":[\"s\"]}"}"#, "ok"),
        ("PutTargets", r#"{"Rule":"r","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}"#, "ok"),
        ("PutPermission", r#"{"Action":"events:PutEvents","Principal":"222222222222","StatementId":"s"}"#, "ok"),
    ]);
    let connection = r#"{"Name":"c","AuthorizationType":"BASIC","AuthParameters":{"BasicAuthParameters":{"Username":"u","Password":"p"}}}"#;
    let endpoint = r#"{"Name":"a","RoutingConfig":{"FailoverConfig":{"Primary":{"HealthCheck":"arn:aws:route53:::healthcheck/a"},"Secondary":{"Route":"us-west-2"}}},"ReplicationConfig":{"State":"DISABLED"},"EventBuses":[{"EventBusArn":"arn:aws:events:us-east-1:123456789012:event-bus/orders"},{"EventBusArn":"arn:aws:events:us-west-2:123456789012:event-bus/orders"}]}"#;
    let archive = r#"{"ArchiveName":"a","EventSourceArn":"arn:aws:events:us-east-1:123456789012:event-bus/orders"}"#;
    talk.hold(&[
        ("CreateConnection", connection, "ok"),
        ("CreateEndpoint", endpoint, "ok"),
        ("CreateArchive", archive, "ok"),
    ]);
    talk.ask("ListEventBuses", "{}");
    talk
}

pub fn hold(talk: &mut Talk, operation: &str, body: &str, account: &str) {
    let caller = caller(account);
    // The first look of an account at a region is no change.
    dispatch(&mut talk.sim, "ListEventBuses", "{}", &caller);
    let before = talk.sim.world().clone();
    let response = dispatch(&mut talk.sim, operation, body, &caller);
    assert!(json::parse(&response.body).is_ok(), "{operation} {body}: {}", response.body);
    if response.status != 200 {
        assert!(*talk.sim.world() == before, "{operation} {body} was refused and changed something");
        assert!(response.body.starts_with(r#"{"__type":""#), "{}", response.body);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn grown_bodies_never_panic_and_refused_calls_change_nothing(
        calls in prop::collection::vec((0..Operation::ALL.len(), any::<bool>(), prop::collection::vec(any::<u8>(), 60)), 1..12)
    ) {
        let mut talk = furnished();
        for (operation, home, choices) in calls {
            let operation = Operation::ALL[operation];
            let body = grown(operation.input(), &mut Choices(choices.iter()));
            hold(&mut talk, operation.name(), &json::print(&body), if home { HOME } else { AWAY });
        }
    }

    #[test]
    fn texts_that_are_hardly_json_never_panic(operation in 0..Operation::ALL.len(), body in "[{}\\[\\]\",:a1 \\\\nute.-]{0,40}") {
        let mut talk = furnished();
        hold(&mut talk, Operation::ALL[operation].name(), &body, HOME);
    }
}
