//! Schedules under the virtual clock: what no scenario file can say.

use eventbridge_sim::io::control;
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Options, Simulator};
use proptest::prelude::*;

const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:queue";

fn world(rules: &[(&str, &str)]) -> Simulator {
    let mut simulator = Simulator::new(Options::default());
    let call = |operation: &str, input: String| format!(r#"{{"operation":"{operation}","input":{input}}}"#);
    let calls = rules.iter().flat_map(|(name, schedule)| {
        let target = format!(r#"{{"Rule":"{name}","Targets":[{{"Id":"t","Arn":"{QUEUE}","InputPath":"$.time"}}]}}"#);
        [
            call("PutRule", format!(r#"{{"Name":"{name}","ScheduleExpression":"{schedule}"}}"#)),
            call("PutTargets", target),
        ]
    });
    let calls: Vec<String> = calls.collect();
    let scenario = format!(r#"{{"scenario":{{"version":1,"calls":[{}]}}}}"#, calls.join(","));
    control(&mut simulator, "load", &scenario).unwrap();
    simulator
}

/// Rule and time of every invocation.
fn happened(simulator: &mut Simulator) -> Vec<(String, String)> {
    let invocations = json::parse(&control(simulator, "invocations", "{}").unwrap()).unwrap();
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap().to_owned();
    let name = |arn: String| arn.rsplit('/').next().unwrap().to_owned();
    invocations.as_array().unwrap().iter().map(|of| (name(text(of, "rule")), text(of, "time"))).collect()
}

#[test]
fn what_is_too_much_to_do_is_refused_before_anything_happens() {
    let mut simulator = world(&[("often", "rate(1 minute)"), ("daily", "cron(0 0 * * ? *)")]);
    let error = control(&mut simulator, "advance", r#"{"duration":"36500d"}"#).unwrap_err();
    assert!(error.message.contains("schedules fire more than 20160 times"), "{}", error.message);
    assert_eq!(happened(&mut simulator), []);
    assert_eq!(control(&mut simulator, "now", "{}").unwrap(), r#"{"now":"2026-01-01T00:00:00Z"}"#);
    control(&mut simulator, "advance", r#"{"duration":"1h"}"#).unwrap();
    assert_eq!(happened(&mut simulator).len(), 60);
}

#[test]
fn rules_of_one_instant_fire_in_the_order_in_which_they_were_planned() {
    let mut simulator = world(&[("b", "cron(0 1 * * ? *)"), ("a", "cron(0 1 * * ? *)"), ("c", "rate(1 hour)")]);
    control(&mut simulator, "runUntil", r#"{"time":"2026-01-01T02:00:00Z"}"#).unwrap();
    let found = happened(&mut simulator);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["b", "a", "c", "c"]);
}

#[test]
fn a_trigger_needs_an_enabled_rule_with_a_schedule() {
    let mut simulator = world(&[("tick", "rate(1 hour)")]);
    let mut refused = |rule: &str| {
        control(&mut simulator, "trigger", &format!(r#"{{"rule":"{rule}"}}"#)).unwrap_err().message.clone()
    };
    assert_eq!(refused("tock"), "there is no rule `tock` on bus `default`");
    assert_eq!(refused("arn:aws:events:us-east-1:123456789012:rule/a/b/c"), "there is no rule `c` on bus `a/b`");
    control(&mut simulator, "trigger", r#"{"rule":"tick"}"#).unwrap();
    assert_eq!(happened(&mut simulator), [("tick".to_owned(), "2026-01-01T00:00:00Z".to_owned())]);
}

#[test]
fn the_next_firings_can_be_asked_of_a_rule_and_of_an_expression() {
    let mut simulator = world(&[("tick", "rate(1 hour)")]);
    control(&mut simulator, "advance", r#"{"duration":"90m"}"#).unwrap();
    let mut asked = |input: &str| control(&mut simulator, "schedule", input);
    assert_eq!(
        asked(r#"{"rule":"tick","count":2}"#).unwrap(),
        r#"{"times":["2026-01-01T02:00:00Z","2026-01-01T03:00:00Z"]}"#
    );
    let cron = asked(r#"{"expression":"cron(0 0 29 2 ? *)","count":2}"#).unwrap();
    assert_eq!(cron, r#"{"times":["2028-02-29T00:00:00Z","2032-02-29T00:00:00Z"]}"#);
    assert_eq!(asked(r#"{"expression":"cron(0 0 31 2 ? *)"}"#).unwrap(), r#"{"times":[]}"#);
    let refused = asked(r#"{"expression":"rate(1 minutes)"}"#).unwrap_err();
    assert_eq!(
        (refused.message.as_str(), refused.help.as_deref()),
        ("`rate(1 minutes)` is not a schedule", Some("for the value 1 the unit is `minute`"))
    );
    for wrong in [r#"{}"#, r#"{"rule":"nobody"}"#, r#"{"rule":"tick","count":0}"#, r#"{"rule":"tick","count":101}"#] {
        assert!(asked(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn many_small_steps_do_what_one_big_step_does(steps in proptest::collection::vec(0..20_000u64, 1..8)) {
        let rules = [("a", "rate(7 minutes)"), ("b", "cron(*/13 * * * ? *)"), ("c", "cron(0 0/2 ? * * *)")];
        let (mut small, mut big) = (world(&rules), world(&rules));
        for step in &steps {
            control(&mut small, "advance", &format!(r#"{{"duration":"{step}s"}}"#)).unwrap();
        }
        control(&mut big, "advance", &format!(r#"{{"duration":"{}s"}}"#, steps.iter().sum::<u64>())).unwrap();
        prop_assert_eq!(happened(&mut small), happened(&mut big));
        prop_assert_eq!(control(&mut small, "trace", "{}").unwrap(), control(&mut big, "trace", "{}").unwrap());
    }
}
