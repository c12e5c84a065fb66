//! Partner event sources, seen from both sides.

use eventbridge_sim::io::control;

use crate::talk::{AWAY, Talk};

const SOURCE: &str = r#"{"Name":"aws.partner/shop.example/tenant/orders"}"#;
const OFFER: &str = r#"{"Name":"aws.partner/shop.example/tenant/orders","Account":"123456789012"}"#;
const BUS: &str =
    r#"{"Name":"aws.partner/shop.example/tenant/orders","EventSourceName":"aws.partner/shop.example/tenant/orders"}"#;
const MISSING: &str = "ResourceNotFoundException: Event source aws.partner/shop.example/tenant/orders does not exist.";
const WRONG: &str = "InvalidStateException: Event source aws.partner/shop.example/tenant/orders is in state ";

fn advance(talk: &mut Talk, duration: &str) {
    control(&mut talk.sim, "advance", &format!(r#"{{"duration":"{duration}"}}"#)).unwrap();
}

/// How the source stands, for the account it is offered to.
fn state(talk: &mut Talk) -> String {
    let body = talk.ask("DescribeEventSource", SOURCE).body;
    ["PENDING", "ACTIVE", "DELETED"].into_iter().find(|state| body.contains(state)).unwrap_or("none").to_owned()
}

#[test]
fn a_source_is_offered_accepted_switched_off_and_taken_back() {
    let mut talk = Talk::new();
    talk.hold(&[("DescribeEventSource", SOURCE, MISSING), ("CreateEventBus", BUS, MISSING)]);
    talk.hold_as(AWAY, &[
        ("CreatePartnerEventSource", OFFER, r#"{"EventSourceArn":"arn:aws:events:us-east-1::event-source/aws.partner/shop.example/tenant/orders"}"#),
        ("CreatePartnerEventSource", OFFER, "ResourceAlreadyExistsException: Event source aws.partner/shop.example/tenant/orders already exists."),
        ("DescribePartnerEventSource", SOURCE, r#"{"Arn":"arn:aws:events:us-east-1::event-source/aws.partner/shop.example/tenant/orders","Name":"aws.partner/shop.example/tenant/orders"}"#),
        ("ListPartnerEventSources", r#"{"NamePrefix":"aws.partner/shop.example/"}"#, r#"{"PartnerEventSources":[{"Arn":"arn:aws:events:us-east-1::event-source/aws.partner/shop.example/tenant/orders","Name":"aws.partner/shop.example/tenant/orders"}]}"#),
        ("ListPartnerEventSourceAccounts", r#"{"EventSourceName":"aws.partner/shop.example/tenant/orders"}"#, r#"{"PartnerEventSourceAccounts":[{"Account":"123456789012","CreationTime":1767225600,"State":"PENDING","ExpirationTime":1768435200}]}"#),
    ]);
    talk.hold(&[
        // The partner's side is the partner's alone.
        ("DescribePartnerEventSource", SOURCE, MISSING),
        ("CreatePartnerEventSource", OFFER, "ResourceAlreadyExistsException: Event source aws.partner/shop.example/tenant/orders already exists."),
        ("DescribeEventSource", SOURCE, r#"{"Arn":"arn:aws:events:us-east-1::event-source/aws.partner/shop.example/tenant/orders","CreatedBy":"aws.partner/shop.example","Name":"aws.partner/shop.example/tenant/orders","CreationTime":1767225600,"State":"PENDING","ExpirationTime":1768435200}"#),
        ("ActivateEventSource", SOURCE, &format!("{WRONG}PENDING.")),
        ("CreateEventBus", r#"{"Name":"mine","EventSourceName":"aws.partner/shop.example/tenant/orders"}"#, "ValidationException: The name of a partner event bus must be the name of its event source."),
        ("CreateEventBus", SOURCE, "ValidationException: The name of a partner event bus must be the name of its event source."),
        ("CreateEventBus", BUS, r#"{"EventBusArn":"arn:aws:events:us-east-1:123456789012:event-bus/aws.partner/shop.example/tenant/orders"}"#),
        ("CreateEventBus", BUS, "ResourceAlreadyExistsException: Event bus aws.partner/shop.example/tenant/orders already exists."),
        ("ListEventSources", r#"{"NamePrefix":"aws.partner/shop"}"#, r#"{"EventSources":[{"Arn":"arn:aws:events:us-east-1::event-source/aws.partner/shop.example/tenant/orders","CreatedBy":"aws.partner/shop.example","Name":"aws.partner/shop.example/tenant/orders","CreationTime":1767225600,"State":"ACTIVE"}]}"#),
        ("ActivateEventSource", SOURCE, &format!("{WRONG}ACTIVE.")),
        ("DeactivateEventSource", SOURCE, "ok"),
        ("DeactivateEventSource", SOURCE, &format!("{WRONG}PENDING.")),
        ("ActivateEventSource", SOURCE, "ok"),
    ]);
    talk.hold_as(
        AWAY,
        &[
            ("DeletePartnerEventSource", OFFER, "ok"),
            ("DeletePartnerEventSource", OFFER, "ok"),
            ("DescribePartnerEventSource", SOURCE, MISSING),
        ],
    );
    assert_eq!(state(&mut talk), "DELETED");
    talk.hold(&[
        ("ActivateEventSource", SOURCE, &format!("{WRONG}DELETED.")),
        ("DeleteEventBus", SOURCE, "ok"),
        ("DescribeEventSource", SOURCE, MISSING),
    ]);
}

#[test]
fn a_pending_source_goes_after_two_weeks_and_an_active_one_stays() {
    let mut talk = Talk::new();
    talk.hold_as(AWAY, &[("CreatePartnerEventSource", OFFER, "ok")]);
    advance(&mut talk, "13d");
    assert_eq!(state(&mut talk), "PENDING");
    advance(&mut talk, "1d");
    assert_eq!(state(&mut talk), "none");

    talk.hold_as(AWAY, &[("CreatePartnerEventSource", OFFER, "ok")]);
    talk.hold(&[("CreateEventBus", BUS, "ok")]);
    advance(&mut talk, "30d");
    assert_eq!(state(&mut talk), "ACTIVE");
    talk.hold(&[("DeactivateEventSource", SOURCE, "ok")]);
    advance(&mut talk, "7d");
    talk.hold(&[("ActivateEventSource", SOURCE, "ok")]);
    advance(&mut talk, "7d");
    assert_eq!(state(&mut talk), "ACTIVE");
    talk.hold(&[("DeactivateEventSource", SOURCE, "ok")]);
    advance(&mut talk, "14d");
    assert_eq!(state(&mut talk), "DELETED");
    talk.hold(&[("DeleteEventBus", SOURCE, "ok")]);
    assert_eq!(state(&mut talk), "none");

    // Without its bus a source waits again.
    talk.hold_as(AWAY, &[("CreatePartnerEventSource", OFFER, "ok")]);
    talk.hold(&[("CreateEventBus", BUS, "ok"), ("DeleteEventBus", SOURCE, "ok")]);
    assert_eq!(state(&mut talk), "PENDING");
}

#[test]
fn events_of_a_partner_come_to_the_bus_of_their_source() {
    let mut talk = Talk::new();
    let rule = r#"{"Name":"r","EventBusName":"aws.partner/shop.example/tenant/orders","EventPattern":"{\"detail-type\":[\"Order\"]}"}"#;
    let target = r#"{"Rule":"r","EventBusName":"aws.partner/shop.example/tenant/orders","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]}"#;
    let put = r#"{"Entries":[{"Source":"aws.partner/shop.example/tenant/orders","DetailType":"Order","Detail":"{\"n\":1}"}]}"#;
    let refused = r#"{"FailedEntryCount":1,"Entries":[{"ErrorCode":"NotAuthorizedForSourceException","ErrorMessage":"Not authorized for the source."}]}"#;
    let count = |talk: &mut Talk| control(&mut talk.sim, "invocations", "{}").unwrap().matches("\"attempt\"").count();
    talk.hold_as(
        AWAY,
        &[
            ("PutPartnerEvents", put, refused),
            ("CreatePartnerEventSource", OFFER, "ok"),
            ("PutPartnerEvents", put, "ok"),
        ],
    );
    talk.hold(&[
        ("CreateEventBus", BUS, "ok"),
        ("PutRule", rule, "ok"),
        ("PutTargets", target, "ok"),
        ("PutPartnerEvents", put, refused),
    ]);
    assert_eq!(count(&mut talk), 0);
    talk.hold_as(AWAY, &[("PutPartnerEvents", put, "ok"), ("PutPartnerEvents", r#"{"Entries":[{"Source":"aws.partner/shop.example/tenant/orders","Detail":"{}"}]}"#, r#"{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InvalidArgument","ErrorMessage":"Parameter DetailType is not valid. Reason: DetailType is a required argument."}]}"#)]);
    assert_eq!(count(&mut talk), 1);
    let seen = control(&mut talk.sim, "trace", "{}").unwrap();
    assert!(seen.contains(r#""account":"123456789012""#) && seen.contains(r#""kind":"partner""#), "{seen}");
    talk.hold(&[("DeactivateEventSource", SOURCE, "ok")]);
    talk.hold_as(AWAY, &[("PutPartnerEvents", put, "ok")]);
    assert_eq!(count(&mut talk), 1);
    assert!(control(&mut talk.sim, "trace", "{}").unwrap().contains("the event source is PENDING"));

    let saved = control(&mut talk.sim, "save", "{}").unwrap();
    control(&mut talk.sim, "load", &format!(r#"{{"scenario":{saved}}}"#)).unwrap();
    assert_eq!(control(&mut talk.sim, "save", "{}").unwrap(), saved);
    assert_eq!(state(&mut talk), "PENDING");
}
