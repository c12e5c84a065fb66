//! Archives and replays by their operations: errors, filters, lists, quotas. What replays bring is in `tests/scenarios`.

use eventbridge_sim::io::control;

use crate::talk::Talk;

const BUS: &str = "arn:aws:events:us-east-1:123456789012:event-bus/orders";

fn start(name: &str, archive: &str, from: u32, to: u32, destination: &str) -> String {
    format!(
        r#"{{"ReplayName":"{name}","EventSourceArn":"arn:aws:events:us-east-1:123456789012:archive/{archive}","EventStartTime":{from},"EventEndTime":{to},"Destination":{{"Arn":"{destination}"}}}}"#
    )
}

fn world() -> Talk {
    let mut talk = Talk::new();
    let archive = format!(r#"{{"ArchiveName":"a","EventSourceArn":"{BUS}"}}"#);
    talk.hold(&[("CreateEventBus", r#"{"Name":"orders"}"#, "ok"), ("CreateArchive", &archive, "ok")]);
    talk
}

#[test]
fn a_replay_is_refused_in_the_words_of_the_service() {
    let mut talk = world();
    let other = "arn:aws:events:us-east-1:123456789012:event-bus/default";
    for (input, wanted) in [
        (
            start("r", "b", 1, 2, BUS),
            "ValidationException: Parameter EventSourceArn is not valid. Reason: Archive b does not exist.",
        ),
        (
            start("r", "a", 1, 2, "arn:aws:events:us-east-1:123456789012:event-bus/none"),
            "ResourceNotFoundException: Event bus none does not exist.",
        ),
        (
            start("r", "a", 1, 2, other),
            "ValidationException: Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
        ),
        (
            start("r", "a", 2, 2, other),
            "ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
        ),
        (
            start("r", "a", 12, 2, BUS),
            "ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
        ),
        (
            start("r", "a", 1, 2, "orders"),
            "ValidationException: Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.",
        ),
    ] {
        talk.hold(&[("StartReplay", &input, wanted)]);
    }
    let good = start("r", "a", 1, 2, BUS);
    talk.hold(&[
        ("StartReplay", &good, r#"{"ReplayArn":"arn:aws:events:us-east-1:123456789012:replay/r","State":"STARTING","ReplayStartTime":1767225600}"#),
        ("StartReplay", &good, "ResourceAlreadyExistsException: Replay r already exists."),
        ("DescribeReplay", r#"{"ReplayName":"none"}"#, "ResourceNotFoundException: Replay none does not exist."),
        ("CancelReplay", r#"{"ReplayName":"none"}"#, "ResourceNotFoundException: Replay none does not exist."),
    ]);
}

#[test]
fn a_replay_goes_through_its_states_and_is_forgotten_after_ninety_days() {
    let mut talk = world();
    let state = |talk: &mut Talk, wanted: &str| {
        let described = talk.ask("DescribeReplay", r#"{"ReplayName":"r"}"#);
        assert!(described.body.contains(wanted), "{wanted}: {}", described.body);
    };
    let advance = |talk: &mut Talk, duration: &str| {
        control(&mut talk.sim, "advance", &format!(r#"{{"duration":"{duration}"}}"#)).unwrap();
    };
    talk.hold(&[("StartReplay", &start("r", "a", 1, 2, BUS), "ok")]);
    for (duration, wanted) in [("49s", "STARTING"), ("1s", "RUNNING"), ("5s", "COMPLETED")] {
        advance(&mut talk, duration);
        state(&mut talk, wanted);
    }
    talk.hold(&[(
        "DescribeReplay",
        r#"{"ReplayName":"r"}"#,
        &format!(r#"{{"ReplayName":"r","EventSourceArn":"arn:aws:events:us-east-1:123456789012:archive/a","State":"COMPLETED","EventStartTime":1,"EventEndTime":2,"ReplayStartTime":1767225600,"EventLastReplayedTime":0,"ReplayEndTime":1767225655,"ReplayArn":"arn:aws:events:us-east-1:123456789012:replay/r","Destination":{{"Arn":"{BUS}"}}}}"#),
    )]);
    talk.hold(&[(
        "CancelReplay",
        r#"{"ReplayName":"r"}"#,
        "IllegalStatusException: Replay r is not in a valid state for this operation.",
    )]);
    advance(&mut talk, "89d");
    state(&mut talk, "COMPLETED");
    advance(&mut talk, "1d");
    talk.hold(&[("DescribeReplay", r#"{"ReplayName":"r"}"#, "ResourceNotFoundException: Replay r does not exist.")]);
}

#[test]
fn ten_replays_run_at_once_and_lists_are_filtered() {
    let mut talk = world();
    for number in 0..10 {
        talk.hold(&[("StartReplay", &start(&format!("r{number}"), "a", 1, 2, BUS), "ok")]);
    }
    let eleventh = start("r10", "a", 1, 2, BUS);
    talk.hold(&[
        ("StartReplay", &eleventh, "LimitExceededException: The requested resource exceeds the maximum number allowed."),
        ("CancelReplay", r#"{"ReplayName":"r3"}"#, r#"{"ReplayArn":"arn:aws:events:us-east-1:123456789012:replay/r3","State":"CANCELLING"}"#),
        ("CancelReplay", r#"{"ReplayName":"r3"}"#, "IllegalStatusException: Replay r3 is not in a valid state for this operation."),
        ("StartReplay", &eleventh, "ok"),
        ("ListReplays", r#"{"NamePrefix":"r1","State":"STARTING"}"#, "ValidationException: At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix."),
    ]);
    let count = |talk: &mut Talk, input: &str| talk.ask("ListReplays", input).body.matches("ReplayName").count();
    assert_eq!(count(&mut talk, "{}"), 11);
    assert_eq!(count(&mut talk, r#"{"NamePrefix":"r1"}"#), 2);
    assert_eq!(count(&mut talk, r#"{"State":"CANCELLING"}"#), 1);
    assert_eq!(count(&mut talk, r#"{"Limit":4}"#), 4);
    assert_eq!(count(&mut talk, r#"{"EventSourceArn":"arn:aws:events:us-east-1:123456789012:archive/b"}"#), 0);
}

#[test]
fn what_was_left_of_an_archive_by_force_is_saved_and_loaded() {
    let mut talk = world();
    let other = format!(
        r#"{{"ArchiveName":"b","EventSourceArn":"{BUS}","EventPattern":"{{\"source\":[\"s\"],\"replay-name\":[\"x\"]}}"}}"#
    );
    let rule = |name: &str| {
        format!(
            r#"{{"Rule":"Events-Archive-{name}","EventBusName":"orders","Ids":["Events-Archive-{name}"],"Force":true}}"#
        )
    };
    talk.hold(&[
        ("CreateArchive", &other, "ok"),
        ("RemoveTargets", &rule("a"), "ok"),
        ("RemoveTargets", &rule("b"), "ok"),
        ("DeleteRule", r#"{"Name":"Events-Archive-b","EventBusName":"orders","Force":true}"#, "ok"),
        ("PutRule", r#"{"Name":"Events-Archive-b","EventBusName":"orders","EventPattern":"{\"a\":[1]}"}"#, "ok"),
        (
            "UpdateArchive",
            r#"{"ArchiveName":"b","RetentionDays":1}"#,
            "ResourceNotFoundException: Archive b managed rule does not exist.",
        ),
    ]);
    let listed = |talk: &mut Talk| talk.ask("ListArchives", r#"{"State":"DISABLED"}"#).body;
    let before = listed(&mut talk);
    assert_eq!(before.matches("forcefully deleted").count(), 2, "{before}");
    let saved = control(&mut talk.sim, "save", "{}").unwrap();
    control(&mut talk.sim, "load", &format!(r#"{{"scenario":{saved}}}"#)).unwrap();
    assert_eq!(listed(&mut talk), before);
    assert_eq!(control(&mut talk.sim, "save", "{}").unwrap(), saved);
}

#[test]
fn what_only_the_past_explains_is_saved_too() {
    let mut talk = Talk::new();
    let bus = "arn:aws:events:us-east-1:123456789012:event-bus";
    let shared =
        |name: &str| format!(r#"{{"Name":"{name}","EventBusName":"{bus}/shared","EventPattern":"{{\"a\":[1]}}"}}"#);
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"events:PutRule","Resource":"arn:aws:events:us-east-1:123456789012:rule/shared/theirs"}]}"#;
    talk.hold(&[
        // An archive whose bus is gone.
        ("CreateEventBus", r#"{"Name":"gone"}"#, "ok"),
        ("CreateArchive", &format!(r#"{{"ArchiveName":"left","EventSourceArn":"{bus}/gone"}}"#), "ok"),
        (
            "RemoveTargets",
            r#"{"Rule":"Events-Archive-left","EventBusName":"gone","Ids":["Events-Archive-left"],"Force":true}"#,
            "ok",
        ),
        ("DeleteRule", r#"{"Name":"Events-Archive-left","EventBusName":"gone","Force":true}"#, "ok"),
        ("DeleteEventBus", r#"{"Name":"gone"}"#, "ok"),
        // A rule that another account created.
        ("CreateEventBus", r#"{"Name":"shared"}"#, "ok"),
        ("PutPermission", &format!(r#"{{"EventBusName":"shared","Policy":{policy:?}}}"#), "ok"),
    ]);
    talk.hold_as("222222222222", &[("PutRule", &shared("theirs"), "ok")]);
    // An account that has nothing but its default bus.
    talk.hold_as("333333333333", &[("ListRules", "{}", "ok")]);
    let saved = control(&mut talk.sim, "save", "{}").unwrap();
    let mut again = Talk::new();
    control(&mut again.sim, "load", &format!(r#"{{"scenario":{saved}}}"#)).unwrap();
    assert_eq!(control(&mut again.sim, "save", "{}").unwrap(), saved);
    let archive = again.ask("DescribeArchive", r#"{"ArchiveName":"left"}"#).body;
    assert!(archive.contains(r#""State":"DISABLED""#) && archive.contains("event-bus/gone"), "{archive}");
    again.hold(&[(
        "DescribeEventBus",
        r#"{"Name":"gone"}"#,
        "ResourceNotFoundException: Event bus gone does not exist.",
    )]);
    let rule = again.ask("DescribeRule", r#"{"Name":"theirs","EventBusName":"shared"}"#).body;
    assert!(rule.contains(r#""CreatedBy":"222222222222""#), "{rule}");
    let places = |talk: &Talk| talk.sim.world().regions().map(|(account, ..)| account.clone()).collect::<Vec<_>>();
    assert_eq!(places(&again), places(&talk));
    // A policy that lets the creator in no more leaves the rule to the bus's owner.
    talk.hold(&[("RemovePermission", r#"{"EventBusName":"shared","RemoveAllPermissions":true}"#, "ok")]);
    let saved = control(&mut talk.sim, "save", "{}").unwrap();
    control(&mut again.sim, "load", &format!(r#"{{"scenario":{saved}}}"#)).unwrap();
    let rule = again.ask("DescribeRule", r#"{"Name":"theirs","EventBusName":"shared"}"#).body;
    assert!(rule.contains(r#""CreatedBy":"123456789012""#), "{rule}");
}

#[test]
fn an_archive_tells_how_much_it_keeps() {
    let mut talk = world();
    let detail =
        r#"{\"command\": \"update-account\", \"payload\": {\"acc_id\": \"0a787ecb-4015\", \"sf_id\": \"baz\"}}"#;
    let entry = format!(
        r#"{{"Source":"core.update-account-command","DetailType":"core.update-account-command","Detail":"{detail}","EventBusName":"orders"}}"#
    );
    talk.hold(&[("PutEvents", &format!(r#"{{"Entries":[{}]}}"#, vec![entry; 10].join(",")), "ok")]);
    // Recorded: ten such events have 1590 bytes.
    let described = talk.ask("DescribeArchive", r#"{"ArchiveName":"a"}"#).body;
    assert!(described.contains(r#""SizeBytes":1590,"EventCount":10"#), "{described}");
    talk.hold(&[("UpdateArchive", r#"{"ArchiveName":"a","RetentionDays":2}"#, "ok")]);
    control(&mut talk.sim, "advance", r#"{"duration":"47h59m59s"}"#).unwrap();
    assert!(talk.ask("DescribeArchive", r#"{"ArchiveName":"a"}"#).body.contains(r#""EventCount":10"#));
    control(&mut talk.sim, "advance", r#"{"duration":"1s"}"#).unwrap();
    assert!(talk.ask("DescribeArchive", r#"{"ArchiveName":"a"}"#).body.contains(r#""SizeBytes":0,"EventCount":0"#));
}
