//! The one door: unknown operations and broken bodies.

use eventbridge_sim::api::model::Operation;

use crate::talk::{Talk, help, shown};

#[test]
fn an_unknown_operation_is_refused_with_a_guess() {
    let response = Talk::new().ask("PutRules", "{}");
    assert_eq!((response.status, shown(&response)), (400, "UnknownOperationException: ".to_owned()));
    assert!(help(&response).contains("`PutRule`"), "{}", response.body);
}

#[test]
fn a_body_that_is_nothing_has_no_members() {
    let missing = "ValidationException: 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null";
    for body in ["", " ", "{}", "null", " null\n"] {
        Talk::new().hold(&[("DescribeRule", body, missing)]);
    }
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
