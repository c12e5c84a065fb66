//! StartReplay, DescribeReplay, ListReplays, CancelReplay.
//!
//! The window is half open and cut to whole seconds, the destination is the archive's own bus, a name is used once, and ten
//! replays run at once in an account and region (recorded). How a replay goes on is `simulator::behaviour::replay`'s
//! matter. The order of the checks is partly ours.

use std::collections::VecDeque;

use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;
use crate::simulator::behaviour::record::BusAddress;
use crate::simulator::state::{Replay, ReplayState};
use crate::time::Instant;

use crate::api::call::{Answer, Call};
use crate::api::errors::ServiceError;
use crate::api::input::Input;
use crate::api::output::Output;
use crate::api::pages::Pages;
use crate::api::validate::instant;

/// Begins a replay.
pub fn start(call: &mut Call) -> Answer {
    let (input, now) = (call.input, call.now());
    let name = input.required("ReplayName");
    let destination = input.object("Destination").map(|it| it.required("Arn").to_owned()).unwrap_or_default();
    let Some(bus) = Arn::parse(&destination).as_ref().and_then(BusAddress::of_arn) else {
        return Err(refused("Destination.Arn", "Must contain an event bus ARN."));
    };
    if call.own_region().replays.contains_key(name) {
        return Err(ServiceError::exists(format!("Replay {name} already exists.")));
    }
    let (from, to) = (second(input, "EventStartTime", now), second(input, "EventEndTime", now));
    if from >= to {
        return Err(refused("EventEndTime", "EventStartTime must be before EventEndTime."));
    }
    let archive_arn = input.required("EventSourceArn");
    let archive_name = archive_arn.rsplit('/').next().unwrap_or_default();
    let archive = call.own_region().archives.get(archive_name).filter(|archive| archive.arn == archive_arn);
    let Some(archive) = archive.map(|archive| (archive.name.clone(), archive.bus.clone())) else {
        return Err(refused("EventSourceArn", &format!("Archive {archive_name} does not exist.")));
    };
    let own = call.caller.account == bus.account && call.caller.region == bus.region;
    if own && call.own_region().bus(&bus.name).is_none() {
        return Err(ServiceError::no_bus(bus.name.as_str()));
    }
    if !own || bus.name != archive.1 {
        return Err(refused("Destination.Arn", "Cross event bus replay is not permitted."));
    }
    let most = call.sim.options().quotas.concurrent_replays;
    if call.own_region().replays.values().filter(|replay| replay.state.is_active()).count() >= most {
        return Err(ServiceError::limit().with_help(format!("{most} replays may run at once")));
    }
    let (account, region) = (call.caller.account.clone(), call.caller.region.clone());
    let replay = Replay {
        name: name.to_owned(),
        arn: format!("arn:aws:events:{region}:{account}:replay/{name}"),
        description: input.text("Description").filter(|text| !text.is_empty()).map(str::to_owned),
        archive: Some(archive.0),
        archive_arn: archive_arn.to_owned(),
        destination,
        filter: input.object("Destination").iter().flat_map(|it| it.texts("FilterArns")).map(str::to_owned).listed(),
        from,
        to,
        state: ReplayState::Starting,
        reason: None,
        started: now,
        ended: None,
        last: None,
        left: VecDeque::new(),
        due: now,
    };
    let answer = Output::new()
        .with("ReplayArn", replay.arn.as_str())
        .with("State", replay.state.as_str())
        .time("ReplayStartTime", now)
        .value();
    call.sim.start_replay(&account, &region, replay);
    Ok(answer)
}

/// One replay, with its progress.
pub fn describe(call: &mut Call) -> Answer {
    let replay = found(call)?;
    let filter = replay.filter.iter().map(Value::string).listed();
    let destination = Output::new()
        .with("Arn", replay.destination.as_str())
        .maybe("FilterArns", (!filter.is_empty()).then(|| Value::array(filter)));
    Ok(listed(replay)
        .with("ReplayArn", replay.arn.as_str())
        .maybe("Description", replay.description.as_deref())
        .with("Destination", destination.value())
        .value())
}

/// The replays of the caller's account and region, by one filter at most.
pub fn list(call: &mut Call) -> Answer {
    let input = call.input;
    if ["NamePrefix", "EventSourceArn", "State"].iter().filter(|name| input.get(name).is_some()).count() > 1 {
        return Err(ServiceError::validation(
            "At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.",
        ));
    }
    let pages = Pages::read("replays".to_owned(), "Replays", input)?;
    let wanted = |replay: &&Replay| {
        replay.name.starts_with(input.text("NamePrefix").unwrap_or_default())
            && input.text("EventSourceArn").is_none_or(|arn| arn == replay.archive_arn)
            && input.text("State").is_none_or(|state| state == replay.state.as_str())
    };
    let replays = call.own_region().replays.values().filter(wanted);
    Ok(pages.page(replays.map(|replay| (replay.name.as_str(), listed(replay).value()))).value())
}

/// Asks a replay that has not ended to stop.
pub fn cancel(call: &mut Call) -> Answer {
    let replay = found(call)?;
    if !replay.state.is_active() {
        let message = format!("Replay {} is not in a valid state for this operation.", replay.name);
        return Err(ServiceError::illegal_status(message));
    }
    let (name, arn) = (replay.name.clone(), replay.arn.clone());
    let caller = call.caller;
    call.sim.cancel_replay(&caller.account, &caller.region, &name);
    Ok(Output::new().with("ReplayArn", arn).with("State", ReplayState::Cancelling.as_str()).value())
}

fn found<'c>(call: &'c mut Call) -> Result<&'c Replay, ServiceError> {
    let name = call.input.required("ReplayName");
    let missing = || ServiceError::not_found(format!("Replay {name} does not exist."));
    call.own_region().replays.get(name).ok_or_else(missing)
}

/// A time of the request, without its fraction.
fn second(input: Input, name: &str, now: Instant) -> Instant {
    Instant::from_seconds(input.get(name).and_then(instant).unwrap_or(now).seconds())
}

fn refused(parameter: &str, reason: &str) -> ServiceError {
    ServiceError::validation(format!("Parameter {parameter} is not valid. Reason: {reason}"))
}

/// What both Describe and List show.
fn listed(replay: &Replay) -> Output {
    let running = matches!(replay.state, ReplayState::Running | ReplayState::Completed);
    let output = Output::new()
        .with("ReplayName", replay.name.as_str())
        .with("EventSourceArn", replay.archive_arn.as_str())
        .with("State", replay.state.as_str())
        .maybe("StateReason", replay.reason)
        .time("EventStartTime", replay.from)
        .time("EventEndTime", replay.to)
        .time("ReplayStartTime", replay.started);
    let output = match replay.last.filter(|_| running) {
        Some(last) => output.time("EventLastReplayedTime", last),
        None => output,
    };
    match replay.ended {
        Some(ended) => output.time("ReplayEndTime", ended),
        None => output,
    }
}
