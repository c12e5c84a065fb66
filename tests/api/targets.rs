//! Targets: what may be put, what is kept, what is refused and in which words.

use eventbridge_sim::api::control::control;

use crate::talk::{AWAY, Talk};

const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";

fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.hold(&[
        ("CreateEventBus", r#"{"Name":"orders"}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventBusName":"orders","EventPattern":"{\"a\":[1]}"}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}"}"#, "ok"),
    ]);
    talk
}

/// Every row: the members of one target beside its Id `t`, and the answer.
fn hold(rows: &[(&str, &str)]) {
    let mut talk = talk();
    for (members, wanted) in rows {
        let input = format!(r#"{{"Rule":"r","EventBusName":"orders","Targets":[{{"Id":"t",{members}}}]}}"#);
        talk.hold(&[("PutTargets", &input, wanted)]);
    }
}

#[test]
fn targets_are_kept_as_given_and_listed_by_id() {
    let mut talk = talk();
    let full = r#"{"Id":"b","Arn":"arn:aws:lambda:us-east-1:123456789012:function:f","Input":"{\"a\": 1}","RetryPolicy":{"MaximumRetryAttempts":0},"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:dlq"}}"#;
    let put = format!(
        r#"{{"Rule":"r","Targets":[{full},{{"Id":"a","Arn":"{QUEUE}","InputPath":"$.detail","SqsParameters":{{"MessageGroupId":"g","Unknown":1}},"RoleArn":null}}]}}"#
    );
    let listed = format!(
        r#"{{"Targets":[{{"Id":"a","Arn":"{QUEUE}","InputPath":"$.detail","SqsParameters":{{"MessageGroupId":"g"}}}},{{"Id":"b","Arn":"arn:aws:lambda:us-east-1:123456789012:function:f","Input":"{{\"a\": 1}}","DeadLetterConfig":{{"Arn":"arn:aws:sqs:us-east-1:123456789012:dlq"}},"RetryPolicy":{{"MaximumRetryAttempts":0}}}}]}}"#
    );
    let replaced = format!(r#"{{"Targets":[{{"Id":"b","Arn":"{QUEUE}"}}]}}"#);
    let nothing_failed = r#"{"FailedEntryCount":0,"FailedEntries":[]}"#;
    talk.hold(&[
        ("PutTargets", &put, nothing_failed),
        ("ListTargetsByRule", r#"{"Rule":"r"}"#, &listed),
        ("PutTargets", &format!(r#"{{"Rule":"r","Targets":[{{"Id":"b","Arn":"{QUEUE}"}}]}}"#), nothing_failed),
        ("RemoveTargets", r#"{"Rule":"r","Ids":["a","unknown"]}"#, nothing_failed),
        ("ListTargetsByRule", r#"{"Rule":"r"}"#, &replaced),
    ]);
}

#[test]
fn unknown_rules_and_buses_are_refused() {
    let targets = format!(r#""Targets":[{{"Id":"t","Arn":"{QUEUE}"}}]"#);
    talk().hold(&[
        (
            "PutTargets",
            &format!(r#"{{"Rule":"x","EventBusName":"orders",{targets}}}"#),
            "ResourceNotFoundException: Rule x does not exist on EventBus orders.",
        ),
        (
            "PutTargets",
            &format!(r#"{{"Rule":"x","EventBusName":"none",{targets}}}"#),
            "ResourceNotFoundException: Event bus none does not exist.",
        ),
        (
            "RemoveTargets",
            r#"{"Rule":"x","Ids":["t"]}"#,
            "ResourceNotFoundException: Rule x does not exist on EventBus default.",
        ),
        (
            "ListTargetsByRule",
            r#"{"Rule":"x"}"#,
            "ResourceNotFoundException: Rule x does not exist on EventBus default.",
        ),
    ]);
}

#[test]
fn a_rule_has_five_targets_and_a_request_ten() {
    let mut talk = talk();
    let put = |ids: std::ops::Range<usize>| {
        let targets: Vec<_> = ids.map(|id| format!(r#"{{"Id":"t{id}","Arn":"{QUEUE}"}}"#)).collect();
        format!(r#"{{"Rule":"r","Targets":[{}]}}"#, targets.join(","))
    };
    let limit = "LimitExceededException: The requested resource exceeds the maximum number allowed.";
    let same =
        format!(r#"{{"Rule":"r","Targets":[{}]}}"#, vec![format!(r#"{{"Id":"t","Arn":"{QUEUE}"}}"#); 11].join(","));
    talk.hold(&[
        ("PutTargets", &put(0..7), limit),
        ("ListTargetsByRule", r#"{"Rule":"r"}"#, r#"{"Targets":[]}"#),
        ("PutTargets", &same, limit),
        ("PutTargets", &put(0..3), "ok"),
        ("PutTargets", &put(3..6), limit),
        ("PutTargets", &put(2..5), "ok"),
    ]);
}

#[test]
fn arns_roles_and_kinds_are_checked() {
    hold(&[
        (
            r#""Arn":"no-arn""#,
            "ValidationException: Parameter no-arn is not valid. Reason: Provided Arn is not in correct format.",
        ),
        (
            r#""Arn":"arn:aws:sqs:moon:123456789012:q""#,
            "ValidationException: Parameter arn:aws:sqs:moon:123456789012:q is not valid. Reason: Provided Arn is not in correct format.",
        ),
        (
            r#""Arn":"arn:aws:kinesis:us-east-1:123456789012:stream/s""#,
            "ValidationException: RoleArn is required for target arn:aws:kinesis:us-east-1:123456789012:stream/s.",
        ),
        (
            r#""Arn":"arn:aws:sqs:us-east-1:222222222222:q""#,
            "ValidationException: RoleArn is required for target arn:aws:sqs:us-east-1:222222222222:q.",
        ),
        (r#""Arn":"arn:aws:sqs:us-east-1:222222222222:q","RoleArn":"arn:aws:iam::123456789012:role/r""#, "ok"),
        (
            r#""Arn":"arn:aws:states:us-east-1:222222222222:stateMachine:m","RoleArn":"arn:aws:iam::123456789012:role/r""#,
            "AccessDeniedException: Access to the resource arn:aws:states:us-east-1:222222222222:stateMachine:m is denied. Reason: Adding cross-account target is not permitted.",
        ),
        (
            r#""Arn":"arn:aws:sqs:us-east-1:123456789012:q.fifo""#,
            "ValidationException: Parameter(s) SqsParameters must be specified for target: t.",
        ),
        (r#""Arn":"arn:aws:sqs:us-east-1:123456789012:q.fifo","SqsParameters":{"MessageGroupId":"g"}"#, "ok"),
        (
            r#""Arn":"arn:aws:events:us-east-1:::""#,
            "ValidationException: Parameter arn:aws:events:us-east-1::: is not valid. Reason: Service as target config for ARN: arn:aws:events:us-east-1::: not found. The API call hasn't been recognized as managed rules call",
        ),
        (r#""Arn":"arn:aws:logs:us-east-1:123456789012:log-group:g""#, "ok"),
        (r#""Arn":"arn:aws:lambda:ap-southeast-2:123456789012:function:f""#, "ok"),
        (r#""Arn":"arn:aws:lambda:us-gov-west-1:123456789012:function:f""#, "ok"),
        (
            r#""Arn":"arn:aws:lambda:us-nowhere-1:123456789012:function:f""#,
            "ValidationException: Parameter arn:aws:lambda:us-nowhere-1:123456789012:function:f is not valid. Reason: Provided Arn is not in correct format.",
        ),
        (
            r#""Arn":"arn:aws:logs:us-east-1:123456789012:log-group:g","Input":"{}""#,
            "ValidationException: Input is not supported for target arn:aws:logs:us-east-1:123456789012:log-group:g.",
        ),
        (
            r#""Arn":"arn:aws:ssm:us-east-1::document/AWS-RunShellScript""#,
            "ValidationException: RoleArn is required for target arn:aws:ssm:us-east-1::document/AWS-RunShellScript.",
        ),
        (
            r#""Arn":"arn:aws:ssm:us-east-1::document/AWS-RunShellScript","RoleArn":"arn:aws:iam::123456789012:role/r""#,
            "ValidationException: Parameter(s) RunCommandParameters must be specified for target: t.",
        ),
        (
            r#""Arn":"arn:aws:ssm:us-east-1::document/AWS-RunShellScript","RoleArn":"arn:aws:iam::123456789012:role/r","RunCommandParameters":{"RunCommandTargets":[{"Key":"InstanceIds","Values":["i-1"]}]}"#,
            "ok",
        ),
        (
            r#""Arn":"arn:aws:ecs:us-east-1:123456789012:cluster/c","RoleArn":"arn:aws:iam::123456789012:role/r""#,
            "ValidationException: Parameter(s) EcsParameters must be specified for target: t.",
        ),
        (
            r#""Arn":"arn:aws:batch:us-east-1:123456789012:job-queue/j","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"d","JobName":"n","ArrayProperties":{"Size":1}}"#,
            "ValidationException: ArrayProperties.Size of target t must be between 2 and 10000.",
        ),
        (
            r#""Arn":"arn:aws:batch:us-east-1:123456789012:job-queue/j","RoleArn":"arn:aws:iam::123456789012:role/r","BatchParameters":{"JobDefinition":"d","JobName":"n","ArrayProperties":{"Size":2},"RetryStrategy":{"Attempts":10}}"#,
            "ok",
        ),
        (
            r#""Arn":"arn:aws:sqs:us-east-1:123456789012:q","DeadLetterConfig":{"Arn":"nowhere"}"#,
            "ValidationException: Parameter nowhere is not valid. Reason: Provided Arn is not in correct format.",
        ),
    ]);
}

#[test]
fn the_three_ways_of_input_exclude_each_other() {
    let queue = format!(r#""Arn":"{QUEUE}""#);
    let one = "ValidationException: Only one of Input, InputPath, or InputTransformer must be provided for target t.";
    let path = "ValidationException: InputPath for target t is invalid.";
    hold(&[
        (&format!(r#"{queue},"Input":"{{}}","InputPath":"$.a""#), one),
        (&format!(r#"{queue},"Input":"{{}}","InputTransformer":{{"InputTemplate":"{{}}"}}"#), one),
        (&format!(r#"{queue},"InputPath":"$['a']""#), path),
        (&format!(r#"{queue},"InputPath":"$..a""#), path),
        (&format!(r#"{queue},"InputPath":"$.a.*""#), path),
        (&format!(r#"{queue},"InputPath":"$.a[0].b-c""#), "ok"),
        (&format!(r#"{queue},"InputPath":"""#), "ok"),
        (&format!(r#"{queue},"Input":"""#), "ok"),
        (
            &format!(r#"{queue},"Input":"not-json""#),
            "ValidationException: JSON syntax error in input for target t: [Source: (String)\"not-json\"; line: 1, column: 1]",
        ),
        (&format!(r#"{queue},"InputTransformer":{{"InputTemplate":"{{}}"}}"#), "ok"),
    ]);
}

#[test]
fn a_bus_as_target_takes_the_event_as_it_is() {
    let bus = r#""Arn":"arn:aws:events:us-east-1:123456789012:event-bus/default""#;
    let role = r#""RoleArn":"arn:aws:iam::123456789012:role/r""#;
    let changed = "ValidationException: Modifying the input for target t is not supported.";
    hold(&[
        (
            bus,
            "ValidationException: RoleArn is required for target arn:aws:events:us-east-1:123456789012:event-bus/default.",
        ),
        (&format!("{bus},{role}"), "ok"),
        (
            &format!(r#"{bus},{role},"RetryPolicy":{{"MaximumRetryAttempts":1}}"#),
            "ValidationException: Retry policy is not supported for Event bus targets.",
        ),
        (&format!(r#"{bus},{role},"Input":"{{}}""#), changed),
        (&format!(r#"{bus},{role},"InputPath":"$.a""#), changed),
        (&format!(r#"{bus},{role},"InputTransformer":{{"InputTemplate":"{{}}"}}"#), changed),
        (
            &format!(r#""Arn":"arn:aws:events:us-east-1:123456789012:event-bus/orders",{role}"#),
            "ValidationException: Source EventBus and Target EventBus must not be the same.",
        ),
        (&format!(r#""Arn":"arn:aws:events:eu-west-1:222222222222:event-bus/theirs",{role}"#), "ok"),
    ]);
}

#[test]
fn rules_are_found_by_their_target() {
    let mut talk = talk();
    for name in ["zeta", "alpha", "mu"] {
        talk.hold(&[
            ("PutRule", &format!(r#"{{"Name":"{name}","State":"DISABLED","EventPattern":"{{\"a\":[1]}}"}}"#), "ok"),
            (
                "PutTargets",
                &format!(
                    r#"{{"Rule":"{name}","Targets":[{{"Id":"1","Arn":"{QUEUE}"}},{{"Id":"2","Arn":"{QUEUE}"}}]}}"#
                ),
                "ok",
            ),
        ]);
    }
    let of = |rest: &str| format!(r#"{{"TargetArn":"{QUEUE}"{rest}}}"#);
    let first = talk.ask("ListRuleNamesByTarget", &of(r#","Limit":2"#)).body;
    assert!(first.starts_with(r#"{"RuleNames":["alpha","mu"],"NextToken":""#), "{first}");
    let token = first.split('"').nth_back(1).unwrap();
    talk.hold(&[
        (
            "ListRuleNamesByTarget",
            &of(&format!(
                r#","NextToken":"{token}","EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/default""#
            )),
            r#"{"RuleNames":["zeta"]}"#,
        ),
        ("ListRuleNamesByTarget", &of(r#","EventBusName":"orders""#), r#"{"RuleNames":[]}"#),
        (
            "ListRuleNamesByTarget",
            &of(r#","NextToken":"zz""#),
            "ValidationException: Parameter NextToken is not valid.",
        ),
        (
            "ListRuleNamesByTarget",
            &of(&format!(r#","NextToken":"{token}","EventBusName":"orders""#)),
            "InternalException: Service encountered unexpected problem. Please try again.",
        ),
        (
            "ListRuleNamesByTarget",
            r#"{"TargetArn":"arn:aws"}"#,
            "ValidationException: Parameter arn:aws is not valid. Reason: Provided Arn is not in correct format.",
        ),
        (
            "ListRuleNamesByTarget",
            &of(r#","EventBusName":"none""#),
            "ResourceNotFoundException: Event bus none does not exist.",
        ),
    ]);
}

#[test]
fn an_entry_that_was_ordered_to_fail_does_and_the_others_do_not() {
    let mut talk = talk();
    let mut order = |operation: &str, entry: usize, code: &str| {
        let input = format!(r#"{{"operation":"{operation}","entry":{entry},"code":"{code}"}}"#);
        control(&mut talk.sim, "failNext", &input).unwrap();
    };
    order("PutTargets", 1, "ConcurrentModificationException");
    order("RemoveTargets", 0, "InternalException");
    order("PutPartnerEvents", 0, "ThrottlingException");
    let target = |id: &str| format!(r#"{{"Id":"{id}","Arn":"{QUEUE}"}}"#);
    let put = format!(r#"{{"Rule":"r","Targets":[{},{}]}}"#, target("a"), target("b"));
    let failed = |id: &str, code: &str, message: &str| {
        format!(
            r#"{{"FailedEntryCount":1,"FailedEntries":[{{"TargetId":"{id}","ErrorCode":"{code}","ErrorMessage":"{message}"}}]}}"#
        )
    };
    let source = "aws.partner/shop.example/orders/all";
    let offer = format!(r#"{{"Name":"{source}","Account":"{AWAY}"}}"#);
    let event = format!(r#"{{"Entries":[{{"Source":"{source}","DetailType":"t","Detail":"{{}}"}}]}}"#);
    let throttled =
        r#"{"FailedEntryCount":1,"Entries":[{"ErrorCode":"ThrottlingException","ErrorMessage":"Rate exceeded"}]}"#;
    let internal = "Service encountered unexpected problem. Please try again.";
    talk.hold(&[
        // It waits for a call that has such an entry.
        (
            "PutTargets",
            &format!(r#"{{"Rule":"r","Targets":[{}]}}"#, target("c")),
            r#"{"FailedEntryCount":0,"FailedEntries":[]}"#,
        ),
        ("PutTargets", &put, &failed("b", "ConcurrentModificationException", "Concurrent modification.")),
        ("ListTargetsByRule", r#"{"Rule":"r"}"#, &format!(r#"{{"Targets":[{},{}]}}"#, target("a"), target("c"))),
        ("RemoveTargets", r#"{"Rule":"r","Ids":["a","c"]}"#, &failed("a", "InternalException", internal)),
        ("ListTargetsByRule", r#"{"Rule":"r"}"#, &format!(r#"{{"Targets":[{}]}}"#, target("a"))),
        ("CreatePartnerEventSource", &offer, "ok"),
        ("PutPartnerEvents", &event, throttled),
        ("PutPartnerEvents", &event, "ok"),
    ]);
    let refused = control(&mut talk.sim, "failNext", r#"{"operation":"PutRule","entry":0,"code":"InternalException"}"#);
    assert!(refused.unwrap_err().help.as_ref().unwrap().contains("PutTargets"));
}
