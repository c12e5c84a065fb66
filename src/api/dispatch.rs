//! The one way to change the simulated world: an operation's name and its JSON body in, a status and a JSON body out.
//!
//! Whoever asks (page, facade, SDK handler, server, command line) comes through here. The gates stand in the service's
//! order: is there such an operation, is the body JSON of the right types, does it keep the model's constraints; then the
//! operation itself, which checks everything before it changes anything, so that a refused call leaves no trace. (A look
//! at a region creates its default bus; that is no change, it was always there.)

use crate::json::{self, Scratch, Value};
use crate::simulator::{Caller, Simulator};
use crate::text::did_you_mean;

use super::call::{Answer, Call};
use super::errors::ServiceError;
use super::input::{Input, prune};
use super::model::Operation;
use super::ops;
use super::validate::validate;

/// What goes back to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// 200, or the status of the error.
    pub status: u16,
    /// The output, or `{"__type", "message", "help"?}`.
    pub body: String,
}

/// Runs one operation.
pub fn dispatch(sim: &mut Simulator, operation: &str, body: &str, caller: &Caller) -> Response {
    match answer(sim, operation, body, caller) {
        Ok(value) => Response { status: 200, body: json::print(&value) },
        Err(error) => Response { status: error.status(), body: error.body() },
    }
}

fn answer(sim: &mut Simulator, operation: &str, body: &str, caller: &Caller) -> Answer {
    let operation = parse_operation(operation)?;
    if let Some(fault) = sim.take_fault(operation.name()) {
        return Err(ServiceError::ordered(fault.code, fault.words()));
    }
    let mut value = parse_body(body, &mut sim.scratch)?;
    validate(operation.input(), &value)?;
    prune(operation.input(), &mut value);
    let mut call = Call { sim, caller, input: Input::new(&value) };
    // Changing the world makes the simulator look at all rules again, so only the first call of a region does.
    if call.sim.world().region(&caller.account, &caller.region).is_none() {
        call.own_region();
    }
    run(operation, &mut call)
}

fn parse_operation(name: &str) -> Result<Operation, ServiceError> {
    let found = Operation::ALL.into_iter().find(|operation| operation.name() == name);
    found.ok_or_else(|| {
        let help = match did_you_mean(name, Operation::ALL.iter().map(|operation| operation.name())) {
            Some(near) => format!("there is no operation `{name}`; did you mean `{near}`?"),
            None => format!("there is no operation `{name}`"),
        };
        ServiceError::unknown_operation().with_help(help)
    })
}

fn parse_body(body: &str, scratch: &mut Scratch) -> Result<Value, ServiceError> {
    if matches!(body.trim(), "" | "null") {
        return Ok(Value::object(Vec::<(&str, Value)>::new()));
    }
    json::parse_with(body, scratch).map_err(|error| {
        let diagnostic = error.to_diagnostic("body");
        ServiceError::serialization(error.message.clone()).with_help(diagnostic.to_string())
    })
}

/// Every operation of the model has its arm; the compiler holds the list complete.
fn run(operation: Operation, call: &mut Call) -> Answer {
    match operation {
        Operation::CreateEventBus => ops::event_buses::create(call),
        Operation::DeleteEventBus => ops::event_buses::delete(call),
        Operation::DescribeEventBus => ops::event_buses::describe(call),
        Operation::ListEventBuses => ops::event_buses::list(call),
        Operation::ListRuleNamesByTarget => ops::targets::rule_names(call),
        Operation::ListTagsForResource => ops::tagging::list(call),
        Operation::TagResource => ops::tagging::tag(call),
        Operation::UntagResource => ops::tagging::untag(call),
        Operation::UpdateEventBus => ops::event_buses::update(call),
        Operation::PutRule => ops::rules::put(call),
        Operation::DeleteRule => ops::rules::delete(call),
        Operation::DescribeRule => ops::rules::describe(call),
        Operation::EnableRule => ops::rules::enable(call),
        Operation::DisableRule => ops::rules::disable(call),
        Operation::ListRules => ops::rules::list(call),
        Operation::PutTargets => ops::targets::put(call),
        Operation::RemoveTargets => ops::targets::remove(call),
        Operation::ListTargetsByRule => ops::targets::list(call),
        Operation::PutEvents => ops::events::put(call),
        Operation::TestEventPattern => ops::patterns::test(call),
        Operation::PutPermission => ops::permissions::put(call),
        Operation::RemovePermission => ops::permissions::remove(call),
        Operation::CreateConnection => ops::connections::create(call),
        Operation::UpdateConnection => ops::connections::update(call),
        Operation::DescribeConnection => ops::connections::describe(call),
        Operation::ListConnections => ops::connections::list(call),
        Operation::DeleteConnection => ops::connections::delete(call),
        Operation::DeauthorizeConnection => ops::connections::deauthorize(call),
        Operation::CreateApiDestination => ops::api_destinations::create(call),
        Operation::UpdateApiDestination => ops::api_destinations::update(call),
        Operation::DescribeApiDestination => ops::api_destinations::describe(call),
        Operation::ListApiDestinations => ops::api_destinations::list(call),
        Operation::DeleteApiDestination => ops::api_destinations::delete(call),
        Operation::CreateEndpoint => ops::endpoints::create(call),
        Operation::UpdateEndpoint => ops::endpoints::update(call),
        Operation::DescribeEndpoint => ops::endpoints::describe(call),
        Operation::ListEndpoints => ops::endpoints::list(call),
        Operation::DeleteEndpoint => ops::endpoints::delete(call),
        Operation::CreateArchive => ops::archives::create(call),
        Operation::UpdateArchive => ops::archives::update(call),
        Operation::DescribeArchive => ops::archives::describe(call),
        Operation::ListArchives => ops::archives::list(call),
        Operation::DeleteArchive => ops::archives::delete(call),
        Operation::StartReplay => ops::replays::start(call),
        Operation::DescribeReplay => ops::replays::describe(call),
        Operation::ListReplays => ops::replays::list(call),
        Operation::CancelReplay => ops::replays::cancel(call),
        Operation::CreatePartnerEventSource => ops::partner::create(call),
        Operation::DescribePartnerEventSource => ops::partner::describe(call),
        Operation::ListPartnerEventSources => ops::partner::list(call),
        Operation::ListPartnerEventSourceAccounts => ops::partner::accounts(call),
        Operation::DeletePartnerEventSource => ops::partner::delete(call),
        Operation::PutPartnerEvents => ops::partner::put_events(call),
        Operation::DescribeEventSource => ops::event_sources::describe(call),
        Operation::ListEventSources => ops::event_sources::list(call),
        Operation::ActivateEventSource => ops::event_sources::activate(call),
        Operation::DeactivateEventSource => ops::event_sources::deactivate(call),
    }
}
