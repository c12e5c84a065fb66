//! Partner event sources from the partner's side: CreatePartnerEventSource, DescribePartnerEventSource,
//! ListPartnerEventSources, ListPartnerEventSourceAccounts, DeletePartnerEventSource, PutPartnerEvents.
//!
//! Any account may be a partner: the one that creates a source owns its name in that region. Nothing of this was recorded;
//! states and effects are the documentation's (1.6), words are ours after those of other operations.

use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::state::{AccountId, PartnerSource, SourceState};

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::output::Output;
use crate::api::pages::Pages;

use super::events;

/// Offers a source to one account.
pub fn create(call: &mut Call) -> Answer {
    let (name, account) = (call.input.required("Name"), AccountId::new(call.input.required("Account")));
    let (region, partner) = (call.caller.region.clone(), call.caller.account.clone());
    let taken = call.sim.world().partner_sources.iter().any(|it| {
        let offered = it.account == account && it.state != SourceState::Deleted;
        it.name == name && it.region == region && (it.partner != partner || offered)
    });
    if taken {
        return Err(ServiceError::exists(format!("Event source {name} already exists.")));
    }
    let created = call.now();
    let state = SourceState::pending(created);
    let source = PartnerSource { name: name.to_owned(), region, partner, account, created, state };
    let answer = Output::new().with("EventSourceArn", source.arn()).value();
    call.sim.leave_pending(source);
    Ok(answer)
}

/// A source of the caller.
pub fn describe(call: &mut Call) -> Answer {
    let name = call.input.required("Name");
    let own = own(call);
    let found = own.iter().find(|it| it.name == name).ok_or_else(|| no_source(name))?;
    Ok(shown(found))
}

/// The sources of the caller whose names begin so.
pub fn list(call: &mut Call) -> Answer {
    let prefix = call.input.required("NamePrefix");
    let pages = Pages::read("partner event sources".to_owned(), "PartnerEventSources", call.input)?;
    let mut own = own(call);
    own.dedup_by(|one, other| one.name == other.name);
    let own = own.iter().filter(|it| it.name.starts_with(prefix));
    Ok(pages.page(own.map(|it| (it.name.as_str(), shown(it)))).value())
}

/// The accounts that a source of the caller is offered to.
pub fn accounts(call: &mut Call) -> Answer {
    let name = call.input.required("EventSourceName");
    let pages = Pages::read(format!("accounts of {name}"), "PartnerEventSourceAccounts", call.input)?;
    let own = own(call);
    let of: Vec<_> = own.iter().filter(|it| it.name == name).listed();
    if of.is_empty() {
        return Err(no_source(name));
    }
    let item = |it: &PartnerSource| with_state(Output::new().with("Account", it.account.as_str()), it).value();
    Ok(pages.page(of.iter().map(|it| (it.account.as_str(), item(it)))).value())
}

/// Takes a source back from an account. One that is not there is no error.
pub fn delete(call: &mut Call) -> Answer {
    let (name, account) = (call.input.required("Name"), AccountId::new(call.input.required("Account")));
    let region = call.caller.region.clone();
    if own(call).iter().any(|it| it.is(&region, name, &account)) {
        call.sim.end_source(&region, name, &account);
    }
    Ok(Output::new().value())
}

/// Puts up to twenty events of the caller's sources.
pub fn put_events(call: &mut Call) -> Answer {
    let entries = events::entries(call)?;
    let results = call.sim.put_partner_events(entries, call.caller);
    Ok(events::answer(results))
}

/// The sources that the caller offers, by name and account.
fn own(call: &Call) -> Vec<PartnerSource> {
    let caller = call.caller;
    let of_caller = |it: &&PartnerSource| {
        it.partner == caller.account && it.region == caller.region && it.state != SourceState::Deleted
    };
    call.sim.world().partner_sources.iter().filter(of_caller).cloned().listed()
}

fn shown(source: &PartnerSource) -> Value {
    Output::new().with("Arn", source.arn()).with("Name", source.name.as_str()).value()
}

/// Since when it is there, how it stands, and when it goes.
pub fn with_state(output: Output, source: &PartnerSource) -> Output {
    let output = output.time("CreationTime", source.created).with("State", source.state.as_str());
    match source.state {
        SourceState::Pending(until) => output.time("ExpirationTime", until),
        SourceState::Active | SourceState::Deleted => output,
    }
}

/// There is no such source for the caller.
pub fn no_source(name: &str) -> ServiceError {
    ServiceError::not_found(format!("Event source {name} does not exist."))
}
