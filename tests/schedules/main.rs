//! Schedules: what is accepted, when it fires, and the same found once more by looking at every day and minute.
//!
//! `naive` knows nothing of the engine: it holds an expression as the generator made it, walks the calendar day by day and
//! asks of each day and minute whether it fits, in the words of the documentation.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod firing;
mod laws;
mod naive;

use eventbridge_sim::schedule::Schedule;
use eventbridge_sim::time::Instant;

fn next(expression: &str, after: &str, count: usize) -> Vec<String> {
    let schedule = Schedule::parse(expression).unwrap_or_else(|error| panic!("{expression}: {}", error.help));
    let anchor = Instant::parse(after).unwrap();
    let mut time = anchor;
    let mut found = Vec::new();
    while found.len() < count {
        let Some(next) = schedule.next(anchor, time) else { break };
        assert!(next > time, "{expression} after {time}");
        time = next;
        found.push(next.to_string());
    }
    found
}

#[test]
fn the_next_times_are_those_of_the_calendar() {
    let rows: &[(&str, &str, &[&str])] = &[
        // Leap years, and those that are none.
        ("cron(0 0 29 FEB ? *)", "2026-01-01T00:00:00Z", &["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
        ("cron(0 0 29 2 ? *)", "2096-03-01T00:00:00Z", &["2104-02-29T00:00:00Z"]),
        ("cron(0 0 31 FEB ? *)", "2026-01-01T00:00:00Z", &[]),
        ("cron(0 0 29 FEB ? 2027)", "2026-01-01T00:00:00Z", &[]),
        ("cron(0 0 ? 2 SUN#5 *)", "2026-01-01T00:00:00Z", &["2032-02-29T00:00:00Z", "2060-02-29T00:00:00Z"]),
        // The last day and days before it.
        ("cron(0 0 L * ? *)", "2026-01-31T00:00:00Z", &["2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"]),
        ("cron(0 0 L-3 * ? *)", "2026-02-01T00:00:00Z", &["2026-02-25T00:00:00Z", "2026-03-28T00:00:00Z"]),
        ("cron(0 0 L-30 * ? *)", "2026-02-01T00:00:00Z", &["2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"]),
        ("cron(0 0 LW * ? *)", "2026-01-31T00:00:00Z", &["2026-02-27T00:00:00Z"]),
        // The nearest weekday stays in its month: 1 August 2026 is a Saturday, 31 May a Sunday.
        ("cron(0 0 1W 8 ? *)", "2026-01-01T00:00:00Z", &["2026-08-03T00:00:00Z"]),
        ("cron(0 0 31W 5 ? *)", "2026-01-01T00:00:00Z", &["2026-05-29T00:00:00Z"]),
        ("cron(0 0 15W 8 ? 2026)", "2026-01-01T00:00:00Z", &["2026-08-14T00:00:00Z"]),
        ("cron(0 0 31W * ? *)", "2026-02-01T00:00:00Z", &["2026-03-31T00:00:00Z", "2026-05-29T00:00:00Z"]),
        // Behind a range the W does not count.
        (
            "cron(0 0 1-3W 8 ? 2026)",
            "2026-01-01T00:00:00Z",
            &["2026-08-01T00:00:00Z", "2026-08-02T00:00:00Z", "2026-08-03T00:00:00Z"],
        ),
        // Days of the week: 1 is Sunday.
        ("cron(0 0 ? * 1 *)", "2026-01-01T00:00:00Z", &["2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z"]),
        ("cron(0 0 ? * L *)", "2026-01-01T00:00:00Z", &["2026-01-03T00:00:00Z"]),
        ("cron(0 0 ? * 6L *)", "2026-01-01T00:00:00Z", &["2026-01-30T00:00:00Z", "2026-02-27T00:00:00Z"]),
        ("cron(0 0 ? * 3#2 *)", "2026-01-01T00:00:00Z", &["2026-01-13T00:00:00Z", "2026-02-10T00:00:00Z"]),
        ("cron(0 0 ? * MON#5 *)", "2026-01-01T00:00:00Z", &["2026-03-30T00:00:00Z", "2026-06-29T00:00:00Z"]),
        (
            "cron(0 0 ? * FRI-MON *)",
            "2026-01-05T00:00:00Z",
            &["2026-01-09T00:00:00Z", "2026-01-10T00:00:00Z", "2026-01-11T00:00:00Z", "2026-01-12T00:00:00Z"],
        ),
        // Ranges wrap around.
        (
            "cron(0 20-2/3 * * ? *)",
            "2026-01-01T00:00:00Z",
            &["2026-01-01T02:00:00Z", "2026-01-01T20:00:00Z", "2026-01-01T23:00:00Z", "2026-01-02T02:00:00Z"],
        ),
        (
            "cron(50-10/15 3 1 1 ? *)",
            "2026-01-01T00:00:00Z",
            &["2026-01-01T03:05:00Z", "2026-01-01T03:50:00Z", "2027-01-01T03:05:00Z"],
        ),
        (
            "cron(0 0 30-2 1 ? *)",
            "2026-01-01T00:00:00Z",
            &["2026-01-02T00:00:00Z", "2026-01-30T00:00:00Z", "2026-01-31T00:00:00Z", "2027-01-01T00:00:00Z"],
        ),
        ("cron(0 0 1 NOV-FEB ? *)", "2026-01-01T00:00:00Z", &["2026-02-01T00:00:00Z", "2026-11-01T00:00:00Z"]),
        // Steps of nothing and past the end.
        ("cron(33/0 22 * * ? *)", "2026-01-01T00:00:00Z", &["2026-01-01T22:33:00Z", "2026-01-02T22:33:00Z"]),
        ("cron(33/61 22 * * ? *)", "2026-01-01T00:00:00Z", &["2026-01-01T22:33:00Z", "2026-01-02T22:33:00Z"]),
        (
            "cron(*/25 0 1 1 ? *)",
            "2026-01-01T00:00:00Z",
            &["2026-01-01T00:25:00Z", "2026-01-01T00:50:00Z", "2027-01-01T00:00:00Z"],
        ),
        // Years.
        (
            "cron(0 0 1 1 ? 2027,2030-2034/2)",
            "2026-01-01T00:00:00Z",
            &["2027-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "2032-01-01T00:00:00Z", "2034-01-01T00:00:00Z"],
        ),
        ("cron(0 0 1 1 ? 9999)", "2026-01-01T00:00:00Z", &["9999-01-01T00:00:00Z"]),
        ("cron(0 0 1 1 ? 10000)", "2026-01-01T00:00:00Z", &[]),
        ("cron(0 0 1 1 ? 1970)", "2026-01-01T00:00:00Z", &[]),
        ("cron(59 23 31 12 ? *)", "9999-12-31T23:58:00Z", &["9999-12-31T23:59:00Z"]),
        // Rates keep the second of their beginning.
        ("rate(1 minute)", "2026-01-01T00:00:17Z", &["2026-01-01T00:01:17Z", "2026-01-01T00:02:17Z"]),
        ("rate(12 hours)", "2026-02-28T18:00:01Z", &["2026-03-01T06:00:01Z"]),
        ("rate(2147483647 days)", "2026-01-01T00:00:00Z", &[]),
    ];
    for (expression, after, wanted) in rows {
        let found = next(expression, after, wanted.len().max(1));
        assert_eq!(found, *wanted, "{expression} after {after}");
    }
}

#[test]
fn what_is_accepted_and_what_is_refused() {
    let accepted = "cron(0-30/10 8-17 ? * MON-FRI *)|cron(0 0 28-3 * ? *)|cron(0 0 ? JAN,FEB,MAR MON,WED,FRI *)|cron(0 0 ? jan mon *)\
        |cron(0/0 * * * ? *)|cron(0/61 * * * ? *)|cron(0 0 1/0 * ? *)|cron(0 0 ? * 1/2 *)|cron(0 0 ? * MONDAY *)|cron(33x 22 * * ? *)\
        |cron(0 0 ? * FRIL *)|cron(0 0 1 1 ? 2147483647)|cron(0 0 1 1 ? 0)|cron(0 0 1 1 ? 2027,2028-2032/2)|cron(15 10 ? * 6L 2002-2005)\
        |rate(01 minute)|rate(02 minutes)|rate(2147483647 minutes)|rate(1 day)|rate(2 hours)";
    let refused = "|cron()|cron(0 12 * * ?)|cron(0 0 12 * * ? *)|cron(0 0 ? * ? *)|cron(0 0 * * * *)|cron(0 0 1 * MON *)|cron(60 0 * * ? *)\
        |cron(0 24 * * ? *)|cron(0 0 32 * ? *)|cron(0 0 0 * ? *)|cron(0 0 1 0 ? *)|cron(0 0 1 13 ? *)|cron(0 0 ? * 0 *)|cron(0 0 ? * 8 *)\
        |cron(? 0 * * ? *)|cron(0 0 ? * MON#0 *)|cron(0 0 ? * MON#6 *)|cron(0 0 ? * 3#1,6#3 *)|cron(0 0 1 1 ? 2030-2027)|cron(0 0 1 1 ? -1)\
        |cron(0 0 1 1 ? 2147483648)|cron(0 0 0W * ? *)|cron(0 0 32W * ? *)|cron(0 0 L,1 * ? *)|cron(0  0 * * ? *)|cron(0\t0 * * ? *)\
        |cron(0\n0 * * ? *)|cron( 0 0 * * ? * )| cron(0 0 * * ? *) |CRON(0 0 * * ? *)|cron(, 0 * * ? *)|cron(0 dummy ? * MON-FRI *)\
        |cron(0 0 L-31 * ? *)|cron(é 0 * * ? *)|cron(0 0 ? * é-é *)|cron(0 0 ? JA MON *)|cron(5- 0 * * ? *)|cron(5/ 0 * * ? *)\
        |rate(1 minutes)|rate(01 minutes)|rate(2 minute)|rate(0 minutes)|rate(-1 minute)|rate(+1 minute)|rate(1.5 minutes)|rate(60 seconds)\
        |rate(1 week)|rate(1 MINUTE)|RATE(1 minute)|rate(1  minute)|rate(1\tminute)| rate(1 minute) |rate (1 minute)|rate()|rate(10)\
        |rate(2147483648 days)|rate(1 minutess)|at(2028-01-01T00:00:00)";
    for expression in accepted.split('|') {
        assert!(Schedule::parse(expression).is_ok(), "{expression}: {:?}", Schedule::parse(expression));
    }
    for expression in refused.split('|') {
        assert!(Schedule::parse(expression).is_err(), "{expression}: {:?}", Schedule::parse(expression));
    }
}
