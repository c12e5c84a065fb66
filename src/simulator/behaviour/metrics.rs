//! Metrics as CloudWatch would show them: the service's names and dimensions, one datapoint a minute of the virtual clock.
//!
//! A rule's series has the dimension `RuleName` on the default bus, `EventBusName` and `RuleName` on others; some metrics have
//! a series for the bus alone and one without dimensions besides. Nothing is counted while things happen: the record says
//! which invocations changed, and after each run what is new about them is added up. What the record drops stays counted.
//!
//! Recorded (error_metrics): a failure that is not retried, with its message in the dead-letter queue, gives MatchedEvents,
//! TriggeredRules, Invocations, InvocationAttempts, FailedInvocations, InvocationsSentToDlq, nothing for the other five; counts
//! have the minimum 0 even with one sample. A bus target has Invocations but no attempts, successes or latencies; a hop too many
//! is a FailedInvocation. Documentation facts, section 5, for the rest. Ours: a firing that loop detection stopped is a
//! DeadLetterInvocation, whose description says so; a body that is no JSON was never attempted.

use super::metric::{Also, Metric};
use super::record::{ArrivalId, BusAddress, InvocationIndex, Outcome};
use crate::sets::{Listed as _, SortedMap, sort_by};
use crate::simulator::state::{AccountId, BusName, Region, RuleName};
use crate::simulator::{Caller, Simulator};
use crate::time::Instant;
use serde::Serialize;
use std::cmp::Ordering::Less;

/// Datapoints kept; past that the oldest minute goes.
const MOST_POINTS: usize = 200_000;
const MINUTE: i64 = 60_000;

/// What a series is about; "" where it has no such dimension. What differs most stands first, because maps compare in this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Subject {
    rule: RuleName,
    bus: BusName,
    account: AccountId,
    region: Region,
}

/// The series of one subject, by metric.
type Block = SortedMap<Metric, Vec<Point>>;

/// The values of one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Point {
    minute: i64,
    sum: i64,
    samples: i64,
    minimum: i64,
    maximum: i64,
}

/// Every series.
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    /// In the order in which they came to be.
    blocks: Vec<(Subject, Block)>,
    /// Their places, by subject.
    order: Vec<usize>,
    /// Where the rule of this number on its bus was found last; another bus may have another rule there.
    hints: Vec<Places>,
    /// Where all of an account and region were found last.
    all: usize,
    points: usize,
}

/// How much of an invocation was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    seen: bool,
    attempts: u32,
    finished: bool,
}

/// One series, for people and tests. Shape: `Metric` of `src/js/types.ts`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Series {
    metric: &'static str,
    dimensions: Dimensions,
    account: String,
    region: String,
    unit: &'static str,
    period: i64,
    sum: i64,
    datapoints: Vec<Datapoint>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Dimensions {
    #[serde(skip_serializing_if = "String::is_empty")]
    event_bus_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    rule_name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Datapoint {
    time: String,
    sum: i64,
    sample_count: i64,
    minimum: i64,
    maximum: i64,
}

/// Which series to show. `metric`, `bus` and `rule` are names, `account` and `region` themselves.
#[derive(Debug, Default)]
pub struct Wanted<'a> {
    /// The metric's name.
    pub metric: Option<&'a str>,
    /// The bus's name, `default` included.
    pub bus: Option<&'a str>,
    /// The rule's name.
    pub rule: Option<&'a str>,
    /// The account.
    pub account: Option<&'a str>,
    /// The region.
    pub region: Option<&'a str>,
}

impl Metrics {
    /// The series that are wanted, by rule, name, bus, account and region.
    pub fn show(&self, wanted: &Wanted<'_>) -> Vec<Series> {
        let fits = |wanted: Option<&str>, is: &str| wanted.is_none_or(|wanted| wanted == is);
        let is_wanted = |metric: &Metric| fits(wanted.metric, metric.name());
        let mut chosen = Vec::new();
        for (subject, block) in &self.blocks {
            let wanted = fits(wanted.bus, subject.bus.as_str())
                && fits(wanted.rule, subject.rule.as_str())
                && fits(wanted.account, subject.account.as_str())
                && fits(wanted.region, subject.region.as_str());
            let block = block.iter().filter(|(metric, points)| wanted && is_wanted(metric) && !points.is_empty());
            chosen.extend(block.map(|(metric, points)| (*metric, subject, points)));
        }
        sort_by(&mut chosen, |one, other| {
            one.1.rule.cmp(&other.1.rule).then(one.0.cmp(&other.0)).then(one.1.cmp(other.1))
        });
        chosen.into_iter().map(|(metric, subject, points)| series(metric, subject, points)).listed()
    }

    /// Whether nothing was counted yet.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Where the series of a subject stand.
    fn place(&mut self, rule: &str, bus: &str, account: &AccountId, region: &Region) -> usize {
        let compared = |known: &Subject| {
            let by_names = known.rule.as_str().cmp(rule).then_with(|| known.bus.as_str().cmp(bus));
            by_names.then_with(|| known.account.cmp(account)).then_with(|| known.region.cmp(region))
        };
        let blocks = &self.blocks;
        let found = self.order.binary_search_by(|place| blocks.get(*place).map_or(Less, |(known, _)| compared(known)));
        match found {
            Ok(at) => self.order.get(at).copied().unwrap_or_default(),
            Err(at) => {
                let (place, account, region) = (self.blocks.len(), account.clone(), region.clone());
                let subject = Subject { rule: rule.into(), bus: bus.into(), account, region };
                self.blocks.push((subject, Block::new()));
                self.order.insert(at, place);
                place
            }
        }
    }

    /// Adds a value to a series.
    fn add(&mut self, place: usize, metric: Metric, now: Instant, value: i64) {
        let minute = now.millis().div_euclid(MINUTE) * MINUTE;
        // Recorded: counts have the minimum 0 even with one sample.
        let least = if metric.unit() == "Count" { 0 } else { value };
        let Some((_, block)) = self.blocks.get_mut(place) else { return };
        let points = block.get_or_insert_with(metric, |_| Vec::new());
        match points.last_mut().filter(|point| point.minute == minute) {
            Some(point) => {
                point.sum += value;
                point.samples += 1;
                point.minimum = point.minimum.min(least);
                point.maximum = point.maximum.max(value);
            }
            None => {
                points.push(Point { minute, sum: value, samples: 1, minimum: least, maximum: value });
                self.points += 1;
                self.trim(minute);
            }
        }
    }

    fn trim(&mut self, now: i64) {
        if self.points <= MOST_POINTS {
            return;
        }
        let first = |points: &Vec<Point>| points.first().map(|point| point.minute);
        let oldest = self.blocks.iter().flat_map(|(_, block)| block.values()).filter_map(first).min();
        let Some(oldest) = oldest.filter(|oldest| *oldest < now) else { return };
        for (_, block) in &mut self.blocks {
            let metrics: Vec<Metric> = block.keys().copied().listed();
            for metric in metrics {
                let Some(points) = block.get_mut(&metric) else { continue };
                if first(points) == Some(oldest) {
                    points.remove(0);
                    self.points -= 1;
                }
            }
        }
    }

    /// Where the series of all in an account and region stand. Mostly it is the one that was asked for last.
    fn place_of_all(&mut self, account: &AccountId, region: &Region) -> usize {
        let is_it = |known: &Subject| {
            known.rule.as_str().is_empty()
                && known.bus.as_str().is_empty()
                && known.account == *account
                && known.region == *region
        };
        if !self.blocks.get(self.all).is_some_and(|(known, _)| is_it(known)) {
            self.all = self.place("", "", account, region);
        }
        self.all
    }

    /// The places of the rule of this number on its bus, of the bus, and of all in the account and region.
    fn places(&mut self, bus: &BusAddress, number: usize, rule: &str) -> Places {
        let BusAddress { account, region, name } = bus;
        let hint = self.hints.get(number).copied().unwrap_or_default();
        let is_it = |known: &Subject| {
            known.rule.as_str() == rule && known.bus == *name && known.account == *account && known.region == *region
        };
        if self.blocks.get(hint.rule).is_some_and(|(known, _)| is_it(known)) {
            return hint;
        }
        let all = self.place_of_all(account, region);
        let bus = self.place("", name.as_str(), account, region);
        let places = Places { all, bus, rule: self.place(rule, name.as_str(), account, region) };
        if self.hints.len() <= number {
            self.hints.resize(number + 1, Places::default());
        }
        if let Some(hint) = self.hints.get_mut(number) {
            *hint = places;
        }
        places
    }

    fn of_rule(&mut self, places: Places, metric: Metric, now: Instant, value: i64) {
        let also = metric.also();
        self.add(places.rule, metric, now, value);
        if matches!(also, Also::Bus | Also::BusAndAll) {
            self.add(places.bus, metric, now, value);
        }
        if matches!(also, Also::All | Also::BusAndAll) {
            self.add(places.all, metric, now, value);
        }
    }
}

/// Where the series stand that a value of a rule may go to.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    rule: usize,
    bus: usize,
    all: usize,
}

/// A request of PutEvents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    /// How many entries it has.
    pub entries: usize,
    /// How many of them failed; none when the request was refused as a whole.
    pub failed: Option<usize>,
    /// Their size.
    pub bytes: usize,
}

impl Simulator {
    /// The metrics so far.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// A request of PutEvents, as its caller's account and region see it.
    pub(super) fn count_put(&mut self, caller: &Caller, request: Request) {
        let Request { entries, failed, bytes } = request;
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let place = self.metrics.place_of_all(&caller.account, &caller.region);
        let (well, refused) = if failed.is_some() { (1, 0) } else { (0, 1) };
        for (metric, value) in [
            (Metric::PutEventsApproximateCallCount, 1),
            (Metric::PutEventsApproximateSuccessCount, well),
            (Metric::PutEventsApproximateFailedCount, refused),
            (Metric::PutEventsEntriesCount, whole(entries)),
            (Metric::PutEventsFailedEntriesCount, whole(failed.unwrap_or_default())),
            (Metric::PutEventsRequestSize, whole(bytes)),
        ] {
            // Those of failures are sent only when they are not zero.
            if value > 0 {
                self.metrics.add(place, metric, self.now, value);
            }
        }
    }

    /// A rule fires on an event.
    pub(in crate::simulator) fn count_match(&mut self, arrival: ArrivalId, rule: usize) {
        let arrival = self.record.arrival(arrival);
        let Some(view) = arrival.rules.get(rule) else { return };
        let places = self.metrics.places(&arrival.bus, rule, &view.name);
        self.metrics.of_rule(places, Metric::MatchedEvents, self.now, 1);
        self.metrics.of_rule(places, Metric::TriggeredRules, self.now, 1);
    }

    /// Adds up what is new about the invocations that changed since the last time.
    pub(in crate::simulator) fn count_changes(&mut self) {
        for index in self.record.take_changed() {
            let counted = self.record.counted(index);
            let now = self.count_invocation(index, counted);
            self.record.set_counted(index, now);
        }
    }

    fn count_invocation(&mut self, index: InvocationIndex, before: Counted) -> Counted {
        let invocation = self.record.invocation(index);
        let arrival = self.record.arrival(invocation.arrival);
        let Some(rule) = self.record.rule(index) else { return before };
        let (outcome, now) = (invocation.outcome, self.now);
        let is_bus = BusAddress::of_arn(&invocation.target.arn).is_some();
        let tried = !is_bus && invocation.trouble.is_none() && outcome != Outcome::LoopStopped;
        let attempts = if tried { invocation.attempt } else { 0 };
        let latency = now.millis() - invocation.time.millis();
        let dead_letter = invocation.dead_letter.as_ref().map(|letter| letter.delivered);
        let places = self.metrics.places(&arrival.bus, invocation.rule, &rule.name);
        if !before.seen && outcome != Outcome::LoopStopped {
            self.metrics.add(places.all, Metric::InvocationsCreated, now, 1);
        }
        let is_open = outcome == Outcome::Pending || invocation.retry_at.is_some();
        let mut count = |metric: Metric, value: i64| self.metrics.of_rule(places, metric, now, value);
        for attempt in before.attempts..attempts {
            count(Metric::InvocationAttempts, 1);
            match attempt {
                0 => count(Metric::IngestionToInvocationStartLatency, latency),
                _ => count(Metric::RetryInvocationAttempts, 1),
            }
        }
        let attempts = attempts.max(before.attempts);
        if is_open || before.finished {
            return Counted { seen: true, attempts, ..before };
        }
        let finished = Counted { seen: true, attempts, finished: true };
        if outcome == Outcome::LoopStopped {
            count(Metric::DeadLetterInvocations, 1);
            return finished;
        }
        count(Metric::Invocations, 1);
        if tried {
            count(Metric::IngestionToInvocationCompleteLatency, latency);
        }
        match outcome {
            Outcome::Delivered if tried => {
                count(Metric::SuccessfulInvocationAttempts, 1);
                count(Metric::IngestionToInvocationSuccessLatency, latency);
            }
            Outcome::Failed | Outcome::NotDelivered => count(Metric::FailedInvocations, 1),
            _ => {}
        }
        match dead_letter {
            Some(true) => count(Metric::InvocationsSentToDlq, 1),
            Some(false) => count(Metric::InvocationsFailedToBeSentToDlq, 1),
            None => {}
        }
        finished
    }
}

fn series(metric: Metric, subject: &Subject, points: &[Point]) -> Series {
    // Only `RuleName`: a rule of the default bus.
    let bus = if subject.bus.is_default() && !subject.rule.as_str().is_empty() { "" } else { subject.bus.as_str() };
    let point = |point: &Point| Datapoint {
        time: Instant::from_millis(point.minute).to_string(),
        sum: point.sum,
        sample_count: point.samples,
        minimum: point.minimum,
        maximum: point.maximum,
    };
    Series {
        metric: metric.name(),
        dimensions: Dimensions { event_bus_name: bus.to_owned(), rule_name: subject.rule.to_string() },
        account: subject.account.to_string(),
        region: subject.region.to_string(),
        unit: metric.unit(),
        period: MINUTE / 1000,
        sum: points.iter().map(|point| point.sum).sum(),
        datapoints: points.iter().map(point).listed(),
    }
}
