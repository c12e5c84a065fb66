//! Permissions: statements by Sid, whole policies, and what is refused.

use crate::talk::{AWAY, Talk, caller, help};

const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus/default";

fn policy(talk: &mut Talk) -> String {
    let body = eventbridge_sim::json::parse(&talk.ask("DescribeEventBus", "{}").body).unwrap();
    body.get("Policy").and_then(|policy| policy.as_str()).unwrap_or_default().to_owned()
}

#[test]
fn statements_are_put_replaced_and_removed_by_sid() {
    let mut talk = Talk::new();
    talk.hold(&[
        ("PutPermission", r#"{"Action":"events:PutEvents","Principal":"222222222222","StatementId":"a"}"#, "{}"),
        (
            "PutPermission",
            r#"{"Action":"events:PutEvents","Principal":"*","StatementId":"b","Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-1234567890"}}"#,
            "{}",
        ),
        ("PutPermission", r#"{"Action":"events:PutEvents","Principal":"333333333333","StatementId":"a"}"#, "{}"),
    ]);
    let statement = |sid: &str, principal: &str, rest: &str| {
        format!(
            r#"{{"Sid":"{sid}","Effect":"Allow","Principal":{principal},"Action":"events:PutEvents","Resource":"{BUS}"{rest}}}"#
        )
    };
    let a = statement("a", r#"{"AWS":"arn:aws:iam::333333333333:root"}"#, "");
    let b = statement("b", r#""*""#, r#","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#);
    let whole = |statements: &[&str]| format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    assert_eq!(policy(&mut talk), whole(&[&a, &b]));
    talk.hold(&[("RemovePermission", r#"{"StatementId":"a","RemoveAllPermissions":false}"#, "{}")]);
    assert_eq!(policy(&mut talk), whole(&[&b]));
    talk.hold(&[("RemovePermission", r#"{"StatementId":"b"}"#, "{}")]);
    assert_eq!(policy(&mut talk), "");
    talk.hold(&[("RemovePermission", r#"{"RemoveAllPermissions":true}"#, "{}")]);
}

#[test]
fn the_short_form_is_checked_in_the_services_words() {
    let with = |condition: &str| {
        format!(r#"{{"Action":"events:PutEvents","Principal":"*","StatementId":"s","Condition":{condition}}}"#)
    };
    Talk::new().hold(&[
        ("PutPermission", "{}", "ValidationException: Parameter(s) Action must be specified."),
        ("PutPermission", r#"{"Action":"events:PutEvents"}"#, "ValidationException: Parameter(s) Principal must be specified."),
        (
            "PutPermission",
            r#"{"Action":"events:PutEvents","Principal":"*"}"#,
            "ValidationException: Parameter(s) StatementId must be specified.",
        ),
        (
            "PutPermission",
            r#"{"Action":"events:PutRule","Principal":"*","StatementId":"s"}"#,
            "ValidationException: Provided value in parameter 'action' is not supported.",
        ),
        (
            "PutPermission",
            &with(r#"{"Type":"StringLike","Key":"aws:PrincipalOrgID","Value":"o-*"}"#),
            "ValidationException: Provided value in parameter 'condition.type' is not supported.",
        ),
        (
            "PutPermission",
            &with(r#"{"Type":"StringEquals","Key":"events:source","Value":"x"}"#),
            "ValidationException: Provided value in parameter 'condition.key' is not supported.",
        ),
        (
            "PutPermission",
            &with(r#"{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"no"}"#),
            "ValidationException: Provided value in parameter 'condition.value' is invalid.",
        ),
        (
            "PutPermission",
            r#"{"EventBusName":"no","Action":"events:PutEvents","Principal":"*","StatementId":"s"}"#,
            "ResourceNotFoundException: Event bus no does not exist.",
        ),
        (
            "PutPermission",
            r#"{"Policy":"{}","Principal":"*"}"#,
            "ValidationException: Action, Principal, StatementId and Condition could not be combined with Policy parameter.",
        ),
        ("PutPermission", r#"{"Policy":"{}"}"#, "ValidationException: Missing required field Version"),
        ("RemovePermission", "{}", "ValidationException: Parameter(s) StatementId must be specified."),
        (
            "RemovePermission",
            r#"{"StatementId":"s","RemoveAllPermissions":true}"#,
            "ValidationException: StatementId could not be combined with All parameter.",
        ),
        (
            "RemovePermission",
            r#"{"StatementId":"s"}"#,
            "ResourceNotFoundException: Statement with the provided id does not exist.",
        ),
        (
            "RemovePermission",
            r#"{"StatementId":"s","EventBusName":"no"}"#,
            "ResourceNotFoundException: Event bus no does not exist.",
        ),
    ]);
}

#[test]
fn a_policy_has_a_largest_size() {
    let mut talk = Talk::new();
    let mut refused = None;
    for index in 0..200 {
        let input = format!(r#"{{"Action":"events:PutEvents","Principal":"222222222222","StatementId":"s{index}"}}"#);
        let response = talk.ask("PutPermission", &input);
        if response.status != 200 {
            refused = Some(response);
            break;
        }
    }
    let refused = refused.expect("two hundred statements are too many");
    assert!(refused.body.contains("PolicyLengthExceededException"), "{}", refused.body);
    assert!(help(&refused).contains("10240"), "{}", refused.body);
    assert!(policy(&mut talk).len() <= 10_240);
}

#[test]
fn events_from_another_account_need_a_permission() {
    let mut talk = Talk::new();
    let entries =
        format!(r#"{{"Entries":[{{"Source":"s","DetailType":"t","Detail":"{{}}","EventBusName":"{BUS}"}}]}}"#);
    let denied = format!(
        "AccessDeniedException: User: arn:aws:iam::{AWAY}:root is not authorized to perform: events:PutEvents on resource: {BUS} because no resource-based policy allows the events:PutEvents action"
    );
    talk.hold_as(AWAY, &[("PutEvents", &entries, &denied)]);
    let organization = r#"{"Action":"events:PutEvents","Principal":"*","StatementId":"org","Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-1234567890"}}"#;
    talk.hold(&[("PutPermission", organization, "{}")]);
    talk.caller = caller(AWAY);
    let refused = talk.ask("PutEvents", &entries);
    assert!(
        help(&refused).contains("`org`") && help(&refused).contains("no declared organization"),
        "{}",
        refused.body
    );
    talk.caller = caller("123456789012");
    talk.hold(&[(
        "PutPermission",
        r#"{"Action":"events:PutEvents","Principal":"222222222222","StatementId":"a"}"#,
        "{}",
    )]);
    talk.hold_as(AWAY, &[("PutEvents", &entries, "ok")]);
    talk.hold(&[("RemovePermission", r#"{"StatementId":"a"}"#, "{}")]);
    talk.hold_as(AWAY, &[("PutEvents", &entries, &denied)]);
}

/// Every row: the condition under which another account may put rules and targets, what it asks for, and whether it may.
#[test]
fn conditions_see_the_targets_and_the_pattern_of_a_call() {
    const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";
    let rule =
        |pattern: &str| ("PutRule", format!(r#"{{"Name":"r","EventBusName":"{BUS}","EventPattern":{pattern:?}}}"#));
    let targets = |arns: &[&str]| {
        let targets: Vec<_> =
            arns.iter().enumerate().map(|(id, arn)| format!(r#"{{"Id":"t{id}","Arn":"{arn}"}}"#)).collect();
        ("PutTargets", format!(r#"{{"Rule":"known","EventBusName":"{BUS}","Targets":[{}]}}"#, targets.join(",")))
    };
    let shop = rule(r#"{"source":["shop","till"],"detail":{"service":["EC2"]}}"#);
    for (condition, asked, may) in [
        (r#"{"ForAllValues:StringEquals":{"events:source":["shop","till"]}}"#, &shop, true),
        (r#"{"ForAllValues:StringEquals":{"events:source":["shop"]}}"#, &shop, false),
        (r#"{"ForAnyValue:StringEquals":{"events:source":["shop"]}}"#, &shop, true),
        (r#"{"ForAnyValue:StringEquals":{"events:source":["bank"]}}"#, &shop, false),
        (r#"{"StringNotEquals":{"events:source":"till"}}"#, &shop, false),
        (r#"{"StringEquals":{"events:detail.service":"EC2"}}"#, &shop, true),
        (r#"{"Null":{"events:detail-type":"true","events:source":"false"}}"#, &shop, true),
        (r#"{"Null":{"events:source":"false"}}"#, &rule(r#"{"detail-type":["x"]}"#), false),
        // What is no plain text lets nothing pass.
        (r#"{"Null":{"events:source":"false"}}"#, &rule(r#"{"source":[{"prefix":"s"}]}"#), false),
        (r#"{"Null":{"events:source":"true"}}"#, &rule(r#"{"$or":[{"source":["a"]},{"id":["b"]}]}"#), false),
        (r#"{"ForAllValues:ArnLike":{"events:TargetArn":"arn:aws:sqs:*"}}"#, &targets(&[QUEUE]), true),
        (
            r#"{"ForAllValues:ArnLike":{"events:TargetArn":"arn:aws:sqs:*"}}"#,
            &targets(&[QUEUE, "arn:aws:lambda:us-east-1:123456789012:function:f"]),
            false,
        ),
        (r#"{"Null":{"events:TargetArn":"true"}}"#, &shop, true),
    ] {
        let mut talk = Talk::new();
        let resources = r#"["arn:aws:events:us-east-1:123456789012:rule/*"]"#;
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"s","Effect":"Allow","Principal":{{"AWS":"{AWAY}"}},"Action":["events:PutRule","events:PutTargets"],"Resource":{resources},"Condition":{condition}}}]}}"#
        );
        talk.hold(&[
            ("PutRule", r#"{"Name":"known","EventPattern":"{\"a\":[1]}"}"#, "ok"),
            ("PutPermission", &format!(r#"{{"Policy":{policy:?}}}"#), "{}"),
        ]);
        talk.caller = caller(AWAY);
        let response = talk.ask(asked.0, &asked.1);
        assert_eq!(response.status == 200, may, "{condition} {asked:?}: {}", response.body);
    }
}

#[test]
fn tens_of_thousands_of_statements_are_too_long_and_soon_told_so() {
    let statement = |index: usize| {
        format!(
            r#"{{"Sid":"s{index}","Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"{BUS}"}}"#
        )
    };
    let put = |statements: &[String]| {
        let policy = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(",\n"));
        format!(r#"{{"Policy":{}}}"#, serde_json::Value::from(policy))
    };
    let mut statements: Vec<String> = (0..30_000).map(statement).collect();
    let mut talk = Talk::new();
    talk.hold(&[("PutPermission", &put(&statements), "PolicyLengthExceededException: The policy is too long.")]);
    statements.push(statement(7));
    let twice = "ValidationException: Invalid statement at line 30000 column 147: The Statement Ids in the policy are not unique";
    talk.hold(&[("PutPermission", &put(&statements), twice)]);
}
