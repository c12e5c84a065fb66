//! Partner event sources from the side of the account they are offered to: DescribeEventSource, ListEventSources,
//! ActivateEventSource, DeactivateEventSource; and what CreateEventBus and DeleteEventBus mean to a source.
//!
//! Creating the bus of its name makes a source ACTIVE, deleting the bus makes it PENDING again. Activating needs the bus,
//! deactivating an active source. States are the documentation's (1.6), the words of InvalidStateException are ours.

use crate::json::Value;
use crate::simulator::state::{BusName, PartnerSource, SourceState};

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::partner::{no_source, with_state};

/// A source that is offered to the caller.
pub fn describe(call: &mut Call) -> Answer {
    let source = found(call, call.input.required("Name"))?;
    Ok(shown(&source))
}

/// All of them, or those whose names begin so.
pub fn list(call: &mut Call) -> Answer {
    let prefix = call.input.text("NamePrefix").unwrap_or_default();
    let pages = Pages::read("event sources".to_owned(), "EventSources", call.input)?;
    let caller = call.caller;
    let wanted =
        |it: &&PartnerSource| it.account == caller.account && it.region == caller.region && it.name.starts_with(prefix);
    let sources = call.sim.world().partner_sources.iter().filter(wanted);
    Ok(pages.page(sources.map(|it| (it.name.as_str(), shown(it)))).value())
}

/// Lets events come again.
pub fn activate(call: &mut Call) -> Answer {
    let source = found(call, call.input.required("Name"))?;
    let bus = BusName::new(source.name.as_str());
    match source.state {
        SourceState::Pending(_) if call.own_region().bus(&bus).is_some() => set_active(call, &source.name),
        SourceState::Pending(_) => {
            return Err(invalid_state(&source, "create the event bus of its name instead (CreateEventBus)"));
        }
        SourceState::Active | SourceState::Deleted => {
            return Err(invalid_state(&source, "only a pending source can be activated"));
        }
    }
    Ok(Output::new().value())
}

/// Lets no events come, and two weeks begin to run.
pub fn deactivate(call: &mut Call) -> Answer {
    let source = found(call, call.input.required("Name"))?;
    if source.state != SourceState::Active {
        return Err(invalid_state(&source, "only an active source can be deactivated"));
    }
    call.sim.leave_pending(source);
    Ok(Output::new().value())
}

/// Whether a bus may be created for a source: the names are the same, and the source waits for it.
pub fn admit_bus(call: &Call, name: &BusName) -> Result<(), ServiceError> {
    let given = call.input.text("EventSourceName");
    if given.is_none() && !name.as_str().starts_with("aws.partner/") {
        return Ok(());
    }
    let source = found(call, given.unwrap_or(name.as_str()))?;
    if given != Some(name.as_str()) {
        let message = "The name of a partner event bus must be the name of its event source.";
        return Err(ServiceError::validation(message)
            .with_help(format!("send `{}` as both `Name` and `EventSourceName`", source.name)));
    }
    match source.state {
        SourceState::Pending(_) => Ok(()),
        // The bus is there, and that is what the caller will be told.
        SourceState::Active => Ok(()),
        SourceState::Deleted => Err(invalid_state(&source, "the partner has deleted it")),
    }
}

/// The bus of this name was created.
pub fn bus_created(call: &mut Call, name: &BusName) {
    set_active(call, name.as_str());
}

/// The bus of this name was deleted.
pub fn bus_deleted(call: &mut Call, name: &BusName) {
    let Ok(source) = found(call, name.as_str()) else { return };
    match source.state {
        SourceState::Active => call.sim.leave_pending(source),
        SourceState::Deleted => {
            let (region, account) = (&call.caller.region, &call.caller.account);
            call.sim.world_mut().partner_sources.remove(region, name.as_str(), account);
        }
        SourceState::Pending(_) => {}
    }
}

fn set_active(call: &mut Call, name: &str) {
    let (region, account) = (&call.caller.region, &call.caller.account);
    if let Some(source) = call.sim.world_mut().partner_sources.of_account(region, name, account) {
        source.state = SourceState::Active;
    }
}

fn found(call: &Call, name: &str) -> Result<PartnerSource, ServiceError> {
    let (region, account) = (&call.caller.region, &call.caller.account);
    let found = call.sim.world().partner_sources.iter().find(|it| it.is(region, name, account));
    found.cloned().ok_or_else(|| no_source(name))
}

fn invalid_state(source: &PartnerSource, help: &str) -> ServiceError {
    let (name, state) = (&source.name, source.state.as_str());
    ServiceError::invalid_state(format!("Event source {name} is in state {state}.")).with_help(help)
}

fn shown(source: &PartnerSource) -> Value {
    let output = Output::new().with("Arn", source.arn()).with("CreatedBy", source.created_by());
    with_state(output.with("Name", source.name.as_str()), source).value()
}
