//! Loading a scenario: a new world is built beside the old one and takes its place only when all went well.
//!
//! External handlers stay: they belong to whoever holds the simulator, not to the file. A scenario can also be played in a
//! copy of a world that stands already; then the options are that world's.

use super::scenario::{Call, Scenario, Step, bad};
use crate::api;
use crate::diagnostics::Diagnostic;
use crate::json::{self, Kind, Value};
use crate::sets::Listed as _;
use crate::simulator::behaviour::handlers::HandlerKind;
use crate::simulator::behaviour::record::BusAddress;
use crate::simulator::state::{AccountId, Region};
use crate::simulator::{Caller, Simulator};
use crate::time::Duration;

/// Replaces the simulator's world with the scenario's and lets its events in. Gives the ids of the events.
pub fn load(simulator: &mut Simulator, scenario: &Scenario) -> Result<Vec<String>, Diagnostic> {
    let mut fresh = Simulator::new(scenario.options.clone());
    fresh.adopt_handlers(simulator);
    let ids = play(&mut fresh, scenario)?;
    *simulator = fresh;
    Ok(ids)
}

/// Lets all that the scenario tells of happen, up to what fails. Gives the ids of the events.
pub(super) fn play(simulator: &mut Simulator, scenario: &Scenario) -> Result<Vec<String>, Diagnostic> {
    for call in &scenario.calls {
        make(simulator, call)?;
    }
    for effect in &scenario.effects {
        simulator.add_effect(effect.clone());
    }
    for (target, answers) in &scenario.handlers {
        simulator.add_handler(target, HandlerKind::Scripted(answers.iter().cloned().collect()));
    }
    let mut ids = Vec::new();
    for step in &scenario.steps {
        match step {
            Step::Event(event) => ids.push(enter(simulator, event)?),
            Step::Call(call) => make(simulator, call)?,
            Step::Verb(verb, input) => change(simulator, verb, input)?,
            Step::Advance(duration) => advance(simulator, duration)?,
            Step::Trigger(rule) => ids.push(trigger(simulator, rule)?),
        }
    }
    Ok(ids)
}

fn make(simulator: &mut Simulator, call: &Call) -> Result<(), Diagnostic> {
    let caller = caller(simulator, call.account.as_deref(), call.region.as_deref());
    let response = api::dispatch(simulator, &call.operation, &json::print(&call.input), &caller);
    match problem(&response) {
        None => Ok(()),
        Some((code, message, help)) => {
            // Some of the service's errors have no words.
            let colon = if message.is_empty() { "" } else { ": " };
            let message = format!("the call of `{}` fails: {code}{colon}{message}", call.operation);
            Err(Diagnostic::error("SC002", message).with_span(call.span).with_help(help))
        }
    }
}

fn change(simulator: &mut Simulator, verb: &str, input: &Value) -> Result<(), Diagnostic> {
    let changed = api::control::control(simulator, verb, &json::print(input));
    changed.map(|_| ()).map_err(|error| {
        Diagnostic::error("SC004", format!("`{verb}`: {}", error.message))
            .with_span(input.span)
            .with_help(error.help.clone().unwrap_or_else(|| "see the reference of resources".to_owned()))
    })
}

/// An event of the file: an envelope (it has `detail-type`) enters as a service sends it, anything else by PutEvents.
fn enter(simulator: &mut Simulator, event: &Value) -> Result<String, Diagnostic> {
    if event.get("detail-type").is_some() || event.get("DetailType").is_none() {
        return simulator.emit(event, None, &home(simulator, event));
    }
    let caller = caller(simulator, None, None);
    let body = json::print(&Value::object(vec![("Entries", Value::array(vec![with_text_detail(event)]))]));
    let response = api::dispatch(simulator, "PutEvents", &body, &caller);
    if let Some((code, message, help)) = problem(&response) {
        return Err(Diagnostic::error("SC003", format!("the event is refused: {code}: {message}"))
            .with_span(event.span)
            .with_help(help));
    }
    let answer = json::parse(&response.body).ok();
    let entry = answer.as_ref().and_then(|answer| answer.get("Entries")?.as_array()?.first());
    let member = |name: &str| entry.and_then(|entry| entry.get(name)?.as_str()).map(str::to_owned);
    member("EventId").ok_or_else(|| {
        let (code, message) = (member("ErrorCode").unwrap_or_default(), member("ErrorMessage").unwrap_or_default());
        let help = match code.as_str() {
            "NotAuthorizedForSourceException" => {
                "events of AWS services enter as envelopes: use `source`, `detail-type` and `detail`"
            }
            _ => "the members of an entry are Source, DetailType, Detail, Resources, Time, EventBusName",
        };
        bad(event.span, &format!("the event is refused: {code}: {message}"), help)
    })
}

/// Where a service's event enters: the account and region it names, if the world has them. Most pasted events name an
/// account that nobody set up; they enter where the rules are.
fn home(simulator: &Simulator, event: &Value) -> Caller {
    let member = |name: &str| event.get(name).and_then(Value::as_str);
    let named = caller(simulator, member("account"), member("region"));
    match simulator.world().region(&named.account, &named.region) {
        Some(_) => named,
        None => caller(simulator, None, None),
    }
}

/// `Detail` may be written as the object it is.
fn with_text_detail(event: &Value) -> Value {
    let Some(members) = event.as_object() else { return event.clone() };
    let text = |member: &json::Member| match (member.name.as_str(), &member.value.kind) {
        ("Detail", Kind::Object(_)) => (member.name.clone(), Value::string(json::print(&member.value))),
        _ => (member.name.clone(), member.value.clone()),
    };
    Value::object(members.iter().map(text).listed())
}

fn advance(simulator: &mut Simulator, duration: &Value) -> Result<(), Diagnostic> {
    let text =
        duration.as_str().ok_or_else(|| bad(duration.span, "`advance` must be a string", "such as `\"15m\"`"))?;
    let span = Duration::parse(text).map_err(|error| bad(duration.span, &error.to_string(), "such as `\"15m\"`"))?;
    simulator.advance(span).map_err(|error| error.with_span(duration.span))
}

fn trigger(simulator: &mut Simulator, rule: &Value) -> Result<String, Diagnostic> {
    let arn = rule.as_str().ok_or_else(|| bad(rule.span, "`trigger` must be a string", "the rule's ARN or name"))?;
    let options = simulator.options();
    let (bus, name) = BusAddress::of_rule(arn, &options.account, &options.region);
    simulator.trigger(&bus, &name).map_err(|error| error.with_span(rule.span))
}

fn caller(simulator: &Simulator, account: Option<&str>, region: Option<&str>) -> Caller {
    let options = simulator.options();
    let account = account.map_or_else(|| options.account.clone(), AccountId::new);
    Caller::new(account, region.map_or_else(|| options.region.clone(), Region::new))
}

/// Code, message and help of a refused call.
fn problem(response: &api::Response) -> Option<(String, String, String)> {
    if response.status < 400 {
        return None;
    }
    let body = json::parse(&response.body).ok();
    let member = |name: &str| body.as_ref().and_then(|body| body.get(name)?.as_str()).unwrap_or_default().to_owned();
    let help = match member("help") {
        help if help.is_empty() => "the input is the operation's own, as in the AWS API".to_owned(),
        help => help,
    };
    Some((member("__type"), member("message"), help))
}
