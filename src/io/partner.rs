//! Saving partner event sources: partners offer them first, buses of their names make them active, and what became of them
//! since comes last. The two weeks of a pending source begin anew when it is loaded.

use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::{AccountId, BusName, PartnerSource, SourceState, World};

/// The calls that offer the sources.
pub(super) fn offers(world: &World) -> Vec<Value> {
    world.partner_sources.iter().map(|source| call("CreatePartnerEventSource", source, &source.partner)).listed()
}

/// The calls behind those of the buses: of sources that have a bus and are not active.
pub(super) fn changes(world: &World) -> Vec<Value> {
    let mut calls = Vec::new();
    for source in world.partner_sources.iter() {
        let region = world.region(&source.account, &source.region);
        let has_bus = region.is_some_and(|region| region.bus(&BusName::new(source.name.as_str())).is_some());
        match source.state {
            SourceState::Pending(_) if has_bus => calls.push(call("DeactivateEventSource", source, &source.account)),
            SourceState::Pending(_) | SourceState::Active => {}
            SourceState::Deleted => calls.push(call("DeletePartnerEventSource", source, &source.partner)),
        }
    }
    calls
}

fn call(operation: &str, source: &PartnerSource, caller: &AccountId) -> Value {
    let mut input = vec![("Name", Value::string(&source.name))];
    if *caller == source.partner && operation != "DeactivateEventSource" {
        input.push(("Account", Value::string(source.account.as_str())));
    }
    Value::object(vec![
        ("operation", Value::string(operation)),
        ("input", Value::object(input)),
        ("account", Value::string(caller.as_str())),
        ("region", Value::string(source.region.as_str())),
    ])
}
