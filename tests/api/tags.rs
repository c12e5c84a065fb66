//! Tags: on buses and rules, in the order in which their keys came, fifty at most.

use crate::talk::{AWAY, Talk};

const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus/orders";
const RULE: &str = "arn:aws:events:us-east-1:123456789012:rule/orders/r";

fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.hold(&[
        ("CreateEventBus", r#"{"Name":"orders","Tags":[{"Key":"owner","Value":"a"}]}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventBusName":"orders","EventPattern":"{\"a\":[1]}"}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}"}"#, "ok"),
    ]);
    talk
}

#[test]
fn buses_and_rules_have_tags() {
    let mut talk = talk();
    for (arn, first) in [
        (BUS, r#"{"Tags":[{"Key":"owner","Value":"a"}]}"#),
        (RULE, r#"{"Tags":[]}"#),
        ("arn:aws:events:us-east-1:123456789012:rule/r", r#"{"Tags":[]}"#),
        ("arn:aws:events:us-east-1:123456789012:event-bus/default", r#"{"Tags":[]}"#),
    ] {
        let of = |rest: &str| format!(r#"{{"ResourceARN":"{arn}"{rest}}}"#);
        let tagged = r#"{"Tags":[{"Key":"owner","Value":"b"},{"Key":"stage","Value":""}]}"#;
        talk.hold(&[
            ("ListTagsForResource", &of(""), first),
            ("TagResource", &of(r#","Tags":[{"Key":"owner","Value":"b"},{"Key":"stage","Value":""}]"#), "{}"),
            ("ListTagsForResource", &of(""), tagged),
            (
                "TagResource",
                &of(r#","Tags":[{"Key":"k","Value":"1"},{"Key":"k","Value":"2"}]"#),
                "ValidationException: Invalid parameter: Duplicated keys are not allowed.",
            ),
            ("UntagResource", &of(r#","TagKeys":["owner","absent"]"#), "{}"),
            ("ListTagsForResource", &of(""), r#"{"Tags":[{"Key":"stage","Value":""}]}"#),
        ]);
    }
}

#[test]
fn what_has_no_tags_is_refused() {
    talk().hold(&[
        (
            "ListTagsForResource",
            r#"{"ResourceARN":"arn:aws:events:us-east-1:123456789012:event-bus/none"}"#,
            "ResourceNotFoundException: Event bus none does not exist.",
        ),
        (
            "TagResource",
            r#"{"ResourceARN":"arn:aws:events:us-east-1:123456789012:rule/orders/none","Tags":[]}"#,
            "ResourceNotFoundException: Rule none does not exist on EventBus orders.",
        ),
        (
            "UntagResource",
            r#"{"ResourceARN":"arn:aws:events:us-east-1:123456789012:rule/none","TagKeys":["a"]}"#,
            "ResourceNotFoundException: Rule none does not exist on EventBus default.",
        ),
        (
            "ListTagsForResource",
            r#"{"ResourceARN":"arn:aws:sqs:us-east-1:123456789012:q"}"#,
            "ValidationException: Parameter arn:aws:sqs:us-east-1:123456789012:q is not valid. Reason: Provided Arn is not in correct format.",
        ),
    ]);
}

#[test]
fn a_resource_has_fifty_tags_at_most() {
    let tags = |keys: std::ops::Range<usize>| {
        let tags: Vec<_> = keys.map(|key| format!(r#"{{"Key":"k{key}","Value":"v"}}"#)).collect();
        tags.join(",")
    };
    let put = |keys| format!(r#"{{"ResourceARN":"{RULE}","Tags":[{}]}}"#, tags(keys));
    let limit = "LimitExceededException: The requested resource exceeds the maximum number allowed.";
    talk().hold(&[
        ("TagResource", &put(0..50), "{}"),
        ("TagResource", &put(10..20), "{}"),
        ("TagResource", &put(50..51), "ValidationException: The resource would have more than 50 tags."),
        ("CreateEventBus", &format!(r#"{{"Name":"b","Tags":[{}]}}"#, tags(0..51)), limit),
        ("CreateEventBus", &format!(r#"{{"Name":"b","Tags":[{}]}}"#, tags(0..50)), "ok"),
    ]);
}

#[test]
fn other_accounts_need_the_bus_policy() {
    let mut talk = talk();
    let policy = r#"{"EventBusName":"orders","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"s\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"222222222222\"},\"Action\":\"events:ListTagsForResource\",\"Resource\":\"arn:aws:events:us-east-1:123456789012:event-bus/orders\"}]}"}"#;
    talk.hold(&[("PutPermission", policy, "ok")]);
    let of = |arn: &str| format!(r#"{{"ResourceARN":"{arn}"}}"#);
    talk.hold_as(
        AWAY,
        &[
            ("ListTagsForResource", &of(BUS), r#"{"Tags":[{"Key":"owner","Value":"a"}]}"#),
            (
                "ListTagsForResource",
                &of(RULE),
                "AccessDeniedException: User: arn:aws:iam::222222222222:root is not authorized to perform: events:ListTagsForResource on resource: arn:aws:events:us-east-1:123456789012:rule/orders/r because no resource-based policy allows the events:ListTagsForResource action",
            ),
        ],
    );
}

#[test]
fn a_hundred_thousand_tags_are_too_many_and_soon_told_so() {
    let tags: Vec<String> = (0..100_000).map(|index| format!(r#"{{"Key":"k{index}","Value":"v"}}"#)).collect();
    let tags = tags.join(",");
    talk().hold(&[
        (
            "TagResource",
            &format!(r#"{{"ResourceARN":"{BUS}","Tags":[{tags}]}}"#),
            "ValidationException: The resource would have more than 50 tags.",
        ),
        (
            "TagResource",
            &format!(r#"{{"ResourceARN":"{BUS}","Tags":[{tags},{{"Key":"k9","Value":"w"}}]}}"#),
            "ValidationException: Invalid parameter: Duplicated keys are not allowed.",
        ),
    ]);
}
