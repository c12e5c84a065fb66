//! Rules: put means replace, and what is invalid changes nothing.

use crate::talk::Talk;

#[test]
fn a_rule_is_put_shown_switched_and_deleted() {
    Talk::new().hold(&[
        (
            "PutRule",
            r#"{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","State":"DISABLED","Description":"d","RoleArn":"arn:aws:iam::123456789012:role/x"}"#,
            r#"{"RuleArn":"arn:aws:events:us-east-1:123456789012:rule/r"}"#,
        ),
        (
            "DescribeRule",
            r#"{"Name":"r"}"#,
            r#"{"Name":"r","Arn":"arn:aws:events:us-east-1:123456789012:rule/r","EventPattern":"{\"source\":[\"s\"]}","State":"DISABLED","Description":"d","RoleArn":"arn:aws:iam::123456789012:role/x","EventBusName":"default","CreatedBy":"123456789012"}"#,
        ),
        ("EnableRule", r#"{"Name":"r"}"#, "{}"),
        (
            "ListRules",
            r#"{"NamePrefix":"r"}"#,
            r#"{"Rules":[{"Name":"r","Arn":"arn:aws:events:us-east-1:123456789012:rule/r","EventPattern":"{\"source\":[\"s\"]}","State":"ENABLED","Description":"d","RoleArn":"arn:aws:iam::123456789012:role/x","EventBusName":"default"}]}"#,
        ),
        ("DisableRule", r#"{"Name":"r","EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/default"}"#, "{}"),
        ("DeleteRule", r#"{"Name":"r"}"#, "{}"),
        ("DeleteRule", r#"{"Name":"r"}"#, "{}"),
        ("ListRules", "{}", r#"{"Rules":[]}"#),
        ("DescribeRule", r#"{"Name":"r"}"#, "ResourceNotFoundException: Rule r does not exist on EventBus default."),
        ("EnableRule", r#"{"Name":"r"}"#, "ResourceNotFoundException: Rule r does not exist on EventBus default."),
        ("DisableRule", r#"{"Name":"r"}"#, "ResourceNotFoundException: Rule r does not exist on EventBus default."),
    ]);
}

#[test]
fn omitted_members_of_an_update_become_nothing_and_targets_stay() {
    Talk::new().hold(&[
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}","State":"DISABLED","Description":"d"}"#, "ok"),
        ("PutTargets", r#"{"Rule":"r","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[{\"no\":1}]}"}"#, "InvalidEventPatternException: Event pattern is not valid. Reason: Unrecognized match type no\n at [Source: (String)\"{\"a\":[{\"no\":1}]}\"; line: 1, column: 14]"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[2]}"}"#, "ok"),
        (
            "DescribeRule",
            r#"{"Name":"r"}"#,
            r#"{"Name":"r","Arn":"arn:aws:events:us-east-1:123456789012:rule/r","EventPattern":"{\"a\":[2]}","State":"ENABLED","EventBusName":"default","CreatedBy":"123456789012"}"#,
        ),
        ("ListTargetsByRule", r#"{"Rule":"r"}"#, r#"{"Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}"#),
        ("DeleteRule", r#"{"Name":"r"}"#, "ValidationException: Rule can't be deleted since it has targets."),
    ]);
}

#[test]
fn a_rule_needs_a_bus_and_something_to_fire_on() {
    Talk::new().hold(&[
        ("CreateEventBus", r#"{"Name":"orders"}"#, "ok"),
        (
            "PutRule",
            r#"{"Name":"r"}"#,
            "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.",
        ),
        (
            "PutRule",
            r#"{"Name":"r","EventPattern":"","ScheduleExpression":""}"#,
            "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.",
        ),
        (
            "PutRule",
            r#"{"Name":"r","EventBusName":"no","EventPattern":"{\"a\":[1]}"}"#,
            "ResourceNotFoundException: Event bus no does not exist.",
        ),
        ("ListRules", r#"{"EventBusName":"no"}"#, "ResourceNotFoundException: Event bus no does not exist."),
        (
            "DeleteRule",
            r#"{"Name":"r","EventBusName":"no"}"#,
            "ResourceNotFoundException: Event bus no does not exist.",
        ),
        (
            "PutRule",
            r#"{"Name":"r","EventBusName":"orders","ScheduleExpression":"rate(1 day)"}"#,
            "ValidationException: ScheduleExpression is supported only on the default event bus.",
        ),
        (
            "PutRule",
            r#"{"Name":"r","EventBusName":"orders","EventPattern":"{\"a\":[1]}","ScheduleExpression":""}"#,
            "ValidationException: ScheduleExpression is supported only on the default event bus.",
        ),
    ]);
}

#[test]
fn an_empty_schedule_beside_a_pattern_is_kept_and_a_bad_one_is_refused() {
    let mut talk = Talk::new();
    talk.hold(&[
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}","ScheduleExpression":"","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}"#, "ok"),
        (
            "DescribeRule",
            r#"{"Name":"r"}"#,
            r#"{"Name":"r","Arn":"arn:aws:events:us-east-1:123456789012:rule/r","EventPattern":"{\"a\":[1]}","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS","ScheduleExpression":"","EventBusName":"default","CreatedBy":"123456789012"}"#,
        ),
        (
            "PutRule",
            r#"{"Name":"r","ScheduleExpression":"rate(1 days)"}"#,
            "ValidationException: Parameter ScheduleExpression is not valid.",
        ),
    ]);
    let state = talk.ask(
        "PutRule",
        r#"{"Name":"r","ScheduleExpression":"rate(1 day)","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}"#,
    );
    assert!(state.body.contains("ValidationException"), "{}", state.body);
}

#[test]
fn tags_are_kept_from_the_first_put_only() {
    let mut talk = Talk::new();
    talk.hold(&[
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}","Tags":[{"Key":"k","Value":"1"}]}"#, "ok"),
        ("PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}","Tags":[{"Key":"k","Value":"2"}]}"#, "ok"),
    ]);
    let (_, _, region) = talk.sim.world().regions().next().unwrap();
    let rule = region.buses().next().unwrap().rules().next().unwrap();
    assert_eq!(rule.tags.iter().collect::<Vec<_>>(), [("k", "1")]);
    assert!(rule.matcher().is_some());
}

#[test]
fn rules_and_targets_come_in_pages() {
    let mut talk = Talk::new();
    for name in ["c", "a", "b"] {
        let input = format!(r#"{{"Name":"{name}","EventPattern":"{{\"a\":[1]}}"}}"#);
        talk.hold(&[("PutRule", &input, "ok")]);
    }
    let first = talk.ask("ListRules", r#"{"Limit":2}"#).body;
    let token = eventbridge_sim::json::parse(&first).unwrap().get("NextToken").unwrap().as_str().unwrap().to_owned();
    assert!(first.contains("rule/a") && first.contains("rule/b") && !first.contains("rule/c"), "{first}");
    // The bus ARN in place of its name is fine (recorded).
    let input = format!(
        r#"{{"EventBusName":"arn:aws:events:us-east-1:123456789012:event-bus/default","NextToken":"{token}"}}"#
    );
    let rest = talk.ask("ListRules", &input).body;
    assert!(rest.contains("rule/c") && !rest.contains("rule/b") && !rest.contains("NextToken"), "{rest}");
}

#[test]
fn a_managed_rule_is_changed_by_force_only() {
    let mut talk = Talk::new();
    talk.hold(&[("PutRule", r#"{"Name":"m","EventPattern":"{\"a\":[1]}"}"#, "ok")]);
    let now = talk.sim.now();
    let region = talk.sim.world_mut().region_mut(&"123456789012".into(), &"us-east-1".into(), now);
    let bus = region.bus_mut(&"default".into()).unwrap();
    bus.rules.get_mut(&"m".into()).unwrap().managed_by = Some("prod.vhs.events.aws.internal".to_owned());
    let managed = "ManagedRuleException: m is a managed rule.";
    let forced = "ManagedRuleException: m is a managed rule. Set 'force' parameter to true to override.";
    let target = r#"{"Rule":"m","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}"#;
    talk.hold(&[
        ("PutRule", r#"{"Name":"m","EventPattern":"{\"a\":[2]}"}"#, managed),
        ("EnableRule", r#"{"Name":"m"}"#, managed),
        ("DisableRule", r#"{"Name":"m"}"#, managed),
        ("PutTargets", target, managed),
        ("RemoveTargets", r#"{"Rule":"m","Ids":["t"]}"#, forced),
        ("RemoveTargets", r#"{"Rule":"m","Ids":["t"],"Force":true}"#, "ok"),
        ("DeleteRule", r#"{"Name":"m"}"#, forced),
        ("DeleteRule", r#"{"Name":"m","Force":true}"#, "{}"),
    ]);
}

#[test]
fn patterns_past_the_limits_of_the_service_are_refused() {
    const TOO_COMPLEX: &str = "InvalidEventPatternException: Event pattern is not valid. Reason: Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character";
    const TOO_MANY: &str = "InvalidEventPatternException: Event pattern is not valid. Reason: Or operator is producing over 1000 rule combinations";
    let stars = r#"{"v":[{"wildcard":"*a*a*a*a*a*"}]}"#;
    let ors: Vec<String> = (0..10).map(|n| format!(r#""g{n}":{{"$or":[{{"v":[1]}},{{"v":[2]}}]}}"#)).collect();
    let ors = format!("{{{}}}", ors.join(","));
    let both = format!(r#"{{"w":[{{"wildcard":"*a*a*a*a*a*"}}],{}"#, &ors[1..]);
    let mut talk = Talk::new();
    for (pattern, wanted) in [(stars, TOO_COMPLEX), (&ors, TOO_MANY), (&both, TOO_MANY)] {
        let quoted = eventbridge_sim::json::quote(pattern);
        let rule = format!(r#"{{"Name":"r","EventPattern":{quoted}}}"#);
        let test = format!(r#"{{"Event":"{{}}","EventPattern":{quoted}}}"#);
        talk.hold(&[("PutRule", &rule, wanted), ("TestEventPattern", &test, wanted)]);
    }
    talk.hold(&[("ListRules", "{}", r#"{"Rules":[]}"#)]);
}
