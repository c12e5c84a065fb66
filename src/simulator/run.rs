//! The loop that drives everything: take an arrival, ask the rules, stop loops, deliver, go on with what follows.
//!
//! First come, first served: all events of one depth run before those they cause, so a chain that fans out meets
//! `max_firings` before it has filled the memory with one branch.

use super::Simulator;
use super::behaviour::record::{ArrivalId, InvocationIndex, Outcome};
use super::loops::{self, Limit, Verdict};

/// Reports of different loops that are kept; the chains of others are stopped and counted.
const MOST_LOOPS: usize = 1_000;

/// Bytes of events that one origin may cause. In memory an event takes some twenty times its text.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// For each firing that one origin may cause, and for each of a hundred at least, so many may be stopped: what they leave in the
/// record takes room too.
const MOST_STOPS: usize = 10;
const DAMMED: &str = "too many firings of its origin were stopped";

impl Simulator {
    /// Runs until nothing is left that does not wait for a handler.
    pub(super) fn run(&mut self) {
        while let Some(arrival) = self.queue.pop_front() {
            self.dam(arrival);
            for rule in self.route(arrival) {
                self.fire_rule(arrival, rule);
            }
        }
        self.count_changes();
        self.record.trim(self.options.max_record);
    }

    fn fire_rule(&mut self, arrival: ArrivalId, rule: usize) {
        let rules = std::rc::Rc::clone(&self.record.arrival(arrival).rules);
        let Some(view) = rules.get(rule) else { return };
        self.count_match(arrival, rule);
        for target in &view.targets {
            let index = self.fire(arrival, rule, target);
            match self.stop(index) {
                Some(report) => {
                    self.record.origin_mut(arrival).stops += 1;
                    let invocation = self.record.invocation_mut(index);
                    invocation.outcome = Outcome::LoopStopped;
                    invocation.loop_index = Some(report).filter(|report| *report < MOST_LOOPS);
                }
                None => {
                    self.record.origin_mut(arrival).firings += 1;
                    self.deliver(index);
                }
            }
        }
    }

    /// Leaves an event unseen whose origin has had too many firings stopped.
    fn dam(&mut self, arrival: ArrivalId) {
        if self.record.origin_mut(arrival).stops >= self.options.max_firings.max(100) * MOST_STOPS {
            self.record.arrival_mut(arrival).dropped.get_or_insert_with(|| DAMMED.to_owned());
        }
    }

    /// The report of the loop that stops the chain at this firing, if there is one; its index, past the end if it is not kept.
    fn stop(&mut self, index: InvocationIndex) -> Option<usize> {
        let arrival = self.record.invocation(index).arrival;
        let chain = self.record.arrival(arrival).chain;
        let origin = self.record.origin_mut(arrival);
        if let Some(report) = origin.stopped {
            return Some(report);
        }
        let used_up = if origin.firings >= self.options.max_firings {
            Some(Limit::Firings(self.options.max_firings))
        } else if origin.bytes >= MOST_BYTES {
            Some(Limit::Bytes(MOST_BYTES))
        } else {
            None
        };
        let limit = if chain >= self.options.max_chain { Some(Limit::Chain(self.options.max_chain)) } else { used_up };
        let finding = loops::find(&self.record, index, limit)?;
        let proven = finding.verdict == Verdict::Proven;
        let report = self.note_loop(finding);
        if used_up.is_some() && !proven {
            self.record.origin_mut(arrival).stopped = Some(report);
        }
        Some(report)
    }

    /// Adds a finding to the reports: the same cycle again only counts up.
    fn note_loop(&mut self, finding: loops::Finding) -> usize {
        let same = |report: &loops::LoopReport| report.is_of(&finding);
        if let Some(index) = self.loops.iter().position(same) {
            if let Some(report) = self.loops.get_mut(index) {
                report.count += 1;
            }
            return index;
        }
        if self.loops.len() == MOST_LOOPS {
            self.dropped_loops += 1;
            return MOST_LOOPS;
        }
        self.loops.push(loops::report(&self.record, finding));
        self.loops.len() - 1
    }
}
