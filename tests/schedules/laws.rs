//! Laws of schedules, on generated ones.

use super::naive::{Cron, Days, FIRST, Item};
use eventbridge_sim::schedule::Schedule;
use eventbridge_sim::time::{Duration, Instant};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn item(least: u32, most: u32) -> impl Strategy<Value = Item> {
    let value = || least..=most;
    prop_oneof![
        1 => Just(Item::All),
        4 => value().prop_map(Item::One),
        3 => (value(), value()).prop_map(|(from, to)| Item::Range(from, to)),
        2 => (value(), value(), 1..=most + 5).prop_map(|(from, to, step)| Item::RangeStep(from, to, step)),
        2 => (value(), 1..=most + 5).prop_map(|(from, step)| Item::From(from, step)),
        1 => (2..=most + 5).prop_map(Item::Every),
    ]
}

fn items(least: u32, most: u32) -> impl Strategy<Value = Vec<Item>> {
    vec(item(least, most), 1..4)
}

fn days() -> impl Strategy<Value = Days> {
    prop_oneof![
        3 => items(1, 31).prop_map(Days::OfMonth),
        3 => items(1, 7).prop_map(Days::OfWeek),
        1 => (0..=30u32).prop_map(Days::Last),
        1 => Just(Days::LastWeekday),
        2 => (1..=31u32).prop_map(Days::Nearest),
        1 => (1..=7u32).prop_map(Days::LastOfWeek),
        2 => (1..=7u32, 1..=5u32).prop_map(|(weekday, nth)| Days::Nth(weekday, nth)),
    ]
}

fn cron() -> impl Strategy<Value = Cron> {
    let years = option::weighted(
        0.3,
        (2020..2035u32, 0..12u32, 1..4u32).prop_map(|(from, more, step)| (from, from + more, step)),
    );
    (items(0, 59), items(0, 23), days(), items(1, 12), years).prop_map(|(minutes, hours, days, months, years)| Cron {
        minutes,
        hours,
        days,
        months,
        years,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_next_times_are_those_that_a_walk_through_the_calendar_finds(cron in cron(), skip in 0..1500u32) {
        const DAYS: u32 = 5000;
        let mut from = FIRST;
        for _ in 0..skip {
            from = from.following();
        }
        let wanted = cron.firings(from, DAYS, 4);
        let text = cron.text();
        let schedule = Schedule::parse(&text).unwrap();
        let start = Instant::parse(&format!("{:04}-{:02}-{:02}", from.year, from.month, from.day)).unwrap();
        let end = start.plus(Duration::from_millis(i64::from(DAYS) * 86_400_000));
        let mut time = Instant::from_millis(start.millis() - 1);
        let mut found = Vec::new();
        while found.len() < 4 {
            match schedule.next(time, time) {
                Some(next) if next < end => time = next,
                _ => break,
            }
            found.push(time.to_string());
        }
        prop_assert_eq!(found, wanted, "{}", text);
    }

    #[test]
    fn a_rate_fires_whole_spans_after_its_anchor(value in 1..100_000i64, unit in 0..3usize, anchor in 0..4_000_000_000_000i64, later in 0..400_000_000_000i64) {
        let (name, millis) = [("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000)][unit];
        let plural = if value == 1 { "" } else { "s" };
        let schedule = Schedule::parse(&format!("rate({value} {name}{plural})")).unwrap();
        let (anchor, after) = (Instant::from_millis(anchor), Instant::from_millis(anchor + later));
        let next = schedule.next(anchor, after).unwrap();
        prop_assert!(next > after && next.millis() - after.millis() <= value * millis);
        prop_assert_eq!((next.millis() - anchor.millis()) % (value * millis), 0);
    }

    #[test]
    fn no_text_makes_the_parser_or_the_search_fail(text in "(cron|rate)\\(([0-9*?LW#/,A-Z -]{0,30}|[0-9*]{1,2}( [0-9*?LW#/-]{1,5}){5})\\)|\\PC{0,20}") {
        if let Ok(schedule) = Schedule::parse(&text) {
            let now = Instant::from_seconds(1_767_225_600);
            if let Some(next) = schedule.next(now, now) {
                prop_assert!(next > now);
            }
        }
    }
}
