//! What a scenario expects, checked against what happened.
//!
//! `{ invocations?, invocationCount?, loops?, trace?, lints?, analysis? }`. Lists must be complete and in order; of each item every given member
//! must fit: texts are equal (`reason`: contained), rules may be named by name or ARN. The answer tells every check in words.

use super::scenario::{known, list, text};
use crate::diagnostics::Diagnostic;
use crate::json::{self, Value};
use crate::sets::Listed as _;
use crate::simulator::Simulator;
use crate::simulator::behaviour::record::{DeadLetter, InvocationIndex, Record};
use crate::simulator::behaviour::trace::{self, Detail};
use crate::simulator::loops::LoopReport;
use crate::simulator::loops::analyze::analyze;
use serde::Serialize;

/// The checks that passed and those that failed, in words.
#[derive(Debug, Default, Serialize)]
pub(super) struct Checked {
    passed: Vec<String>,
    failed: Vec<String>,
}

const MEMBERS: [&str; 6] = ["invocations", "invocationCount", "loops", "trace", "lints", "analysis"];
const INVOCATION: [&str; 11] = [
    "rule",
    "target",
    "targetId",
    "outcome",
    "errorCode",
    "errorMessage",
    "help",
    "attempt",
    "detail",
    "input",
    "deadLetter",
];

/// Checks all that `expect` says.
pub(super) fn check(simulator: &Simulator, expect: &Value) -> Result<Checked, Diagnostic> {
    known(expect, "`expect`", &MEMBERS)?;
    let mut checked = Checked::default();
    let record = simulator.record();
    let invocations: Vec<InvocationIndex> = record.invocations().listed();
    if let Some(count) = expect.get("invocationCount") {
        checked.equal("invocationCount", &json::print(count), &invocations.len().to_string());
    }
    if expect.get("invocations").is_some() {
        let wanted = list(expect, "invocations")?;
        checked.equal("number of invocations", &wanted.len().to_string(), &invocations.len().to_string());
        for (number, (wanted, index)) in wanted.iter().zip(&invocations).enumerate() {
            known(wanted, "an expected invocation", &INVOCATION)?;
            checked.invocation(number, wanted, record, *index)?;
        }
    }
    if expect.get("loops").is_some() {
        let wanted = list(expect, "loops")?;
        checked.equal("number of loops", &wanted.len().to_string(), &simulator.loops().len().to_string());
        for (number, (wanted, report)) in wanted.iter().zip(simulator.loops()).enumerate() {
            known(wanted, "an expected loop", &["verdict", "rules", "reason"])?;
            checked.report(number, wanted, report)?;
        }
    }
    if let Some(wanted) = expect.get("analysis") {
        checked.analysis(simulator, wanted)?;
    }
    if expect.get("lints").is_some() {
        let (wanted, found) = (list(expect, "lints")?, simulator.lint());
        checked.equal("number of lints", &wanted.len().to_string(), &found.len().to_string());
        for (number, (wanted, found)) in wanted.iter().zip(&found).enumerate() {
            known(wanted, "an expected lint", &["code", "rule", "message"])?;
            let what = |member: &str| format!("lint {number}, {member}");
            let name = found.rule.rsplit('/').next().unwrap_or_default();
            checked.equal(&what("code"), &text(wanted, "code")?.unwrap_or_default(), found.code);
            checked.equal(&what("rule"), &text(wanted, "rule")?.unwrap_or_default(), name);
            checked.contains(&what("message"), &text(wanted, "message")?.unwrap_or_default(), &found.message);
        }
    }
    for wanted in list(expect, "trace")? {
        known(wanted, "an expected rule", &["rule", "outcome", "reason"])?;
        checked.rule(wanted, record)?;
    }
    Ok(checked)
}

impl Checked {
    fn note(&mut self, ok: Fits, words: String) {
        match ok {
            Fits::Yes => self.passed.push(words),
            Fits::No => self.failed.push(words),
        }
    }

    fn equal(&mut self, what: &str, wanted: &str, found: &str) {
        self.note(Fits::of(wanted == found), format!("{what}: expected {wanted}, found {found}"));
    }

    fn contains(&mut self, what: &str, wanted: &str, found: &str) {
        self.note(
            Fits::of(found.contains(wanted)),
            format!("{what}: expected a text with `{wanted}`, found `{found}`"),
        );
    }

    fn invocation(
        &mut self,
        number: usize,
        wanted: &Value,
        record: &Record,
        index: InvocationIndex,
    ) -> Result<(), Diagnostic> {
        let invocation = record.invocation(index);
        let what = |member: &str| format!("invocation {number}, {member}");
        if let Some(rule) = text(wanted, "rule")? {
            let (arn, name) = record.rule(index).map(|rule| (rule.arn.clone(), rule.name.clone())).unwrap_or_default();
            self.equal(&what("rule"), &rule, if rule.starts_with("arn:") { &arn } else { &name });
        }
        if let Some(target) = text(wanted, "target")? {
            self.equal(&what("target"), &target, invocation.target.arn.as_str());
        }
        if let Some(id) = text(wanted, "targetId")? {
            self.equal(&what("targetId"), &id, invocation.target.id.as_str());
        }
        if let Some(outcome) = text(wanted, "outcome")? {
            self.equal(&what("outcome"), &outcome, invocation.outcome.as_str());
        }
        if let Some(code) = text(wanted, "errorCode")? {
            self.equal(&what("errorCode"), &code, invocation.failure.as_ref().map_or("none", |failure| &failure.code));
        }
        let failure = invocation.failure.as_ref();
        if let Some(message) = text(wanted, "errorMessage")? {
            self.contains(&what("errorMessage"), &message, failure.map_or("", |failure| &failure.message));
        }
        if let Some(help) = text(wanted, "help")? {
            let found = failure.and_then(|failure| failure.help.as_deref()).unwrap_or_default();
            self.contains(&what("help"), &help, found);
        }
        if let Some(attempt) = wanted.get("attempt") {
            self.equal(&what("attempt"), &json::print(attempt), &invocation.attempt.to_string());
        }
        if let Some(letter) = wanted.get("deadLetter") {
            self.dead_letter(&what("deadLetter"), letter, invocation.dead_letter.as_ref());
        }
        if let Some(detail) = wanted.get("detail") {
            let found = &record.arrival(invocation.arrival).envelope.detail;
            self.equal(&what("detail"), &json::print(detail), &json::print(found));
        }
        if let Some(input) = text(wanted, "input")? {
            self.equal(&what("input"), &input, &invocation.input);
        }
        Ok(())
    }

    /// `null` for none; else every given attribute must be in the letter as given, and the queue must have taken it.
    fn dead_letter(&mut self, what: &str, wanted: &Value, found: Option<&DeadLetter>) {
        let Some(found) = found.filter(|letter| letter.delivered) else {
            return self.equal(what, &json::print(wanted), "null");
        };
        let Some(members) = wanted.as_object() else {
            return self.equal(what, &json::print(wanted), "a dead letter");
        };
        for member in members {
            let value = found.attributes.get(&member.name).map_or_else(|| "nothing".to_owned(), json::print);
            self.equal(&format!("{what}.{}", member.name), &json::print(&member.value), &value);
        }
    }

    /// `{ loops, complete?, notAnalysed? }`: the loops in order, whether they are all, and how much was left out.
    fn analysis(&mut self, simulator: &Simulator, wanted: &Value) -> Result<(), Diagnostic> {
        known(wanted, "an expected analysis", &["loops", "complete", "notAnalysed"])?;
        let found = analyze(simulator);
        let loops = list(wanted, "loops")?;
        self.equal("number of analysed loops", &loops.len().to_string(), &found.loops.len().to_string());
        for (number, (wanted, report)) in loops.iter().zip(&found.loops).enumerate() {
            known(wanted, "an expected loop", &["verdict", "rules", "reason", "invariant", "fix"])?;
            let what = |member: &str| format!("analysed loop {number}, {member}");
            let rules: Vec<&str> = list(wanted, "rules")?.iter().filter_map(Value::as_str).listed();
            let names: Vec<&str> = report.rules.iter().filter_map(|arn| arn.rsplit('/').next()).listed();
            self.equal(&what("rules"), &rules.join(" → "), &names.join(" → "));
            self.equal(&what("verdict"), &text(wanted, "verdict")?.unwrap_or_default(), report.verdict.as_str());
            if let Some(reason) = text(wanted, "reason")? {
                self.contains(&what("reason"), &reason, &report.reason);
            }
            if let Some(invariant) = text(wanted, "invariant")? {
                self.contains(&what("invariant"), &invariant, report.invariant.as_deref().unwrap_or("none"));
            }
            if let Some(fix) = text(wanted, "fix")? {
                let found = report.fix.as_ref().map_or("none", |fix| &fix.explanation);
                self.contains(&what("fix"), &fix, found);
            }
        }
        if let Some(complete) = wanted.get("complete") {
            self.equal("analysis complete", &json::print(complete), &found.complete.to_string());
        }
        if let Some(count) = wanted.get("notAnalysed") {
            self.equal("not analysed", &json::print(count), &found.not_analysed.len().to_string());
        }
        Ok(())
    }

    fn report(&mut self, number: usize, wanted: &Value, report: &LoopReport) -> Result<(), Diagnostic> {
        let what = |member: &str| format!("loop {number}, {member}");
        if let Some(verdict) = text(wanted, "verdict")? {
            self.equal(&what("verdict"), &verdict, report.verdict.as_str());
        }
        if wanted.get("rules").is_some() {
            let rules: Vec<&str> = list(wanted, "rules")?.iter().filter_map(Value::as_str).listed();
            let name = |arn: &String| arn.rsplit('/').next().unwrap_or_default().to_owned();
            let by_arn = rules.iter().any(|rule| rule.starts_with("arn:"));
            let found: Vec<String> =
                report.rules.iter().map(|arn| if by_arn { arn.clone() } else { name(arn) }).listed();
            self.equal(&what("rules"), &rules.join(" → "), &found.join(" → "));
        }
        if let Some(reason) = text(wanted, "reason")? {
            self.contains(&what("reason"), &reason, &report.reason);
        }
        Ok(())
    }

    /// A rule's answer to the first event.
    fn rule(&mut self, wanted: &Value, record: &Record) -> Result<(), Diagnostic> {
        let name = text(wanted, "rule")?.unwrap_or_default();
        let root = record.roots().next().map(|root| record.arrival(root));
        let found = root.and_then(|arrival| {
            let index = arrival.rules.iter().position(|rule| rule.name == name || rule.arn == name)?;
            Some((arrival, arrival.rules.get(index)?, arrival.outcome(index)))
        });
        let Some((arrival, rule, outcome)) = found else {
            self.failed.push(format!("trace: the first event met no rule `{name}`"));
            return Ok(());
        };
        if let Some(wanted) = text(wanted, "outcome")? {
            self.equal(&format!("trace, rule `{name}`, outcome"), &wanted, trace::outcome_name(&outcome));
        }
        if let Some(wanted) = text(wanted, "reason")? {
            let (reason, _) = trace::reason(rule, &outcome, arrival.event(), Detail::Reasons, &mut 1);
            self.contains(&format!("trace, rule `{name}`, reason"), &wanted, &reason.unwrap_or_default());
        }
        Ok(())
    }
}

enum Fits {
    Yes,
    No,
}

impl Fits {
    fn of(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}
