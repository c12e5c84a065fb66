//! The scenario format, version 1, read whole and checked before anything is done with it.
//!
//! `{ version: 1, title?, description?, options?, effects?, handlers?, calls, events?, steps?, expect? }`. Unknown members are
//! errors with the nearest known name: a misspelt `expects` must not pass for a scenario that expects nothing.

use crate::api::control::entry;
use crate::diagnostics::Diagnostic;
use crate::json::{Kind, Value};
use crate::simulator::behaviour::effect::Effect;
use crate::simulator::state::{AccountId, Region};
use crate::simulator::{Options, PutEventsEntry};
use crate::text::Span;

/// A scenario, ready to be loaded.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// How the simulator begins.
    pub options: Options,
    /// What targets do.
    pub effects: Vec<Effect>,
    /// Scripted handlers: ARN glob and answers.
    pub handlers: Vec<(String, Vec<Vec<PutEventsEntry>>)>,
    /// The control plane.
    pub calls: Vec<Call>,
    /// What enters, and what happens between.
    pub steps: Vec<Step>,
    /// What must come of it.
    pub expect: Option<Value>,
}

/// One call of an operation.
#[derive(Debug, Clone)]
pub struct Call {
    /// The operation's name.
    pub operation: String,
    /// Its input.
    pub input: Value,
    /// Who calls.
    pub account: Option<String>,
    /// Where.
    pub region: Option<String>,
    /// Where it stands in the file.
    pub span: Span,
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Step {
    /// An envelope enters by `emit`, an entry by PutEvents.
    Event(Value),
    /// The virtual clock moves on.
    Advance(Value),
    /// The schedule of a rule fires.
    Trigger(Value),
    /// An operation is called.
    Call(Call),
    /// The world around changes: a verb of this name, and its input.
    Verb(String, Value),
}

const MEMBERS: [&str; 10] =
    ["version", "title", "description", "options", "effects", "handlers", "calls", "events", "steps", "expect"];

impl Scenario {
    /// The scenario in this value.
    pub fn parse(value: &Value) -> Result<Self, Diagnostic> {
        known(value, "a scenario", &MEMBERS)?;
        match value.get("version") {
            Some(version) if version.as_i64() == Some(1) => {}
            Some(version) => {
                return Err(bad(
                    version.span,
                    "this version of scenarios is not known",
                    "this simulator reads version 1",
                ));
            }
            None => return Err(bad(value.span, "a scenario needs `version`", "add `\"version\": 1`")),
        }
        let mut steps = Vec::new();
        for event in list(value, "events")? {
            steps.push(Step::Event(event.clone()));
        }
        for item in list(value, "steps")? {
            step(item, &mut steps)?;
        }
        Ok(Self {
            options: super::options(value.get("options"))?,
            effects: list(value, "effects")?.iter().map(Effect::parse).collect::<Result<_, _>>()?,
            handlers: list(value, "handlers")?.iter().map(handler).collect::<Result<_, _>>()?,
            calls: list(value, "calls")?.iter().map(call).collect::<Result<_, _>>()?,
            steps,
            expect: value.get("expect").cloned(),
        })
    }
}

fn step(value: &Value, steps: &mut Vec<Step>) -> Result<(), Diagnostic> {
    let members = known(value, "a step", &["advance", "events", "call", "trigger", "declare", "failNext"])?;
    let [member] = members else {
        return Err(bad(value.span, "a step does one thing", "write one of `advance`, `trigger`, `events` and `call`"));
    };
    match member.name.as_str() {
        "advance" => steps.push(Step::Advance(member.value.clone())),
        "call" => steps.push(Step::Call(call(&member.value)?)),
        "events" => steps.extend(list(value, "events")?.iter().cloned().map(Step::Event)),
        "declare" | "failNext" => steps.push(Step::Verb(member.name.to_string(), member.value.clone())),
        _ => steps.push(Step::Trigger(member.value.clone())),
    }
    Ok(())
}

fn call(value: &Value) -> Result<Call, Diagnostic> {
    known(value, "a call", &["operation", "input", "account", "region"])?;
    let operation = text(value, "operation")?;
    let Some(operation) = operation else {
        return Err(bad(value.span, "a call needs `operation`", "such as `\"operation\": \"PutRule\"`"));
    };
    Ok(Call {
        operation,
        input: value.get("input").cloned().unwrap_or_else(|| Value::object::<String>(Vec::new())),
        account: account(value)?,
        region: region(value)?,
        span: value.span,
    })
}

/// The account in the member `account`.
pub(super) fn account(value: &Value) -> Result<Option<String>, Diagnostic> {
    match text(value, "account")? {
        Some(account) if !AccountId::is_one(&account) => {
            Err(fault(value, "account", "an account has twelve digits", "such as `\"123456789012\"`"))
        }
        account => Ok(account),
    }
}

/// The region in the member `region`.
pub(super) fn region(value: &Value) -> Result<Option<String>, Diagnostic> {
    match text(value, "region")? {
        Some(region) if !Region::is_one(&region) => {
            Err(fault(value, "region", &format!("`{region}` is no region"), "such as `\"us-east-1\"`"))
        }
        region => Ok(region),
    }
}

/// An error at a member.
pub(super) fn fault(value: &Value, name: &str, message: &str, help: &str) -> Diagnostic {
    bad(value.get(name).map_or(value.span, |member| member.span), message, help)
}

fn handler(value: &Value) -> Result<(String, Vec<Vec<PutEventsEntry>>), Diagnostic> {
    known(value, "a handler", &["target", "answers"])?;
    let Some(target) = text(value, "target")? else {
        return Err(bad(value.span, "a handler needs `target`", "an ARN; `*` stands for any text"));
    };
    let answers = list(value, "answers")?.iter().map(|answer| {
        let entries = answer
            .as_array()
            .ok_or_else(|| bad(answer.span, "an answer must be an array of events", "use `[]` for none"))?;
        entries.iter().map(entry).collect::<Result<Vec<_>, _>>()
    });
    Ok((target, answers.collect::<Result<_, _>>()?))
}

/// The members of an object, if it has no unknown ones.
pub(super) fn known<'a>(value: &'a Value, what: &str, names: &[&str]) -> Result<&'a [crate::json::Member], Diagnostic> {
    let Some(members) = value.as_object() else {
        return Err(bad(value.span, &format!("{what} must be an object"), "wrap it in `{...}`"));
    };
    let Some(stranger) = members.iter().find(|member| !names.contains(&member.name.as_str())) else {
        return Ok(members);
    };
    let help = match crate::text::did_you_mean(&stranger.name, names.iter().copied()) {
        Some(similar) => format!("did you mean `{similar}`?"),
        None => format!("it has {}", names.join(", ")),
    };
    Err(bad(stranger.name_span, &format!("{what} has no member `{}`", stranger.name), &help))
}

/// The items of a list, which may be left out.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], Diagnostic> {
    match value.get(name) {
        None => Ok(&[]),
        Some(list) => {
            list.as_array().ok_or_else(|| bad(list.span, &format!("`{name}` must be an array"), "use `[]` for none"))
        }
    }
}

/// A string, which may be left out.
pub(super) fn text(value: &Value, name: &str) -> Result<Option<String>, Diagnostic> {
    match value.get(name) {
        None => Ok(None),
        Some(member) => match &member.kind {
            Kind::String(text) => Ok(Some(text.to_string())),
            _ => Err(bad(member.span, &format!("`{name}` must be a string"), "put the value in quotes")),
        },
    }
}

pub(super) fn bad(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::error("SC001", message).with_help(help).with_span(span)
}
