//! PutEvents: the request as a whole; what becomes of each entry is the simulator's matter.
//!
//! A failed entry is told in its place and fails no other; the request fails only when it breaks the model, is too big,
//! or the caller may not put events on a bus it names. Size: per entry 14 bytes for a time, and the UTF-8 bytes of source,
//! detail-type, detail and resources (documentation, 1.3); the sum must stay below the limit (quota
//! `putEventsSize`: 1,048,576 since 2026, 262,144 before). With an `EndpointId` the request acts in the endpoint's primary
//! region, or in the secondary while the primary is not well.

use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::Region;
use crate::simulator::{EndpointCopy, EntryResult, PutEventsEntry};

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;
use crate::api::validate::instant;

use super::endpoints::{Route, route};

/// Puts up to ten events.
pub fn put(call: &mut Call) -> Answer {
    let mut caller = call.caller.clone();
    let mut entries = entries(call)?;
    if let Some(id) = call.input.text("EndpointId") {
        let route = route(call, id)?;
        caller.region = Region::new(route.primary.region());
        entries.iter_mut().for_each(|entry| redirect(entry, &route));
    }
    let results = call
        .sim
        .put_events(entries, &caller)
        .map_err(|denied| ServiceError::denied(denied.message).with_help(denied.help))?;
    Ok(answer(results))
}

/// The entries of a request that is not too big.
pub fn entries(call: &Call) -> Result<Vec<PutEventsEntry>, ServiceError> {
    let given = call.input.items("Entries");
    let mut entries = Vec::with_capacity(given.len());
    given.iter().for_each(|given| entries.push(entry(Input::new(given))));
    let most = call.sim.options().quotas.put_events_size;
    if entries.iter().map(size).sum::<usize>() >= most {
        return Err(ServiceError::validation("Total size of the entries in the request is over the limit.")
            .with_help(format!("the entries of a request must have less than {most} bytes together")));
    }
    Ok(entries)
}

/// What became of the entries, in their order.
pub fn answer(results: Vec<EntryResult>) -> Value {
    let failed = results.iter().filter(|result| result.is_err()).count();
    let entries = results.into_iter().map(|result| match result {
        Ok(id) => Output::new().with("EventId", Value::shared(id)).value(),
        Err(error) => Output::new().with("ErrorCode", error.code).with("ErrorMessage", error.message).value(),
    });
    let entries = Value::array(entries.listed());
    let failed = i64::try_from(failed).unwrap_or(i64::MAX);
    Output::new().with("FailedEntryCount", Value::number(failed)).with("Entries", entries).value()
}

fn entry(given: Input) -> PutEventsEntry {
    let text = |name: &str| given.get(name)?.as_shared().cloned();
    let named = |name: &str| given.text(name).map(str::to_owned);
    PutEventsEntry {
        source: text("Source"),
        detail_type: text("DetailType"),
        detail: text("Detail"),
        resources: given.texts("Resources").map(str::to_owned).listed(),
        time: given.get("Time").and_then(instant),
        event_bus_name: named("EventBusName"),
        trace_header: named("TraceHeader"),
        copy: None,
    }
}

/// Sends an entry for the endpoint's bus, or for no bus, to the primary one, and a copy to the other. An entry that names
/// another bus goes to that one (ours; the documentation says only that the names must be the same).
fn redirect(entry: &mut PutEventsEntry, route: &Route) {
    let named = entry.event_bus_name.as_deref().unwrap_or_default();
    let arn = Arn::parse(named);
    let name = arn.as_ref().and_then(Arn::event_bus_name).unwrap_or(named);
    if name.is_empty() || route.primary.event_bus_name() == Some(name) {
        entry.event_bus_name = Some(route.primary.to_string());
        let copy = |bus: &Arn| EndpointCopy { endpoint: route.arn.clone(), bus: bus.clone() };
        entry.copy = route.copies.as_ref().map(copy);
    }
}

fn size(entry: &PutEventsEntry) -> usize {
    let texts = [&entry.source, &entry.detail_type, &entry.detail].into_iter().flatten();
    let time = if entry.time.is_some() { 14 } else { 0 };
    let resources = entry.resources.iter().map(String::len).sum::<usize>();
    time + texts.map(|text| text.len()).sum::<usize>() + resources
}
